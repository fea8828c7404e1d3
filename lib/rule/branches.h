/*
 * The alternatives of a regular expression that stand on its outermost level,
 * as texts: each is a pattern of its own, and has texts of its own that it
 * requires (rule/required.h).
 */
#ifndef OFUKU_RULE_BRANCHES_H
#define OFUKU_RULE_BRANCHES_H

#include <stddef.h>

#include "base/span.h"

/*
 * Fills out[0..most) with them, in order; returns how many there are, or 0
 * where they are more, one is empty, or something might reach from one into
 * another: options, names, numbers of groups, quoting. source compiles.
 */
size_t branches_split(struct span source, struct span *out, size_t most);

#endif
