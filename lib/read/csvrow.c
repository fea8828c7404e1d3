#include "read/csvrow.h"

#include <stdlib.h>

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

	*r = (struct csvrow){.parser = p};
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
	free(r->ends);
	buf_free(&r->text);
	r->parser = NULL;
}

static void
on_cell(void *text, size_t len, void *ctx)
{
	struct csvrow *r = ctx;

	buf_add(&r->text, (struct span){text, len});
	r->ends = mem_grow(r->ends, &r->cap, r->n + 1, sizeof(*r->ends));
	r->ends[r->n++] = r->text.len;
}

static void
on_row(int end, void *ctx)
{
	(void)end;
	(void)ctx;
}

void
csvrow_parse(struct csvrow *r, struct span record)
{
	r->n = 0;
	buf_reset(&r->text);
	buf_room(&r->text, record.len);
	csv_parse(r->parser, record.at, record.len, on_cell, on_row, r);
	csv_fini(r->parser, on_cell, on_row, r);
}

struct span
csvrow_cell(const struct csvrow *r, size_t i)
{
	size_t from;

	if (i >= r->n)
		return (struct span){"", 0};
	from = i == 0 ? 0 : r->ends[i - 1];
	return (struct span){r->text.at + from, r->ends[i] - from};
}
