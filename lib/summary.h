/* What summarizing and comparing share: counts by key, and their rows. */
#ifndef OFUKU_SUMMARY_H
#define OFUKU_SUMMARY_H

#include "otherreports.h"
#include "report/sheet.h"
#include "run.h"
#include "verdicts.h"

enum { SUMMARY_KEYS = 9 };

/* How a key splits rows: into the values of one, or of each item of many. */
struct summary_key {
	const char *name;
	enum verdict_column column;
	bool many; /* a list, joined by ; */
	/* Appends the value; NULL: the cell as it is. */
	void (*value)(const struct verdict *, struct buf *);
};

struct numbers {
	int64_t *at;
	size_t n, cap;
};

struct group {
	struct span key; /* policy, values and rule set, NUL between */
	struct span values[SUMMARY_KEYS + 2]; /* in that order */
	uint64_t real, doubtful;
	uint64_t talks; /* of a check of scope conversation: it failed so many,
			 * or could not be judged of them */
	uint64_t outcomes[OUTCOME_UNKNOWN + 1];
	struct buf rules; /* hashes joined by ; */
	struct numbers round_trips, durations;
};

struct summary {
	bool mix; /* rule sets are counted together */
	const struct summary_key *by[SUMMARY_KEYS];
	size_t nby;
	bool by_check, by_rules;
	bool full; /* too many groups */
	struct map map;
	struct arena arena;
	struct group **groups; /* those to print */
	size_t n, cap;
	struct group **all; /* and the bases */
	size_t nall, all_cap;
	struct buf key;
	struct verdicts in;
	struct talkfindings talks;
};

/* --by: names of keys, separated by commas. */
int summary_parse_by(struct summary *, const char *by, struct err *);
/* Reads and counts, by checks what findings reports say of whole
 * conversations, too, where in.other offers them; then groups stand in order of their keys. */
int summary_read(
    struct summary *, const char *const *paths, size_t n, struct err *);
/*
 * Of a check that failed in another summary and not in this one: the group
 * that it would have, of all exchanges that like's values select. NULL: no
 * key is a check, or there are no such exchanges.
 */
struct group *summary_unfailed(struct summary *, const struct group *like);
/* How many policies there are in what is printed. */
size_t summary_policies(const struct summary *);
void summary_free(struct summary *);
/* The least value that percent of all do not exceed (nearest rank). */
int64_t numbers_rank(struct numbers *, size_t percent);

/* A share and its 95 % interval. */
struct share {
	double low, p, high;
};
/* By Wilson's score (1927); failed + passed is not 0. */
struct share share_failed(uint64_t failed, uint64_t passed);
int64_t share_milli(double);

int summary_lang(
    const struct ofuku_summary_options *, enum lang *, struct err *);
int summary_write(
    const struct sheet *, const struct ofuku_summary_options *, struct err *);

/* beforeafter.c: two summaries side by side. */
enum ofuku_status compare_summaries(
    const struct ofuku_summary_options *, struct ofuku_error *);
/* compare.c: exchange by exchange. */
enum ofuku_status compare_reports(
    const struct ofuku_summary_options *, struct ofuku_error *);

/* pagereports.c: the page that shows them. */
enum ofuku_status page_reports(
    const struct ofuku_summary_options *, struct ofuku_error *);

#endif
