/*
 * The table of rejected records (--rejects), and how many are too many: what
 * every command has that reads transcripts to make something of them.
 */
#ifndef OFUKU_REJECTS_H
#define OFUKU_REJECTS_H

#include "report/output.h"
#include "report/table.h"
#include "run.h"

struct rejects {
	const struct disguise *disguise; /* of excerpts and reasons */
	struct output *output;
	struct table table;
	struct buf rows;
};

/* The struct must not move until rejects_close. */
int rejects_open(struct rejects *, const struct run *, const char *path,
    const struct table_style *, const struct output_encoding *, struct err *);
/* One that run_reject tells of. */
int rejects_add(struct rejects *, struct span source, uint64_t line,
    uint64_t byte, const char *reason, struct span excerpt, struct err *);
int rejects_commit(struct rejects *, struct err *);
/* Frees; drops what was not committed. */
void rejects_close(struct rejects *);

/* More than max, or, where percent is above 0, than this share of all? */
bool rejects_too_many(
    const struct ofuku_counts *, uint64_t max, double percent);

#endif
