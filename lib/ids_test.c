#include <criterion/criterion.h>

#include "ids.h"

static struct ids *ids;
static bool renamed;

static void
setup(void)
{
	ids = ids_open();
}

static void
teardown(void)
{
	ids_close(ids);
}

TestSuite(ids, .init = setup, .fini = teardown);

static void
expect(const char *id, uint64_t scope, uint64_t input, int64_t start,
    const char *name, bool anew)
{
	struct record r = {
	    .start = {
		.ms = start, .clock = start < 0 ? CLOCK_NONE : CLOCK_RELATIVE}};
	struct span got = ids_name(
	    ids, span_of(id), scope, input, &r, &renamed);

	cr_expect(span_eq(got, span_of(name)), "%s of %llu: %.*s", id,
	    (unsigned long long)input, SPAN_FMT(got));
	cr_expect_eq(renamed, anew);
}

Test(ids, an_id_from_content_is_one_over_all_inputs)
{
	expect("a", 0, 1, -1, "a", false);
	expect("b", 0, 1, -1, "b", false);
	expect("a", 0, 2, -1, "a", false);
}

Test(ids, names_of_files_stay_apart)
{
	expect("call", 1, 1, -1, "call", false);
	expect("call", 2, 2, -1, "call~2", true);
	expect("call", 2, 2, -1, "call~2", false);
	expect("call~2", 3, 3, -1, "call~2~2", true);
	expect("call", 0, 4, -1, "call~3", true);
	expect("call", 1, 1, -1, "call", false);
}

Test(ids, an_earlier_relative_time_in_another_input_is_another)
{
	expect("a", 0, 1, 0, "a", false);
	expect("a", 0, 1, 9000, "a", false);
	expect("a", 0, 2, 9001, "a", false);
	expect("a", 0, 3, 9001, "a~2", true);
	expect("a", 0, 3, 5, "a~2", false);
	expect("a", 0, 3, -1, "a~2", false);
}
