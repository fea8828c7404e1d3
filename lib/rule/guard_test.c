#include <criterion/criterion.h>

#include "rule/guard.h"
#include "rule/regex.h"
#include "text/utf8.h"
#include "text/viewer.h"

static struct matcher *m;
static struct err err;

static void
setup(void)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;

	cr_assert_eq(matcher_open(&m, &limits, NULL, &err), 0);
}

static void
teardown(void)
{
	matcher_close(m);
}

TestSuite(guard, .init = setup, .fini = teardown);

/* "-": it has none. */
static void
guarded(const char *source, const char *want)
{
	struct view v = {0};
	struct buf units = {0}, out = {0};

	view_plain(matcher_viewer(m), span_of(source), &v);
	if (guard_alternatives(v.at, v.len, &units))
		utf16_utf8((const uint16_t *)(const void *)units.at,
		    units.len / sizeof(uint16_t), &out);
	else
		buf_adds(&out, "-");
	cr_expect_str_eq(buf_cstr(&out), want, "%s: %s", source, out.at);
	buf_free(&units);
	buf_free(&out);
	view_free(&v);
}

#define MANY "い|ろ|は|に|ほ|へ|と|ち|り|ぬ|る"
#define THESE "いろはにほへとちりぬる"

Test(guard, many_alternatives)
{
	guarded("え(?:" MANY "|を)", "え(?:(?=[" THESE "を])(?:" MANY "|を))");
	guarded("(" MANY "|いろは)", "((?=[" THESE "])(?:" MANY "|いろは))");
	guarded(
	    "え(?!" MANY "|を)か", "え(?!(?=[" THESE "を])(?:" MANY "|を))か");
	guarded("え(?:" MANY "|(?<!あ)を?[わか]+?よ|(?:た|れ){2})",
	    "え(?:(?=[" THESE "をわかたれ])(?:" MANY
	    "|(?<!あ)を?[わか]+?よ|(?:た|れ){2}))");
	guarded("え(?:" MANY "|(?:" MANY "|を){1,2})",
	    "え(?:(?=[" THESE "を])(?:" MANY "|(?:(?=[" THESE "を])(?:" MANY
	    "|を)){1,2}))");
}

Test(guard, what_begins_with_anything_has_none)
{
	guarded("え(?:" MANY ")", "-");
	guarded("え(?:" MANY "|)", "-");
	guarded("え(?:" MANY "|を?)", "-");
	guarded("え(?:" MANY "|を{0,3})", "-");
	guarded("え(?:" MANY "|(?=を))", "-");
	guarded("え(?:" MANY "|$)", "-");
	guarded("え(?:" MANY "|.)", "-");
	guarded("え(?:" MANY "|[^を])", "-");
	guarded("え(?:" MANY "|[わ-ん])", "-");
	guarded("え(?:" MANY "|[\\n])", "-");
	guarded("え(?:" MANY "|\\w)", "-");
	guarded("え(?:" MANY "|𠮟)", "-");
	guarded("(?<=" MANY "|を)え", "-");
}

Test(guard, what_is_not_understood_has_none)
{
	guarded("(?i)え(?:" MANY "|を)", "-");
	guarded("(?<n>え)(?:" MANY "|を)", "-");
	guarded("(?:" MANY "|を)(?R)?", "-");
	guarded("(?:" MANY "|を)\\Qえ\\E", "-");
	guarded("(?:" MANY "|を)[[:alpha:]]", "-");
	guarded("(?:" MANY "|を)\\x30", "-");
	guarded("(?:" MANY "|を){,3}", "-");
	guarded("(?:" MANY "|を))", "-");
	guarded("(?:" MANY "|を", "-");
	guarded("[" MANY "|を", "-");
}

static unsigned seed = 1;

static unsigned
roll(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % n;
}

static const char *
letter(void)
{
	static const char *const letters[] = {"い", "ろ", "は", "に", "ほ",
	    "へ", "と", "x", "X", "1", "、", "訴"};

	return letters[roll(12)];
}

static void put_choice(struct buf *, unsigned depth);

static void
put_atom(struct buf *b, unsigned depth)
{
	static const char *const heads[] = {
	    "(?:", "(", "(?>", "(?=", "(?!", "(?:"};
	static const char *const quantifiers[] = {
	    "?", "*", "+", "??", "{0,2}", "{2}", "++"};
	const unsigned kind = roll(depth > 0 ? 9 : 7);

	if (kind > 6) {
		buf_adds(b, heads[roll(6)]);
		put_choice(b, depth - 1);
		buf_addc(b, ')');
	} else if (kind == 6) {
		buf_adds(b, "[");
		for (unsigned i = roll(3) + 1; i > 0; i--)
			buf_adds(b, letter());
		buf_adds(b, "]");
	} else if (kind == 5) {
		buf_adds(b, roll(2) == 0 ? "(?<!い)" : "\\b");
		return;
	} else {
		buf_adds(b, letter());
	}
	if (roll(5) == 0)
		buf_adds(b, quantifiers[roll(7)]);
}

static void
put_choice(struct buf *b, unsigned depth)
{
	for (unsigned i = 12 + roll(4); i > 0; i--) {
		for (unsigned k = roll(3) + 1; k > 0; k--)
			put_atom(b, depth);
		if (i > 1)
			buf_addc(b, '|');
	}
}

static int
find(const char *source, struct span text, size_t *start, size_t *end)
{
	struct arena arena = {0};
	struct view plain = {0};
	size_t offset;
	struct regex *re = regex_compile(
	    &arena, matcher_viewer(m), span_of(source), 0, &offset, &err);
	int rc = -1;

	view_plain(matcher_viewer(m), text, &plain);
	for (unsigned i = 0; i < 9 && re != NULL; i++) /* machine code, too */
		rc = regex_find(
		    m, re, plain.at, plain.len, 0, NULL, start, end, &err);
	view_free(&plain);
	arena_free(&arena);
	return rc;
}

/* A name makes no other match, and no guard. */
static unsigned
compare(const char *choice, struct span text)
{
	struct buf bare = {0}, named = {0};
	size_t start[2] = {0}, end[2] = {0};
	int rc, other;

	buf_printf(&bare, "へ?(?:%s)訴?", choice);
	buf_printf(&named, "へ?(?<n>%s)訴?", choice);
	rc = find(buf_cstr(&bare), text, &start[0], &end[0]);
	other = find(buf_cstr(&named), text, &start[1], &end[1]);
	cr_expect_eq(rc, other, "%s: %.*s", choice, SPAN_FMT(text));
	cr_expect(start[0] == start[1] && end[0] == end[1], "%s: %.*s", choice,
	    SPAN_FMT(text));
	buf_free(&bare);
	buf_free(&named);
	return rc == 1;
}

Test(guard, changes_no_match)
{
	struct buf choice = {0}, text = {0};
	unsigned hits = 0;

	for (unsigned i = 0; i < 400; i++) {
		buf_reset(&choice);
		put_choice(&choice, 1);
		for (unsigned k = 0; k < 4; k++) {
			buf_reset(&text);
			for (unsigned n = roll(8); n > 0; n--)
				buf_adds(&text, letter());
			hits += compare(buf_cstr(&choice), buf_span(&text));
		}
	}
	cr_expect_gt(hits, 200);
	buf_free(&choice);
	buf_free(&text);
}
