/* The headline figures, and each chart with the table behind it. */
function median(list, value) {
	return rank(sortedOf(list, value), 0.5);
}

const minutesOf = (x) => x.seconds === null ? null : x.seconds / 60;

/*
 * A figure: its value of a period's exchanges, how it is written, what stands below, and
 * whether more of it is worse (1), better (-1) or neither (0).
 */
const figures = [
	{key: "exchanges", value: realOf, text: whole, worse: 0,
		change: "part", below: (l) => realOf(l) === l.length ? "" :
			say("doubtful", whole(l.length - realOf(l)))},
	{key: "failRate", value: (l) => (shareOf(...judged(l)) || {p: null}).p,
		text: percent, worse: 1, change: "points", below: (l) => {
			const s = shareOf(...judged(l));
			return s ? say("interval", percent(s.low), percent(s.high)) : "";
		}},
	{key: "failed", value: (l) => countsOf(l).fail, text: whole, worse: 1,
		change: "part", below: (l) =>
			say("ofThese", whole(countsOf(l).fail), whole(realOf(l)))},
	{key: "unknowns", value: (l) => countsOf(l).unknown, text: whole, worse: 1,
		change: "part", below: (l) => realOf(l) === l.length ?
			say("ofThese", whole(countsOf(l).unknown), whole(l.length)) :
			say("ofThemDoubtful", whole(l.length - realOf(l)))},
	{key: "talksFailed", value: (l, t) => failedTalks(t), text: whole, worse: 1,
		change: "part", below: () => say("ofTalks"),
		shown: () => talks.length > 0},
	{key: "atOnce", value: (l) => partOf(l, (x) => x.firstTurn === 1),
		text: percent, worse: -1, change: "points", below: (l) => say("ofThese",
			whole(l.filter((x) => x.firstTurn === 1).length),
			whole(realOf(l)))},
	{key: "trips", value: (l) => median(l, (x) => x.trips), text: whole,
		worse: 1, change: "number", below: (l) => say("medianMax",
			most(l, (x) => x.trips, whole))},
	{key: "minutes", value: (l) => median(l, minutesOf),
		text: (m) => clockText(m * 60), worse: 1, change: "clock",
		below: (l) => say("medianMax", most(l, minutesOf,
			(m) => clockText(m * 60)))},
	{key: "similarity", value: (l) => median(l, counted), text: similarityText,
		worse: -1, change: "similarity", below: (l) => {
			const all = sortedOf(l, counted);
			return all.length === 0 ? "" :
				say("medianLow", similarityText(all[0]));
		}},
];

/* Failed and passed, as a rate wants them. */
function judged(list) {
	const n = countsOf(list);
	return [n.fail, n.pass];
}

/* Of the exchanges that are no doubtful rows. */
function partOf(list, holds) {
	const real = list.filter((x) => x.no !== null);
	return real.length === 0 ? null : real.filter(holds).length / real.length;
}

function counted(x) {
	return x.reps > 0 ? x.similarity : null;
}

function most(list, value, text) {
	const all = sortedOf(list, value);
	return all.length === 0 ? "–" : text(all[all.length - 1]);
}

const changes = {
	part: (now, then) => then === 0 ? null : percent((now - then) / then),
	points: (now, then) => (100 * (now - then)).toFixed(1) +
		(lang === "ja" ? "ポイント" : " points"),
	number: (now, then) => whole(now - then),
	clock: (now, then) => (now < then ? "-" : "") +
		clockText(Math.abs(now - then) * 60),
	similarity: (now, then) => (now - then).toFixed(3),
};

function changeOf(figure, now, then) {
	if (now === null || then === null)
		return null;
	const text = changes[figure.change](now, then);
	const way = Math.sign(now - then);
	const tone = way * figure.worse > 0 ? "worse" :
		way * figure.worse < 0 ? "better" : "same";
	return text && h("span", {class: "change " + tone},
		h("span", {"aria-hidden": "true"}, way > 0 ? "▲ " : way < 0 ? "▼ " : "＝ "),
		(way > 0 ? "+" : "") + text.replace("-", "−"));
}

/* now, before: a period's exchanges and findings of conversations. */
function drawFigures(place, now, before) {
	const some = before && before.some((list) => list.length > 0);
	place.replaceChildren(...figures.filter((f) => !f.shown || f.shown())
		.map((f) => figureOf(f, now, some ? before : null)));
}

function figureOf(f, now, before) {
	const value = f.value(...now);
	const then = before ? f.value(...before) : null;
	const below = value === null ? "" : f.below(now[0]);
	return h("div", {class: "figure"},
		h("dt", null, say(f.key)),
		h("dd", {class: "value"}, value === null ? "–" : f.text(value)),
		below && h("dd", {class: "below"}, below),
		then !== null && h("dd", {class: "then"},
			changeOf(f, value, then),
			h("span", {class: "before"}, say("before", f.text(then)))));
}
/* Days, weeks from some 60 days on, months from some 60 weeks on. */
function bucketOf(list) {
	const days = list.map((x) => x.day).filter(Boolean).sort();
	if (days.length === 0)
		return null;
	const from = dayNumber(days[0]), to = dayNumber(days[days.length - 1]);
	if (to - from < 62)
		return {title: "perDay", of: (n) => n, next: (n) => n + 1,
			text: (n) => dayText(n), label: (n) => dayText(n).slice(5).replace("-", "/"),
			from, to, last: (n) => n};
	if (to - from < 420)
		return {title: "perWeek", of: mondayOf, next: (n) => n + 7,
			text: weekText, label: (n) => dayText(n).slice(5).replace("-", "/"),
			from: mondayOf(from), to, last: (n) => n + 6};
	return {title: "perMonth", of: monthStart, next: nextMonth,
		text: (n) => dayText(n).slice(0, 7), label: (n) => dayText(n).slice(0, 7),
		from: monthStart(from), to, last: (n) => nextMonth(n) - 1};
}

/* Every bucket from the first to the last, the empty ones too. */
function bucketsOf(list, bucket) {
	const groups = groupsOf(list.filter((x) => x.day),
		(x) => [bucket.of(dayNumber(x.day))]);
	const all = [];
	for (let n = bucket.from; n <= bucket.to; n = bucket.next(n))
		all.push([n, groups.get(n) || []]);
	return all;
}

const kinds = ["fail", "unknown", "pass"];
function partsOf(list) {
	const n = countsOf(list);
	return kinds.map((k) => [k, n[k]]);
}

function describe(name, list) {
	const n = countsOf(list);
	return say("each", name, kinds.map((k) => say(k) + " " + whole(n[k])).join(", "));
}

function verdictsChart(list, width) {
	const bucket = bucketOf(list);
	if (!bucket)
		return {title: "perDay", empty: "noDates"};
	const all = bucketsOf(list, bucket);
	const undated = list.filter((x) => !x.day).length;
	return {
		title: bucket.title, legend: kinds,
		note: undated > 0 && say("without", whole(undated)),
		draw: () => barChart({label: say(bucket.title), width,
			bars: all.map(([n, group]) => ({label: bucket.label(n),
				title: describe(bucket.text(n), group), parts: partsOf(group),
				pick: () => pickDays(n, bucket.last(n))}))}),
		head: ["date", "fail", "unknown", "pass", "failRate"],
		body: () => all.map(([n, group]) => [bucket.text(n),
			...kinds.map((k) => whole(countsOf(group)[k])), rateText(group)]),
	};
}

function rateText(list) {
	const share = shareOf(...judged(list));
	return share ? percent(share.p) : "–";
}

/* Counts of whole numbers, with limits drawn behind what is allowed. */
function numbersChart(title, list, value, measure, width) {
	const known = list.filter((x) => value(x) !== null);
	if (known.length === 0)
		return {title, empty: "nothing"};
	const min = boundOf(list, measure, "min"), max = boundOf(list, measure, "max");
	const end = highest(known, value, (max || 0) + 1);
	const last = Math.min(end, 15);
	const groups = Array.from({length: last + 1}, () => []);
	for (const x of known)
		groups[Math.min(value(x), last)].push(x);
	const name = (i) => i === last && end > last ? i + "+" : String(i);
	const over = (i) => (max !== null && i > max) || (min !== null && i < min);
	const limits = [];
	if (min !== null)
		limits.push({after: min, text: say("atLeast", min)});
	if (max !== null)
		limits.push({after: max + 1, text: say("limit", max)});
	return countsChart({title, groups, name, over, limits, width});
}

function countsChart({title, groups, name, over, limits, width}) {
	const n = groups.reduce((sum, g) => sum + g.length, 0);
	return {
		title,
		draw: () => barChart({label: say(title), width, limits,
			bars: groups.map((g, i) => ({label: name(i),
				title: say("each", name(i), whole(g.length)),
				parts: [[over(i) ? "over" : "within", g.length]]}))}),
		head: ["value", "number", "share"],
		body: () => groups.map((g, i) =>
			[name(i), whole(g.length), percent(g.length / n)]),
	};
}

/* Uneven steps that people think in; the limit is one of them. */
function minutesChart(list, width) {
	const title = "minutesChart", known = list.filter((x) => x.seconds !== null);
	if (known.length === 0)
		return {title, empty: "nothing"};
	const bound = boundOf(list, "duration", "max");
	const limit = bound === null ? null : bound / 60000;
	const top = highest(known, minutesOf, 0);
	const most = Math.max(top, limit || 0);
	const edges = [1, 3, 5, 10, 15, 20, 30, 60, 120, 240].filter((e, i, all) =>
		i === 0 || all[i - 1] < most);
	if (limit !== null && !edges.includes(limit))
		edges.push(limit);
	edges.sort((a, b) => a - b);
	const last = edges[edges.length - 1];
	const groups = Array.from({length: edges.length + (top > last ||
		last === limit ? 1 : 0)}, () => []);
	for (const x of known) {
		const i = edges.findIndex((e) => minutesOf(x) <= e);
		groups[i === -1 ? edges.length : i].push(x);
	}
	const name = (i) => i === 0 ? "≤" + edges[0] : i === edges.length ?
		">" + edges[i - 1] : edges[i - 1] + "–" + edges[i];
	const after = limit === null ? -1 : edges.indexOf(limit) + 1;
	return countsChart({title, groups, name, width,
		over: (i) => after !== -1 && i >= after,
		limits: after === -1 ? [] : [{after, text: say("limit",
			say("minutesShort", limit))}]});
}

/* What stands in lists, most frequent first. */
const LINES = 12;
function listChart({title, list, items, kinds, kind, pick, width,
	long = nameOf}) {
	const groups = [...groupsOf(list, items)].sort((a, b) =>
		b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
	if (groups.length === 0)
		return {title, empty: "nothing"};
	return {
		title, legend: kinds.length > 1 && kinds,
		draw: () => lyingBars({label: say(title), width,
			lines: groups.slice(0, LINES).map(([id, g]) => ({
				label: nameOf(id), value: whole(g.length),
				title: say("each", long(id), whole(g.length)),
				parts: kinds.map((k) =>
					[k, g.filter((x) => kind(id, x) === k).length]),
				pick: () => pick(id)}))}),
		head: ["value", "number", "share"],
		body: () => groups.map(([id, g]) =>
			[long(id), whole(g.length), percent(g.length / list.length)]),
	};
}

/* Those whose interval begins highest come first: not the rarest ones. */
function agentsChart(list, width, everyone) {
	const title = "agentsChart";
	const lines = [...groupsOf(list, (x) => x.agents)].map(([agent, g]) =>
		({agent, group: g, share: shareOf(...judged(g))}));
	if (lines.length === 0)
		return {title, empty: "nothing"};
	const low = (l) => l.share ? l.share.low : -1;
	lines.sort((a, b) => low(b) - low(a) || b.group.length - a.group.length ||
		(a.agent < b.agent ? -1 : 1));
	const all = shareOf(...judged(list));
	const shown = everyone ? lines : lines.slice(0, 15);
	return {
		title, more: shown.length < lines.length ? lines.length : 0,
		legend: ["above", "about", "below"],
		draw: () => intervals({label: say(title), width, all,
			lines: shown.map((l) => ({label: l.agent, share: l.share,
				kind: apart(l.share, all),
				value: width < 500 ? rateText(l.group) : agentText(l),
				title: describe(l.agent, l.group),
				pick: () => pick("agent", l.agent)}))}),
		head: ["agent", "number", "fail", "rate", "low", "high"],
		body: () => lines.map((l) => [l.agent, whole(realOf(l.group)),
			whole(countsOf(l.group).fail), ...(l.share ? [percent(l.share.p),
				percent(l.share.low), percent(l.share.high)] : ["–", "–", "–"])]),
	};
}

/* Does the interval lie wholly on one side of the rate of all? */
function apart(share, all) {
	return !share ? "about" : share.low > all.p ? "above" :
		share.high < all.p ? "below" : "about";
}

function agentText(l) {
	return l.share ? percent(l.share.p) + " (" + countsOf(l.group).fail + "/" +
		l.share.n + ")" : "–";
}

function similarityChart(list, width) {
	const title = "similarityChart", known = list.filter((x) => counted(x) !== null);
	const bucket = bucketOf(known);
	if (!bucket)
		return {title, empty: known.length > 0 ? "noDates" : "nothing"};
	const points = bucketsOf(known, bucket).filter(([, g]) => g.length > 0)
		.map(([n, g]) => {
			const all = sortedOf(g, counted);
			return {n, count: all.length, middle: rank(all, 0.5),
				low: rank(all, 0.1)};
		});
	const policy = policyOf(list);
	const least = policy && policy.least ? policy.least / 1000 : null;
	return {
		title, legend: ["dot", "low"],
		draw: () => courseChart({label: say(title), width, least,
			points: points.map((p) => ({...p, label: bucket.label(p.n),
				title: say("each", bucket.text(p.n), say("median") + " " +
					similarityText(p.middle) + ", " + say("tenth") + " " +
					similarityText(p.low))}))}),
		head: ["date", "number", "median", "tenth"],
		body: () => points.map((p) => [bucket.text(p.n), whole(p.count),
			similarityText(p.middle), similarityText(p.low)]),
	};
}

/* Each chart: how wide it lies, and what makes it of the rows shown. */
const charts = [
	{wide: true, make: verdictsChart},
	{make: (l, w) => numbersChart("tripsChart", l, (x) => x.trips,
		"round_trips", w)},
	{make: minutesChart},
	{make: (l, w) => numbersChart("repsChart", l, (x) => x.reps,
		"repetitions", w)},
	{make: (l, w) => listChart({title: "findingsChart", list: l, width: w,
		items: (x) => x.findings.map(checkOf), kinds: ["fail", "unknown"],
		kind: (id, x) => x.findings.includes(id) ? "fail" : "unknown",
		pick: (id) => pick("check", id), long: explainedCheck})},
	{make: (l, w) => listChart({title: "triggersChart", list: l, width: w,
		items: (x) => x.triggers, kinds: ["within"], kind: () => "within",
		pick: (id) => pick("trigger", id)})},
	{make: similarityChart},
	{wide: true, make: (l, w) => agentsChart(l, w, state.everyone)},
];

const legendWords = {dot: "median", low: "tenth"};
const PAPER = {wide: 650, half: 300};
function legendOf(items) {
	return h("ul", {class: "legend", "aria-label": say("legend")},
		items.map((k) => h("li", null, h("span", {class: "key " + k}),
			say(legendWords[k] || k))));
}

function chartCard(chart, id) {
	const title = h("h3", null, say(chart.title));
	if (chart.empty)
		return [title, h("p", {class: "none"}, say(chart.empty))];
	return [
		title, chart.legend && legendOf(chart.legend), chart.draw(),
		chart.note && h("p", {class: "none"}, chart.note),
		chart.more > 0 && h("button", {type: "button", class: "link",
			onclick: () => { state.everyone = true; update(); }},
		say("more", chart.more)),
		h("details", {class: "behind"}, h("summary", null, say("asTable")),
			h("div", {class: "scroll", tabindex: 0, role: "region",
				"aria-label": say(chart.title), id},
			plainTable(say(chart.title), chart.head.map((k) => say(k)),
				chart.body()))),
	];
}

/* On paper the charts are as wide as an A4 sheet has room for. */
function drawCharts(place, list, paper) {
	while (place.children.length < charts.length)
		place.append(h("section", {class: "card" +
			(charts[place.children.length].wide ? " wide" : "")}));
	charts.forEach((c, i) => {
		const card = place.children[i];
		const open = card.querySelector("details[open]") !== null;
		const width = paper ? (c.wide ? PAPER.wide : PAPER.half) :
			Math.max(270, card.clientWidth - 32);
		card.replaceChildren(...chartCard(c.make(list, width), "behind" + i)
			.filter(Boolean));
		if (open && card.querySelector("details"))
			card.querySelector("details").open = true;
	});
}
