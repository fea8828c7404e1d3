/*
 * Azure AI Speech: batch transcription ("Get batch transcription results":
 * recognizedPhrases, ticks of 100 ns) and fast transcription (phrases,
 * milliseconds).
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"recognizedPhrases[].nBest"}, 95},
    {{"recognizedPhrases", "combinedRecognizedPhrases"}, 95},
    {{"durationInTicks", "combinedRecognizedPhrases"}, 90},
    {{"phrases[].offsetMilliseconds", "phrases[].text"}, 95},
    {{"durationMilliseconds", "combinedPhrases"}, 90},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no recognizedPhrases and no phrases with "
	       "offsetMilliseconds";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* Fields of the two kinds of document. */
struct kind {
	const char *list, *start, *duration;
	double unit;
	struct json_value (*text_of)(struct json_value phrase);
};

static struct json_value
best(struct json_value phrase)
{
	struct json_walk w = json_each(json_get(phrase, "nBest"));
	struct json_value v = {0};

	json_next(&w, NULL, &v);
	return v;
}

static struct json_value
itself(struct json_value phrase)
{
	return phrase;
}

static const struct kind kinds[] = {
    {"recognizedPhrases", "offsetInTicks", "durationInTicks", UNIT_TICK, best},
    {"phrases", "offsetMilliseconds", "durationMilliseconds", UNIT_MILLI,
	itself},
};

/* The readable text first; the others are there on request only. */
static struct span
phrase_text(struct speech *s, struct json_value v)
{
	static const char *const keys[] = {"display", "text", "itn", "lexical"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (json_type(json_get(v, keys[i])) != JSON_NONE)
			return speech_field(s, v, keys[i]);
	return speech_text(s, v, "display");
}

/* Speakers are numbered anew in each channel, so where there are two
 * channels it is the channel that names. */
static bool
has_channels(struct json_value list)
{
	struct json_walk w = json_each(list);
	int64_t first = 0, channel;
	bool any = false;
	struct json_value v;

	while (json_next(&w, NULL, &v)) {
		if (!json_integer(json_get(v, "channel"), &channel))
			continue;
		if (any && channel != first)
			return true;
		first = channel;
		any = true;
	}
	return false;
}

static int
phrase(struct speech *s, const struct kind *k, struct json_value v,
    bool channels, struct err *err)
{
	struct said said = {.at = v};
	struct span status = speech_field(s, v, "recognitionStatus");
	struct moment length;

	if (status.len > 0 && !span_eq(status, SPAN("Success")))
		return speech_skip(s, v, "not recognized", err);
	if (!channels)
		said.speaker = speech_name(s, v, "speaker", "Speaker ");
	if (said.speaker.len == 0)
		said.speaker = speech_name(s, v, "channel", "Channel ");
	said.text = phrase_text(s, k->text_of(v));
	said.start = speech_time(s, v, k->start, k->unit);
	length = speech_time(s, v, k->duration, k->unit);
	if (moment_known(length))
		said.end = moment_later(said.start, length.ms);
	return speech_say(s, &said, err);
}

static int
read_list(struct speech *s, const struct kind *k, struct err *err)
{
	struct json_value list = json_get(s->root, k->list), v;
	struct json_walk w = speech_list(s, list);
	bool channels = has_channels(list);

	while (json_next(&w, NULL, &v))
		if (phrase(s, k, v, channels, err) == -1)
			return -1;
	return 0;
}

static int
read_document(struct speech *s, struct err *err)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (read_list(s, &kinds[i], err) == -1)
			return -1;
	return 0;
}

static int
read_azurestt(struct reader *r, struct err *err)
{
	return speech_read(r, read_document,
	    "no recognizedPhrases and no "
	    "phrases",
	    err);
}

const struct format format_azurestt = {
    .name = "azurestt",
    .help = "Azure AI Speech, batch and fast transcription (JSON)",
    .sniff = sniff,
    .read = read_azurestt,
};
