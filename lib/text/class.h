/*
 * What ICU says of each code unit, kept in cells that are filled when a text
 * first has the unit: start-up costs nothing, a look-up is two loads.
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

/*
 * A unit's NFKC case folding in the low half, its bits above; 0: not filled
 * yet. No unit's cell is 0.
 */
struct class_page {
	uint32_t cell[256];
};

struct classes {
	const UNormalizer2 *nfkc_cf, *nfkc;
	/* Shared by all threads of a process; NULL: not met by this one. */
	struct class_page *pages[256];
};

int classes_open(struct classes *, struct err *);
/* Fills the cell of a unit, which it returns. */
uint32_t classes_fill(struct classes *, uint32_t c);
/* Bits of any code point, without the page: for those outside the BMP. */
uint8_t class_of(const struct classes *, uint32_t c);

/*
 * Is the unit for sure as it is in the plain view, with and without others
 * around it: normalised, case-folded, no blank? Known without ICU, of the
 * units that most Japanese text is made of; a test asks ICU.
 */
static inline bool
unit_is_plain(uint16_t c)
{
	return (c >= 0x3041 && c <= 0x3096) || (c >= 0x4e00 && c <= 0x9fff) ||
	    (c >= 0x30a1 && c <= 0x30fe) || (c >= 0x3001 && c <= 0x3003) ||
	    (c >= 0x3005 && c <= 0x3007) || (c >= 0x300a && c <= 0x3011) ||
	    (c >= 0x2600 && c <= 0x26ff) /* stars and the like */ ||
	    c == 0x309d || c == 0x309e;
}

/* An ASCII letter or digit. */
static inline bool
unit_is_alnum(uint16_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

static inline uint32_t
classes_cell(struct classes *cs, uint32_t c)
{
	struct class_page *p = cs->pages[c >> 8];
	uint32_t cell = p == NULL ?
	    0 :
	    __atomic_load_n(&p->cell[c & 0xff], __ATOMIC_RELAXED);

	return cell != 0 ? cell : classes_fill(cs, c);
}

static inline uint8_t
cell_bits(uint32_t cell)
{
	return (uint8_t)(cell >> 16);
}

static inline uint8_t
classes_bits(struct classes *cs, uint16_t c)
{
	return cell_bits(classes_cell(cs, c));
}

#endif
