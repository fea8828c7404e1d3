#include "text/redact.h"

#include <stdlib.h>

#include "base/buf.h"
#include "text/redact_reading.h"
#include "text/utf8.h"

static const struct {
	const char *name;
	struct span mask;
} kinds[REDACT_N] = {
    [REDACT_PHONE] = {"phone", SPAN("[電話番号]")},
    [REDACT_EMAIL] = {"email", SPAN("[メール]")},
    [REDACT_CARD] = {"card", SPAN("[カード番号]")},
    [REDACT_POSTAL] = {"postal", SPAN("[郵便番号]")},
    [REDACT_MYNUMBER] = {"mynumber", SPAN("[マイナンバー]")},
    [REDACT_ACCOUNT] = {"account", SPAN("[口座番号]")},
    [REDACT_NAME] = {"name", SPAN("[氏名]")},
};

const char *
redact_name(enum redact_kind kind)
{
	return kinds[kind].name;
}

struct span
redact_mask(enum redact_kind kind)
{
	return kinds[kind].mask;
}

static bool
is_dash(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x2500 ||
	    c == 0xfe63 || c == 0x2043 || c == 0x00ad;
}

static uint32_t
narrow(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		return c - 0xfee0;
	if (c == 0x3000 || c == 0xa0)
		return ' ';
	if (c >= 0x2460 && c <= 0x2468) /* ① to ⑨ */
		return c - 0x2460 + '1';
	if (c >= 0x1d7ce && c <= 0x1d7ff) /* 𝟎 and so on, five styles */
		return (c - 0x1d7ce) % 10 + '0';
	if (c == 0x24ea || c == 0x24ff) /* ⓪ ⓿ */
		return '0';
	return is_dash(c) ? '-' : c;
}

/* Any bracket is a round one. */
static uint32_t
round_bracket(uint32_t c)
{
	switch (c) {
	case '[':
	case '{':
	case 0x3008: /* 〈 */
	case 0x300a: /* 《 */
	case 0x3010: /* 【 */
	case 0x3014: /* 〔 */
		return '(';
	case ']':
	case '}':
	case 0x3009:
	case 0x300b:
	case 0x3011:
	case 0x3015:
		return ')';
	default:
		return c;
	}
}

/* Which shape a kanji has, and what has no width: it is of the glyph before. */
static bool
is_unseen(uint32_t c)
{
	return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) ||
	    (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff;
}

/* Of kanji that some people write their names with: 髙, 﨑, 𠮷. */
static uint32_t
common(uint32_t c)
{
	static const uint32_t variants[][2] = {{0x9ad9, 0x9ad8},
	    {0xfa11, 0x5d0e}, {0x20bb7, 0x5409}, {0x6ff5, 0x6d5c},
	    {0x5fb7, 0x5fb3}, {0x6801, 0x67f3}, {0x69d7, 0x6a4b},
	    {0x6852, 0x6851}};

	for (size_t i = 0; i < sizeof(variants) / sizeof(*variants); i++)
		if (c == variants[i][0])
			return variants[i][1];
	return c;
}

/* The katakana that a half-width one is, with the mark behind it. */
static uint32_t
widen(uint32_t c, const char **at, const char *end)
{
	static const uint16_t kana[] = {0x30f2, 0x30a1, 0x30a3, 0x30a5, 0x30a7,
	    0x30a9, 0x30e3, 0x30e5, 0x30e7, 0x30c3, 0x30fc, 0x30a2, 0x30a4,
	    0x30a6, 0x30a8, 0x30aa, 0x30ab, 0x30ad, 0x30af, 0x30b1, 0x30b3,
	    0x30b5, 0x30b7, 0x30b9, 0x30bb, 0x30bd, 0x30bf, 0x30c1, 0x30c4,
	    0x30c6, 0x30c8, 0x30ca, 0x30cb, 0x30cc, 0x30cd, 0x30ce, 0x30cf,
	    0x30d2, 0x30d5, 0x30d8, 0x30db, 0x30de, 0x30df, 0x30e0, 0x30e1,
	    0x30e2, 0x30e4, 0x30e6, 0x30e8, 0x30e9, 0x30ea, 0x30eb, 0x30ec,
	    0x30ed, 0x30ef, 0x30f3};
	const char *next = *at;
	uint32_t mark = next < end ? utf8_next(&next) : 0;

	if (c < 0xff66 || c > 0xff9d)
		return c;
	c = kana[c - 0xff66];
	if (mark != 0xff9e /* ﾞ */ && mark != 0xff9f /* ﾟ */)
		return c;
	*at = next;
	return c == 0x30a6 ? 0x30f4 : c + (mark == 0xff9e ? 1 : 2);
}

static uint32_t
katakana(uint32_t c)
{
	return is_hiragana(c) ? c + 0x60 : c;
}

static void
read_glyphs(struct span text, struct redact_reading *r)
{
	struct glyph *g = arena_take(r->arena, (text.len + 1) * sizeof(*g));
	const char *at = text.at, *end = text.at + text.len;
	uint32_t c;

	while (at < end) {
		g[r->n].at = (uint32_t)(at - text.at);
		c = utf8_next(&at);
		if (r->n > 0 && is_unseen(c))
			continue;
		c = narrow(widen(c, &at, end));
		g[r->n++].c = common(round_bracket(c));
	}
	g[r->n] = (struct glyph){0, (uint32_t)text.len};
	r->at = g;
}

uint32_t
redact_glyph(const struct redact_reading *r, size_t i)
{
	return i < r->n ? r->at[i].c : 0;
}

size_t
redact_word(const struct redact_reading *r, size_t i, const char *word)
{
	size_t n = 0;

	for (; *word != '\0'; n++)
		if (katakana(redact_glyph(r, i + n)) != utf8_next(&word))
			return 0;
	return n;
}

static size_t
glyphs(const char *word)
{
	size_t n = 0;

	for (; *word != '\0'; n++)
		utf8_next(&word);
	return n;
}

size_t
redact_before(const struct redact_reading *r, size_t i, const char *word)
{
	size_t n = glyphs(word);

	return n <= i && redact_word(r, i - n, word) > 0 ? n : 0;
}

size_t
redact_any(const struct redact_reading *r, size_t i, const char *const *words)
{
	uint32_t first = katakana(redact_glyph(r, i));
	size_t n = 0;

	for (; *words != NULL && n == 0; words++) {
		const char *at = *words;

		if (utf8_next(&at) == first) /* seldom: most end here */
			n = redact_word(r, i, *words);
	}
	return n;
}

static uint32_t
last_glyph(const char *word)
{
	const char *at = word + strlen(word);

	do
		at--;
	while (at > word && ((unsigned char)*at & 0xc0) == 0x80);
	return utf8_next(&at);
}

size_t
redact_any_before(
    const struct redact_reading *r, size_t i, const char *const *words)
{
	uint32_t last = i == 0 ? 0 : katakana(redact_glyph(r, i - 1));
	size_t n = 0;

	for (; i > 0 && *words != NULL && n == 0; words++)
		if (last_glyph(*words) == last) /* as in redact_any */
			n = redact_before(r, i, *words);
	return n;
}

bool
redact_is_whole(const struct redact_reading *r, size_t start, size_t end,
    const char *const *words)
{
	for (; *words != NULL; words++)
		if (redact_word(r, start, *words) == end - start)
			return true;
	return false;
}

static struct redaction *
room(struct redactions *out, struct arena *a)
{
	struct redaction *more;

	if (out->n == out->cap) {
		out->cap = out->cap * 2 + 8;
		more = arena_take(a, out->cap * sizeof(*more));
		if (out->n > 0)
			memcpy(more, out->at, out->n * sizeof(*more));
		out->at = more;
	}
	return &out->at[out->n++];
}

void
redact_add(
    struct redact_reading *r, size_t start, size_t end, enum redact_kind kind)
{
	if (r->said == NULL)
		r->said = arena_alloc(r->arena, r->n + 1);
	if (end == start || memchr(r->said + start, 1, end - start) != NULL)
		return;
	memset(r->said + start, 1, end - start);
	*room(r->out, r->arena) = (struct redaction){
	    r->at[start].at, r->at[end].at, kind, false};
}

static int
redaction_cmp(const void *a, const void *b)
{
	const struct redaction *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static void
find_called(struct redact_reading *r)
{
	redact_mails(r);
	redact_numbers(r);
	redact_names(r);
}

static void
find_any(struct redact_reading *r)
{
	find_called(r);
	redact_notices(r, false);
	redact_stated(r);
}

static void
find_notice(struct redact_reading *r)
{
	redact_notices(r, true);
	find_any(r);
}

static void
find(struct span text, struct arena *a, struct redactions *out,
    void (*finder)(struct redact_reading *))
{
	struct redact_reading r = {.arena = a, .out = out};

	*out = (struct redactions){0};
	if (text.len == 0)
		return;
	read_glyphs(text, &r);
	finder(&r);
	if (out->n > 1)
		qsort(out->at, out->n, sizeof(*out->at), redaction_cmp);
}

void
redact_find(struct span text, struct arena *a, struct redactions *out)
{
	find(text, a, out, find_any);
}

void
redact_called(struct span text, struct arena *a, struct redactions *out)
{
	find(text, a, out, find_called);
}

void
redact_notice(struct span text, struct arena *a, struct redactions *out)
{
	find(text, a, out, find_notice);
}

bool
redact_dictated(struct span text, struct arena *a, struct redaction *digits)
{
	enum { LONGEST = 200 };
	struct redact_reading r = {.arena = a};
	size_t start, end;

	if (text.len == 0 || text.len > LONGEST)
		return false;
	read_glyphs(text, &r);
	if (!redact_is_dictated(&r, &start, &end))
		return false;
	*digits = (struct redaction){
	    r.at[start].at, r.at[end].at, REDACT_PHONE, false};
	return true;
}

void
redact_unite(struct redactions *all, struct redaction x, struct arena *a)
{
	size_t n = 0, at = 0;

	if (all->n == 0 || all->at[all->n - 1].end <= x.start) {
		*room(all, a) = x;
		return;
	}
	for (size_t i = 0; i < all->n; i++) {
		struct redaction y = all->at[i];

		if (y.start < x.end && x.start < y.end) {
			x.start = y.start < x.start ? y.start : x.start;
			x.cut = x.end > y.end ? x.cut : y.cut;
			x.end = y.end > x.end ? y.end : x.end;
			continue;
		}
		at += y.start < x.start;
		all->at[n++] = y;
	}
	all->n = n;
	room(all, a);
	memmove(&all->at[at + 1], &all->at[at], (n - at) * sizeof(x));
	all->at[at] = x;
}

struct span
redact_piece(struct span text, const struct redactions *all, size_t start,
    size_t end, struct arena *a)
{
	struct buf b = {0};
	struct span piece = {text.at + start, end - start};
	size_t done = start;

	for (size_t i = 0; i < all->n && start < end; i++) {
		const struct redaction *r = &all->at[i];

		if (r->end <= start || r->start >= end)
			continue;
		if (r->start > done)
			buf_add(
			    &b, (struct span){text.at + done, r->start - done});
		buf_add(&b, kinds[r->kind].mask);
		done = r->end;
	}
	if (done == start && b.len == 0)
		return piece;
	if (done < end)
		buf_add(&b, (struct span){text.at + done, end - done});
	piece = arena_dup(a, buf_span(&b));
	buf_free(&b);
	return piece;
}

size_t
redact_place(const struct redactions *all, size_t byte, bool end)
{
	size_t to = byte;

	for (size_t i = 0; i < all->n; i++) {
		const struct redaction *r = &all->at[i];
		size_t mask = kinds[r->kind].mask.len;

		if (r->start >= byte)
			break;
		if (r->end > byte)
			return to - (byte - r->start) + (end ? mask : 0);
		to = to - (r->end - r->start) + mask;
	}
	return to;
}
