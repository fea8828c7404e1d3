/*
 * The first look at a text, which is enough for most: of each clause one set
 * of the texts that it requires, and of each of these its rarest four units in
 * a row, or what it has, blanks left out. Where none of these windows stands
 * in a text, or something barred (rule/bar.h) behind each, no pattern matches.
 * What a phrase is told by (struct fold_pair) is looked for, too. Immutable.
 */
#ifndef OFUKU_RULE_FIRSTLOOK_H
#define OFUKU_RULE_FIRSTLOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/span.h"
#include "rule/required.h"
#include "text/class.h"

enum { LITERAL_UNITS = REQUIRED_UNITS * 2 };

/* A text that is looked for, as the plain view has it. */
struct literal {
	uint16_t at[LITERAL_UNITS];
	uint16_t len;
	uint32_t set; /* that it is of */
	uint32_t bar; /* where its texts begin among those of all bars */
};

struct firstlook;
struct prefilter;
struct viewer;

/* Of literals in the order of their sets, and of the prefilter's phrase; puts
 * the set of each clause that is looked for in front. NULL: one is of blanks
 * alone, so that a first look tells nothing. The arena owns what is returned,
 * and the prefilter. */
const struct firstlook *firstlook_new(const struct literal *, size_t n,
    struct prefilter *, struct viewer *, struct arena *);
/* False: there may be something, and another look is needed. */
bool firstlook_nothing(
    const struct firstlook *, struct classes *, struct span raw);

#endif
