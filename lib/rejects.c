#include "rejects.h"

static const char *const columns[] = {
    "source", "line", "byte", "reason", "excerpt"};

static int
flush(struct rejects *r, struct err *err)
{
	int rc = output_write(r->output, buf_span(&r->rows), err);

	buf_reset(&r->rows);
	return rc;
}

int
rejects_open(struct rejects *r, const char *path,
    const struct table_style *style, const struct output_encoding *how,
    struct err *err)
{
	struct output_encoding encoding = *how;

	*r = (struct rejects){
	    .table = {.style = *style,
		.columns = columns,
		.ncolumns = sizeof(columns) / sizeof(*columns)}};
	r->table.style.shape = TABLE_CSV;
	r->table.out = &r->rows;
	encoding.json = false;
	if (output_open_encoded(&r->output, path, &encoding, err) == -1)
		return -1;
	table_header(&r->table);
	return flush(r, err);
}

/* What did not decode is shown as \xHH: an excerpt is for people. */
static void
put_excerpt(struct table *t, struct span bytes)
{
	struct arena a = {0};
	char *s = arena_cstr(
	    &a, bytes.len > 200 ? (struct span){bytes.at, 200} : bytes);

	table_evidence(t, path_label(&a, s));
	arena_free(&a);
}

int
rejects_add(struct rejects *r, struct span source, uint64_t line, uint64_t byte,
    const char *reason, struct span excerpt, struct err *err)
{
	struct table *t = &r->table;

	table_source(t, source);
	table_int(t, (int64_t)line);
	table_int(t, (int64_t)byte);
	table_text(t, span_of(reason));
	put_excerpt(t, excerpt);
	table_end_row(t);
	return r->rows.len < 65536 ? 0 : flush(r, err);
}

int
rejects_commit(struct rejects *r, struct err *err)
{
	struct output *output = r->output;

	if (flush(r, err) == -1)
		return -1;
	r->output = NULL;
	return output_commit(output, err);
}

void
rejects_close(struct rejects *r)
{
	output_abandon(r->output);
	table_free(&r->table);
	buf_free(&r->rows);
}

bool
rejects_too_many(const struct ofuku_counts *n, uint64_t max, double percent)
{
	double share = n->read == 0 ?
	    0 :
	    100.0 * (double)n->rejected / (double)n->read;

	if (n->rejected == 0)
		return false;
	return percent > 0 ? share > percent : n->rejected > max;
}
