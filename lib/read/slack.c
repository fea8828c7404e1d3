/*
 * Slack's export: a folder a channel, in it a file a day, each a JSON array
 * of messages (Slack help, "How to read Slack data exports"; Slack API,
 * "message" event and its subtypes). A day file is one conversation, named
 * after the file, or after "channel" where the messages name theirs.
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"[].ts", "[].type", "[].text", "[].user"}, 96},
    {{"[].ts", "[].type", "[].text", "[].bot_id"}, 96},
    {{"[].ts", "[].type", "[].subtype", "[].text"}, 96},
    {{"[].ts", "[].client_msg_id"}, 94},
    {{"[].ts", "[].type", "[].text~"}, 94},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no array of messages with ts, type and text";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* Subtypes of messages that somebody wrote; all others are events. */
static const char *const written[] = {
    "bot_message",
    "thread_broadcast",
    "file_share",
    "me_message",
    "file_comment",
    "reply_broadcast",
};

static bool
is_written(struct span subtype)
{
	if (subtype.len == 0)
		return true;
	for (size_t i = 0; i < sizeof(written) / sizeof(*written); i++)
		if (span_eq(subtype, span_of(written[i])))
			return true;
	return false;
}

/* The name that Slack shows, else what it calls the user. */
static struct span
speaker_of(struct speech *s, struct json_value m)
{
	struct json_value profile = json_get(m, "user_profile");
	struct json_value bot = json_get(m, "bot_profile");
	const struct {
		struct json_value at;
		const char *key;
	} names[] = {
	    {profile, "display_name"},
	    {profile, "real_name"},
	    {profile, "name"},
	    {bot, "name"},
	    {m, "username"},
	    {m, "user"},
	    {m, "bot_id"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct span name = speech_field(s, names[i].at, names[i].key);

		if (name.len > 0)
			return name;
	}
	return (struct span){"", 0};
}

/* Slack writes &, < and > of a text as references, and nothing else. */
static struct span
unescape(struct speech *s, struct span text)
{
	static const struct {
		const char *ref;
		char c;
	} refs[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};
	struct buf *b = &s->scratch;

	if (text.len == 0 || memchr(text.at, '&', text.len) == NULL)
		return text;
	buf_reset(b);
	for (size_t i = 0; i < text.len;) {
		struct span rest = {text.at + i, text.len - i};
		size_t k = 0;

		while (k < 3 && !span_starts(rest, span_of(refs[k].ref)))
			k++;
		buf_addc(b, k < 3 ? refs[k].c : *rest.at);
		i += k < 3 ? strlen(refs[k].ref) : 1;
	}
	return buf_span(b);
}

static int
read_message(struct speech *s, struct json_value m, struct err *err)
{
	struct span type = speech_field(s, m, "type");
	struct said said = {.at = m};

	if ((type.len > 0 && !span_eq(type, SPAN("message"))) ||
	    !is_written(speech_field(s, m, "subtype")))
		return speech_skip(s, m, "no message", err);
	said.conversation = speech_field(s, m, "channel");
	said.speaker = speaker_of(s, m);
	if (json_type(json_get(m, "bot_id")) == JSON_STRING ||
	    span_eq(speech_field(s, m, "subtype"), SPAN("bot_message")))
		said.role = SPAN("bot");
	said.start = speech_wall(s, m, "ts");
	said.text = unescape(s, speech_text(s, m, "text"));
	return speech_say(s, &said, err);
}

static int
body(struct speech *s, struct err *err)
{
	struct json_walk w = speech_list(s, s->root);
	struct json_value m;

	while (json_next(&w, NULL, &m))
		if (read_message(s, m, err) == -1)
			return -1;
	return 0;
}

static int
read_slack(struct reader *r, struct err *err)
{
	return speech_read(r, body, "wanted an array of messages", err);
}

const struct format format_slack = {
    .name = "slack",
    .help = "Slack export: a channel's day, an array of messages",
    .sniff = sniff,
    .read = read_slack,
};
