/*
 * WhatsApp's chat export (_chat.txt, "WhatsApp Chat with ….txt"): a message
 * begins with a date, a time and "Name: ", in the shape of the phone's system
 * and country: "[05/03/2025, 10:14:33] Name: text" (iOS),
 * "05/03/2025, 10:14 - Name: text" (Android). The shapes are as WhatsApp's
 * help ("How to save your chat history") and public exports show them.
 */
#include "read/chatclock.h"
#include "read/label.h"
#include "read/lines.h"
#include "read/message.h"

struct whatsapp {
	struct lines lines;
	struct message message;
	enum date_order order;
};

/* What stands before the text of a message. */
struct head {
	struct chat_date date;
	struct chat_time time;
	struct span name; /* len 0: the system's */
	struct span text;
	bool dots;  /* between the parts of the date */
	bool comma; /* between date and time */
};

/* Without the mark that ends a run of one writing direction. */
static struct span
trim_name(struct span name)
{
	static const char *const marks[] = {
	    "\u202c", "\u2069", "\u200e", "\u200f"};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (span_ends(name, span_of(marks[i])))
			name.len -= strlen(marks[i]);
	return span_trim(name);
}

static void
split_name(struct span rest, struct head *h)
{
	const char *colon = rest.len < 2 ? NULL :
					   memmem(rest.at, rest.len, ": ", 2);
	size_t n = colon == NULL ? rest.len : (size_t)(colon - rest.at);
	size_t skip = 2;

	/* A picture without a caption ends the line behind the colon. */
	if (colon == NULL && span_ends(rest, SPAN(":"))) {
		n = rest.len - 1;
		skip = 1;
	}
	h->name = (struct span){"", 0};
	h->text = rest;
	if (n == rest.len)
		return;
	h->name = trim_name((struct span){rest.at, n});
	h->text = (struct span){rest.at + n + skip, rest.len - n - skip};
}

/* What some countries put between date and time; true: a comma. */
static bool
scan_between(struct scan *s)
{
	static const char *const words[] = {"às ", "à ", "klo ", "um ", "kl. "};

	bool comma = scan_literal(s, ",");

	scan_blanks(s);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (scan_literal(s, words[i]))
			break;
	return comma;
}

static bool
scan_day(struct scan *s, struct head *h)
{
	const char *from = s->at;

	if (!scan_date(s, &h->date))
		return false;
	h->dots = memchr(from, '.', (size_t)(s->at - from)) != NULL;
	return true;
}

/* The day, then the time; copied from the web client the other way round. */
static bool
scan_when(struct scan *s, bool bracket, struct head *h)
{
	struct scan turned = *s;

	if (bracket && scan_time(&turned, false, &h->time) &&
	    scan_literal(&turned, ", ") && scan_day(&turned, h)) {
		*s = turned;
		h->comma = true;
		return true;
	}
	if (!scan_day(s, h))
		return false;
	h->comma = scan_between(s);
	return scan_time(s, true, &h->time);
}

static bool
split_head(struct span line, struct head *h)
{
	struct scan s = scan_of(line);
	bool bracket;

	scan_blanks(&s);
	bracket = scan_literal(&s, "[");
	if (!scan_when(&s, bracket, h))
		return false;
	/* iOS and the web have brackets, Android a dash. */
	scan_blanks(&s);
	if (bracket ? !scan_literal(&s, "]") :
		      !scan_literal(&s, "- ") && !scan_literal(&s, "– "))
		return false;
	scan_blanks(&s);
	split_name(scan_rest(&s), h);
	return true;
}

/* What a file's dates say of the order of their parts. */
struct dates {
	int shown; /* 1: a day stands first, -1: a month does, 0: neither */
	bool year_first, twelve, dots;
	/* As read with the day first, and with the month first: */
	struct reading {
		int64_t first, last;
		unsigned n, back; /* dates; of them before the last one */
	} dmy, mdy;
};

static void
read_as(struct reading *r, const struct chat_date *d, enum date_order order)
{
	int64_t day;

	if (!chat_day(d, order, &day))
		return;
	if (r->n++ == 0)
		r->first = r->last = day;
	r->back += day < r->last;
	r->last = day;
}

static void
look_at(struct dates *d, const struct head *h)
{
	d->year_first |= h->date.year_first;
	d->twelve |= h->time.twelve;
	d->dots |= h->dots;
	if (d->shown == 0 && h->date.part[0] > 12)
		d->shown = 1;
	else if (d->shown == 0 && h->date.part[1] > 12)
		d->shown = -1;
	read_as(&d->dmy, &h->date, ORDER_DMY);
	read_as(&d->mdy, &h->date, ORDER_MDY);
}

/*
 * In which order day and month stand: as the first date shows in which one of
 * them is beyond 12. Where none does: so that time runs forward, else so that
 * the chat took the fewest days, else dots are day first, a clock of twelve
 * hours is month first, all others day first.
 */
static enum date_order
order_told(const struct dates *d)
{
	int64_t dmy = d->dmy.last - d->dmy.first;
	int64_t mdy = d->mdy.last - d->mdy.first;

	if (d->year_first)
		return ORDER_YMD;
	if (d->shown != 0)
		return d->shown > 0 ? ORDER_DMY : ORDER_MDY;
	if (d->dmy.back != d->mdy.back)
		return d->dmy.back < d->mdy.back ? ORDER_DMY : ORDER_MDY;
	if (dmy != mdy)
		return dmy < mdy ? ORDER_DMY : ORDER_MDY;
	return d->twelve && !d->dots ? ORDER_MDY : ORDER_DMY;
}

static enum date_order
order_of(struct span text)
{
	struct dates d = {.shown = 0};

	while (text.len > 0) {
		size_t n = span_find(text, '\n');
		struct head h;

		if (split_head((struct span){text.at, n}, &h))
			look_at(&d, &h);
		n += n < text.len;
		text = (struct span){text.at + n, text.len - n};
	}
	return order_told(&d);
}

static int
begin_message(struct whatsapp *w, const struct head *h, struct err *err)
{
	struct message *m = &w->message;
	const struct lines *l = &w->lines;
	int64_t day;

	if (message_end(m, err) == -1)
		return -1;
	if (!chat_day(&h->date, w->order, &day))
		return emit_reject(&m->emitter, l->number, l->byte, l->line,
		    err,
		    "there is no such day, with the %s first as in the "
		    "dates before",
		    w->order == ORDER_YMD     ? "year" :
			w->order == ORDER_DMY ? "day" :
						"month");
	message_begin(m, l->number, l->byte, chat_moment(day, &h->time),
	    (struct moment){0});
	message_speaker(m, h->name);
	if (h->name.len == 0)
		m->role = SPAN("system");
	message_line(m, h->text);
	return 0;
}

static int
take_line(struct whatsapp *w, struct err *err)
{
	const struct lines *l = &w->lines;
	struct head h;

	if (split_head(l->line, &h))
		return begin_message(w, &h, err);
	if (w->message.open) {
		buf_addc(&w->message.text, '\n');
		buf_add(&w->message.text, l->line);
		return 0;
	}
	if (span_trim(l->line).len == 0)
		return 0;
	return emit_reject(&w->message.emitter, l->number, l->byte, l->line,
	    err, "no message begins with a date and a time before this line");
}

static int
read_whatsapp(struct reader *r, struct err *err)
{
	struct whatsapp w = {
	    .lines = {.in = r->in,
		.max = r->options->record_max,
		.record = &w.message.text.len},
	    .message = {.emitter = {.reader = r}},
	};
	struct span text;
	bool whole;
	int rc;

	if (stream_peek(r->in, SNIFF_SIZE, &text, &whole, err) == -1)
		return -1;
	w.order = order_of(text);
	while ((rc = lines_next(&w.lines, err)) == 1)
		if ((rc = take_line(&w, err)) == -1)
			break;
	if (rc == 0)
		rc = message_end(&w.message, err);
	if (rc == 0)
		rc = emit_end(&w.message.emitter,
		    "no line begins with a date "
		    "and a time",
		    err);
	message_free(&w.message);
	return rc;
}

/* Who seems to speak in a sample. */
struct senders {
	unsigned named, levels, programs; /* messages */
	unsigned wide;           /* where a wide colon may end the name */
	struct span first;       /* name */
	bool several, wide_text; /* names; characters beyond ASCII */
	bool comma;              /* between date and time, or the day first */
};

static bool
is_ascii(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] >= 0x80)
			return false;
	return true;
}

static void
hear(struct senders *c, const struct head *h)
{
	c->comma |= h->comma || !h->date.year_first;
	c->wide_text |= !is_ascii(h->text);
	if (h->name.len == 0) {
		c->wide += h->text.len > 0 &&
		    memmem(h->text.at, h->text.len, "：", 3) != NULL;
		return;
	}
	if (c->named++ == 0)
		c->first = h->name;
	c->several |= !span_eq(c->first, h->name);
	c->levels += label_is_level(h->name);
	c->programs += label_may_be_program(h->name);
}

/*
 * Logs have the same heads. Their senders are levels or programs; a person's
 * name may look like a program's, but not of all who speak, and alone, or in
 * ASCII only, behind a date as the log has it, too.
 */
static bool
is_log(const struct senders *c)
{
	if (c->named == 0)
		return false;
	return c->levels == c->named ||
	    (c->levels + c->programs == c->named && !c->comma &&
		(!c->several || !c->wide_text));
}

/* Of most messages a ": " ends the name; plain text with dates in brackets
 * may have a wide colon. */
static bool
names_most(struct span text)
{
	struct senders c = {.named = 0};

	for (int i = 0; i < 40 && text.len > 0; i++) {
		size_t n = span_find(text, '\n');
		struct head h;

		if (split_head((struct span){text.at, n}, &h))
			hear(&c, &h);
		n += n < text.len;
		text = (struct span){text.at + n, text.len - n};
	}
	return !is_log(&c) && (c.named > 0 ? c.named > c.wide : c.wide == 0);
}

static int
sniff(const struct sample *s, const char **why)
{
	struct span text = span_trim(s->text);
	struct head h;

	*why = "the first line does not begin with [date, h:mm:ss] or "
	       "date, h:mm -, or no name and colon follow, or but the "
	       "levels and programs of a log";
	if (!split_head((struct span){text.at, span_find(text, '\n')}, &h))
		return 0;
	return names_most(text) ? 93 : 0;
}

const struct format format_whatsapp = {
    .name = "whatsapp",
    .help = "WhatsApp chat export: date, time, name and text",
    .sniff = sniff,
    .read = read_whatsapp,
};
