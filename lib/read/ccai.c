/*
 * Google Customer Experience Insights (CCAI Insights): the Conversation
 * resource of its REST reference ("transcriptSegments"), and the transcript
 * that one uploads ("Conversation data format": "entries").
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"transcript.transcriptSegments[].text"}, 95},
    {{"transcript.transcriptSegments[].segmentParticipant"}, 95},
    {{"name", "dataSource", "transcript"}, 85},
    {{"name", "languageCode", "runtimeAnnotations", "startTime"}, 80},
    {{"entries[].start_timestamp_usec", "entries[].text"}, 95},
    {{"entries[].role", "entries[].text", "conversation_info"}, 94},
};

static const struct role_word roles[] = {{"HUMAN_AGENT", "agent"},
    {"ANY_AGENT", "agent"}, {"END_USER", "customer"},
    {"AUTOMATED_AGENT", "bot"}, {"ROLE_UNSPECIFIED", ""}, {0}};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no transcript.transcriptSegments and no entries with "
	       "start_timestamp_usec";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* From the first word to the last: offsets from the conversation's start. */
static void
word_times(struct speech *s, struct json_value list, struct said *said)
{
	struct json_walk w = json_each(list);
	bool any = false;
	struct json_value v;

	while (json_next(&w, NULL, &v)) {
		if (!any)
			said->start = speech_proto(s, v, "startOffset");
		said->end = speech_proto(s, v, "endOffset");
		any = true;
	}
	/* protobuf's JSON leaves out what is 0 */
	if (any && !moment_known(said->start) && moment_known(said->end))
		said->start = moment_relative(0);
}

/*
 * The wall clock where there is one: messageTime, else the conversation's
 * startTime and the words' offsets from it.
 */
static void
segment_times(struct speech *s, struct json_value v, struct moment origin,
    struct said *said)
{
	struct moment at = speech_wall(s, v, "messageTime");
	struct said words = {0};

	word_times(s, json_get(v, "words"), &words);
	if (!moment_known(at) && moment_known(words.start))
		at = moment_later(origin, words.start.ms);
	if (!moment_known(at)) {
		said->start = words.start;
		said->end = words.end;
		return;
	}
	said->start = at;
	if (moment_known(words.start) && moment_known(words.end))
		said->end = moment_later(at, words.end.ms - words.start.ms);
}

static void
segment_speaker(struct speech *s, struct json_value v, struct said *said)
{
	struct json_value who = json_get(v, "segmentParticipant");
	struct span role = speech_field(s, who, "role");

	said->role = role_translate(roles, role);
	said->speaker = speech_field(s, who, "userId");
	if (said->speaker.len == 0)
		said->speaker = speech_field(
		    s, who, "obfuscatedExternalUserId");
	if (said->speaker.len == 0 && said->role.len > 0)
		said->speaker = role;
	if (said->speaker.len == 0)
		said->speaker = speech_name(s, v, "channelTag", "Channel ");
}

static int
read_segments(struct speech *s, struct json_value list, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct moment origin = speech_wall(s, s->root, "startTime");
	struct said said = {0};

	while (json_next(&w, NULL, &said.at)) {
		said.text = speech_text(s, said.at, "text");
		said.start = said.end = (struct moment){0};
		segment_times(s, said.at, origin, &said);
		segment_speaker(s, said.at, &said);
		if (speech_say(s, &said, err) == -1)
			return -1;
	}
	return 0;
}

/* Microseconds since 1970; below ten years, from the start of the call. */
#define EPOCH_FROM_US 315360000000000.0

static struct moment
entry_time(struct speech *s, struct json_value v)
{
	struct moment m = speech_time(s, v, "start_timestamp_usec", 1e-6);

	if (moment_known(m) && (double)m.ms >= EPOCH_FROM_US / 1e3)
		return moment_epoch((double)m.ms);
	return m;
}

static int
read_entries(struct speech *s, struct json_value list, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct said said = {0};

	while (json_next(&w, NULL, &said.at)) {
		struct span role = speech_field(s, said.at, "role");

		said.text = speech_text(s, said.at, "text");
		said.start = entry_time(s, said.at);
		said.role = role_translate(roles, role);
		said.speaker = speech_name(s, said.at, "user_id", "");
		if (said.speaker.len == 0)
			said.speaker = role;
		if (speech_say(s, &said, err) == -1)
			return -1;
	}
	return 0;
}

static int
read_conversation(struct speech *s, struct err *err)
{
	struct json_value entries = json_get(s->root, "entries");

	if (json_type(entries) == JSON_ARRAY)
		return read_entries(s, entries, err);
	if (speech_identify(s, json_get(s->root, "name"), err) == -1)
		return -1;
	return read_segments(s,
	    json_get(json_get(s->root, "transcript"), "transcriptSegments"),
	    err);
}

static int
read_ccai(struct reader *r, struct err *err)
{
	return speech_read(r, read_conversation,
	    "no transcriptSegments and "
	    "no entries",
	    err);
}

const struct format format_ccai = {
    .name = "ccai",
    .help = "Google CCAI Insights conversation (JSON)",
    .sniff = sniff,
    .read = read_ccai,
};
