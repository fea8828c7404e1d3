/*
 * Twilio Conversational Intelligence: the sentences of a transcript (Twilio
 * Docs, "Transcript Sentence subresource"), with or without the Transcript
 * resource's participants ("channel") beside them.
 */
#include "read/speech.h"

static const struct signature signatures[] = {
    {{"sentences[].media_channel", "sentences[].transcript"}, 95},
    {{"sentences[].mediaChannel", "sentences[].transcript"}, 95},
    {{"[].media_channel", "[].sentence_index", "[].transcript"}, 95},
    {{"[].mediaChannel", "[].sentenceIndex", "[].transcript"}, 95},
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no sentences with media_channel and transcript";
	return outline_match(
	    s, signatures, sizeof(signatures) / sizeof(*signatures));
}

/* The API writes media_channel, the client libraries mediaChannel. */
static const char *
either(struct json_value v, const char *api, const char *client)
{
	return json_type(json_get(v, api)) == JSON_NONE ? client : api;
}

/* Name and role that the Transcript resource gives to a channel. */
static void
participant(struct speech *s, int64_t channel, struct said *said)
{
	struct json_walk w = json_each(
	    json_get(json_get(s->root, "channel"), "participants"));
	struct json_value v;
	int64_t at;

	while (json_next(&w, NULL, &v))
		if (json_integer(json_get(v,
				     either(v, "channel_participant",
					 "channelParticipant")),
			&at) &&
		    at == channel) {
			struct span name = speech_field(
			    s, v, either(v, "full_name", "fullName"));

			said->role = speech_field(s, v, "role");
			if (name.len > 0)
				said->speaker = name;
			return;
		}
}

static int
sentence(struct speech *s, struct json_value v, struct err *err)
{
	const char *key = either(v, "media_channel", "mediaChannel");
	struct said said = {.at = v};
	int64_t channel;

	said.text = speech_text(s, v, "transcript");
	said.speaker = speech_name(s, v, key, "Channel ");
	if (json_integer(json_get(v, key), &channel))
		participant(s, channel, &said);
	said.start = speech_time(
	    s, v, either(v, "start_time", "startTime"), UNIT_SECOND);
	said.end = speech_time(
	    s, v, either(v, "end_time", "endTime"), UNIT_SECOND);
	return speech_say(s, &said, err);
}

/* The transcript's sid in the address of a page of its sentences,
 * "…/Transcripts/GT…/Sentences?Page=1"; len 0: there is none. */
static struct span
sid_in(struct span url)
{
	enum { SID_LEN = 34 };
	struct span rest = url;

	while (rest.len > SID_LEN) {
		size_t n = span_find(rest, '/') + 1;

		if (n > rest.len)
			break;
		rest = (struct span){rest.at + n, rest.len - n};
		if (span_starts(rest, SPAN("GT")) && rest.len >= SID_LEN &&
		    (rest.len == SID_LEN ||
			strchr("/?#", rest.at[SID_LEN]) != NULL))
			return (struct span){rest.at, SID_LEN};
	}
	return (struct span){"", 0};
}

static int
identify(struct speech *s, struct err *err)
{
	const struct sink *sink = s->reader->sink;
	struct json_value id = json_get(
	    s->root, either(s->root, "transcript_sid", "sid"));
	struct span url = {"", 0}, sid;

	if (json_type(id) == JSON_STRING)
		return speech_identify(s, id, err);
	json_string(json_get(json_get(s->root, "meta"), "url"), &url);
	sid = sid_in(url);
	return sid.len == 0 ? 0 : sink->identify(sink->ctx, sid, err);
}

static int
read_sentences(struct speech *s, struct err *err)
{
	struct json_value list = json_get(s->root, "sentences"), v;
	struct json_walk w;

	if (json_type(s->root) == JSON_ARRAY)
		list = s->root;
	else if (identify(s, err) == -1)
		return -1;
	for (w = speech_list(s, list); json_next(&w, NULL, &v);)
		if (sentence(s, v, err) == -1)
			return -1;
	speech_more(s, json_get(s->root, "meta"), "next_page_url");
	return 0;
}

static int
read_twilio(struct reader *r, struct err *err)
{
	return speech_read_array(
	    r, "sentences", read_sentences, "no sentences", err);
}

const struct format format_twilio = {
    .name = "twilio",
    .help = "Twilio Conversational Intelligence sentences (JSON)",
    .sniff = sniff,
    .read = read_twilio,
};
