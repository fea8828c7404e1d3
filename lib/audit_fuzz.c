/*
 * The whole audit. Bytes are no file here but a valid conversation's making:
 * each says who speaks next, what, and how much later, so that whatever a
 * fuzzer does to them is a conversation again, and judging is reached. With
 * and without the prefilter, on one thread and two, the rows are the same,
 * and the counts add up.
 */
#include <string.h>

#include "base/buf.h"
#include "base/fuzz.h"
#include "base/quote.h"
#include "ofuku.h"

static const char *const said[] = {"訴えます。", "弁護士を立てますよ。",
    "消費生活センターに言うからな。", "ネットに書き込むぞ。", "はい。",
    "そうですか。", "もういいです。", "どうしてくれるんだ。",
    "何度も言ってるだろう。",
    "お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします。",
    "お客様のお気持ちにご無理を言うわけにも参りませんので",
    "、お任せいたします", "お任せするわけにはまいりません。", "えーと、",
    "それは困ります。おやめください。", "どうぞご自由になさってください。",
    "ご返金いたします。", "責任者に代わります。", "申し訳ございません。",
    "お電話を切らせていただきます。", "𠮷野\n🍣", "ｿｼｮｳをおこします", ""};
static const char *const people[] = {"\"role\":\"customer\",",
    "\"role\":\"agent\",", "\"role\":\"other\",", "",
    "\"speaker\":\"担当 佐藤\",", "\"speaker\":\"お客様\",",
    "\"speaker\":\"田中\",", "\"role\":\"agent\",\"speaker\":\"お客様\","};
static const int pauses[] = {0, 1, 5, 60, 299, 899, 900, 901, 1200, 7200};

#define N(list) (sizeof(list) / sizeof(*(list)))

/* Four bytes an utterance. */
static void
tell(const unsigned char *at, size_t n, struct buf *out)
{
	long long clock = 0;

	for (size_t i = 0; i + 4 <= n && i < 4000; i += 4) {
		const unsigned char *b = at + i;

		clock += pauses[b[2] % N(pauses)];
		buf_printf(out, "{\"conversation\":\"c%d\",%s", b[3] % 3,
		    people[b[0] % N(people)]);
		if ((b[3] & 4) == 0)
			buf_printf(out, "\"start\":%lld,", clock);
		if ((b[3] & 8) != 0)
			buf_printf(out, "\"end\":%lld,", clock + b[3] % 16);
		buf_adds(out, "\"text\":");
		json_quote(out, span_of(said[b[1] % N(said)]));
		buf_adds(out, "}\n");
	}
}

static int
take(void *ctx, const char *json, size_t len)
{
	struct buf *rows = ctx;

	buf_add(rows, (struct span){json, len});
	buf_addc(rows, '\n');
	return 0;
}

static void
audit(const struct ofuku_rules *rules, const char *path, const char *report,
    unsigned threads, bool no_prefilter, struct buf *rows)
{
	const char *const paths[] = {path};
	const struct ofuku_audit_options options = {
	    .input = {.paths = paths, .npaths = 1, .format = "jsonl"},
	    .report = report,
	    .threads = threads,
	    .no_prefilter = no_prefilter,
	    .row = take,
	    .ctx = rows};
	struct ofuku_counts c = {0};
	struct ofuku_error err = {0};

	buf_reset(rows);
	(void)ofuku_audit(rules, &options, &c, &err);
	FUZZ_PROMISE(c.read == c.audited + c.skipped + c.filtered + c.rejected);
	FUZZ_PROMISE(c.pass + c.fail + c.unknown >= c.exchanges);
}

int
LLVMFuzzerTestOneInput(const unsigned char *at, size_t n)
{
	static const char *const paths[] = {
	    "builtin:kasuhara", "builtin:kiriden"};
	static const char *const reports[] = {
	    "exchanges", "findings", "log", "conversations", "agents"};
	static struct ofuku_rules *rules;
	static struct buf text, rows, again;
	struct ofuku_error err;
	char name[32];
	const char *report = reports[n % N(reports)];

	if (rules == NULL)
		rules = ofuku_rules_load(paths, 2, NULL, NULL, &err);
	if (rules == NULL)
		abort();
	buf_reset(&text);
	tell(at, n, &text);
	(void)fuzz_file(text.at, text.len, name);
	audit(rules, name, report, 1, false, &rows);
	audit(rules, name, report, 1 + n % 2, true, &again);
	FUZZ_PROMISE(span_eq(buf_span(&rows), buf_span(&again)));
	return 0;
}
