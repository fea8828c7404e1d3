/*
 * Google Cloud Speech-to-Text v1 and v2 (reference of RecognizeResponse,
 * LongRunningRecognizeResponse, BatchRecognizeResponse and
 * BatchRecognizeResults): times "0.5s" or {seconds, nanos}, speakers by
 * speakerTag or speakerLabel.
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"results[].alternatives[].transcript"}, 95},
    {{"results[].alternatives[].words[].word"}, 95},
    {{"results[].alternatives", "results[].languageCode"}, 94},
    {{"results[].alternatives", "results[].resultEndTime"}, 94},
    {{"results[].alternatives", "results[].resultEndOffset"}, 94},
    {{"results[].alternatives[].transcript~"}, 90},
    {{"response.results[].alternatives"}, 95},
    {{"metadata.@type", "response.@type", "response.results"}, 85},
    {{"results.*.transcript.results[].alternatives"}, 94},
    {{"response.results.*.transcript.results[].alternatives"}, 95},
};

/* IBM Watson's results look alike, but for what stands beside and within, and
 * their times and speakers are told otherwise. */
static const struct signature watson[] = {
    {{"result_index"}, 1},
    {{"speaker_labels"}, 1},
    {{"results[].final"}, 1},
    {{"results[].alternatives[].timestamps"}, 1},
};

static int
sniff(const struct sample *s, const char **why)
{
	if (outline_match(s, watson, sizeof(watson) / sizeof(*watson)) > 0) {
		*why = "results of IBM Watson, whose times and speakers it "
		       "does not know";
		return 0;
	}
	*why = "no results with alternatives";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* v1 calls it startTime, v2 startOffset, client libraries may write
 * start_time; 0 is left out of v2. */
static const char *const starts[] = {
    "startTime", "startOffset", "start_time", "start_offset"};
static const char *const ends[] = {
    "endTime", "endOffset", "end_time", "end_offset"};
static const char *const result_ends[] = {
    "resultEndTime", "resultEndOffset", "result_end_time", "result_end_offset"};

static struct moment
offset(struct speech *s, struct json_value v, const char *const keys[4])
{
	struct moment m = {0};

	for (size_t i = 0; i < 4 && !moment_known(m); i++)
		m = speech_proto(s, v, keys[i]);
	return m;
}

/* One of a key's two spellings. */
static const char *
either(struct json_value v, const char *api, const char *client)
{
	return json_type(json_get(v, api)) == JSON_NONE ? client : api;
}

static void
word_times(struct speech *s, struct json_value v, struct said *w)
{
	w->start = offset(s, v, starts);
	w->end = offset(s, v, ends);
	if (!moment_known(w->start) && moment_known(w->end))
		w->start = moment_relative(0);
}

/* Tag 0 and an empty label: no speaker was told apart. */
static struct span
speaker_of(struct speech *s, struct json_value word)
{
	const char *key = either(word, "speakerTag", "speaker_tag");
	int64_t tag;

	if (json_integer(json_get(word, key), &tag))
		return tag == 0 ? (struct span){"", 0} :
				  speech_name(s, word, key, "Speaker ");
	return speech_name(
	    s, word, either(word, "speakerLabel", "speaker_label"), "Speaker ");
}

static struct json_value
best_alternative(struct json_value result)
{
	struct json_walk w = json_each(json_get(result, "alternatives"));
	struct json_value v = {0};

	json_next(&w, NULL, &v);
	return v;
}

static struct json_value
words_of(struct json_value result)
{
	return json_get(best_alternative(result), "words");
}

static struct json_value
first_word(struct json_value result)
{
	struct json_walk w = json_each(words_of(result));
	struct json_value v = {0};

	json_next(&w, NULL, &v);
	return v;
}

static bool
has_speakers(struct speech *s, struct json_value result)
{
	struct json_walk w = json_each(words_of(result));
	struct json_value v;

	while (json_next(&w, NULL, &v))
		if (speaker_of(s, v).len > 0)
			return true;
	return false;
}

/*
 * With speakers told apart, v1 writes all words a second time, with tags, as
 * a last result. True where last is such a one: it begins where the first
 * result that has words begins.
 */
static bool
repeats_all(struct speech *s, struct json_value results, struct json_value last)
{
	struct json_walk w = json_each(results);
	struct json_value v, word = {0};
	struct said first = {0}, again = {0};
	bool repeats;

	while (word.doc == NULL && json_next(&w, NULL, &v))
		word = first_word(v);
	if (word.doc == NULL || v.at == last.at || !has_speakers(s, last))
		return false;
	word_times(s, word, &first);
	word_times(s, first_word(last), &again);
	repeats = moment_known(first.start) && moment_known(again.start) &&
	    again.start.ms <= first.start.ms;
	s->wrong[0] = '\0';
	return repeats;
}

/* Japanese words may carry their reading: "お電話|オデンワ". */
static int
say_words(struct speech *s, struct json_value result, struct err *err)
{
	struct json_walk w = json_each(words_of(result));
	struct said word = {0};

	while (json_next(&w, NULL, &word.at)) {
		word.text = speech_text(s, word.at, "word");
		word.text.len = span_find(word.text, '|');
		word.speaker = speaker_of(s, word.at);
		word_times(s, word.at, &word);
		if (speech_word(s, &word, false, err) == -1)
			return -1;
	}
	return speech_flush(s, err);
}

static void
result_times(struct speech *s, struct json_value result, struct said *said)
{
	struct json_walk w = json_each(words_of(result));
	struct said word = {0};
	bool any = false;

	while (json_next(&w, NULL, &word.at)) {
		word_times(s, word.at, &word);
		if (!any)
			said->start = word.start;
		said->end = word.end;
		any = true;
	}
	if (!any)
		said->end = offset(s, result, result_ends);
}

static int
say_result(struct speech *s, struct json_value result, struct err *err)
{
	const char *key = either(result, "channelTag", "channel_tag");
	struct said said = {.at = result};
	int64_t channel;

	if (has_speakers(s, result))
		return say_words(s, result, err);
	said.text = speech_field(s, best_alternative(result), "transcript");
	if (json_integer(json_get(result, key), &channel) && channel > 0)
		said.speaker = speech_name(s, result, key, "Channel ");
	result_times(s, result, &said);
	said.text = span_trim(said.text);
	return speech_say(s, &said, err);
}

static int
say_results(struct speech *s, struct json_value results, struct err *err)
{
	struct json_walk w = speech_list(s, results);
	struct json_value v, last = {0};

	while (json_next(&w, NULL, &v))
		last = v;
	if (last.doc != NULL && repeats_all(s, results, last))
		return say_words(s, last, err);
	for (w = json_each(results); json_next(&w, NULL, &v);)
		if (say_result(s, v, err) == -1)
			return -1;
	return 0;
}

/* A batch's answer names the results of each file by its address: that is a
 * conversation. */
static int
say_files(struct speech *s, struct json_value files, struct err *err)
{
	const struct span before = s->conversation;
	struct json_walk w = json_each(files);
	struct json_value v, transcript;
	int rc = 0;

	while (rc == 0 && json_next(&w, &s->conversation, &v)) {
		transcript = json_get(
		    json_get(v, "inlineResult"), "transcript");
		if (json_type(transcript) != JSON_OBJECT)
			transcript = json_get(v, "transcript");
		rc = json_type(transcript) == JSON_OBJECT ?
		    say_results(s, json_get(transcript, "results"), err) :
		    speech_skip(s, v, "no transcript", err);
	}
	s->conversation = before;
	return rc;
}

static int
read_response(struct speech *s, struct err *err)
{
	struct json_value response = json_get(s->root, "response"), results;

	results = json_get(s->root, "results");
	if (json_type(response) == JSON_OBJECT) {
		if (speech_identify(s, json_get(s->root, "name"), err) == -1)
			return -1;
		results = json_get(response, "results");
	}
	if (json_type(results) == JSON_OBJECT)
		return say_files(s, results, err);
	return say_results(s, results, err);
}

static int
read_googlestt(struct reader *r, struct err *err)
{
	return speech_read(r, read_response, "no results list", err);
}

const struct format format_googlestt = {
    .name = "googlestt",
    .help = "Google Cloud Speech-to-Text v1 and v2 (JSON)",
    .sniff = sniff,
    .read = read_googlestt,
};
