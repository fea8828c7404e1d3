/*
 * Exports overlap: what of a conversation, as it is read now, had not been
 * read before. Utterances are the same by speaker, time and text; one without a
 * time by what stands before it.
 */
#ifndef OFUKU_TALK_OVERLAP_H
#define OFUKU_TALK_OVERLAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "talk/conversation.h"
#include "text/zone.h"

struct overlap {
	struct arena *arena;     /* for scratch */
	const struct zone *zone; /* of clocks without one */
};

/*
 * What of c old lacks, both with a wall clock and by time, goes to out, which
 * has room for c->n; how many. Each utterance counts as often as it stands in
 * either; but where the one begins at the very time at which the other ends,
 * and not with all that the other has of it, they were cut there, and what
 * both have was said twice.
 */
size_t overlap_by_clock(const struct overlap *, const struct conversation *old,
    const struct conversation *c, const struct utterance **out);
/* What one input has of c. */
struct conversation overlap_piece(
    const struct overlap *, const struct conversation *c, struct span source);
/*
 * The same where c holds what several inputs have of one conversation, which
 * may overlap each other, too: those of its sources in the order they were
 * read in.
 */
size_t overlap_by_clock_of(const struct overlap *,
    const struct conversation *old, const struct conversation *c,
    const struct span *sources, size_t nsources, const struct utterance **out);
/*
 * The same without a clock, where c is what a file holds now: *found. False:
 * c neither goes on where old ends nor lies at its end; it is another one.
 */
bool overlap_by_order(const struct overlap *, const struct conversation *old,
    const struct conversation *c, const struct utterance **out, size_t *found);

#endif
