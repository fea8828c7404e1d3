#include "read/sheet.h"

#include "read/csvtable.h"

static bool
is_named(const struct sheet_column *c, struct span name)
{
	for (size_t i = 0; i < SHEET_NAMES && c->names[i] != NULL; i++)
		if (span_caseeq(span_trim(name), span_of(c->names[i])))
			return true;
	return false;
}

/* Is the row the header? Then at says where the columns stand. */
static bool
is_header(const struct sheet_kind *k, const struct csvrow *row, int *at)
{
	bool all = true;

	for (size_t c = 0; c < k->ncolumns; c++) {
		at[c] = -1;
		for (size_t i = 0; i < row->n && at[c] < 0; i++)
			if (is_named(&k->columns[c], csvrow_cell(row, i)))
				at[c] = (int)i;
		all = all && (at[c] >= 0 || k->columns[c].optional);
	}
	return all;
}

static struct span
next_line(struct span *rest)
{
	size_t n = span_find(*rest, '\n');
	struct span line = {rest->at, n};

	n += n < rest->len;
	*rest = (struct span){rest->at + n, rest->len - n};
	return line;
}

static bool
header_within(const struct sheet_kind *k, struct span text, char delimiter)
{
	struct csvrow row;
	int at[SHEET_COLUMNS];
	bool found = false;

	csvrow_open(&row, delimiter);
	for (size_t i = 0; i <= k->above && !found && text.len > 0; i++) {
		csvrow_parse(&row, span_trim(next_line(&text)));
		found = is_header(k, &row, at);
	}
	csvrow_close(&row);
	return found;
}

/* The delimiter with which the sample has the header, 0 for none. */
static char
delimiter_of(const struct sheet_kind *k, struct span text)
{
	static const char delimiters[] = {',', '\t', ';'};
	char sep = csv_skip_sep(&text);

	if (sep != 0)
		return header_within(k, text, sep) ? sep : 0;
	for (size_t i = 0; i < sizeof(delimiters); i++)
		if (header_within(k, text, delimiters[i]))
			return delimiters[i];
	return 0;
}

int
sheet_sniff(const struct sample *s, const struct sheet_kind *k)
{
	return delimiter_of(k, s->text) != 0 ? 96 : 0;
}

/* Within a quoted cell: a line that would do as a row begins with a date. */
static bool
row_like(void *ctx, struct span opening, struct span line)
{
	struct sheet *s = ctx;
	struct span cell;

	(void)opening;
	csvrow_parse(&s->trial, line);
	cell = csvrow_cell(&s->trial, (size_t)s->at[s->kind->when]);
	return cell.len > 0 && cell.at[0] >= '0' && cell.at[0] <= '9';
}

static int
no_header(const struct sheet *s, struct err *err)
{
	return fail(err,
	    "%.*s:1: no utterance: no row is the header: wanted "
	    "%s",
	    SPAN_FMT(stream_path(s->records.in)), s->kind->wanted);
}

static int
find_header(struct sheet *s, void *ctx, struct err *err)
{
	struct csvrecord rec;
	int rc;

	for (size_t i = 0; i <= s->kind->above; i++) {
		rc = csvrecords_next(&s->records, &rec, err);
		if (rc == -1)
			return -1;
		if (rc == 0)
			break;
		if (rec.damage != NULL)
			continue;
		csvrow_parse(&s->row, rec.text);
		if (is_header(s->kind, &s->row, s->at)) {
			s->records.expected = s->records.usual = s->row.n;
			s->records.row_like = row_like;
			csvrecords_header(
			    &s->records, s->emitter.reader->arena, &rec);
			return 0;
		}
		if (s->kind->preamble != NULL)
			s->kind->preamble(ctx, &s->row);
	}
	return no_header(s, err);
}

int
sheet_open(struct sheet *s, struct reader *r, const struct sheet_kind *k,
    void *ctx, struct err *err)
{
	struct span text = {"", 0};
	bool whole;
	char delimiter;
	int rc = stream_peek(r->in, SNIFF_SIZE, &text, &whole, err);

	delimiter = delimiter_of(k, text);
	if (delimiter == 0)
		delimiter = ',';
	*s = (struct sheet){.kind = k,
	    .emitter = {.reader = r},
	    .records = {.in = r->in,
		.max = r->options->record_max,
		.quotes = {.delimiter = delimiter}}};
	s->records.ctx = s;
	csvrow_open(&s->row, delimiter);
	csvrow_open(&s->trial, delimiter);
	return rc == -1 ? -1 : find_header(s, ctx, err);
}

void
sheet_close(struct sheet *s)
{
	csvrow_close(&s->row);
	csvrow_close(&s->trial);
	csvrecords_close(&s->records);
}

/* What is no row is rejected or skipped: 1; 0: it is one. */
static int
pass_over(struct sheet *s, const struct csvrecord *rec, struct err *err)
{
	struct emitter *e = &s->emitter;
	int rc;

	if (rec->damage != NULL)
		rc = csvrecord_reject(e, rec, err);
	else if (csvrecord_repeats(&s->records, rec))
		rc = emit_skip(e, rec->line, HEADER_AGAIN, err);
	else
		return emit_unless_text(
		    e, rec->text, rec->line, rec->byte, err);
	return rc == -1 ? -1 : 1;
}

int
sheet_next(struct sheet *s, struct csvrecord *rec, struct err *err)
{
	int rc;

	while ((rc = csvrecords_next(&s->records, rec, err)) == 1) {
		int passed = pass_over(s, rec, err);

		if (passed == -1)
			return -1;
		if (passed == 1)
			continue;
		csvrow_parse(&s->row, rec->text);
		s->records.usual = s->row.n;
		return 1;
	}
	return rc;
}

int
sheet_read(struct reader *r, const struct sheet_kind *k,
    int (*emit)(struct sheet *, const struct csvrecord *, struct err *),
    struct err *err)
{
	struct csvrecord rec;
	struct sheet s;
	int rc = sheet_open(&s, r, k, NULL, err);

	while (rc == 0 && (rc = sheet_next(&s, &rec, err)) == 1)
		rc = emit(&s, &rec, err);
	if (rc == 0)
		rc = emit_end(
		    &s.emitter, "there is no row but the header", err);
	sheet_close(&s);
	return rc;
}

struct span
sheet_cell(const struct sheet *s, size_t column)
{
	struct span cell = {"", 0};

	if (s->at[column] >= 0)
		cell = csvrow_cell(&s->row, (size_t)s->at[column]);
	if (cell.len > 1 && cell.at[0] == '\'' &&
	    strchr("=+-@", cell.at[1]) != NULL)
		cell = (struct span){cell.at + 1, cell.len - 1};
	return cell;
}
