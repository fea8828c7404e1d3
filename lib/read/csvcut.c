#include "read/csvcut.h"

#include "read/csvrow.h"

/* Where a byte stands next, looked for once as the reading goes by it. */
struct next {
	char byte;
	const char *at; /* the end of the text: nowhere */
};

static bool
lies_within(struct next *n, const char *from, const char *to, const char *end)
{
	if (n->at < from) {
		n->at = memchr(from, n->byte, (size_t)(end - from));
		if (n->at == NULL)
			n->at = end;
	}
	return n->at < to;
}

/* A text on its way to its cut. */
struct cutting {
	struct csvcut cut; /* as at the record that is looked at */
	const char *at, *end;
	struct next quote, cr;
	struct span last; /* the last record of one line; at NULL: none */
};

/* The line at a place, of which text is what the stream would give. */
struct cut_line {
	struct span text;
	const char *end; /* its LF, or the end of the text */
};

static struct cut_line
line_at(const struct cutting *c, const char *at)
{
	const char *lf = memchr(at, '\n', (size_t)(c->end - at));
	struct cut_line l = {.end = lf == NULL ? c->end : lf};

	l.text = (struct span){at, (size_t)(l.end - at)};
	if (lf != NULL && l.end > at && l.end[-1] == '\r')
		l.text.len--;
	if (l.text.len >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0) {
		l.text.at += 3;
		l.text.len -= 3;
	}
	return l;
}

static size_t
columns_of(const struct csvcut *c, struct span record)
{
	struct quotes q = {.delimiter = c->delimiter};

	quotes_line(&q, record);
	return q.columns;
}

/* The record before the place is needed after all. */
static void
settle(struct cutting *c)
{
	if (c->last.at != NULL)
		c->cut.usual = columns_of(&c->cut, c->last);
	c->last.at = NULL;
}

/* Could the line within a quoted cell be a row? Not by its columns. */
static bool
fits(const struct csvcut *c, struct span line)
{
	struct quotes q = {.delimiter = c->delimiter};

	return quotes_line(&q, line) == QUOTES_SOUND && q.columns > 1 &&
	    (c->expected == 0 || q.columns == c->expected ||
		q.columns == c->usual);
}

/*
 * A record that goes on behind its first line. True: it ends by itself, and
 * c stands behind it; else *alone tells whether that can be known at all.
 */
static bool
long_record(
    struct cutting *c, struct quotes *q, struct cut_line line, bool *alone)
{
	settle(c);
	for (;;) {
		enum quotes_state state;

		if (line.end + 1 >= c->end)
			return false;
		line = line_at(c, line.end + 1);
		state = quotes_line(q, line.text);
		*alone = state == QUOTES_STRAY || fits(&c->cut, line.text);
		if (*alone)
			return false;
		if (state == QUOTES_SOUND)
			break;
	}
	c->cut.usual = q->columns;
	c->at = line.end + 1;
	return true;
}

/* The same of any record. */
static bool
whole_record(struct cutting *c, bool *alone)
{
	struct quotes q = {.delimiter = c->cut.delimiter};
	struct cut_line line = line_at(c, c->at);
	const char *to = line.text.at + line.text.len;

	*alone = lies_within(&c->cr, c->at, to, c->end) &&
	    csv_return(&q, line.text, c->cut.expected) < line.text.len;
	if (*alone)
		return false;
	if (lies_within(&c->quote, c->at, to, c->end)) {
		enum quotes_state state = quotes_first(
		    &q, line.text, csvrow_quoted(line.text, q.delimiter));

		*alone = state == QUOTES_STRAY;
		if (state != QUOTES_SOUND)
			return state == QUOTES_OPEN &&
			    long_record(c, &q, line, alone);
	}
	c->at = line.end + 1;
	if (!csv_blank(line.text) &&
	    (c->cut.begun || csv_sep(line.text) == '\0'))
		c->last = line.text;
	return true;
}

size_t
csvcut_records(struct csvcut *cut, struct span text, bool *alone)
{
	struct cutting c = {.cut = *cut,
	    .at = text.at,
	    .end = text.at + text.len,
	    .quote = {'"', NULL},
	    .cr = {'\r', NULL}};
	const char *safe = text.at;

	*alone = false;
	while (c.at < c.end && whole_record(&c, alone)) {
		c.cut.begun = true;
		if (c.cut.expected == 0) {
			settle(&c);
			c.cut.expected = c.cut.usual;
		}
		safe = c.at < c.end ? c.at : c.end;
	}
	settle(&c);
	if (safe > text.at)
		*cut = c.cut;
	return (size_t)(safe - text.at);
}
