/*
 * --fresh: how old the newest utterance of a run is. An export that stopped,
 * or that goes on with what is old, must not look like a clean night.
 */
#ifndef OFUKU_FRESH_H
#define OFUKU_FRESH_H

#include "run.h"

/* The newest of the clocks with a zone, and of those without. */
struct newest {
	struct moment zoned, naive;
};

/* now_ms: what is more than a day behind it is a clock gone wrong, and not
 * counted; 0: all is. */
void newest_add(struct newest *, const struct conversation *, int64_t now_ms);
bool newest_counts(struct moment, int64_t now_ms);
void newest_join(struct newest *, const struct newest *);

/* now: NULL for the system's clock, else RFC 3339. */
int fresh_now(const char *now, const struct run *, int64_t *ms, struct err *);
/* Says so, as an error, where the newest is more than limit seconds before
 * now, or there is none. */
void fresh_check(
    struct run *, const struct newest *, uint64_t limit, int64_t now_ms);

#endif
