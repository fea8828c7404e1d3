/* JSON Lines: one utterance object a line (SPEC section 2). */
#include "read/mould.h"
#include "read/refuse.h"
#include "text/valid.h"

/* The next line of the sample that is not blank; false: there is none. */
static bool
next_line(struct span *rest, struct span *line, bool *ended)
{
	while (rest->len > 0) {
		size_t n = span_find(*rest, '\n');

		*ended = n < rest->len;
		*line = span_trim((struct span){rest->at, n});
		n += *ended;
		rest->at += n;
		rest->len -= n;
		if (line->len > 0)
			return true;
	}
	return false;
}

/* How sure a whole first line is, of many or of this one. An object of another
 * shape that stands alone is a document, on however many lines it stands. */
static int
judge_object(const struct read_options *o, struct json_value v, bool alone,
    const char **why)
{
	bool text = utterance_has_text(o, v);

	if (text && utterance_parts(v).len == 0)
		return 90;
	*why = text ? "the one object lists its parts beside \"text\": a "
		      "whole document" :
		      "the one object has no \"text\"";
	return alone ? 0 : 40;
}

static int
judge_line(const struct read_options *o, struct span line, bool alone,
    const char **why)
{
	struct buf room = {0};
	struct json json;
	int sure;

	json_open(&json, JSON_DEPTH);
	/* What is broken is told as lines are. */
	sure = json_parse_copy(&json, line, &room) ?
	    judge_object(o, json_root(&json), alone, why) :
	    utterance_may_have_text(o, line) ? 90 :
					       40;
	json_close(&json);
	buf_free(&room);
	return sure;
}

static int
sniff(const struct sample *s, const char **why)
{
	struct span rest = s->text, first, second = {"", 0};
	bool ended = false, ended2, more;

	if (!next_line(&rest, &first, &ended) || first.at[0] != '{') {
		*why = "the first line does not begin with {";
		return 0;
	}
	more = next_line(&rest, &second, &ended2);
	if (first.len > 1 && first.at[first.len - 1] == '}')
		return judge_line(s->options, first, s->whole && !more, why);
	if (!ended)
		return utterance_may_have_text(s->options, first) ? 60 : 30;
	if (first.len > 1 && more && second.at[0] == '{')
		return 70;
	*why = "the first line is not a whole JSON object";
	return 0;
}

static int
read_object(struct emitter *e, struct json *json, struct span line,
    struct buf *ids, struct err *err)
{
	const struct stream *in = e->reader->in;

	return utterance_emit(e, json_root(json), stream_line_number(in),
	    stream_origin(in, line.at), line, ids, err);
}

/* No string holds a CR as it stands: it ends a line that LF does not. */
static int
read_pieces(struct emitter *e, struct json *json, struct span line,
    struct buf *ids, struct err *err)
{
	const char *why;
	int rc = 0;

	while (rc == 0 && line.len > 0) {
		size_t n = span_find(line, '\r');
		struct span piece = {line.at, n};

		n += n < line.len;
		line = (struct span){line.at + n, line.len - n};
		if (span_trim(piece).len == 0)
			continue;
		rc = json_parse(json, piece, &why) ?
		    read_object(e, json, piece, ids, err) :
		    json_reject_line(
			e, stream_line_number(e->reader->in), piece, why, err);
	}
	return rc;
}

enum {
	MOULDS = 4,
	MISSES = 8 /* lines without one, before they may be too many */
};

/* How the lines are read: by moulds, while most lines fit one; else by one
 * run of the parser over what is left of a block; else one by one. */
struct lines {
	struct json json;
	struct buf ids; /* and texts that were escaped */
	struct mould moulds[MOULDS];
	struct scalars values;
	unsigned n, last; /* moulds; the one that fitted last */
	unsigned next;    /* to be replaced */
	bool moulded;
	bool valid; /* the block is known to be UTF-8 */
	uint32_t fitted, missed;
};

/* How long the line is that text begins with, of a mould's; 0: of none. */
static size_t
fits(struct lines *l, struct span text)
{
	for (unsigned k = 0; k < l->n; k++) {
		const unsigned i = (l->last + k) % l->n;
		const size_t len = mould_fits(
		    &l->moulds[i], text, &l->ids, &l->values);

		if (len > 0) {
			l->last = i;
			return len;
		}
	}
	return 0;
}

/* Strings of a mould are not looked into: the line must be UTF-8. */
static int
read_moulded(
    struct emitter *e, struct lines *l, struct span line, struct err *err)
{
	const struct stream *in = e->reader->in;
	int rc;

	if (fits(l, line) != line.len || line.len == 0 ||
	    !utf8_is_valid(line.at, line.len))
		return 0;
	rc = utterance_emit_scalars(e, &l->values, stream_line_number(in),
	    stream_origin(in, line.at), err);
	l->fitted += rc != 0;
	return rc;
}

/* How long the end of a line is that stands there; the text's end is one. -1:
 * none does. */
static inline int
end_at(struct span text, size_t at)
{
	if (at == text.len)
		return 0;
	if (text.at[at] == '\n')
		return 1;
	return text.at[at] == '\r' && at + 1 < text.len &&
		text.at[at + 1] == '\n' ?
	    2 :
	    -1;
}

static void
learn(struct lines *l, const struct read_options *o, struct span line)
{
	struct mould m;

	if (!mould_take(&m, o, line))
		return;
	for (unsigned i = 0; i < l->n; i++)
		if (mould_same(&m, &l->moulds[i]))
			return;
	l->moulds[l->next] = m;
	if (l->n == l->next)
		l->n++;
	l->last = l->next;
	l->next = (l->next + 1) % MOULDS;
}

/* No moulds from now on. A block stands in memory as a whole. */
static void
begin_run(const struct reader *r, struct lines *l)
{
	struct span text;
	struct err err;
	bool whole;

	l->moulded = false;
	if (r->part == NULL)
		return;
	if (stream_peek(r->in, SIZE_MAX, &text, &whole, &err) == 0)
		json_run_begin(&l->json, text);
}

static int
read_parsed(
    struct emitter *e, struct lines *l, struct span line, struct err *err)
{
	const uint64_t rejected = e->rejected;
	const char *why;
	int rc;

	if (!json_run_next(&l->json, line)) {
		json_run_end(&l->json);
		if (!json_parse(&l->json, line, &why))
			return read_pieces(e, &l->json, line, &l->ids, err);
	}
	rc = read_object(e, &l->json, line, &l->ids, err);
	if (l->moulded && rc == 0 && e->rejected == rejected)
		learn(l, utterance_map(e->reader->options, json_root(&l->json)),
		    line);
	return rc;
}

/* A line that fits no mould. */
static int
read_other(
    struct emitter *e, struct lines *l, struct span line, struct err *err)
{
	int rc;

	if (span_trim(line).len == 0)
		return 0;
	rc = read_parsed(e, l, line, err);
	if (l->moulded && ++l->missed > MISSES && l->missed > l->fitted / 4)
		begin_run(e->reader, l);
	return rc;
}

static int
read_line(struct emitter *e, struct lines *l, struct span line, struct err *err)
{
	const int rc = l->moulded && !l->valid ? read_moulded(e, l, line, err) :
						 0;

	if (rc != 0)
		return rc == -1 ? -1 : 0;
	return read_other(e, l, line, err);
}

/* The lines of a block that is UTF-8, as long as they fit a mould: their ends
 * need not be looked for. */
static int
read_fitting(struct emitter *e, struct lines *l, struct err *err)
{
	const size_t most = e->reader->options->record_max;
	struct stream *in = e->reader->in;
	const struct span text = stream_left(in);
	uint64_t first = stream_next_line(in), n = 0;
	size_t at = 0;
	int rc = 1;

	while (at < text.len && rc == 1) {
		const struct span rest = {text.at + at, text.len - at};
		const size_t len = fits(l, rest);
		const int end = end_at(rest, len);

		if (len == 0 || len > most || end == -1)
			break;
		rc = utterance_emit_scalars(
		    e, &l->values, first + n, stream_origin(in, rest.at), err);
		if (rc == 0)
			break; /* its values are none for a mould */
		at += len + (size_t)end;
		n++;
	}
	l->fitted += (uint32_t)n;
	stream_pass(in, at, n);
	return rc == -1 ? -1 : 0;
}

/* 1: there was one; 0: the end; -1. */
static int
read_next(struct emitter *e, struct lines *l, struct err *err)
{
	const struct reader *r = e->reader;
	struct span line;
	int rc;

	if (l->moulded && l->valid && read_fitting(e, l, err) == -1)
		return -1;
	rc = stream_line(r->in, r->options->record_max, &line, err);
	if (rc == 1 && read_line(e, l, line, err) == -1)
		rc = -1;
	return rc;
}

static bool
is_utf8(const struct reader *r)
{
	struct span text;
	struct err err;
	bool whole;

	return stream_peek(r->in, SIZE_MAX, &text, &whole, &err) == 0 &&
	    utf8_is_valid(text.at, text.len);
}

static int
read_lines(struct reader *r, struct err *err)
{
	struct emitter e = {.reader = r};
	struct lines l;
	int rc;

	json_open(&l.json, r->options->nesting_max);
	l.ids = (struct buf){0};
	l.values = (struct scalars){0};
	l.n = l.last = l.next = 0;
	l.fitted = l.missed = 0;
	l.moulded = true;
	l.valid = r->part != NULL && is_utf8(r);
	if (r->part != NULL) {
		emit_begin_part(&e);
		if (!l.valid)
			begin_run(r, &l);
	}
	while ((rc = read_next(&e, &l, err)) == 1)
		;
	json_close(&l.json);
	buf_free(&l.ids);
	if (r->part != NULL) {
		emit_end_part(&e);
		return rc;
	}
	return rc == -1 ? -1 : emit_end(&e, BLANK_LINES, err);
}

const struct format format_jsonl = {
    .name = "jsonl",
    .help = "JSON Lines: one utterance object a line",
    .sniff = sniff,
    .splits = true,
    .read = read_lines,
};
