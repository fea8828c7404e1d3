#include <criterion/criterion.h>

#include "read/csvcut.h"

/* What is cut of a text, behind a header of three columns. */
static size_t
cut(const char *text, bool *alone)
{
	struct csvcut c = {',', true, 3, 3};

	return csvcut_records(&c, span_of(text), alone);
}

static void
cuts(const char *text, size_t want)
{
	bool alone;

	cr_expect_eq(
	    cut(text, &alone), want, "%s: %zu", text, cut(text, &alone));
	cr_expect_not(alone, "%s", text);
}

static void
cuts_alone(const char *text, size_t want)
{
	bool alone;

	cr_expect_eq(
	    cut(text, &alone), want, "%s: %zu", text, cut(text, &alone));
	cr_expect(alone, "%s", text);
}

Test(csvcut, behind_records)
{
	cuts("a,b,c\nd,e,f\n", 12);
	cuts("a,b,\"c\"\r\nd,e,f\r\n", 16);
	cuts("a,b,\"c\nd\"\n", 10);
	cuts("a,b,\"c\nd", 0);
	cuts("a,b,c\nd,e,\"f\n", 6);
	/* In a cell that goes on, other tables may stand. */
	cuts("a,b,\"c\n1,2\n\"\n", 13);
	cuts("\n \n", 3);
	cuts("a,5\" pipe,c\n", 12);
	cuts("\xef\xbb\xbf\"a\n\",b,c\nd", 13);
}

Test(csvcut, not_where_rows_decide)
{
	cuts_alone("a,b,\"c\nd,e,f\n\"\n", 0);
	cuts_alone("a,b,c\na,b,\"c\"d\n", 6);
	cuts_alone("a,b,\"c\n\"d\n", 0);
	/* Rows that CR ends. */
	cuts_alone("a,b,c\rd,e,f\n", 0);
	cuts("a,b,\"c\rd\"\n", 10);
}

Test(csvcut, the_last_record_tells_how_wide_rows_are)
{
	struct csvcut c = {',', false, 0, 0};
	bool alone;

	cr_assert_eq(
	    csvcut_records(&c, SPAN("sep=,\na,b\n\nc,d,e\n"), &alone), 17);
	cr_assert(c.begun);
	cr_assert_eq(c.expected, 2);
	cr_assert_eq(c.usual, 3);
	cr_assert_eq(csvcut_records(&c, SPAN("a,\"b\nc,d,e\"\n"), &alone), 0);
	cr_assert(alone);
}
