/* Character references as the HTML standard reads them (section 13.2.5). */
#include "read/cuetext.h"

#include <stdint.h>

#include "text/utf8.h"

static const struct {
	const char *name, *text;
} entities[] = {
#define X(name, text) {name, text},
#include "read/entities.def"
#undef X
};
enum { NENTITIES = sizeof(entities) / sizeof(*entities) };

/* No name is longer. */
enum { ENTITY_MAX = 40 };

/* What the C1 controls stand for: windows-1252. */
static const uint16_t c1[32] = {
    0x20ac,
    0x81,
    0x201a,
    0x192,
    0x201e,
    0x2026,
    0x2020,
    0x2021,
    0x2c6,
    0x2030,
    0x160,
    0x2039,
    0x152,
    0x8d,
    0x17d,
    0x8f,
    0x90,
    0x2018,
    0x2019,
    0x201c,
    0x201d,
    0x2022,
    0x2013,
    0x2014,
    0x2dc,
    0x2122,
    0x161,
    0x203a,
    0x153,
    0x9d,
    0x17e,
    0x178,
};

static void
put(uint32_t c, struct buf *out)
{
	char text[4];

	if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;
	else if (c >= 0x80 && c <= 0x9f)
		c = c1[c - 0x80];
	buf_add(out, (struct span){text, utf8_put(c, text)});
}

/* The value of a digit, 16 for what is none. */
static uint32_t
digit(char c)
{
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0');
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10 : 16;
}

/* "&#32;", "&#x20;" */
static size_t
number(struct span s, struct buf *out)
{
	size_t i = 2, first;
	uint32_t base = 10, n = 0;

	if (i < s.len && (s.at[i] == 'x' || s.at[i] == 'X')) {
		base = 16;
		i++;
	}
	for (first = i; i < s.len && digit(s.at[i]) < base; i++)
		if (n <= 0x10ffff)
			n = n * base + digit(s.at[i]);
	if (i == first)
		return 0;
	put(n, out);
	return i + (i < s.len && s.at[i] == ';');
}

static const char *
entity(struct span name)
{
	size_t lo = 0, hi = NENTITIES;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = span_cmp(span_of(entities[mid].name), name);

		if (c == 0)
			return entities[mid].text;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return NULL;
}

/* The longest name that stands there. */
static size_t
named(struct span s, struct buf *out)
{
	size_t n = 1;

	while (n < s.len && n < ENTITY_MAX &&
	    (digit(s.at[n]) < 10 || (uint32_t)((s.at[n] | 0x20) - 'a') < 26))
		n++;
	if (n < s.len && s.at[n] == ';')
		n++;
	for (; n > 1; n--) {
		const char *text = entity((struct span){s.at + 1, n - 1});

		if (text != NULL) {
			buf_adds(out, text);
			return n;
		}
	}
	return 0;
}

size_t
charref(struct span s, char stop, struct buf *out)
{
	if (s.len < 2 || (stop != 0 && s.at[1] == stop))
		return 0;
	return s.at[1] == '#' ? number(s, out) : named(s, out);
}
