#include "report/caption.h"

#include "read/label.h"

enum {
	COLON_LOOKED_FOR = 64 /* bytes at a line's front */
};

static int64_t
from_origin(struct conversion *c, struct moment m)
{
	int64_t ms = m.ms;

	if (moment_wall(m)) {
		c->losses[LOSS_WALL]++;
		ms -= c->origin.ms;
	}
	return ms < 0 ? 0 : ms;
}

struct caption_times
caption_times(struct conversion *c, const struct record *r)
{
	struct caption_times t = {c->before, 0};

	if (moment_known(r->start))
		t.start = from_origin(c, r->start);
	else
		c->losses[LOSS_START]++;
	t.end = t.start + 1;
	if (moment_known(r->end))
		t.end = from_origin(c, r->end);
	else
		c->losses[LOSS_END]++;
	if (t.end < t.start)
		t.end = t.start;
	c->before = t.start;
	return t;
}

struct span
caption_name(struct conversion *c, const struct record *r)
{
	if (r->role.len > 0)
		c->losses[r->speaker.len > 0 ? LOSS_ROLE : LOSS_ROLE_NAMED]++;
	return r->speaker.len > 0 ? r->speaker : r->role;
}

void
caption_put_name(struct conversion *c, struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		buf_addc(c->out,
		    name.at[i] == '\n' || name.at[i] == '\r' ? ' ' :
							       name.at[i]);
}

static bool
holds(struct span s, const char *what)
{
	return s.len > 0 && memmem(s.at, s.len, what, strlen(what)) != NULL;
}

/* Would it be read as the beginning of an utterance? */
static bool
begins_one(struct span line)
{
	struct span front = {
	    line.at, line.len < COLON_LOOKED_FOR ? line.len : COLON_LOOKED_FOR};

	return line.len > 0 &&
	    (holds(front, ":") || holds(front, "：") ||
		strchr("[(<>-0123456789", line.at[0]) != NULL ||
		span_starts(line, SPAN("（")) ||
		span_starts(line, SPAN("【")) || span_starts(line, SPAN("［")));
}

/* Will those who read "name: text" take it for a name? */
static bool
is_name(struct span name)
{
	struct buf line = {0};
	struct label label;
	bool is;

	buf_add(&line, name);
	buf_adds(&line, ": x");
	is = label_colon(buf_span(&line), &label) &&
	    span_eq(label.name, name) && label_split(buf_span(&line), &label) &&
	    span_eq(label.name, name);
	buf_free(&line);
	return is;
}

void
caption_weigh(struct conversion *c, struct span name, struct span text)
{
	if (name.len > 0)
		c->losses[LOSS_NAME] += !is_name(name);
	else
		c->losses[LOSS_NAMELESS] += begins_one(text);
}

static bool
is_blank(struct span line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.at[i] != ' ' && line.at[i] != '\t')
			return false;
	return true;
}

/* Up to LF, CR LF or CR; *own: another than LF; *ended: there was any. */
static struct span
next_line(struct span *rest, bool *own, bool *ended)
{
	size_t n = 0, skip;

	while (n < rest->len && rest->at[n] != '\n' && rest->at[n] != '\r')
		n++;
	*ended = n < rest->len;
	*own = *ended && rest->at[n] == '\r';
	skip = n + (n < rest->len);
	skip += *own && skip < rest->len && rest->at[skip] == '\n';

	struct span line = {rest->at, n};

	*rest = (struct span){rest->at + skip, rest->len - skip};
	return line;
}

bool
caption_line(
    struct conversion *c, struct span *rest, struct span *line, bool *joined)
{
	bool own, ended;

	while (rest->len > 0) {
		*line = next_line(rest, &own, &ended);
		/* One behind the last line is left out. */
		c->losses[LOSS_BREAK] += own || (ended && rest->len == 0);
		if (!is_blank(*line)) {
			*joined = begins_one(*line);
			return true;
		}
		c->losses[LOSS_BREAK] += !own;
	}
	return false;
}

void
caption_put_spoken(struct conversion *c, struct span name, struct span text)
{
	struct span line;
	bool joined, first = true;

	caption_weigh(c, name, text);
	if (name.len > 0) {
		caption_put_name(c, name);
		buf_adds(c->out, ": ");
	}
	for (; caption_line(c, &text, &line, &joined); first = false) {
		c->losses[LOSS_BREAK] += joined && !first;
		if (!first)
			buf_addc(c->out, joined ? ' ' : '\n');
		buf_add(c->out, line);
	}
	buf_addc(c->out, '\n');
}

void
caption_conversation(struct conversion *c)
{
	c->losses[LOSS_ID]++;
	if (c->conversations > 1)
		c->losses[LOSS_JOINED] = c->conversations;
}
