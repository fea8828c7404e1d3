/*
 * Azure AI Speech: batch transcription ("Get batch transcription results":
 * recognizedPhrases, ticks of 100 ns and ISO 8601 durations) and fast
 * transcription (phrases, milliseconds; as of 2024-05-15-preview offset and
 * duration, in the JavaScript SDK offsetInMs and durationInMs).
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"recognizedPhrases[].nBest"}, 95},
    {{"recognizedPhrases", "combinedRecognizedPhrases"}, 95},
    {{"durationInTicks", "combinedRecognizedPhrases"}, 90},
    {{"phrases[].offsetMilliseconds", "phrases[].text"}, 95},
    {{"phrases[].offsetInMs", "phrases[].text"}, 95},
    {{"phrases[].offset", "phrases[].duration", "phrases[].text",
	 "combinedPhrases"},
	95},
    {{"durationMilliseconds", "combinedPhrases"}, 90},
    {{"durationInMs", "combinedPhrases"}, 90},
    {{"duration", "combinedPhrases"}, 90},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no recognizedPhrases and no phrases with offset and "
	       "combinedPhrases, or with offsetMilliseconds";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* The two kinds of document. */
struct kind {
	const char *list;
	struct json_value (*text_of)(struct json_value phrase);
	/* Keys that name their unit, up to two pairs. */
	struct {
		const char *start, *duration;
		double unit;
	} named[2];
	double unit; /* of a number in "offset" and "duration"; 0: of none */
};

/* The phrases of a list, while they are read. */
struct phrases {
	struct speech *speech;
	const struct kind *kind;
	bool channels; /* name the speakers */
	bool noted;    /* that a time is in no known form */
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
    {"recognizedPhrases", best,
	{{"offsetInTicks", "durationInTicks", UNIT_TICK}}, 0},
    {"phrases", itself,
	{{"offsetMilliseconds", "durationMilliseconds", UNIT_MILLI},
	    {"offsetInMs", "durationInMs", UNIT_MILLI}},
	UNIT_MILLI},
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

/* A key that names no unit has an ISO duration, or a number in the kind's. */
static struct moment
plain_time(const struct phrases *p, struct json_value phrase, const char *key)
{
	struct json_value v = json_get(phrase, key);
	struct moment m = {0};
	struct span text;
	double n;

	if (json_string(v, &text))
		moment_parse_duration(text, &m);
	else if (p->kind->unit > 0 && json_double(v, &n))
		m = speech_time(p->speech, phrase, key, p->kind->unit);
	return m;
}

static void
times(struct phrases *p, struct said *said)
{
	const struct kind *k = p->kind;
	struct speech *s = p->speech;
	struct json_value v = said->at;
	struct moment length = {0};

	for (size_t i = 0; i < 2 && k->named[i].start != NULL; i++) {
		if (!moment_known(said->start))
			said->start = speech_time(
			    s, v, k->named[i].start, k->named[i].unit);
		if (!moment_known(length))
			length = speech_time(
			    s, v, k->named[i].duration, k->named[i].unit);
	}
	if (!moment_known(said->start))
		said->start = plain_time(p, v, "offset");
	if (!moment_known(length))
		length = plain_time(p, v, "duration");
	if (moment_known(length))
		said->end = moment_later(said->start, length.ms);
}

/* A time that is there, or should be, and tells nothing: that is said once.
 * One of the wrong type in a key that is known rejects the phrase. */
static void
note_unknown(struct phrases *p, const struct said *said)
{
	enum json_type duration = json_type(json_get(said->at, "duration"));

	if (p->noted || p->speech->wrong[0] != '\0' ||
	    (moment_known(said->start) &&
		(moment_known(said->end) || duration == JSON_NONE ||
		    duration == JSON_NULL)))
		return;
	p->noted = true;
	speech_note(
	    p->speech, said->at, NOTE_TIME_UNKNOWN, (struct span){"", 0});
}

static int
phrase(struct phrases *p, struct json_value v, struct err *err)
{
	struct speech *s = p->speech;
	struct said said = {.at = v};
	struct span status = speech_field(s, v, "recognitionStatus");

	if (status.len > 0 && !span_eq(status, SPAN("Success")))
		return speech_skip(s, v, "not recognized", err);
	if (!p->channels)
		said.speaker = speech_name(s, v, "speaker", "Speaker ");
	if (said.speaker.len == 0)
		said.speaker = speech_name(s, v, "channel", "Channel ");
	said.text = phrase_text(s, p->kind->text_of(v));
	times(p, &said);
	note_unknown(p, &said);
	return speech_say(s, &said, err);
}

static int
read_list(struct speech *s, const struct kind *k, struct err *err)
{
	struct json_value list = json_get(s->root, k->list), v;
	struct json_walk w = speech_list(s, list);
	struct phrases p = {
	    .speech = s, .kind = k, .channels = has_channels(list)};

	while (json_next(&w, NULL, &v))
		if (phrase(&p, v, err) == -1)
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
