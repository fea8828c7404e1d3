/*
 * A table is rows of cells in one of three shapes: CSV and TSV (RFC 4180,
 * through libcsv's writer) and JSON Lines (one object a row: numbers as
 * numbers, lists as arrays, what is empty elsewhere as null; neither guarded
 * nor changed by excel, for no spreadsheet reads it). Cells are given in the
 * order of the columns; a row may be built on any thread, into a buffer.
 */
#ifndef OFUKU_REPORT_TABLE_H
#define OFUKU_REPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"
#include "talk/moment.h"

enum table_shape {
	TABLE_CSV,
	TABLE_TSV,
	TABLE_JSONL,
	TABLE_ARRAYS /* JSON Lines of arrays: no names, for the page */
};

struct table_style {
	enum table_shape shape;
	bool excel; /* BOM, CR LF, times that Excel knows */
	bool raw;   /* no formula guard */
};

struct table {
	struct table_style style;
	const char *const *columns;
	size_t ncolumns;
	struct buf *out;
	size_t cell; /* next in this row */
	struct buf scratch;
};

/* Writes the header (BOM before it for Excel); nothing for JSON Lines. */
void table_header(struct table *);
/* A text cell: guarded against being run as a formula (unless raw). */
void table_text(struct table *, struct span);
/* A text as it is: names of our own, which no guard need touch. */
void table_plain(struct table *, struct span);
/* A text, but exactly "-" (standard input) stays as it is. */
void table_source(struct table *, struct span path);
void table_int(struct table *, int64_t);
void table_milli(struct table *, int thousandths); /* "0.974" */
void table_moment(struct table *, struct moment);
void table_duration(struct table *, int64_t ms); /* seconds */
void table_empty(struct table *);                /* unknown */
/* Joined by ";": one cell, in JSON Lines an array of texts. */
void table_list(struct table *, struct span joined);
/* The first 80 grapheme clusters and then "…". */
void table_evidence(struct table *, struct span);
void table_end_row(struct table *);
/* Gives back the scratch; out stays the caller's. */
void table_free(struct table *);

#endif
