/*
 * LINE talk history as its apps save it (iOS, Android, PC; Japanese and
 * English). "[LINE] …のトーク履歴" or "[LINE] Chat history with …", when it
 * was saved, then date lines and "HH:MM<TAB>name<TAB>text"; the PC writes
 * blanks for tabs and no head. LINE documents how to save ("トーク履歴の送信"),
 * not the shape: that is as public exports show it.
 */
#include "read/chatclock.h"
#include "read/lines.h"
#include "read/message.h"

struct linetalk {
	struct lines lines;
	struct message message;
	int64_t day; /* of the last date line */
	bool dated;
	enum date_order order; /* of dates whose year stands last */
	bool tabs;             /* fields are parted by tabs */
	struct buf partner;    /* whom the head names */
	bool quoted;           /* within a body that " began */
	bool blank;            /* a blank line waits to be added */
};

/* A date line's parts; true where nothing else stands on it. */
static bool
split_date_line(struct span line, struct chat_date *d, int *weekday)
{
	struct scan s = scan_of(span_trim(line));
	bool paren;

	scan_blanks(&s);
	*weekday = scan_weekday(&s);
	if (*weekday >= 0 && !scan_literal(&s, ","))
		return false;
	scan_blanks(&s);
	if (!scan_date(&s, d))
		return false;
	scan_blanks(&s);
	paren = scan_literal(&s, "(") || scan_literal(&s, "（");
	if (*weekday < 0)
		*weekday = scan_weekday(&s);
	if (paren && !scan_literal(&s, ")") && !scan_literal(&s, "）"))
		return false;
	scan_blanks(&s);
	/* A bare date may be what somebody said: LINE adds the weekday. */
	return s.at == s.end && *weekday >= 0;
}

/*
 * The day of a date line. Where the year stands last the weekday tells in
 * which order day and month stand; the file keeps to it.
 */
static bool
day_of(struct span line, enum date_order *order, int64_t *day)
{
	static const enum date_order orders[] = {
	    ORDER_YMD, ORDER_DMY, ORDER_MDY};
	struct chat_date d;
	int weekday;

	if (!split_date_line(line, &d, &weekday))
		return false;
	if (d.year_first)
		return chat_day(&d, ORDER_YMD, day);
	if (chat_day(&d, *order, day) && weekday_of(*day) == weekday)
		return true;
	for (size_t i = 1; i < 3; i++)
		if (chat_day(&d, orders[i], day) &&
		    weekday_of(*day) == weekday) {
			*order = orders[i];
			return true;
		}
	return chat_day(&d, *order, day);
}

/* A line that begins a message, taken apart. */
struct talkline {
	struct chat_time time;
	struct span name; /* len 0: the system's */
	struct span text;
	bool tabs;
};

/* What parts the fields: a tab, or what was put for it: a wide blank, several
 * blanks, one. len 0: none. */
static struct span
separator_of(struct span rest)
{
	static const char *const separators[] = {"\t", "\u3000", "  ", " "};

	for (size_t i = 0; i < sizeof(separators) / sizeof(*separators); i++)
		if (span_starts(rest, span_of(separators[i])))
			return span_of(separators[i]);
	return (struct span){"", 0};
}

/* Where the name ends: blanks for tabs may stand in it, but the partner's is
 * known. */
static size_t
name_end(struct span rest, struct span separator, struct span partner)
{
	struct span behind = {rest.at + partner.len, 0};
	const char *at;

	if (partner.len > 0 && partner.len < rest.len &&
	    span_starts(rest, partner)) {
		behind.len = rest.len - partner.len;
		if (span_starts(behind, separator))
			return partner.len;
	}
	at = rest.len == 0 ?
	    NULL :
	    memmem(rest.at, rest.len, separator.at, separator.len);
	return at == NULL ? rest.len : (size_t)(at - rest.at);
}

static struct span
behind_separator(struct span rest, struct span separator)
{
	rest = (struct span){rest.at + separator.len, rest.len - separator.len};
	while (separator.len == 2 && rest.len > 0 && rest.at[0] == ' ')
		rest = (struct span){rest.at + 1, rest.len - 1};
	return rest;
}

static bool
split_line(struct span line, struct span partner, struct talkline *t)
{
	struct scan s = scan_of(line);
	struct span rest, separator;
	size_t n;

	if (!scan_time(&s, false, &t->time))
		return false;
	rest = scan_rest(&s);
	separator = separator_of(rest);
	if (separator.len == 0)
		return false;
	t->tabs = separator.at[0] == '\t';
	rest = behind_separator(rest, separator);
	n = name_end(rest, separator, partner);
	/* a tab stop may lie one blank behind a name */
	if (n == rest.len && separator.len == 2) {
		separator.len = 1;
		n = name_end(rest, separator, partner);
	}
	if (n == rest.len) {
		*t = (struct talkline){t->time, {"", 0}, rest, t->tabs};
		return true;
	}
	t->name = (struct span){rest.at, n};
	t->text = behind_separator(
	    (struct span){rest.at + n, rest.len - n}, separator);
	return true;
}

static bool
is_head(struct span line)
{
	return span_starts(line, SPAN("[LINE]"));
}

/* "[LINE] Xとのトーク履歴": X; a group's name is nobody's. */
static struct span
partner_of(struct span line)
{
	static const struct {
		const char *before, *behind;
	} heads[] = {
	    {"[LINE] ", "とのトーク履歴"},
	    {"[LINE] Chat history with ", ""},
	};

	line = span_trim(line);
	for (size_t i = 0; i < sizeof(heads) / sizeof(*heads); i++) {
		struct span before = span_of(heads[i].before);
		struct span behind = span_of(heads[i].behind);

		if (span_starts(line, before) && span_ends(line, behind))
			return (struct span){line.at + before.len,
			    line.len - before.len - behind.len};
	}
	return (struct span){"", 0};
}

static bool
is_saved(struct span line)
{
	static const char *const saved[] = {
	    "保存日時", "Saved on", "儲存日期", "保存日期", "저장한 날짜"};

	for (size_t i = 0; i < sizeof(saved) / sizeof(*saved); i++)
		if (span_starts(line, span_of(saved[i])))
			return true;
	return false;
}

/* A quote closes the body where it ends a line; a doubled one is text. */
static bool
closes_quote(struct span line)
{
	size_t n = 0;

	while (n < line.len && line.at[line.len - 1 - n] == '"')
		n++;
	return n % 2 == 1;
}

/* Adds a line of a quoted body, "" for each ". */
static void
quoted_line(struct linetalk *t, struct span line)
{
	struct buf *text = &t->message.text;

	t->quoted = !closes_quote(line);
	if (!t->quoted)
		line.len--;
	for (size_t i = 0; i < line.len; i++) {
		buf_addc(text, line.at[i]);
		if (line.at[i] == '"' && i + 1 < line.len &&
		    line.at[i + 1] == '"')
			i++;
	}
}

/* A quote that no other closes on a line of its own was said. */
static void
restore_quote(struct buf *text)
{
	if (memchr(text->at, '\n', text->len) != NULL)
		return;
	buf_addc(text, ' ');
	memmove(text->at + 1, text->at, text->len - 1);
	text->at[0] = '"';
}

static int
end_message(struct linetalk *t, struct err *err)
{
	if (t->quoted && t->message.text.len > 0)
		restore_quote(&t->message.text);
	t->quoted = t->blank = false;
	return message_end(&t->message, err);
}

static int
begin_message(struct linetalk *t, const struct talkline *l, struct err *err)
{
	struct message *m = &t->message;
	struct span text = l->text;

	if (end_message(t, err) == -1)
		return -1;
	if (!t->dated)
		return emit_reject(&m->emitter, t->lines.number, t->lines.byte,
		    t->lines.line, err,
		    "no date line stands "
		    "before this message: its day is not known");
	message_begin(m, t->lines.number, t->lines.byte,
	    chat_moment(t->day, &l->time), (struct moment){0});
	message_speaker(m, l->name);
	if (l->name.len == 0)
		m->role = SPAN("system");
	t->tabs |= l->tabs;
	if (text.len > 0 && text.at[0] == '"')
		quoted_line(t, (struct span){text.at + 1, text.len - 1});
	else
		message_line(m, text);
	return 0;
}

/* A line that begins nothing goes on with the message. */
static int
go_on(struct linetalk *t, struct err *err)
{
	struct span line = t->lines.line;

	if (!t->message.open) {
		if (is_head(line)) {
			buf_reset(&t->partner);
			buf_add(&t->partner, partner_of(line));
			return 0;
		}
		if (span_trim(line).len == 0 || is_saved(line))
			return 0;
		return emit_reject(&t->message.emitter, t->lines.number,
		    t->lines.byte, line, err,
		    "neither a date line nor HH:MM, "
		    "name and text");
	}
	if (t->quoted) {
		buf_addc(&t->message.text, '\n');
		quoted_line(t, line);
		return 0;
	}
	/* Blank lines at the end of a day are not the message's. */
	if (line.len == 0) {
		t->blank = true;
		return 0;
	}
	if (t->blank)
		buf_addc(&t->message.text, '\n');
	t->blank = false;
	message_line(&t->message, line);
	return 0;
}

static int
take_line(struct linetalk *t, struct err *err)
{
	struct talkline l;

	/* In a file with tabs "12:00 に…" in a body begins no message. */
	if (split_line(t->lines.line, buf_span(&t->partner), &l) &&
	    (l.tabs || !t->tabs))
		return begin_message(t, &l, err);
	if (day_of(t->lines.line, &t->order, &t->day)) {
		t->dated = true;
		return end_message(t, err);
	}
	return go_on(t, err);
}

static int
read_linetalk(struct reader *r, struct err *err)
{
	struct linetalk t = {
	    .lines = {.in = r->in,
		.max = r->options->record_max,
		.record = &t.message.text.len},
	    .message = {.emitter = {.reader = r}},
	    .order = ORDER_MDY,
	};
	int rc;

	while ((rc = lines_next(&t.lines, err)) == 1)
		if ((rc = take_line(&t, err)) == -1)
			break;
	if (rc == 0)
		rc = end_message(&t, err);
	if (rc == 0)
		rc = emit_end(&t.message.emitter,
		    "no line has HH:MM, a name "
		    "and a text",
		    err);
	message_free(&t.message);
	buf_free(&t.partner);
	return rc;
}

/* Who speaks under the dates of a sample. */
struct senders {
	struct span names[16];
	size_t n, messages;
	bool tabs; /* stand between the fields of a message */
	bool odd;  /* a minute is none of a quarter of an hour */
};

static void
hear(struct senders *c, const struct talkline *t)
{
	enum { QUARTER_MS = 15 * 60 * 1000 };
	size_t i = 0;

	if (t->name.len == 0)
		return;
	c->messages++;
	c->tabs |= t->tabs;
	c->odd |= t->time.ms % QUARTER_MS != 0;
	while (i < c->n && !span_eq(c->names[i], t->name))
		i++;
	if (i == c->n && c->n < sizeof(c->names) / sizeof(*c->names))
		c->names[c->n++] = t->name;
}

/*
 * A diary has dates and times, too, and a word behind them: where blanks stand
 * for the tabs, several speak, one of them again, and not by appointment.
 */
static bool
is_talk(const struct senders *c)
{
	return c->tabs || (c->n > 1 && c->messages > c->n && c->odd);
}

static int
sniff(const struct sample *s, const char **why)
{
	enum { LINES_LOOKED_AT = 200 };
	struct span rest = s->text;
	enum date_order order = ORDER_MDY;
	const struct span none = {"", 0};
	struct senders heard = {.n = 0};
	bool date = false;
	int64_t day;

	*why = "neither [LINE] at the start nor a date line with HH:MM and a "
	       "name under it, and tabs between or two names of whom one "
	       "speaks again";
	if (is_head(rest))
		return 97;
	for (int i = 0; i < LINES_LOOKED_AT && rest.len > 0; i++) {
		size_t n = span_find(rest, '\n');
		struct span line = span_trim((struct span){rest.at, n});
		struct talkline t;

		if (date && split_line(line, none, &t))
			hear(&heard, &t);
		/* A PC's export begins with the date. */
		else if (!date && line.len > 0 && !day_of(line, &order, &day))
			return 0;
		date |= line.len > 0;
		n += n < rest.len;
		rest = (struct span){rest.at + n, rest.len - n};
	}
	return is_talk(&heard) ? 92 : 0;
}

const struct format format_linetalk = {
    .name = "linetalk",
    .help = "LINE talk history: date lines, HH:MM, name and text",
    .sniff = sniff,
    .read = read_linetalk,
};
