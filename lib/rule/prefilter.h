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
 * text is always possible. All of one builder are of one memo, which lives
 * until it is finished.
 */
uint32_t prefilter_add(struct prefilter_builder *, struct required_memo *,
    const uint16_t *source, size_t len);
/* The same where its clauses are known; 0: it requires nothing. */
uint32_t prefilter_add_clauses(
    struct prefilter_builder *, const struct required *, size_t n);
/* What is looked for beside the patterns: a pair of units that the folded view
 * of each text has in which a phrase counts. Lives as long as the prefilter. */
void prefilter_phrase(struct prefilter_builder *, const struct fold_pair *);
/* Frees the builder; the arena owns what is returned. glances: prefilter_quiet
 * will be asked, which has a table of its own. */
const struct prefilter *prefilter_finish(
    struct prefilter_builder *, bool glances, struct arena *);

/* Scratch of one thread; {0} is empty. */
struct prefilter_scratch {
	uint64_t *found, *may;
	size_t found_cap, may_cap;
};
void prefilter_scratch_free(struct prefilter_scratch *);
/* Which patterns may match in at[0..len): a bit for each, the scratch's until
 * the next call; prefilter_words are the 64-bit words that they take. */
size_t prefilter_words(const struct prefilter *);
const uint64_t *prefilter_scan(const struct prefilter *, const uint16_t *at,
    size_t len, struct prefilter_scratch *);
bool prefilter_may(const uint64_t *may, uint32_t pattern);
/* The first pattern from from on that may, or end. */
uint32_t prefilter_next(const uint64_t *may, uint32_t from, uint32_t end);
/* May one of n patterns from a number on? */
bool prefilter_may_any(const uint64_t *may, uint32_t pattern, size_t n);
/* Can no pattern match in a text alone? Nor in it and others, as far as it
 * goes: each holds a part of what is required? Unseen: nobody has looked. */
enum quiet { QUIET_UNSEEN, QUIET_NOT, QUIET_ALONE, QUIET_WITH_OTHERS };

enum quiet prefilter_quiet(const struct prefilter *, struct viewer *,
    struct span raw, struct view *plain, struct prefilter_scratch *);
/* What else a look at a text tells. */
struct prefilter_seen {
	bool asked;  /* patterns of the scratch's may can match in it */
	bool phrase; /* the phrase's pair may be in it */
};
/*
 * The same for who tries patterns himself: where some are asked for, plain is
 * the text's view, and what is returned holds if none of them matches.
 */
enum quiet prefilter_ask(const struct prefilter *, struct viewer *,
    struct span raw, struct view *plain, struct prefilter_scratch *,
    struct prefilter_seen *);
/* Does it look for a phrase's pair? */
bool prefilter_has_phrase(const struct prefilter *);
/* Does the pattern require no text? */
bool prefilter_always(const struct prefilter *, uint32_t pattern);
/* Units of the longest text that is looked for. */
size_t prefilter_longest(const struct prefilter *);

#endif
