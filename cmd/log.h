/*
 * Standard error, a line at a time: as text for people, or as JSON Lines for
 * what collects logs (ofuku-nightly(7) has the members).
 */
#ifndef OFUKU_CMD_LOG_H
#define OFUKU_CMD_LOG_H

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>

enum log_format { LOG_TEXT, LOG_JSON };

/* "text", "json": names of an option's choice. */
const char *log_format_name(size_t i, const char **help);
/* For the whole process, from here on. */
void log_use(enum log_format);
bool log_is_json(void);

/*
 * One line. level: "error", "reject", "note", "detail" or "summary". who is
 * the command, "" for ofuku itself, NULL for a line that is told bare. Where
 * the text begins with a place, "calls.csv:3: …", JSON has it apart.
 */
void log_line(const char *level, const char *who, const char *text);

/* Counts: a line of text, and in JSON members beside it. */
void log_counts_begin(void);
void log_counts_text(const char *);
/* The number as a member, "records skipped" being records_skipped. */
void log_counts_member(const char *many, uint64_t n);
void log_counts_end(void);

#endif
