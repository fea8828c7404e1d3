#include "read/documents.h"

#include "read/refuse.h"

/* Begins the next document, at root; a cursor stands at its beginning. */
static void
begin(struct speech *s, struct json_value root)
{
	struct span path = stream_path(s->reader->in);

	if (span_eq(path, SPAN("-")))
		path = SPAN("stdin");
	s->root = root;
	s->begin = s->cursor;
	s->many = true;
	s->listed = false;
	s->conversation = span_of(arena_printf(
	    s->reader->arena, "%.*s#%zu", SPAN_FMT(path), ++s->documents));
}

static int
read_document(struct speech *s, struct json_value root,
    const struct document *d, struct err *err)
{
	const uint64_t read = s->emitter.read;

	begin(s, root);
	if (json_type(root) != JSON_OBJECT)
		return speech_reject(s, root, err, "%s: wanted a document",
		    json_type_name(root));
	if (d->body(s, err) == -1 || speech_flush(s, err) == -1)
		return -1;
	if (s->listed || s->emitter.read > read)
		return 0;
	return speech_reject(s, root, err, "no utterance: %s", d->missing);
}

int
documents_read_array(
    struct speech *s, const struct document *d, struct err *err)
{
	struct json_walk w = json_each(s->root);
	struct json_value v;

	while (json_next(&w, NULL, &v)) {
		json_cursor_to(&s->cursor, v);
		if (read_document(s, v, d, err) == -1)
			return -1;
	}
	return emit_end(&s->emitter, d->missing, err);
}

/* The next line that is not blank, of what is left; lines are counted. */
static bool
next_line(struct span *rest, struct span *line, uint64_t *number)
{
	while (rest->len > 0) {
		size_t n = span_find(*rest, '\n');

		*line = (struct span){rest->at, n};
		n += n < rest->len;
		*rest = (struct span){rest->at + n, rest->len - n};
		++*number;
		if (span_trim(*line).len > 0)
			return true;
	}
	return false;
}

bool
documents_are_lines(struct speech *s)
{
	struct span rest = s->text, first, second;
	uint64_t number = 0;
	const char *why;

	return next_line(&rest, &first, &number) &&
	    next_line(&rest, &second, &number) &&
	    span_trim(second).at[0] == '{' &&
	    json_parse(&s->json, first, &why) &&
	    json_type(json_root(&s->json)) == JSON_OBJECT;
}

/* Nothing of the line is read, but it counts: those behind keep their names
 * when it is mended. */
static int
reject_line(
    struct speech *s, struct span line, const char *why, struct err *err)
{
	s->documents++;
	return json_reject_line(&s->emitter, s->before + 1, line, why, err);
}

int
documents_read_lines(
    struct speech *s, const struct document *d, struct err *err)
{
	const uint64_t before = stream_line_number(s->reader->in) - 1;
	struct span rest = s->text, line;
	uint64_t number = 0;
	const char *why;
	int rc = 0;

	while (rc == 0 && next_line(&rest, &line, &number)) {
		s->before = before + number - 1;
		s->text = line;
		s->cursor = json_cursor_at(line);
		rc = json_parse(&s->json, line, &why) ?
		    read_document(s, json_root(&s->json), d, err) :
		    reject_line(s, line, why, err);
	}
	return rc == -1 ? -1 : emit_end(&s->emitter, d->missing, err);
}
