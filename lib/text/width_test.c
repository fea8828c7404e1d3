#include <criterion/criterion.h>

#include "text/width.h"

static void
check_width(const char *text, size_t one, size_t two)
{
	cr_expect_eq(width_of(span_of(text)), one, "%s", text);
	cr_expect_eq(width_of_ambiguous(span_of(text), 2), two, "%s", text);
}

Test(width, columns)
{
	check_width("", 0, 0);
	check_width("abc", 3, 3);
	check_width("お客様", 6, 6);
	check_width("ｱｲｳ", 3, 3);
	check_width("ﾊﾞ", 2, 2);
	check_width("ＡＢ！", 6, 6);
	check_width("α…", 2, 4);
	check_width("か\u3099く", 4, 4); /* decomposed が */
	check_width("e\u0301", 1, 1);
	check_width("한국", 4, 4);
	check_width("\u1112\u1161\u11ab", 2, 2); /* 한 in pieces */
	check_width("👍🏽", 2, 2);
	check_width("👨‍👩‍👧", 2, 2);
	check_width("☎️", 2, 2);
	check_width("🇯🇵", 2, 2);
	check_width("a\u200bb", 2, 2);
	check_width("𠮷", 2, 2);
}

Test(width, prefix)
{
	struct span s = span_of("お客様");

	cr_expect_eq(width_prefix(s, 0).len, 0);
	cr_expect_eq(width_prefix(s, 1).len, 0);
	cr_expect_eq(width_prefix(s, 5).len, 6);
	cr_expect_eq(width_prefix(s, 9).len, 9);
	s = span_of("か\u3099く");
	cr_expect_eq(width_prefix(s, 2).len, 6);
}

Test(width, visible)
{
	struct buf out = {0};

	width_visible(SPAN("a\tb\nc\x1b[31m\u202e\xc2\x9bx"), &out);
	cr_expect_str_eq(buf_cstr(&out), "a b c\ufffd[31m\ufffd\ufffdx");
	buf_free(&out);
}

Test(width, escaped)
{
	struct buf out = {0};

	width_escaped(SPAN("a\tb\nc\x1b[31m\u202e\xc2\x9b\\n\u2028お\r"), &out);
	cr_expect_str_eq(buf_cstr(&out),
	    "a\\tb\\nc\\u001b[31m\\u202e\\u009b\\\\n\\u2028お\\r");
	buf_free(&out);
}

static void
check_wrap(size_t columns, const char *text, const char *want)
{
	struct wrapper *w;
	struct err err;
	struct buf out = {0};
	struct span rest = span_of(text);

	cr_assert_eq(wrapper_open(&w, &err), 0);
	while (rest.len > 0) {
		size_t len, n = wrapper_line(w, rest, columns, &len);

		cr_assert(n > 0);
		buf_add(&out, (struct span){rest.at, len});
		buf_addc(&out, '|');
		rest = (struct span){rest.at + n, rest.len - n};
	}
	cr_expect_str_eq(buf_cstr(&out), want);
	buf_free(&out);
	wrapper_close(w);
}

Test(width, wrap)
{
	check_wrap(10, "", "");
	check_wrap(10, "一二三四五六", "一二三四五|六|");
	/* No 。 or ー begins a line, no 「 ends one. */
	check_wrap(10, "一二三四五。六", "一二三四|五。六|");
	check_wrap(10, "一二三四「六」", "一二三四|「六」|");
	/* Nor does a small kana or a long mark. */
	check_wrap(8, "おいちゃん", "おいちゃ|ん|");
	check_wrap(6, "おいちゃん", "おい|ちゃん|");
	check_wrap(4, "スキーだ", "ス|キー|だ|");
	check_wrap(8, "the lines of a text", "the|lines of|a text|");
	check_wrap(4, "unbreakable", "unbr|eaka|ble|");
	check_wrap(1, "広い", "広|い|");
}
