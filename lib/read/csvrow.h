/*
 * The cells of one CSV record, parsed by libcsv: the one place that calls
 * its parser. What stands before the first quote is cut here, as libcsv
 * would. Which lines make a record is csvrecord.h's to know.
 */
#ifndef OFUKU_READ_CSVROW_H
#define OFUKU_READ_CSVROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/span.h"

struct csvrow {
	void *parser; /* libcsv's */
	char delimiter;
	struct buf copy; /* of the record, by csvrow_parse */
	struct buf text; /* of the cells that libcsv parsed */
	struct span *cells;
	size_t n, cap;
	bool uncut; /* the cells stand in the record as it is */
};

void csvrow_open(struct csvrow *, char delimiter);
void csvrow_close(struct csvrow *);
/* record: one sound record without its last line end. */
void csvrow_parse(struct csvrow *, struct span record);
/* Where the first cell that holds a quote begins; len: no cell holds one. */
size_t csvrow_quoted(struct span record, char delimiter);
/* csvrow_parse without a copy: the record must stay until the cells have been
 * read. quoted: by csvrow_quoted. */
void csvrow_view(struct csvrow *, struct span record, size_t quoted);
/* The same by libcsv, whatever it holds. */
void csvrow_parse_quoted(struct csvrow *, struct span record);
/* What stands from one cell to another, of a record that is uncut. */
struct span csvrow_cells(const struct csvrow *, size_t first, size_t last);

/* Empty for a cell that the record does not have. */
static inline struct span
csvrow_cell(const struct csvrow *r, size_t i)
{
	return i < r->n ? r->cells[i] : (struct span){"", 0};
}

#endif
