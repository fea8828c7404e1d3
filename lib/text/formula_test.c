#include <criterion/criterion.h>

#include "text/encoder.h"
#include "text/encoding.h"
#include "text/formula.h"
#include "text/utf8.h"

Test(formula, signs)
{
	cr_expect(formula_is(SPAN("=1")));
	cr_expect(formula_is(SPAN("−1")));
	cr_expect(formula_is(SPAN("\u200b\ufeff\t=1")));
	cr_expect(formula_is(SPAN("'=1")));
	cr_expect(formula_is(SPAN("''\u200b'=1")));
	cr_expect_not(formula_is(SPAN("'1=1'")));
	cr_expect_not(formula_is(SPAN("")));
	cr_expect_not(formula_is(SPAN("\u200b")));
	cr_expect_not(formula_is(SPAN("1=1")));
	cr_expect_not(formula_is(SPAN("ー1")));
	cr_expect(formula_guarded(SPAN("'=1")));
	cr_expect_not(formula_guarded(SPAN("=1")));
	cr_expect_not(formula_guarded(SPAN("'")));
	cr_expect_not(formula_guarded(SPAN("'1")));
}

/* The text as it is read again, once it was written in that encoding. */
static void
through(struct encoder *e, const char *name, struct span text, struct buf *out)
{
	struct buf bytes = {0};
	struct decoder *d;
	struct err err;

	buf_reset(out);
	encoder_feed(e, text, true, &bytes);
	cr_assert_eq(decoder_open(&d, name, &err), 0);
	decoder_feed(d, buf_span(&bytes), true, out, NULL, NULL);
	decoder_close(d);
	buf_free(&bytes);
}

static void
no_formula_comes_out(const char *name)
{
	struct unencoded lost = {0};
	struct encoder *e;
	struct err err;
	struct buf out = {0};
	char text[8];

	cr_assert_eq(encoder_open(&e, name, false, &lost, &err), 0);
	for (uint32_t c = 0x80; c < 0x10000; c++) {
		size_t n = utf8_put(c, text);

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		memcpy(text + n, "=1", 2);
		through(e, name, (struct span){text, n + 2}, &out);
		cr_expect(formula_is((struct span){text, n + 2}) ||
			!formula_is(buf_span(&out)),
		    "U+%04X in %s", (unsigned)c, name);
	}
	encoder_close(e);
	unencoded_free(&lost);
	buf_free(&out);
}

/* What is no formula is none in any encoding, whatever that drops or has in
 * another place. */
Test(formula, none_comes_out_of_an_encoder)
{
	no_formula_comes_out("CP932");
	no_formula_comes_out("EUC-JP");
	no_formula_comes_out("ISO-2022-JP");
	no_formula_comes_out("GB18030");
	no_formula_comes_out("windows-1252");
}
