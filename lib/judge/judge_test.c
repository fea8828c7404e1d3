/*
 * The states of an exchange, with a policy made by hand: what a press is,
 * what closes, what counts. The stories in testdata/ show the same with real
 * talk.
 */
#include <criterion/criterion.h>

#include "judge/judge.h"
#include "rule/rules.h"

static struct rules *rules;
static struct matcher *matcher;
static struct arena arena;
static struct err err;

static void
say(void *ctx, const char *line)
{
	(void)ctx;
	cr_log_error("%s", line);
}

static void
setup(void)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;

	cr_assert_eq(rules_load(&rules, NULL, 0, false, say, NULL, &err), 0);
	cr_assert_eq(
	    matcher_open(&matcher, &limits, rules->pack.fold, &err), 0);
}

static void
teardown(void)
{
	matcher_close(matcher);
	rules_free(rules);
	arena_free(&arena);
}

TestSuite(judge, .init = setup, .fini = teardown);

#define PRESS "訴えますよ！"
#define PHRASE \
	"お客様のお気持にご無理を言うわけにもまいりませんので、お任せいたします"
#define ABUSE "ふざけるな！"
#define WITHDRAW "訴えるのはやめます。"
#define HANDOVER "上の者に代わります。"

/* Lines begin with "a:" or "c:", and "@SECONDS " may stand in between. */
static struct judgement
judged(const char *const *lines, size_t n, enum precision precision)
{
	struct conversation *c = arena_alloc(&arena, sizeof(*c));
	struct judgement j;

	c->id = SPAN("t");
	c->at = arena_alloc(&arena, n * sizeof(*c->at));
	c->n = n;
	for (size_t i = 0; i < n; i++) {
		struct utterance *u = &c->at[i];
		const char *text = lines[i] + 2;

		u->role = lines[i][0] == 'a' ? ROLE_AGENT : ROLE_CUSTOMER;
		u->source = SPAN("test");
		u->line = i + 1;
		if (*text == '@') {
			char *end;
			double s = strtod(text + 1, &end);

			u->start = (struct moment){
			    .ms = (int64_t)(s * 1000 + 0.5),
			    .clock = CLOCK_RELATIVE,
			    .precision = (uint8_t)precision};
			text = end + 1;
		}
		u->text = span_of(text);
	}
	backchannels_mark(matcher, &rules->pack, c);
	cr_assert_eq(
	    judge(matcher, &rules->policies[0], c,
		(struct judge_how){JUDGE_ALL, LANG_EN}, &arena, &j, &err),
	    0, "%s", err.text);
	return j;
}

#define JUDGED(...) \
	judged((const char *const[]){__VA_ARGS__}, \
	    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), \
	    PRECISION_MILLI)
#define MEASURED(x, m) ((x)->measures[MEASURE_##m].n)

static bool
has_finding(const struct exchange *x, const char *name, enum outcome o)
{
	for (size_t i = 0; i < x->nfindings; i++)
		if (strcmp(x->findings[i].name, name) == 0)
			return x->findings[i].outcome == o;
	return false;
}

Test(judge, ordinary_talk_is_no_exchange)
{
	struct judgement j = JUDGED(
	    "a:はい、担当の者でございます。", "c:予約をお願いします。");

	cr_expect_eq(j.n, 0);
	cr_expect_eq(j.verdict, OUTCOME_PASS);
}

Test(judge, three_round_trips_keep_the_limit_and_four_do_not)
{
	struct judgement three = JUDGED("c:" PRESS, "a:" PHRASE, "c:" PRESS,
	    "a:" PHRASE, "c:" PRESS, "a:" PHRASE);
	struct judgement four = JUDGED("c:" PRESS, "a:" PHRASE, "c:" PRESS,
	    "a:" PHRASE, "c:" PRESS, "a:" PHRASE, "c:" ABUSE, "a:" PHRASE);

	cr_assert_eq(three.n, 1);
	cr_expect_eq(MEASURED(three.exchanges, ROUND_TRIPS), 3);
	cr_expect_not(
	    has_finding(three.exchanges, "too-many-round-trips", OUTCOME_FAIL));
	cr_expect_eq(MEASURED(four.exchanges, ROUND_TRIPS), 4);
	cr_expect_eq(MEASURED(four.exchanges, PRESSES), 3);
	cr_expect(
	    has_finding(four.exchanges, "too-many-round-trips", OUTCOME_FAIL));
	cr_expect_eq(four.verdict, OUTCOME_FAIL);
}

Test(judge, a_hand_over_is_no_answer)
{
	struct judgement j = JUDGED("c:@0 " PRESS, "a:@1 " PHRASE,
	    "c:@2 " PRESS, "a:@3 " PHRASE, "c:@4 " PRESS, "a:@5 " PHRASE,
	    "c:@6 " PRESS, "a:@7 " HANDOVER);
	struct exchange *x = j.exchanges;

	cr_assert_eq(j.n, 1);
	cr_expect_eq(x->closed_by, CLOSED_CLOSED);
	cr_expect_eq(MEASURED(x, PRESSES), 4);
	cr_expect_eq(MEASURED(x, ROUND_TRIPS), 3);
	cr_expect_eq(MEASURED(x, UNANSWERED), 0);
	cr_expect_eq(MEASURED(x, DURATION), 6000);
	cr_expect_eq(x->verdict, OUTCOME_PASS);
}

Test(judge, no_answer_at_all_is_unknown)
{
	struct judgement j = JUDGED("c:@0 " PRESS);
	struct judgement k = JUDGED("c:@0 " PRESS, "a:@1 " HANDOVER);

	cr_expect_eq(j.exchanges->verdict, OUTCOME_UNKNOWN);
	cr_expect(has_finding(j.exchanges, "phrase-missing", OUTCOME_UNKNOWN));
	cr_expect_eq(k.exchanges->verdict, OUTCOME_UNKNOWN);
}

Test(judge, the_limit_of_time_is_exact)
{
	struct judgement keeps = JUDGED("c:@0 " PRESS, "a:@600 " PHRASE,
	    "c:@1199 " PRESS, "a:@1200 " PHRASE);
	struct judgement breaks = JUDGED("c:@0 " PRESS, "a:@600 " PHRASE,
	    "c:@1199 " PRESS, "a:@1200.001 " PHRASE);

	cr_expect_eq(keeps.exchanges->verdict, OUTCOME_PASS);
	cr_expect(has_finding(breaks.exchanges, "too-long", OUTCOME_FAIL));
}

static enum outcome
by_the_minute(const char *end)
{
	const char *lines[] = {
	    "c:@0 " PRESS, "a:@600 " PHRASE, "c:@1140 " PRESS, end};
	struct judgement j = judged(lines, 4, PRECISION_MINUTE);

	return j.exchanges->verdict;
}

Test(judge, minutes_are_off_by_one_either_way)
{
	cr_expect_eq(by_the_minute("a:@1140 " PHRASE), OUTCOME_PASS);
	cr_expect_eq(by_the_minute("a:@1200 " PHRASE), OUTCOME_UNKNOWN);
	cr_expect_eq(by_the_minute("a:@1260 " PHRASE), OUTCOME_FAIL);
}

Test(judge, four_calm_turns_end_it)
{
	struct judgement j = JUDGED("c:@0 " PRESS, "a:@1 " PHRASE,
	    "c:@2 そうですね、わかりました。", "a:@3 ありがとうございます。",
	    "c:@4 住所を変えたいです。", "a:@5 承知しました。",
	    "c:@6 東京都です。", "a:@7 はい、東京都ですね。",
	    "c:@8 お願いします。", "a:@9 全額返金いたしますので。",
	    "c:@10 " PRESS, "a:@11 " PHRASE);
	struct exchange *x = j.exchanges;

	cr_assert_eq(j.n, 2);
	cr_expect_eq(x->closed_by, CLOSED_CALM);
	cr_expect_eq(MEASURED(x, DURATION), 1000);
	cr_expect_eq(MEASURED(x, PAIRS), 1);
	cr_expect(has_finding(x, "money-offered", OUTCOME_FAIL));
	cr_expect_not(
	    has_finding(&j.exchanges[1], "money-offered", OUTCOME_FAIL));
	cr_expect_eq(j.exchanges[1].number, 2);
}

Test(judge, a_press_does_not_withdraw)
{
	struct judgement j = JUDGED("c:" PRESS, "a:" PHRASE,
	    "c:" WITHDRAW "いや、やっぱり" PRESS, "a:" PHRASE,
	    "c:" WITHDRAW ABUSE, "a:" PHRASE);
	struct exchange *x = j.exchanges;

	cr_assert_eq(j.n, 1);
	cr_expect_eq(MEASURED(x, PRESSES), 2);
	cr_expect_eq(MEASURED(x, ROUND_TRIPS), 2);
	cr_expect_eq(x->closed_by, CLOSED_CLOSED);
	cr_expect_eq(MEASURED(x, REPETITIONS), 2);
}

Test(judge, idle_ends_everything)
{
	struct judgement j = JUDGED(
	    "c:@0 " PRESS, "a:@901 " PHRASE, "c:@902 " PRESS, "a:@903 " PHRASE);

	cr_assert_eq(j.n, 2);
	cr_expect_eq(j.exchanges[0].closed_by, CLOSED_IDLE);
	cr_expect_eq(MEASURED(&j.exchanges[0], ROUND_TRIPS), 0);
	cr_expect_eq(MEASURED(&j.exchanges[1], ROUND_TRIPS), 1);
}

Test(judge, a_late_phrase_warns_and_passes)
{
	struct judgement j = JUDGED("c:@0 " PRESS, "a:@1 少々お待ちください。",
	    "c:@2 早く。", "a:@3 " PHRASE);
	struct exchange *x = j.exchanges;

	cr_expect(has_finding(x, "phrase-late", OUTCOME_FAIL));
	cr_expect_eq(MEASURED(x, FIRST_REPLY_TURN), 2);
	cr_expect_eq(MEASURED(x, FIRST_REPLY), 3000);
	cr_expect_eq(MEASURED(x, UNANSWERED), 1);
}
