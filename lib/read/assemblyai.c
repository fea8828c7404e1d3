/*
 * AssemblyAI (AssemblyAI API reference, "Get transcript"): utterances where
 * speakers or channels were told apart, else words. Times in milliseconds.
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"id", "audio_url", "utterances[].speaker"}, 95},
    {{"id", "audio_url", "words[].confidence"}, 95},
    {{"id", "audio_url", "status", "text"}, 95},
    {{"audio_url", "status", "text~"}, 90},
    {{"audio_url", "acoustic_model", "text~"}, 90},
    {{"utterances[].words[].confidence", "utterances[].text"}, 92},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no audio_url beside words or utterances";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

static void
fields(struct speech *s, struct json_value v, struct said *said)
{
	said->text = span_trim(speech_text(s, v, "text"));
	said->speaker = speech_name(s, v, "speaker", "Speaker ");
	if (said->speaker.len == 0)
		said->speaker = speech_name(s, v, "channel", "Channel ");
	said->start = speech_time(s, v, "start", UNIT_MILLI);
	said->end = speech_time(s, v, "end", UNIT_MILLI);
}

static int
read_utterances(struct speech *s, struct json_value list, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct said said = {0};

	while (json_next(&w, NULL, &said.at)) {
		fields(s, said.at, &said);
		if (speech_say(s, &said, err) == -1)
			return -1;
	}
	return 0;
}

static int
read_words(struct speech *s, struct json_value list, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct said word = {0};

	while (json_next(&w, NULL, &word.at)) {
		fields(s, word.at, &word);
		if (speech_word(s, &word, false, err) == -1)
			return -1;
	}
	return speech_flush(s, err);
}

static int
read_transcript(struct speech *s, struct err *err)
{
	struct json_value utterances = json_get(s->root, "utterances");

	if (speech_identify(s, json_get(s->root, "id"), err) == -1)
		return -1;
	if (speech_lists(utterances) ||
	    json_type(json_get(s->root, "words")) != JSON_ARRAY)
		return read_utterances(s, utterances, err);
	return read_words(s, json_get(s->root, "words"), err);
}

static int
read_assemblyai(struct reader *r, struct err *err)
{
	return speech_read(r, read_transcript,
	    "no utterances and no words "
	    "(a job that has not ended has none)",
	    err);
}

const struct format format_assemblyai = {
    .name = "assemblyai",
    .help = "AssemblyAI transcript (JSON)",
    .sniff = sniff,
    .read = read_assemblyai,
};
