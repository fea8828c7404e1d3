#include "read/metacue.h"

#include <string.h>

#include "read/stream.h"

static bool
parses(struct metacues *m, struct span raw, size_t nesting_max)
{
	const char *why;

	if (!m->open) {
		json_open(&m->json, nesting_max);
		m->open = true;
	}
	buf_reset(&m->padded);
	buf_add(&m->padded, raw);
	memset(buf_room(&m->padded, STREAM_PADDING), 0, STREAM_PADDING);
	return json_parse(&m->json, buf_span(&m->padded), &why);
}

/* Nobody's name may be left out, or be null. */
static bool
names(struct json_value v, struct span *speaker)
{
	*speaker = (struct span){"", 0};
	return json_string(v, speaker) || json_type(v) == JSON_NONE ||
	    json_type(v) == JSON_NULL;
}

static bool
is_object(struct metacues *m, struct span raw, size_t nesting_max)
{
	struct json_value root;

	/* The parser is asked only where it may find one. */
	if (!span_starts(span_trim(raw), SPAN("{")) ||
	    !parses(m, raw, nesting_max))
		return false;
	root = json_root(&m->json);
	return json_string(json_get(root, "spokenText"), &m->text) &&
	    names(json_get(root, "speakerName"), &m->speaker);
}

bool
metacue_read(struct metacues *m, struct span raw, size_t nesting_max)
{
	bool object;

	if ((m->decided && !m->are) || span_trim(raw).len == 0)
		return false;
	object = is_object(m, raw, nesting_max);
	if (!m->decided)
		m->are = object;
	m->decided = true;
	return object;
}

void
metacues_free(struct metacues *m)
{
	if (m->open)
		json_close(&m->json);
	buf_free(&m->padded);
}
