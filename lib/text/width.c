#include "text/width.h"

#include <stdbool.h>
#include <stdlib.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "base/mem.h"
#include "text/utf8.h"

enum {
	JOINER = 0x200d,
	EMOJI_STYLE = 0xfe0f,
	SOFT_HYPHEN = 0xad,
	REPLACEMENT = 0xfffd
};

/* What came before, as far as it decides how wide the next one is. */
struct pen {
	unsigned ambiguous;
	unsigned last; /* columns of the last base */
	bool joined;   /* behind a joiner */
};

/* Marks and what is not shown; jungseong and jongseong join a choseong. */
static bool
takes_none(uint32_t c)
{
	UChar32 u = (UChar32)c;
	int32_t type = u_charType(u);
	int32_t hangul;

	if (c < 0x300)
		return c < ' ' || (c >= 0x7f && c < 0xa0) || c == SOFT_HYPHEN;
	if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK ||
	    type == U_FORMAT_CHAR || type == U_LINE_SEPARATOR ||
	    type == U_PARAGRAPH_SEPARATOR)
		return true;
	hangul = u_getIntPropertyValue(u, UCHAR_HANGUL_SYLLABLE_TYPE);
	return hangul == U_HST_VOWEL_JAMO || hangul == U_HST_TRAILING_JAMO;
}

static unsigned
columns_of(uint32_t c, unsigned ambiguous)
{
	int32_t east = u_getIntPropertyValue(
	    (UChar32)c, UCHAR_EAST_ASIAN_WIDTH);

	if (east == U_EA_WIDE || east == U_EA_FULLWIDTH)
		return 2;
	return east == U_EA_AMBIGUOUS ? ambiguous : 1;
}

/* Is it drawn into the emoji before it? */
static bool
joins(uint32_t c, bool joined)
{
	return u_hasBinaryProperty((UChar32)c,
	    joined ? UCHAR_EXTENDED_PICTOGRAPHIC : UCHAR_EMOJI_MODIFIER);
}

/* The columns that one more character adds. */
static unsigned
add(struct pen *pen, uint32_t c)
{
	unsigned before = pen->last;
	bool joined = pen->joined;

	pen->joined = c == JOINER;
	if (c >= ' ' && c < 0x7f)
		return pen->last = 1;
	if (c == EMOJI_STYLE && before == 1) {
		pen->last = 2;
		return 1;
	}
	if (takes_none(c) || (before > 0 && joins(c, joined)))
		return 0;
	return pen->last = columns_of(c, pen->ambiguous);
}

size_t
width_of_ambiguous(struct span s, unsigned ambiguous)
{
	struct pen pen = {.ambiguous = ambiguous};
	const char *at = s.at;
	size_t n = 0;

	while (at < s.at + s.len)
		n += add(&pen, utf8_next(&at));
	return n;
}

size_t
width_of(struct span s)
{
	return width_of_ambiguous(s, 1);
}

struct span
width_prefix(struct span s, size_t columns)
{
	struct pen pen = {.ambiguous = 1};
	const char *at = s.at, *end = s.at;
	size_t n = 0;

	while (at < s.at + s.len) {
		n += add(&pen, utf8_next(&at));
		if (n > columns)
			break;
		end = at;
	}
	return (struct span){s.at, (size_t)(end - s.at)};
}

static bool
turns_direction(uint32_t c)
{
	return c == 0x200e || c == 0x200f || c == 0x061c ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* "\n": the letter; 0: none stands for it. */
static char
escape_letter(uint32_t c)
{
	static const char letters[][2] = {
	    {'\n', 'n'}, {'\t', 't'}, {'\r', 'r'}, {'\\', '\\'}};

	for (size_t i = 0; i < sizeof(letters) / sizeof(*letters); i++)
		if (c == (uint32_t)letters[i][0])
			return letters[i][1];
	return 0;
}

static bool
moves_cursor(uint32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

static bool
is_break(uint32_t c)
{
	return c == '\n' || c == '\t' || c == '\r' || c == 0x2028 ||
	    c == 0x2029;
}

void
width_visible(struct span s, struct buf *out)
{
	const char *at = s.at;

	while (at < s.at + s.len) {
		const char *from = at;
		uint32_t c = utf8_next(&at);

		if (is_break(c))
			buf_addc(out, ' ');
		else if (moves_cursor(c) || turns_direction(c))
			buf_adds(out, "\xef\xbf\xbd");
		else
			buf_add(out, (struct span){from, (size_t)(at - from)});
	}
}

void
width_escaped(struct span s, struct buf *out)
{
	const char *at = s.at;

	while (at < s.at + s.len) {
		const char *from = at;
		uint32_t c = utf8_next(&at);
		char letter = escape_letter(c);

		if (letter != 0)
			buf_printf(out, "\\%c", letter);
		else if (moves_cursor(c) || turns_direction(c))
			buf_printf(out, "\\u%04x", (unsigned)c);
		else
			buf_add(out, (struct span){from, (size_t)(at - from)});
	}
}

struct wrapper {
	UBreakIterator *iterator;
};

int
wrapper_open(struct wrapper **out, struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	UBreakIterator *it = ubrk_open(
	    UBRK_LINE, "ja@lb=strict", NULL, 0, &status);

	if (U_FAILURE(status))
		return fail(err,
		    "ICU has no line break data (%s): "
		    "reinstall ICU",
		    u_errorName(status));
	*out = mem_alloc(sizeof(**out));
	(*out)->iterator = it;
	return 0;
}

void
wrapper_close(struct wrapper *w)
{
	if (w == NULL)
		return;
	ubrk_close(w->iterator);
	free(w);
}

/* The last place at or before byte where the text may be broken; 0: none.
 * What comes long behind it says nothing of that. */
static size_t
break_before(struct wrapper *w, struct span text, size_t byte)
{
	enum { AHEAD = 256 };
	UErrorCode status = U_ZERO_ERROR;
	UText ut = UTEXT_INITIALIZER;
	int32_t at = 0;

	if (text.len - byte > AHEAD)
		text.len = utf8_before(text, byte + AHEAD);
	utext_openUTF8(&ut, text.at, (int64_t)text.len, &status);
	ubrk_setUText(w->iterator, &ut, &status);
	if (U_SUCCESS(status))
		at = ubrk_isBoundary(w->iterator, (int32_t)byte) ?
		    (int32_t)byte :
		    ubrk_preceding(w->iterator, (int32_t)byte);
	utext_close(&ut);
	return at == UBRK_DONE ? 0 : (size_t)at;
}

size_t
wrapper_line(struct wrapper *w, struct span text, size_t columns, size_t *len)
{
	size_t fits = width_prefix(text, columns).len, end;

	if (fits == 0 && text.len > 0) {
		const char *at = text.at;

		utf8_next(&at);
		fits = (size_t)(at - text.at);
	}
	/* Blanks hang over the edge. */
	while (fits < text.len && text.at[fits] == ' ')
		fits++;
	end = fits < text.len ? break_before(w, text, fits) : text.len;
	if (end == 0)
		end = fits;
	*len = end;
	while (*len > 0 && text.at[*len - 1] == ' ')
		(*len)--;
	return end;
}
