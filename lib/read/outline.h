/*
 * Which keys a JSON text begins with: for sniffing documents that are cut
 * off by the sample, or broken. Nothing is parsed and nothing is refused.
 */
#ifndef OFUKU_READ_OUTLINE_H
#define OFUKU_READ_OUTLINE_H

#include "read/format.h"

#define SIGNATURE_PATHS 4

/*
 * Keys that stand together in documents of one kind. A path names a key by
 * those above it, with [] behind an array: "results.items[].type". A * stands
 * for a key of any name; a ~ behind the path wants a string there that runs
 * beyond the sample. An array of documents has the paths of these, too.
 */
struct signature {
	const char *paths[SIGNATURE_PATHS]; /* all; NULL: the end */
	int sure;                           /* what the sniff then returns */
};

/* The surest of n signatures whose paths are all in the sample; 0: none. */
int outline_match(const struct sample *, const struct signature *, size_t n);

#endif
