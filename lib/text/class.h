/*
 * What ICU says of each code unit, kept in pages of 256 that are filled when
 * a text first needs them: start-up costs nothing, a look-up is one load.
 */
#ifndef OFUKU_TEXT_CLASS_H
#define OFUKU_TEXT_CLASS_H

#include <stdbool.h>
#include <stdint.h>

#include <unicode/unorm2.h>

#include "base/err.h"

enum {
	CLASS_SLOW = 1,   /* normalises to other than one BMP unit */
	CLASS_JOINS = 2,  /* no normalisation boundary before it */
	CLASS_CJK = 4,    /* blanks between two of these are dropped */
	CLASS_BLANK = 8,  /* white space but line breaks */
	CLASS_BREAK = 16, /* line break */
	CLASS_DROP = 32,  /* punctuation, symbol, blank, control */
};

struct class_page {
	uint16_t map[256]; /* its NFKC case folding */
	uint8_t bits[256];
};

struct classes {
	const UNormalizer2 *nfkc_cf, *nfkc;
	struct class_page *pages[256];
};

int classes_open(struct classes *, struct err *);
void classes_close(struct classes *);
/* Fills the page of a unit. */
struct class_page *classes_fill(struct classes *, uint32_t c);
/* Bits of any code point, without the page: for those outside the BMP. */
uint8_t class_of(const struct classes *, uint32_t c);

static inline const struct class_page *
classes_page(struct classes *cs, uint32_t c)
{
	struct class_page *p = cs->pages[c >> 8];

	return p != NULL ? p : classes_fill(cs, c);
}

static inline uint8_t
classes_bits(struct classes *cs, uint16_t c)
{
	return classes_page(cs, c)->bits[c & 0xff];
}

#endif
