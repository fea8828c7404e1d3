/* CSV and TSV: one utterance a row (SPEC section 2; RFC 4180). */
#include <stdio.h>

#include "base/map.h"
#include "read/csvrecord.h"
#include "read/csvtable.h"
#include "read/draft.h"
#include "read/timecell.h"
#include "text/encoding.h"

/* So many speakers of a file are known by name. */
enum { SPEAKERS_MAX = 256 };

/* A table that is being read. */
struct table {
	struct emitter emitter;
	struct csvrecords records;
	struct csvrow row;
	struct csvrow trial; /* of a line that might be a row */
	struct csvtable columns;
	struct timecell times;
	struct map speakers; /* keys in the arena */
	bool date_only;      /* noted */
};

static struct csvnames
sample_names(const struct sample *s)
{
	return (struct csvnames){s->pack, s->viewer, s->options};
}

static bool
is_tabular(const struct csvshape *s)
{
	return s->columns > 1 && s->rows > 1 && s->fitting == s->rows;
}

static int
sniff(const struct sample *s, const char **why)
{
	const struct csvnames names = sample_names(s);
	struct csvshape shape = csvshape_of(s->text, s->whole, &names);
	const struct read_options *o = s->options;

	*why = "no column of the first line is known to hold the text";
	if (shape.text && shape.known > 1)
		return 80;
	if (shape.text &&
	    (shape.columns > 1 ? shape.fitting > 0 :
				 shape.rows > 0 && shape.fitting == shape.rows))
		return 55;
	if (shape.columns > 1 &&
	    (o->nmap > 0 || o->no_header || o->delimiter != 0))
		return 50;
	return 0;
}

/* A table whose columns have other names: which they are. */
static void
explain(const struct sample *s, struct buf *out)
{
	const struct csvnames names = sample_names(s);
	struct csvshape shape = csvshape_of(s->text, s->whole, &names);
	struct csvrow row;

	if (!is_tabular(&shape))
		return;
	csvrow_open(&row, shape.delimiter);
	if (csv_first(s->text, s->whole, shape.delimiter, &row)) {
		buf_adds(out, ": ");
		csvtable_missing(&row, out);
	}
	csvrow_close(&row);
}

static struct span
field(const struct table *t, const struct csvrow *row, enum column c)
{
	int i = t->columns.at[c];

	return i == COLUMN_ABSENT ? (struct span){"", 0} :
				    csvrow_cell(row, (size_t)i);
}

static bool
speaker_known(const struct table *t, struct span name)
{
	return name.len == 0 || map_get(&t->speakers, name) != NULL;
}

static void
speaker_learn(struct table *t, struct span name)
{
	static char known;
	void **slot;

	if (name.len == 0 || t->speakers.used >= SPEAKERS_MAX ||
	    map_get(&t->speakers, name) != NULL)
		return;
	slot = map_slot(
	    &t->speakers, arena_dup(t->emitter.reader->arena, name));
	*slot = &known;
}

/*
 * A line that lies within a quoted cell: would it do as a row? It is text, its
 * times are times, and its speaker has been heard before.
 */
static bool
row_like(void *ctx, struct span line)
{
	static const enum column times[] = {
	    COLUMN_START, COLUMN_END, COLUMN_AT, COLUMN_UNTIL};
	struct table *t = ctx;
	struct timecell scratch = {0};
	struct moment m;
	bool like = utf8_valid(line) == line.len;

	csvrow_parse(&t->trial, line);
	for (size_t i = 0; i < 4 && like; i++)
		like = timecell_read(&scratch, field(t, &t->trial, times[i]),
			   false, &m) != TIMECELL_NONE;
	timecell_free(&scratch);
	return like && speaker_known(t, field(t, &t->trial, COLUMN_SPEAKER)) &&
	    (t->columns.at[COLUMN_CONVERSATION] == COLUMN_ABSENT ||
		field(t, &t->trial, COLUMN_CONVERSATION).len > 0);
}

/* A time cell goes to the clock it is of: *rel or *wall. */
static bool
set_time(struct table *t, struct span cell, bool epoch, struct draft *d,
    struct moment *rel, struct moment *wall)
{
	struct moment m;
	enum timecell_kind kind = timecell_read(&t->times, cell, epoch, &m);

	if (kind == TIMECELL_DATE && !t->date_only) {
		const struct sink *sink = t->emitter.reader->sink;

		t->date_only = true;
		sink->note(sink->ctx, NOTE_DATE_ONLY, d->record.line,
		    (struct span){"", 0});
	}
	if (kind == TIMECELL_TIME)
		*(moment_wall(m) ? wall : rel) = m;
	return kind != TIMECELL_NONE;
}

/* Where a date and its time of day have a column each. */
static bool
set_at(struct table *t, struct draft *d)
{
	struct span first = field(t, &t->row, COLUMN_AT), second;

	if (t->columns.at2 != COLUMN_ABSENT) {
		second = csvrow_cell(&t->row, (size_t)t->columns.at2);
		if (timecell_join(&t->times, first, second, &d->at))
			return true;
	}
	return set_time(t, first, true, d, &d->start, &d->at);
}

/* False: *bad is the column that holds no time. */
static bool
set_times(struct table *t, struct draft *d, enum column *bad)
{
	const struct csvrow *row = &t->row;

	*bad = COLUMN_AT;
	if (!set_at(t, d))
		return false;
	*bad = COLUMN_UNTIL;
	if (!set_time(t, field(t, row, *bad), true, d, &d->end, &d->until))
		return false;
	*bad = COLUMN_START;
	if (!set_time(t, field(t, row, *bad), false, d, &d->start, &d->at))
		return false;
	*bad = COLUMN_END;
	return set_time(t, field(t, row, *bad), false, d, &d->end, &d->until);
}

static void
note_ragged(struct table *t, const struct csvrecord *rec)
{
	const struct sink *sink = t->emitter.reader->sink;
	size_t want = t->records.expected, n = t->row.n;
	char text[64];

	while (n > want && csvrow_cell(&t->row, n - 1).len == 0)
		n--;
	if (n == want)
		return;
	snprintf(text, sizeof(text), "%zu, not %zu", n, want);
	sink->note(sink->ctx, NOTE_RAGGED_ROW, rec->line, span_of(text));
}

static int
reject_time(struct table *t, const struct csvrecord *rec, enum column bad,
    struct err *err)
{
	struct span cell = field(t, &t->row, bad);

	return emit_reject(&t->emitter, rec->line, rec->byte, rec->text, err,
	    "%s is \"%.*s\": wanted a number of seconds, H:MM:SS, or a date "
	    "and time",
	    column_name(bad), SPAN_FMT(cell));
}

static int
emit_row(struct table *t, const struct csvrecord *rec, struct err *err)
{
	struct draft d = {.record = {.line = rec->line, .byte = rec->byte}};
	enum column bad;

	if (!set_times(t, &d, &bad))
		return reject_time(t, rec, bad, err);
	d.record.text = field(t, &t->row, COLUMN_TEXT);
	d.record.conversation = field(t, &t->row, COLUMN_CONVERSATION);
	d.record.speaker = field(t, &t->row, COLUMN_SPEAKER);
	d.record.role = field(t, &t->row, COLUMN_ROLE);
	speaker_learn(t, d.record.speaker);
	return draft_emit(&t->emitter, &d, err);
}

static int
read_row(struct table *t, const struct csvrecord *rec, struct err *err)
{
	int rc;

	if (rec->damage != NULL)
		return csvrecord_reject(&t->emitter, rec, err);
	if (csvrecord_repeats(&t->records, rec))
		return emit_skip(&t->emitter, rec->line, HEADER_AGAIN, err);
	rc = emit_unless_text(
	    &t->emitter, rec->text, rec->line, rec->byte, err);
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	csvrow_parse(&t->row, rec->text);
	t->records.usual = t->row.n;
	if (t->records.expected == 0)
		t->records.expected = t->row.n;
	if ((size_t)t->columns.at[COLUMN_TEXT] >= t->row.n)
		return emit_reject(&t->emitter, rec->line, rec->byte, rec->text,
		    err,
		    "the row ends after column %zu: the text "
		    "is column %d",
		    t->row.n, t->columns.at[COLUMN_TEXT] + 1);
	if (t->row.n != t->records.expected)
		note_ragged(t, rec);
	return emit_row(t, rec, err);
}

static int
no_text_column(
    const struct reader *r, const struct csvrow *header, struct err *err)
{
	struct span path = stream_path(r->in);
	struct buf why = {0};

	if (header != NULL)
		csvtable_missing(header, &why);
	else
		buf_adds(&why,
		    "without a header the text's column must be "
		    "given: --map text=3, counted from 1");
	fail(err, "%.*s:1: %.*s", SPAN_FMT(path), SPAN_FMT(buf_span(&why)));
	buf_free(&why);
	return -1;
}

static int
map_columns(struct table *t, const struct csvrow *header, struct err *err)
{
	const struct reader *r = t->emitter.reader;
	const struct csvnames names = {r->pack, r->viewer, r->options};
	struct csvtable *c = &t->columns;

	csvtable_map(c, &names, header);
	if (c->at[COLUMN_TEXT] == COLUMN_ABSENT)
		return no_text_column(r, header, err);
	if (c->duplicate != COLUMN_N)
		r->sink->note(r->sink->ctx, NOTE_DUPLICATE_COLUMN, 1,
		    span_of(column_name(c->duplicate)));
	if (header != NULL)
		t->records.expected = t->records.usual = header->n;
	return 0;
}

static int
read_header(struct table *t, struct err *err)
{
	const struct reader *r = t->emitter.reader;
	struct csvrecord rec;
	int rc;

	if (r->options->no_header)
		return map_columns(t, NULL, err);
	rc = csvrecords_next(&t->records, &rec, err);
	if (rc == -1)
		return -1;
	if (rc == 0)
		return fail(err, "%.*s:1: no utterance: the input is empty",
		    SPAN_FMT(stream_path(r->in)));
	if (rec.damage != NULL)
		return fail(err,
		    "%.*s:%llu: the header cannot be read: the "
		    "quote opened in line %llu%s",
		    SPAN_FMT(stream_path(r->in)), (unsigned long long)rec.line,
		    (unsigned long long)rec.quote_line, rec.damage);
	csvrow_parse(&t->row, rec.text);
	csvrecords_header(&t->records, r->arena, &rec);
	return map_columns(t, &t->row, err);
}

static int
read_rows(struct table *t, struct err *err)
{
	struct csvrecord rec;
	int rc;

	if (read_header(t, err) == -1)
		return -1;
	while ((rc = csvrecords_next(&t->records, &rec, err)) == 1)
		if (read_row(t, &rec, err) == -1)
			return -1;
	if (rc == -1)
		return -1;
	return emit_end(&t->emitter, "there is no row but the header", err);
}

static int
read_table(struct reader *r, struct err *err)
{
	struct table t = {.emitter = {.reader = r}};
	const struct csvnames names = {r->pack, r->viewer, r->options};
	struct span text;
	bool whole;
	char delimiter;
	int rc;

	if (stream_peek(r->in, SNIFF_SIZE, &text, &whole, err) == -1)
		return -1;
	delimiter = csvshape_of(text, whole, &names).delimiter;
	t.records = (struct csvrecords){.in = r->in,
	    .max = r->options->record_max,
	    .row_like = row_like,
	    .ctx = &t,
	    .quotes = {.delimiter = delimiter}};
	csvrow_open(&t.row, delimiter);
	csvrow_open(&t.trial, delimiter);
	rc = read_rows(&t, err);
	csvrow_close(&t.row);
	csvrow_close(&t.trial);
	csvrecords_close(&t.records);
	timecell_free(&t.times);
	map_free(&t.speakers);
	return rc;
}

const struct format format_csv = {
    .name = "csv",
    .help = "CSV or TSV: one utterance a row, columns by their names",
    .sniff = sniff,
    .explain = explain,
    .read = read_table,
};
