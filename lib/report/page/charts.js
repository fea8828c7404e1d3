/* Drawing: bars, lying bars, intervals and a course, in SVG of our own. */
const INK = {top: 18, right: 12, bottom: 30, left: 40};

/* Steps of 1, 2, 5 × 10^k, at most about so many. */
function ticksTo(max, wanted, whole) {
	const rough = Math.max(max / wanted, whole ? 1 : 0.0001);
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].map((f) => f * power).find((s) => s >= rough);
	const ticks = [];
	for (let v = 0; v < max + step * 0.999; v += step)
		ticks.push(Math.round(v / step) * step);
	return ticks;
}

function drawing(width, height, label, ...parts) {
	return svg("svg", {viewBox: `0 0 ${width} ${height}`, role: "img",
		"aria-label": label, class: "drawing"}, ...parts);
}

function across(width, y, text) {
	return [
		svg("line", {class: "grid", x1: INK.left, x2: width - INK.right,
			y1: y, y2: y}),
		svg("text", {class: "tick", x: INK.left - 6, y: y + 4,
			"text-anchor": "end"}, text),
	];
}

/* A dashed line across the bars, with what it means. */
function limitLine(x, top, bottom, text, width) {
	const end = x > width * 0.7;
	return svg("g", {class: "limit"},
		svg("line", {x1: x, x2: x, y1: top, y2: bottom}),
		svg("text", {x: x + (end ? -4 : 4), y: top + 1,
			"text-anchor": end ? "end" : "start"}, text));
}

function stack(bar, x, width, scale, bottom) {
	const fat = Math.min(64, width * 0.8);
	let y = bottom;
	return svg("g", {class: bar.pick ? "pick" : null, onclick: bar.pick || null},
		svg("title", null, bar.title),
		svg("rect", {class: "hit", x, y: INK.top, width,
			height: bottom - INK.top}),
		bar.parts.map(([kind, n]) => {
			const tall = n * scale;
			y -= tall;
			return n > 0 && svg("rect", {class: kind, x: x + (width - fat) / 2, y,
				width: Math.max(1, fat), height: tall});
		}));
}

/* Of a bar with all its parts. */
function lengthOf(bar) {
	return bar.parts.reduce((sum, [, n]) => sum + n, 0);
}

/*
 * bars: {label, title, parts: [[kind, n]...], pick}; limits: {after, text},
 * drawn behind so many bars.
 */
function barChart({bars, limits = [], label, width, height = 200}) {
	const bottom = height - INK.bottom;
	const most = highest(bars, lengthOf, 1);
	const ticks = ticksTo(most, 4, true);
	const scale = (bottom - INK.top) / ticks[ticks.length - 1];
	const step = (width - INK.left - INK.right) / bars.length;
	const wide = highest(bars, (b) => b.label.length, 0) * 6.6 + 6;
	const every = Math.max(1, Math.ceil(wide / step));
	return drawing(width, height, label,
		ticks.map((n) => across(width, bottom - n * scale, whole(n))),
		bars.map((b, i) => stack(b, INK.left + i * step, step, scale, bottom)),
		bars.map((b, i) => i % every === 0 && svg("text", {class: "tick",
			x: INK.left + (i + 0.5) * step, y: bottom + 16,
			"text-anchor": "middle"}, b.label)),
		limits.map((l) => limitLine(INK.left + l.after * step, INK.top - 6,
			bottom, l.text, width)));
}

/* lines: {label, parts, title, pick}; the longest fills the width. */
function lyingBars({lines, label, width}) {
	const tall = 24, names = Math.min(170, width * 0.42), end = 44;
	const most = highest(lines, lengthOf, 1);
	const scale = (width - names - end) / most;
	return drawing(width, lines.length * tall + 4, label, lines.map((l, i) => {
		let x = names;
		const y = i * tall;
		return svg("g", {class: l.pick ? "pick" : null, onclick: l.pick || null},
			svg("title", null, l.title),
			svg("rect", {class: "hit", x: 0, y, width, height: tall}),
			svg("text", {class: "name", x: names - 8, y: y + 16,
				"text-anchor": "end"}, clip(l.label, names - 8)),
			l.parts.map(([kind, n]) => {
				const rect = svg("rect", {class: kind, x, y: y + 4,
					width: n * scale, height: tall - 8});
				x += n * scale;
				return rect;
			}),
			svg("text", {class: "tick", x: x + 6, y: y + 16}, l.value));
	}));
}

/* About as many characters as fit; full-width ones count twice. */
function clip(text, room) {
	let used = 0;
	const letters = Array.from(text);
	for (let i = 0; i < letters.length; i++) {
		used += letters[i] > "\u2000" ? 12.5 : 7;
		if (used > room)
			return letters.slice(0, Math.max(1, i - 1)).join("") + "…";
	}
	return text;
}

/* lines: {label, share, title, pick}; all: the share of all of them. */
function intervals({lines, all, label, width}) {
	const slim = width < 500, tall = 24, top = 18;
	const names = Math.min(170, width * 0.42), end = slim ? 58 : 112;
	const at = (p) => names + p * (width - names - end);
	const bottom = top + lines.length * tall;
	return drawing(width, bottom + 22, label,
		(slim ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1]).map((p) => [
			svg("line", {class: "grid", x1: at(p), x2: at(p), y1: top, y2: bottom}),
			svg("text", {class: "tick", x: at(p), y: bottom + 16,
				"text-anchor": "middle"}, Math.round(100 * p) + "%"),
		]).flat(),
		all && limitLine(at(all.p), 10, bottom, say("overall", percent(all.p)),
			width),
		lines.map((l, i) => intervalLine(l, top + i * tall, tall, names, at,
			width)));
}

function intervalLine(l, y, tall, names, at, width) {
	const s = l.share, middle = y + tall / 2;
	return svg("g", {class: l.pick ? "pick" : null, onclick: l.pick || null},
		svg("title", null, l.title),
		svg("rect", {class: "hit", x: 0, y, width, height: tall}),
		svg("text", {class: "name", x: names - 8, y: middle + 4,
			"text-anchor": "end"}, clip(l.label, names - 8)),
		s && [
			svg("line", {class: "span", x1: at(s.low), x2: at(s.high),
				y1: middle, y2: middle}),
			svg("circle", {class: l.kind, cx: at(s.p), cy: middle, r: 5}),
		],
		svg("text", {class: "tick", x: at(1) + 10, y: middle + 4}, l.value));
}

/* points: {label, low, middle, n, title}, from 0.5 to 1; least: the limit. */
function courseChart({points, least, label, width, height = 200}) {
	const bottom = height - INK.bottom;
	const floor = Math.floor(-10 * highest(points, (p) => -p.low, -0.75)) / 10;
	const y = (v) => bottom - (v - floor) / (1 - floor) * (bottom - INK.top);
	const step = (width - INK.left - INK.right) / points.length;
	const x = (i) => INK.left + (i + 0.5) * step;
	const every = Math.max(1, Math.ceil((points[0].label.length * 7 + 10) / step));
	const ticks = [];
	for (let v = floor; v < 1.001; v += 0.1)
		ticks.push(v);
	return drawing(width, height, label,
		ticks.map((v) => across(width, y(v), v.toFixed(1))),
		svg("path", {class: "band", d: "M" + points.map((p, i) =>
			x(i) + " " + y(p.middle)).concat(points.map((p, i) =>
			x(i) + " " + y(p.low)).reverse()).join("L") + "Z"}),
		svg("polyline", {class: "course", points: points.map((p, i) =>
			x(i) + "," + y(p.middle)).join(" ")}),
		points.map((p, i) => svg("g", null, svg("title", null, p.title),
			svg("circle", {class: "low", cx: x(i), cy: y(p.low), r: 2.5}),
			svg("circle", {class: "dot", cx: x(i), cy: y(p.middle), r: 3.5}),
			svg("rect", {class: "hit", x: x(i) - step / 2, y: INK.top,
				width: step, height: bottom - INK.top}))),
		least !== null && svg("g", {class: "limit"},
			svg("line", {x1: INK.left, x2: width - INK.right,
				y1: y(least), y2: y(least)}),
			svg("text", {x: width - INK.right, y: y(least) + 14,
				"text-anchor": "end"}, say("atLeast", least.toFixed(3)))),
		points.map((p, i) => i % every === 0 && svg("text", {class: "tick",
			x: x(i), y: bottom + 16, "text-anchor": "middle"}, p.label)));
}
