/* What was found of conversations as wholes: apart from their exchanges. */
const TALKS = 20;

/* What fails a conversation stands before what only could, and warnings. */
function talkRank(f) {
	return (f.severity === "error" ? 0 : 2) + (f.outcome === "fail" ? 0 : 1);
}

function failedTalks(list) {
	return new Set(list.filter((f) => talkRank(f) === 0).map((f) =>
		JSON.stringify([f.policy, f.source, f.conversation]))).size;
}

function talkItem(f) {
	return h("li", {class: "finding " + f.severity + " " + f.outcome},
		h("b", null, signs[f.outcome] + " ", f.conversation), " ",
		nameOf(f.check), " ",
		h("span", {class: "severity"}, nameOf(f.severity)), " ",
		f.outcome === "unknown" ? say("could") : "",
		h("div", {class: "message"}, f.message),
		f.evidence && h("q", null, f.evidence),
		h("div", {class: "place"}, [timeText(f.at), f.speaker, f.source,
			f.line !== null && say("line", f.line)].filter(Boolean).join(" · ")));
}

function drawTalks(place, list) {
	const sorted = [...list].sort((a, b) => talkRank(a) - talkRank(b));
	const left = sorted.length - state.talksShown;
	place.replaceChildren(...[
		h("h2", {id: "talks-title"}, say("talks")),
		list.length === 0 ? h("p", {class: "none"}, say("nothing")) :
			h("ul", {class: "found"},
				sorted.slice(0, state.talksShown).map(talkItem)),
		left > 0 && h("p", null, say("talksLeft", whole(left)), " ",
			h("button", {type: "button", class: "link", id: "more-talks",
				onclick: () => {
					state.talksShown += 10 * TALKS;
					drawTalks(place, list);
				}}, say("talksMore")))].filter(Boolean));
}
