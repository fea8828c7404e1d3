/*
 * The cells of one CSV record, parsed by libcsv: the one place that calls
 * its parser. A record without a quote is cut here, as libcsv would. Which
 * lines make a record is csvrecord.h's to know.
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
	struct buf text; /* the cells' texts, one behind another */
	struct csvcell *cells;
	size_t n, cap;
	bool uncut; /* the text is the record as it stands */
};

/* Where in the text a cell stands. */
struct csvcell {
	size_t begin, end;
};

void csvrow_open(struct csvrow *, char delimiter);
void csvrow_close(struct csvrow *);
/* record: one sound record without its last line end. */
void csvrow_parse(struct csvrow *, struct span record);
/* The same by libcsv, whatever it holds. */
void csvrow_parse_quoted(struct csvrow *, struct span record);
/* Empty for a cell that the record does not have. */
struct span csvrow_cell(const struct csvrow *, size_t i);
/* What stands from one cell to another, of a record that is uncut. */
struct span csvrow_cells(const struct csvrow *, size_t first, size_t last);

#endif
