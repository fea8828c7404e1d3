/* WebVTT (W3C): a cue an utterance, who speaks as a voice span. */
#include "report/caption.h"

static void
begin(struct conversion *c)
{
	buf_adds(c->out, "WEBVTT\n");
}

/* Readers skip notes; people see where the next conversation begins. */
static void
conversation(struct conversion *c, struct span id)
{
	caption_conversation(c);
	if (memmem(id.at, id.len, "-->", 3) != NULL)
		return;
	buf_adds(c->out, "\nNOTE conversation ");
	caption_put_name(c, id);
	buf_addc(c->out, '\n');
}

static void
put_escaped(struct buf *out, struct span text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c != '&' && c != '<' && c != '>')
			continue;
		buf_add(out, (struct span){text.at + from, i - from});
		buf_adds(out, c == '&' ? "&amp;" : c == '<' ? "&lt;" : "&gt;");
		from = i + 1;
	}
	buf_add(out, (struct span){text.at + from, text.len - from});
}

static void
put_time(struct buf *out, int64_t ms)
{
	buf_printf(out, "%02lld:%02d:%02d.%03d", (long long)(ms / 3600000),
	    (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000));
}

static void
put_voice(struct conversion *c, struct span name)
{
	struct buf *out = c->out;
	struct buf one = {0};
	struct conversion scratch = {.out = &one};

	if (name.len == 0)
		return;
	caption_put_name(&scratch, name);
	c->losses[LOSS_BREAK] += !span_eq(buf_span(&one), name);
	buf_adds(out, "<v ");
	put_escaped(out, buf_span(&one));
	buf_addc(out, '>');
	buf_free(&one);
}

static void
record(struct conversion *c, const struct record *r)
{
	struct caption_times t = caption_times(c, r);
	struct span name = caption_name(c, r), rest = r->text, line;
	bool joined;

	if (name.len == 0)
		caption_weigh(c, name, r->text);
	buf_addc(c->out, '\n');
	put_time(c->out, t.start);
	buf_adds(c->out, " --> ");
	put_time(c->out, t.end);
	buf_addc(c->out, '\n');
	put_voice(c, name);
	while (caption_line(c, &rest, &line, &joined)) {
		put_escaped(c->out, line);
		buf_addc(c->out, '\n');
	}
}

const struct converter converter_vtt = {
    .name = "vtt",
    .help = "WebVTT: a cue an utterance",
    .whole = true,
    .utf8 = true,
    .begin = begin,
    .conversation = conversation,
    .record = record,
};
