/* What the page says, in its languages, and the names of shipped rules. */
const words = {
	en: {
		title: "Complaint-handling audit",
		skip: "Skip to the exchanges",
		otherLanguage: "日本語",
		range: "Period", policy: "Policy", rules: "Rules", together: "All together", everything: "All dates",
		month: "Latest month", week: "Latest week", day: "Latest day",
		own: "From and to", from: "From", to: "To",
		earlier: "Earlier", later: "Later",
		undated: "%1 without a date: shown with “All dates” only",
		without: "%1 without a date are not among them.",
		before: "before: %1", beforeRange: "compared with %1",
		noBefore: "nothing before to compare with",
		figures: "Figures", charts: "Charts", list: "Exchanges",
		exchanges: "Exchanges", failRate: "Fail rate",
		interval: "95 %: %1 to %2", failed: "Failed", unknowns: "Unknown",
		ofThese: "%1 of %2",
		doubtful: "and %1 doubtful: who speaks is not known",
		ofThemDoubtful: "%1 of them doubtful",
		shownDoubtful: " and %1 of %2 doubtful rows",
		talks: "Whole conversations: what was not kept",
		talksFailed: "Conversations failed",
		ofTalks: "by checks of the whole conversation",
		talksLeft: "%1 more.", talksMore: "Show more",
		trips: "Round trips", minutes: "Length", similarity: "Wording",
		atOnce: "Phrase at once", sort: "Sort by",
		medianMax: "median; max %1", medianLow: "median; least %1",
		perDay: "Verdicts per day", perWeek: "Verdicts per week",
		perMonth: "Verdicts per month",
		tripsChart: "Round trips", minutesChart: "Length in minutes",
		repsChart: "Repetitions of the stock phrase",
		findingsChart: "What was not kept", triggersChart: "What was threatened",
		agentsChart: "Agents: fail rate and its 95 % interval",
		above: "surely above all", below: "surely below all", about: "may be chance",
		similarityChart: "How near the wording is to the stock phrase",
		limit: "limit %1", atLeast: "at least %1", overall: "all: %1",
		asTable: "As a table", nothing: "Nothing to show in this period.",
		noDates: "The conversations have no date, so there is no course of time.",
		more: "Show all %1",
		value: "Value", number: "Number", share: "Share", median: "Median",
		tenth: "Lowest tenth", low: "From", high: "To", agent: "Agent",
		date: "Date", rate: "Fail rate",
		verdict: "Verdict", pass: "pass", fail: "fail", unknown: "unknown",
		search: "Search", searchHint: "words, conversation, agent …",
		check: "Check", trigger: "Threat", anything: "any",
		clear: "Clear filters", shown: "%1 of %2 exchanges",
		opened: "Opened", conversation: "Conversation", repetitions: "Repetitions",
		findings: "Findings", evidence: "Opening words",
		open: "Open %1", previous: "Previous", next: "Next", close: "Close",
		page: "Page %1 of %2", perPage: "Rows a page",
		printed: "%1 more rows are not printed: filter, then print again.",
		print: "Print", previousPage: "Back", nextPage: "On",
		nowhere: "No exchange fits these filters.",
		customer: "Customer", source: "File", line: "line %1",
		presses: "Presses", nearMisses: "Near misses", unanswered: "Unanswered",
		firstReply: "First phrase after", firstTurn: "in agent turn %1",
		length: "Length", closedBy: "Ended by", phrase: "Stock phrase",
		course: "What was said", clock: "Clock",
		noLog: "This report does not say what was said: give the log report, too.",
		trip: "round trip %1", similar: "similarity %1",
		measured: "measured %1, limit %2", could: "could not be judged",
		sinceOpening: "from the opening", made: "%1, rules %2",
		minutesShort: "%1 min", ranOver: "outside the limit",
		dayRange: "%1 to %2", each: "%1: %2",
		legend: "Legend",
	},
	ja: {
		title: "応対点検の結果",
		skip: "やりとりの一覧へ",
		otherLanguage: "English",
		range: "期間", policy: "方針", rules: "ルールの版", together: "すべて一緒に", everything: "すべての日",
		month: "直近の月", week: "直近の週", day: "直近の日",
		own: "開始日と終了日", from: "開始日", to: "終了日",
		earlier: "前の期間", later: "次の期間",
		undated: "日付のない%1件は「すべての日」でだけ表示します",
		without: "日付のない%1件は含みません。",
		before: "前の期間 %1", beforeRange: "%1 と比べています",
		noBefore: "比べられる前の期間はありません",
		figures: "主な数字", charts: "グラフ", list: "やりとりの一覧",
		exchanges: "やりとり", failRate: "違反率",
		interval: "95%信頼区間 %1〜%2", failed: "違反", unknowns: "判定不能",
		ofThese: "%2件中%1件",
		doubtful: "ほかに話者が疑わしいもの%1件",
		ofThemDoubtful: "うち話者が疑わしいもの%1件",
		shownDoubtful: "、話者が疑わしいもの%2件中%1件",
		talks: "会話全体で守られなかった点",
		talksFailed: "違反の会話",
		ofTalks: "会話全体の点検による",
		talksLeft: "ほか%1件。", talksMore: "続きを表示",
		trips: "往復", minutes: "所要時間", similarity: "文言の近さ",
		atOnce: "最初の応答で決まり文句", sort: "並べ替え",
		medianMax: "中央値(最大 %1)", medianLow: "中央値(最低 %1)",
		perDay: "日ごとの判定", perWeek: "週ごとの判定", perMonth: "月ごとの判定",
		tripsChart: "往復の数", minutesChart: "所要時間(分)",
		repsChart: "決まり文句の繰り返し",
		findingsChart: "守られなかった点", triggersChart: "きっかけの発言",
		agentsChart: "担当者ごとの違反率と95%信頼区間",
		above: "全体より確かに高い", below: "全体より確かに低い", about: "偶然の範囲",
		similarityChart: "決まり文句との文言の近さ",
		limit: "上限 %1", atLeast: "下限 %1", overall: "全体 %1",
		asTable: "表で見る", nothing: "この期間に表示するものはありません。",
		noDates: "会話に日付がないため、推移は表示できません。",
		more: "%1名すべてを表示",
		value: "値", number: "件数", share: "割合", median: "中央値",
		tenth: "下位1割", low: "下限", high: "上限", agent: "担当者",
		date: "日付", rate: "違反率",
		verdict: "判定", pass: "合格", fail: "違反", unknown: "判定不能",
		search: "検索", searchHint: "発言・会話ID・担当者など",
		check: "守られなかった点", trigger: "きっかけ", anything: "すべて",
		clear: "絞り込みを解除", shown: "%2件中%1件",
		opened: "開始日時", conversation: "会話ID", repetitions: "繰り返し",
		findings: "守られなかった点", evidence: "きっかけの発言",
		open: "%1を開く", previous: "前の件", next: "次の件", close: "閉じる",
		page: "%1 / %2 ページ", perPage: "1ページの行数",
		printed: "ほか%1件は印刷していません。絞り込んでから印刷してください。",
		print: "印刷", previousPage: "前へ", nextPage: "次へ",
		nowhere: "条件に合うやりとりはありません。",
		customer: "お客様", source: "ファイル", line: "%1行目",
		presses: "きっかけの発言", nearMisses: "言い間違い", unanswered: "文句のない応答",
		firstReply: "最初の決まり文句まで", firstTurn: "担当者の%1番目の発言",
		length: "所要時間", closedBy: "終わり方", phrase: "決まり文句",
		course: "発言の記録", clock: "時間の流れ",
		noLog: "発言の記録がありません。log の報告書も一緒に渡してください。",
		trip: "%1往復目", similar: "近さ %1",
		measured: "結果 %1、基準 %2", could: "判定できませんでした",
		sinceOpening: "きっかけからの時間", made: "%1、ルール %2",
		minutesShort: "%1分", ranOver: "基準から外れています",
		dayRange: "%1〜%2", each: "%1: %2",
		legend: "凡例",
	},
};

/* Ids of the shipped policy and language pack; others stand for themselves. */
const names = {
	en: {
		press: "press", "goes-on": "goes on", answer: "answer",
		repetition: "repetition", "near-miss": "near miss", closing: "closing",
		closed: "withdrawn or handed over", calm: "calm", idle: "silence",
		end: "end of the conversation",
		agent: "agent", customer: "customer", other: "other", error: "error",
		warning: "warning", info: "info",
	},
	ja: {
		press: "きっかけ", "goes-on": "続く言葉", answer: "応答",
		repetition: "決まり文句", "near-miss": "言い間違い", closing: "終わり",
		closed: "取り下げ・引き継ぎ", calm: "落ち着いた", idle: "沈黙",
		end: "会話の終わり",
		agent: "担当者", customer: "お客様", other: "その他",
		error: "重大", warning: "注意", info: "参考",
		"consumer-center": "消費生活センター", "post-online": "ネットに書く",
		lawyer: "弁護士", sue: "訴える", abuse: "罵倒・要求",
		withdrawn: "取り下げ", "handed-over": "引き継ぎ", entrust: "お任せ",
		"phrase-missing": "決まり文句なし", unanswered: "文句のない応答",
		"too-many-repetitions": "繰り返し超過",
		"too-many-round-trips": "往復超過", "too-long": "時間超過",
		dissuaded: "止めた", encouraged: "促した",
		"money-offered": "金品の申し出", "phrase-late": "決まり文句の遅れ",
		"wording-drift": "言い間違い", evasive: "言い訳・はぐらかし",
		apologies: "謝罪の多用", apology: "謝罪",
		"roles-unknown": "話者不明", "roles-swapped": "話者の取り違え",
	},
};

let lang = document.documentElement.lang === "ja" ? "ja" : "en";

function say(key, ...values) {
	return values.reduce((text, value, i) =>
		text.replace("%" + (i + 1), () => String(value)), words[lang][key]);
}

function nameOf(id) {
	return Object.hasOwn(names[lang], id) ? names[lang][id] : id;
}

/* "too-long?" is of the check too-long, which could not be judged. */
function checkOf(item) {
	return item.replace(/\?$/, "");
}

/*
 * A check that has no Japanese name: its id, and what its message says but for
 * the numbers, where the rules are known.
 */
function explainedCheck(id) {
	const check = about.policies.flatMap((p) => p.checks)
		.find((c) => c.id === id);
	return lang === "en" || Object.hasOwn(names[lang], id) || !check ||
		!check.message ?
		nameOf(id) :
		id + ": " + check.message.replace(/\{(measured|limit)\}/g, "…");
}

function checkName(item) {
	return nameOf(checkOf(item)) + (item.endsWith("?") ? "?" : "");
}
