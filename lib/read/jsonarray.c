/* A JSON array of utterance objects (SPEC section 2). */
#include "read/refuse.h"
#include "read/utterance.h"

/* "[00:01:02] 佐藤: …", "[2026-10-01 …" and "[LINE] …" begin with a bracket,
 * too. */
static bool
begins_value(struct span rest)
{
	size_t i = 0;

	if (rest.len == 0 || strchr("{[]\"", rest.at[0]) != NULL)
		return true;
	while (i < rest.len && rest.at[i] >= '0' && rest.at[i] <= '9')
		i++;
	if (i > 0 && i < rest.len && rest.at[i] == '-')
		return false;
	while (i < rest.len &&
	    strchr("-+.0123456789eEtrufalsn", rest.at[i]) != NULL)
		i++;
	return i > 0 &&
	    (i == rest.len || strchr(",] \t\r\n", rest.at[i]) != NULL);
}

static int
sniff(const struct sample *s, const char **why)
{
	struct span text = span_trim(s->text);

	*why = "it does not begin as an array, with [ and a value";
	if (text.len == 0 || text.at[0] != '[' ||
	    !begins_value(span_trim((struct span){text.at + 1, text.len - 1})))
		return 0;
	return utterance_may_have_text(s->options, text) ? 85 : 30;
}

/* What is shown of an element that begins at byte. */
static struct span
excerpt(struct span text, size_t byte)
{
	struct span s = {text.at + byte, text.len - byte};

	s.len = s.len < 200 ? s.len : 200;
	s.len = span_find(s, '\n');
	while (s.len > 0 && s.at + s.len < text.at + text.len &&
	    ((unsigned char)s.at[s.len] & 0xc0) == 0x80)
		s.len--;
	return s;
}

static int
read_elements(struct emitter *e, struct json_value array, struct span text,
    struct err *err)
{
	struct json_walk w = json_each(array);
	struct json_cursor c = json_cursor_at(text);
	uint64_t before = stream_line_number(e->reader->in) - 1;
	struct json_value v;
	struct buf ids = {0};
	int rc = 0;

	while (rc == 0 && json_next(&w, NULL, &v)) {
		json_cursor_to(&c, v);
		rc = utterance_emit(e, v, before + c.line,
		    stream_origin(e->reader->in, text.at + c.byte),
		    excerpt(text, c.byte), &ids, err);
	}
	buf_free(&ids);
	return rc;
}

static int
read_parsed(struct reader *r, struct json *json, struct err *err)
{
	struct emitter e = {.reader = r};
	struct span text;
	const char *why;

	if (stream_all(r->in, r->options->document_max, &text, err) == -1)
		return -1;
	if (!json_parse(json, text, &why))
		return json_refuse(
		    r->in, text, r->options->nesting_max, why, err);
	if (json_type(json_root(json)) != JSON_ARRAY)
		return fail(err,
		    "%.*s:1: %s: wanted an array of utterance "
		    "objects",
		    SPAN_FMT(stream_path(r->in)),
		    json_type_name(json_root(json)));
	if (read_elements(&e, json_root(json), text, err) == -1)
		return -1;
	return emit_end(&e, "the array is empty", err);
}

static int
read_array(struct reader *r, struct err *err)
{
	struct json json;
	int rc;

	json_open(&json, r->options->nesting_max);
	rc = read_parsed(r, &json, err);
	json_close(&json);
	return rc;
}

const struct format format_json = {
    .name = "json",
    .help = "JSON: an array of utterance objects",
    .sniff = sniff,
    .read = read_array,
};
