#include <criterion/criterion.h>

#include "base/nearest.h"

static const char *const names[] = {
    "measure", "min", "max", "severity", "message", "弁護士"};

static const char *
near(const char *word)
{
	const char *s = nearest_name(word, names, 6);

	return s == NULL ? "(none)" : s;
}

Test(nearest, finds_slips)
{
	cr_expect_str_eq(near("measrue"), "measure");
	cr_expect_str_eq(near("mesure"), "measure");
	cr_expect_str_eq(near("Severity"), "severity");
	cr_expect_str_eq(near("maxi"), "max");
	cr_expect_str_eq(near("mesage"), "message");
	cr_expect_str_eq(near("弁護土"), "弁護士");
}

Test(nearest, leaves_what_is_far)
{
	cr_expect_str_eq(near("colour"), "(none)");
	cr_expect_str_eq(near(""), "(none)");
	cr_expect_str_eq(near("xyz"), "(none)");
	cr_expect_null(nearest_name("min", names, 0));
}
