/*
 * Walks simdjson's tape. Each word holds a type in its highest byte and a
 * payload below: of an array or object the index behind its end, of a string
 * the offset of its length and text; a number's value is the next word.
 */
#include "read/json.h"

#include <inttypes.h>

#include "read/stream.h"

#define PAYLOAD(word) ((word)&UINT64_C(0x00ffffffffffffff))

static char
tag(struct json_value v)
{
	return (char)(v.doc->tape[v.at] >> 56);
}

static size_t
behind(const struct json *doc, size_t at)
{
	uint64_t word = doc->tape[at];

	switch ((char)(word >> 56)) {
	case '[':
	case '{':
		return (size_t)(word & UINT32_MAX);
	case 'l':
	case 'u':
	case 'd':
		return at + 2;
	default:
		return at + 1;
	}
}

bool
json_parse_copy(struct json *j, struct span text, struct buf *room)
{
	const char *why;

	buf_reset(room);
	buf_add(room, text);
	memset(buf_room(room, STREAM_PADDING), 0, STREAM_PADDING);
	return json_parse(j, buf_span(room), &why);
}

struct json_value
json_root(const struct json *j)
{
	return (struct json_value){j, 1};
}

enum json_type
json_type(struct json_value v)
{
	static const uint8_t types[128] = {
	    ['n'] = JSON_NULL,
	    ['t'] = JSON_BOOL,
	    ['f'] = JSON_BOOL,
	    ['l'] = JSON_NUMBER,
	    ['u'] = JSON_NUMBER,
	    ['d'] = JSON_NUMBER,
	    ['"'] = JSON_STRING,
	    ['['] = JSON_ARRAY,
	    ['{'] = JSON_OBJECT,
	};

	if (v.doc == NULL)
		return JSON_NONE;
	return (enum json_type)types[tag(v) & 0x7f];
}

const char *
json_type_name(struct json_value v)
{
	static const char *const names[] = {
	    [JSON_NONE] = "nothing",
	    [JSON_NULL] = "null",
	    [JSON_BOOL] = "true or false",
	    [JSON_NUMBER] = "a number",
	    [JSON_STRING] = "a string",
	    [JSON_ARRAY] = "an array",
	    [JSON_OBJECT] = "an object",
	};

	return names[json_type(v)];
}

static struct span
string_at(const struct json *doc, size_t at)
{
	const uint8_t *s = doc->strings + PAYLOAD(doc->tape[at]);
	uint32_t len;

	memcpy(&len, s, sizeof(len));
	return (struct span){(const char *)s + sizeof(len), len};
}

struct json_walk
json_each(struct json_value v)
{
	enum json_type type = json_type(v);

	if (type != JSON_ARRAY && type != JSON_OBJECT)
		return (struct json_walk){0};
	return (struct json_walk){
	    v.doc, v.at + 1, behind(v.doc, v.at) - 1, type == JSON_OBJECT};
}

bool
json_next(struct json_walk *w, struct span *key, struct json_value *v)
{
	if (w->at >= w->end)
		return false;
	if (w->keys) {
		if (key != NULL)
			*key = string_at(w->doc, w->at);
		w->at++;
	}
	*v = (struct json_value){w->doc, w->at};
	w->at = behind(w->doc, w->at);
	return true;
}

struct json_value
json_get(struct json_value object, const char *key)
{
	const struct span want = span_of(key);
	struct json_walk w = json_each(object);
	struct json_value v;
	struct span k;

	while (w.keys && json_next(&w, &k, &v))
		if (span_eq(k, want))
			return v;
	return (struct json_value){0};
}

bool
json_string(struct json_value v, struct span *out)
{
	if (json_type(v) != JSON_STRING)
		return false;
	*out = string_at(v.doc, v.at);
	return true;
}

bool
json_double(struct json_value v, double *out)
{
	uint64_t raw;

	if (json_type(v) != JSON_NUMBER)
		return false;
	raw = v.doc->tape[v.at + 1];
	if (tag(v) == 'd')
		memcpy(out, &raw, sizeof(*out));
	else if (tag(v) == 'l')
		*out = (double)(int64_t)raw;
	else
		*out = (double)raw;
	return true;
}

bool
json_integer(struct json_value v, int64_t *out)
{
	if (json_type(v) != JSON_NUMBER || tag(v) != 'l')
		return false;
	*out = (int64_t)v.doc->tape[v.at + 1];
	return true;
}

bool
json_bool(struct json_value v, bool *out)
{
	if (json_type(v) != JSON_BOOL)
		return false;
	*out = tag(v) == 't';
	return true;
}

bool
json_id(struct json_value v, struct buf *buf, struct span *out)
{
	if (json_string(v, out))
		return true;
	if (json_type(v) != JSON_NUMBER || tag(v) == 'd')
		return false;
	buf_reset(buf);
	buf_printf(buf, tag(v) == 'l' ? "%" PRId64 : "%" PRIu64,
	    v.doc->tape[v.at + 1]);
	*out = buf_span(buf);
	return true;
}

struct json_cursor
json_cursor_at(struct span text)
{
	return (struct json_cursor){text, 0, 0, 1};
}

/* Blanks and the marks between values, which leave nothing on the tape. */
static void
skip_marks(struct json_cursor *c)
{
	for (; c->byte < c->text.len; c->byte++) {
		char ch = c->text.at[c->byte];

		c->line += ch == '\n';
		if (ch != ' ' && ch != '\t' && ch != '\r' && ch != '\n' &&
		    ch != ',' && ch != ':')
			return;
	}
}

/* The offset behind the string or scalar that begins at byte. */
static size_t
token_end(struct span text, size_t byte)
{
	size_t i = byte;

	if (text.at[i] != '"') {
		while (
		    i < text.len && strchr(" \t\r\n,:]}", text.at[i]) == NULL)
			i++;
		return i > byte ? i : byte + 1;
	}
	for (i++; i < text.len && text.at[i] != '"'; i++)
		if (text.at[i] == '\\')
			i++;
	return i + 1;
}

void
json_cursor_to(struct json_cursor *c, struct json_value v)
{
	const struct json *doc = v.doc;

	if (c->tape == 0) {
		c->tape = 1;
		skip_marks(c);
	}
	while (c->tape < v.at && c->byte < c->text.len) {
		char ch = (char)(doc->tape[c->tape] >> 56);

		if (ch == '[' || ch == '{' || ch == ']' || ch == '}') {
			c->byte++;
			c->tape++;
		} else {
			c->byte = token_end(c->text, c->byte);
			c->tape = behind(doc, c->tape);
		}
		skip_marks(c);
	}
}
