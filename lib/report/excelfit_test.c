#include <criterion/criterion.h>

#include "base/buf.h"
#include "report/excelfit.h"

/* A row of one cell, n times the piece between quotes if quoted. */
static uint64_t
long_cells(const char *piece, size_t n, bool quoted)
{
	struct excelfit f = {0};
	struct buf row = {0};

	buf_adds(&row, quoted ? "a,\"" : "a,");
	for (size_t i = 0; i < n; i++)
		buf_adds(&row, piece);
	buf_adds(&row, quoted ? "\"\r\n" : "\r\n");
	for (size_t i = 0; i < row.len; i++)
		excelfit_feed(&f, (struct span){row.at + i, 1}, ',');
	cr_expect_eq(f.rows, 1);
	buf_free(&row);
	return f.long_cells;
}

Test(excelfit, a_cell_is_measured_as_excel_has_it)
{
	cr_expect_eq(long_cells("a", 32767, false), 0);
	cr_expect_eq(long_cells("a", 32768, false), 1);
	cr_expect_eq(long_cells("訴", 32767, false), 0);
	cr_expect_eq(long_cells("\U0001f600", 16383, false), 0);
	cr_expect_eq(long_cells("\U0001f600", 16384, false), 1);
	cr_expect_eq(long_cells("\"\"", 32767, true), 0);
	cr_expect_eq(long_cells("\"\"", 32768, true), 1);
	cr_expect_eq(long_cells("a\n", 16383, true), 0);
	cr_expect_eq(long_cells(",\n", 16384, true), 1);
}

Test(excelfit, rows)
{
	struct excelfit f = {0};

	excelfit_feed(&f, SPAN("a\tb\r\n\"x\ny\"\t1\r\n"), '\t');
	cr_expect_eq(f.rows, 2);
	cr_expect_eq(f.long_cells, 0);
}
