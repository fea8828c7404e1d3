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

static inline bool
span_eq(struct span a, struct span b)
{
	return a.len == b.len &&
	    (a.len == 0 || a.at == b.at || memcmp(a.at, b.at, a.len) == 0);
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
