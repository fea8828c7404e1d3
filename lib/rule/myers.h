/*
 * Edit distances of a pattern of code points against a text, bit-parallel:
 * G. Myers, "A fast bit-vector algorithm for approximate string matching
 * based on dynamic programming", J. ACM 46 (1999), in blocks of 64 rows as
 * H. Hyyrö gives it (2003). Patterns may be of any length.
 */
#ifndef OFUKU_RULE_MYERS_H
#define OFUKU_RULE_MYERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct myers; /* a pattern's tables, immutable */

/* One 64-row block of a column: where it steps up, and where down. */
struct myers_block {
	uint64_t up, down;
};

/* A worker's column; {0} is ready, myers_column_free gives it back. */
struct myers_column {
	struct myers_block *at;
	size_t cap;
};

/* n is 1 or more; points is copied. */
struct myers *myers_new(struct arena *, const uint32_t *points, size_t n);
/*
 * best[j], for j from 0 to n: the least distance of the pattern and any
 * substring of text that ends before point j.
 */
void myers_ends(const struct myers *, struct myers_column *,
    const uint32_t *text, size_t n, uint32_t *best);
/*
 * exact[k], for k from 0 to most: the distance of the pattern and the k
 * points of text before end. most is at most end.
 */
void myers_starts(const struct myers *, struct myers_column *,
    const uint32_t *text, size_t end, size_t most, uint32_t *exact);
void myers_column_free(struct myers_column *);

#endif
