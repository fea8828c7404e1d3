/* What goes to standard error, and when. */
#ifndef OFUKU_CMD_MESSAGE_H
#define OFUKU_CMD_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "ofuku.h"
#include "progress.h"

/* "ofuku audit: …"; who is the command's name, "" for ofuku itself. */
void complain(const char *who, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* What came of it all; who NULL: a line of its own. */
void sum_up(const char *who, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* The same with a line that says where help is. Returns -1. */
int usage_error(const char *who, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* What the library has to say about records: the first few, then a count. */
struct messages {
	const char *who;
	bool quiet, verbose;
	uint64_t rejects, notes;
	struct progress progress;
};

/* An ofuku_say; ctx is a struct messages. */
void messages_say(void *ctx, enum ofuku_level, const char *line);
/* The bar goes; how many were held back. */
void messages_end(struct messages *);
/* Counts as the last line has them: "1 conversation", ", 2 fail"; between
 * log_counts_begin and log_counts_end. */
void count_of(
    const char *before, uint64_t n, const char *one, const char *many);
/* ", 3 records skipped"; nothing where n is 0. */
void count_if_any(uint64_t n, const char *one, const char *many);
/* --stats: what became of the records; the parts add up. done: "audited". */
void print_record_stats(const struct ofuku_counts *, const char *done);
/* An ofuku_say for rule files: the bare line, as editors read it. */
void mistake_say(void *ctx, enum ofuku_level, const char *line);

/*
 * Says what went wrong; but where the reader of a pipe has gone there is
 * nothing to say, and the process ends as SIGPIPE ends one.
 */
void report_error(const char *who, const struct ofuku_error *);
/* The end of each command: OFUKU_TROUBLE where output did not get out. */
int flush_output(const char *who, int status);

#endif
