/*
 * WhatsApp's chat export (_chat.txt, "WhatsApp Chat with ….txt"): a message
 * begins with a date, a time and "Name: ", in the shape of the phone's system
 * and country: "[05/03/2025, 10:14:33] Name: text" (iOS),
 * "05/03/2025, 10:14 - Name: text" (Android). The shapes are as WhatsApp's
 * help ("How to save your chat history") and public exports show them.
 */
#include "read/chatclock.h"
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
	bool dots; /* between the parts of the date */
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

static bool
split_head(struct span line, struct head *h)
{
	struct scan s = scan_of(line);
	const char *from;
	bool bracket;

	scan_blanks(&s);
	bracket = scan_literal(&s, "[");
	from = s.at;
	if (!scan_date(&s, &h->date))
		return false;
	h->dots = memchr(from, '.', (size_t)(s.at - from)) != NULL;
	scan_literal(&s, ",");
	scan_blanks(&s);
	if (!scan_time(&s, true, &h->time))
		return false;
	/* iOS prints seconds, Android a dash. */
	if (bracket ? h->time.precision != PRECISION_SECOND ||
		    !scan_literal(&s, "]") :
		      (scan_blanks(&s), !scan_literal(&s, "- ")))
		return false;
	scan_blanks(&s);
	split_name(scan_rest(&s), h);
	return true;
}

/* What a date says of the order: 1: the day stands first, -1: the month. */
static int
order_shown(const struct head *h)
{
	if (h->date.part[0] > 12)
		return 1;
	return h->date.part[1] > 12 ? -1 : 0;
}

/*
 * In which order day and month stand: as the first date shows in which one of
 * them is beyond 12. Where none does: dots are day first, a clock of twelve
 * hours is month first, else day first.
 */
static enum date_order
order_of(struct span text)
{
	bool twelve = false, dots = false;

	while (text.len > 0) {
		size_t n = span_find(text, '\n');
		struct head h;
		int shown;

		if (split_head((struct span){text.at, n}, &h)) {
			if (h.date.year_first)
				return ORDER_YMD;
			shown = order_shown(&h);
			if (shown != 0)
				return shown > 0 ? ORDER_DMY : ORDER_MDY;
			twelve |= h.time.twelve;
			dots |= h.dots;
		}
		n += n < text.len;
		text = (struct span){text.at + n, text.len - n};
	}
	return twelve && !dots ? ORDER_MDY : ORDER_DMY;
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
		.record = &w.message.text},
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

static int
sniff(const struct sample *s, const char **why)
{
	size_t n = span_find(s->text, '\n');
	struct head h;

	*why = "the first line does not begin with [date, h:mm:ss] or "
	       "date, h:mm -";
	return split_head((struct span){s->text.at, n}, &h) ? 93 : 0;
}

const struct format format_whatsapp = {
    .name = "whatsapp",
    .help = "WhatsApp chat export: date, time, name and text",
    .sniff = sniff,
    .read = read_whatsapp,
};
