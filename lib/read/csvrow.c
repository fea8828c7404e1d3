#include "read/csvrow.h"

#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "base/mem.h"

/* A lone CR is text; libcsv would end the record there. */
static int
is_line_feed(unsigned char c)
{
	return c == '\n';
}

void
csvrow_open(struct csvrow *r, char delimiter)
{
	struct csv_parser *p = mem_alloc(sizeof(*p));

	*r = (struct csvrow){.parser = p, .delimiter = delimiter};
	csv_init(p, 0);
	csv_set_delim(p, (unsigned char)delimiter);
	csv_set_term_func(p, is_line_feed);
	csv_set_realloc_func(p, mem_resize);
}

void
csvrow_close(struct csvrow *r)
{
	if (r->parser == NULL)
		return;
	csv_free(r->parser);
	free(r->parser);
	free(r->cells);
	buf_free(&r->text);
	r->parser = NULL;
}

static void
add_cell(struct csvrow *r, size_t begin, size_t end)
{
	r->cells = mem_grow(r->cells, &r->cap, r->n + 1, sizeof(*r->cells));
	r->cells[r->n++] = (struct csvcell){begin, end};
}

static void
on_cell(void *text, size_t len, void *ctx)
{
	struct csvrow *r = ctx;

	buf_add(&r->text, (struct span){text, len});
	add_cell(r, r->text.len - len, r->text.len);
}

static void
on_row(int end, void *ctx)
{
	(void)end;
	(void)ctx;
}

void
csvrow_parse_quoted(struct csvrow *r, struct span record)
{
	r->n = 0;
	r->uncut = false;
	buf_reset(&r->text);
	buf_room(&r->text, record.len);
	csv_parse(r->parser, record.at, record.len, on_cell, on_row, r);
	csv_fini(r->parser, on_cell, on_row, r);
}

/* libcsv drops blanks around a cell that is not quoted. */
static bool
is_blank(const struct csvrow *r, char c)
{
	return (c == ' ' || c == '\t') && c != r->delimiter;
}

static void
add_trimmed(struct csvrow *r, size_t begin, size_t end)
{
	const char *at = r->text.at;

	while (begin < end && is_blank(r, at[begin]))
		begin++;
	while (end > begin && is_blank(r, at[end - 1]))
		end--;
	add_cell(r, begin, end);
}

/* A record of blanks alone has no cell. */
static bool
has_none(const struct csvrow *r, struct span record)
{
	size_t i = 0;

	while (i < record.len && is_blank(r, record.at[i]))
		i++;
	return i == record.len;
}

void
csvrow_parse(struct csvrow *r, struct span record)
{
	size_t at = 0;

	if (record.len > 0 && memchr(record.at, '"', record.len) != NULL) {
		csvrow_parse_quoted(r, record);
		return;
	}
	r->n = 0;
	buf_reset(&r->text);
	if (has_none(r, record))
		return;
	buf_add(&r->text, record);
	r->uncut = true;
	for (;;) {
		size_t n = span_find(
		    (struct span){record.at + at, record.len - at},
		    r->delimiter);

		add_trimmed(r, at, at + n);
		if (at + n == record.len)
			return;
		at += n + 1;
	}
}

struct span
csvrow_cells(const struct csvrow *r, size_t first, size_t last)
{
	return (struct span){r->text.at + r->cells[first].begin,
	    r->cells[last].end - r->cells[first].begin};
}

struct span
csvrow_cell(const struct csvrow *r, size_t i)
{
	if (i >= r->n)
		return (struct span){"", 0};
	return (struct span){r->text.at + r->cells[i].begin,
	    r->cells[i].end - r->cells[i].begin};
}
