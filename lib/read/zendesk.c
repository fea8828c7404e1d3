/*
 * Zendesk Chat's history (Zendesk developer documentation, "Chat API: Chats"
 * and "Incremental export"): chats with a list of events, as one object, as
 * {"chats": […]} or as an array. Messages are the events chat.msg; a chat
 * that was left while nobody was there is its one message.
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"chats[].history[].sender_type", "chats[].history[].msg"}, 96},
    {{"[].history[].sender_type", "[].history[].msg"}, 96},
    {{"history[].sender_type", "history[].msg"}, 96},
    {{"chats[].history[].type", "chats[].visitor"}, 95},
    {{"[].history[].type", "[].visitor"}, 95},
    {{"history[].type", "visitor", "id"}, 95},
    {{"chats[].history[].msg~"}, 93},
    {{"[].history[].msg~"}, 93},
    {{"history[].msg~"}, 93},
    {{"chats[].message", "chats[].visitor", "chats[].type"}, 94},
};

static const struct role_word roles[] = {{"Visitor", "customer"},
    {"Agent", "agent"}, {"Trigger", "bot"}, {"System", "system"}, {0}};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no chats with a history of chat.msg events";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* Events before sender_type was there name the visitor only. */
static struct span
role_of(struct speech *s, struct json_value chat, struct json_value event)
{
	struct span type = speech_field(s, event, "sender_type");
	struct span name = speech_field(s, event, "name");
	struct span visitor = speech_field(
	    s, json_get(chat, "visitor"), "name");

	if (type.len > 0)
		return role_translate(roles, type);
	if (visitor.len > 0 && span_eq(name, visitor))
		return SPAN("customer");
	return (struct span){"", 0};
}

static int
read_event(struct speech *s, struct json_value chat, struct json_value event,
    struct err *err)
{
	struct span type = speech_field(s, event, "type");
	struct said said = {.at = event};

	if (type.len > 0 && !span_eq(type, SPAN("chat.msg")) &&
	    !span_eq(type, SPAN("chat.triggered")))
		return speech_skip(s, event, "no message", err);
	said.conversation = speech_field(s, chat, "id");
	said.speaker = speech_field(s, event, "name");
	said.role = role_of(s, chat, event);
	said.start = speech_wall(s, event, "timestamp");
	said.text = speech_text(s, event, "msg");
	return speech_say(s, &said, err);
}

/* What a visitor wrote while nobody was there. */
static int
read_offline(struct speech *s, struct json_value chat, struct err *err)
{
	struct said said = {.at = chat};

	said.conversation = speech_field(s, chat, "id");
	said.speaker = speech_field(s, json_get(chat, "visitor"), "name");
	said.role = SPAN("customer");
	said.start = speech_wall(s, chat, "timestamp");
	said.text = speech_text(s, chat, "message");
	return speech_say(s, &said, err);
}

static int
read_chat(struct speech *s, struct json_value chat, struct err *err)
{
	struct json_value list = json_get(chat, "history"), event;
	struct json_walk w;

	if (json_type(list) != JSON_ARRAY)
		return read_offline(s, chat, err);
	w = speech_list(s, list);
	while (json_next(&w, NULL, &event))
		if (read_event(s, chat, event, err) == -1)
			return -1;
	return 0;
}

static int
body(struct speech *s, struct err *err)
{
	struct json_value list = json_get(s->root, "chats"), chat;
	struct json_walk w;

	if (json_type(s->root) == JSON_ARRAY)
		list = s->root;
	else if (json_type(list) != JSON_ARRAY)
		return read_chat(s, s->root, err);
	w = speech_list(s, list);
	while (json_next(&w, NULL, &chat))
		if (read_chat(s, chat, err) == -1)
			return -1;
	return 0;
}

static int
read_zendesk(struct reader *r, struct err *err)
{
	return speech_read_array(
	    r, "chats", body, "wanted chats with a history", err);
}

const struct format format_zendesk = {
    .name = "zendesk",
    .help = "Zendesk Chat history: chats with their events, JSON",
    .sniff = sniff,
    .read = read_zendesk,
};
