#include "read/json.h"

#include <stdlib.h>

#include "base/bench.h"
#include "base/mem.h"
#include "read/stream.h"

struct state {
	struct span transcript;
	char *padded;
	struct json json;
};

static void *
open_json(struct span transcript)
{
	struct state *s = mem_alloc(sizeof(*s));

	s->padded = mem_alloc(transcript.len + STREAM_PADDING);
	memcpy(s->padded, transcript.at, transcript.len);
	s->transcript = (struct span){s->padded, transcript.len};
	json_open(&s->json, JSON_DEPTH);
	return s;
}

static size_t
run_json(void *state)
{
	struct state *s = state;
	struct span rest = s->transcript, text;
	const char *why = NULL;

	while (rest.len > 0) {
		struct span line = {rest.at, span_find(rest, '\n')};

		if (!json_parse(&s->json, line, &why) ||
		    !json_string(json_get(json_root(&s->json), "text"), &text))
			bench_failed(why == NULL ? "no text" : why);
		rest.at += line.len + (line.len < rest.len);
		rest.len -= line.len + (line.len < rest.len);
	}
	return s->transcript.len;
}

static void
close_json(void *state)
{
	struct state *s = state;

	json_close(&s->json);
	free(s->padded);
	free(s);
}

const struct bench bench_json = {"json",
    "a line parsed by simdjson, and its text found", open_json, run_json,
    close_json};
