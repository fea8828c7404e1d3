/*
 * Vonage Voice API: the transcription of a recording (Vonage Developer,
 * "Call Recording and Transcription"): sentences by channel, milliseconds.
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"channels[].transcript[].sentence"}, 95},
    {{"channels[].transcript[].raw_sentence"}, 95},
    {{"ver", "request_id", "channels"}, 85},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no channels with a transcript of sentences";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

static int
sentence(
    struct speech *s, struct json_value v, struct span channel, struct err *err)
{
	struct said said = {.at = v, .speaker = channel};
	struct moment length;

	said.text = speech_field(s, v, "sentence");
	if (said.text.len == 0)
		said.text = speech_text(s, v, "raw_sentence");
	said.start = speech_time(s, v, "timestamp", UNIT_MILLI);
	length = speech_time(s, v, "duration", UNIT_MILLI);
	if (moment_known(length))
		said.end = moment_later(said.start, length.ms);
	return speech_say(s, &said, err);
}

static int
read_channel(
    struct speech *s, struct json_value list, size_t number, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct span name = span_of(
	    arena_printf(s->reader->arena, "Channel %zu", number));
	struct json_value v;

	while (json_next(&w, NULL, &v))
		if (sentence(s, v, name, err) == -1)
			return -1;
	return 0;
}

static int
read_transcription(struct speech *s, struct err *err)
{
	struct json_walk w = json_each(json_get(s->root, "channels"));
	struct json_value v;
	size_t n = 0;

	if (speech_identify(s, json_get(s->root, "request_id"), err) == -1)
		return -1;
	while (json_next(&w, NULL, &v))
		if (read_channel(s, json_get(v, "transcript"), n++, err) == -1)
			return -1;
	return 0;
}

static int
read_vonage(struct reader *r, struct err *err)
{
	return speech_read(r, read_transcription,
	    "no channels with a "
	    "transcript",
	    err);
}

const struct format format_vonage = {
    .name = "vonage",
    .help = "Vonage Voice API transcription (JSON)",
    .sniff = sniff,
    .read = read_vonage,
};
