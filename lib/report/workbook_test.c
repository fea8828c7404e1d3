#include "report/workbook.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "report/table.h"
#include "report/zipped.h"

#define PATH "build/workbook_test.xlsx"

static void
rows(struct buf *out, size_t n)
{
	static const char *const columns[] = {"n"};
	struct table t = {.style = {.shape = TABLE_CELLS},
	    .columns = columns,
	    .ncolumns = 1,
	    .out = out};

	table_header(&t);
	for (size_t i = 0; i < n; i++) {
		table_int(&t, (int64_t)i);
		table_end_row(&t);
	}
	table_free(&t);
}

/* The workbook of a table; *cut: texts that were cut. */
static int
write_cells(struct buf *cells, uint64_t *cut)
{
	struct output *out;
	struct err err;

	cr_assert_eq(output_open(&out, PATH, &err), 0, "%s", err.text);
	cr_assert_eq(workbook_of("counts", buf_span(cells), out, cut, &err), 0,
	    "%s", err.text);
	cr_assert_eq(output_commit(out, &err), 0, "%s", err.text);
	buf_free(cells);
	return open(PATH, O_RDWR | O_CLOEXEC);
}

static int
write_book(size_t n)
{
	struct buf cells = {0};
	uint64_t cut;
	int fd;

	rows(&cells, n);
	fd = write_cells(&cells, &cut);
	cr_assert_eq(cut, 0);
	return fd;
}

/* How often a text stands in the ZIP file's directory. */
static size_t
named(int fd, const char *text)
{
	struct stat st;
	char *all;
	size_t n = 0;

	cr_assert_eq(fstat(fd, &st), 0);
	all = malloc((size_t)st.st_size);
	cr_assert_eq(pread(fd, all, (size_t)st.st_size, 0), st.st_size);
	for (const char *at = all;
	     (at = memmem(at, (size_t)(all + st.st_size - at), text,
		  strlen(text))) != NULL;
	     at++)
		n++;
	free(all);
	return n / 2; /* before the member, and in the directory */
}

Test(workbook, goes_on_in_a_second_sheet)
{
	int fd = write_book(1048576);

	cr_assert(zipped_whole(fd));
	cr_assert_eq(named(fd, "xl/worksheets/sheet2.xml"), 1);
	cr_assert_eq(named(fd, "xl/worksheets/sheet3.xml"), 0);
	close(fd);
	fd = write_book(1048575);
	cr_assert_eq(named(fd, "xl/worksheets/sheet1.xml"), 1);
	cr_assert_eq(named(fd, "xl/worksheets/sheet2.xml"), 0);
	close(fd);
	unlink(PATH);
}

Test(workbook, notices_what_is_not_whole)
{
	int fd = write_book(500);
	struct stat st;
	char c;

	cr_assert(zipped_whole(fd));
	cr_assert_eq(fstat(fd, &st), 0);
	for (off_t at = 0; at < st.st_size; at++) {
		cr_assert_eq(ftruncate(fd, st.st_size - 1 - at), 0);
		cr_assert_not(zipped_whole(fd));
	}
	close(fd);
	fd = write_book(500);
	/* In the middle of the sheet's data: not deflate any more, or cut. */
	for (off_t at = 0; at < 64; at++)
		cr_assert_eq(pwrite(fd, "\377", 1, st.st_size / 4 + at), 1);
	cr_assert_eq(pread(fd, &c, 1, 0), 1);
	cr_assert_not(zipped_whole(fd));
	close(fd);
	unlink(PATH);
}

/* What is cut of n times a piece in one cell. */
static uint64_t
cut_of(const char *piece, size_t n)
{
	static const char *const columns[] = {"text"};
	struct buf text = {0}, cells = {0};
	struct table t = {.style = {.shape = TABLE_CELLS},
	    .columns = columns,
	    .ncolumns = 1,
	    .out = &cells};
	uint64_t cut;
	int fd;

	for (size_t i = 0; i < n; i++)
		buf_adds(&text, piece);
	table_header(&t);
	table_text(&t, buf_span(&text));
	table_end_row(&t);
	fd = write_cells(&cells, &cut);
	cr_assert(zipped_whole(fd));
	close(fd);
	unlink(PATH);
	table_free(&t);
	buf_free(&text);
	return cut;
}

/* An escape of _ counts as it is written: 13 units for "_x0041_". */
Test(workbook, a_long_text_is_cut_as_it_is_written)
{
	cr_expect_eq(cut_of("a", 32767), 0);
	cr_expect_eq(cut_of("a", 32768), 1);
	cr_expect_eq(cut_of("_x0041_", 2520), 0);
	cr_expect_eq(cut_of("_x0041_", 2521), 1);
	cr_expect_eq(cut_of("_x0041_", 30000), 1);
	cr_expect_eq(cut_of("\001", 4681), 0);
	cr_expect_eq(cut_of("\001", 4682), 1);
	cr_expect_eq(cut_of("\U0001f600", 16383), 0);
	cr_expect_eq(cut_of("\U0001f600", 16384), 1);
}
