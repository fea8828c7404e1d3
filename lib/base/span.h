/*
 * A span is a piece of text that somebody else owns: bytes and a length.
 * Past text/ every span is valid UTF-8; no span is NUL-terminated.
 */
#ifndef OFUKU_BASE_SPAN_H
#define OFUKU_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *at;
	size_t len;
};

/* A span over a string literal, and the two arguments of "%.*s". */
#define SPAN(lit) ((struct span){(lit), sizeof(lit) - 1})
#define SPAN_FMT(s) (int)(s).len, (s).at

static inline struct span
span_of(const char *s)
{
	return (struct span){s, s == NULL ? 0 : strlen(s)};
}

/* Of len bytes, which are few in most names and ids: two overlapping loads of
 * each are faster than a call. */
static inline bool
bytes_eq(const char *a, const char *b, size_t len)
{
	if (len > 32 || len < 4)
		return len == 0 || memcmp(a, b, len) == 0;
	if (len < 8)
		return memcmp(a, b, 4) == 0 &&
		    memcmp(a + len - 4, b + len - 4, 4) == 0;
	if (len <= 16)
		return memcmp(a, b, 8) == 0 &&
		    memcmp(a + len - 8, b + len - 8, 8) == 0;
	return memcmp(a, b, 16) == 0 &&
	    memcmp(a + len - 16, b + len - 16, 16) == 0;
}

static inline bool
span_eq(struct span a, struct span b)
{
	return a.len == b.len && (a.at == b.at || bytes_eq(a.at, b.at, a.len));
}

/* Byte order; a prefix stands before what it begins. */
int span_cmp(struct span, struct span);
static inline bool
span_starts(struct span s, struct span prefix)
{
	return s.len >= prefix.len &&
	    span_eq((struct span){s.at, prefix.len}, prefix);
}
bool span_ends(struct span, struct span suffix);
/* Without ASCII blanks (space, tab, CR, LF) at either end. */
struct span span_trim(struct span);
/* ASCII letters compare alike. */
bool span_caseeq(struct span, struct span);
/* Offset of the first c, or s.len. */
static inline size_t
span_find(struct span s, char c)
{
	const char *at = s.len == 0 ? NULL :
				      (const char *)memchr(s.at, c, s.len);

	return at == NULL ? s.len : (size_t)(at - s.at);
}

#endif
