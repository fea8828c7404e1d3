#include "read/timecell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text/utf8.h"

/* From here on minutes of a call are less likely than a time of day. */
enum { DAY_BEGINS = 5 };
#define EPOCH_LEAST 1000000000
/*
 * Days of the calendar of spreadsheets, which counts from 1899-12-30: 1954 to
 * 2119. Unix time begins at day 25569.
 */
enum { SERIAL_LEAST = 20000, SERIAL_MOST = 80000, SERIAL_UNIX = 25569 };
enum { SERIAL_DECIMALS = 6 }; /* that make a number one beyond doubt */
#define DAY_MS INT64_C(86400000)

/* The full-width forms of ASCII characters lie together from U+FF01 on. */
static void
add_narrow(struct buf *b, struct span cell)
{
	const char *at = cell.at, *end = cell.at + cell.len;

	while (at < end) {
		uint32_t c = utf8_next(&at);

		if (c == 0x3000 || c == 0xa0)
			c = ' ';
		else if (c >= 0xff01 && c <= 0xff5e && c != 0xff08 &&
		    c != 0xff09)
			c -= 0xff01 - 0x21;
		b->len += utf8_put(c, buf_room(b, 4));
	}
}

static bool
is_ascii(struct span s)
{
	unsigned char all = 0;

	for (size_t i = 0; i < s.len; i++)
		all |= (unsigned char)s.at[i];
	return all < 0x80;
}

static struct span
narrow(struct timecell *t, struct span cell)
{
	if (is_ascii(cell))
		return span_trim(cell);
	buf_reset(&t->text);
	add_narrow(&t->text, cell);
	return span_trim(buf_span(&t->text));
}

/* "9:05": two parts and nothing else. */
static bool
is_short(struct span s)
{
	size_t colon = span_find(s, ':');

	return colon > 0 && colon <= 2 && s.len == colon + 3;
}

/* The file's first time decides what its times of two parts are. */
static void
decide(struct timecell *t, struct span s, struct moment m)
{
	int64_t unit = is_short(s) ? 60000 : 3600000;

	if (t->decided || span_find(s, ':') == s.len)
		return;
	t->decided = true;
	t->hours = m.ms >= DAY_BEGINS * unit && m.ms < 24 * unit;
}

static bool
is_date(struct span s)
{
	struct buf text = {0};
	struct moment m;
	bool found;

	buf_add(&text, s);
	buf_adds(&text, " 00:00");
	found = moment_parse_wall(buf_span(&text), &m);
	buf_free(&text);
	return found;
}

/* Digits, perhaps with a fraction: how many digits that has; -1: it is none. */
static int
decimals(struct span s)
{
	size_t dot = span_find(s, '.');

	for (size_t i = 0; i < s.len; i++)
		if (i != dot && (s.at[i] < '0' || s.at[i] > '9'))
			return -1;
	if (dot == 0 || s.len > 24)
		return -1;
	return dot == s.len ? 0 : (int)(s.len - dot - 1);
}

/* The fraction of a day in ms: of a whole second where that is what the digits
 * are good for. */
static int64_t
time_of_day(double fraction, int digits)
{
	const double ms = fraction * (double)DAY_MS;
	const double half = 0.5 * (double)DAY_MS / pow(10, digits) + 0.5;
	const double second = floor(ms / 1000 + 0.5) * 1000;

	return (int64_t)(fabs(ms - second) <= half ? second : floor(ms + 0.5));
}

/* A day of a spreadsheet, without or with its time. */
static enum timecell_kind
read_serial(struct span s, struct moment *m)
{
	char text[32];
	int digits = decimals(s);
	double number, whole;

	if (digits == -1)
		return TIMECELL_NONE;
	memcpy(text, s.at, s.len);
	text[s.len] = '\0';
	number = strtod(text, NULL);
	whole = floor(number);
	if (whole < SERIAL_LEAST || whole > SERIAL_MOST)
		return TIMECELL_NONE;
	if (digits == 0)
		return TIMECELL_DATE;
	*m = (struct moment){.clock = CLOCK_NAIVE,
	    .precision = PRECISION_SECOND,
	    .ms = ((int64_t)whole - SERIAL_UNIX) * DAY_MS +
		time_of_day(number - whole, digits)};
	if (m->ms % 1000 != 0)
		m->precision = PRECISION_MILLI;
	return TIMECELL_SERIAL;
}

/* Is a number one of a spreadsheet's days? See timecell_read. */
static bool
is_serial(struct span s, bool epoch, enum timecell_kind *kind, struct moment *m)
{
	if (decimals(s) < (epoch ? 0 : SERIAL_DECIMALS))
		return false;
	*kind = read_serial(s, m);
	return *kind != TIMECELL_NONE;
}

/* The digits at the front of *s, which goes behind them; -1: over most. */
static int64_t
take_digits(struct span *s, size_t most)
{
	int64_t n = 0;
	size_t i = 0;

	for (; i < s->len && s->at[i] >= '0' && s->at[i] <= '9'; i++) {
		if (i == most)
			return -1;
		n = n * 10 + (s->at[i] - '0');
	}
	*s = (struct span){s->at + i, s->len - i};
	return n;
}

/*
 * "3.642", as most tables have it, read at once: up to nine digits are no
 * epoch, and up to three behind a point no day of a spreadsheet. False: it may
 * be a time of another form.
 */
static bool
is_seconds(struct span s, struct moment *m)
{
	static const int units[] = {0, 100, 10, 1};
	const char *from = s.at;
	int64_t whole = take_digits(&s, 9), part = 0;

	if (whole == -1 || s.at == from)
		return false;
	if (s.len > 0) {
		const size_t n = s.len - 1;

		if (*s.at != '.' || n == 0 || n > 3)
			return false;
		s.at++;
		s.len--;
		part = take_digits(&s, 3) * units[n];
	}
	*m = moment_relative_ms(whole * 1000 + part);
	return s.len == 0;
}

enum timecell_kind
timecell_read(
    struct timecell *t, struct span cell, bool epoch, struct moment *m)
{
	struct span s;
	enum timecell_kind kind;
	bool bare;

	if (!epoch && is_seconds(cell, m))
		return TIMECELL_TIME;
	s = narrow(t, cell);
	*m = (struct moment){0};
	if (s.len == 0)
		return TIMECELL_EMPTY;
	if (is_serial(s, epoch, &kind, m))
		return kind;
	if (moment_parse_relative(s, m)) {
		bare = span_find(s, ':') == s.len;
		decide(t, s, *m);
		if (is_short(s) && t->hours) {
			m->ms *= 60;
			m->precision = PRECISION_MINUTE;
		}
		if (!bare || (!epoch && m->ms / 1000 < EPOCH_LEAST))
			return TIMECELL_TIME;
	}
	if (moment_parse_wall(s, m))
		return TIMECELL_TIME;
	*m = (struct moment){0};
	return is_date(s) ? TIMECELL_DATE : TIMECELL_NONE;
}

static bool
is_day(struct span cell)
{
	struct timecell scratch = {0};
	struct moment m;
	bool is = timecell_read(&scratch, cell, true, &m) == TIMECELL_DATE;

	timecell_free(&scratch);
	return is;
}

bool
timecell_of_day(struct timecell *t, struct span date, struct span time)
{
	struct moment m;

	if (t->day == DAY_OF_CALL || span_find(time, ':') == time.len)
		return false;
	if (t->day == DAY_UNDECIDED && is_day(date))
		t->day = moment_parse_relative(narrow(t, time), &m) &&
			m.ms < DAY_BEGINS * 3600000 ?
		    DAY_OF_CALL :
		    DAY_OF_CLOCK;
	return t->day == DAY_OF_CLOCK;
}

/* 46296 and 0.4375: a day of a spreadsheet and a part of it. */
static bool
join_serial(
    struct timecell *t, struct span day, struct span part, struct moment *m)
{
	buf_reset(&t->text);
	add_narrow(&t->text, day);
	if (decimals(buf_span(&t->text)) != 0 || part.len < 3 ||
	    part.at[0] != '0' || part.at[1] != '.')
		return false;
	add_narrow(&t->text, (struct span){part.at + 1, part.len - 1});
	return read_serial(buf_span(&t->text), m) == TIMECELL_SERIAL;
}

bool
timecell_join(
    struct timecell *t, struct span a, struct span b, struct moment *m)
{
	if (join_serial(t, a, b, m) || join_serial(t, b, a, m))
		return true;
	for (int order = 0; order < 2; order++) {
		buf_reset(&t->text);
		add_narrow(&t->text, order == 0 ? a : b);
		buf_addc(&t->text, ' ');
		add_narrow(&t->text, order == 0 ? b : a);
		if (moment_parse_wall(buf_span(&t->text), m))
			return true;
	}
	*m = (struct moment){0};
	return false;
}

void
timecell_free(struct timecell *t)
{
	buf_free(&t->text);
}
