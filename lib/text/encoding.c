#include "text/encoding.h"

#include <stdlib.h>
#include <strings.h>

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/utf16.h>

#include "base/mem.h"
#include "text/halfkana.h"
#include "text/mostly.h"
#include "text/unmarked.h"
#include "text/utf8.h"
#include "text/valid.h"

/*
 * ICU's "ibm-943_P15A-2003" decodes every assigned code of Microsoft's CP932
 * as Windows does: NEC row 13, the IBM extensions, 0x8160 to U+FF5E, 0x817C
 * to U+FF0D. Its other names for Shift_JIS differ in some of these.
 */
#define CP932 "ibm-943_P15A-2003"

/* What users call an encoding, and ICU's name for it; the first is shown. */
static const struct {
	const char *label, *name;
} labels[] = {
    {"UTF-8", "UTF-8"},
    {"UTF8", "UTF-8"},
    {"CP932", CP932},
    {"Shift_JIS", CP932},
    {"Shift-JIS", CP932},
    {"SJIS", CP932},
    {"MS932", CP932},
    {"Windows-31J", CP932},
    {"EUC-JP", "EUC-JP"},
    {"EUCJP", "EUC-JP"},
    {"CP51932", "EUC-JP"},
    {"ISO-2022-JP", "ISO-2022-JP"},
    {"JIS", "ISO-2022-JP"},
    {"UTF-16LE", "UTF-16LE"},
    {"UTF-16BE", "UTF-16BE"},
};
#define NLABELS (sizeof(labels) / sizeof(*labels))

const char *
encoding_label(const char *name)
{
	for (size_t i = 0; i < NLABELS; i++)
		if (strcasecmp(labels[i].name, name) == 0)
			return labels[i].label;
	return name;
}

const char *
encoding_converter(const char *label)
{
	for (size_t i = 0; i < NLABELS; i++)
		if (strcasecmp(labels[i].label, label) == 0)
			return labels[i].name;
	return label;
}

/* Length of the valid sequence at s[0..n), n at least 1; 0: broken. */
static size_t
sequence(const unsigned char *s, size_t n)
{
	/* By lead byte from 0xe0: the range of the byte behind it. */
	static const unsigned char low[21] = {[0x00] = 0xa0, [0x10] = 0x90};
	static const unsigned char high[21] = {[0x0d] = 0x9f, [0x14] = 0x8f};
	unsigned lead = s[0] - 0xe0u, need = s[0] < 0xf0 ? 3 : 4;
	unsigned char min, max;

	if (s[0] < 0x80)
		return 1;
	if (s[0] >= 0xc2 && s[0] <= 0xdf)
		return n >= 2 && (s[1] & 0xc0) == 0x80 ? 2 : 0;
	if (s[0] < 0xe0 || s[0] > 0xf4 || n < need)
		return 0;
	min = low[lead] != 0 ? low[lead] : 0x80;
	max = high[lead] != 0 ? high[lead] : 0xbf;
	if (s[1] < min || s[1] > max || (s[2] & 0xc0) != 0x80)
		return 0;
	return need == 3 || (s[3] & 0xc0) == 0x80 ? need : 0;
}

/* The code point at text.at[*i], which moves on; -1: a byte that is broken. */
static int32_t
next_point(struct span text, size_t *i)
{
	const char *at = text.at + *i;
	size_t n = sequence((const unsigned char *)at, text.len - *i);

	*i += n == 0 ? 1 : n;
	return n == 0 ? -1 : (int32_t)utf8_next(&at);
}

/* Bytes at the front of s that are ASCII, eight a step. */
static size_t
ascii_run(const unsigned char *s, size_t n)
{
	size_t i = 0;
	uint64_t w;

	for (; i + 8 <= n; i += 8) {
		memcpy(&w, s + i, 8);
		if ((w & UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (i < n && s[i] < 0x80)
		i++;
	return i;
}

/* Japanese: E1 to EC and two continuation bytes are always valid. */
static size_t
triple_run(const unsigned char *s, size_t n)
{
	size_t i = 0;

	while (i + 3 <= n && s[i] >= 0xe1 && s[i] <= 0xec &&
	    (s[i + 1] & 0xc0) == 0x80 && (s[i + 2] & 0xc0) == 0x80)
		i += 3;
	return i;
}

size_t
utf8_run(struct span text)
{
	const unsigned char *s = (const unsigned char *)text.at;
	size_t i = 0, step;

	while (i < text.len) {
		if (s[i] < 0x80) {
			i += ascii_run(s + i, text.len - i);
			continue;
		}
		step = triple_run(s + i, text.len - i);
		if (step == 0)
			step = sequence(s + i, text.len - i);
		if (step == 0)
			return i;
		i += step;
	}
	return i;
}

size_t
utf8_valid(struct span text)
{
	enum { LONG = 64 };

	if (text.len >= LONG && utf8_is_valid(text.at, text.len))
		return text.len;
	return utf8_run(text);
}

/* Decoding. */

enum { UNITS = 1024 }; /* that ICU gives at once */

struct decoder {
	UConverter *icu;
	uint64_t fed;      /* bytes of the input before this call */
	UChar lead;        /* a surrogate whose other half is to come */
	int width;         /* of the shortest character, a LF say */
	bool ibm_controls; /* three control codes are swapped */
	/* Of CP932 and EUC-JP, by a byte alone (below 256) or by two: what
	 * ICU makes of them, once it was asked. NULL: of no other. */
	struct code *codes;
	/* Scratch: what ICU gave, and where each unit came from. */
	UChar units[UNITS];
	int32_t origins[UNITS];
};

/* A character as UTF-8: its bytes, and how many. */
struct code {
	char utf8[3];
	uint8_t n;
};
/* n of those that have none: ICU was not asked; it is to decode them. */
enum { CODES = 1 << 16, CODE_ASK = 0, CODE_NONE = 4 };

/* Where decoded text and the news of it go. */
struct outlet {
	struct buf *buf;
	void (*origin)(void *, size_t, uint64_t, int);
	void *ctx;
};

/* Stops at what does not decode; ICU's default would put U+FFFD there. */
static int
stop_at_errors(UConverter *icu)
{
	UErrorCode ec = U_ZERO_ERROR;

	ucnv_setToUCallBack(
	    icu, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &ec);
	return U_FAILURE(ec) ? -1 : 0;
}

static bool
is_eucjp(const UConverter *icu)
{
	UErrorCode ec = U_ZERO_ERROR, ec2 = U_ZERO_ERROR;
	const char *name = ucnv_getName(icu, &ec);
	const char *mime = ucnv_getStandardName(name, "MIME", &ec2);

	return U_SUCCESS(ec) && U_SUCCESS(ec2) && mime != NULL &&
	    strcmp(mime, "EUC-JP") == 0;
}

int
decoder_open(struct decoder **out, const char *name, struct err *err)
{
	UErrorCode ec = U_ZERO_ERROR;
	UConverter *icu = ucnv_open(encoding_converter(name), &ec);

	*out = NULL;
	if (U_FAILURE(ec) || icu == NULL) {
		encoding_unknown(name, err);
		return -1;
	}
	if (stop_at_errors(icu) == -1) {
		ucnv_close(icu);
		fail(err, "encoding \"%s\": cannot be made strict", name);
		return -1;
	}
	*out = mem_alloc(sizeof(**out));
	(*out)->icu = icu;
	(*out)->width = ucnv_getMinCharSize(icu);
	name = ucnv_getName(icu, &ec);
	(*out)->ibm_controls = strcmp(name, CP932) == 0;
	if ((*out)->ibm_controls || is_eucjp(icu))
		(*out)->codes = mem_alloc(CODES * sizeof(struct code));
	return 0;
}

void
decoder_by_icu(struct decoder *d)
{
	free(d->codes);
	d->codes = NULL;
}

void
decoder_close(struct decoder *d)
{
	if (d == NULL)
		return;
	ucnv_close(d->icu);
	free(d->codes);
	free(d);
}

/* IBM's code pages rotate SUB, FS and DEL; Windows and this decoder do not. */
static UChar
plain_control(UChar u)
{
	return u == 0x1c ? 0x1a : u == 0x7f ? 0x1c : u == 0x1a ? 0x7f : u;
}

/* The character that unit u ends, or nothing where it is half of one. */
static void
put_unit(struct decoder *d, UChar u, struct buf *b)
{
	uint32_t c = u;

	if (U16_IS_LEAD(u)) {
		d->lead = u;
		return;
	}
	if (U16_IS_TRAIL(u) && d->lead != 0)
		c = (uint32_t)U16_GET_SUPPLEMENTARY(d->lead, u);
	else if (d->ibm_controls)
		c = plain_control(u);
	d->lead = 0;
	b->len += utf8_put(c, b->at + b->len);
}

/* Appends the first n units as UTF-8. */
static void
put_units(struct decoder *d, size_t n, const struct outlet *o)
{
	const UChar *u = d->units;
	const int32_t *off = d->origins;

	if (n > 0 && off[0] >= 0 && d->lead == 0 && o->origin != NULL)
		o->origin(o->ctx, o->buf->len, d->fed + (uint64_t)off[0], -1);
	buf_room(o->buf, n * 3 + 4);
	for (size_t i = 0; i < n; i++) {
		put_unit(d, u[i], o->buf);
		if (u[i] == '\n' && o->origin != NULL)
			o->origin(o->ctx, o->buf->len,
			    d->fed + (uint64_t)(off[i] + d->width), -1);
	}
}

/* One BAD_BYTE for each byte that ICU gave up on; they end before end. */
static void
put_bad(struct decoder *d, uint64_t end, const struct outlet *o)
{
	UErrorCode ec = U_ZERO_ERROR;
	char bytes[32];
	int8_t n = sizeof(bytes);

	ucnv_getInvalidChars(d->icu, bytes, &n, &ec);
	if (U_FAILURE(ec) || n <= 0)
		n = 1;
	for (int8_t i = 0; i < n; i++) {
		if (o->origin != NULL)
			o->origin(o->ctx, o->buf->len, end - (uint64_t)(n - i),
			    (unsigned char)bytes[i]);
		buf_addc(o->buf, BAD_BYTE);
	}
	d->lead = 0;
}

/* Asks ICU, which is between two characters. Only what is one unit, and what
 * needs no more care than that, gets an entry of its own. */
static struct code
ask(struct decoder *d, const unsigned char *at, size_t n)
{
	const char *from = (const char *)at, *end = from + n;
	UErrorCode ec = U_ZERO_ERROR;
	UChar units[4], *u = units;
	struct code code = {.n = CODE_NONE};

	ucnv_toUnicode(d->icu, &u, units + 4, &from, end, NULL, false, &ec);
	if (U_SUCCESS(ec) && u == units + 1 && from == end &&
	    ucnv_toUCountPending(d->icu, &ec) == 0 &&
	    !U16_IS_SURROGATE(units[0]) &&
	    (!d->ibm_controls || plain_control(units[0]) == units[0]))
		code.n = (uint8_t)utf8_put(units[0], code.utf8);
	ucnv_resetToUnicode(d->icu);
	return code;
}

static const struct code *
learn(struct decoder *d, struct code *code, const unsigned char *at, size_t n)
{
	if (code->n == CODE_ASK)
		*code = ask(d, at, n);
	return code->n == CODE_NONE ? NULL : code;
}

/* The character of n bytes; NULL: let ICU decode them. */
static inline const struct code *
code_of(struct decoder *d, const unsigned char *at, size_t n)
{
	struct code *code = &d->codes[n == 1 ? at[0] : at[0] << 8 | at[1]];

	return code->n != CODE_ASK && code->n < CODE_NONE ?
	    code :
	    learn(d, code, at, n);
}

/* All four bytes at once, of which those behind n do not count. */
static inline char *
put_code(const struct code *c, char *to)
{
	memcpy(to, c, sizeof(*c));
	return to + c->n;
}

/* Decodes from a character's first byte on what the codes know; returns where
 * it stopped. */
static const char *
feed_codes(struct decoder *d, struct span in, const struct outlet *o)
{
	const unsigned char *from = (const unsigned char *)in.at, *at = from;
	const unsigned char *end = from + in.len;
	char *to = buf_room(o->buf, in.len * 3 + 4), *begin = to;
	const size_t before = o->buf->len;

	if (o->origin != NULL && in.len > 0)
		o->origin(o->ctx, before, d->fed, -1);
	while (at < end) {
		const bool wide = at[0] >= 0x80 && end - at >= 2;
		const struct code *c = wide ? code_of(d, at, 2) : NULL;

		if (c != NULL) {
			to = put_code(c, to);
			at += 2;
			continue;
		}
		if ((c = code_of(d, at, 1)) == NULL)
			break;
		to = put_code(c, to);
		if (*at++ == '\n' && o->origin != NULL)
			o->origin(o->ctx, before + (size_t)(to - begin),
			    d->fed + (uint64_t)(at - from), -1);
	}
	o->buf->len += (size_t)(to - begin);
	d->fed += (uint64_t)(at - from);
	return (const char *)at;
}

/* Decodes all of it by ICU, which keeps what begins a character. */
static void
feed_icu(struct decoder *d, struct span in, bool flush, const struct outlet *o)
{
	const char *at = in.at, *end = in.at + in.len;
	UErrorCode ec = U_BUFFER_OVERFLOW_ERROR;

	while (U_FAILURE(ec)) {
		const char *from = at;
		UChar *u = d->units;

		ec = U_ZERO_ERROR;
		ucnv_toUnicode(d->icu, &u, d->units + UNITS, &at, end,
		    d->origins, flush, &ec);
		put_units(d, (size_t)(u - d->units), o);
		d->fed += (uint64_t)(at - from);
		if (U_FAILURE(ec) && ec != U_BUFFER_OVERFLOW_ERROR)
			put_bad(d, d->fed, o);
	}
}

/* Is ICU between two characters? */
static bool
is_between(const struct decoder *d)
{
	UErrorCode ec = U_ZERO_ERROR;

	return d->lead == 0 && ucnv_toUCountPending(d->icu, &ec) == 0;
}

/* Bytes up to behind one that is no part of a longer character in any of these
 * encodings: what ICU takes back of a broken one is then all there. */
static size_t
to_boundary(const char *at, const char *end)
{
	size_t n = 0;

	while (at + n < end && (unsigned char)at[n] >= 0x30)
		n++;
	return at + n < end ? n + 1 : n;
}

void
decoder_feed(struct decoder *d, struct span in, bool flush, struct buf *out,
    void (*origin)(void *, size_t, uint64_t, int), void *ctx)
{
	const struct outlet o = {out, origin, ctx};
	const char *at = in.at, *end = in.at + in.len;

	while (d->codes != NULL && at < end) {
		if (is_between(d))
			at = feed_codes(
			    d, (struct span){at, (size_t)(end - at)}, &o);
		if (at < end) {
			size_t n = to_boundary(at, end);

			feed_icu(d, (struct span){at, n}, false, &o);
			at += n;
		}
	}
	feed_icu(d, (struct span){at, (size_t)(end - at)}, flush, &o);
}

/* The bytes that units take; a scratch buffer is filled and forgotten. */
static uint64_t
encoded_length(UConverter *icu, const UChar *u, const UChar *end)
{
	uint64_t total = 0;
	UErrorCode ec = U_BUFFER_OVERFLOW_ERROR;
	char bytes[512];

	while (ec == U_BUFFER_OVERFLOW_ERROR) {
		char *b = bytes;

		ec = U_ZERO_ERROR;
		ucnv_fromUnicode(
		    icu, &b, bytes + sizeof(bytes), &u, end, NULL, false, &ec);
		total += (uint64_t)(b - bytes);
	}
	return total;
}

uint64_t
decoder_length(struct decoder *d, struct span text)
{
	enum { ROOM = 512 };
	uint64_t total = 0;
	size_t i = 0;
	UChar units[ROOM];

	if (text.len == 0)
		return 0;
	ucnv_resetFromUnicode(d->icu);
	while (i < text.len) {
		size_t n = 0;

		while (i < text.len && n + 2 <= ROOM) {
			int32_t c = next_point(text, &i);

			if (c < 0) {
				total++; /* a bad byte is one byte */
			} else if (c < 0x10000) {
				units[n++] = (UChar)c;
			} else {
				units[n++] = U16_LEAD(c);
				units[n++] = U16_TRAIL(c);
			}
		}
		total += encoded_length(d->icu, units, units + n);
	}
	return total;
}

/* Detection. */

struct mark {
	const char *bytes;
	size_t len;
	const char *name;
};

/* The longer mark first where one begins another. */
static const struct mark marks[] = {
    {"\xef\xbb\xbf", 3, "UTF-8"},
    {"\xff\xfe\0\0", 4, "UTF-32LE"},
    {"\0\0\xfe\xff", 4, "UTF-32BE"},
    {"\xff\xfe", 2, "UTF-16LE"},
    {"\xfe\xff", 2, "UTF-16BE"},
};

static const struct mark *
mark_of(struct span s)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (span_starts(s, (struct span){marks[i].bytes, marks[i].len}))
			return &marks[i];
	return NULL;
}

/* Seven bits only, and an escape that leaves ASCII. */
static bool
is_iso2022jp(struct span s)
{
	static const char *const escapes[] = {
	    "\x1b$B", "\x1b$@", "\x1b(I", "\x1b$(D"};

	if (ascii_run((const unsigned char *)s.at, s.len) < s.len)
		return false;
	for (size_t i = 0; i < sizeof(escapes) / sizeof(*escapes); i++)
		if (memmem(s.at, s.len, escapes[i], strlen(escapes[i])) != NULL)
			return true;
	return false;
}

/* How a sample looks in an encoding; all counts are of characters. */
struct looks {
	size_t broken;  /* sequences that do not decode */
	size_t strange; /* controls above ASCII, private, unassigned */
	size_t rare;    /* assigned, but unusual in Japanese text */
	size_t kana;    /* full-width ones */
	size_t wide;    /* all above ASCII */
	bool nul;       /* a control that UTF-16 is full of */
};

/* A sample that was cut may end within a character of up to four bytes. */
static bool
cut_tail(struct span s, bool whole, size_t at)
{
	return !whole && s.len - at < 4;
}

static struct looks
look_utf8(struct span s, bool whole)
{
	struct looks l = {0};
	size_t at = 0;

	while ((at += utf8_run((struct span){s.at + at, s.len - at})) < s.len) {
		if (cut_tail(s, whole, at))
			break;
		l.broken++;
		for (at++; at < s.len && (s.at[at] & 0xc0) == 0x80;)
			at++;
	}
	return l;
}

/* UTF-8 with characters above ASCII in it, the last of which is cut off. */
static bool
utf8_cut(struct span s)
{
	enum { TWO_KANA = 6 };
	size_t ascii = ascii_run((const unsigned char *)s.at, s.len);

	return look_utf8(s, false).broken == 0 &&
	    utf8_valid(s) - ascii >= TWO_KANA;
}

/*
 * Rows of JIS X 0208 that Japanese text is made of: punctuation, full-width
 * Latin, hiragana, katakana, and the 2,965 kanji of level 1.
 */
static bool
usual_row(unsigned row)
{
	return row == 1 || (row >= 3 && row <= 5) || (row >= 16 && row <= 47);
}

/* Bytes of the character at s (n left); *row: its JIS row, 0: half width. */
static size_t
cp932_step(const unsigned char *s, size_t n, unsigned *row)
{
	unsigned lead = s[0] - (s[0] < 0xe0 ? 0x81u : 0xc1u);

	*row = 0;
	if ((s[0] >= 0xa1 && s[0] <= 0xdf) || n < 2 || s[0] == 0x80 ||
	    s[0] == 0xa0)
		return 1;
	*row = lead * 2 + (s[1] >= 0x9f ? 2 : 1);
	return 2;
}

static size_t
eucjp_step(const unsigned char *s, size_t n, unsigned *row)
{
	*row = 0;
	if (s[0] == 0x8e)
		return n < 2 ? 1 : 2;
	*row = 99;
	if (s[0] == 0x8f)
		return n < 3 ? n : 3;
	*row = s[0] >= 0xa1 ? s[0] - 0xa0u : 99;
	return n < 2 ? 1 : 2;
}

static const struct candidate {
	const char *name;
	size_t (*step)(const unsigned char *, size_t, unsigned *);
} candidates[] = {
    {CP932, cp932_step},
    {"EUC-JP", eucjp_step},
};
#define NCANDIDATES (sizeof(candidates) / sizeof(*candidates))

static void
count_rare(const struct candidate *c, struct span s, struct looks *l)
{
	const unsigned char *p = (const unsigned char *)s.at;
	unsigned row;

	for (size_t i = 0; i < s.len;) {
		if (p[i] < 0x80) {
			l->nul |= p[i] == '\0';
			i++;
			continue;
		}
		i += c->step(p + i, s.len - i, &row);
		l->wide++;
		l->kana += row == 4 || row == 5;
		l->rare += !usual_row(row);
	}
}

/* Sequences that were bad, and characters that no text has; *bad: the text
 * before ends within a bad sequence. */
static void
count_strange(struct span text, bool *bad, struct looks *l)
{
	for (size_t i = 0; i < text.len;) {
		int32_t c = next_point(text, &i);

		if (c < 0) {
			l->broken += !*bad;
			*bad = true;
			continue;
		}
		*bad = false;
		if (c < 0x80)
			continue;
		l->strange += c < 0xa0 || u_charType(c) == U_UNASSIGNED ||
		    u_charType(c) == U_PRIVATE_USE_CHAR;
	}
}

/*
 * What is held against an encoding. A broken sequence weighs as much as many
 * rare characters: EUC-JP read as CP932 is a run of half-width kana, UTF-8
 * read as CP932 is half rare kanji, though both may decode to the last byte.
 */
static size_t
cost(const struct looks *l)
{
	return (l->broken + l->strange) * 8 + l->rare;
}

/* The sequences that are broken weigh least or more: then nothing else that
 * is found will make the encoding the better one. */
static bool
hopeless(const struct looks *l, size_t least)
{
	return l->broken > 0 && cost(l) >= least;
}

/* Decodes the sample piece by piece, of whole characters, and counts. */
static void
count_decoded(
    struct decoder *d, struct span s, bool whole, size_t least, struct looks *l)
{
	enum { PIECE = 16 << 10 };
	struct buf text = {0};
	bool bad = false;

	while (s.len > 0 && !hopeless(l, least)) {
		size_t n = s.len;

		if (n > PIECE)
			n = PIECE + to_boundary(s.at + PIECE, s.at + s.len);
		decoder_feed(d, (struct span){s.at, n}, whole && n == s.len,
		    &text, NULL, NULL);
		count_strange(buf_span(&text), &bad, l);
		buf_reset(&text);
		s = (struct span){s.at + n, s.len - n};
	}
	buf_free(&text);
}

/* least: what another encoding costs. */
static struct looks
look_japanese(
    const struct candidate *c, struct span s, bool whole, size_t least)
{
	struct looks l = {0};
	struct decoder *d;
	struct err err;

	if (decoder_open(&d, c->name, &err) == -1) {
		l.broken = SIZE_MAX / 64;
		return l;
	}
	count_decoded(d, s, whole, least, &l);
	decoder_close(d);
	if (!hopeless(&l, least))
		count_rare(c, s, &l);
	return l;
}

static bool
plausible(const struct looks *l)
{
	return l->broken == 0 && l->strange == 0 && l->rare * 2 <= l->wide &&
	    (!l->nul || l->kana * 4 >= l->wide);
}

/* Not UTF-8 as it stands: CP932, EUC-JP, or UTF-8 with errors. */
static const char *
least_cost(struct span s, bool whole, const struct looks *utf8)
{
	const char *best = "UTF-8", *likely = NULL;
	size_t least = cost(utf8), least_likely = SIZE_MAX;

	for (size_t i = 0; i < NCANDIDATES; i++) {
		struct looks l = look_japanese(&candidates[i], s, whole, least);

		if (plausible(&l) && cost(&l) < least_likely) {
			likely = candidates[i].name;
			least_likely = cost(&l);
		}
		if (cost(&l) < least) {
			best = candidates[i].name;
			least = cost(&l);
		}
	}
	if (likely == NULL && utf8->broken > 0) {
		const char *wide = unmarked_utf16_last(s);

		best = wide != NULL ? wide : best;
	}
	return likely != NULL ? likely : best;
}

const char *
encoding_detect(struct span sample, bool whole, size_t *bom)
{
	return encoding_detect_from(sample, utf8_valid(sample), whole, bom);
}

const char *
encoding_detect_from(struct span sample, size_t valid, bool whole, size_t *bom)
{
	const struct mark *mark = mark_of(sample);
	struct looks utf8 = {0};
	const char *wide;

	*bom = mark == NULL ? 0 : mark->len;
	if (mark != NULL)
		return mark->name;
	if (valid < sample.len)
		utf8 = look_utf8(sample, whole);
	if ((wide = unmarked_utf16(sample, utf8.broken == 0)) != NULL)
		return wide;
	if (is_iso2022jp(sample))
		return "ISO-2022-JP";
	if (utf8.broken == 0 || (whole && utf8_cut(sample)))
		return "UTF-8";
	if (mostly_utf8(sample))
		return "UTF-8";
	if (halfkana_cp932(sample))
		return CP932;
	if (halfkana_eucjp(sample))
		return "EUC-JP";
	return least_cost(sample, whole, &utf8);
}
