#include "report/workbook.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/aside.h"
#include "base/buf.h"
#include "base/mem.h"
#include "report/excelfit.h"
#include "report/table.h"
#include "report/xlsxwriter.h"
#include "report/zipped.h"
#include "text/utf8.h"
#include "text/width.h"

enum {
	WIDTH_LEAST = 8, /* of a column, in digits */
	WIDTH_MOST = 60,
	COLUMNS_MOST = 64
};

#define MS_DAY 86400000.0
#define DAYS_1970 25569.0 /* as Excel counts from 1900 */
/* Before March 1900 Excel's days are one off, for it knows a February 29. */
#define MS_LEAST (-2203891200000LL)
#define MS_MOST 253402300799999LL /* the end of 9999 */

/* Sheets of one table. */
struct worksheet {
	struct workbook *book;
	const char *name;
	lxw_worksheet *sheet; /* the one that is being written */
	unsigned part;        /* from 1 */
	lxw_row_t row;
	size_t ncolumns;
	struct buf header; /* its row, for the next part */
	uint16_t widths[COLUMNS_MOST];
	struct worksheet *next;
};

struct workbook {
	const struct xlsxwriter *lib;
	lxw_workbook *book;
	lxw_format *bold, *wall, *wall_ms, *clock;
	const char *folder; /* of what waits */
	char *name;         /* of the file there; NULL: not yet, or gone */
	int fd;
	struct worksheet *sheets, **last;
	struct buf text; /* scratch */
	uint64_t cut;
};

static int
fail_file(const struct workbook *b, const char *why, struct err *err)
{
	return fail(err,
	    "%s: a workbook's temporary file cannot be written: %s: set TMPDIR "
	    "to a folder with room",
	    b->folder, why);
}

static lxw_format *
number_format(struct workbook *b, const char *format)
{
	lxw_format *f = b->lib->workbook_add_format(b->book);

	if (f != NULL)
		b->lib->format_set_num_format(f, format);
	return f;
}

/* The same bytes at any time. */
static lxw_error
set_properties(struct workbook *b)
{
	char application[] = "ofuku";
	lxw_doc_properties properties = {
	    .author = application, .created = 315532800}; /* 1980 */

	return b->lib->workbook_set_properties(b->book, &properties);
}

static bool
set_up(struct workbook *b)
{
	b->bold = b->lib->workbook_add_format(b->book);
	b->wall = number_format(b, "yyyy\\-mm\\-dd hh:mm:ss");
	b->wall_ms = number_format(b, "yyyy\\-mm\\-dd hh:mm:ss.000");
	b->clock = number_format(b, "[h]:mm:ss.000");
	if (b->bold == NULL || b->wall == NULL || b->wall_ms == NULL ||
	    b->clock == NULL)
		return false;
	b->lib->format_set_bold(b->bold);
	return set_properties(b) == LXW_NO_ERROR;
}

/* The library opens it again, by its name. */
static int
open_file(struct workbook *b, struct err *err)
{
	struct buf folder = {0};

	aside_clear(b->folder);
	buf_printf(&folder, "%s/", b->folder);
	b->fd = aside_open(
	    buf_cstr(&folder), (int)folder.len, O_RDWR, 0600, &b->name);
	buf_free(&folder);
	return b->fd == -1 ? fail_file(b, strerror(errno), err) : 0;
}

int
workbook_open(struct workbook **out, struct err *err)
{
	const struct xlsxwriter *lib = xlsxwriter_load(err);
	struct workbook *b;
	lxw_workbook_options options = {.constant_memory = 1};

	*out = NULL;
	if (lib == NULL)
		return -1;
	b = mem_alloc(sizeof(*b));
	b->lib = lib;
	b->folder = aside_temporary();
	b->fd = -1;
	b->last = &b->sheets;
	if (open_file(b, err) == -1) {
		workbook_free(b);
		return -1;
	}
	options.tmpdir = (char *)(uintptr_t)b->folder;
	b->book = lib->workbook_new_opt(b->name, &options);
	if (b->book == NULL || !set_up(b)) {
		workbook_free(b);
		return fail(err, "a workbook cannot be begun: out of memory");
	}
	*out = b;
	return 0;
}

struct worksheet *
workbook_sheet(struct workbook *b, const char *name)
{
	struct worksheet *w = mem_alloc(sizeof(*w));

	w->book = b;
	w->name = name;
	*b->last = w;
	b->last = &w->next;
	return w;
}

/* What the library answered, as an error of ours: only some are of files. */
static int
checked(struct worksheet *w, lxw_error e, struct err *err)
{
	const char *why;

	if (e == LXW_NO_ERROR)
		return 0;
	why = w->book->lib->lxw_strerror(e);
	if (e >= LXW_ERROR_CREATING_XLSX_FILE && e <= LXW_ERROR_ZIP_CLOSE)
		return fail_file(w->book, why, err);
	return fail(err,
	    "sheet %s, row %u: the workbook does not take it: %s: csv and "
	    "jsonl do",
	    w->name, (unsigned)w->row + 1, why);
}

/* The part's shape, once all its rows are known. */
static int
end_part(struct worksheet *w, struct err *err)
{
	const struct xlsxwriter *lib = w->book->lib;
	lxw_col_t last = (lxw_col_t)(w->ncolumns - 1);

	if (w->sheet == NULL || w->ncolumns == 0)
		return 0;
	for (size_t i = 0; i < w->ncolumns; i++)
		if (checked(w,
			lib->worksheet_set_column(w->sheet, (lxw_col_t)i,
			    (lxw_col_t)i, w->widths[i] + 2.0, NULL),
			err) == -1)
			return -1;
	lib->worksheet_freeze_panes(w->sheet, 1, 0);
	lib->worksheet_set_landscape(w->sheet);
	lib->worksheet_fit_to_pages(w->sheet, 1, 0);
	if (checked(w, lib->worksheet_repeat_rows(w->sheet, 0, 0), err) == -1)
		return -1;
	return checked(w,
	    lib->worksheet_autofilter(w->sheet, 0, 0, w->row - 1, last), err);
}

static int
begin_part(struct worksheet *w, struct err *err)
{
	struct workbook *b = w->book;
	char name[LXW_SHEETNAME_MAX + 1];

	if (end_part(w, err) == -1)
		return -1;
	w->part++;
	if (w->part == 1)
		(void)snprintf(name, sizeof(name), "%s", w->name);
	else
		(void)snprintf(name, sizeof(name), "%s %u", w->name, w->part);
	w->sheet = b->lib->workbook_add_worksheet(b->book, name);
	w->row = 0;
	memset(w->widths, 0, sizeof(w->widths));
	if (w->sheet == NULL)
		return fail_file(b, "no sheet can be added", err);
	return 0;
}

/* "_x0041_" in a text would be read as A. */
static bool
reads_as_escape(uint32_t c, struct span rest)
{
	return c == '_' && rest.len >= 6 && rest.at[0] == 'x' &&
	    strspn(rest.at + 1, "0123456789abcdefABCDEF") >= 4 &&
	    rest.at[5] == '_';
}

/* UTF-16 units that the character takes in the file. */
static size_t
units_of(uint32_t c, struct span rest)
{
	if (reads_as_escape(c, rest))
		return strlen("_x005F_");
	/* The library writes it so. */
	if (c > 0 && c < ' ' && c != '\t' && c != '\n')
		return strlen("_x0001_");
	return c > 0xffff ? 2 : 1;
}

/*
 * What XML cannot hold is U+FFFD. The first character of what would be read
 * as an escape is escaped itself (ECMA-376 part 1, 22.9.2.19).
 */
static void
add_character(struct buf *out, uint32_t c, struct span rest)
{
	char utf8[4];

	if (c == 0 || c == 0xfffe || c == 0xffff)
		c = 0xfffd;
	if (reads_as_escape(c, rest))
		buf_adds(out, "_x005F");
	buf_add(out, (struct span){utf8, utf8_put(c, utf8)});
}

/* A text as a cell may have it, in the workbook's scratch. */
static const char *
cell_text(struct workbook *b, struct span s)
{
	struct buf *out = &b->text;
	const char *at = s.at, *end = s.at + s.len;
	size_t units = 0;

	buf_reset(out);
	while (at < end) {
		uint32_t c = utf8_next(&at);
		struct span rest = {at, (size_t)(end - at)};

		units += units_of(c, rest);
		if (units > EXCEL_UNITS_MOST - (at < end)) {
			buf_adds(out, "…");
			b->cut++;
			break;
		}
		add_character(out, c, rest);
	}
	return buf_cstr(out);
}

static void
widen(struct worksheet *w, size_t column, size_t width)
{
	uint16_t *most = &w->widths[column];

	if (width < WIDTH_LEAST)
		width = WIDTH_LEAST;
	if (width > WIDTH_MOST)
		width = WIDTH_MOST;
	if (*most < width)
		*most = (uint16_t)width;
}

static lxw_error
put_text(struct worksheet *w, lxw_col_t column, struct span s)
{
	struct workbook *b = w->book;
	struct span seen = s.len > 200 ? (struct span){s.at, 0} : s;

	if (s.len == 0)
		return LXW_NO_ERROR;
	widen(w, column, s.len > 200 ? WIDTH_MOST : width_of(seen));
	return b->lib->worksheet_write_string(w->sheet, w->row, column,
	    cell_text(b, s), w->row == 0 ? b->bold : NULL);
}

static lxw_error
put_days(struct worksheet *w, lxw_col_t column, double days, lxw_format *f)
{
	widen(w, column, f == w->book->wall_ms ? 23 : 19);
	return w->book->lib->worksheet_write_number(
	    w->sheet, w->row, column, days, f);
}

static lxw_error
put_moment(struct worksheet *w, lxw_col_t column, struct moment m)
{
	struct workbook *b = w->book;
	int64_t ms = moment_local_ms(m);
	struct buf text = {0};
	lxw_error e;

	if (!moment_wall(m))
		return put_days(w, column, (double)ms / MS_DAY, b->clock);
	if (ms >= MS_LEAST && ms <= MS_MOST)
		return put_days(w, column, (double)ms / MS_DAY + DAYS_1970,
		    m.precision == PRECISION_MILLI ? b->wall_ms : b->wall);
	moment_print(m, true, &text);
	e = put_text(w, column, buf_span(&text));
	buf_free(&text);
	return e;
}

static lxw_error
put_number(struct worksheet *w, lxw_col_t column, struct span decimal)
{
	char digits[64];

	assert(decimal.len < sizeof(digits));
	memcpy(digits, decimal.at, decimal.len);
	digits[decimal.len] = '\0';
	widen(w, column, decimal.len);
	return w->book->lib->worksheet_write_number(
	    w->sheet, w->row, column, strtod(digits, NULL), NULL);
}

static lxw_error
put_cell(
    struct worksheet *w, lxw_col_t column, enum table_cell kind, struct span s)
{
	struct moment m;

	if (kind == TABLE_CELL_TEXT)
		return put_text(w, column, s);
	if (kind == TABLE_CELL_NUMBER)
		return put_number(w, column, s);
	memcpy(&m, s.at, sizeof(m));
	return put_moment(w, column, m);
}

/* The first row in *rows, which is moved behind it. */
static int
put_row(struct worksheet *w, struct span *rows, struct err *err)
{
	const char *at = rows->at;
	lxw_col_t column = 0;
	uint32_t n;

	for (; *at != TABLE_CELL_ROW; at += 1 + sizeof(n) + n, column++) {
		memcpy(&n, at + 1, sizeof(n));
		assert(column < COLUMNS_MOST);
		if (checked(w,
			put_cell(w, column, (enum table_cell) * at,
			    (struct span){at + 1 + sizeof(n), n}),
			err) == -1)
			return -1;
	}
	at++;
	rows->len -= (size_t)(at - rows->at);
	rows->at = at;
	w->ncolumns = column;
	w->row++;
	return 0;
}

/* A filter's button stands over the end of a name. */
static int
put_header(struct worksheet *w, struct err *err)
{
	struct span header = buf_span(&w->header);

	if (begin_part(w, err) == -1 || put_row(w, &header, err) == -1)
		return -1;
	for (size_t i = 0; i < w->ncolumns; i++)
		w->widths[i] = (uint16_t)(w->widths[i] + 2);
	return 0;
}

static size_t
row_length(struct span rows)
{
	const char *at = rows.at;
	uint32_t n;

	for (; *at != TABLE_CELL_ROW; at += 1 + sizeof(n) + n)
		memcpy(&n, at + 1, sizeof(n));
	return (size_t)(at + 1 - rows.at);
}

int
worksheet_rows(struct worksheet *w, struct span rows, struct err *err)
{
	size_t n;

	if (w->header.len == 0 && rows.len > 0) {
		n = row_length(rows);
		buf_add(&w->header, (struct span){rows.at, n});
		rows = (struct span){rows.at + n, rows.len - n};
		if (put_header(w, err) == -1)
			return -1;
	}
	while (rows.len > 0)
		if ((w->row == EXCEL_ROWS_MOST && put_header(w, err) == -1) ||
		    put_row(w, &rows, err) == -1)
			return -1;
	return 0;
}

/* The library does not ask whether its temporary files took what it wrote. */
static int
flush_sheets(struct workbook *b, struct err *err)
{
	lxw_worksheet *sheet;

	STAILQ_FOREACH(sheet, b->book->worksheets, list_pointers)
	if (fflush(sheet->optimize_tmpfile) != 0 ||
	    ferror(sheet->optimize_tmpfile))
		return fail_file(
		    b, errno == 0 ? "write error" : strerror(errno), err);
	return 0;
}

static int
finish_file(struct workbook *b, struct err *err)
{
	lxw_error e;

	for (struct worksheet *w = b->sheets; w != NULL; w = w->next)
		if (end_part(w, err) == -1)
			return -1;
	if (flush_sheets(b, err) == -1)
		return -1;
	e = b->lib->workbook_close(b->book); /* frees it, too */
	b->book = NULL;
	if (e != LXW_NO_ERROR)
		return fail_file(b, b->lib->lxw_strerror(e), err);
	if (!zipped_whole(b->fd))
		return fail_file(b, "what was written is not whole", err);
	return 0;
}

int
workbook_write(struct workbook *b, struct output *out, struct err *err)
{
	char *room;
	ssize_t n;
	off_t at = 0;
	int rc = 0;

	if (finish_file(b, err) == -1)
		return -1;
	room = mem_alloc(65536);
	while (rc == 0 && (n = pread(b->fd, room, 65536, at)) != 0) {
		if (n == -1 && errno == EINTR)
			continue;
		rc = n == -1 ?
		    fail_file(b, strerror(errno), err) :
		    output_write(out, (struct span){room, (size_t)n}, err);
		at += n;
	}
	free(room);
	return rc;
}

int
workbook_of(const char *name, struct span rows, struct output *out,
    uint64_t *cut, struct err *err)
{
	struct workbook *b;
	int rc;

	(void)workbook_open(&b, err);
	if (b == NULL)
		return -1;
	rc = worksheet_rows(workbook_sheet(b, name), rows, err);
	if (rc == 0)
		rc = workbook_write(b, out, err);
	*cut = b->cut;
	workbook_free(b);
	return rc;
}

uint64_t
workbook_cut(const struct workbook *b)
{
	return b->cut;
}

void
workbook_free(struct workbook *b)
{
	struct worksheet *w;

	if (b == NULL)
		return;
	if (b->book != NULL)
		b->lib->lxw_workbook_free(b->book);
	while ((w = b->sheets) != NULL) {
		b->sheets = w->next;
		buf_free(&w->header);
		free(w);
	}
	if (b->fd != -1)
		close(b->fd);
	if (b->name != NULL)
		unlink(b->name);
	free(b->name);
	buf_free(&b->text);
	free(b);
}
