/* The page put together: what is chosen, and what follows from it. */
const state = {
	policy: "", rules: "", preset: "", from: null, to: null, inRange: [], everyone: false,
	talksShown: TALKS,
	verdict: "", agent: "", trigger: "", check: "", query: "",
	sort: "opened", down: true, page: 0, size: 50,
};

const judgedRows = rows.concat(talks);
const days = judgedRows.map((x) => x.day).filter(Boolean).sort();
const first = days.length > 0 ? dayNumber(days[0]) : null;
const last = days.length > 0 ? dayNumber(days[days.length - 1]) : null;

/* A period by name, of the last day there is; null: no limits. */
const presets = {
	everything: () => null,
	month: () => [monthStart(last), nextMonth(monthStart(last)) - 1],
	week: () => [mondayOf(last), mondayOf(last) + 6],
	day: () => [last, last],
};

/* The longest period that has another one before it. */
function firstPreset() {
	return first === null ? "everything" :
		["month", "week", "day"].find((p) => presets[p]()[0] > first) ||
		"everything";
}

function isMonth(from, to) {
	return from === monthStart(from) && to === nextMonth(from) - 1;
}

/* The period of the same kind that lies way (-1, 1) of this one. */
function beside(from, to, way) {
	if (isMonth(from, to))
		return way < 0 ? [monthStart(from - 1), from - 1] :
			[to + 1, nextMonth(to + 1) - 1];
	const length = to - from + 1;
	return [from + way * length, to + way * length];
}

function within(list, from, to) {
	return list.filter((x) => x.day && dayNumber(x.day) >= from &&
		dayNumber(x.day) <= to);
}

function setRange(range, preset) {
	[state.from, state.to] = range || [null, null];
	state.preset = preset;
	state.page = 0;
	update();
}

function pickDays(from, to) {
	setRange([from, to], "own");
}

/* A filter of the table, chosen in a chart: to where its effect is seen. */
function pick(key, value) {
	state[key] = value;
	state.page = 0;
	drawFilters();
	drawList();
	byId("list").scrollIntoView({block: "start"});
}

/* Of the policy and the rule set chosen: others measure otherwise. */
function chosen(list) {
	return list.filter((x) => (!state.policy || x.policy === state.policy) &&
		(!state.rules || x.rules === state.rules));
}

function drawRangeNote(all) {
	const undated = all.filter((x) => !x.day).length, parts = [];
	if (state.from !== null) {
		const [a, b] = beside(state.from, state.to, -1);
		parts.push(within(all, a, b).length > 0 ? say("beforeRange",
			say("dayRange", dayText(a), dayText(b))) : say("noBefore"));
		if (undated > 0)
			parts.push(say("undated", whole(undated)));
	}
	byId("range-note").textContent = parts.join(lang === "ja" ? "。" : "; ");
}

function drawRange() {
	choices(byId("preset"), [...Object.keys(presets), "own"]
		.filter((p) => first !== null || p === "everything")
		.map((p) => [p, say(p)]), state.preset);
	byId("from").value = state.from === null ? "" : dayText(state.from);
	byId("to").value = state.to === null ? "" : dayText(state.to);
	byId("earlier").disabled = state.from === null || state.from <= first;
	byId("later").disabled = state.from === null || state.to >= last;
}

/* Choices of a filter: what the rows shown hold, with how many. */
function optionsOf(items, name) {
	const groups = [...groupsOf(state.inRange, items)].map(([id, g]) =>
		[id, name(id), g.length]);
	groups.sort((a, b) => collator.compare(a[1], b[1]));
	return [["", say("anything")], ...groups.map(([id, text, n]) =>
		[id, text + " (" + whole(n) + ")"])];
}

function drawFilters() {
	const kinds = {
		verdict: [(x) => [x.verdict], say], agent: [(x) => x.agents, (a) => a],
		trigger: [(x) => x.triggers, nameOf], check: [(x) => x.findings.map(checkOf), nameOf],
	};
	for (const [key, [items, name]] of Object.entries(kinds)) {
		const options = optionsOf(items, name);
		if (state[key] && !options.some(([id]) => id === state[key]))
			options.push([state[key], name(state[key]) + " (0)"]);
		choices(byId(key), options, state[key]);
	}
	byId("query").value = state.query;
}

function update() {
	const both = [rows, talks].map(chosen);
	const dated = state.from !== null;
	const now = both.map((list) =>
		dated ? within(list, state.from, state.to) : list);
	state.inRange = now[0];
	drawRange();
	drawRangeNote(both[0].concat(both[1]));
	drawFigures(byId("figures"), now, dated ? both.map((list) =>
		within(list, ...beside(state.from, state.to, -1))) : null);
	drawCharts(byId("charts"), state.inRange);
	state.talksShown = TALKS;
	if (talks.length > 0)
		drawTalks(byId("talks"), now[1]);
	drawFilters();
	drawList();
}

function dateChanged() {
	const [from, to] = ["from", "to"].map((id) => byId(id).value);
	const a = from ? dayNumber(from) : first, b = to ? dayNumber(to) : last;
	if (!from && !to)
		setRange(null, "everything");
	else
		setRange([Math.min(a, b), Math.max(a, b)], "own");
}

function rangeBar() {
	const date = (id) => field(say(id), h("input", {type: "date", id,
		onchange: dateChanged, disabled: first === null,
		min: first === null ? null : dayText(first),
		max: last === null ? null : dayText(last)}));
	const move = (id, way, sign) => h("button", {type: "button", id,
		"aria-label": say(id), title: say(id),
		onclick: () => setRange(beside(state.from, state.to, way), "own")}, sign);
	return h("form", {class: "bar", id: "range", "aria-label": say("range"),
		onsubmit: (e) => e.preventDefault()},
	["policy", "rules"].map(ruleChoice),
	h("div", {class: "stepper"}, move("earlier", -1, "‹"),
		field(say("range"), h("select", {id: "preset", onchange: presetChanged})),
		move("later", 1, "›")),
	date("from"), date("to"),
	h("p", {id: "range-note", "aria-live": "polite"}));
}

/* Where there are several; rule sets may be counted together. */
function ruleChoice(key) {
	const ids = [...groupsOf(judgedRows, (x) => [x[key]]).keys()];
	const items = ids.map((id) => [id, id]);
	if (ids.length < 2)
		return null;
	if (key === "rules")
		items.push(["", say("together")]);
	return field(say(key), h("select", {id: key, onchange: (e) => {
		state[key] = e.target.value;
		update();
	}}, items.map(([value, label]) =>
		h("option", {value, selected: value === state[key]}, label))));
}

function mostOf(key) {
	const groups = [...groupsOf(judgedRows, (x) => [x[key]])];
	groups.sort((a, b) => b[1].length - a[1].length);
	return groups.length > 1 ? groups[0][0] : "";
}

function presetChanged(e) {
	const name = e.target.value;
	if (name === "own")
		setRange([first, last], "own");
	else
		setRange(presets[name](), name);
}

let typing = 0;
function queryChanged(e) {
	clearTimeout(typing);
	typing = setTimeout(() => {
		state.query = e.target.value;
		state.page = 0;
		drawList();
	}, 120);
}

function filterChanged(e) {
	state[e.target.id] = e.target.value;
	state.page = 0;
	drawList();
}

function clearFilters() {
	for (const key of ["verdict", "agent", "trigger", "check", "query"])
		state[key] = "";
	drawFilters();
	drawList();
	byId("query").focus();
}

function filterBar() {
	const select = (id) => field(say(id),
		h("select", {id, onchange: filterChanged}));
	return h("form", {class: "bar", role: "search", "aria-label": say("list"),
		onsubmit: (e) => e.preventDefault()},
	field(say("search"), h("input", {type: "search", id: "query",
		placeholder: say("searchHint"), autocomplete: "off",
		oninput: queryChanged})),
	select("verdict"), select("agent"), select("trigger"), select("check"),
	sortChoice(),
	h("button", {type: "button", id: "clear", hidden: true,
		onclick: clearFilters}, say("clear")));
}

function listSection() {
	return h("section", {id: "list", "aria-labelledby": "list-title"},
		h("h2", {id: "list-title"}, say("list")), filterBar(),
		h("p", {id: "shown", "aria-live": "polite"}),
		h("div", {class: "scroll", tabindex: 0, role: "region",
			"aria-labelledby": "list-title"},
		h("table", {id: "table"}, h("thead", {id: "head"}),
			h("tbody", {id: "body"}))),
		h("p", {id: "printed"}),
		h("div", {class: "bar foot"},
			h("nav", {id: "pager", "aria-label": say("list")}),
			field(say("perPage"), h("select", {id: "size", onchange: (e) => {
				state.size = Number(e.target.value);
				state.page = 0;
				drawPage();
			}}, [25, 50, 100, 200].map((n) =>
				h("option", {value: n, selected: n === state.size}, n))))));
}

function titleOf() {
	const policies = about.policies.filter((p) =>
		judgedRows.some((x) => x.policy === p.id));
	return policies.map((p) => p.title || p.id).join("、");
}

function build() {
	document.documentElement.lang = lang;
	document.title = "ofuku – " + say("title");
	byId("page").replaceChildren(
		h("a", {class: "skip", href: "#list"}, say("skip")),
		h("header", {class: "top"},
			h("div", null, h("h1", null, say("title")),
				h("p", {class: "subtitle"}, titleOf())),
			h("button", {type: "button", id: "language", onclick: () => {
				lang = lang === "ja" ? "en" : "ja";
				build();
				byId("language").focus();
			}, lang: lang === "ja" ? "en" : "ja"}, say("otherLanguage"))),
		rangeBar(),
		h("main", null,
			h("h2", {class: "off"}, say("figures")),
			h("dl", {id: "figures"}),
			h("h2", {class: "off"}, say("charts")),
			h("div", {id: "charts"}),
			talks.length > 0 && h("section", {class: "card", id: "talks",
				"aria-labelledby": "talks-title"}), listSection()),
		h("footer", null, say("made", about.engine,
			[...groupsOf(judgedRows, (x) => [x.rules]).keys()].join(", "))),
		h("div", {id: "sheet"}),
		h("dialog", {id: "detail", "aria-labelledby": "detail-title",
			onclose: closed, onclick: (e) => {
				if (e.target === byId("detail"))
					byId("detail").close();
			}}));
	update();
}

let width = window.innerWidth, resizing = 0;
window.addEventListener("resize", () => {
	clearTimeout(resizing);
	resizing = setTimeout(() => {
		if (window.innerWidth !== width)
			drawCharts(byId("charts"), state.inRange);
		width = window.innerWidth;
	}, 100);
});
window.addEventListener("beforeprint", beforePrint);
window.addEventListener("afterprint", afterPrint);

state.policy = mostOf("policy");
state.rules = mostOf("rules");
state.preset = firstPreset();
[state.from, state.to] = presets[state.preset]() || [null, null];
build();
