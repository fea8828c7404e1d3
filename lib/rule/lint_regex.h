/* What `rules check` finds in the source of a regular expression. */
#ifndef OFUKU_RULE_LINT_REGEX_H
#define OFUKU_RULE_LINT_REGEX_H

#include <stdbool.h>

#include "base/span.h"

/*
 * Is a group repeated without end whose inside can match one text in many
 * ways, as in (a+)+ or (.*,)*? Found by its form: what cannot go back
 * (possessive, atomic) is sound.
 */
bool regex_blows_up(struct span source);
/* Does it ask for \b and hold Japanese, which has no such boundaries? */
bool regex_bounds_japanese(struct span source);

#endif
