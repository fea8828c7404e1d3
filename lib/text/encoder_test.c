#include <criterion/criterion.h>

#include "text/encoder.h"
#include "text/encoding.h"

static struct unencoded lost;

static void
teardown(void)
{
	unencoded_free(&lost);
}

TestSuite(encoder, .fini = teardown);

/* The bytes of a text in pieces of n bytes, which end between characters. */
static struct buf
encoded(const char *name, bool json, const char *text)
{
	struct encoder *e;
	struct err err = {0};
	struct buf out = {0};

	cr_assert_eq(
	    encoder_open(&e, name, json, &lost, &err), 0, "%s", err.text);
	encoder_feed(e, span_of(text), true, &out);
	encoder_close(e);
	return out;
}

static struct buf
decoded(const char *name, struct span bytes)
{
	struct decoder *d;
	struct err err = {0};
	struct buf out = {0};

	cr_assert_eq(decoder_open(&d, name, &err), 0, "%s", err.text);
	decoder_feed(d, bytes, true, &out, NULL, NULL);
	decoder_close(d);
	return out;
}

static void
expect_bytes(const char *name, const char *text, const char *bytes, size_t n)
{
	struct buf out = encoded(name, false, text);

	cr_expect(span_eq(buf_span(&out), (struct span){bytes, n}),
	    "%s in %s: %zu bytes", text, name, out.len);
	buf_free(&out);
}

static void
expect_message(const char *name, const char *message)
{
	struct buf out = {0};

	unencoded_say(&lost, name, &out);
	cr_expect_str_eq(buf_cstr(&out), message);
	buf_free(&out);
}

Test(encoder, marks_with_two_code_points_have_one_byte)
{
	static const char bytes[] = "\x81\x60\x81\x61\x81\x7c\x81\x91\x81\x92"
				    "\x81\xca";

	expect_bytes(
	    "CP932", "\u301c\u2016\u2212\u00a2\u00a3\u00ac", bytes, 12);
	expect_bytes(
	    "CP932", "\uff5e\u2225\uff0d\uffe0\uffe1\uffe2", bytes, 12);
	/* The yen sign is not the backslash that shares its byte. */
	expect_bytes("Shift_JIS", "\u00a5\\", "\x81\x8f\\", 3);
	expect_message("CP932", "");
}

Test(encoder, cp932_comes_back_as_it_was_read)
{
	static const char bytes[] =
	    "\x81\x60\x81\x61\x81\x7c\x81\x91\x81\x92"
	    "\x81\xca\x87\x40\xfa\x56\xfb\xfc\xb1\xde\xdd 5C:\x83\x5c\x81\x5c";
	struct buf text = decoded("CP932", span_of(bytes));
	struct buf back = encoded("CP932", false, buf_cstr(&text));

	cr_expect(span_eq(buf_span(&back), span_of(bytes)));
	cr_expect_eq(lost.n, 0);
	buf_free(&text);
	buf_free(&back);
}

/* ICU's tables of IBM write 0x1a, 0x1c and 0x7f for one another. */
Test(encoder, control_characters_are_themselves)
{
	static const char *const names[] = {"CP932", "Shift_JIS", "EUC-JP",
	    "GB18030", "ibm-943", "ibm-942", "ibm-949", "windows-1252",
	    "UTF-8"};
	char text[40] = "a", *at = text + 1;

	for (char c = 1; c < ' '; c++)
		*at++ = c;
	*at = 0x7f;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		expect_bytes(names[i], text, text, 33);
	cr_expect_eq(lost.n, 0);
	expect_bytes("UTF-16LE", "\x1c\x7f", "\x1c\0\x7f\0", 4);
}

Test(encoder, what_it_does_not_have_is_substituted_and_counted)
{
	expect_bytes("CP932", "\U00020bb7野家é\U00020bb7",
	    "\x81\xac\x96\xec"
	    "\x89\xc6\x81\xac\x81\xac",
	    10);
	cr_expect_eq(lost.n, 3);
	expect_message("CP932",
	    "3 characters of 2 kinds (\U00020bb7, é) are not in CP932: "
	    "written as 〓");
}

Test(encoder, without_the_geta_mark_a_question_mark_does)
{
	expect_bytes("ISO-8859-1", "caf\u00e9\u3042", "caf\xe9?", 5);
	expect_message("ISO-8859-1",
	    "1 character of 1 kind (あ) is not in ISO-8859-1: written as ?");
}

Test(encoder, what_cannot_be_seen_is_named)
{
	expect_bytes("CP932", "a\u200b\ufeffb", "ab", 2);
	expect_message("CP932",
	    "2 characters of 2 kinds (U+200B, U+FEFF) are "
	    "not in CP932: written as 〓, invisible ones left out");
}

Test(encoder, more_kinds_than_are_shown)
{
	struct buf out = encoded("US-ASCII", false, "あいうえおかあ");

	cr_expect_str_eq(buf_cstr(&out), "???????");
	expect_message("US-ASCII",
	    "7 characters of 6 kinds (あ, い, う, え, "
	    "お, …) are not in US-ASCII: written as ?");
	buf_free(&out);
}

Test(encoder, json_escapes_and_loses_nothing)
{
	struct buf out = encoded("CP932", true, "{\"a\":\"\U00020bb7é\"}");

	cr_expect_str_eq(buf_cstr(&out), "{\"a\":\"\\ud842\\udfb7\\u00e9\"}");
	cr_expect_eq(lost.n, 0);
	buf_free(&out);
}

Test(encoder, shifts_survive_a_substitution)
{
	struct buf out = encoded("ISO-2022-JP", false, "漢é字ｶﾅx");
	struct buf back = decoded("ISO-2022-JP", buf_span(&out));

	cr_expect_str_eq(buf_cstr(&back), "漢〓字カナx");
	cr_expect_eq(lost.n, 1);
	buf_free(&out);
	buf_free(&back);
}

Test(encoder, byte_order_marks)
{
	expect_bytes("CP932", "\ufeffa", "a", 1);
	expect_bytes("UTF-16LE", "\ufeffa",
	    "\xff\xfe"
	    "a\0",
	    4);
	expect_bytes("UTF-16LE", "a", "a\0", 2);
	struct buf out = encoded("UTF-16", false, "\ufeffa");

	cr_expect_eq(out.len, 4);
	cr_expect_eq(lost.n, 0);
	buf_free(&out);
}

Test(encoder, long_texts_pass_the_buffers_edges)
{
	struct buf text = {0}, out;

	for (int i = 0; i < 5000; i++)
		buf_adds(&text, i % 700 == 0 ? "\U0001f600" : "長い");
	out = encoded("CP932", false, buf_cstr(&text));
	cr_expect_eq(lost.n, 8);
	cr_expect_eq(out.len, (5000 - 8) * 4 + 8 * 2);
	buf_free(&text);
	buf_free(&out);
}

Test(encoder, an_unknown_name_is_an_error)
{
	struct encoder *e;
	struct err err = {0};

	cr_expect_eq(encoder_open(&e, "CP-nix", false, &lost, &err), -1);
	cr_expect_not_null(strstr(err.text, "CP-nix"));
}
