#include <criterion/criterion.h>

#include "base/buf.h"
#include "rule/branches.h"

/* The branches, joined by " / "; "-": none. */
static void
expect(const char *source, const char *want)
{
	struct span out[4];
	struct buf b = {0};
	size_t n = branches_split(span_of(source), out, 4);

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%.*s", i == 0 ? "" : " / ", SPAN_FMT(out[i]));
	cr_expect_str_eq(
	    n == 0 ? "-" : buf_cstr(&b), want, "%s: %s", source, buf_cstr(&b));
	buf_free(&b);
}

Test(branches, of_the_outermost_level)
{
	expect("弁護士", "弁護士");
	expect("弁護士|訴える", "弁護士 / 訴える");
	expect("(あ|い)う|え(お|(?:か|き))", "(あ|い)う / え(お|(?:か|き))");
	expect("[|]a|[]|]b|[^]|]c", "[|]a / []|]b / [^]|]c");
	expect("[[:alpha:]|]|x", "[[:alpha:]|] / x");
	expect("[[|]|x", "[[|] / x");
	expect("a\\|b|\\[c|\\(d", "a\\|b / \\[c / \\(d");
	expect("(?=a|b)c|(?<!a|b)d", "(?=a|b)c / (?<!a|b)d");
	expect("^a|b$|\\x{7c}", "^a / b$ / \\x{7c}");
	expect("(?>a|b)|(?!c|d)e|(?<=f)g", "(?>a|b) / (?!c|d)e / (?<=f)g");
}

Test(branches, that_are_not_apart)
{
	expect("", "-");
	expect("a|", "-");
	expect("|a", "-");
	expect("a||b", "-");
	expect("a|b|c|d|e", "-");
	expect("(?i)a|b", "-");
	expect("(?i:a)|b", "-");
	expect("(?<n>a)|b", "-");
	expect("(?'n'a)|b", "-");
	expect("(?P<n>a)|b", "-");
	expect("(?#|)a|b", "-");
	expect("(?|a|b)|c", "-");
	expect("(?(?=a)b|c)|d", "-");
	expect("(a)|\\1", "-");
	expect("a|b\\Kc", "-");
	expect("\\Qa|b\\E|c", "-");
	expect("[\\Q|]\\E]|c", "-");
	expect("(*COMMIT)a|b", "-");
	expect("a|b)", "-");
	expect("(a|b", "-");
	expect("a|\\", "-");
	expect("a|[b", "-");
}
