/* JSON Lines: one utterance object a line (SPEC section 2). */
#include "read/utterance.h"

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

/* Does the text have the member that makes an object an utterance? */
static bool
has_text_key(struct span s)
{
	return memmem(s.at, s.len, "\"text\"", 6) != NULL;
}

static int
sniff(const struct sample *s, const char **why)
{
	struct span rest = s->text, first, second;
	bool ended = false, ended2;

	if (!next_line(&rest, &first, &ended) || first.at[0] != '{') {
		*why = "the first line does not begin with {";
		return 0;
	}
	if (first.len > 1 && first.at[first.len - 1] == '}')
		return has_text_key(first) ? 90 : 40;
	if (!ended)
		return has_text_key(first) ? 60 : 30;
	if (first.len > 1 && next_line(&rest, &second, &ended2) &&
	    second.at[0] == '{')
		return 70;
	*why = "the first line is not a whole JSON object";
	return 0;
}

static int
reject_line(
    struct emitter *e, struct span line, const char *why, struct err *err)
{
	const struct stream *in = e->reader->in;
	uint64_t number = stream_line_number(in);
	uint64_t byte = stream_origin(in, line.at);
	struct json_fault f;

	if (!json_locate(line, &f))
		return emit_reject(e, number, byte, line, err, "%s", why);
	if (f.byte < line.len && strstr(f.reason, "UTF-8") != NULL)
		return emit_unless_text(e, line, number, byte, err) == -1 ? -1 :
									    0;
	return emit_reject(e, number, byte, line, err,
	    "not valid JSON, column %llu: %s", (unsigned long long)f.column,
	    f.reason);
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
		    reject_line(e, piece, why, err);
	}
	return rc;
}

static int
read_line(struct emitter *e, struct json *json, struct span line,
    struct buf *ids, struct err *err)
{
	const char *why;

	if (span_trim(line).len == 0)
		return 0;
	if (!json_run_next(json, line)) {
		json_run_end(json);
		if (!json_parse(json, line, &why))
			return read_pieces(e, json, line, ids, err);
	}
	return read_object(e, json, line, ids, err);
}

/* A block stands in memory as a whole. */
static void
begin_run(const struct reader *r, struct json *json)
{
	struct span text;
	struct err err;
	bool whole;

	if (stream_peek(r->in, SIZE_MAX, &text, &whole, &err) == 0)
		json_run_begin(json, text);
}

static int
read_lines(struct reader *r, struct err *err)
{
	struct emitter e = {.reader = r};
	struct json json;
	struct buf ids = {0};
	struct span line;
	int rc;

	json_open(&json);
	if (r->part != NULL) {
		emit_begin_part(&e);
		begin_run(r, &json);
	}
	while (
	    (rc = stream_line(r->in, r->options->record_max, &line, err)) == 1)
		if ((rc = read_line(&e, &json, line, &ids, err)) == -1)
			break;
	json_close(&json);
	buf_free(&ids);
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
