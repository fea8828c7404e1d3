/*
 * A vendor's CSV with fixed column names, some rows above the header perhaps.
 * The columns may stand in any order; a name has several spellings.
 */
#ifndef OFUKU_READ_SHEET_H
#define OFUKU_READ_SHEET_H

#include "read/csvrecord.h"
#include "read/csvrow.h"
#include "read/draft.h"

enum { SHEET_COLUMNS = 8, SHEET_NAMES = 6 };

struct sheet_column {
	const char *names[SHEET_NAMES]; /* ASCII letters compare alike */
	bool optional;
};

struct sheet_kind {
	struct sheet_column columns[SHEET_COLUMNS];
	size_t ncolumns;
	size_t above;       /* rows above the header, at most */
	size_t when;        /* the column of the time or date */
	const char *wanted; /* the header, for messages */
	/* Told of each row above the header; may be NULL. */
	void (*preamble)(void *ctx, const struct csvrow *);
};

struct sheet {
	const struct sheet_kind *kind;
	struct emitter emitter;
	struct csvrecords records;
	struct csvrow row, trial;
	int at[SHEET_COLUMNS]; /* -1: not there */
};

/* Finds the header; -1 where there is none. Close it either way. */
int sheet_open(struct sheet *, struct reader *, const struct sheet_kind *,
    void *ctx, struct err *);
void sheet_close(struct sheet *);
/* The next sound row; those that are not are rejected. 1, 0, -1. */
int sheet_next(struct sheet *, struct csvrecord *, struct err *);
/* All of a table whose rows are each given to emit, in order. */
int sheet_read(struct reader *, const struct sheet_kind *,
    int (*emit)(struct sheet *, const struct csvrecord *, struct err *),
    struct err *);
/* Empty where the column or the cell is not there; without the ' that a
 * spreadsheet's formula guard put before = + - or @. */
struct span sheet_cell(const struct sheet *, size_t column);
/* 96 where the sample has the header, else 0. */
int sheet_sniff(const struct sample *, const struct sheet_kind *);

#endif
