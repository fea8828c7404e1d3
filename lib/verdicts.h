/*
 * Exchanges reports read back: what summarize counts and compares. Reports
 * of any number, shard and rule set; a row that stands in two comes once.
 */
#ifndef OFUKU_VERDICTS_H
#define OFUKU_VERDICTS_H

#include "base/map.h"
#include "base/walk.h"
#include "base/watch.h"
#include "judge/judge.h"
#include "ofuku.h"
#include "read/reportrows.h"

/* Columns that are read; those that may be missing stand last. */
enum verdict_column {
	VERDICT_POLICY,
	VERDICT_RULES,
	VERDICT_SOURCE,
	VERDICT_CONVERSATION,
	VERDICT_EXCHANGE,
	VERDICT_VERDICT,
	VERDICT_ENGINE,
	VERDICT_AGENT,
	VERDICT_OPENED_AT,
	VERDICT_DURATION,
	VERDICT_TRIGGERS,
	VERDICT_ROUND_TRIPS,
	VERDICT_FINDINGS,
	VERDICT_EVIDENCE, /* what is behind it tells no two rows apart */
	VERDICT_CUSTOMER,
	VERDICT_CLOSED_AT,
	VERDICT_CLOSED_BY,
	VERDICT_PRESSES,
	VERDICT_REPETITIONS,
	VERDICT_PHRASE_HITS,
	VERDICT_NEAR_MISSES,
	VERDICT_UNANSWERED,
	VERDICT_FIRST_REPLY,
	VERDICT_FIRST_REPLY_TURN,
	VERDICT_SIMILARITY,
	VERDICT_COLUMNS
};

/* A row; its cells hold until the visitor returns. */
struct verdict {
	struct span cells[VERDICT_COLUMNS];
	enum outcome outcome;
	bool doubtful; /* no exchange number */
	bool talk;     /* no exchange, but a finding of a conversation */
	struct value round_trips, duration;
	struct moment opened_at;
	const char *path;
	uint64_t line;
};

/* A rule set that rows were judged by. */
struct rule_set {
	struct span hash;
	struct span first; /* the file that had it first */
	uint64_t rows;
};

struct verdicts {
	bool needed[VERDICT_COLUMNS]; /* by who asks */
	int (*visit)(void *, const struct verdict *, struct err *);
	/* Offered a file that is no exchanges report: true: it is taken. */
	bool (*other)(void *, const struct walked *);
	ofuku_say say;
	void *ctx, *hook;
	struct watch watch;
	struct latest *latest; /* NULL: every row counts */

	struct arena arena;
	struct map seen; /* by key, the hash of a row */
	struct map sets;
	struct rule_set **rule_sets; /* in order of appearance */
	size_t nsets, sets_cap;
	uint64_t files, others, rows, repeated, differing, broken;
	bool trouble;
	struct reportcolumn columns[VERDICT_COLUMNS];
	struct buf key;
};

/* The fields that the options say. */
struct verdicts verdicts_from(const struct ofuku_summary_options *);
/*
 * Visits every row of the reports. What cannot be read is said, counted and
 * leaves trouble set. -1: the visitor failed.
 */
int verdicts_read(
    struct verdicts *, const char *const *paths, size_t n, struct err *);
void verdicts_free(struct verdicts *);
void verdicts_say(struct verdicts *, enum ofuku_level, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* A wall clock however a spreadsheet wrote it; else no moment. */
struct moment verdict_time(struct span);
/* Takes the first item off a list joined by ";". */
struct span verdict_item(struct span *list);

#endif
