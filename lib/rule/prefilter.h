/*
 * One look at a text says which patterns can match in it at all: the texts
 * that each requires (rule/required.h) are looked for at once, over the units
 * of the plain view. Immutable.
 */
#ifndef OFUKU_RULE_PREFILTER_H
#define OFUKU_RULE_PREFILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "rule/required.h"
#include "text/view.h"

struct prefilter;
struct prefilter_builder;

struct prefilter_builder *prefilter_begin(struct viewer *);
/*
 * Adds a normalised pattern; returns its number, from 0. One that requires no
 * text is always possible.
 */
uint32_t prefilter_add(struct prefilter_builder *, struct required_memo *,
    const uint16_t *source, size_t len);
/* The same where it has been looked at already; NULL: it requires nothing.
 * All of one builder are of one memo, which lives until it is finished. */
uint32_t prefilter_add_required(
    struct prefilter_builder *, const struct required *);
/* Frees the builder; the arena owns what is returned. glances: prefilter_quiet
 * will be asked, which has a table of its own. */
const struct prefilter *prefilter_finish(
    struct prefilter_builder *, bool glances, struct arena *);

/* 64-bit words that hold what a scan finds. */
size_t prefilter_words(const struct prefilter *);
/* Sets in bits what was found in at[0..len). */
void prefilter_scan(
    const struct prefilter *, const uint16_t *at, size_t len, uint64_t *bits);
/* Scratch of one thread with one prefilter; {0} is empty. */
struct prefilter_scratch {
	struct view plain;
	uint64_t *bits;
	size_t cap;
};
void prefilter_scratch_free(struct prefilter_scratch *);
/* Can no pattern match in the raw text? */
bool prefilter_quiet(const struct prefilter *, struct viewer *, struct span raw,
    struct prefilter_scratch *);
/* Does the pattern require no text? */
bool prefilter_always(const struct prefilter *, uint32_t pattern);
/* Units of the longest text that is looked for. */
size_t prefilter_longest(const struct prefilter *);

/* May the pattern match? All its sets must have been found. */
static inline bool
prefilter_may(const uint64_t *bits, uint32_t pattern)
{
	const uint64_t all = ((uint64_t)1 << REQUIRED_SETS) - 1;
	unsigned shift = pattern % (64 / REQUIRED_SETS) * REQUIRED_SETS;

	return (bits[pattern / (64 / REQUIRED_SETS)] >> shift & all) == all;
}

#endif
