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
	buf_free(&r->copy);
	buf_free(&r->text);
	r->parser = NULL;
}

static inline void
add_cell(struct csvrow *r, const char *at, const char *end)
{
	if (r->n == r->cap)
		r->cells = mem_grow(
		    r->cells, &r->cap, r->n + 1, sizeof(*r->cells));
	r->cells[r->n++] = (struct span){at, (size_t)(end - at)};
}

/* There is room for all texts of a record: they stay where they are. */
static void
on_cell(void *text, size_t len, void *ctx)
{
	struct csvrow *r = ctx;
	char *to = r->text.at + r->text.len;

	if (len > 0)
		memcpy(to, text, len);
	r->text.len += len;
	add_cell(r, to, to + len);
}

static void
on_row(int end, void *ctx)
{
	(void)end;
	(void)ctx;
}

/* The cells of s, behind those that are there. To ask a function about each
 * byte costs as much as the rest, so it is asked only where there is a CR. */
static void
parse(struct csvrow *r, struct span s)
{
	r->uncut = false;
	buf_reset(&r->text);
	buf_room(&r->text, s.len);
	csv_set_term_func(
	    r->parser, span_find(s, '\r') < s.len ? is_line_feed : NULL);
	csv_parse(r->parser, s.at, s.len, on_cell, on_row, r);
	csv_fini(r->parser, on_cell, on_row, r);
}

void
csvrow_parse_quoted(struct csvrow *r, struct span record)
{
	r->n = 0;
	parse(r, record);
}

/* libcsv drops blanks around a cell that is not quoted. */
static inline bool
is_blank(const struct csvrow *r, char c)
{
	return (unsigned char)c <= ' ' && (c == ' ' || c == '\t') &&
	    c != r->delimiter;
}

static inline void
add_trimmed(struct csvrow *r, const char *at, const char *end)
{
	while (at < end && is_blank(r, *at))
		at++;
	while (end > at && is_blank(r, end[-1]))
		end--;
	add_cell(r, at, end);
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

size_t
csvrow_quoted(struct span record, char delimiter)
{
	const size_t quote = span_find(record, '"');
	const char *last;

	if (quote == record.len)
		return quote;
	last = memrchr(record.at, delimiter, quote);
	return last == NULL ? 0 : (size_t)(last + 1 - record.at);
}

void
csvrow_view(struct csvrow *r, struct span record, size_t quoted)
{
	const char *at = record.at, *end = record.at + quoted, *next;

	r->n = 0;
	r->uncut = true;
	if (quoted == record.len && has_none(r, record))
		return;
	while (at < end &&
	    (next = memchr(at, r->delimiter, (size_t)(end - at))) != NULL) {
		add_trimmed(r, at, next);
		at = next + 1;
	}
	if (quoted == record.len)
		add_trimmed(r, at, end);
	else
		parse(r, (struct span){at, record.len - quoted});
}

void
csvrow_parse(struct csvrow *r, struct span record)
{
	buf_reset(&r->copy);
	buf_add(&r->copy, record);
	record.at = r->copy.at;
	csvrow_view(r, record, csvrow_quoted(record, r->delimiter));
}

struct span
csvrow_cells(const struct csvrow *r, size_t first, size_t last)
{
	const struct span from = r->cells[first], to = r->cells[last];

	return (struct span){from.at, (size_t)(to.at + to.len - from.at)};
}
