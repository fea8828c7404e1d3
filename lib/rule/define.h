/*
 * Definitions: named pieces of regular expressions, which the patterns of a
 * policy write as (?&name). They are put in as text, before PCRE2 sees it.
 */
#ifndef OFUKU_RULE_DEFINE_H
#define OFUKU_RULE_DEFINE_H

#include "rule/schema.h"

struct definitions {
	struct span *names, *texts; /* texts: written out */
	bool *used;
	size_t n;
};

void read_definitions(
    struct reader *, const struct node *, struct definitions *);
/* Those that no pattern uses: are they sound, and what are they for? */
void check_unused_definitions(
    struct reader *, const struct node *, const struct definitions *);
/*
 * Writes s out, each reference as (?:TEXT); s itself where it has none.
 * False where a reference is unknown or the text too long, which is noted
 * at the node.
 */
bool definitions_write_out(
    struct reader *, const struct node *, struct span s, struct span *out);
/* Where in s that byte of the text written out came from. */
size_t definitions_origin(
    const struct definitions *, struct span s, size_t byte);

#endif
