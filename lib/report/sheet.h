/*
 * A small table that is kept whole, as summaries are: written in the shapes
 * of report/table.h, or aligned for a terminal by the width of its texts.
 */
#ifndef OFUKU_REPORT_SHEET_H
#define OFUKU_REPORT_SHEET_H

#include "base/arena.h"
#include "report/table.h"

struct sheet_column {
	const char *name;         /* in CSV and JSON Lines */
	const char *group, *head; /* aligned: over one another; a NULL
					 * head leaves the column out */
};

enum cell_kind {
	CELL_EMPTY,
	CELL_TEXT,
	CELL_LIST,
	CELL_INT,
	CELL_MILLI,   /* thousandths */
	CELL_CHANGE,  /* the same with a sign, aligned always */
	CELL_DURATION /* milliseconds; aligned as M:SS */
};

struct cell {
	enum cell_kind kind;
	struct span text;
	int64_t n;
};

struct sheet {
	const struct sheet_column *columns;
	size_t ncolumns;
	struct arena arena; /* of the texts */
	struct cell *cells; /* row by row */
	size_t n, cap;
};

/* Cells in the order of the columns; texts are copied. */
void sheet_text(struct sheet *, struct span);
void sheet_list(struct sheet *, struct span joined);
void sheet_number(struct sheet *, enum cell_kind, int64_t);
void sheet_empty(struct sheet *);
/* The rows, header first, appended. */
void sheet_table(const struct sheet *, struct table_style, struct buf *);
/*
 * Columns that are empty or 0 in every row are left out. They stand two blanks
 * apart, or one where width, if it is not 0, is too little for that.
 */
void sheet_align(const struct sheet *, size_t width, enum lang, struct buf *);
void sheet_free(struct sheet *);

#endif
