/*
 * Deepgram, pre-recorded audio (Deepgram API reference, "Transcribe
 * pre-recorded"): utterances where they were asked for, else words.
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"metadata.request_id", "results.channels"}, 95},
    {{"results.channels[].alternatives"}, 94},
    {{"results.utterances[].transcript"}, 94},
    {{"metadata.request_id", "metadata.model_info"}, 85},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no results.channels with alternatives";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

static void
times(struct speech *s, struct json_value v, struct said *said)
{
	said->start = speech_time(s, v, "start", UNIT_SECOND);
	said->end = speech_time(s, v, "end", UNIT_SECOND);
}

static size_t
count(struct json_value list)
{
	struct json_walk w = json_each(list);
	struct json_value v;
	size_t n = 0;

	while (json_next(&w, NULL, &v))
		n++;
	return n;
}

/* Speakers are numbered anew in each channel, so where there are several
 * channels it is the channel that names. */
static int
read_utterances(
    struct speech *s, struct json_value list, bool channels, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct said said = {0};

	while (json_next(&w, NULL, &said.at)) {
		said.speaker = channels ?
		    speech_name(s, said.at, "channel", "Channel ") :
		    speech_name(s, said.at, "speaker", "Speaker ");
		said.text = span_trim(speech_text(s, said.at, "transcript"));
		times(s, said.at, &said);
		if (speech_say(s, &said, err) == -1)
			return -1;
	}
	return 0;
}

static int
read_words(struct speech *s, struct json_value words, struct span channel,
    struct err *err)
{
	struct json_walk w = json_each(words);
	struct said word = {0};

	while (json_next(&w, NULL, &word.at)) {
		word.text = speech_field(s, word.at, "punctuated_word");
		if (word.text.len == 0)
			word.text = speech_text(s, word.at, "word");
		word.speaker = channel.len > 0 ?
		    channel :
		    speech_name(s, word.at, "speaker", "Speaker ");
		times(s, word.at, &word);
		if (speech_word(s, &word, false, err) == -1)
			return -1;
	}
	return speech_flush(s, err);
}

static int
read_channel(
    struct speech *s, struct json_value v, struct span name, struct err *err)
{
	struct json_walk w = json_each(json_get(v, "alternatives"));
	struct said said = {.at = v, .speaker = name};
	struct json_value best = {0}, words;

	json_next(&w, NULL, &best);
	words = json_get(best, "words");
	if (count(words) > 0)
		return read_words(s, words, name, err);
	said.text = speech_text(s, best, "transcript");
	return speech_say(s, &said, err);
}

static int
read_channels(
    struct speech *s, struct json_value list, bool several, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct json_value v;
	size_t n = 0;

	while (json_next(&w, NULL, &v)) {
		struct span name = {"", 0};

		if (several)
			name = span_of(
			    arena_printf(s->reader->arena, "Channel %zu", n++));
		if (read_channel(s, v, name, err) == -1)
			return -1;
	}
	return 0;
}

static int
read_results(struct speech *s, struct err *err)
{
	struct json_value results = json_get(s->root, "results");
	struct json_value utterances = json_get(results, "utterances");
	struct json_value channels = json_get(results, "channels");
	bool several = count(channels) > 1;

	if (speech_identify(s,
		json_get(json_get(s->root, "metadata"), "request_id"),
		err) == -1)
		return -1;
	if (count(utterances) > 0)
		return read_utterances(s, utterances, several, err);
	return read_channels(s, channels, several, err);
}

static int
read_deepgram(struct reader *r, struct err *err)
{
	return speech_read(r, read_results, "no results.channels", err);
}

const struct format format_deepgram = {
    .name = "deepgram",
    .help = "Deepgram, pre-recorded audio (JSON)",
    .sniff = sniff,
    .read = read_deepgram,
};
