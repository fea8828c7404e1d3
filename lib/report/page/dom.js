/*
 * Elements are made one by one and texts are set as texts: nothing that a
 * transcript says is ever parsed as HTML, an address or a style.
 */
function fill(element, attributes, children) {
	for (const [name, value] of Object.entries(attributes || {})) {
		if (name.startsWith("on"))
			element.addEventListener(name.slice(2), value);
		else if (value === true)
			element.setAttribute(name, "");
		else if (value !== false && value !== null && value !== undefined)
			element.setAttribute(name, value);
	}
	for (const child of children.flat(Infinity))
		if (child !== null && child !== undefined && child !== false)
			element.append(child);
	return element;
}

function h(tag, attributes, ...children) {
	return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
	return fill(document.createElementNS("http://www.w3.org/2000/svg", tag),
		attributes, children);
}

function byId(id) {
	return document.getElementById(id);
}

/* A field with its label; the control has the id. */
function field(label, control) {
	return h("div", {class: "field"},
		h("label", {for: control.id}, label), control);
}

function choices(select, items, chosen) {
	select.replaceChildren();
	for (const [value, label] of items)
		select.append(h("option", {value, selected: value === chosen}, label));
	select.value = chosen;
}

const locale = () => lang === "ja" ? "ja-JP" : "en-GB";
function whole(n) {
	return n.toLocaleString(locale());
}
function percent(p) {
	return (100 * p).toFixed(1) + "%";
}
function clockText(seconds) {
	const s = Math.round(seconds), m = Math.floor(s / 60);
	return m + ":" + String(s % 60).padStart(2, "0");
}
function similarityText(v) {
	return v.toFixed(3);
}

/* "2026-10-01 10:02", or the time from the start without its thousandths. */
function timeText(time) {
	if (!time)
		return "–";
	return dayOf(time) ? time.slice(0, 10) + " " + time.slice(11, 16) :
		time.replace(/\.\d+$/, "");
}

const signs = {pass: "✓", fail: "✕", unknown: "?"};
function badge(verdict) {
	return h("span", {class: "badge " + verdict},
		h("span", {"aria-hidden": "true"}, signs[verdict] + " "), say(verdict));
}

function plainTable(caption, head, body) {
	return h("table", {class: "plain"}, h("caption", {class: "off"}, caption),
		h("thead", null, h("tr", null, head.map((c) =>
			h("th", {scope: "col"}, c)))),
		h("tbody", null, body.map((row) => h("tr", null, row.map((c, i) =>
			i === 0 ? h("th", {scope: "row"}, c) : h("td", null, c))))));
}
