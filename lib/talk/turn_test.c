#include <criterion/criterion.h>

#include "talk/turn.h"

static struct arena arena;

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(turn, .fini = teardown);

static struct moment
at(double s)
{
	return (struct moment){.ms = (int64_t)(s * 1000),
	    .clock = CLOCK_RELATIVE,
	    .precision = PRECISION_MILLI};
}

#define NEVER ((struct moment){0})
#define SAYS(r, t, s, e) \
	{ \
		.text = SPAN(t), .role = (r), .start = (s), .end = (e) \
	}

static struct turns
make(struct utterance *u, size_t n, int64_t idle_ms)
{
	struct conversation c = {.at = u, .n = n};
	struct turns t;

	turns_make(&c, idle_ms, 300, &arena, &t);
	return t;
}

Test(turn, others_and_backchannels_do_not_break_it)
{
	struct utterance u[] = {
	    SAYS(ROLE_AGENT, "一", NEVER, NEVER),
	    SAYS(ROLE_OTHER, "音声", NEVER, NEVER),
	    SAYS(ROLE_CUSTOMER, "はい", NEVER, NEVER),
	    SAYS(ROLE_UNKNOWN, "?", NEVER, NEVER),
	    SAYS(ROLE_AGENT, "二", NEVER, NEVER),
	    SAYS(ROLE_CUSTOMER, "三", NEVER, NEVER),
	};
	struct turns t;

	u[2].backchannel = true;
	t = make(u, 6, 900000);
	cr_assert_eq(t.n, 2);
	cr_expect_eq(t.at[0].passage.n, 2);
	cr_expect(span_eq(t.at[0].passage.raw, SPAN("一\n二")));
	cr_expect_eq(t.at[0].passage.pieces[1].utterance, 4);
	cr_expect_eq(passage_piece(&t.at[0].passage, 3), 0);
	cr_expect_eq(passage_piece(&t.at[0].passage, 4), 1);
	cr_expect_eq(t.at[1].role, ROLE_CUSTOMER);
}

Test(turn, a_split_sentence_is_joined_by_nothing)
{
	struct utterance u[] = {
	    SAYS(ROLE_AGENT, "お任せ", at(0), at(1)),
	    SAYS(ROLE_AGENT, "いたします", at(1.3), at(2)),
	    SAYS(ROLE_AGENT, "はい。", at(2.301), at(3)),
	    SAYS(ROLE_AGENT, "次", at(3), NEVER),
	    SAYS(ROLE_AGENT, "末", at(3), NEVER),
	};
	struct turns t = make(u, 5, 900000);

	cr_assert_eq(t.n, 1);
	cr_expect(span_eq(
	    t.at[0].passage.raw, SPAN("お任せいたします\nはい。\n次\n末")));
}

Test(turn, idle_is_longer_than_its_limit)
{
	struct utterance u[] = {
	    SAYS(ROLE_CUSTOMER, "a", at(0), at(10)),
	    SAYS(ROLE_CUSTOMER, "b", at(910), NEVER),
	    SAYS(ROLE_CUSTOMER, "c", NEVER, NEVER),
	    SAYS(ROLE_CUSTOMER, "d", at(1810.001), NEVER),
	};
	struct turns t = make(u, 4, 900000);

	cr_assert_eq(t.n, 2);
	cr_expect_eq(t.at[0].passage.n, 3);
	cr_expect_not(t.at[0].after_idle);
	cr_expect(t.at[1].after_idle);
}

Test(turn, idle_counts_from_the_latest_end_so_far)
{
	struct utterance u[] = {
	    SAYS(ROLE_AGENT, "長い", at(0), at(1000)),
	    SAYS(ROLE_CUSTOMER, "短い", at(5), at(6)),
	    SAYS(ROLE_AGENT, "続き", at(1900), NEVER),
	};
	struct turns t = make(u, 3, 900000);

	cr_assert_eq(t.n, 3);
	cr_expect_not(t.at[2].after_idle);
}

Test(turn, nobody_speaks)
{
	struct utterance u[] = {SAYS(ROLE_OTHER, "案内", NEVER, NEVER)};

	cr_expect_eq(make(u, 1, 900000).n, 0);
}
