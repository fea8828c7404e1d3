/*
 * Amazon Transcribe, batch (Amazon Transcribe Developer Guide, "Data input
 * and output", "Partitioning speakers", "Transcribing multi-channel audio").
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"jobName", "results.transcripts"}, 95},
    {{"results.items[].alternatives[].content"}, 94},
    {{"results.transcripts[].transcript"}, 94},
    {{"results.audio_segments[].transcript"}, 94},
    {{"results.channel_labels"}, 94},
    {{"results.speaker_labels.segments"}, 94},
    {{"jobName", "accountId", "results"}, 90},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no results with transcripts, items or audio_segments";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

static void
label(struct speech *s, struct json_value v, struct said *said)
{
	said->speaker = speech_field(s, v, "speaker_label");
	if (said->speaker.len == 0)
		said->speaker = speech_field(s, v, "channel_label");
}

static void
times(struct speech *s, struct json_value v, struct said *said)
{
	said->start = speech_time(s, v, "start_time", UNIT_SECOND);
	said->end = speech_time(s, v, "end_time", UNIT_SECOND);
}

static int
read_segments(struct speech *s, struct json_value list, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct said said = {0};

	while (json_next(&w, NULL, &said.at)) {
		label(s, said.at, &said);
		times(s, said.at, &said);
		said.text = speech_text(s, said.at, "transcript");
		if (speech_say(s, &said, err) == -1)
			return -1;
	}
	return 0;
}

/*
 * Who speaks when, for documents whose items do not say it: a walk over
 * speaker_labels.segments, which stand in the order of time as the items do.
 */
struct labels {
	struct json_walk walk;
	struct said segment; /* the one that was reached */
};

static struct span
label_at(struct speech *s, struct labels *l, struct moment start)
{
	struct json_value v;

	while (moment_known(start) &&
	    (!moment_known(l->segment.end) || l->segment.end.ms <= start.ms) &&
	    json_next(&l->walk, NULL, &v)) {
		label(s, v, &l->segment);
		times(s, v, &l->segment);
	}
	return l->segment.speaker;
}

static int
item(struct speech *s, struct json_value v, struct labels *l,
    struct span channel, struct err *err)
{
	struct json_walk w = json_each(json_get(v, "alternatives"));
	struct span type = speech_field(s, v, "type");
	struct said word = {.at = v};
	struct json_value first = {0};

	json_next(&w, NULL, &first);
	word.text = speech_text(s, first, "content");
	times(s, v, &word);
	label(s, v, &word);
	if (channel.len > 0)
		word.speaker = channel;
	else if (word.speaker.len == 0)
		word.speaker = label_at(s, l, word.start);
	return speech_word(s, &word, span_eq(type, SPAN("punctuation")), err);
}

static int
read_items(struct speech *s, struct json_value list, struct json_value labels,
    struct span channel, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct labels l = {.walk = json_each(json_get(labels, "segments"))};
	struct json_value v;

	while (json_next(&w, NULL, &v))
		if (item(s, v, &l, channel, err) == -1)
			return -1;
	return speech_flush(s, err);
}

static int
read_channels(struct speech *s, struct json_value list, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct json_value v, none = {0};

	while (json_next(&w, NULL, &v))
		if (read_items(s, json_get(v, "items"), none,
			speech_name(s, v, "channel_label", "ch_"), err) == -1)
			return -1;
	return 0;
}

/* Without items there are no times, but still what was said. */
static int
read_whole(struct speech *s, struct json_value list, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct said said = {0};

	while (json_next(&w, NULL, &said.at)) {
		said.text = speech_text(s, said.at, "transcript");
		if (speech_say(s, &said, err) == -1)
			return -1;
	}
	return 0;
}

static int
read_job(struct speech *s, struct err *err)
{
	struct json_value results = json_get(s->root, "results");
	struct json_value segments = json_get(results, "audio_segments");
	struct json_value channels = json_get(
	    json_get(results, "channel_labels"), "channels");
	struct json_value items = json_get(results, "items");

	if (speech_identify(s, json_get(s->root, "jobName"), err) == -1)
		return -1;
	if (speech_lists(segments))
		return read_segments(s, segments, err);
	if (speech_lists(channels))
		return read_channels(s, channels, err);
	if (speech_lists(items))
		return read_items(s, items, json_get(results, "speaker_labels"),
		    (struct span){"", 0}, err);
	return read_whole(s, json_get(results, "transcripts"), err);
}

static int
read_transcribe(struct reader *r, struct err *err)
{
	return speech_read(r, read_job, "no results with items", err);
}

const struct format format_transcribe = {
    .name = "transcribe",
    .help = "Amazon Transcribe, speakers or channels (JSON)",
    .sniff = sniff,
    .read = read_transcribe,
};
