/* The rows as they stand in the page, and what is counted of them. */
const about = JSON.parse(document.getElementById("about").textContent);

function numberOf(cell) {
	return cell === null || cell === "" || isNaN(cell) ? null : Number(cell);
}

function listOf(cell) {
	return Array.isArray(cell) ? cell : cell ? cell.split(";") : [];
}

function dayOf(time) {
	return /^\d{4}-\d\d-\d\d/.test(time || "") ? time.slice(0, 10) : null;
}

function exchangeOf(c) {
	return {
		policy: c[1], rules: c[2], source: c[3] || "", conversation: c[4] || "",
		no: numberOf(c[5]), agents: listOf(c[6]), customers: listOf(c[7]),
		opened: c[8], closed: c[9], closedBy: c[10], seconds: numberOf(c[11]),
		triggers: listOf(c[12]), presses: numberOf(c[13]), trips: numberOf(c[14]),
		reps: numberOf(c[15]), hits: numberOf(c[16]), near: numberOf(c[17]),
		unanswered: numberOf(c[18]), firstSeconds: numberOf(c[19]),
		firstTurn: numberOf(c[20]), similarity: numberOf(c[21]),
		verdict: c[22], findings: listOf(c[23]), evidence: c[24] || "",
		day: dayOf(c[8]), events: [], found: [],
	};
}

function eventOf(c) {
	return {
		line: numberOf(c[1]), at: c[2], role: c[3], speaker: c[4] || "",
		event: c[5], n: numberOf(c[6]), trip: numberOf(c[7]),
		patterns: listOf(c[8]), similarity: numberOf(c[9]), text: c[10] || "",
	};
}

function findingOf(c) {
	return {
		check: c[1], severity: c[2], outcome: c[3], line: numberOf(c[4]),
		role: c[5], speaker: c[6] || "", at: c[7], measured: numberOf(c[8]),
		limit: numberOf(c[9]), message: c[10] || "", evidence: c[11] || "",
	};
}

/* Found of a conversation as a whole. */
function talkOf(c) {
	return {
		policy: c[1], rules: c[2], source: c[3] || "", conversation: c[4] || "",
		...findingOf(c.slice(4)), day: dayOf(c[11]),
	};
}

/*
 * An exchange (x), and behind it its events (l) and findings (f); findings of
 * conversations (c).
 */
function readRows(text) {
	const lines = text.split("\n").filter((line) => line !== "");
	const all = [], talks = [];
	for (const cells of JSON.parse("[" + lines.join(",") + "]")) {
		const last = all[all.length - 1];
		if (cells[0] === "x")
			all.push(exchangeOf(cells));
		else if (cells[0] === "l")
			last.events.push(eventOf(cells));
		else if (cells[0] === "f")
			last.found.push(findingOf(cells));
		else if (cells[0] === "c")
			talks.push(talkOf(cells));
	}
	all.forEach((x, i) => { x.index = i; });
	return [all, talks];
}

const [rows, talks] = readRows(document.getElementById("rows").textContent);

/* Days as numbers, and back. */
const DAY = 86400000;
function dayNumber(day) {
	return Date.parse(day + "T00:00:00Z") / DAY;
}
function dayText(n) {
	return new Date(n * DAY).toISOString().slice(0, 10);
}
function mondayOf(n) {
	return n - ((n + 3) % 7 + 7) % 7;
}
function monthStart(n) {
	return dayNumber(dayText(n).slice(0, 8) + "01");
}
function nextMonth(start) {
	return monthStart(start + 31);
}
/* ISO 8601, as ofuku summarize has it. */
function weekText(n) {
	const thursday = mondayOf(n) + 3;
	const year = dayText(thursday).slice(0, 4);
	const week = Math.floor((thursday - dayNumber(year + "-01-01")) / 7) + 1;
	return year + "-W" + String(week).padStart(2, "0");
}

/* Seconds of a clock as reports print it: a date, or H:MM:SS.mmm. */
function clockOf(time) {
	if (!time)
		return null;
	if (dayOf(time)) {
		const ms = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(time) ? time : time + "Z");
		return isNaN(ms) ? null : ms / 1000;
	}
	const part = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(time);
	return part ? part[1] * 3600 + part[2] * 60 + Number(part[3]) : null;
}

/* The least value that a share of all do not exceed, as summarize has it. */
function rank(sorted, share) {
	return sorted.length === 0 ? null :
		sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

function sortedOf(list, value) {
	return list.map(value).filter((v) => v !== null).sort((a, b) => a - b);
}

/* The highest value, or least; a list may be longer than a call may have
 * arguments. */
function highest(list, value, least) {
	return list.reduce((most, x) => Math.max(most, value(x)), least);
}

/* Wilson's score interval for 95 %. */
function shareOf(failed, passed) {
	const z = 1.959963984540054, n = failed + passed, p = failed / n;
	const middle = p + z * z / (2 * n);
	const half = z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n));
	return n === 0 ? null : {
		p, n,
		low: failed === 0 ? 0 : (middle - half) / (1 + z * z / n),
		high: passed === 0 ? 1 : (middle + half) / (1 + z * z / n),
	};
}

function countsOf(list) {
	const n = {pass: 0, fail: 0, unknown: 0};
	for (const x of list)
		n[x.verdict]++;
	return n;
}

/* Rows without a number are no exchanges: it is in doubt who speaks. */
function realOf(list) {
	return list.reduce((n, x) => n + (x.no !== null), 0);
}

/* Groups by each key of a row, in order of the keys. */
function groupsOf(list, keysOf) {
	const groups = new Map();
	for (const x of list)
		for (const key of keysOf(x)) {
			if (!groups.has(key))
				groups.set(key, []);
			groups.get(key).push(x);
		}
	return groups;
}

/* Of the policy shown: a bound of a measure, where the rules are known. */
function boundOf(list, measure, which) {
	const policy = policyOf(list);
	const check = policy && policy.checks.find((c) =>
		c.measure === measure && c[which] !== undefined);
	return check ? check[which] : null;
}

function policyOf(list) {
	const first = list.find((x) => x.rules === about.rules);
	return first ? about.policies.find((p) => p.id === first.policy) : undefined;
}

/* One spelling for searching: width, case and kana alike. */
function fold(text) {
	return text.normalize("NFKC").toLowerCase().replace(/[\u30a1-\u30f6]/g,
		(c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
}

function textOf(x) {
	if (x.folded === undefined)
		x.folded = fold([x.conversation, x.source, ...x.agents, ...x.customers,
			x.evidence, ...x.events.map((e) => e.text),
			...x.found.map((f) => f.evidence)].join("\n"));
	return x.folded;
}
