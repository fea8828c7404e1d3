/*
 * Amazon Connect Contact Lens: the analysis of a call or a chat (Amazon
 * Connect Administrator Guide, "Example Contact Lens output files").
 */
#include "read/aws.h"

static const struct signature signatures[] = {
    {{"CustomerMetadata.ContactId", "Transcript"}, 95},
    {{"CustomerMetadata.ContactId", "Participants"}, 90},
    {{"Version", "Channel", "Transcript[].ParticipantId"}, 95},
    {{"Version", "AccountId", "Channel", "Participants"}, 85},
    {{"Transcript[].ParticipantId", "Transcript[].BeginOffsetMillis"}, 93},
    {{"Transcript[].ParticipantId", "Transcript[].AbsoluteTime"}, 93},
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

static int
read_contact(struct speech *s, struct err *err)
{
	struct json_value meta = json_get(s->root, "CustomerMetadata");

	if (speech_identify(s, json_get(meta, "ContactId"), err) == -1)
		return -1;
	return aws_turns(s, err);
}

static int
read_contactlens(struct reader *r, struct err *err)
{
	return speech_read(r, read_contact, "no Transcript list", err);
}

const struct format format_contactlens = {
    .name = "contactlens",
    .help = "Amazon Connect Contact Lens, voice and chat (JSON)",
    .sniff = sniff,
    .read = read_contactlens,
};
