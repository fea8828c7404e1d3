/* SubRip: a numbered cue an utterance, "Name: text". */
#include "read/cue.h"
#include "report/caption.h"

static void
conversation(struct conversion *c, struct span id)
{
	(void)id;
	caption_conversation(c);
}

static void
put_time(struct buf *out, int64_t ms)
{
	buf_printf(out, "%02lld:%02d:%02d,%03d", (long long)(ms / 3600000),
	    (int)(ms / 60000 % 60), (int)(ms / 1000 % 60), (int)(ms % 1000));
}

/*
 * A line with --> in it is a timing line to those who read SRT, and markup is
 * no text: a blank tells both from what was said.
 */
static void
put_spoken(struct conversion *c, struct span name, struct span text)
{
	struct buf spoken = {0}, *out = c->out;

	c->out = &spoken;
	caption_put_spoken(c, name, text);
	c->out = out;
	for (size_t i = 0; i < spoken.len; i++) {
		struct span rest = {spoken.at + i, spoken.len - i};

		if (span_starts(rest, SPAN("-->"))) {
			buf_adds(out, "-- >");
			c->losses[LOSS_ARROW]++;
			i += 2;
			continue;
		}
		buf_addc(out, rest.at[0]);
		if (cue_markup(rest) == 0)
			continue;
		buf_addc(out, ' ');
		c->losses[LOSS_MARKUP]++;
	}
	buf_free(&spoken);
}

static void
record(struct conversion *c, const struct record *r)
{
	struct caption_times t = caption_times(c, r);
	struct span name = caption_name(c, r);

	buf_printf(c->out, "%s%llu\n", c->cues == 0 ? "" : "\n",
	    (unsigned long long)c->cues + 1);
	c->cues++;
	put_time(c->out, t.start);
	buf_adds(c->out, " --> ");
	put_time(c->out, t.end);
	buf_addc(c->out, '\n');
	put_spoken(c, name, r->text);
}

const struct converter converter_srt = {
    .name = "srt",
    .help = "SubRip subtitles: \"Name: text\"",
    .whole = true,
    .conversation = conversation,
    .record = record,
};
