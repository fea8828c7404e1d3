/*
 * UTF-16 without a byte order mark. Its sign is the NUL beside each ASCII
 * character, but 一 (U+4E00) and the ideographic space (U+3000) have one on
 * the other side: so units are read both ways and the better reading wins.
 */
#ifndef OFUKU_TEXT_UNMARKED_H
#define OFUKU_TEXT_UNMARKED_H

#include <stdbool.h>

#include "base/span.h"

/*
 * "UTF-16LE", "UTF-16BE", or NULL: it is neither. utf8: it is valid UTF-8,
 * in which a NUL may be a stray one: one unit in forty must have one.
 */
const char *unmarked_utf16(struct span, bool utf8);
/* The same of what no other encoding reads: kana will do, without a NUL. */
const char *unmarked_utf16_last(struct span);

#endif
