/*
 * What Zoom saves beside a recording: the chat ("hh:mm:ss From name to
 * everyone : text", or the text in lines below, indented), and the closed
 * captions ("[name] hh:mm:ss" and text below). Zoom's help ("Saving in-
 * meeting chat") shows the first shape, public exports the others.
 */
#include "read/chatclock.h"
#include "read/lines.h"
#include "read/message.h"

struct zoomchat {
	struct lines lines;
	struct message message;
	int64_t last; /* ms of the last time without a date */
	int64_t days; /* midnights passed so far, in ms */
};

struct head {
	bool dated;
	int64_t day;
	struct chat_time time;
	struct span name, text;
};

/* Words between which the names stand, by the language of the client. */
static const struct {
	const char *from, *to, *to2;
} words[] = {
    {"From ", " to ", " To "},
    {"開始 ", " 宛先 ", " 宛先 "},
};

static const char *
earlier(const char *a, const char *b)
{
	return a == NULL || (b != NULL && b < a) ? b : a;
}

/* "name to everyone : text" or "name To Everyone:" */
static bool
split_names(struct span s, size_t lang, struct head *h)
{
	const char *colon = memmem(s.at, s.len, " : ", 3);
	struct span names = s;
	const char *to;

	h->text = (struct span){"", 0};
	if (colon != NULL) {
		names.len = (size_t)(colon - s.at);
		h->text = (struct span){colon + 3, s.len - names.len - 3};
	} else if (span_ends(span_trim(s), SPAN(":"))) {
		names.len = (size_t)(span_trim(s).at + span_trim(s).len - 1 -
		    s.at);
	} else {
		return false;
	}
	to = earlier(
	    memmem(names.at, names.len, words[lang].to, strlen(words[lang].to)),
	    memmem(
		names.at, names.len, words[lang].to2, strlen(words[lang].to2)));
	if (to != NULL)
		names.len = (size_t)(to - names.at);
	h->name = span_trim(names);
	return h->name.len > 0;
}

static bool
split_chat(struct span line, struct head *h)
{
	struct scan s = scan_of(line);
	struct chat_date d;

	h->dated = scan_date(&s, &d) && d.year_first &&
	    chat_day(&d, ORDER_YMD, &h->day);
	if (!h->dated)
		s = scan_of(line);
	scan_blanks(&s);
	if (!scan_time(&s, false, &h->time) ||
	    h->time.precision != PRECISION_SECOND)
		return false;
	scan_blanks(&s);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (scan_literal(&s, words[i].from))
			return split_names(scan_rest(&s), i, h);
	return false;
}

static bool
split_caption(struct span line, struct head *h)
{
	size_t close = span_find(line, ']');
	struct scan s;

	if (line.len < 3 || line.at[0] != '[' || close == line.len)
		return false;
	s = scan_of((struct span){line.at + close + 1, line.len - close - 1});
	scan_blanks(&s);
	*h = (struct head){.name = {line.at + 1, close - 1}, .text = {"", 0}};
	if (!scan_time(&s, false, &h->time))
		return false;
	scan_blanks(&s);
	return s.at == s.end && h->time.precision == PRECISION_SECOND;
}

static bool
split_head(struct span line, struct head *h)
{
	return split_chat(line, h) || split_caption(line, h);
}

/* A time without a date counts from its first midnight; where it falls by
 * half a day another midnight lies between. */
static struct moment
moment_of(struct zoomchat *z, const struct head *h)
{
	enum { HALF_DAY = 43200000 };

	if (h->dated)
		return chat_moment(h->day, &h->time);
	if (h->time.ms + HALF_DAY < z->last)
		z->days += 2 * HALF_DAY;
	z->last = h->time.ms;
	return (struct moment){.ms = z->days + h->time.ms,
	    .clock = CLOCK_RELATIVE,
	    .precision = PRECISION_SECOND};
}

/* A line that was meant to begin a message: digits, "From". */
static bool
is_broken_head(struct span line)
{
	size_t n = 0;

	while (n < line.len &&
	    ((line.at[n] >= '0' && line.at[n] <= '9') ||
		strchr(":-/ \t", line.at[n]) != NULL))
		n++;
	line = (struct span){line.at + n, line.len - n};
	for (size_t i = 0; n > 0 && i < sizeof(words) / sizeof(*words); i++)
		if (span_starts(line, span_of(words[i].from)) &&
		    memchr(line.at, ':', line.len) != NULL)
			return true;
	return false;
}

static int
reject(struct zoomchat *z, const char *why, struct err *err)
{
	const struct lines *l = &z->lines;

	if (message_end(&z->message, err) == -1)
		return -1;
	return emit_reject(&z->message.emitter, l->number, l->byte, l->line,
	    err, "%s: wanted hh:mm:ss From name : text, or [name] hh:mm:ss",
	    why);
}

static int
take_line(struct zoomchat *z, struct err *err)
{
	struct message *m = &z->message;
	const struct lines *l = &z->lines;
	struct head h;

	if (split_head(l->line, &h)) {
		if (message_end(m, err) == -1)
			return -1;
		message_begin(m, l->number, l->byte, moment_of(z, &h),
		    (struct moment){0});
		message_speaker(m, h.name);
		message_line(m, h.text);
		return 0;
	}
	if (span_trim(l->line).len == 0)
		return 0;
	if (is_broken_head(l->line))
		return reject(z, "malformed", err);
	if (!m->open)
		return reject(z, "no message begins before this line", err);
	message_line(m, span_trim(l->line));
	return 0;
}

static int
read_zoomchat(struct reader *r, struct err *err)
{
	struct zoomchat z = {
	    .lines = {.in = r->in,
		.max = r->options->record_max,
		.record = &z.message.text.len},
	    .message = {.emitter = {.reader = r}},
	};
	int rc;

	while ((rc = lines_next(&z.lines, err)) == 1)
		if ((rc = take_line(&z, err)) == -1)
			break;
	if (rc == 0)
		rc = message_end(&z.message, err);
	if (rc == 0)
		rc = emit_end(&z.message.emitter,
		    "no line is a message's "
		    "head",
		    err);
	message_free(&z.message);
	return rc;
}

static int
sniff(const struct sample *s, const char **why)
{
	struct span first = span_trim(s->text);
	struct head h;

	first.len = span_find(first, '\n');
	*why = "the first line is neither hh:mm:ss From name nor [name] "
	       "hh:mm:ss";
	return split_head(span_trim(first), &h) ? 94 : 0;
}

const struct format format_zoomchat = {
    .name = "zoomchat",
    .help = "Zoom chat and closed captions as saved beside a recording",
    .sniff = sniff,
    .read = read_zoomchat,
};
