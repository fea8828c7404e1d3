/*
 * What Excel does not take of a CSV or TSV: a text that is longer than a cell
 * may be it cuts or breaks over rows, and rows beyond a sheet it drops.
 */
#ifndef OFUKU_REPORT_EXCELFIT_H
#define OFUKU_REPORT_EXCELFIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* Of a sheet, with its header, and UTF-16 units of a cell. */
#define EXCEL_ROWS_MOST 1048576
#define EXCEL_UNITS_MOST 32767

/* {0} to begin. */
struct excelfit {
	uint64_t rows, long_cells;
	size_t units; /* of the cell so far */
	bool quoted;  /* between its quotes */
	char before;
};

/* What is written next, in pieces of any size. */
void excelfit_feed(struct excelfit *, struct span rows, char delimiter);

#endif
