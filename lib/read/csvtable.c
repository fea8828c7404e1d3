#include "read/csvtable.h"

#include <string.h>

#include "read/csvrecord.h"
#include "text/encoding.h"

enum { ROWS_LOOKED_AT = 20 };

/* A --map value that is a number of a column, counted from 1; 0: it is not. */
static int
column_number(struct span name)
{
	int n = 0;

	for (size_t i = 0; i < name.len; i++) {
		if (name.at[i] < '0' || name.at[i] > '9' || n > 9999)
			return 0;
		n = n * 10 + (name.at[i] - '0');
	}
	return n;
}

/* A sample may be cut within a character, and hold what did not decode. */
static bool
is_text(struct span cell)
{
	return utf8_valid(cell) == cell.len;
}

static bool
same_name(struct viewer *v, struct span a, struct span b)
{
	struct buf x = {0}, y = {0};
	bool same;

	column_key(v, a, &x);
	column_key(v, b, &y);
	same = span_eq(buf_span(&x), buf_span(&y));
	buf_free(&x);
	buf_free(&y);
	return same;
}

static int
named_column(
    const struct csvnames *names, const struct csvrow *header, struct span name)
{
	for (size_t i = 0; header != NULL && i < header->n; i++)
		if (is_text(csvrow_cell(header, i)) &&
		    same_name(names->viewer, csvrow_cell(header, i), name))
			return (int)i;
	return column_number(name) - 1;
}

/* "日付+時刻": a column that is two, a date and its time of day. */
static void
name_two(struct csvtable *t, const struct csvnames *names,
    const struct csvrow *header, struct span name)
{
	size_t plus = span_find(name, '+');

	if (plus == name.len)
		return;
	t->at[COLUMN_AT] = named_column(
	    names, header, (struct span){name.at, plus});
	t->at2 = named_column(names, header,
	    (struct span){name.at + plus + 1, name.len - plus - 1});
}

/* What --map says. */
static void
map_given(struct csvtable *t, const struct csvnames *names,
    const struct csvrow *header, bool *given)
{
	const struct read_options *o = names->options;

	for (size_t i = 0; i < o->nmap; i++) {
		const enum column c = o->map[i].column;
		int column = named_column(names, header, o->map[i].name);

		if (c == COLUMN_AT && given[c] && column != COLUMN_ABSENT) {
			t->at2 = column;
			continue;
		}
		t->at[c] = column;
		given[c] = true;
		if (c == COLUMN_AT && column == COLUMN_ABSENT)
			name_two(t, names, header, o->map[i].name);
	}
}

/* "start_ms" or 開始(ミリ秒): the name without its unit; *ms: it is one. */
static struct span
without_unit(struct span name, bool *ms)
{
	static const char *const units[] = {"_ms", "-ms", " ms", "(ms)", "[ms]",
	    "（ms）", "InMs", "Ms", "_msec", "_millis", "_milliseconds",
	    "(ミリ秒)", "（ミリ秒）", "ミリ秒"};

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		*ms = span_ends(name, span_of(units[i]));
		if (*ms) {
			name.len -= strlen(units[i]);
			break;
		}
	}
	return name;
}

/* What a column's name means, perhaps with its unit. */
static enum column
meaning(const struct csvnames *names, struct span name)
{
	bool ms;
	struct span bare = without_unit(span_trim(name), &ms);
	enum column c = pack_column(names->pack, names->viewer, name);

	if (c != COLUMN_N || !ms)
		return c;
	c = pack_column(names->pack, names->viewer, bare);
	return c == COLUMN_START || c == COLUMN_END ? c : COLUMN_N;
}

/* Of the columns that are found: which count milliseconds? */
static void
find_units(struct csvtable *t, const struct csvrow *header)
{
	for (size_t c = 0; header != NULL && c < COLUMN_N; c++)
		if (t->at[c] != COLUMN_ABSENT)
			without_unit(
			    span_trim(csvrow_cell(header, (size_t)t->at[c])),
			    &t->ms[c]);
}

static bool
is_taken(const struct csvtable *t, int column)
{
	for (int i = 0; i < COLUMN_N; i++)
		if (t->at[i] == column)
			return true;
	return false;
}

static void
take(struct csvtable *t, enum column c, int column)
{
	if (t->at[c] == COLUMN_ABSENT)
		t->at[c] = column;
	else if (c == COLUMN_AT && t->at2 == COLUMN_ABSENT)
		t->at2 = column;
	else if (t->duplicate == COLUMN_N)
		t->duplicate = c;
}

void
csvtable_map(struct csvtable *t, const struct csvnames *names,
    const struct csvrow *header)
{
	bool given[COLUMN_N] = {false};

	*t = (struct csvtable){.at2 = COLUMN_ABSENT, .duplicate = COLUMN_N};
	for (int i = 0; i < COLUMN_N; i++)
		t->at[i] = COLUMN_ABSENT;
	map_given(t, names, header, given);
	for (size_t i = 0; header != NULL && i < header->n; i++) {
		struct span cell = csvrow_cell(header, i);
		enum column c = is_text(cell) ? meaning(names, cell) : COLUMN_N;

		if (c != COLUMN_N && !given[c] && !is_taken(t, (int)i))
			take(t, c, (int)i);
	}
	find_units(t, header);
}

void
csvtable_missing(const struct csvrow *header,
    const struct read_options *options, struct buf *out)
{
	buf_adds(out, "no column holds the text; columns seen:");
	for (size_t i = 0; i < header->n && i < 30; i++) {
		struct span cell = csvrow_cell(header, i);

		cell.len = utf8_valid(cell);
		buf_printf(out, "%s %zu %.*s", i == 0 ? "" : ",", i + 1,
		    SPAN_FMT(value_shown(options, cell)));
	}
	buf_adds(out,
	    "; name it: --map text=NAME (and conversation=, "
	    "speaker=, role=, start=, end=, at=, until=; a number counts "
	    "columns from 1)");
}

/* The next line of the sample with its line end; *ended: it has one. */
static struct span
take_line(struct span *rest, const struct quotes *q, bool *ended)
{
	size_t n = span_find(*rest, '\n');
	struct span line = {rest->at, n};

	*ended = n < rest->len;
	if (n > 0 && line.at[n - 1] == '\r')
		line.len--;
	if (!q->open)
		line.len = csv_return(q, line, 0);
	if (line.len + 1 < n)
		n = line.len;
	n += n < rest->len;
	*rest = (struct span){rest->at + n, rest->len - n};
	return line;
}

/* The lines of the sample's next record; false: it does not end in it. */
static bool
next_record(
    struct span *rest, bool whole, struct quotes *q, struct span *record)
{
	const char *from = rest->at;
	bool ended;

	quotes_reset(q);
	while (rest->len > 0) {
		struct span line = take_line(rest, q, &ended);

		if (!ended && !whole)
			return false;
		*record = (struct span){
		    from, (size_t)(line.at + line.len - from)};
		if (quotes_line(q, line) != QUOTES_OPEN)
			return true;
	}
	/* A quote that is never closed: the rest, as it stands. */
	return whole && rest->at > from;
}

static bool
next_full_record(
    struct span *rest, bool whole, struct quotes *q, struct span *record)
{
	while (next_record(rest, whole, q, record))
		if (span_trim(*record).len > 0)
			return true;
	return false;
}

/* The columns that whisper.cpp names, in its order: 0, these are others. */
static size_t
whisper_columns(const struct csvrow *header)
{
	static const char *const names[] = {"start", "end", "speaker", "text"};
	size_t n = 0;

	for (size_t i = 0; i < 4; i++)
		if (n < header->n &&
		    span_eq(csvrow_cell(header, n), span_of(names[i])))
			n++;
	return n == header->n && n >= 3 ? n : 0;
}

/* Whole tens of milliseconds; -1: it is none. */
static long
tens(struct span cell)
{
	long n = 0;

	for (size_t i = 0; i < cell.len; i++) {
		if (cell.at[i] < '0' || cell.at[i] > '9' || i > 9)
			return -1;
		n = n * 10 + (cell.at[i] - '0');
	}
	return cell.len > 0 && n % 10 == 0 ? n : -1;
}

/* Nobody speaks for minutes on end, each time: then these are no seconds. */
static bool
are_milliseconds(long spoken, size_t rows)
{
	enum { SECONDS_MOST = 200 };

	return rows > 0 && spoken / (long)rows > SECONDS_MOST;
}

bool
csv_is_whisper(struct span text, bool whole, char delimiter)
{
	struct quotes q = {.delimiter = delimiter};
	struct csvrow row;
	struct span record;
	size_t columns = 0, rows = 0;
	long spoken = 0;

	csvrow_open(&row, delimiter);
	if (delimiter == ',' && next_full_record(&text, whole, &q, &record)) {
		csvrow_parse(&row, record);
		columns = whisper_columns(&row);
	}
	while (columns > 0 && rows < ROWS_LOOKED_AT &&
	    next_full_record(&text, whole, &q, &record)) {
		long start, end;

		csvrow_parse(&row, record);
		start = tens(csvrow_cell(&row, 0));
		end = tens(csvrow_cell(&row, 1));
		if (row.n != columns || start == -1 || end < start)
			columns = 0;
		spoken += end - start;
		rows++;
	}
	csvrow_close(&row);
	return columns > 0 && are_milliseconds(spoken, rows);
}

char
csv_skip_sep(struct span *text)
{
	size_t n = span_find(*text, '\n');
	bool cr = n > 0 && text->at[n - 1] == '\r';
	char sep = csv_sep((struct span){text->at, n - cr});

	n += n < text->len;
	if (sep != '\0')
		*text = (struct span){text->at + n, text->len - n};
	return sep;
}

bool
csv_first(struct span text, bool whole, char delimiter, struct csvrow *row)
{
	struct quotes q = {.delimiter = delimiter};
	struct span record;

	csv_skip_sep(&text);
	if (!next_full_record(&text, whole, &q, &record))
		return false;
	csvrow_parse(row, record);
	return true;
}

static void
count_known(struct csvshape *s, const struct csvnames *names,
    const struct csvrow *header)
{
	struct csvtable t;

	csvtable_map(&t, names, header);
	for (int i = 0; i < COLUMN_N; i++)
		s->known += t.at[i] != COLUMN_ABSENT;
	s->text = t.at[COLUMN_TEXT] != COLUMN_ABSENT;
}

static struct csvshape
shape_with(
    struct span text, bool whole, char delimiter, const struct csvnames *names)
{
	struct csvshape s = {.delimiter = delimiter};
	struct quotes q = {.delimiter = delimiter};
	struct csvrow row;
	struct span record;

	csvrow_open(&row, delimiter);
	if (next_full_record(&text, whole, &q, &record)) {
		csvrow_parse(&row, record);
		s.columns = row.n;
		count_known(&s, names, names->options->no_header ? NULL : &row);
	}
	while (s.columns > 0 && s.rows < ROWS_LOOKED_AT &&
	    next_full_record(&text, whole, &q, &record)) {
		s.rows++;
		s.fitting += q.columns == s.columns;
	}
	csvrow_close(&row);
	return s;
}

/* Names that mean something decide, then how well the rows fit. */
static bool
likelier(const struct csvshape *a, const struct csvshape *b)
{
	if (a->known != b->known)
		return a->known > b->known;
	if ((a->columns > 1) != (b->columns > 1))
		return a->columns > 1;
	if (a->fitting != b->fitting)
		return a->fitting > b->fitting;
	return a->columns > b->columns;
}

struct csvshape
csvshape_of(struct span text, bool whole, const struct csvnames *names)
{
	static const char delimiters[] = {',', '\t', ';'};
	char given = csv_skip_sep(&text);
	struct csvshape best, s;

	if (names->options->delimiter != 0)
		given = names->options->delimiter;
	if (given != 0)
		return shape_with(text, whole, given, names);
	best = shape_with(text, whole, delimiters[0], names);
	for (size_t i = 1; i < sizeof(delimiters); i++) {
		s = shape_with(text, whole, delimiters[i], names);
		if (likelier(&s, &best))
			best = s;
	}
	return best;
}
