/*
 * Rows of exchanges that were reported more than once, as an audit with
 * --state reports them where some of a conversation arrives behind its night:
 * of two rows of an exchange the one that is read later counts.
 */
#ifndef OFUKU_LATEST_H
#define OFUKU_LATEST_H

#include "verdicts.h"

struct latest;

struct latest *latest_new(void);
/* NULL is allowed. */
void latest_free(struct latest *);
/* Copies the row. */
void latest_add(struct latest *, const struct verdict *);
/*
 * Visits those that count, in the order in which they were added. An exchange
 * is replaced by one of the same policy, source, conversation and number (and
 * opening, where there is no wall clock), or that another report has of that
 * time and customer. -1: the visitor failed.
 */
int latest_visit(struct latest *,
    int (*visit)(void *, const struct verdict *, struct err *), void *hook,
    struct err *);
/* How many do not count. */
uint64_t latest_replaced(const struct latest *);

#endif
