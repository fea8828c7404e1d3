#include <criterion/criterion.h>

#include "rule/lint_regex.h"

Test(lint_regex, blows_up)
{
	static const char *const bad[] = {"(a+)+", "(?:a*)*", "(a|b+)+",
	    "((a+))+", "(.*,)*", "(\\w+\\s?)*", "([^。]*)+", "(a+){2,}",
	    "x(訴え+)?(え*)+", "(?<n>a+)+", "(a?b*)+", "([]a]+)+"};
	static const char *const sound[] = {"", "a+", "(ab)+", "(a+b)+",
	    "(a++)+", "(?>a+)+", "(a+)", "(a+)?", "(a+){2}", "(a)+(b)+",
	    "[(a+)+]", "\\(a+\\)+", "(a+)++", "(訴|うった)え.{0,4}", "(", ")",
	    "a{", "(?", "[", "\\"};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		cr_expect(regex_blows_up(span_of(bad[i])), "%s", bad[i]);
	for (size_t i = 0; i < sizeof(sound) / sizeof(*sound); i++)
		cr_expect_not(
		    regex_blows_up(span_of(sound[i])), "%s", sound[i]);
}

Test(lint_regex, boundaries)
{
	cr_expect(regex_bounds_japanese(SPAN("\\b訴え")));
	cr_expect(regex_bounds_japanese(SPAN("(SNS|ネット)\\b")));
	cr_expect_not(regex_bounds_japanese(SPAN("\\bsns\\b")));
	cr_expect_not(regex_bounds_japanese(SPAN("訴え\\\\b")));
	cr_expect_not(regex_bounds_japanese(SPAN("訴え")));
}
