#include "read/mould.h"

#include <stdatomic.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* What a head says. */
#define HEAD_FIELDS \
	(1u << UTTERANCE_CONVERSATION | 1u << UTTERANCE_SPEAKER | \
	    1u << UTTERANCE_ROLE)

/* The first byte that ends a string or that only a parser reads: a quote, a
 * backslash, a control character. Behind end nothing is promised. */
static const char *
to_special(const char *at, const char *end)
{
#ifdef __SSE2__
	const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\');
	const __m128i control = _mm_set1_epi8(0x1f);

	for (; at < end; at += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)at);
		__m128i is = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(v, quote),
					      _mm_cmpeq_epi8(v, slash)),
		    _mm_cmpeq_epi8(_mm_min_epu8(v, control), v));
		unsigned bits = (unsigned)_mm_movemask_epi8(is);

		if (bits != 0)
			return at + __builtin_ctz(bits);
	}
	return end;
#else
	while (
	    at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
		at++;
	return at;
#endif
}

static const char *
over_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
		at++;
	return at;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A number as it is written: digits before its point, and behind it. */
struct digits {
	uint64_t all;
	ptrdiff_t before, behind; /* 0: it has no point */
};

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

/* How many of eight bytes are digits, up to the first that is none. */
static inline unsigned
count_digits(uint64_t bytes)
{
	const uint64_t values = bytes ^ EIGHT('0');
	const uint64_t others = (values | (values + EIGHT(0x7f - 9))) &
	    EIGHT(0x80);

	return others == 0 ? 8 : (unsigned)__builtin_ctzll(others) / 8;
}

/* The number of eight digits, the first one in the lowest byte: by two, by
 * four, all. */
static inline uint64_t
eight_digits(uint64_t bytes)
{
	uint64_t n = bytes & EIGHT(0x0f);

	n = (n * (1 + (10 << 8))) >> 8 & UINT64_C(0x00ff00ff00ff00ff);
	n = (n * (1 + (100 << 16))) >> 16 & UINT64_C(0x0000ffff0000ffff);
	return (n * (1 + (UINT64_C(10000) << 32))) >> 32;
}

/*
 * Seconds as most writers have them, up to four digits, a point and three, at
 * once; NULL: it is another number. The digits come to stand as eight, the last
 * one in the highest byte, without the point.
 */
static inline const char *
read_seconds(const char *at, int64_t *thousandths)
{
	uint64_t bytes, points, before, behind;
	unsigned n;

	memcpy(&bytes, at, sizeof(bytes));
	points = bytes ^ EIGHT('.');
	points = (points - EIGHT(1)) & ~points & EIGHT(0x80);
	n = points == 0 ? 0 : (unsigned)__builtin_ctzll(points) / 8;
	if (n == 0 || n > 4 || (*at == '0' && n > 1) || is_digit(at[n + 4]))
		return NULL;
	bytes = (bytes ^ EIGHT('0')) << 8 * (4 - n);
	before = bytes << 8 & UINT64_C(0x000000ffffffff00);
	behind = bytes & UINT64_C(0xffffff0000000000);
	bytes = before | behind;
	if (((bytes + EIGHT(0x7f - 9)) | bytes) & EIGHT(0x80))
		return NULL;
	*thousandths = (int64_t)eight_digits(bytes);
	return at + n + 4;
}

/* One of up to seven digits at once; NULL: it is another. */
static inline const char *
read_short(const char *at, struct digits *d)
{
	uint64_t bytes;
	unsigned n, all;

	memcpy(&bytes, at, sizeof(bytes));
	all = n = count_digits(bytes);
	if (n == 0 || n == 8)
		return NULL;
	if ((bytes >> 8 * n & 0xff) == '.') {
		/* The point is taken out. */
		bytes = (bytes & ((UINT64_C(1) << 8 * n) - 1)) |
		    bytes >> 8 >> 8 * n << 8 * n;
		all = count_digits(bytes);
		if (all == n || (all == 7 && is_digit(at[8])))
			return NULL;
	}
	d->all = eight_digits(bytes << (64 - 8 * all));
	d->before = n;
	d->behind = all - n;
	return at + all + (all > n);
}
#else
static inline const char *
read_seconds(const char *at, int64_t *thousandths)
{
	(void)at;
	(void)thousandths;
	return NULL;
}

static inline const char *
read_short(const char *at, struct digits *d)
{
	(void)at;
	(void)d;
	return NULL;
}
#endif

/* NULL: it is none. Of too many digits, d->all is anything. */
static const char *
read_long(const char *at, const char *end, struct digits *d)
{
	const char *from = at, *point = NULL;

	d->all = 0;
	for (; at < end; at++) {
		if (is_digit(*at))
			d->all = d->all * 10 + (uint64_t)(*at - '0');
		else if (*at == '.' && point == NULL && at > from)
			point = at;
		else
			break;
	}
	if (at == from || (point != NULL && point + 1 == at))
		return NULL;
	d->before = (point != NULL ? point : at) - from;
	d->behind = point != NULL ? at - point - 1 : 0;
	return at;
}

/* Of digits that are not as few as is handy. */
static bool
set_number(const struct digits *d, struct scalar *out)
{
	enum { DIGITS = 15 }; /* that a double surely holds */
	static const double tens[DIGITS + 1] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5,
	    1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

	out->by_thousandths = false;
	if (d->before + d->behind > DIGITS)
		return d->behind > 0 && json_decimal(out->text, &out->number);
	/* Both are exact, so that their quotient is the nearest double. */
	out->number = (double)d->all / tens[d->behind];
	return true;
}

/* A number without sign and exponent; NULL: it is another, or none. What stands
 * behind end can be read. */
static const char *
read_other_number(const char *from, const char *end, struct scalar *out)
{
	static const int64_t thousand[] = {1000, 100, 10, 1};
	struct digits d;
	const char *at = read_short(from, &d);

	if (at == NULL)
		at = read_long(from, end, &d);
	if (at == NULL || at > end || (from[0] == '0' && d.before > 1))
		return NULL;
	out->text = (struct span){from, (size_t)(at - from)};
	if (d.before <= 12 && d.behind <= 3) {
		out->by_thousandths = true;
		out->thousandths = (int64_t)d.all * thousand[d.behind];
	} else if (!set_number(&d, out)) {
		return NULL;
	}
	if (d.behind > 0)
		out->text.len = 0;
	return at;
}

static inline const char *
read_number(const char *from, const char *end, struct scalar *out)
{
	const char *at = read_seconds(from, &out->thousandths);

	out->type = JSON_NUMBER;
	if (at == NULL)
		return read_other_number(from, end, out);
	out->by_thousandths = true;
	out->text.len = 0;
	return at <= end ? at : NULL;
}

/* What stands for a character behind a backslash; 0: only a parser knows. */
static char
unescaped(char c)
{
	switch (c) {
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case 'r':
		return '\r';
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case '"':
	case '\\':
	case '/':
		return c;
	default:
		return '\0';
	}
}

/* Goes on behind the first backslash; the string comes to stand in room. */
static const char *
read_escaped(const char *from, const char *at, const char *end,
    struct buf *room, struct scalar *out)
{
	const size_t begin = room->len;

	/* All strings of the line: none moves while another is read. */
	buf_room(room, room->len == 0 ? (size_t)(end - from) : 0);
	for (; at < end && *at == '\\'; at = to_special(from, end)) {
		char c = unescaped(at[1]);

		if (c == '\0')
			return NULL;
		buf_add(room, (struct span){from, (size_t)(at - from)});
		buf_addc(room, c);
		from = at + 2;
	}
	if (at >= end || *at != '"')
		return NULL;
	buf_add(room, (struct span){from, (size_t)(at - from)});
	out->text = (struct span){room->at + begin, room->len - begin};
	return at;
}

static const char *
read_string(
    const char *at, const char *end, struct buf *room, struct scalar *out)
{
	const char *to = to_special(at, end);

	if (to >= end)
		return NULL;
	out->type = JSON_STRING;
	if (*to == '\\')
		return read_escaped(at, to, end, room, out);
	out->text = (struct span){at, (size_t)(to - at)};
	return *to == '"' ? to : NULL;
}

/* Do n bytes equal those of the mould? Both can be read in whole steps. */
static inline bool
stands_at(const char *at, const char *bytes, size_t n)
{
#ifdef __SSE2__
	__m128i a, b;
	unsigned same;

	for (; n > MOULD_STEP; n -= MOULD_STEP) {
		a = _mm_loadu_si128((const __m128i *)(const void *)at);
		b = _mm_loadu_si128((const __m128i *)(const void *)bytes);
		if (_mm_movemask_epi8(_mm_cmpeq_epi8(a, b)) != 0xffff)
			return false;
		at += MOULD_STEP;
		bytes += MOULD_STEP;
	}
	a = _mm_loadu_si128((const __m128i *)(const void *)at);
	b = _mm_loadu_si128((const __m128i *)(const void *)bytes);
	same = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));
	/* The n lowest bits of it are set. */
	return ((same + 1) & ((1u << n) - 1)) == 0;
#else
	return memcmp(at, bytes, n) == 0;
#endif
}

/* The values of a line that are left, from v up to last, what stands before
 * each among them; NULL: they do not fit. */
static const char *
read_values(const struct mould *m, const struct mould_value *v,
    const struct mould_value *last, const char *at, const char *end,
    struct buf *room, struct scalars *values)
{
	for (; v < last && at != NULL; v++) {
		struct scalar *to = &values->at[v->field];

		if ((size_t)(end - at) < v->len ||
		    !stands_at(at, m->bytes + v->begin, v->len))
			return NULL;
		at += v->len;
		at = v->number ? read_number(at, end, to) :
				 read_string(at, end, room, to);
	}
	return at;
}

/* The voice that has the head of a line; NULL: none has it. */
static const struct mould_voice *
know_voice(struct mould *m, struct span text)
{
	for (unsigned k = 1; k <= MOULD_VOICES; k++) {
		const unsigned i = (m->last + k) % MOULD_VOICES;
		const struct mould_voice *v = &m->voices[i];

		if (v->len == 0 || text.len < v->len ||
		    memcmp(text.at, v->bytes, v->len) != 0)
			continue;
		m->last = i;
		return v;
	}
	return NULL;
}

/* A number that no other voice has, nor had. */
static uint64_t
new_number(void)
{
	static atomic_uint_fast64_t last;

	return atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
}

/* Do all strings of a head stand in it? Escaped ones do not. */
static bool
holds_strings(const struct mould *m, struct span head, const struct scalars *v)
{
	for (unsigned n = 0; n < m->head; n++) {
		const struct span s = v->at[m->values[n].field].text;

		if (s.at < head.at || s.at + s.len > head.at + head.len)
			return false;
	}
	return true;
}

/* Where the string of a field stands in the voice's bytes. */
static struct span
of_voice(const struct mould *m, const struct mould_voice *v, struct span head,
    const struct scalars *values, unsigned field)
{
	struct span s = {0};

	if ((m->set >> field & 1) != 0) {
		s = values->at[field].text;
		s.at = v->bytes + (s.at - head.at);
	}
	return s;
}

/* The head of a line, up to the quote at end, in place of the voice that was
 * met longest ago. NULL: it is none to be known again. */
static const struct mould_voice *
meet_voice(struct mould *m, struct span text, const char *end,
    const struct scalars *values)
{
	const unsigned i = (m->last + 1) % MOULD_VOICES;
	struct mould_voice *v = &m->voices[i];
	const struct span head = {text.at, (size_t)(end + 1 - text.at)};

	if (head.len > MOULD_HEAD || !holds_strings(m, head, values))
		return NULL;
	memcpy(v->bytes, head.at, head.len);
	v->len = (uint16_t)head.len;
	v->who = (struct voice){
	    of_voice(m, v, head, values, UTTERANCE_CONVERSATION),
	    of_voice(m, v, head, values, UTTERANCE_SPEAKER),
	    of_voice(m, v, head, values, UTTERANCE_ROLE), new_number()};
	m->last = i;
	return v;
}

/* Where the values end that say who speaks; NULL: they do not fit. */
static const char *
read_head(struct mould *m, struct span text, const char *end, struct buf *room,
    struct scalars *values, const struct mould_voice **v)
{
	const char *at = read_values(
	    m, m->values, m->values + m->head, text.at, end, room, values);

	if (at != NULL)
		*v = meet_voice(m, text, at, values);
	return at;
}

size_t
mould_fits(
    struct mould *m, struct span text, struct buf *room, struct scalars *values)
{
	const char *end = text.at + text.len, *at = text.at;
	const struct mould_voice *v = m->head > 0 ? know_voice(m, text) : NULL;

	buf_reset(room);
	values->set = m->set;
	if (v != NULL) {
		values->set &= ~HEAD_FIELDS;
		at += v->len - 1;
	} else if (m->head > 0) {
		at = read_head(m, text, end, room, values, &v);
	}
	values->voice = v == NULL ? NULL : &v->who;
	if (at != NULL)
		at = read_values(m, m->values + m->head, m->values + m->n, at,
		    end, room, values);
	if (at == NULL || (size_t)(end - at) < m->len ||
	    !stands_at(at, m->bytes + m->begin, m->len))
		return 0;
	return (size_t)(at - text.at) + m->len;
}

bool
mould_same(const struct mould *a, const struct mould *b)
{
	if (a->n != b->n || a->begin != b->begin || a->len != b->len ||
	    memcmp(a->bytes, b->bytes, (size_t)a->begin + a->len) != 0)
		return false;
	for (unsigned i = 0; i < a->n; i++)
		if (a->values[i].begin != b->values[i].begin ||
		    a->values[i].number != b->values[i].number)
			return false;
	return true;
}

/* Taking one: how far the line is read, and what the next value stands at. */
struct taking {
	struct mould *m;
	const struct read_options *options; /* what keys mean */
	const char *at, *end;
	const char *literal; /* from here to the next value */
};

/* A string at its quote, or whatever else ends with it; NULL: none. */
static const char *
string_end(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		at += *at == '\\';
	return at < end ? at : NULL;
}

static bool
add_value(struct taking *t, unsigned field, const char *begin, bool number)
{
	struct mould *m = t->m;

	if (m->n == MOULD_VALUES ||
	    m->begin + (begin - t->literal) + MOULD_STEP > MOULD_BYTES)
		return false;
	if (field != UTTERANCE_FIELDS && (m->set >> field & 1) != 0)
		field = UTTERANCE_FIELDS;
	if (field != UTTERANCE_FIELDS)
		m->set |= 1u << field;
	m->values[m->n++] = (struct mould_value){
	    .begin = m->begin,
	    .len = (uint16_t)(begin - t->literal),
	    .field = (uint8_t)field,
	    .number = number,
	};
	memcpy(m->bytes + m->begin, t->literal, (size_t)(begin - t->literal));
	m->begin = (uint16_t)(m->begin + (begin - t->literal));
	return true;
}

/* A member's value. true, false and null stay what they are. */
static bool
take_value(struct taking *t, unsigned field)
{
	struct scalar number;
	const char *from = t->at;

	if (*from == '"') {
		t->at = string_end(from, t->end);
		if (t->at == NULL || !add_value(t, field, from + 1, false))
			return false;
		t->literal = t->at++;
		return true;
	}
	if (is_digit(*from)) {
		t->at = read_number(from, t->end, &number);
		if (t->at == NULL || !add_value(t, field, from, true))
			return false;
		t->literal = t->at;
		return true;
	}
	while (t->at < t->end && *t->at >= 'a' && *t->at <= 'z')
		t->at++;
	return t->at > from;
}

static bool
take_member(struct taking *t)
{
	const char *key = over_blanks(t->at, t->end);
	const char *key_end;
	unsigned field;

	if (key == t->end || *key != '"')
		return false;
	key_end = string_end(key, t->end);
	if (key_end == NULL ||
	    memchr(key, '\\', (size_t)(key_end - key)) != NULL)
		return false;
	field = utterance_field(
	    t->options, (struct span){key + 1, (size_t)(key_end - key - 1)});
	t->at = over_blanks(key_end + 1, t->end);
	if (t->at == t->end || *t->at != ':')
		return false;
	t->at = over_blanks(t->at + 1, t->end);
	if (t->at == t->end || !take_value(t, field))
		return false;
	t->at = over_blanks(t->at, t->end);
	return t->at < t->end;
}

/* What says who speaks; where another value of these stands behind others, no
 * head does. */
static unsigned
count_head(const struct mould *m)
{
	unsigned n = 0, told = 0;

	while (n < m->n && !m->values[n].number &&
	    (HEAD_FIELDS >> m->values[n].field & 1) != 0)
		told |= 1u << m->values[n++].field;
	return told == (m->set & HEAD_FIELDS) ? n : 0;
}

bool
mould_take(
    struct mould *m, const struct read_options *options, struct span line)
{
	const char *end = line.at + line.len;
	struct taking t = {.m = m, .options = options, .end = end};

	memset(m, 0, sizeof(*m));
	t.literal = line.at;
	t.at = over_blanks(line.at, end);
	if (t.at == end || *t.at != '{')
		return false;
	do {
		t.at++;
		if (!take_member(&t))
			return false;
	} while (*t.at == ',');
	if (*t.at != '}' || over_blanks(t.at + 1, end) != end ||
	    (m->set >> UTTERANCE_TEXT & 1) == 0 ||
	    m->begin + (end - t.literal) + MOULD_STEP > MOULD_BYTES)
		return false;
	m->len = (uint16_t)(end - t.literal);
	memcpy(m->bytes + m->begin, t.literal, m->len);
	m->head = count_head(m);
	return true;
}
