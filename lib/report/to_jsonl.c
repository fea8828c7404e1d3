/* JSON Lines: the canonical form (SPEC section 2); it holds everything. */
#include "base/quote.h"
#include "report/converter.h"

static void
key(struct buf *out, const char *name)
{
	buf_adds(out, ",\"");
	buf_adds(out, name);
	buf_adds(out, "\":");
}

static void
put_text(struct buf *out, const char *name, struct span text)
{
	if (text.len == 0)
		return;
	key(out, name);
	json_quote(out, text);
}

static void
put_time(struct conversion *c, const char *relative, const char *wall,
    struct moment m)
{
	struct buf *out = c->out;

	if (!moment_known(m))
		return;
	key(out, moment_wall(m) ? wall : relative);
	if (moment_wall(m))
		buf_addc(out, '"');
	moment_write(m, out);
	if (moment_wall(m))
		buf_addc(out, '"');
	else
		c->losses[LOSS_RESOLUTION] += m.precision != PRECISION_MILLI;
}

static void
record(struct conversion *c, const struct record *r)
{
	struct buf *out = c->out;

	buf_adds(out, "{\"conversation\":");
	json_quote(out, r->conversation);
	put_text(out, "speaker", r->speaker);
	put_text(out, "role", r->role);
	put_time(c, "start", "at", r->start);
	put_time(c, "end", "until", r->end);
	key(out, "text");
	json_quote(out, r->text);
	buf_adds(out, "}\n");
}

const struct converter converter_jsonl = {
    .name = "jsonl",
    .help = "JSON Lines, the canonical form",
    .json = true,
    .record = record,
};
