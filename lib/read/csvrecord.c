#include "read/csvrecord.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "read/csvrow.h"

/* A line on which reading might go on is tried with so much behind it. */
enum { TRIAL_MAX = 64 << 10 };

void
quotes_reset(struct quotes *q)
{
	q->open = false;
	q->columns = 0;
}

static size_t
skip_blanks(const struct quotes *q, struct span s, size_t i)
{
	while (i < s.len && s.at[i] != q->delimiter &&
	    (s.at[i] == ' ' || s.at[i] == '\t'))
		i++;
	return i;
}

/* Offset behind the quote that closes the cell, len + 1: none does. */
static size_t
closing(struct span s, size_t i)
{
	while (i < s.len) {
		const char *quote = memchr(s.at + i, '"', s.len - i);

		if (quote == NULL)
			break;
		i = (size_t)(quote - s.at) + 1;
		if (i == s.len || s.at[i] != '"')
			return i;
		i++;
	}
	return s.len + 1;
}

enum quotes_state
quotes_line(struct quotes *q, struct span s)
{
	size_t i = 0;

	q->columns += !q->open;
	for (;;) {
		const char *next;

		if (!q->open) {
			i = skip_blanks(q, s, i);
			q->open = i < s.len && s.at[i] == '"';
			i += q->open;
		}
		if (q->open) {
			i = closing(s, i);
			if (i > s.len)
				return QUOTES_OPEN;
			q->open = false;
			i = skip_blanks(q, s, i);
			if (i < s.len && s.at[i] != q->delimiter)
				return QUOTES_STRAY;
		}
		next = i < s.len ? memchr(s.at + i, q->delimiter, s.len - i) :
				   NULL;
		if (next == NULL)
			return QUOTES_SOUND;
		i = (size_t)(next - s.at) + 1;
		q->columns++;
	}
}

enum quotes_state
quotes_first(struct quotes *q, struct span line, size_t quoted)
{
	const struct span rest = {line.at + quoted, line.len - quoted};
	enum quotes_state state = rest.len == 0 ? QUOTES_SOUND :
						  quotes_line(q, rest);

	if (state == QUOTES_SOUND)
		return state;
	quotes_reset(q);
	return quotes_line(q, line);
}

size_t
csv_return(const struct quotes *q, struct span line, size_t columns)
{
	const size_t whole = line.len, first = span_find(line, '\r');

	if (first == whole || columns == 1)
		return whole;
	while (line.len > 0) {
		struct quotes one = {.delimiter = q->delimiter};
		size_t n = span_find(line, '\r');

		if (quotes_line(&one, (struct span){line.at, n}) !=
			QUOTES_SOUND ||
		    one.columns == 1 || (columns > 0 && one.columns != columns))
			return whole;
		columns = one.columns;
		n += n < line.len;
		line = (struct span){line.at + n, line.len - n};
	}
	return first;
}

char
csv_sep(struct span line)
{
	if (line.len > 5 && line.at[0] == '"' && line.at[line.len - 1] == '"')
		line = (struct span){line.at + 1, line.len - 2};
	return line.len == 5 &&
		span_caseeq((struct span){line.at, 4}, SPAN("sep=")) ?
	    line.at[4] :
	    '\0';
}

void
csvrecords_close(struct csvrecords *c)
{
	buf_free(&c->held);
	free(c->lines);
}

static struct span
held_text(const struct csvrecords *c, size_t i)
{
	return (struct span){c->held.at + c->lines[i].at, c->lines[i].len};
}

/* Forgets the lines that are read for good: those before first. */
static void
held_drop(struct csvrecords *c, size_t first)
{
	size_t from = first < c->nlines ? c->lines[first].at : c->held.len;

	/* Not line by line: each byte is moved once or twice in all. */
	if (first < c->nlines && from < c->held.len / 2)
		return;
	c->held.len -= from;
	if (c->held.len > 0)
		memmove(c->held.at, c->held.at + from, c->held.len);
	c->nlines -= first;
	if (c->nlines > 0)
		memmove(
		    c->lines, c->lines + first, c->nlines * sizeof(*c->lines));
	for (size_t i = 0; i < c->nlines; i++)
		c->lines[i].at -= from;
	c->next -= first;
}

/* Keeps a line with its line end, of which only CR LF differs from LF. */
static void
held_add(struct csvrecords *c, struct span line)
{
	struct held_line *h;

	c->lines = mem_grow(
	    c->lines, &c->cap, c->nlines + 1, sizeof(*c->lines));
	h = &c->lines[c->nlines++];
	*h = (struct held_line){c->held.len, line.len,
	    stream_line_number(c->in), stream_origin(c->in, line.at)};
	buf_add(&c->held, line);
	buf_adds(&c->held, line.at[line.len] == '\r' ? "\r\n" : "\n");
}

/* Makes held line i be there. 1; 0: the input ends before it. */
static int
hold(struct csvrecords *c, size_t i, struct err *err)
{
	struct span line;
	int rc;

	if (i < c->nlines)
		return 1;
	rc = stream_line(c->in, c->max, &line, err);
	if (rc == 1)
		held_add(c, line);
	return rc;
}

static bool
fits(const struct csvrecords *c, size_t columns)
{
	return c->expected == 0 || columns == c->expected ||
	    columns == c->usual;
}

/* How an attempt to put a record together from held lines went. */
struct attempt {
	size_t first, last; /* held lines */
	size_t quote;       /* where the last quote opened */
	size_t columns;
	const char *damage; /* NULL: sound */
};

/*
 * Are the lines behind the first rows of their own, so that the quote that
 * made one record of them all was a stray one? The last counts if the quote
 * that closes stands at its end, as a stray one might.
 */
static bool
swallowed_rows(const struct csvrecords *c, const struct attempt *a)
{
	size_t rows = 0, lines = 0;

	for (size_t i = a->first + 1; i <= a->last; i++) {
		struct span line = held_text(c, i);
		struct quotes q = {.delimiter = c->quotes.delimiter};

		if (i == a->last && !span_ends(line, SPAN("\"")))
			break;
		lines++;
		if (quotes_line(&q, line) == QUOTES_SOUND && q.columns > 1 &&
		    fits(c, q.columns) && c->row_like != NULL)
			rows += c->row_like(
			    c->ctx, held_text(c, a->first), line);
	}
	return rows > 0 && rows * 2 >= lines;
}

static void
judge(const struct csvrecords *c, struct attempt *a, bool strict)
{
	if (a->last > a->first && c->expected > 0 && swallowed_rows(c, a))
		a->damage = " takes in the rows that follow: it is stray, or "
			    "not closed";
	else if (strict && !fits(c, a->columns))
		a->damage = "";
}

/*
 * Puts a record together from held line first on, of max bytes. strict: it
 * must have the usual columns. 0, or -1 for an input that fails.
 */
static int
attempt(struct csvrecords *c, size_t first, size_t max, bool strict,
    struct attempt *a, struct err *err)
{
	enum quotes_state state = QUOTES_OPEN;
	size_t i = first;
	int rc;

	*a = (struct attempt){first, first, first, 0, NULL};
	quotes_reset(&c->quotes);
	for (; (rc = hold(c, i, err)) == 1; i++) {
		bool was = c->quotes.open;
		struct span line = held_text(c, i);

		if (c->lines[i].at + line.len - c->lines[first].at > max)
			break;
		state = quotes_line(&c->quotes, line);
		a->last = i;
		if (state != QUOTES_OPEN)
			break;
		if (!was || memchr(line.at, '"', line.len) != NULL)
			a->quote = i;
	}
	if (rc == -1)
		return -1;
	a->columns = c->quotes.columns;
	if (state == QUOTES_STRAY)
		a->damage = " is closed before text: a quote within a cell is "
			    "written twice";
	else if (state == QUOTES_OPEN)
		a->damage = rc == 0 ?
		    " is not closed" :
		    " is not closed within the limit of --max-record";
	else
		judge(c, a, strict);
	return 0;
}

/* The record is damaged: which lines are lost with it, and where to go on. */
static int
resume(struct csvrecords *c, const struct attempt *a, struct csvrecord *out,
    struct err *err)
{
	struct attempt next;
	size_t i = a->first + 1;
	int rc;

	out->text = (struct span){0};
	out->damage = a->damage;
	out->line = c->lines[a->first].line;
	out->byte = c->lines[a->first].byte;
	out->quote_line = c->lines[a->quote].line;
	for (; (rc = hold(c, i, err)) == 1; i++) {
		if (attempt(c, i, TRIAL_MAX, true, &next, err) == -1)
			return -1;
		if (next.damage == NULL)
			break;
	}
	if (rc == -1)
		return -1;
	out->last_line = c->lines[i - 1].line;
	out->text = held_text(c, a->first);
	c->next = i;
	return 1;
}

static int
held_record(struct csvrecords *c, struct csvrecord *out, struct err *err)
{
	struct attempt a;
	size_t end;

	held_drop(c, c->next);
	if (attempt(c, c->next, c->max, false, &a, err) == -1)
		return -1;
	if (a.damage != NULL)
		return resume(c, &a, out, err);
	end = c->lines[a.last].at + c->lines[a.last].len;
	*out = (struct csvrecord){.text = {c->held.at + c->lines[a.first].at,
				      end - c->lines[a.first].at},
	    .line = c->lines[a.first].line,
	    .byte = c->lines[a.first].byte,
	    .last_line = c->lines[a.last].line};
	out->quoted = csvrow_quoted(out->text, c->quotes.delimiter);
	c->next = a.last + 1;
	return 1;
}

/* The next line, behind one for Excel at the very beginning. */
static int
next_line(struct csvrecords *c, struct span *line, struct err *err)
{
	int rc = stream_line(c->in, c->max, line, err);

	if (rc == 1 && !c->begun && csv_sep(*line) != '\0')
		rc = stream_line(c->in, c->max, line, err);
	c->begun = true;
	return rc;
}

/* Are there several rows in the line, parted by CR? Then they are held. */
static bool
held_rows(struct csvrecords *c, struct span line)
{
	size_t n;

	if (c->no_return)
		return false;
	n = csv_return(&c->quotes, line, c->expected);
	if (n == line.len)
		return false;
	for (;;) {
		held_add(c, (struct span){line.at, n});
		if (n == line.len)
			return true;
		line = (struct span){line.at + n + 1, line.len - n - 1};
		n = span_find(line, '\r');
	}
}

/* A record of one line, which most are, is taken from the stream as it is. */
static int
streamed_record(struct csvrecords *c, struct csvrecord *out, struct err *err)
{
	struct span line;
	size_t quoted;
	int rc = next_line(c, &line, err);

	if (rc != 1)
		return rc;
	if (held_rows(c, line))
		return held_record(c, out, err);
	quotes_reset(&c->quotes);
	quoted = csvrow_quoted(line, c->quotes.delimiter);
	if (quotes_first(&c->quotes, line, quoted) != QUOTES_SOUND) {
		held_add(c, line);
		return held_record(c, out, err);
	}
	*out = (struct csvrecord){.text = line,
	    .quoted = quoted,
	    .line = stream_line_number(c->in),
	    .byte = stream_byte(c->in),
	    .last_line = stream_line_number(c->in)};
	return 1;
}

int
csvrecords_next(struct csvrecords *c, struct csvrecord *out, struct err *err)
{
	int rc;

	do {
		if (c->next < c->nlines) {
			rc = held_record(c, out, err);
		} else {
			c->nlines = c->next = 0;
			buf_reset(&c->held);
			rc = streamed_record(c, out, err);
		}
	} while (rc == 1 && out->damage == NULL && csv_blank(out->text));
	return rc;
}

bool
csvrecords_at_line(const struct csvrecords *c)
{
	return c->next >= c->nlines;
}

void
csvrecords_header(
    struct csvrecords *c, struct arena *a, const struct csvrecord *rec)
{
	c->header = arena_dup(a, rec->text);
}

bool
csvrecord_repeats(const struct csvrecords *c, const struct csvrecord *rec)
{
	return c->header.len > 0 && span_eq(c->header, rec->text);
}

int
csvrecord_reject(
    struct emitter *e, const struct csvrecord *rec, struct err *err)
{
	char lost[80] = "";

	if (rec->last_line > rec->line)
		snprintf(lost, sizeof(lost), "; lines %llu to %llu are lost",
		    (unsigned long long)rec->line,
		    (unsigned long long)rec->last_line);
	return emit_reject(e, rec->line, rec->byte, rec->text, err,
	    "the quote opened in line %llu%s%s",
	    (unsigned long long)rec->quote_line, rec->damage, lost);
}
