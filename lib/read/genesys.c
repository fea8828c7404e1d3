/*
 * Genesys Cloud: the transcript of a conversation as its transcript URL
 * gives it (Genesys Cloud Developer Center, "Speech and text analytics",
 * transcripts: phrases with epoch milliseconds).
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"transcripts[].phrases[].participantPurpose"}, 95},
    {{"transcripts[].phrases[].startTimeMs"}, 95},
    {{"conversationId", "communicationId", "transcripts"}, 95},
    {{"conversationId", "participants[].participantPurpose"}, 85},
};

/* "internal" is whoever serves: IVR, queue or agent. */
static const struct role_word roles[] = {{"external", "customer"},
    {"internal", "agent"}, {"user", "agent"}, {"acd", "system"},
    {"voicemail", "system"}, {"workflow", "system"}, {"botflow", "bot"}, {0}};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no transcripts with phrases";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* Epoch milliseconds; what is below three years, from the start. */
#define EPOCH_FROM_MS 100000000000

static struct moment
time_of(struct speech *s, struct json_value v, const char *key)
{
	struct moment m = speech_time(s, v, key, UNIT_MILLI);

	return m.ms < EPOCH_FROM_MS ? m : moment_epoch((double)m.ms);
}

static bool
covers(struct speech *s, struct json_value participant, struct moment at)
{
	struct moment start = time_of(s, participant, "startTimeMs");
	struct moment end = time_of(s, participant, "endTimeMs");

	return moment_known(start) && start.ms <= at.ms &&
	    (!moment_known(end) || at.ms < end.ms);
}

/* Who was "internal" at that time, by the list of participants: an agent
 * where one was there, else the first that is no customer. */
static struct span
internal_at(struct speech *s, struct moment at, struct span otherwise)
{
	struct json_walk w = json_each(json_get(s->root, "participants"));
	struct span found = {"", 0}, purpose;
	struct json_value v;

	while (moment_known(at) && json_next(&w, NULL, &v)) {
		purpose = speech_field(s, v, "participantPurpose");
		if (!covers(s, v, at) || span_eq(purpose, SPAN("customer")) ||
		    span_eq(purpose, SPAN("external")))
			continue;
		if (span_eq(purpose, SPAN("agent")) ||
		    span_eq(purpose, SPAN("user")))
			return purpose;
		if (found.len == 0)
			found = purpose;
	}
	return found.len > 0 ? found : otherwise;
}

static int
phrase(struct speech *s, struct json_value v, struct err *err)
{
	struct said said = {.at = v};
	struct moment length;

	said.text = speech_field(s, v, "decoratedText");
	if (said.text.len == 0)
		said.text = speech_text(s, v, "text");
	said.start = time_of(s, v, "startTimeMs");
	length = speech_time(
	    s, json_get(v, "duration"), "milliseconds", UNIT_MILLI);
	if (moment_known(length))
		said.end = moment_later(said.start, length.ms);
	said.speaker = speech_field(s, v, "participantPurpose");
	if (span_eq(said.speaker, SPAN("internal")))
		said.speaker = internal_at(s, said.start, said.speaker);
	said.role = role_translate(roles, said.speaker);
	return speech_say(s, &said, err);
}

static int
read_phrases(struct speech *s, struct json_value list, struct err *err)
{
	struct json_walk w = speech_list(s, list);
	struct json_value v;

	while (json_next(&w, NULL, &v))
		if (phrase(s, v, err) == -1)
			return -1;
	return 0;
}

static int
read_conversation(struct speech *s, struct err *err)
{
	struct json_walk w = json_each(json_get(s->root, "transcripts"));
	struct json_value v;

	if (speech_identify(s, json_get(s->root, "conversationId"), err) == -1)
		return -1;
	while (json_next(&w, NULL, &v))
		if (read_phrases(s, json_get(v, "phrases"), err) == -1)
			return -1;
	return 0;
}

static int
read_genesys(struct reader *r, struct err *err)
{
	return speech_read(r, read_conversation,
	    "no transcripts with "
	    "phrases",
	    err);
}

const struct format format_genesys = {
    .name = "genesys",
    .help = "Genesys Cloud conversation transcript (JSON)",
    .sniff = sniff,
    .read = read_genesys,
};
