/*
 * The source of a pattern as PCRE2 is to see it: its literal characters in
 * the form of the view it is matched against (plain, or folded), its escapes,
 * classes, quantifiers and names as they were written.
 */
#ifndef OFUKU_RULE_LITERAL_H
#define OFUKU_RULE_LITERAL_H

#include <stdbool.h>

#include "base/err.h"
#include "base/span.h"
#include "text/view.h"

struct literal_spec {
	struct viewer *viewer;
	const struct fold *fold; /* used where folded */
	bool folded;             /* for the folded view */
	bool all;                /* no character has a meaning */
};

/*
 * Fills out with the source and, for each unit, the byte of source it came
 * from. -1: a character of a class becomes several; *offset is its byte.
 */
int literal_normalize(const struct literal_spec *, struct span source,
    struct view *out, size_t *offset, struct err *);

#endif
