/* The table of exchanges: sorted, filtered, a page at a time. */
const PRINTED = 300;

/* key: of words; value: to sort by; cell: what stands there. */
const columns = [
	{key: "opened", value: (x) => x.day ? x.opened : "0" + (x.opened || ""),
		kind: "time", cell: (x) => timeText(x.opened).split(" ")
			.flatMap((part) => [" ", h("span", {class: "part"}, part)])},
	{key: "conversation", value: (x) => x.conversation, cell: opener},
	{key: "agent", value: (x) => x.agents.join(";"), kind: "name",
		cell: (x) => x.agents.join("、") || "–"},
	{key: "trigger", kind: "some", value: (x) => x.triggers.map(nameOf).join(";"),
		cell: (x) => x.triggers.map(nameOf).join("、")},
	{key: "trips", value: (x) => x.trips, kind: "number",
		cell: (x) => measuredCell(x, x.trips, "round_trips", whole)},
	{key: "repetitions", value: (x) => x.reps, kind: "number",
		cell: (x) => measuredCell(x, x.reps, "repetitions", whole)},
	{key: "length", value: (x) => x.seconds, kind: "number",
		cell: (x) => measuredCell(x, x.seconds, "duration", clockText)},
	{key: "similarity", value: (x) => x.similarity, kind: "number",
		cell: (x) => x.similarity === null ? "–" : similarityText(x.similarity)},
	{key: "verdict", value: (x) => "fail unknown pass".indexOf(x.verdict),
		cell: (x) => badge(x.verdict)},
	{key: "findings", value: (x) => -x.findings.length, kind: "some",
		cell: (x) => x.findings.length > 0 && h("span", {title: x.findings.map((f) =>
			explainedCheck(checkOf(f))).join("\n")},
		x.findings.map(checkName).join("、"))},
	{key: "evidence", value: (x) => x.evidence, kind: "quote",
		cell: (x) => x.evidence},
];

/* Bold, with a mark, where it lies over the bound that is known. */
function measuredCell(x, value, measure, text) {
	if (value === null)
		return "–";
	return breaks(x, value, measure) ?
		h("strong", {class: "broken", title: say("ranOver")}, text(value)) :
		text(value);
}

function breaks(x, value, measure) {
	const scale = measure === "duration" ? 1000 : 1;
	const min = boundOf([x], measure, "min"), max = boundOf([x], measure, "max");
	return (max !== null && value * scale > max) ||
		(min !== null && value * scale < min);
}

function opener(x) {
	const name = x.conversation + (x.no > 1 ? " #" + x.no : "");
	return h("button", {type: "button", class: "link",
		"aria-label": say("open", name), onclick: (e) => {
			e.stopPropagation();
			openExchange(x.index);
		}}, name);
}

const collator = new Intl.Collator("ja", {numeric: true});
/* Upwards or downwards, what is unknown stands last. */
function compare(a, b, way) {
	if (a === null || b === null)
		return (a === null) - (b === null);
	return way * (typeof a === "number" ? a - b : collator.compare(a, b));
}

function sorted(list) {
	const column = columns.find((c) => c.key === state.sort);
	const way = state.down ? -1 : 1;
	return list.map((x) => [column.value(x), x]).sort((a, b) =>
		compare(a[0], b[0], way) || a[1].index - b[1].index)
		.map(([, x]) => x);
}

function filtered(list) {
	const words = fold(state.query).split(/\s+/).filter(Boolean);
	return list.filter((x) =>
		(!state.verdict || x.verdict === state.verdict) &&
		(!state.agent || x.agents.includes(state.agent)) &&
		(!state.trigger || x.triggers.includes(state.trigger)) &&
		(!state.check || x.findings.some((f) => checkOf(f) === state.check)) &&
		words.every((w) => textOf(x).includes(w)));
}

function headCell(c) {
	const now = state.sort === c.key;
	return h("th", {scope: "col", class: c.kind, "aria-sort": !now ? "none" :
		state.down ? "descending" : "ascending"},
	h("button", {type: "button", class: "sort", "data-sort": c.key,
		onclick: () => sortBy(c.key)}, say(c.key), h("span",
		{class: "arrow", "aria-hidden": "true"},
		now ? (state.down ? " ▼" : " ▲") : "")));
}

function sortBy(key) {
	state.down = state.sort === key ? !state.down : false;
	state.sort = key;
	state.page = 0;
	drawList();
	document.querySelector(`[data-sort="${key}"]`).focus();
}

function rowOf(x) {
	return h("tr", {class: "row " + x.verdict, "data-index": x.index,
		onclick: () => openExchange(x.index)},
	columns.map((c) => h("td", {class: c.kind, "data-head": say(c.key)},
		c.cell(x) || null)));
}

let shownRows = [];
function drawRows(from, to) {
	byId("body").replaceChildren(...shownRows.slice(from, to).map(rowOf));
	if (shownRows.length === 0)
		byId("body").append(h("tr", null, h("td", {colspan: columns.length,
			class: "none"}, say("nowhere"))));
}

function drawPager() {
	const pages = Math.max(1, Math.ceil(shownRows.length / state.size));
	state.page = Math.min(state.page, pages - 1);
	const go = (page) => () => { state.page = page; drawPage(); };
	byId("pager").replaceChildren(
		h("button", {type: "button", disabled: state.page === 0,
			onclick: go(state.page - 1), id: "back"}, "‹ " + say("previousPage")),
		h("span", {"aria-live": "polite"}, say("page", state.page + 1, pages)),
		h("button", {type: "button", disabled: state.page >= pages - 1,
			onclick: go(state.page + 1), id: "forth"}, say("nextPage") + " ›"));
}

function drawPage() {
	drawPager();
	drawRows(state.page * state.size, (state.page + 1) * state.size);
}

/* Doubtful rows stand among the exchanges, and are counted apart. */
function shownText(list, all) {
	const n = realOf(list), of = realOf(all);
	return say("shown", whole(n), whole(of)) + (of === all.length ? "" :
		say("shownDoubtful", whole(list.length - n), whole(all.length - of)));
}

function drawList() {
	shownRows = sorted(filtered(state.inRange));
	byId("head").replaceChildren(h("tr", null, columns.map(headCell)));
	byId("sort").value = state.sort + (state.down ? " down" : "");
	byId("shown").textContent = shownText(shownRows, state.inRange);
	byId("clear").hidden = !["verdict", "agent", "trigger", "check", "query"]
		.some((k) => state[k]);
	drawPage();
}

/* On a narrow screen the heads are not shown: the same as choices. */
function sortChoice() {
	return h("div", {class: "field narrow"}, h("label", {for: "sort"}, say("sort")),
		h("select", {id: "sort", onchange: (e) => {
			const [key, down] = e.target.value.split(" ");
			state.sort = key;
			state.down = down !== undefined;
			state.page = 0;
			drawList();
		}}, columns.flatMap((c) => [
			h("option", {value: c.key}, say(c.key) + " ▲"),
			h("option", {value: c.key + " down"}, say(c.key) + " ▼")])));
}

/*
 * Paper has no next page to click on: all rows that fit some ten sheets. What
 * a dialog shows is printed from a copy that is none.
 */
function beforePrint() {
	byId("sheet").replaceChildren(...(byId("detail").open ?
		byId("detail").cloneNode(true).childNodes : []));
	if (byId("detail").open)
		return;
	drawCharts(byId("charts"), state.inRange, true);
	drawRows(0, PRINTED);
	/* A head that holds buttons would stand on the first sheet alone. */
	byId("head").replaceChildren(h("tr", null, columns.map((c) =>
		h("th", {scope: "col", class: c.kind}, say(c.key)))));
	byId("printed").textContent = shownRows.length > PRINTED ?
		say("printed", whole(shownRows.length - PRINTED)) : "";
}

function afterPrint() {
	byId("sheet").replaceChildren();
	drawCharts(byId("charts"), state.inRange);
	drawList();
}
