/*
 * AmiVoice API (AmiVoice API Manual, "Synchronous HTTP" and "Asynchronous
 * HTTP": results, or segments of results; tokens labelled by speaker). Times
 * in milliseconds.
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"results[].tokens[].written"}, 95},
    {{"segments[].results[].tokens[].written"}, 95},
    {{"results[].rulename", "utteranceid"}, 94},
    {{"session_id", "segments[].results"}, 95},
    {{"utteranceid", "results", "text", "code"}, 90},
    {{"session_id", "audio_md5", "status"}, 80},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no results with tokens";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

static void
times(struct speech *s, struct json_value v, struct said *said)
{
	said->start = speech_time(s, v, "starttime", UNIT_MILLI);
	said->end = speech_time(s, v, "endtime", UNIT_MILLI);
}

static bool
has_labels(struct json_value tokens)
{
	struct json_walk w = json_each(tokens);
	struct json_value v;

	while (json_next(&w, NULL, &v))
		if (json_type(json_get(v, "label")) == JSON_STRING)
			return true;
	return false;
}

static int
read_tokens(struct speech *s, struct json_value tokens, struct err *err)
{
	struct json_walk w = json_each(tokens);
	struct said word = {0};

	while (json_next(&w, NULL, &word.at)) {
		word.text = speech_text(s, word.at, "written");
		word.speaker = speech_field(s, word.at, "label");
		times(s, word.at, &word);
		/* what has no label belongs to what stands before it */
		if (speech_word(s, &word, word.speaker.len == 0, err) == -1)
			return -1;
	}
	return speech_flush(s, err);
}

static int
result(struct speech *s, struct json_value v, struct err *err)
{
	struct json_value tokens = json_get(v, "tokens");
	struct said said = {.at = v};

	if (has_labels(tokens))
		return read_tokens(s, tokens, err);
	said.text = speech_text(s, v, "text");
	times(s, v, &said);
	return speech_say(s, &said, err);
}

static int
read_results(struct speech *s, struct json_value list, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct json_value v;

	while (json_next(&w, NULL, &v))
		if (result(s, v, err) == -1)
			return -1;
	return 0;
}

static int
read_answer(struct speech *s, struct err *err)
{
	struct json_value id = json_get(s->root, "session_id"), v;
	struct json_value segments = json_get(s->root, "segments");
	struct json_walk w = json_each(segments);

	if (json_type(id) != JSON_STRING)
		id = json_get(s->root, "utteranceid");
	if (speech_identify(s, id, err) == -1)
		return -1;
	if (json_type(segments) != JSON_ARRAY)
		return read_results(s, json_get(s->root, "results"), err);
	speech_list(s, segments);
	while (json_next(&w, NULL, &v))
		if (read_results(s, json_get(v, "results"), err) == -1)
			return -1;
	return 0;
}

static int
read_amivoice(struct reader *r, struct err *err)
{
	return speech_read(r, read_answer,
	    "no segments and no results (a "
	    "job that has not ended has none)",
	    err);
}

const struct format format_amivoice = {
    .name = "amivoice",
    .help = "AmiVoice API, results and segments (JSON)",
    .sniff = sniff,
    .read = read_amivoice,
};
