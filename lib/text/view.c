#include "text/view.h"

#include <stdlib.h>

#include <unicode/utf16.h>

#include "base/mem.h"
#include "text/class.h"
#include "text/utf8.h"
#include "text/viewer.h"

int
viewer_open(struct viewer **out, struct err *err)
{
	struct viewer *v = mem_alloc(sizeof(*v));

	if (classes_open(&v->classes, err) == -1) {
		free(v);
		return -1;
	}
	*out = v;
	return 0;
}

void
viewer_close(struct viewer *v)
{
	if (v == NULL)
		return;
	view_free(&v->norm);
	free(v->segment);
	free(v->work[0].at);
	free(v->work[1].at);
	free(v);
}

void
view_free(struct view *v)
{
	free(v->at);
	free(v->raw);
	*v = (struct view){0};
}

void
viewer_room(struct view *v, size_t n)
{
	size_t cap = v->cap;

	if (n + 1 <= v->cap)
		return;
	v->at = mem_grow(v->at, &cap, n + 1, sizeof(*v->at));
	v->raw = mem_resize(v->raw, cap * sizeof(*v->raw));
	v->cap = cap;
}

static void
segment_add(struct viewer *v, size_t *n, uint32_t c)
{
	v->segment = mem_grow(
	    v->segment, &v->segment_cap, *n + 2, sizeof(*v->segment));
	if (c > 0xffff) {
		v->segment[(*n)++] = U16_LEAD(c);
		v->segment[(*n)++] = U16_TRAIL(c);
	} else {
		v->segment[(*n)++] = (uint16_t)c;
	}
}

static bool
joins(struct viewer *v, uint32_t c)
{
	if (c <= 0xffff)
		return classes_bits(&v->classes, (uint16_t)c) & CLASS_JOINS;
	return !unorm2_hasBoundaryBefore(v->classes.nfkc_cf, (UChar32)c);
}

/*
 * Normalises the segment of raw that begins at byte: its first character and
 * all that join it. All its units map to the segment's first byte. Returns
 * the byte behind it.
 */
static size_t
put_segment(struct viewer *v, struct span raw, size_t byte, struct view *out)
{
	const char *at = raw.at + byte, *end = raw.at + raw.len;
	size_t n = 0, room;
	UErrorCode status = U_ZERO_ERROR;
	int32_t len;

	segment_add(v, &n, utf8_next(&at));
	while (at < end) {
		const char *next = at;
		uint32_t c = utf8_next(&next);

		if (!joins(v, c))
			break;
		segment_add(v, &n, c);
		at = next;
	}
	room = n * 18 + 18; /* the longest NFKC expansion */
	viewer_room(out, out->len + room + raw.len);
	len = unorm2_normalize(v->classes.nfkc_cf, v->segment, (int32_t)n,
	    out->at + out->len, (int32_t)room, &status);
	for (int32_t i = 0; U_SUCCESS(status) && i < len; i++)
		out->raw[out->len + (size_t)i] = (uint32_t)byte;
	if (U_SUCCESS(status))
		out->len += (size_t)len;
	return (size_t)(at - raw.at);
}

/* Takes back what the character that begins at byte has given. */
static void
unput(struct view *out, size_t byte)
{
	while (out->len > 0 && out->raw[out->len - 1] >= byte)
		out->len--;
}

/* A character that a table look-up cannot settle. */
static size_t
put_slow(struct viewer *v, struct span raw, size_t byte, size_t *last,
    struct view *out)
{
	uint32_t c = utf8_at(raw, byte);

	if (byte > 0 && joins(v, c)) {
		byte = *last;
		unput(out, byte);
	}
	*last = byte;
	return put_segment(v, raw, byte, out);
}

/*
 * The characters from byte on that a table look-up settles; returns the byte
 * behind them. *seen gets their bits.
 */
static size_t
put_fast(struct viewer *v, struct span raw, size_t byte, size_t *last,
    struct view *out, uint8_t *seen)
{
	const char *at = raw.at + byte, *end = raw.at + raw.len, *from = at;
	uint16_t *unit = out->at + out->len;
	uint32_t *map = out->raw + out->len;
	uint8_t bits = 0;

	while (at < end) {
		const char *next = at;
		uint32_t c = utf8_next(&next), cell;

		if (c > 0xffff)
			break;
		cell = classes_cell(&v->classes, c);
		if (cell_bits(cell) & CLASS_SLOW)
			break;
		bits |= cell_bits(cell);
		*unit++ = (uint16_t)cell;
		*map++ = (uint32_t)(at - raw.at);
		from = at;
		at = next;
	}
	*seen |= bits;
	if (unit > out->at + out->len)
		*last = (size_t)(from - raw.at);
	out->len = (size_t)(unit - out->at);
	return (size_t)(at - raw.at);
}

/* NFKC case folding with the map; blanks stay. False: there are none. */
static bool
normalize(struct viewer *v, struct span raw, struct view *out)
{
	size_t byte = 0, last = 0;
	uint8_t seen = 0;

	if (raw.len == 0)
		raw.at = ""; /* no arithmetic on NULL */
	out->len = 0;
	viewer_room(out, raw.len);
	while ((byte = put_fast(v, raw, byte, &last, out, &seen)) < raw.len) {
		byte = put_slow(v, raw, byte, &last, out);
		seen |= CLASS_BLANK; /* maybe */
	}
	out->raw[out->len] = (uint32_t)raw.len;
	return seen & CLASS_BLANK;
}

void
viewer_normalize(struct viewer *v, struct span raw)
{
	normalize(v, raw, &v->norm);
}

static bool
cjk_at(struct viewer *v, const struct view *n, size_t i)
{
	uint16_t c = n->at[i];

	if (U16_IS_LEAD(c) && i + 1 < n->len)
		return class_of(&v->classes,
			   (uint32_t)U16_GET_SUPPLEMENTARY(c, n->at[i + 1])) &
		    CLASS_CJK;
	if (U16_IS_TRAIL(c) && i > 0)
		return class_of(&v->classes,
			   (uint32_t)U16_GET_SUPPLEMENTARY(n->at[i - 1], c)) &
		    CLASS_CJK;
	return classes_bits(&v->classes, c) & CLASS_CJK;
}

size_t
viewer_blanks(struct viewer *v, const struct view *n, size_t i, bool *keep)
{
	size_t j = i;

	while (
	    j < n->len && (classes_bits(&v->classes, n->at[j]) & CLASS_BLANK))
		j++;
	*keep = i == 0 || j == n->len || !cjk_at(v, n, i - 1) ||
	    !cjk_at(v, n, j);
	return j;
}

/* In place: a view that loses blanks only gets shorter. */
void
viewer_squeeze(struct viewer *v, struct view *n)
{
	size_t i = 0, len = 0;

	while (
	    i < n->len && !(classes_bits(&v->classes, n->at[i]) & CLASS_BLANK))
		i++;
	if (i == n->len)
		return;
	/* What viewer_blanks looks back at is not yet overwritten. */
	for (len = i; i < n->len; len++) {
		bool keep;
		size_t j;

		if (!(classes_bits(&v->classes, n->at[i]) & CLASS_BLANK)) {
			n->at[len] = n->at[i];
			n->raw[len] = n->raw[i++];
			continue;
		}
		j = viewer_blanks(v, n, i, &keep);
		if (keep) {
			n->raw[len] = n->raw[i];
			n->at[len] = ' ';
		} else {
			len--;
		}
		i = j;
	}
	n->raw[len] = n->raw[n->len];
	n->len = len;
}

void
view_plain(struct viewer *v, struct span raw, struct view *out)
{
	if (normalize(v, raw, out))
		viewer_squeeze(v, out);
}

size_t
view_points(const struct view *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->len; i++)
		n += !U16_IS_TRAIL(v->at[i]);
	return n;
}

void
utf16_utf8(const uint16_t *at, size_t len, struct buf *out)
{
	for (size_t i = 0; i < len;) {
		uint32_t c = at[i++];

		if (U16_IS_LEAD(c) && i < len && U16_IS_TRAIL(at[i]))
			c = ((c & 0x3ff) << 10 | (at[i++] & 0x3ffu)) + 0x10000;
		out->len += utf8_put(c, buf_room(out, 4));
	}
}

void
text_points(const uint32_t *at, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++)
		out->len += utf8_put(at[i], buf_room(out, 4));
}

void
view_utf8(const struct view *v, struct buf *out)
{
	utf16_utf8(v->at, v->len, out);
}

size_t
view_unit_at(const struct view *v, size_t byte)
{
	size_t lo = 0, hi = v->len;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (v->raw[mid] < byte)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void
text_nfkc(struct viewer *v, struct span s, struct buf *out)
{
	struct view *n = &v->norm;
	size_t len = 0, room;
	UErrorCode status = U_ZERO_ERROR;
	int32_t got;

	for (const char *at = s.at; at < s.at + s.len;)
		segment_add(v, &len, utf8_next(&at));
	room = len * 18 + 18;
	viewer_room(n, room);
	got = unorm2_normalize(v->classes.nfkc, v->segment, (int32_t)len, n->at,
	    (int32_t)room, &status);
	if (U_SUCCESS(status))
		utf16_utf8(n->at, (size_t)got, out);
}
