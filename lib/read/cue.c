#include "read/cue.h"

#include <stdio.h>

#include "read/label.h"

static struct span
first_line(struct span *rest)
{
	size_t n = span_find(*rest, '\n');
	struct span line = {rest->at, n};

	n += n < rest->len;
	rest->at += n;
	rest->len -= n;
	return line;
}

/* From the label on to where the next one stands, or the end. */
static struct span
said_under(struct label first, struct span *rest, uint64_t *lines)
{
	struct span said = first.text;
	struct label next;

	while (rest->len > 0) {
		struct span ahead = *rest;
		struct span line = first_line(&ahead);

		if (label_split(line, &next))
			break;
		if (said.len == 0)
			said = line;
		else
			said.len = (size_t)(line.at + line.len - said.at);
		*rest = ahead;
		++*lines;
	}
	return said;
}

int
cue_say(struct message *m, struct span text, struct err *err)
{
	struct span rest = text;
	struct label label;
	uint64_t line = m->line;

	if (!label_split(first_line(&rest), &label))
		return message_say(m, buf_span(&m->speaker), text, line, err);
	rest = text;
	while (rest.len > 0) {
		uint64_t here = line++;
		struct span head = first_line(&rest), said;

		label_split(head, &label);
		said = said_under(label, &rest, &line);
		/* A label without a text is one: "[a door]", "Note:". */
		if (said.len == 0)
			said = head;
		else
			message_speaker(m, label.name);
		if (message_say(m, buf_span(&m->speaker), said, here, err) ==
		    -1)
			return -1;
	}
	return 0;
}

/* A file of cues that is being read. */
struct cues {
	const struct cue_style *style;
	struct lines lines;
	struct message message;
	bool begun;           /* a timing line was read */
	bool dropped;         /* the text goes with a rejected cue */
	bool apart;           /* a blank line stands before this */
	bool number;          /* the line before this was one */
	size_t before_number; /* 1 + the text before a number */
};

static bool
is_number(struct span s)
{
	s = span_trim(s);
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
	return s.len > 0 && s.len < 20;
}

enum { MARKUP_MAX = 200 };

size_t
cue_markup(struct span s)
{
	static const char *const tags[] = {"i", "b", "u", "s", "font"};
	bool brace = span_starts(s, SPAN("{\\"));
	size_t n, from, len = 0;

	if (!brace && s.at[0] != '<')
		return 0;
	s.len = s.len < MARKUP_MAX ? s.len : MARKUP_MAX;
	n = span_find(s, brace ? '}' : '>');
	if (n == s.len)
		return 0;
	from = s.len > 1 && s.at[1] == '/' ? 2 : 1;
	while (from + len < n && s.at[from + len] != ' ')
		len++;
	for (size_t i = 0; !brace && i < sizeof(tags) / sizeof(*tags); i++)
		brace = span_caseeq(
		    (struct span){s.at + from, len}, span_of(tags[i]));
	return brace ? n + 1 : 0;
}

static void
strip_markup(struct buf *text)
{
	size_t to = 0;

	for (size_t i = 0; i < text->len;) {
		size_t n = cue_markup(
		    (struct span){text->at + i, text->len - i});

		if (n == 0)
			text->at[to++] = text->at[i++];
		i += n;
	}
	text->len = to;
}

static int
end_cue(struct cues *c, struct err *err)
{
	if (!c->message.open)
		return 0;
	c->message.open = false;
	strip_markup(&c->message.text);
	return cue_say(&c->message, buf_span(&c->message.text), err);
}

static int
reject(struct cues *c, const char *why, struct err *err)
{
	const struct lines *l = &c->lines;

	if (end_cue(c, err) == -1)
		return -1;
	c->dropped = true;
	return emit_reject(
	    &c->message.emitter, l->number, l->byte, l->line, err, "%s", why);
}

static int
timing_line(struct cues *c, struct err *err)
{
	const struct lines *l = &c->lines;
	struct moment start, end;
	char why[160];

	/* The number of this cue, with no blank line before it. */
	if (c->message.open && c->before_number > 0)
		c->message.text.len = c->before_number - 1;
	c->before_number = 0;
	if (end_cue(c, err) == -1)
		return -1;
	c->begun = true;
	c->dropped = c->number = false;
	if (!c->style->timing(l->line, &start, &end)) {
		snprintf(why, sizeof(why),
		    "the timing line is malformed: "
		    "wanted %s",
		    c->style->wanted);
		return reject(c, why, err);
	}
	message_begin(&c->message, l->number, l->byte, start, end);
	buf_reset(&c->message.speaker);
	return 0;
}

/* Behind a blank line the cue goes on as an utterance of its own. */
static int
go_on(struct cues *c, struct err *err)
{
	const struct sink *sink = c->message.emitter.reader->sink;

	if (end_cue(c, err) == -1)
		return -1;
	sink->note(sink->ctx, NOTE_BLANK_IN_CUE, c->lines.number,
	    (struct span){"", 0});
	c->message.open = true;
	c->message.line = c->lines.number;
	c->message.byte = c->lines.byte;
	buf_reset(&c->message.text);
	return 0;
}

static int
text_line(struct cues *c, struct err *err)
{
	bool number = is_number(c->lines.line);

	if (c->dropped)
		return 0;
	if (!c->begun)
		return reject(c, "text before the first timing line", err);
	if (c->number) {
		c->number = false;
		return reject(c,
		    "the cue has a number and a text, but no "
		    "timing line",
		    err);
	}
	if (c->apart && c->message.text.len > 0 && go_on(c, err) == -1)
		return -1;
	c->before_number = number && c->style->numbered ?
	    c->message.text.len + 1 :
	    0;
	message_line(&c->message, c->lines.line);
	return 0;
}

/* A number that stands alone or above what should be a timing line. */
static bool
hold_number(struct cues *c)
{
	if (!c->style->numbered || !is_number(c->lines.line) ||
	    (c->begun && !c->apart))
		return false;
	c->number = true;
	c->dropped = false;
	return true;
}

static int
take_line(struct cues *c, struct err *err)
{
	int rc = 0;

	if (span_trim(c->lines.line).len == 0) {
		c->apart = true;
		c->before_number = 0;
		return 0;
	}
	if (c->style->is_timing(c->lines.line))
		rc = timing_line(c, err);
	else if (!hold_number(c))
		rc = text_line(c, err);
	c->apart = false;
	return rc;
}

int
cues_read(struct reader *r, const struct cue_style *style, struct err *err)
{
	struct cues c = {.style = style,
	    .lines = {.in = r->in,
		.max = r->options->record_max,
		.record = &c.message.text.len},
	    .message = {.emitter = {.reader = r}}};
	int rc;

	while ((rc = lines_next(&c.lines, err)) == 1)
		if ((rc = take_line(&c, err)) == -1)
			break;
	if (rc == 0)
		rc = end_cue(&c, err);
	if (rc == 0)
		rc = emit_end(&c.message.emitter,
		    "no line is a cue's timing "
		    "line",
		    err);
	message_free(&c.message);
	return rc;
}

/* The next line of a sample, ended by LF or CR. */
static bool
sample_line(struct span *rest, struct span *line)
{
	size_t n = span_find(*rest, '\n'), cr = span_find(*rest, '\r');

	if (rest->len == 0)
		return false;
	*line = (struct span){rest->at, n < cr ? n : cr};
	n = line->len + (line->len < rest->len);
	/* CR LF is one end, not a blank line between. */
	n += n < rest->len && rest->at[n - 1] == '\r' && rest->at[n] == '\n';
	*rest = (struct span){rest->at + n, rest->len - n};
	return true;
}

/* A sound timing line, behind which stand at most settings such as X1:40 or
 * align:start: what takes place then belongs to a timetable. */
static bool
times_cue(const struct cue_style *style, struct span line)
{
	struct moment start, end;
	struct span last = span_trim(line);
	const char *blank = last.len == 0 ? NULL :
					    memrchr(last.at, ' ', last.len);

	if (blank != NULL)
		last = (struct span){
		    blank + 1, (size_t)(last.at + last.len - blank - 1)};
	return style->is_timing(line) && style->timing(line, &start, &end) &&
	    span_find(last, ':') < last.len;
}

/* Does the sample go on with a cue that says something, behind a timing line?
 * A timetable has times with an arrow between, too, and no text below. */
static bool
says_something(
    const struct sample *s, const struct cue_style *style, struct span rest)
{
	struct span line;
	bool under = true;

	while (sample_line(&rest, &line)) {
		bool timing = times_cue(style, line);

		if (under && !timing && span_trim(line).len > 0)
			return true;
		under = timing;
	}
	return !s->whole;
}

int
cues_sniff(const struct sample *s, const struct cue_style *style)
{
	struct span rest = s->text, line;
	int seen = 0;
	bool number = false;

	while (seen < 12 && sample_line(&rest, &line)) {
		if (span_trim(line).len == 0)
			continue;
		if (times_cue(style, line)) {
			if (!says_something(s, style, rest))
				return 0;
			return seen == 0 || (seen == 1 && number) ? 95 : 65;
		}
		number = is_number(line);
		seen++;
	}
	return 0;
}
