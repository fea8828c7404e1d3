/*
 * The times of a table's rows: which columns hold them, in which of the ways
 * that spreadsheets and exports write them.
 */
#ifndef OFUKU_READ_CSVTIME_H
#define OFUKU_READ_CSVTIME_H

#include "read/csvtable.h"
#include "read/draft.h"
#include "read/timecell.h"

/* What was odd about a row's times, for a note. */
enum { TIMES_DATE_ONLY = 1, TIMES_SERIAL = 2 };

/* False: *bad is the column that holds no time. *odd: of the above. */
bool csvtime_read(struct timecell *, const struct csvtable *,
    const struct csvrow *, struct draft *, enum column *bad, unsigned *odd);
/* Are a row's times times? *any: there is one. */
bool csvtime_fits(const struct csvtable *, const struct csvrow *, bool *any);

/* The text of a column; empty where the table has none. */
static inline struct span
csvtime_cell(const struct csvtable *t, const struct csvrow *row, enum column c)
{
	struct span cell = t->at[c] == COLUMN_ABSENT ?
	    (struct span){"", 0} :
	    csvrow_cell(row, (size_t)t->at[c]);

	/* ="001": so that Excel keeps the zeros. */
	if (cell.len >= 3 && cell.at[0] == '=' && cell.at[1] == '"' &&
	    cell.at[cell.len - 1] == '"')
		return (struct span){cell.at + 2, cell.len - 3};
	return cell;
}

#endif
