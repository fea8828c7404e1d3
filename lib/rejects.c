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
rejects_open(struct rejects *r, const struct run *run, const char *path,
    const struct table_style *style, const struct output_encoding *how,
    struct err *err)
{
	struct output_encoding encoding = *how;

	*r = (struct rejects){.disguise = &run->disguise,
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

/* What cannot be read cannot be told a speaker from a text, so --pseudonymize
 * shows none. */
static void
put_excerpt(struct rejects *r, struct span bytes)
{
	struct arena a = {0};
	size_t most = r->disguise->redact ? 2000 : 200;

	bytes.len = bytes.len > most ? most : bytes.len;
	if (r->disguise->keyed)
		table_empty(&r->table);
	else
		table_evidence(
		    &r->table, disguise_excerpt(r->disguise, bytes, &a));
	arena_free(&a);
}

/* It may quote what it is about. */
static void
put_reason(struct rejects *r, const char *reason)
{
	struct arena a = {0};

	table_text(&r->table, disguise_text(r->disguise, span_of(reason), &a));
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
	put_reason(r, reason);
	put_excerpt(r, excerpt);
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
