#include "read/aws.h"

/* ParticipantRole: AGENT, CUSTOMER, SYSTEM, SUPERVISOR, CUSTOM_BOT. */
static const struct role_word roles[] = {{"CUSTOM_BOT", "bot"}, {0}};

/* What is in a turn's list and is no message, by its Type. */
static const struct {
	const char *type, *why;
} events[] = {
    {"EVENT", "event"},
    {"ATTACHMENT", "attachment"},
};

/* The role that "Participants" gives to an id; the id where it has none:
 * documents of calls use AGENT and CUSTOMER as ids. */
static struct span
participant_role(struct speech *s, struct span id)
{
	struct json_walk w = json_each(json_get(s->root, "Participants"));
	struct json_value v;
	struct span at;

	while (json_next(&w, NULL, &v))
		if (json_string(json_get(v, "ParticipantId"), &at) &&
		    span_eq(at, id) &&
		    json_string(json_get(v, "ParticipantRole"), &at))
			return at;
	return id;
}

static void
participant(struct speech *s, struct json_value v, struct said *said)
{
	struct span id = speech_field(s, v, "ParticipantId");

	said->role = speech_field(s, v, "ParticipantRole");
	if (said->role.len == 0)
		said->role = participant_role(s, id);
	said->role = role_translate(roles, said->role);
	said->speaker = speech_field(s, v, "DisplayName");
	if (said->speaker.len == 0)
		said->speaker = id.len > 0 ? id : said->role;
}

/* NULL: it is a message. A file that was sent may be a message, too. */
static const char *
no_message(struct speech *s, struct json_value v)
{
	struct span type = speech_field(s, v, "Type");

	for (size_t i = 0; i < sizeof(events) / sizeof(*events); i++)
		if (span_eq(type, span_of(events[i].type)))
			return events[i].why;
	return json_type(json_get(v, "Content")) == JSON_NONE &&
		(json_type(json_get(v, "AttachmentName")) != JSON_NONE ||
		    json_type(json_get(v, "Attachments")) != JSON_NONE) ?
	    "attachment" :
	    NULL;
}

/* The real-time API of chats has a time in a "Time" of its own. */
static void
times(struct speech *s, struct json_value v, struct said *said)
{
	struct json_value time = json_get(v, "Time");

	if (json_type(time) == JSON_OBJECT)
		v = time;
	said->start = speech_wall(s, v, "AbsoluteTime");
	if (!moment_known(said->start)) {
		said->start = speech_time(
		    s, v, "BeginOffsetMillis", UNIT_MILLI);
		said->end = speech_time(s, v, "EndOffsetMillis", UNIT_MILLI);
	}
}

int
aws_turn(struct speech *s, struct json_value v, struct err *err)
{
	struct said said = {.at = v};
	const char *why = no_message(s, v);

	if (why != NULL)
		return speech_skip(s, v, why, err);
	participant(s, v, &said);
	said.text = speech_text(s, v, "Content");
	times(s, v, &said);
	return speech_say(s, &said, err);
}

int
aws_turns(struct speech *s, struct err *err)
{
	struct json_walk w = speech_list(s, json_get(s->root, "Transcript"));
	struct json_value v;

	while (json_next(&w, NULL, &v))
		if (aws_turn(s, v, err) == -1)
			return -1;
	return 0;
}
