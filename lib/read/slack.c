/*
 * Slack's export: a folder a channel, in it a file a day, each a JSON array
 * of messages (Slack help, "How to read Slack data exports"; Slack API,
 * "message" event and its subtypes), and above the folders lists of users and
 * channels. A channel is a conversation; where no list tells its id, and no
 * message does, a day is one, named after the file. Also what the API answers
 * for a channel's history: the same messages in "messages".
 */
#include "read/slackfolder.h"
#include "read/speech.h"

/* One channel's day. */
struct day {
	struct speech *speech;
	struct slackfolder folder;
};

static const struct signature signatures[] = {
    {{"[].ts", "[].type", "[].text", "[].user"}, 96},
    {{"[].ts", "[].type", "[].text", "[].bot_id"}, 96},
    {{"[].ts", "[].type", "[].subtype", "[].text"}, 96},
    {{"[].ts", "[].client_msg_id"}, 94},
    {{"[].ts", "[].type", "[].text~"}, 94},
    {{"messages[].ts", "messages[].type", "messages[].text"}, 93},
};

/* A list that stands above the channels' folders, which may be empty; a
 * transcript of that name has texts, or is no array. */
static bool
is_list(const struct sample *s)
{
	static const struct signature transcript = {{"[].text"}, 1};
	struct span text = span_trim(s->text);

	return slackfolder_lists(s->path) && text.len > 0 &&
	    text.at[0] == '[' && outline_match(s, &transcript, 1) == 0;
}

static int
sniff(const struct sample *s, const char **why)
{
	if (is_list(s))
		return 91;
	*why = "no array of messages with ts, type and text";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* Subtypes of messages that somebody wrote; all others are events. */
static const char *const written[] = {
    "bot_message",
    "slackbot_response",
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
speaker_of(
    const struct day *d, const struct slackuser *user, struct json_value m)
{
	struct speech *s = d->speech;
	struct json_value profile = json_get(m, "user_profile");
	struct json_value bot = json_get(m, "bot_profile");
	const struct {
		struct json_value at;
		const char *key;
	} names[] = {
	    {profile, "display_name"},
	    {profile, "real_name"},
	    {profile, "name"},
	    {m, "username"},
	    {bot, "name"},
	    {m, "user"},
	    {m, "bot_id"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct span name = speech_field(s, names[i].at, names[i].key);

		/* the message's own words go before the list's */
		if (name.len > 0 && (i < 5 || user == NULL))
			return name;
	}
	return user == NULL ? (struct span){"", 0} : user->name;
}

/* "<@U012>" or "<@U012|name>" at the beginning of rest: its length. */
static size_t
mention(const struct day *d, struct span rest, struct span *name)
{
	size_t close = span_find(rest, '>'), bar = span_find(rest, '|');
	const struct slackuser *u;
	struct span id;

	if (!span_starts(rest, SPAN("<@")) || close == rest.len)
		return 0;
	id = (struct span){rest.at + 2, (bar < close ? bar : close) - 2};
	u = slackfolder_user(&d->folder, id);
	if (u != NULL)
		*name = u->name;
	else if (bar < close)
		*name = (struct span){rest.at + bar + 1, close - bar - 1};
	else
		return 0;
	return close + 1;
}

/* Slack writes &, < and > of a text as references, and nothing else. */
static size_t
reference(struct span rest, char *c)
{
	static const struct {
		const char *ref;
		char c;
	} refs[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}};

	for (size_t i = 0; i < 3; i++)
		if (span_starts(rest, span_of(refs[i].ref))) {
			*c = refs[i].c;
			return strlen(refs[i].ref);
		}
	*c = *rest.at;
	return 1;
}

/* A text as people see it: with names where users are mentioned. */
static struct span
shown(const struct day *d, struct span text)
{
	struct buf *b = &d->speech->scratch;
	size_t i = 0, n;

	if (text.len == 0 ||
	    (memchr(text.at, '&', text.len) == NULL &&
		memmem(text.at, text.len, "<@", 2) == NULL))
		return text;
	buf_reset(b);
	for (; i < text.len; i += n) {
		struct span rest = {text.at + i, text.len - i}, name;
		char c;

		n = mention(d, rest, &name);
		if (n > 0) {
			buf_addc(b, '@');
			buf_add(b, name);
		} else {
			n = reference(rest, &c);
			buf_addc(b, c);
		}
	}
	return buf_span(b);
}

/* Of a list of users, channels or integrations. */
static bool
is_entry(struct json_value v)
{
	static const char *const of_messages[] = {"ts", "text", "type", "user"};

	for (size_t i = 0; i < 4; i++)
		if (json_type(json_get(v, of_messages[i])) != JSON_NONE)
			return false;
	return json_type(json_get(v, "id")) == JSON_STRING ||
	    json_type(json_get(v, "user_id")) == JSON_STRING;
}

static bool
is_bot(struct speech *s, const struct slackuser *user, struct json_value m)
{
	struct span subtype = speech_field(s, m, "subtype");

	return json_type(json_get(m, "bot_id")) == JSON_STRING ||
	    span_eq(subtype, SPAN("bot_message")) ||
	    span_eq(subtype, SPAN("slackbot_response")) ||
	    span_eq(speech_field(s, m, "user"), SPAN("USLACKBOT")) ||
	    (user != NULL && user->bot);
}

static int
read_message(const struct day *d, struct json_value m, struct err *err)
{
	struct speech *s = d->speech;
	struct span type = speech_field(s, m, "type");
	struct said said = {.at = m};
	const struct slackuser *user;

	if ((type.len > 0 && !span_eq(type, SPAN("message"))) ||
	    !is_written(speech_field(s, m, "subtype")) || is_entry(m))
		return speech_skip(s, m, "no message", err);
	user = slackfolder_user(&d->folder, speech_field(s, m, "user"));
	said.conversation = speech_field(s, m, "channel");
	said.speaker = speaker_of(d, user, m);
	if (is_bot(s, user, m))
		said.role = SPAN("bot");
	said.start = speech_wall(s, m, "ts");
	said.text = shown(d, speech_text(s, m, "text"));
	return speech_say(s, &said, err);
}

static int
read_messages(const struct day *d, struct err *err)
{
	struct speech *s = d->speech;
	const struct sink *sink = s->reader->sink;
	struct json_value list = s->root, m;
	struct json_walk w;

	if (json_type(list) == JSON_OBJECT) {
		list = json_get(s->root, "messages");
		if (speech_identify(s, json_get(s->root, "channel_id"), err) ==
		    -1)
			return -1;
	} else if (d->folder.channel.len > 0 &&
	    sink->identify(sink->ctx, d->folder.channel, err) == -1) {
		return -1;
	}
	w = speech_list(s, list);
	while (json_next(&w, NULL, &m))
		if (read_message(d, m, err) == -1)
			return -1;
	speech_more(s, s->root, "has_more");
	return 0;
}

static int
body(struct speech *s, struct err *err)
{
	struct day d = {.speech = s};
	int rc;

	slackfolder_read(&d.folder, s->reader->arena,
	    stream_path(s->reader->in), s->reader->options->document_max);
	rc = read_messages(&d, err);
	slackfolder_free(&d.folder);
	return rc;
}

static int
read_slack(struct reader *r, struct err *err)
{
	return speech_read_array(
	    r, "messages", body, "wanted an array of messages", err);
}

const struct format format_slack = {
    .name = "slack",
    .help = "Slack export: a channel's day, an array of messages",
    .sniff = sniff,
    .read = read_slack,
};
