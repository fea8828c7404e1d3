/*
 * Rows of a report that ofuku wrote (or a spreadsheet saved again), in CSV,
 * TSV or JSON Lines, packed or in any encoding: cells by the names of their
 * columns. The guard before what a spreadsheet would run is taken away.
 * Lists are joined by ";" (one within an item is ；), numbers are digits, what is unknown is empty.
 */
#ifndef OFUKU_READ_REPORTROWS_H
#define OFUKU_READ_REPORTROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"
#include "base/watch.h"

struct reportcolumn {
	const char *name;
	bool needed;
};

struct reportrows;

/*
 * path is for messages, watch may be NULL; both and the columns outlive what
 * is opened. On -1 nothing is open and *missing, unless NULL, says that it is
 * no such report: a needed column is not there.
 */
int reportrows_open(struct reportrows **, int fd, struct span path,
    struct watch *, const struct reportcolumn *, size_t n, bool *missing,
    struct err *);
void reportrows_close(struct reportrows *);
/*
 * The next row. 1: its cells can be asked for; 0: the end; -1: the input is
 * broken; 2: this row is, why says how, and the next can be asked for.
 */
int reportrows_next(struct reportrows *, struct err *why);
/* The text of column i of those wanted; empty where it is not there. */
struct span reportrows_cell(const struct reportrows *, size_t i);
/* On which the row begins. */
uint64_t reportrows_line(const struct reportrows *);
/* Did the last row lack a column that is needed, or begin as no report's row
 * does (JSON Lines)? */
bool reportrows_foreign(const struct reportrows *);

#endif
