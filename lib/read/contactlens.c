/*
 * Amazon Connect Contact Lens: the analysis of a call or a chat (Amazon
 * Connect Administrator Guide, "Example Contact Lens output files"), and the
 * segments of its real-time API (Amazon Connect API Reference,
 * "ListRealtimeContactAnalysisSegments", its V2, and the streams of both).
 */
#include "read/aws.h"

static const struct signature signatures[] = {
    {{"CustomerMetadata.ContactId", "Transcript"}, 95},
    {{"CustomerMetadata.ContactId", "Participants"}, 90},
    {{"Version", "Channel", "Transcript[].ParticipantId"}, 95},
    {{"Version", "AccountId", "Channel", "Participants"}, 85},
    {{"Transcript[].ParticipantId", "Transcript[].BeginOffsetMillis"}, 93},
    {{"Transcript[].ParticipantId", "Transcript[].AbsoluteTime"}, 93},
    {{"Segments[].Transcript.ParticipantRole"}, 95},
    {{"Segments[].Transcript.ParticipantId", "Segments[].Transcript.Content"},
	95},
    {{"Segments[].Utterance.ParticipantId", "Segments[].Utterance.Content"},
	95},
    /* the keys are sorted and the analysis alone fills the sample */
    {{"AccountId", "Categories.MatchedCategories",
	 "ConversationCharacteristics"},
	80},
    {{"AccountId", "Categories.MatchedDetails"}, 70},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no Transcript with ParticipantId beside CustomerMetadata";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* What the real-time API lists: transcripts among categories and events. */
static int
read_segments(struct speech *s, struct json_value list, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct json_value v, said;
	int rc = 0;

	while (rc == 0 && json_next(&w, NULL, &v)) {
		said = json_get(v, "Transcript");
		if (json_type(said) == JSON_NONE)
			said = json_get(v, "Utterance");
		rc = json_type(said) == JSON_OBJECT ?
		    aws_turn(s, said, err) :
		    speech_skip(s, v, "event", err);
	}
	speech_more(s, s->root, "NextToken");
	return rc;
}

static int
read_contact(struct speech *s, struct err *err)
{
	struct json_value meta = json_get(s->root, "CustomerMetadata");
	struct json_value id = json_get(meta, "ContactId");
	struct json_value segments = json_get(s->root, "Segments");

	if (json_type(id) == JSON_NONE)
		id = json_get(s->root, "ContactId");
	if (speech_identify(s, id, err) == -1)
		return -1;
	if (json_type(segments) == JSON_ARRAY)
		return read_segments(s, segments, err);
	return aws_turns(s, err);
}

static int
read_contactlens(struct reader *r, struct err *err)
{
	return speech_read(r, read_contact,
	    "no Transcript list and no "
	    "Segments",
	    err);
}

const struct format format_contactlens = {
    .name = "contactlens",
    .help = "Amazon Connect Contact Lens, voice and chat (JSON)",
    .sniff = sniff,
    .read = read_contactlens,
};
