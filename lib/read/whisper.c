/*
 * Whisper and its kin: openai-whisper and whisper-timestamped ("segments"),
 * WhisperX (the same with speakers), OpenAI's verbose_json and diarized_json
 * (OpenAI API reference, "Create transcription"), whisper.cpp
 * ("transcription" with offsets) and Transformers' pipeline ("chunks").
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"segments[].start", "segments[].text"}, 95},
    {{"segments[].start", "segments[].words[].word"}, 95},
    {{"segments[].start", "segments[].text~"}, 95},
    {{"text", "segments", "language"}, 94},
    {{"transcription[].offsets.from", "transcription[].text"}, 95},
    {{"systeminfo", "params", "result", "transcription"}, 95},
    {{"chunks[].timestamp", "chunks[].text"}, 94},
    {{"task", "duration", "text", "words[].word"}, 95},
    {{"text", "words[].word", "words[].start"}, 92},
    {{"task", "duration", "text~"}, 90},
    /* openai-whisper writes all the text first */
    {{"^text~"}, 65},
};

/* One of WhisperX's segments, with its words: lines of them are utterances. */
static const struct signature parts[] = {
    {{"start", "text", "words[].word"}, 1},
    {{"speaker", "text", "words[].word"}, 1},
};

static int
sniff(const struct sample *s, const char **why)
{
	struct sample unasked = *s;

	unasked.near = NULL;
	*why = "it is a segment, not a document";
	if (outline_match(&unasked, parts, sizeof(parts) / sizeof(*parts)) > 0)
		return 0;
	*why = "no segments with start and text, and no whisper.cpp "
	       "transcription";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

static void
times(struct speech *s, struct json_value v, struct said *said)
{
	said->start = speech_time(s, v, "start", UNIT_SECOND);
	said->end = speech_time(s, v, "end", UNIT_SECOND);
}

/* A word keeps its own blanks; whisper-timestamped calls it "text". */
static int
read_words(struct speech *s, struct json_value list, struct span speaker,
    struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct said word = {0};

	while (json_next(&w, NULL, &word.at)) {
		bool named = json_type(json_get(word.at, "word")) != JSON_NONE;

		word.text = speech_text(s, word.at, named ? "word" : "text");
		word.speaker = speech_name(s, word.at, "speaker", "SPEAKER_");
		if (word.speaker.len == 0)
			word.speaker = speaker;
		times(s, word.at, &word);
		if (speech_word(s, &word, false, err) == -1)
			return -1;
	}
	return speech_flush(s, err);
}

/* WhisperX names the speaker of a segment by most of its words; where it
 * could not, the first word that has one tells. */
static struct span
speaker_of(struct speech *s, struct json_value segment)
{
	struct span name = speech_name(s, segment, "speaker", "SPEAKER_");
	struct json_walk w = json_each(json_get(segment, "words"));
	struct json_value v;

	while (name.len == 0 && json_next(&w, NULL, &v))
		name = speech_name(s, v, "speaker", "SPEAKER_");
	return name;
}

static int
segment(struct speech *s, struct json_value v, struct err *err)
{
	struct said said = {.at = v};
	struct json_value words = json_get(v, "words");

	if (json_type(json_get(v, "text")) == JSON_NONE &&
	    json_type(words) == JSON_ARRAY)
		return read_words(
		    s, words, speech_name(s, v, "speaker", "SPEAKER_"), err);
	said.text = span_trim(speech_text(s, v, "text"));
	said.speaker = speaker_of(s, v);
	times(s, v, &said);
	return speech_say(s, &said, err);
}

static int
cpp_segment(struct speech *s, struct json_value v, struct err *err)
{
	struct json_value offsets = json_get(v, "offsets");
	struct said said = {.at = v};

	said.text = span_trim(speech_text(s, v, "text"));
	said.speaker = speech_name(s, v, "speaker", "");
	said.start = speech_time(s, offsets, "from", UNIT_MILLI);
	said.end = speech_time(s, offsets, "to", UNIT_MILLI);
	return speech_say(s, &said, err);
}

/* "timestamp" is [start, end] in seconds; the last end may be null. */
static int
chunk(struct speech *s, struct json_value v, struct err *err)
{
	struct json_walk w = json_each(json_get(v, "timestamp"));
	struct said said = {.at = v};
	struct json_value t;
	double seconds;

	said.text = span_trim(speech_text(s, v, "text"));
	said.speaker = speech_name(s, v, "speaker", "SPEAKER_");
	if (json_next(&w, NULL, &t) && json_double(t, &seconds))
		said.start = moment_relative(seconds);
	if (json_next(&w, NULL, &t) && json_double(t, &seconds))
		said.end = moment_relative(seconds);
	return speech_say(s, &said, err);
}

static const struct list {
	const char *key;
	int (*say)(struct speech *, struct json_value, struct err *);
} lists[] = {
    {"segments", segment},
    {"transcription", cpp_segment},
    {"speakers", chunk},
    {"chunks", chunk},
};

/* 1: the list is there and was said. */
static int
read_list(struct speech *s, const struct list *l, struct err *err)
{
	struct json_value list = json_get(s->root, l->key), v;
	struct json_walk w = json_each(list);
	bool any = false;

	while (json_next(&w, NULL, &v)) {
		any = true;
		if (l->say(s, v, err) == -1)
			return -1;
	}
	if (any || json_type(list) == JSON_ARRAY)
		speech_list(s, list);
	return any;
}

static int
read_document(struct speech *s, struct err *err)
{
	int rc = 0;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists) && rc == 0; i++)
		rc = read_list(s, &lists[i], err);
	if (rc == 0)
		return read_words(
		    s, json_get(s->root, "words"), (struct span){"", 0}, err);
	return rc == -1 ? -1 : 0;
}

static int
read_whisper(struct reader *r, struct err *err)
{
	return speech_read(r, read_document,
	    "no segments, transcription, "
	    "chunks or words",
	    err);
}

const struct format format_whisper = {
    .name = "whisper",
    .help = "whisper, WhisperX, whisper.cpp, OpenAI transcription (JSON)",
    .sniff = sniff,
    .read = read_whisper,
};
