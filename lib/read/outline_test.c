#include <criterion/criterion.h>

#include "read/outline.h"

static int
match(const char *text, bool whole, const struct signature *s, size_t n)
{
	const struct sample sample = {.text = span_of(text), .whole = whole};

	return outline_match(&sample, s, n);
}

static const struct signature turns[] = {
    {{"job", "turns[].text"}, 95},
    {{"job", "about.channels[][].id"}, 60},
    {{"^text~"}, 65},
    {{"turns[].text~"}, 70},
};
#define TURNS turns, sizeof(turns) / sizeof(*turns)

Test(outline, all_paths_of_a_signature_are_wanted)
{
	cr_assert_eq(match("{\"job\":1,\"turns\":[{\"at\":1,\"text\":\"\"}]}",
			 true, TURNS),
	    95);
	cr_assert_eq(
	    match("{\"turns\":[{\"at\":1,\"text\":\"\"}]}", true, TURNS), 0);
	cr_assert_eq(
	    match("{\"job\":1,\"turns\":{\"text\":\"\"}}", true, TURNS), 0);
	cr_assert_eq(
	    match("{\"job\":1,\"x\":{\"turns\":[{\"text\":0}]}}", true, TURNS),
	    0);
	cr_assert_eq(
	    match("{\"job\":\"turns\",\"text\":[\"turns\"]}", true, TURNS), 0);
	cr_assert_eq(match(" {\n\"about\" : { \"channels\" : [[{\"id\" :1}]] "
			   "}, \"job\"\t: 1}\n",
			 true, TURNS),
	    60);
}

Test(outline, keys_are_no_values_and_no_text_inside_of_strings)
{
	cr_assert_eq(match("{\"a\":\"\\\"job\\\":1,\\\\\",\"b\":{},\"c\":"
			   "\"{\\\"turns\\\":[{\\\"text\\\":1}]}\"}",
			 true, TURNS),
	    0);
	cr_assert_eq(match("{\"a\":\"\\\\\",\"job\":2,\"turns\":[1,[],{},"
			   "{\"text\":null}]}",
			 true, TURNS),
	    95);
}

Test(outline, a_cut_or_broken_text_is_walked_as_far_as_it_goes)
{
	cr_assert_eq(
	    match("{\"job\":1,\"turns\":[{\"text\":\"はい", false, TURNS), 95);
	cr_assert_eq(match("{\"turns\":[{\"text\":\"はい", false, TURNS), 70);
	cr_assert_eq(match("{\"turns\":[{\"text\":\"はい", true, TURNS), 0);
	cr_assert_eq(match("{\"job\":1,,\n...\n// what\n\"turns\":[{\"text\" "
			   ":NaN",
			 false, TURNS),
	    95);
	cr_assert_eq(
	    match("{\"job\":1}]}}}{\"turns\":[{\"text\":1}]}", true, TURNS), 0);
	cr_assert_eq(match("{\"a\":[[[[}}}}}}}}}}}}", true, TURNS), 0);
	cr_assert_eq(match("{\"\\", false, TURNS), 0);
}

Test(outline, a_first_key_whose_text_fills_the_sample)
{
	cr_assert_eq(match("{\"text\": \"はい、", false, TURNS), 65);
	cr_assert_eq(match("{\"text\": \"はい、\"", false, TURNS), 0);
	cr_assert_eq(match("{\"role\":1,\"text\": \"はい、", false, TURNS), 0);
	cr_assert_eq(match("{\"x\":{\"text\": \"はい、", false, TURNS), 0);
}

Test(outline, only_arrays_and_objects_have_one)
{
	static const struct signature list[] = {{{"[].text"}, 80}};

	cr_assert_eq(match("[{\"text\":1}]", true, list, 1), 80);
	cr_assert_eq(match("[[{\"text\":1}]]", true, list, 1), 0);
	cr_assert_eq(match("", true, list, 1), 0);
	cr_assert_eq(match("\"text\"", true, list, 1), 0);
	cr_assert_eq(match("client: [{\"text\":1}]", true, list, 1), 0);
}
