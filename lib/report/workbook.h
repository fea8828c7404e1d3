/*
 * An Excel workbook (ECMA-376, by libxlsxwriter) of one sheet a table: texts
 * stay texts, whatever they look like, times are times, the header stands
 * still and filters, columns are as wide as what is in them. What has been
 * written waits in $TMPDIR, not in memory.
 */
#ifndef OFUKU_REPORT_WORKBOOK_H
#define OFUKU_REPORT_WORKBOOK_H

#include <stdint.h>

#include "base/err.h"
#include "base/span.h"
#include "report/output.h"

struct workbook;
struct worksheet;

/* On -1 there is nothing to free. */
int workbook_open(struct workbook **, struct err *);
/*
 * The next sheet, of a name of at most 28 characters, which must live as long
 * as the workbook, as the sheet does. A table longer than a sheet may be
 * (1,048,576 rows) goes on in a sheet of the same name with a number.
 */
struct worksheet *workbook_sheet(struct workbook *, const char *name);
/* Whole rows of TABLE_CELLS, the header first. */
int worksheet_rows(struct worksheet *, struct span rows, struct err *);
/* Writes it all to an output, which stays open. Only workbook_free follows. */
int workbook_write(struct workbook *, struct output *, struct err *);
/* Texts that were longer than a cell may be (32,767 units): they end in "…". */
uint64_t workbook_cut(const struct workbook *);
/* A workbook of one table, which a sheet holds. *cut as of workbook_cut. */
int workbook_of(const char *name, struct span rows, struct output *,
    uint64_t *cut, struct err *);
/* NULL is allowed. */
void workbook_free(struct workbook *);

#endif
