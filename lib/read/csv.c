/* CSV and TSV: one utterance a row (SPEC section 2; RFC 4180). */
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "read/csvcut.h"
#include "read/csvtable.h"
#include "read/csvtime.h"
#include "read/draft.h"
#include "text/encoding.h"
#include "text/valid.h"

enum {
	SPEAKERS_MAX = 256,  /* of a file's beginning, known by name */
	BEGINNING = 64 << 10 /* bytes, in which they are learnt */
};

/* What the beginning of a file tells of all of it. */
struct known {
	struct arena arena;
	char delimiter;
	bool begun;   /* a line has been read */
	bool headed;  /* the columns are known */
	bool whisper; /* whisper.cpp's: its times are of milliseconds */
	struct csvtable columns;
	struct span header;
	size_t expected;
	bool hours, timed; /* as of struct timecell */
	enum timecell_day day;
	bool decided, single;
	struct map speakers; /* keys in the arena */
	struct csvcut cut;   /* of who cuts it */
};

/* A table that is being read, or a piece of it. */
struct table {
	struct emitter emitter;
	struct known *known;
	struct csvrecords records;
	struct csvrow row;
	struct csvrow trial; /* of a line that might be a row */
	struct timecell times;
	struct buf text; /* of a row whose text is several cells */
	unsigned odd;    /* noted of the times */
	bool is_text;    /* all of the piece is known to be text */
	uint64_t first;  /* byte of the first record that is read alone */
};

static struct csvnames
sample_names(const struct sample *s)
{
	return (struct csvnames){s->pack, s->viewer, s->options};
}

static bool
is_tabular(const struct csvshape *s)
{
	/* One row is enough where a column has a name that is known. */
	return s->columns > 1 && s->rows > (s->known == 0) &&
	    s->fitting == s->rows;
}

static bool
begins_json(struct span text)
{
	text = span_trim(text);
	return text.len > 0 && (text.at[0] == '{' || text.at[0] == '[');
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
	/* What --map renames may be the keys of objects, too. */
	if (shape.columns > 1 && !begins_json(s->text) &&
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
		csvtable_missing(&row, s->options, out);
	}
	csvrow_close(&row);
}

static struct span
field(const struct table *t, const struct csvrow *row, enum column c)
{
	return csvtime_cell(&t->known->columns, row, c);
}

static bool
speaker_known(const struct table *t, struct span name)
{
	return name.len == 0 || map_get(&t->known->speakers, name) != NULL;
}

static void
speaker_learn(struct table *t, const struct draft *d)
{
	static char known;
	struct known *k = t->known;
	struct span name = d->record.speaker;

	if (name.len == 0 || d->record.byte >= BEGINNING ||
	    k->speakers.used >= SPEAKERS_MAX || speaker_known(t, name))
		return;
	*map_slot(&k->speakers, arena_dup(&k->arena, name)) = &known;
}

static bool
has_column(const struct table *t, enum column c)
{
	return t->known->columns.at[c] != COLUMN_ABSENT;
}

/* Does the row of a line go on with the conversation that the opening line is
 * of? */
static bool
same_conversation(struct table *t, struct span opening, struct span line)
{
	struct buf id = {0};
	struct span cell;
	bool same;

	csvrow_parse(&t->trial, opening);
	cell = field(t, &t->trial, COLUMN_CONVERSATION);
	buf_add(&id, cell);
	csvrow_parse(&t->trial, line);
	cell = field(t, &t->trial, COLUMN_CONVERSATION);
	same = cell.len > 0 && span_eq(buf_span(&id), cell);
	buf_free(&id);
	return same;
}

/*
 * A line that lies within a quoted cell, which began in the opening line: would
 * it do as a row? It is text, its times are times, it is of a conversation, and
 * it has a time, or its speaker was heard in the beginning of the file. Where
 * it has neither, most text with a comma would do: it is to be of the same
 * conversation.
 */
static bool
row_like(void *ctx, struct span opening, struct span line)
{
	struct table *t = ctx;
	const bool of_one = !has_column(t, COLUMN_CONVERSATION);
	struct span speaker;
	bool timed;

	csvrow_parse(&t->trial, line);
	if (utf8_valid(line) < line.len ||
	    !csvtime_fits(&t->known->columns, &t->trial, &timed) ||
	    (!of_one && field(t, &t->trial, COLUMN_CONVERSATION).len == 0))
		return false;
	if (timed && !of_one)
		return true;
	speaker = field(t, &t->trial, COLUMN_SPEAKER);
	return speaker.len > 0 ? speaker_known(t, speaker) :
				 same_conversation(t, opening, line);
}

/* Cells of the row, without those behind the header's that hold nothing. */
static size_t
cells_used(const struct table *t)
{
	size_t n = t->row.n;

	while (n > t->records.expected && csvrow_cell(&t->row, n - 1).len == 0)
		n--;
	return n;
}

/* Is the text the last column, and the row longer? What was exported without
 * quotes has its commas. */
static bool
text_goes_on(const struct table *t)
{
	int last = t->known->columns.at[COLUMN_TEXT];

	return (size_t)last + 1 == t->records.expected &&
	    cells_used(t) > t->records.expected;
}

static struct span
text_of(struct table *t)
{
	size_t n, first = t->records.expected - 1;

	if (t->row.n <= t->records.expected || !text_goes_on(t))
		return field(t, &t->row, COLUMN_TEXT);
	n = cells_used(t);
	if (t->row.uncut)
		return csvrow_cells(&t->row, first, n - 1);
	buf_reset(&t->text);
	for (size_t i = first; i < n; i++) {
		if (i > first)
			buf_addc(&t->text, t->row.delimiter);
		buf_add(&t->text, csvrow_cell(&t->row, i));
	}
	return buf_span(&t->text);
}

static void
note_ragged(struct table *t, const struct csvrecord *rec)
{
	const struct sink *sink = t->emitter.reader->sink;
	size_t want = t->records.expected, n = cells_used(t);
	char text[80];

	if (n == want)
		return;
	snprintf(text, sizeof(text), "%zu, not %zu%s", n, want,
	    text_goes_on(t) ? ": taken as one text" : "");
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
	    column_name(bad),
	    SPAN_FMT(value_shown(t->emitter.reader->options, cell)));
}

/* Each oddity of the times is noted once. */
static void
note_times(struct table *t, uint64_t line, unsigned odd)
{
	const struct sink *sink = t->emitter.reader->sink;
	const struct span none = {"", 0};
	unsigned new = odd & ~t->odd;

	t->odd |= odd;
	if (new &TIMES_DATE_ONLY)
		sink->note(sink->ctx, NOTE_DATE_ONLY, line, none);
	if (new &TIMES_SERIAL)
		sink->note(sink->ctx, NOTE_SERIAL_DATE, line, none);
}

static int
emit_row(struct table *t, const struct csvrecord *rec, struct err *err)
{
	struct draft d;
	enum column bad;
	unsigned odd;

	draft_begin(&d, rec->line, rec->byte);
	if (!csvtime_read(
		&t->times, &t->known->columns, &t->row, &d, &bad, &odd))
		return reject_time(t, rec, bad, err);
	note_times(t, rec->line, odd);
	d.record.text = text_of(t);
	d.record.conversation = field(t, &t->row, COLUMN_CONVERSATION);
	d.record.speaker = field(t, &t->row, COLUMN_SPEAKER);
	d.record.role = field(t, &t->row, COLUMN_ROLE);
	speaker_learn(t, &d);
	return draft_emit(&t->emitter, &d, err);
}

static int
read_row(struct table *t, const struct csvrecord *rec, struct err *err)
{
	int rc = 0;

	if (rec->damage != NULL)
		return csvrecord_reject(&t->emitter, rec, err);
	csvrow_view(&t->row, rec->text, rec->quoted);
	t->records.usual = t->row.n;
	if (csvrecord_repeats(&t->records, rec))
		return emit_skip(&t->emitter, rec->line, HEADER_AGAIN, err);
	if (!t->is_text)
		rc = emit_unless_text(
		    &t->emitter, rec->text, rec->line, rec->byte, err);
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	if (t->records.expected == 0)
		t->records.expected = t->row.n;
	if ((size_t)t->known->columns.at[COLUMN_TEXT] >= t->row.n)
		return emit_reject(&t->emitter, rec->line, rec->byte, rec->text,
		    err,
		    "the row ends after column %zu: the text "
		    "is column %d",
		    t->row.n, t->known->columns.at[COLUMN_TEXT] + 1);
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
		csvtable_missing(header, r->options, &why);
	else
		buf_adds(&why,
		    "without a header the text's column must be "
		    "given: --map text=3, counted from 1");
	fail(err, "%.*s:1: %.*s", SPAN_FMT(path), SPAN_FMT(buf_span(&why)));
	buf_free(&why);
	return -1;
}

/* What --map names and the table has not. */
static void
note_absent(const struct reader *r, const struct csvtable *c)
{
	const struct read_options *o = r->options;

	for (size_t i = 0; i < o->nmap; i++)
		if (c->at[o->map[i].column] == COLUMN_ABSENT)
			r->sink->note(r->sink->ctx, NOTE_NO_SUCH_COLUMN, 1,
			    o->map[i].name);
}

static int
map_columns(struct table *t, const struct csvrow *header, struct err *err)
{
	const struct reader *r = t->emitter.reader;
	const struct csvnames names = {r->pack, r->viewer, r->options};
	struct csvtable *c = &t->known->columns;

	csvtable_map(c, &names, header);
	if (t->known->whisper)
		c->ms[COLUMN_START] = c->ms[COLUMN_END] = true;
	if (c->at[COLUMN_TEXT] == COLUMN_ABSENT)
		return no_text_column(r, header, err);
	note_absent(r, c);
	if (c->duplicate != COLUMN_N)
		r->sink->note(r->sink->ctx, NOTE_DUPLICATE_COLUMN, 1,
		    span_of(column_name(c->duplicate)));
	if (header != NULL)
		t->records.expected = t->records.usual = header->n;
	return 0;
}

#define NO_ROW "there is no row but the header"

/* 1: the columns are known; 0: there is nothing yet; -1. */
static int
read_header(struct table *t, struct err *err)
{
	const struct reader *r = t->emitter.reader;
	struct csvrecord rec;
	int rc;

	if (r->options->no_header)
		return map_columns(t, NULL, err) == -1 ? -1 : 1;
	rc = csvrecords_next(&t->records, &rec, err);
	if (rc != 1)
		return rc;
	if (rec.damage != NULL)
		return fail(err,
		    "%.*s:%llu: the header cannot be read: the "
		    "quote opened in line %llu%s",
		    SPAN_FMT(stream_path(r->in)), (unsigned long long)rec.line,
		    (unsigned long long)rec.quote_line, rec.damage);
	csvrow_parse(&t->row, rec.text);
	csvrecords_header(&t->records, &t->known->arena, &rec);
	return map_columns(t, &t->row, err) == -1 ? -1 : 1;
}

/* What is read alone ends where all that was looked at has been read. */
static bool
has_enough(struct table *t, const struct csvrecord *rec)
{
	const struct part *part = t->emitter.reader->part;

	if (part == NULL || !part->alone)
		return false;
	if (t->first == 0)
		t->first = rec->byte + 1;
	return csvrecords_at_line(&t->records) &&
	    rec->byte + 1 - t->first >= part->size;
}

static int
read_rows(struct table *t, struct err *err)
{
	struct csvrecord rec;
	int rc = 1;

	if (!t->known->headed) {
		rc = read_header(t, err);
		t->known->headed = rc == 1;
	}
	if (rc != 1)
		return rc;
	while ((rc = csvrecords_next(&t->records, &rec, err)) == 1) {
		if (read_row(t, &rec, err) == -1)
			return -1;
		/* Of the next record nothing is known. */
		if (has_enough(t, &rec))
			return 0;
	}
	return rc;
}

/* What need not be asked of each record of a block: it stands in memory. */
static void
look(struct table *t)
{
	const struct reader *r = t->emitter.reader;
	struct span text;
	struct err err;
	bool whole;

	if (r->part == NULL || r->part->alone ||
	    stream_peek(r->in, SIZE_MAX, &text, &whole, &err) == -1)
		return;
	t->is_text = utf8_is_valid(text.at, text.len) &&
	    span_find(text, '\0') == text.len;
	t->records.no_return = span_find(text, '\r') == text.len;
}

/* Where the last piece left off; see struct part. */
static void
begin(struct table *t)
{
	const struct reader *r = t->emitter.reader;
	const struct known *k = t->known;

	t->emitter.decided = k->decided;
	t->emitter.single = k->single;
	t->times.decided = k->timed;
	t->times.hours = k->hours;
	t->times.day = k->day;
	t->records = (struct csvrecords){.in = r->in,
	    .max = r->options->record_max,
	    .row_like = row_like,
	    .ctx = t,
	    .quotes = {.delimiter = k->delimiter},
	    .begun = k->begun,
	    .header = k->header,
	    .expected = k->expected,
	    .usual = r->part != NULL && r->part->alone ? k->cut.usual :
							 k->expected};
	look(t);
	csvrow_open(&t->row, k->delimiter);
	csvrow_open(&t->trial, k->delimiter);
}

static bool
has_times(const struct table *t)
{
	return has_column(t, COLUMN_START) || has_column(t, COLUMN_END) ||
	    has_column(t, COLUMN_AT) || has_column(t, COLUMN_UNTIL);
}

/* Until all is decided, one piece is read behind the other. */
static void
keep(struct table *t, struct part *part)
{
	struct known *k = t->known;

	k->begun = true;
	k->decided = t->emitter.decided;
	k->single = t->emitter.single;
	k->timed = t->times.decided;
	k->hours = t->times.hours;
	k->day = t->times.day;
	k->header = t->records.header;
	k->expected = t->records.expected;
	part->single = k->single;
	part->decided = k->headed && k->decided &&
	    (k->timed || !has_times(t)) &&
	    stream_byte(t->emitter.reader->in) >= BEGINNING;
}

static void
end(struct table *t, struct part *part)
{
	struct known *k = t->known;

	if (!part->decided)
		keep(t, part);
	if (part->alone)
		k->cut = (struct csvcut){
		    k->delimiter, true, t->records.expected, t->records.usual};
	part->read += t->emitter.read;
	part->foreign += t->emitter.foreign;
	part->nothing = k->headed ? NO_ROW : BLANK_LINES;
}

static int
read_piece(struct reader *r, struct known *k, struct err *err)
{
	struct table t = {.emitter = {.reader = r}, .known = k};
	int rc;

	begin(&t);
	rc = read_rows(&t, err);
	if (r->part != NULL)
		end(&t, r->part);
	else if (rc == 0)
		rc = emit_end(
		    &t.emitter, k->headed ? NO_ROW : BLANK_LINES, err);
	csvrow_close(&t.row);
	csvrow_close(&t.trial);
	buf_free(&t.text);
	csvrecords_close(&t.records);
	timecell_free(&t.times);
	return rc;
}

static void
forget(void *known)
{
	struct known *k = known;

	map_free(&k->speakers);
	arena_free(&k->arena);
	free(k);
}

static void *
know(const struct reader *r, struct err *err)
{
	const struct csvnames names = {r->pack, r->viewer, r->options};
	struct known *k;
	struct span text;
	bool whole;

	if (stream_peek(r->in, SNIFF_SIZE, &text, &whole, err) == -1)
		return NULL;
	k = mem_alloc(sizeof(*k));
	k->delimiter = csvshape_of(text, whole, &names).delimiter;
	k->cut.delimiter = k->delimiter;
	k->whisper = csv_is_whisper(text, whole, k->delimiter);
	return k;
}

static size_t
cut(void *known, struct span lines, bool *alone)
{
	struct known *k = known;

	return csvcut_records(&k->cut, lines, alone);
}

static int
read_table(struct reader *r, struct err *err)
{
	struct known *k = r->part != NULL ? r->part->known : know(r, err);
	int rc = k == NULL ? -1 : read_piece(r, k, err);

	if (r->part == NULL && k != NULL)
		forget(k);
	return rc;
}

const struct format format_csv = {
    .name = "csv",
    .help = "CSV or TSV: one utterance a row, columns by their names",
    .sniff = sniff,
    .explain = explain,
    .splits = true,
    .know = know,
    .cut = cut,
    .forget = forget,
    .read = read_table,
};
