/*
 * Amazon Transcribe Call Analytics (Amazon Transcribe Developer Guide,
 * "Post-call analytics output"), and what the Post Call Analytics sample
 * solution makes of it ("SpeechSegments").
 */
#include "read/aws.h"

static const struct signature signatures[] = {
    {{"JobName", "Transcript[].ParticipantRole"}, 95},
    {{"JobStatus", "Transcript[].Content"}, 90},
    {{"JobStatus", "LanguageCode", "Participants"}, 80},
    {{"Transcript[].ParticipantRole", "Transcript[].BeginOffsetMillis"}, 91},
    {{"ConversationAnalytics", "SpeechSegments"}, 95},
    {{"SpeechSegments[].SegmentStartTime"}, 95},
    {{"ConversationAnalytics.SourceInformation"}, 85},
    {{"ConversationAnalytics.SpeakerLabels"}, 85},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no Transcript with JobStatus or ParticipantRole, and no "
	       "SpeechSegments";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* "None" stands where the solution was given no value. */
static bool
is_given(struct json_value v)
{
	struct span text;

	return json_string(v, &text) && !text_is_blank(text) &&
	    !span_eq(text, SPAN("None"));
}

static int
identify_segments(struct speech *s, struct json_value about, struct err *err)
{
	struct json_value guid = json_get(about, "GUID"), source;
	struct json_walk w = json_each(json_get(about, "SourceInformation"));

	if (is_given(guid))
		return speech_identify(s, guid, err);
	if (!json_next(&w, NULL, &source))
		return 0;
	return speech_identify(s,
	    json_get(
		json_get(source, "TranscribeJobInfo"), "TranscriptionJobName"),
	    err);
}

/* The name that the user set for spk_0 and its like. */
static struct span
display_name(struct json_value about, struct span speaker)
{
	struct json_walk w = json_each(json_get(about, "SpeakerLabels"));
	struct json_value v;
	struct span at;

	while (json_next(&w, NULL, &v))
		if (json_string(json_get(v, "Speaker"), &at) &&
		    span_eq(at, speaker) &&
		    json_string(json_get(v, "DisplayText"), &at))
			return at;
	return speaker;
}

static int
segment(struct speech *s, struct json_value about, struct json_value v,
    struct err *err)
{
	struct said said = {.at = v};

	said.text = speech_field(s, v, "DisplayText");
	if (said.text.len == 0)
		said.text = speech_text(s, v, "OriginalText");
	said.speaker = display_name(
	    about, speech_field(s, v, "SegmentSpeaker"));
	said.start = speech_time(s, v, "SegmentStartTime", UNIT_SECOND);
	said.end = speech_time(s, v, "SegmentEndTime", UNIT_SECOND);
	return speech_say(s, &said, err);
}

static int
read_segments(struct speech *s, struct json_value list, struct err *err)
{
	struct json_value about = json_get(s->root, "ConversationAnalytics");
	struct json_walk w = speech_list(s, list);
	struct json_value v;

	if (identify_segments(s, about, err) == -1)
		return -1;
	while (json_next(&w, NULL, &v))
		if (segment(s, about, v, err) == -1)
			return -1;
	return 0;
}

static int
read_job(struct speech *s, struct err *err)
{
	struct json_value segments = json_get(s->root, "SpeechSegments");

	if (json_type(segments) == JSON_ARRAY)
		return read_segments(s, segments, err);
	if (speech_identify(s, json_get(s->root, "JobName"), err) == -1)
		return -1;
	return aws_turns(s, err);
}

static int
read_callanalytics(struct reader *r, struct err *err)
{
	return speech_read(r, read_job,
	    "no Transcript list and no "
	    "SpeechSegments",
	    err);
}

const struct format format_callanalytics = {
    .name = "callanalytics",
    .help = "Amazon Transcribe Call Analytics; Post Call Analytics (JSON)",
    .sniff = sniff,
    .read = read_callanalytics,
};
