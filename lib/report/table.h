/*
 * A table is rows of cells in one of these shapes: CSV and TSV (RFC 4180,
 * through libcsv's writer), JSON Lines (one object a row: numbers as
 * numbers, lists as arrays, what is empty elsewhere as null; neither guarded
 * nor changed by excel, for no spreadsheet reads it), and cells that know
 * what they are, for a workbook. Cells are given in the order of the columns;
 * a row may be built on any thread, into a buffer.
 */
#ifndef OFUKU_REPORT_TABLE_H
#define OFUKU_REPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"
#include "talk/moment.h"
#include "text/lang.h"

enum table_shape {
	TABLE_CSV,
	TABLE_TSV,
	TABLE_JSONL,
	TABLE_ARRAYS, /* JSON Lines of arrays: no names, for the page */
	TABLE_CELLS   /* for report/workbook.h, which knows kinds of cells */
};

/*
 * What a cell of TABLE_CELLS is: this in a byte, the length of what stands in
 * it in four, and that; behind a row's last cell TABLE_CELL_ROW in a byte.
 */
enum table_cell {
	TABLE_CELL_TEXT = 's',
	TABLE_CELL_NUMBER = 'n', /* in decimal */
	TABLE_CELL_WALL = 'w',  /* struct moment, as its source's wall has it */
	TABLE_CELL_CLOCK = 'c', /* the same, from the conversation's start */
	TABLE_CELL_ROW = '\n'
};

struct table_style {
	enum table_shape shape;
	bool excel;     /* BOM, CR LF, times that Excel knows */
	bool raw;       /* no formula guard */
	enum lang lang; /* of heads and values; not in JSON Lines */
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
/* A text as it is: names of our own, which no guard need touch; one of a few
 * words in the table's language. */
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
/* The same of names with NUL between them; a ; within one is ； where names
 * are joined. */
void table_names(struct table *, struct span names);
/* The first 80 grapheme clusters and then "…". */
void table_evidence(struct table *, struct span);
void table_end_row(struct table *);
/* Gives back the scratch; out stays the caller's. */
void table_free(struct table *);

#endif
