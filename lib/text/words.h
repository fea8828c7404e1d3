/*
 * Words: the segments of ICU's word break iterator for Japanese over the
 * plain view (dictionary segmentation; Unicode UAX 29 elsewhere).
 */
#ifndef OFUKU_TEXT_WORDS_H
#define OFUKU_TEXT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "text/view.h"

/* Boundaries in units, ascending: 0 first, the view's length last. */
struct words {
	uint32_t *at;
	size_t n; /* boundaries; words are one fewer */
	size_t cap;
};

/* A worker's iterator, primed: an iterator's first use can cut differently. */
struct cutter;

int cutter_open(struct cutter **, struct err *);
void cutter_close(struct cutter *);
int words_cut(
    struct cutter *, const struct view *plain, struct words *, struct err *);
void words_free(struct words *);
/* Is unit on a boundary? */
bool words_boundary(const struct words *, size_t unit);
/* Index of the word that holds unit (the last word for the end). */
size_t words_index(const struct words *, size_t unit);

#endif
