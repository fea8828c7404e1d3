/*
 * Reports (SPEC section 7): tables of judgements. A report is one file here
 * and one line in reports.def: its columns and the function that gives rows.
 */
#ifndef OFUKU_REPORT_REPORT_H
#define OFUKU_REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "judge/judge.h"
#include "report/table.h"

/* What each row says of the run. */
struct report_run {
	struct span rules; /* first 12 digits of the hash */
	struct span engine;
};

struct report {
	const char *name;
	const char *help;
	const char *const *columns;
	size_t ncolumns;
	bool of_exchanges;     /* a conversation without one gives no row */
	bool of_conversations; /* a row each, with what there is in all */
	/* Rows of one judgement, appended to the table's buffer. */
	void (*rows)(struct table *, const struct report_run *,
	    const struct judgement *);
	/*
	 * For a report over all judgements (agents): state is made by begin,
	 * fed by add in any order, written by end and freed by drop, whether or
	 * not end was called. add copies what it keeps but for the policy.
	 * All NULL where rows does it.
	 */
	void *(*begin)(void);
	void (*add)(void *state, const struct judgement *);
	void (*end)(void *state, struct table *, const struct report_run *);
	/* What another state was fed counts here, too. */
	void (*join)(void *state, const void *other);
	void (*drop)(void *state);
};

extern const struct report *const reports[];
extern const size_t nreports;
const struct report *report_named(const char *name);

#endif
