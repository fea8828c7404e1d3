#include <criterion/criterion.h>

#include "talk/store.h"

/* A store under test, what it was given and what came of it. */
static struct store *s;
static struct store_options options;
static struct store_hooks hooks;
static struct batch *batch;
static struct span path;
static struct arena arena;
static struct conversation made[8];
static size_t nmade;
static struct assembled *whole[8];
static unsigned noted;
static enum note_id noted_id;
static unsigned rejected;
static struct err err;

static void
on_note(void *ctx, enum note_id note, const struct utterance *u, struct span id)
{
	(void)ctx, (void)u, (void)id;
	noted++;
	noted_id = note;
}

static int
on_reject(void *ctx, const struct utterance *u, const char *why, struct err *e)
{
	(void)ctx, (void)u, (void)why, (void)e;
	rejected++;
	return 0;
}

static int
on_made(void *ctx, struct assembled *a, struct err *e)
{
	(void)ctx, (void)e;
	cr_assert_lt(nmade, 8);
	assembled_open(a, &arena, &made[nmade]);
	whole[nmade++] = a;
	return 0;
}

static void
open_store(void)
{
	hooks = (struct store_hooks){
	    .made = on_made, .note = on_note, .reject = on_reject};
	s = store_open(&options, &hooks);
}

static void
setup(void)
{
	options = (struct store_options){.many = true};
	batch = NULL;
	nmade = noted = rejected = 0;
}

static void
teardown(void)
{
	for (size_t i = 0; i < nmade; i++)
		assembled_free(whole[i]);
	batch_drop(batch);
	store_close(s);
	s = NULL;
	arena_free(&arena);
}

TestSuite(store, .init = setup, .fini = teardown);

/* Gives the store what stands in the batch. */
static int
take(void)
{
	int rc = 0;

	for (size_t i = 0; batch != NULL && i < batch->nstretches; i++)
		if (rc == 0)
			rc = store_take(s, batch, &batch->stretches[i], &err);
	batch_drop(batch);
	batch = NULL;
	return rc;
}

static void
add_record(const struct record *r)
{
	if (s == NULL)
		open_store();
	if (batch == NULL)
		batch = batch_new(NULL, 0);
	batch_record(batch, r, path);
}

static void
add(const char *id, const char *text, enum clock clock, int64_t ms)
{
	struct record r = {.conversation = span_of(id),
	    .text = span_of(text),
	    .start = {.ms = ms,
		.clock = (uint8_t)clock,
		.precision = PRECISION_MILLI}};

	add_record(&r);
}

static size_t
finish(struct conversation **c)
{
	cr_expect_eq(take(), 0);
	cr_expect_eq(store_finish(s, &err), 0, "%s", err.text);
	for (size_t i = 0; i < store_partitions(s); i++)
		cr_expect_eq(store_partition(s, i, &err), 0, "%s", err.text);
	cr_expect_eq(store_tell(s, &err), 0);
	*c = made;
	return nmade;
}

static void
input(const char *name, const char *id)
{
	if (s == NULL)
		open_store();
	cr_expect_eq(take(), 0);
	path = span_of(name);
	store_input(s, "jsonl", span_of(id));
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
	add("x", "a", CLOCK_NONE, 0);
	add("x", "b", CLOCK_NAIVE, 0);
	add("x", "c", CLOCK_RELATIVE, 0);
	add("x", "d", CLOCK_NONE, 0);
	cr_expect_eq(finish(&c), 1);
	cr_expect_eq(rejected, 1);
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
		add_record(&r);
	}
}

Test(store, clocks_with_and_without_a_zone_are_joined)
{
	struct conversation *c;
	struct zone *zone;

	cr_assert_eq(zone_open(&zone, "+09:00", &err), 0);
	options.zone = zone;
	options.zone_stated = false;
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

	cr_assert_eq(zone_open(&zone, "Asia/Tokyo", &err), 0);
	options.zone = zone;
	options.zone_stated = true;
	input("a", "a");
	cr_assert(moment_parse_wall(SPAN("2026-10-01 10:00"), &r.start));
	add_record(&r);
	cr_assert_eq(finish(&c), 1);
	cr_expect_eq(c[0].at[0].start.clock, CLOCK_NAIVE);
	cr_expect_eq(noted, 0);
	zone_close(zone);
}

Test(store, a_stated_zone_needs_no_note)
{
	struct conversation *c;
	struct zone *zone;

	cr_assert_eq(zone_open(&zone, "America/New_York", &err), 0);
	options.zone = zone;
	options.zone_stated = true;
	input("a", "a");
	add_mixed("x");
	cr_assert_eq(finish(&c), 1);
	cr_expect_eq(noted, 0);
	cr_expect_eq(c[0].at[2].start.offset, -240);
	zone_close(zone);
}

/* What takes more than the memory comes out of the file as it went in. */
Test(store, partitions_hold_what_memory_does_not)
{
	struct conversation *c;
	bool x = false, y = false;

	options.memory = 1;
	input("1/call.txt", "call");
	add("x", "late", CLOCK_RELATIVE, 7000);
	add("y", "b", CLOCK_NONE, 0);
	cr_expect_eq(take(), 0);
	add("x", "early", CLOCK_RELATIVE, 5000);
	add("x", "no", CLOCK_NAIVE, 5000);
	input("2/call.txt", "call");
	add("", "of 2", CLOCK_NONE, 0);
	cr_assert_eq(finish(&c), 3);
	cr_expect_gt(store_partitions(s), 0);
	cr_expect_eq(rejected, 1);
	for (size_t i = 0; i < 3; i++) {
		x |= span_eq(c[i].id, SPAN("x")) && c[i].n == 2 &&
		    span_eq(c[i].at[0].text, SPAN("early")) &&
		    whole[i]->order == 0;
		y |= span_eq(c[i].id, SPAN("y")) && whole[i]->order == 1;
	}
	cr_expect(x);
	cr_expect(y);
}

Test(store, a_conversation_of_a_file_goes_at_its_end)
{
	options.streaming = true;
	input("1", "a");
	add("", "x", CLOCK_NONE, 0);
	cr_expect_eq(take(), 0);
	cr_expect_eq(store_input_end(s, &err), 0);
	cr_expect_eq(nmade, 1);
	input("2", "b");
	add("c", "x", CLOCK_NONE, 0);
	cr_expect_eq(take(), 0);
	cr_expect_eq(store_input_end(s, &err), 0);
	cr_expect_eq(nmade, 1);
}

Test(store, grouped_ones_go_behind_their_last_record)
{
	struct conversation *c;

	options.grouped = true;
	input("1", "a");
	add("x", "1", CLOCK_NONE, 0);
	add("y", "2", CLOCK_NONE, 0);
	cr_expect_eq(take(), 0);
	cr_expect_eq(nmade, 1);
	add("y", "3", CLOCK_NONE, 0);
	cr_assert_eq(finish(&c), 2);
	cr_expect_eq(c[1].n, 2);
}

Test(store, a_broken_promise_names_the_line)
{
	struct record r = {
	    .conversation = SPAN("x"), .text = SPAN("3"), .line = 3};

	options.grouped = true;
	input("1", "a");
	add("x", "1", CLOCK_NONE, 0);
	add("y", "2", CLOCK_NONE, 0);
	add_record(&r);
	cr_expect_eq(take(), 0);
	cr_expect_eq(store_finish(s, &err), -1);
	cr_expect_not_null(strstr(err.text, "1:3: conversation \"x\""));
}

Test(store, grouped_ids_that_recur_in_another_input)
{
	struct conversation *c;

	options.grouped = true;
	input("1", "a");
	add("x", "1", CLOCK_RELATIVE, 5000);
	add("y", "2", CLOCK_NONE, 0);
	input("2", "b");
	add("x", "3", CLOCK_RELATIVE, 5000);
	add("z", "4", CLOCK_NONE, 0);
	cr_assert_eq(finish(&c), 4);
	cr_expect_eq(noted_id, NOTE_ID_RECURS);
}
