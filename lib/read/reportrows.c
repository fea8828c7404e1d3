#include "read/reportrows.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/joined.h"
#include "base/mem.h"
#include "read/csvrecord.h"
#include "read/csvrow.h"
#include "read/format.h"
#include "read/json.h"
#include "text/encoding.h"
#include "text/formula.h"
#include "text/lang.h"

enum { HEAD_MAX = 64 << 10 };

struct reportrows {
	struct stream *in;
	struct span path;
	const struct reportcolumn *columns;
	size_t n;
	bool is_json;
	bool foreign;
	uint64_t line;
	/* CSV and TSV */
	struct csvrecords records;
	struct csvrow row;
	size_t *at;  /* of each; SIZE_MAX: none */
	bool *words; /* of each: its values may be in another language */
	/* JSON Lines */
	struct json json;
	struct buf text;
	size_t *ends; /* of each cell in text */
};

void
reportrows_close(struct reportrows *r)
{
	if (r == NULL)
		return;
	csvrow_close(&r->row);
	csvrecords_close(&r->records);
	if (r->is_json)
		json_close(&r->json);
	buf_free(&r->text);
	free(r->ends);
	free(r->at);
	free(r->words);
	stream_close(r->in);
	free(r);
}

static struct span
first_line(struct span head)
{
	struct span trimmed = span_trim(head);

	return (struct span){trimmed.at, span_find(trimmed, '\n')};
}

/* What stands most often between the names of the first line. */
static char
find_delimiter(struct span line)
{
	static const char delimiters[] = {',', '\t', ';'};
	size_t best = 0;
	char found = ',';

	for (size_t i = 0; i < sizeof(delimiters); i++) {
		size_t n = 0;

		for (size_t k = 0; k < line.len; k++)
			n += line.at[k] == delimiters[i];
		if (n > best)
			found = delimiters[i];
		best = n > best ? n : best;
	}
	return found;
}

static size_t
header_find(const struct csvrow *header, const char *name)
{
	for (size_t i = 0; i < header->n; i++)
		if (heading_is(name, span_trim(csvrow_cell(header, i))))
			return i;
	return SIZE_MAX;
}

static int
find_columns(struct reportrows *r, bool *missing, struct err *err)
{
	for (size_t i = 0; i < r->n; i++) {
		const char *name = r->columns[i].name;

		r->at[i] = header_find(&r->row, name);
		r->words[i] = r->at[i] != SIZE_MAX &&
		    !span_eq(span_trim(csvrow_cell(&r->row, r->at[i])),
			span_of(name));
		if (r->at[i] != SIZE_MAX || !r->columns[i].needed)
			continue;
		*missing = true;
		return fail(err,
		    "%.*s:%" PRIu64 ": no column \"%s\": is "
		    "this an exchanges report?",
		    SPAN_FMT(r->path), r->line, r->columns[i].name);
	}
	r->records.expected = r->records.usual = r->row.n;
	return 0;
}

static int
read_header(struct reportrows *r, bool *missing, struct err *err)
{
	struct csvrecord rec;
	int rc = csvrecords_next(&r->records, &rec, err);

	if (rc == -1)
		return -1;
	*missing = rc == 0 || rec.damage != NULL;
	if (rc == 0)
		return fail(err,
		    "%.*s: the report is empty, even its header "
		    "is missing",
		    SPAN_FMT(r->path));
	r->line = rec.line;
	if (rec.damage != NULL)
		return fail(err,
		    "%.*s:%" PRIu64 ": the header is damaged: "
		    "this is no report",
		    SPAN_FMT(r->path), rec.line);
	csvrow_parse(&r->row, rec.text);
	return find_columns(r, missing, err);
}

/* A line that fills the columns of the table is a row of its own. */
static bool
row_like(void *ctx, struct span opening, struct span line)
{
	struct reportrows *r = ctx;
	struct quotes q = {.delimiter = r->records.quotes.delimiter};

	(void)opening;
	return quotes_line(&q, line) == QUOTES_SOUND &&
	    q.columns == r->records.expected;
}

static int
begin(struct reportrows *r, bool *missing, struct err *err)
{
	struct span head;
	bool whole;
	char delimiter;

	if (stream_peek(r->in, HEAD_MAX, &head, &whole, err) == -1)
		return -1;
	head = first_line(head);
	r->is_json = head.len > 0 && head.at[0] == '{';
	if (r->is_json) {
		json_open(&r->json, JSON_DEPTH);
		return 0;
	}
	delimiter = find_delimiter(head);
	r->records = (struct csvrecords){.in = r->in,
	    .max = RECORD_MAX_DEFAULT,
	    .row_like = row_like,
	    .ctx = r,
	    .quotes = {.delimiter = delimiter}};
	csvrow_open(&r->row, delimiter);
	return read_header(r, missing, err);
}

int
reportrows_open(struct reportrows **out, int fd, struct span path,
    struct watch *watch, const struct reportcolumn *columns, size_t n,
    bool *missing, struct err *err)
{
	struct reportrows *r = mem_alloc(sizeof(*r));
	bool unused;

	if (missing == NULL)
		missing = &unused;
	*missing = false;
	r->path = path;
	r->columns = columns;
	r->n = n;
	r->at = mem_alloc(n * sizeof(*r->at));
	r->words = mem_alloc(n * sizeof(*r->words));
	r->ends = mem_alloc(n * sizeof(*r->ends));
	if (stream_open_watched(&r->in, fd, path, NULL, NULL, watch, err) ==
		-1 ||
	    begin(r, missing, err) == -1) {
		reportrows_close(r);
		return -1;
	}
	*out = r;
	return 0;
}

static int
next_record(struct reportrows *r, struct err *why)
{
	struct csvrecord rec;
	int rc = csvrecords_next(&r->records, &rec, why);

	if (rc != 1)
		return rc;
	r->line = rec.line;
	if (rec.damage != NULL) {
		fail(why, "the quote opened in line %" PRIu64 "%s",
		    rec.quote_line, rec.damage);
		return 2;
	}
	csvrow_parse(&r->row, rec.text);
	if (r->row.n != r->records.expected) {
		fail(why, "%zu cells, where the header has %zu", r->row.n,
		    r->records.expected);
		return 2;
	}
	if (utf8_valid(rec.text) < rec.text.len) {
		bool guessed;

		fail(why, "the row does not decode as %s",
		    stream_encoding(r->in, &guessed));
		return 2;
	}
	return 1;
}

static void
add_value(struct buf *out, struct json_value v)
{
	struct json_walk items = json_each(v);
	struct json_value item;
	struct span s;
	int64_t n;
	double d;

	if (json_string(v, &s))
		buf_add(out, s);
	else if (json_integer(v, &n))
		buf_printf(out, "%" PRId64, n);
	else if (json_double(v, &d))
		buf_printf(out, "%.3f", d);
	for (size_t i = 0;
	     json_type(v) == JSON_ARRAY && json_next(&items, NULL, &item);
	     i++) {
		if (i > 0)
			buf_addc(out, ';');
		if (json_string(item, &s))
			joined_item(out, s);
	}
}

static int
take_object(struct reportrows *r, struct json_value row, struct err *why)
{
	r->foreign = false;
	buf_reset(&r->text);
	for (size_t i = 0; i < r->n; i++) {
		struct json_value v = json_get(row, r->columns[i].name);

		if (json_type(v) == JSON_NONE && r->columns[i].needed) {
			r->foreign = true;
			fail(why,
			    "no \"%s\": is this an exchanges "
			    "report?",
			    r->columns[i].name);
			return 2;
		}
		add_value(&r->text, v);
		r->ends[i] = r->text.len;
	}
	return 1;
}

/* simdjson's own words are not the same on every processor. */
static int
refuse(struct span line, const char *reason, struct err *why)
{
	struct json_fault f;

	if (!json_locate(line, JSON_DEPTH, &f))
		return fail(why, "not valid JSON: %s", reason);
	return fail(why, "%s, column %llu: %s", f.kind,
	    (unsigned long long)f.column, f.reason);
}

static int
next_object(struct reportrows *r, struct err *why)
{
	const char *reason;
	struct span line;
	int rc;

	do {
		rc = stream_line(r->in, RECORD_MAX_DEFAULT, &line, why);
	} while (rc == 1 && span_trim(line).len == 0);
	if (rc != 1)
		return rc;
	r->line = stream_line_number(r->in);
	if (!json_parse(&r->json, line, &reason)) {
		/* A line that was cut is a report's all the same. */
		r->foreign = !span_starts(line, SPAN("{\"policy\":"));
		refuse(line, reason, why);
		return 2;
	}
	return take_object(r, json_root(&r->json), why);
}

int
reportrows_next(struct reportrows *r, struct err *why)
{
	return r->is_json ? next_object(r, why) : next_record(r, why);
}

struct span
reportrows_cell(const struct reportrows *r, size_t i)
{
	struct span s;

	if (r->is_json) {
		size_t from = i == 0 ? 0 : r->ends[i - 1];

		return (struct span){r->text.at + from, r->ends[i] - from};
	}
	if (r->at[i] == SIZE_MAX)
		return (struct span){0};
	s = csvrow_cell(&r->row, r->at[i]);
	if (formula_guarded(s))
		s = (struct span){s.at + 1, s.len - 1};
	return r->words[i] ? word_of(r->columns[i].name, s) : s;
}

uint64_t
reportrows_line(const struct reportrows *r)
{
	return r->line;
}

bool
reportrows_foreign(const struct reportrows *r)
{
	return r->foreign;
}
