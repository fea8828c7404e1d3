/*
 * One look at a text says which patterns can match in it at all: the texts
 * that each requires (rule/required.h) are looked for at once, by an
 * Aho-Corasick automaton over the units of the plain view. Immutable.
 */
#ifndef OFUKU_RULE_PREFILTER_H
#define OFUKU_RULE_PREFILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/view.h"

struct prefilter;
struct prefilter_builder;

struct prefilter_builder *prefilter_begin(struct viewer *);
/*
 * Adds a normalised pattern; returns its bit. One that requires no text is
 * always possible.
 */
uint32_t prefilter_add(
    struct prefilter_builder *, const uint16_t *source, size_t len);
/* Frees the builder; the arena owns what is returned. */
const struct prefilter *prefilter_finish(
    struct prefilter_builder *, struct arena *);

/* 64-bit words that hold a bit for each pattern. */
size_t prefilter_words(const struct prefilter *);
/* Sets the bits of the patterns that may match in at[0..len). */
void prefilter_scan(
    const struct prefilter *, const uint16_t *at, size_t len, uint64_t *bits);
/* Does the pattern require no text? */
bool prefilter_always(const struct prefilter *, uint32_t bit);

static inline bool
prefilter_bit(const uint64_t *bits, uint32_t bit)
{
	return bits[bit >> 6] >> (bit & 63) & 1;
}

#endif
