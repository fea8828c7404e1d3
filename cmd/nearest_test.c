#include <criterion/criterion.h>

#include "nearest.h"

static const char *
nearest(const char *word)
{
	static const char *const names[] = {
	    "format", "output", "output-format", "output-dir", "map"};
	struct nearest near = nearest_to(word);

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		nearest_try(&near, names[i]);
	return near.name;
}

Test(nearest, finds_slips_of_the_finger)
{
	cr_expect_str_eq(nearest("formt"), "format");
	cr_expect_str_eq(nearest("fromat"), "format");
	cr_expect_str_eq(nearest("output-forma"), "output-format");
	cr_expect_str_eq(nearest("mpa"), "map");
	cr_expect_str_eq(nearest("formatt"), "format");
}

Test(nearest, finds_words_broken_off)
{
	cr_expect_str_eq(nearest("out"), "output");
	cr_expect_str_eq(nearest("output-f"), "output");
}

Test(nearest, leaves_alone_what_is_far)
{
	cr_expect_null(nearest("jit"));
	cr_expect_null(nearest(""));
	cr_expect_null(nearest("辞書"));
	cr_expect_null(nearest("a-word-that-is-longer-than-any-name-can-ever-be"
			       "-in-this-or-another-program"));
}
