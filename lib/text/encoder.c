#include "text/encoder.h"

#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>

#include "base/mem.h"
#include "text/encoding.h"
#include "text/utf8.h"

#define BOM 0xfeffu
#define GETA 0x3013u /* 〓 */
#define POINTS 0x110000u

struct encoder {
	UConverter *icu;
	bool json;
	bool begun;
	bool drop_mark; /* a byte order mark at the beginning */
	uint32_t substitute;
	uint8_t control[0x80]; /* by byte, what ICU writes it for */
	struct unencoded *lost;
};

/*
 * One character in two encodings of Unicode: vendors' tables for the same
 * byte of Shift_JIS differ in these (the yen sign is not its backslash).
 */
static const struct {
	uint32_t one, other;
} twins[] = {
    {0x301c, 0xff5e}, /* 〜 */
    {0x2016, 0x2225}, /* ‖ */
    {0x2212, 0xff0d}, /* − */
    {0x2014, 0x2015}, /* — */
    {0x00a2, 0xffe0}, /* ¢ */
    {0x00a3, 0xffe1}, /* £ */
    {0x00ac, 0xffe2}, /* ¬ */
    {0x00a5, 0xffe5}, /* ¥ */
    {0x00a6, 0xffe4}, /* ¦ */
    {0x203e, 0xffe3}, /* ‾ */
};

static uint32_t
twin(uint32_t c)
{
	for (size_t i = 0; i < sizeof(twins) / sizeof(*twins); i++) {
		if (twins[i].one == c)
			return twins[i].other;
		if (twins[i].other == c)
			return twins[i].one;
	}
	return 0;
}

/* Appends; stops behind the first unit that the encoding does not have. */
static bool
put(UConverter *icu, const UChar **u, const UChar *end, bool flush,
    struct buf *out)
{
	UErrorCode ec = U_BUFFER_OVERFLOW_ERROR;

	while (ec == U_BUFFER_OVERFLOW_ERROR) {
		size_t room = (size_t)(end - *u) * 4 + 64;
		char *from = buf_room(out, room), *to = from;

		ec = U_ZERO_ERROR;
		ucnv_fromUnicode(
		    icu, &to, from + room, u, end, NULL, flush, &ec);
		out->len += (size_t)(to - from);
	}
	return U_SUCCESS(ec);
}

static bool
put_point(struct encoder *e, uint32_t c, struct buf *out)
{
	UChar units[2];
	const UChar *u = units;
	int n = 0;

	U16_APPEND_UNSAFE(units, n, c);
	return put(e->icu, &u, units + n, false, out);
}

/* Half-width kana where there are only full ones: the same letters. */
static bool
put_wide_kana(struct encoder *e, uint32_t c, struct buf *out)
{
	bool done;

	if (c < 0xff61 || c > 0xff9f)
		return false;
	ucnv_setFallback(e->icu, true);
	done = put_point(e, c, out);
	ucnv_setFallback(e->icu, false);
	return done;
}

bool
encoder_may_drop(uint32_t c)
{
	return c >= 0x80 &&
	    u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static void
lose(struct unencoded *lost, uint32_t c)
{
	lost->n++;
	if (lost->seen == NULL)
		lost->seen = mem_alloc(POINTS / 8);
	if ((lost->seen[c / 8] >> (c % 8) & 1) != 0)
		return;
	lost->seen[c / 8] |= (uint8_t)(1u << (c % 8));
	if (lost->kinds < sizeof(lost->first) / sizeof(*lost->first))
		lost->first[lost->kinds] = c;
	lost->kinds++;
}

static void
put_escape(struct encoder *e, uint32_t c, struct buf *out)
{
	struct buf text = {0};

	if (c >= 0x10000) {
		buf_printf(&text, "\\u%04x\\u%04x", (unsigned)U16_LEAD(c),
		    (unsigned)U16_TRAIL(c));
	} else {
		buf_printf(&text, "\\u%04x", (unsigned)c);
	}
	for (size_t i = 0; i < text.len; i++)
		put_point(e, (unsigned char)text.at[i], out);
	buf_free(&text);
}

/* What stands for a character that the encoding does not have. */
static void
put_other(struct encoder *e, uint32_t c, struct buf *out)
{
	uint32_t other = twin(c);

	if ((other != 0 && put_point(e, other, out)) ||
	    put_wide_kana(e, c, out))
		return;
	if (e->json) {
		put_escape(e, c, out);
		return;
	}
	lose(e->lost, c);
	if (!encoder_may_drop(c))
		put_point(e, e->substitute, out);
	else
		e->lost->unseen = true;
}

/* The code point that ICU stopped at, for which *u was moved on. */
static uint32_t
stopped_at(UConverter *icu)
{
	UErrorCode ec = U_ZERO_ERROR;
	UChar units[4];
	int8_t n = 4;

	ucnv_getInvalidUChars(icu, units, &n, &ec);
	if (U_FAILURE(ec) || n <= 0)
		return '?';
	return n > 1 && U16_IS_LEAD(units[0]) ?
	    (uint32_t)U16_GET_SUPPLEMENTARY(units[0], units[1]) :
	    units[0];
}

static void
put_units(struct encoder *e, const UChar *u, const UChar *end, bool flush,
    struct buf *out)
{
	while (!put(e->icu, &u, end, flush, out))
		put_other(e, stopped_at(e->icu), out);
}

void
encoder_feed(struct encoder *e, struct span text, bool flush, struct buf *out)
{
	enum { UNITS = 1024 };
	const char *at = text.at, *end = text.at + text.len;
	UChar units[UNITS];

	if (!e->begun && e->drop_mark && span_starts(text, SPAN("\ufeff")))
		at += 3;
	e->begun |= text.len > 0;
	do {
		int n = 0;

		while (at < end && n + 2 <= UNITS) {
			uint32_t c = utf8_next(&at);

			if (c < 0x80)
				c = e->control[c];
			U16_APPEND_UNSAFE(units, n, c);
		}
		put_units(e, units, units + n, flush && at == end, out);
	} while (at < end);
}

static bool
is_control(uint32_t c)
{
	return c < ' ' || c == 0x7f;
}

/* The one byte that the character is written as, or 0x80. */
static unsigned char
byte_of(struct encoder *e, uint32_t c)
{
	struct buf out = {0};
	bool one = put_point(e, c, &out) && out.len == 1;
	unsigned char byte = one ? (unsigned char)out.at[0] : 0x80;

	ucnv_resetFromUnicode(e->icu);
	buf_free(&out);
	return byte;
}

/*
 * IBM's tables for PCs, of which ICU's CP932 is one, write 0x1A, 0x1C and
 * 0x7F for one another. Nobody means that: each is asked for by what ICU
 * takes for it. Encodings without ASCII have control characters of their own.
 */
static void
find_controls(struct encoder *e)
{
	bool ascii = byte_of(e, 'A') == 'A';

	for (uint32_t c = 0; c < 0x80; c++)
		e->control[c] = (uint8_t)c;
	for (uint32_t c = 0; c < 0x80 && ascii; c++) {
		unsigned char byte = is_control(c) ? byte_of(e, c) : 0x80;

		if (is_control(byte))
			e->control[byte] = (uint8_t)c;
	}
}

/*
 * CP932 has no byte order mark, and "UTF-16" puts one before whatever it is
 * given; "UTF-16LE" writes what it is given.
 */
static void
probe(struct encoder *e)
{
	struct buf out = {0};
	bool marked = put_point(e, BOM, &out);

	e->drop_mark = !marked ||
	    (out.len >= 4 &&
		memcmp(out.at, out.at + out.len / 2, out.len / 2) == 0);
	ucnv_resetFromUnicode(e->icu);
	e->substitute = put_point(e, GETA, &out) ? GETA : '?';
	ucnv_resetFromUnicode(e->icu);
	buf_free(&out);
}

/* Leaves the error as it is; ICU's own would drop what cannot be seen. */
static void
stop(const void *ctx, UConverterFromUnicodeArgs *args, const UChar *units,
    int32_t n, UChar32 c, UConverterCallbackReason reason, UErrorCode *ec)
{
	(void)ctx, (void)args, (void)units, (void)n, (void)c, (void)reason;
	(void)ec;
}

int
encoder_open(struct encoder **out, const char *name, bool json,
    struct unencoded *lost, struct err *err)
{
	UErrorCode ec = U_ZERO_ERROR;
	UConverter *icu = ucnv_open(encoding_converter(name), &ec);

	*out = NULL;
	if (U_SUCCESS(ec))
		ucnv_setFromUCallBack(icu, stop, NULL, NULL, NULL, &ec);
	if (U_FAILURE(ec)) {
		ucnv_close(icu);
		return encoding_unknown(name, err);
	}
	ucnv_setFallback(icu, false);
	*out = mem_alloc(sizeof(**out));
	**out = (struct encoder){.icu = icu, .json = json, .lost = lost};
	probe(*out);
	find_controls(*out);
	return 0;
}

void
encoder_close(struct encoder *e)
{
	if (e == NULL)
		return;
	ucnv_close(e->icu);
	free(e);
}

/* As it is, unless it is nothing that can be seen standing alone. */
static void
say_point(uint32_t c, struct buf *out)
{
	if (u_isgraph((UChar32)c) && u_getCombiningClass((UChar32)c) == 0)
		out->len += utf8_put(c, buf_room(out, 4));
	else
		buf_printf(out, "U+%04X", (unsigned)c);
}

/* Asked anew: what was lost may be of several encoders. */
static const char *
substitute_name(const char *name)
{
	struct unencoded none = {0};
	struct encoder *e = NULL;
	struct err err;
	bool geta;

	encoder_open(&e, name, false, &none, &err);
	if (e == NULL)
		return "?";
	geta = e->substitute == GETA;
	encoder_close(e);
	return geta ? "〓" : "?";
}

void
unencoded_say(const struct unencoded *lost, const char *name, struct buf *out)
{
	size_t shown = sizeof(lost->first) / sizeof(*lost->first);

	if (lost->n == 0)
		return;
	buf_printf(out, "%llu character%s of %zu kind%s (",
	    (unsigned long long)lost->n, lost->n == 1 ? "" : "s", lost->kinds,
	    lost->kinds == 1 ? "" : "s");
	for (size_t i = 0; i < lost->kinds && i < shown; i++) {
		buf_adds(out, i == 0 ? "" : ", ");
		say_point(lost->first[i], out);
	}
	buf_printf(out, "%s) %s not in %s: written as %s%s",
	    lost->kinds > shown ? ", …" : "", lost->n == 1 ? "is" : "are",
	    encoding_label(encoding_converter(name)), substitute_name(name),
	    lost->unseen ? ", invisible ones left out" : "");
}

void
unencoded_free(struct unencoded *lost)
{
	free(lost->seen);
	*lost = (struct unencoded){0};
}
