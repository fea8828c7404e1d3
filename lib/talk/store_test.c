#include <criterion/criterion.h>

#include "talk/store.h"

static struct store *s;
static unsigned noted;
static enum note_id noted_id;

static void
setup(void)
{
	s = store_open(false);
	noted = 0;
}

static void
teardown(void)
{
	store_close(s);
}

TestSuite(store, .init = setup, .fini = teardown);

static void
on_note(void *ctx, enum note_id note, const struct utterance *u, struct span id)
{
	(void)ctx, (void)u, (void)id;
	noted++;
	noted_id = note;
}

static const char *
add(const char *id, const char *text, enum clock clock, int64_t ms)
{
	struct record r = {.conversation = span_of(id),
	    .text = span_of(text),
	    .start = {.ms = ms,
		.clock = (uint8_t)clock,
		.precision = PRECISION_MILLI}};

	return store_add(s, &r);
}

static size_t
finish(struct conversation **c)
{
	size_t n;

	store_finish(s, on_note, NULL, c, &n);
	return n;
}

static void
input(const char *path, const char *id)
{
	store_input(s, span_of(path), "jsonl", span_of(id));
}

Test(store, conversations_interleave_and_keep_the_order_of_first_records)
{
	struct conversation *c;

	input("a", "a");
	add("x", "1", CLOCK_NONE, 0);
	add("y", "2", CLOCK_NONE, 0);
	add("x", "3", CLOCK_NONE, 0);
	cr_assert_eq(finish(&c), 2);
	cr_expect(span_eq(c[0].id, SPAN("x")));
	cr_expect_eq(c[0].n, 2);
	cr_expect(span_eq(c[0].at[1].text, SPAN("3")));
}

Test(store, untimed_ones_stay_behind_their_predecessor)
{
	struct conversation *c;

	input("a", "a");
	add("", "zero", CLOCK_NONE, 0);
	add("", "late", CLOCK_RELATIVE, 9000);
	add("", "after late", CLOCK_NONE, 0);
	add("", "early", CLOCK_RELATIVE, 1000);
	add("", "same", CLOCK_RELATIVE, 9000);
	cr_assert_eq(finish(&c), 1);
	cr_expect(span_eq(c->id, SPAN("a")));
	cr_expect(span_eq(c->at[0].text, SPAN("zero")));
	cr_expect(span_eq(c->at[1].text, SPAN("early")));
	cr_expect(span_eq(c->at[2].text, SPAN("late")));
	cr_expect(span_eq(c->at[3].text, SPAN("after late")));
	cr_expect(span_eq(c->at[4].text, SPAN("same")));
}

Test(store, ids_of_file_names_belong_to_their_file)
{
	struct conversation *c;

	input("1/call.txt", "call");
	add("", "a", CLOCK_NONE, 0);
	input("2/call.txt", "call");
	add("", "b", CLOCK_NONE, 0);
	cr_expect_eq(finish(&c), 2);
}

Test(store, a_chat_over_two_files_is_one)
{
	struct conversation *c;

	input("1", "1");
	add("x", "a", CLOCK_RELATIVE, 5000);
	input("2", "2");
	add("x", "b", CLOCK_RELATIVE, 5001);
	cr_expect_eq(finish(&c), 1);
	cr_expect_eq(noted, 0);
}

Test(store, a_relative_id_that_recurs_is_another_conversation)
{
	struct conversation *c;

	input("1", "1");
	add("x", "a", CLOCK_RELATIVE, 5000);
	add("y", "b", CLOCK_RELATIVE, 0);
	input("2", "2");
	add("x", "c", CLOCK_RELATIVE, 5000);
	cr_assert_eq(finish(&c), 3);
	cr_expect_eq(noted, 1);
	cr_expect(span_eq(c[2].source, SPAN("2")));
}

Test(store, wall_clocks_never_split)
{
	struct conversation *c;

	input("1", "1");
	add("x", "a", CLOCK_NAIVE, 5000);
	input("2", "2");
	add("x", "b", CLOCK_ZONED, 5000);
	cr_expect_eq(finish(&c), 1);
}

Test(store, the_second_kind_of_clock_is_rejected)
{
	struct conversation *c;

	input("1", "1");
	cr_expect_null(add("x", "a", CLOCK_NONE, 0));
	cr_expect_null(add("x", "b", CLOCK_NAIVE, 0));
	cr_expect_not_null(add("x", "c", CLOCK_RELATIVE, 0));
	cr_expect_null(add("x", "d", CLOCK_NONE, 0));
	cr_expect_eq(finish(&c), 1);
	cr_expect_eq(c->n, 3);
}

/* 10:00 without an offset lies between 9:59 and 10:01 in Japan. */
static void
add_mixed(const char *id)
{
	struct record r = {.conversation = span_of(id), .text = SPAN("x")};
	static const char *const times[] = {"2026-10-01T10:01:00+09:00",
	    "2026-10-01 10:00", "2026-10-01T00:59:00Z"};

	for (size_t i = 0; i < 3; i++) {
		cr_assert(moment_parse_wall(span_of(times[i]), &r.start));
		cr_assert_null(store_add(s, &r));
	}
}

Test(store, clocks_with_and_without_a_zone_are_joined)
{
	struct conversation *c;
	struct zone *zone;
	struct err err;

	cr_assert_eq(zone_open(&zone, "+09:00", &err), 0);
	store_zone(s, zone, false);
	input("a", "a");
	add_mixed("x");
	add_mixed("y");
	cr_assert_eq(finish(&c), 2);
	cr_expect_eq(noted, 1);
	cr_expect_eq(noted_id, NOTE_MIXED_ZONES);
	for (size_t i = 0; i + 1 < c[1].n; i++)
		cr_expect_eq(
		    c[1].at[i + 1].start.ms - c[1].at[i].start.ms, 60000);
	cr_expect_eq(c[0].at[1].start.clock, CLOCK_ZONED);
	cr_expect_eq(c[0].at[1].start.offset, 540);
	cr_expect_eq(c[0].at[1].start.precision, PRECISION_MINUTE);
	zone_close(zone);
}

Test(store, a_zone_leaves_what_is_naive_throughout)
{
	struct record r = {.conversation = SPAN("x"), .text = SPAN("x")};
	struct conversation *c;
	struct zone *zone;
	struct err err;

	cr_assert_eq(zone_open(&zone, "Asia/Tokyo", &err), 0);
	store_zone(s, zone, true);
	input("a", "a");
	cr_assert(moment_parse_wall(SPAN("2026-10-01 10:00"), &r.start));
	store_add(s, &r);
	cr_assert_eq(finish(&c), 1);
	cr_expect_eq(c[0].at[0].start.clock, CLOCK_NAIVE);
	cr_expect_eq(noted, 0);
	zone_close(zone);
}

Test(store, a_stated_zone_needs_no_note)
{
	struct conversation *c;
	struct zone *zone;
	struct err err;

	cr_assert_eq(zone_open(&zone, "America/New_York", &err), 0);
	store_zone(s, zone, true);
	input("a", "a");
	add_mixed("x");
	cr_assert_eq(finish(&c), 1);
	cr_expect_eq(noted, 0);
	cr_expect_eq(c[0].at[2].start.offset, -240);
	zone_close(zone);
}
