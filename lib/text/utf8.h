/* Stepping through UTF-8 that is known to be valid. */
#ifndef OFUKU_TEXT_UTF8_H
#define OFUKU_TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* The code point at *at, which is moved behind it. */
static inline uint32_t
utf8_next(const char **at)
{
	const unsigned char *p = (const unsigned char *)*at;

	if (p[0] < 0x80) {
		*at += 1;
		return p[0];
	}
	if (p[0] < 0xe0) {
		*at += 2;
		return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	}
	if (p[0] < 0xf0) {
		*at += 3;
		return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 |
		    (p[2] & 0x3fu);
	}
	*at += 4;
	return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 |
	    (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
}

/* Where the character before byte begins; byte is not 0. */
static inline size_t
utf8_before(struct span s, size_t byte)
{
	do {
		byte--;
	} while (byte > 0 && ((unsigned char)s.at[byte] & 0xc0) == 0x80);
	return byte;
}

/* The code point at a byte, 0 at the end. */
static inline uint32_t
utf8_at(struct span s, size_t byte)
{
	const char *at = s.at + byte;

	return byte >= s.len ? 0 : utf8_next(&at);
}

/* Appends to 4 bytes at out; returns how many. */
static inline size_t
utf8_put(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

#endif
