/* One exchange opened: what was measured, found, and said. */

/* Records may share a line, and lack times: all that is known must agree. */
function samePlace(a, b) {
	return ["line", "at", "role", "speaker"].every((key) => a[key] === b[key]);
}

/*
 * Each event is of a turn of its own, but for a closing: it comes without a
 * text where its turn's text came with the event before.
 */
function turnsOf(x) {
	const turns = [];
	for (const e of x.events) {
		const last = turns[turns.length - 1];
		if (last && e.event === "closing" && !e.text && samePlace(last, e))
			last.events.push(e);
		else
			turns.push({...e, events: [e], faults: []});
	}
	for (const f of x.found) {
		const turn = turnAtFault(turns, f);
		if (turn)
			turn.faults.push(f);
	}
	return turns;
}

function beginsBehind(turn, f) {
	const a = clockOf(turn.at), b = clockOf(f.at);
	return turn.line > f.line || (a !== null && b !== null && a > b);
}

/* The one that begins with the utterance at fault, or else holds it. */
function turnAtFault(turns, f) {
	const words = f.evidence.replace(/…$/, "");
	const holds = (t) => t.role === f.role && t.text.includes(words);
	if (f.line === null)
		return undefined;
	return turns.find((t) => samePlace(t, f) && holds(t)) || words &&
		turns.findLast((t) => holds(t) && !beginsBehind(t, f)) ||
		turns.find((t) => samePlace(t, f));
}

function eventBadge(e) {
	const parts = [nameOf(e.event) + (e.n === null || e.event === "closing" ? "" :
		" " + e.n)];
	if (e.event === "press" || e.event === "goes-on")
		parts.push(...e.patterns.map(nameOf));
	if (e.similarity !== null)
		parts.push(say("similar", similarityText(e.similarity)));
	return h("span", {class: "event " + e.event}, parts.join(" · "));
}

function sinceText(x, at) {
	const from = clockOf(x.opened), to = clockOf(at);
	if (from === null || to === null)
		return null;
	return (to < from ? "−" : "+") + clockText(Math.abs(to - from));
}

function turnItem(x, turn) {
	const trip = turn.events.map((e) => e.trip).find((n) => n !== null);
	return h("li", {class: "turn " + turn.role},
		h("div", {class: "who"},
			h("b", null, turn.speaker || nameOf(turn.role)),
			h("span", null, hourText(turn.at)),
			h("span", {class: "since"}, sinceText(x, turn.at)),
			trip !== undefined && h("span", {class: "trip"}, say("trip", trip))),
		turn.text && h("p", {class: "said"}, turn.text),
		h("div", {class: "events"}, turn.events.map(eventBadge),
			turn.faults.map((f) => h("span", {class: "event fault"},
				signs[f.outcome] + " " + nameOf(f.check)))));
}

/* "10:02:54": the day stands above. */
function hourText(at) {
	return !at ? "–" : dayOf(at) ? at.slice(11, 19).replace(/[Z+-].*$/, "") :
		timeText(at);
}

const marks = {press: 0, "goes-on": 0, answer: 1, repetition: 1, "near-miss": 1};

function mark(e, at) {
	const y = marks[e.event] === 0 ? 26 : 50, x = at(clockOf(e.at));
	const title = svg("title", null, nameOf(e.event) + " " + timeText(e.at));
	return e.event === "press" ? svg("path", {class: "press",
		d: `M${x - 6} ${y - 6}h12l-6 11z`}, title) :
		svg("circle", {class: e.event, cx: x, cy: y,
			r: e.event === "answer" ? 4 : 6}, title);
}

/* The clock from the opening on, with the limit where it comes near. */
function timeline(x) {
	const start = clockOf(x.opened), left = 64;
	const width = Math.min(800, window.innerWidth - 60);
	const events = x.events.filter((e) => e.event in marks &&
		clockOf(e.at) !== null);
	if (start === null || events.length === 0)
		return null;
	const limit = boundOf([x], "duration", "max");
	const end = highest(events, (e) => clockOf(e.at) - start,
		Math.max(1, x.seconds || 0));
	const span = limit !== null && end > limit / 4000 ?
		Math.max(end, limit / 1000) : end;
	const at = (clock) => left + (clock - start) / span * (width - left - 20);
	const step = [5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 86400].find((s) =>
		span / s <= 8) || span;
	const ticks = [];
	for (let s = 0; s <= span; s += step)
		ticks.push(s);
	return drawing(width, 92, say("clock"),
		ticks.map((s) => [
			svg("line", {class: "grid", x1: at(start + s), x2: at(start + s),
				y1: 12, y2: 66}),
			svg("text", {class: "tick", x: at(start + s), y: 82,
				"text-anchor": "middle"}, clockText(s))]),
		["customer", "agent"].map((role, i) => svg("text", {class: "name", x: 0,
			y: 30 + 24 * i}, nameOf(role))),
		svg("rect", {class: "extent", x: left, y: 62,
			width: Math.max(2, at(start + (x.seconds || 0)) - left), height: 4}),
		limit !== null && span >= limit / 1000 && limitLine(
			at(start + limit / 1000), 10, 66,
			say("limit", clockText(limit / 1000)), width),
		events.map((e) => mark(e, at)));
}

/* Seconds of a time as m:ss, other measures as they are. */
function measureText(check, n) {
	const policy = about.policies.flatMap((p) => p.checks)
		.find((c) => c.id === check);
	const time = policy ? ["duration", "first_reply", "until"].includes(policy.measure) :
		check === "too-long";
	return n === null ? "–" : time ? clockText(n) : whole(n);
}

function findingItem(f) {
	const text = f.outcome === "unknown" ? say("could") :
		f.limit === null ? "" : say("measured", measureText(f.check, f.measured),
			measureText(f.check, f.limit));
	return h("li", {class: "finding " + f.severity + " " + f.outcome},
		h("b", null, signs[f.outcome] + " ", f.message ? nameOf(f.check) :
			explainedCheck(f.check)), " ",
		h("span", {class: "severity"}, nameOf(f.severity)), " ", text,
		f.message && h("div", {class: "message"}, f.message),
		f.evidence && f.role === "agent" && h("q", null, f.evidence));
}

function findingList(x) {
	const found = x.found.length > 0 ? x.found : x.findings.map((id) =>
		({check: checkOf(id), severity: "", message: "", evidence: "",
			outcome: id.endsWith("?") ? "unknown" : "fail", limit: null}));
	return found.length > 0 && h("ul", {class: "found"}, found.map(findingItem));
}

function bounded(x, value, measure, text) {
	const max = boundOf([x], measure, "max"), cell = measuredCell(x, value,
		measure, text);
	const scale = measure === "duration" ? 1000 : 1;
	return max === null ? [cell] :
		[cell, h("small", null, " / ", say("limit", text(max / scale)))];
}

function factsOf(x) {
	const dash = (v) => v === null ? "–" : whole(v);
	const first = x.firstSeconds === null && x.firstTurn === null ? "–" :
		[x.firstSeconds === null ? null : clockText(x.firstSeconds),
			x.firstTurn === null ? null : say("firstTurn", x.firstTurn)]
			.filter(Boolean).join(", ");
	return [
		["opened", [timeText(x.opened)]],
		["agent", [x.agents.join("、") || "–"]],
		["customer", [x.customers.join("、") || "–"]],
		["trips", bounded(x, x.trips, "round_trips", whole)],
		["length", bounded(x, x.seconds, "duration", clockText)],
		["presses", [dash(x.presses)]],
		["repetitions", bounded(x, x.reps, "repetitions", whole)],
		["firstReply", [first]],
		["similarity", [x.similarity === null ? "–" :
			similarityText(x.similarity)]],
		["unanswered", [dash(x.unanswered)]],
		["nearMisses", [dash(x.near)]],
		["closedBy", [x.closedBy ? nameOf(x.closedBy) : "–"]],
	];
}

function detailHead(x) {
	const at = shownRows.indexOf(x);
	const go = (i) => () => openExchange(shownRows[i].index);
	return h("header", null,
		h("h2", {id: "detail-title", tabindex: -1}, x.conversation,
			x.no !== null && h("small", null, " #" + x.no), " ",
			badge(x.verdict)),
		h("nav", {class: "buttons"},
			h("button", {type: "button", id: "previous", disabled: at <= 0,
				onclick: go(at - 1)}, "‹ " + say("previous")),
			h("button", {type: "button", id: "next",
				disabled: at === -1 || at >= shownRows.length - 1,
				onclick: go(at + 1)}, say("next") + " ›"),
			h("button", {type: "button", onclick: () => window.print()},
				say("print")),
			h("button", {type: "button", id: "close",
				onclick: () => byId("detail").close()}, say("close") + " ✕")));
}

function drawDetail(x) {
	const turns = turnsOf(x), policy = policyOf([x]), clock = timeline(x);
	byId("detail").replaceChildren(...[
		detailHead(x),
		h("p", {class: "source"}, x.source, turns.length > 0 &&
			turns[0].line !== null && " · " + say("line", turns[0].line)),
		findingList(x),
		h("dl", {class: "facts"}, factsOf(x).map(([key, value]) =>
			h("div", null, h("dt", null, say(key)), h("dd", null, value)))),
		clock && h("h3", null, say("clock"), " ",
			h("small", null, say("sinceOpening"))),
		clock, h("h3", null, say("course")),
		policy && policy.say && h("p", {class: "stock"}, say("phrase") + ": ",
			h("q", null, policy.say)),
		turns.length > 0 ? h("ol", {class: "talk"},
			turns.map((turn) => turnItem(x, turn))) :
			[h("blockquote", null, x.evidence), h("p", {class: "none"},
				say("noLog"))],
	].flat().filter(Boolean));
}

function openExchange(index) {
	const dialog = byId("detail");
	drawDetail(rows[index]);
	dialog.dataset.index = index;
	if (!dialog.open)
		dialog.showModal();
	dialog.scrollTop = 0;
	byId("detail-title").focus();
	document.body.classList.add("opened");
}

/* Back to the row that was opened, where it is still on the page. */
function closed() {
	document.body.classList.remove("opened");
	const row = document.querySelector(
		`[data-index="${byId("detail").dataset.index}"] button`);
	if (row)
		row.focus();
}
