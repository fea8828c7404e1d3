/* Plain text: "[time] Name: text", as people and the text format read it. */
#include "report/caption.h"

static void
conversation(struct conversion *c, struct span id)
{
	(void)id;
	caption_conversation(c);
	if (c->conversations > 1)
		buf_addc(c->out, '\n');
}

static void
put_time(struct conversion *c, struct moment m)
{
	if (!moment_known(m))
		return;
	buf_addc(c->out, '[');
	if (moment_wall(m)) {
		moment_write(m, c->out);
	} else {
		moment_print(m, false, c->out);
		if (m.precision != PRECISION_MILLI)
			c->out->len -= strlen(".000");
		c->losses[LOSS_RESOLUTION] += m.precision == PRECISION_MINUTE;
	}
	buf_adds(c->out, "] ");
}

static void
record(struct conversion *c, const struct record *r)
{
	struct span name = caption_name(c, r);

	/* Without either it would go on with the utterance before. */
	if (name.len == 0 && !moment_known(r->start)) {
		c->losses[LOSS_SPEAKER]++;
		name = SPAN("?");
	}
	put_time(c, r->start);
	c->losses[LOSS_END_OUT] += moment_known(r->end);
	caption_put_spoken(c, name, r->text);
}

const struct converter converter_txt = {
    .name = "txt",
    .help = "plain text: \"[time] Name: text\"",
    .whole = true,
    .conversation = conversation,
    .record = record,
};
