#include "talk/moment.h"

#include <math.h>
#include <stdlib.h>

enum {
	MS_SECOND = 1000,
	MS_MINUTE = 60 * MS_SECOND,
	MS_HOUR = 60 * MS_MINUTE,
	MS_DAY = 24 * MS_HOUR,
	YEAR_MIN = 1,
	YEAR_MAX = 9999
};

/* From here on a bare number counts milliseconds: 1e11 s is the year 5138. */
#define EPOCH_IN_MS 1e11
/* The first and the last millisecond that print with a year of four digits. */
#define EPOCH_MIN INT64_C(-62135596800000)
#define EPOCH_MAX INT64_C(253402300799999)

/* What is left of the text that is being read. */
struct scan {
	const char *at, *end;
};

static bool
literal(struct scan *s, const char *lit)
{
	size_t n = strlen(lit);

	if ((size_t)(s->end - s->at) < n || memcmp(s->at, lit, n) != 0)
		return false;
	s->at += n;
	return true;
}

static bool
is_digit(const struct scan *s)
{
	return s->at < s->end && *s->at >= '0' && *s->at <= '9';
}

/* Reads min to max digits as a number. */
static bool
number(struct scan *s, int min, int max, int *out)
{
	int n = 0;

	for (*out = 0; n < max && is_digit(s); n++)
		*out = *out * 10 + (*s->at++ - '0');
	return n >= min;
}

static void
blanks(struct scan *s)
{
	while (s->at < s->end && (*s->at == ' ' || *s->at == '\t'))
		s->at++;
}

/* Digits of a fraction of a second, to the nearest millisecond. */
static bool
fraction(struct scan *s, int *ms)
{
	int scale = 1000;
	bool round = false;

	if (!is_digit(s))
		return false;
	for (*ms = 0; scale > 1 && is_digit(s); scale /= 10)
		*ms += (*s->at++ - '0') * (scale / 10);
	if (is_digit(s))
		round = *s->at >= '5';
	while (is_digit(s))
		s->at++;
	*ms += round;
	return true;
}

/* How the parts of a date are set apart. */
static const struct {
	const char *year, *month, *day;
} separators[] = {
    {"-", "-", ""},
    {"/", "/", ""},
    {".", ".", ""},
    {"年", "月", "日"},
};

struct civil {
	int year, month, day, hour, minute, second, ms;
};

/* The year before the first of an era of Japan (元年). */
static const struct {
	const char *name;
	int before;
} eras[] = {{"令和", 2018}, {"平成", 1988}, {"R", 2018}, {"H", 1988}};

/* 2026, 令和8, 令和元 or R8. */
static bool
year(struct scan *s, int *out)
{
	if (is_digit(s))
		return number(s, 4, 4, out);
	for (size_t i = 0; i < sizeof(eras) / sizeof(*eras); i++) {
		int n = 1;

		if (!literal(s, eras[i].name))
			continue;
		if (!literal(s, "元") && !number(s, 1, 2, &n))
			return false;
		*out = eras[i].before + n;
		return n > 0;
	}
	return false;
}

static bool
date(struct scan *s, struct civil *c)
{
	if (!year(s, &c->year))
		return false;
	for (size_t i = 0; i < sizeof(separators) / sizeof(*separators); i++) {
		if (!literal(s, separators[i].year))
			continue;
		return number(s, 1, 2, &c->month) &&
		    literal(s, separators[i].month) &&
		    number(s, 1, 2, &c->day) && literal(s, separators[i].day);
	}
	return false;
}

/* "(金)" behind a date, with either kind of parentheses. */
static void
weekday(struct scan *s)
{
	const struct scan start = *s;
	const char *close = ")";

	blanks(s);
	if (literal(s, "（"))
		close = "）";
	else if (!literal(s, "("))
		return;
	while (s->at < s->end && !literal(s, close))
		s->at++;
	if (s->at - start.at > 16)
		*s = start;
}

/* What shifts an hour of twelve; hours is what it adds. */
static const struct {
	const char *name;
	int hours;
} halves[] = {
    {"午前", 0},
    {"午後", 12},
    {"AM", 0},
    {"PM", 12},
    {"am", 0},
    {"pm", 12},
};

static bool
half(struct scan *s, int *hours)
{
	for (size_t i = 0; i < sizeof(halves) / sizeof(*halves); i++) {
		if (!literal(s, halves[i].name))
			continue;
		*hours = halves[i].hours;
		return true;
	}
	return false;
}

/* ":05" or "05分" and what may follow; false where it is malformed. */
static bool
minute_second(struct scan *s, struct civil *c, enum precision *p)
{
	bool kanji = literal(s, "時");

	*p = PRECISION_MINUTE;
	if (kanji && !is_digit(s))
		return true;
	if (!kanji && !literal(s, ":"))
		return false;
	if (!number(s, kanji ? 1 : 2, 2, &c->minute) ||
	    (kanji && !literal(s, "分")))
		return false;
	if (kanji ? !is_digit(s) : !literal(s, ":"))
		return true;
	*p = PRECISION_SECOND;
	if (!number(s, kanji ? 1 : 2, 2, &c->second))
		return false;
	if (literal(s, ".") || literal(s, ",")) {
		*p = PRECISION_MILLI;
		if (!fraction(s, &c->ms))
			return false;
	}
	return !kanji || literal(s, "秒");
}

static bool
clock_time(struct scan *s, struct civil *c, enum precision *p)
{
	int shift = 0;
	bool twelve = half(s, &shift);
	struct scan before;

	blanks(s);
	if (!number(s, 1, 2, &c->hour) || !minute_second(s, c, p))
		return false;
	before = *s;
	blanks(s);
	if (!twelve && !(twelve = half(s, &shift)))
		*s = before;
	if (!twelve)
		return true;
	if (c->hour > 12)
		return false;
	c->hour = c->hour % 12 + shift;
	return true;
}

/* "Z", "+09:00", "+0900", "+09" and the few names that have one meaning. */
static bool
zone(struct scan *s, int *offset)
{
	int hours, minutes = 0;
	bool west;

	*offset = 0;
	if (literal(s, "Z") || literal(s, "z") || literal(s, "UTC") ||
	    literal(s, "GMT"))
		return true;
	if (literal(s, "JST")) {
		*offset = 9 * 60;
		return true;
	}
	west = literal(s, "-");
	if (!west && !literal(s, "+"))
		return false;
	if (!number(s, 2, 2, &hours))
		return false;
	if (literal(s, ":") ? !number(s, 2, 2, &minutes) :
			      is_digit(s) && !number(s, 2, 2, &minutes))
		return false;
	*offset = (hours * 60 + minutes) * (west ? -1 : 1);
	return hours < 24 && minutes < 60;
}

static bool
leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1970-01-01; the year is counted from March, so that the leap
 * day is its last. */
static int64_t
days_from_civil(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t m = month <= 2 ? month + 9 : month - 3;

	return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day -
	    1 - 719468;
}

static bool
exists(const struct civil *c)
{
	static const int length[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (c->year < YEAR_MIN || c->year > YEAR_MAX || c->month < 1 ||
	    c->month > 12 || c->day < 1)
		return false;
	if (c->day > length[c->month - 1] + (c->month == 2 && leap(c->year)))
		return false;
	/* A leap second is the second that follows it. */
	return c->hour >= 0 && c->hour <= 23 && c->minute >= 0 &&
	    c->minute <= 59 && c->second >= 0 && c->second <= 60 &&
	    c->ms >= 0 && c->ms <= 1000;
}

static bool
civil_ms(const struct civil *c, int64_t *out)
{
	if (!exists(c))
		return false;
	*out = days_from_civil(c->year, c->month, c->day) * MS_DAY +
	    (int64_t)c->hour * MS_HOUR + c->minute * MS_MINUTE +
	    c->second * MS_SECOND + c->ms;
	return true;
}

bool
moment_civil(int year, int month, int day, int hour, int minute, int second,
    int ms, int64_t *out)
{
	const struct civil c = {year, month, day, hour, minute, second, ms};

	return civil_ms(&c, out);
}

struct moment
moment_zoned(struct moment m, const struct zone *z)
{
	if (m.clock != CLOCK_NAIVE)
		return m;
	m.clock = CLOCK_ZONED;
	m.offset = (int16_t)zone_offset(z, m.ms);
	m.ms -= (int64_t)m.offset * MS_MINUTE;
	return m;
}

/* Digits up to max. */
static bool
count(struct scan *s, int64_t max, int64_t *out)
{
	if (!is_digit(s))
		return false;
	for (*out = 0; is_digit(s); s->at++) {
		*out = *out * 10 + (*s->at - '0');
		if (*out > max)
			return false;
	}
	return true;
}

/* YYYYMMDDhhmmss: fourteen digits are never an epoch number. */
static bool
compact(struct scan s, struct moment *m)
{
	struct civil c = {0};

	m->clock = CLOCK_NAIVE;
	m->precision = PRECISION_SECOND;
	return number(&s, 4, 4, &c.year) && number(&s, 2, 2, &c.month) &&
	    number(&s, 2, 2, &c.day) && number(&s, 2, 2, &c.hour) &&
	    number(&s, 2, 2, &c.minute) && number(&s, 2, 2, &c.second) &&
	    s.at == s.end && civil_ms(&c, &m->ms);
}

static bool
bare_number(struct scan s, struct moment *m)
{
	ptrdiff_t n = s.end - s.at;
	int64_t whole;
	int ms = 0;

	if (n == 14)
		return compact(s, m);
	/* A day, as 20260105, is no time. */
	if (n == 8 || !count(&s, EPOCH_MAX, &whole))
		return false;
	if (literal(&s, ".") && !fraction(&s, &ms))
		return false;
	*m = moment_epoch((double)whole + ms / 1000.0);
	return s.at == s.end && moment_known(*m);
}

bool
moment_parse_wall(struct span text, struct moment *m)
{
	const struct span t = span_trim(text);
	struct scan s = {t.at, t.at + t.len};
	struct civil c = {0};
	enum precision p;
	int offset = 0;

	*m = (struct moment){0};
	if (t.len == 0)
		return false;
	if (!date(&s, &c))
		return bare_number((struct scan){t.at, t.at + t.len}, m);
	weekday(&s);
	if (!literal(&s, "T") && !literal(&s, "t"))
		blanks(&s);
	if (!clock_time(&s, &c, &p) || !civil_ms(&c, &m->ms))
		return false;
	m->clock = CLOCK_NAIVE;
	m->precision = (uint8_t)p;
	blanks(&s);
	if (s.at < s.end) {
		if (!zone(&s, &offset))
			return false;
		m->clock = CLOCK_ZONED;
		m->offset = (int16_t)offset;
		m->ms -= (int64_t)offset * MS_MINUTE;
	}
	return s.at == s.end;
}

bool
moment_parse_relative(struct span text, struct moment *m)
{
	const struct span t = span_trim(text);
	struct scan s = {t.at, t.at + t.len};
	int64_t total, part;
	int ms = 0, parts = 1;

	*m = (struct moment){0};
	if (t.len == 0 || !count(&s, MOMENT_RELATIVE_MAX / MS_SECOND, &total))
		return false;
	for (; parts < 3 && literal(&s, ":"); parts++) {
		const char *from = s.at;

		if (!count(&s, 59, &part) || s.at - from != 2)
			return false;
		total = total * 60 + part;
	}
	m->precision = parts == 1 ? PRECISION_MILLI : PRECISION_SECOND;
	if (literal(&s, ".") || (parts > 1 && literal(&s, ","))) {
		m->precision = PRECISION_MILLI;
		if (!fraction(&s, &ms))
			return false;
	}
	if (s.at != s.end || total > MOMENT_RELATIVE_MAX / MS_SECOND)
		return false;
	m->ms = total * MS_SECOND + ms;
	m->clock = CLOCK_RELATIVE;
	return true;
}

/* In the order in which a duration has them. */
static const struct {
	const char *name;
	int64_t ms;
} units[] = {
    {"D", MS_DAY},
    {"H", MS_HOUR},
    {"M", MS_MINUTE},
    {"S", MS_SECOND},
};
enum { DURATION_UNITS = sizeof(units) / sizeof(*units) };

/* "2.5S", of units[*unit] or a later one: of seconds alone parts. */
static bool
duration_part(struct scan *s, size_t *unit, int64_t *ms)
{
	int64_t n;
	int part = 0;
	bool broken;

	if (!count(s, MOMENT_RELATIVE_MAX / MS_SECOND, &n))
		return false;
	broken = literal(s, ".");
	if (broken && !fraction(s, &part))
		return false;
	while (*unit < DURATION_UNITS && !literal(s, units[*unit].name))
		++*unit;
	if (*unit == DURATION_UNITS || (broken && *unit + 1 < DURATION_UNITS))
		return false;
	*ms += n * units[(*unit)++].ms + part;
	return true;
}

bool
moment_parse_duration(struct span text, struct moment *m)
{
	struct scan s = {text.at, text.at + text.len};
	size_t unit = 0;
	int64_t ms = 0;

	*m = (struct moment){0};
	if (text.len == 0 || !literal(&s, "P"))
		return false;
	if (is_digit(&s) && (!duration_part(&s, &unit, &ms) || unit > 1))
		return false;
	if (unit == 0 || s.at < s.end) {
		if (!literal(&s, "T"))
			return false;
		unit = 1;
		do {
			if (!duration_part(&s, &unit, &ms))
				return false;
		} while (s.at < s.end);
	}
	if (ms > MOMENT_RELATIVE_MAX)
		return false;
	*m = (struct moment){
	    .ms = ms, .clock = CLOCK_RELATIVE, .precision = PRECISION_MILLI};
	return true;
}

/* To the nearest; of two equally near the later. */
static int64_t
nearest(double ms)
{
	const double up = ms + 0.5;
	const int64_t whole = (int64_t)up; /* towards 0 */

	return whole - ((double)whole > up);
}

int64_t
moment_resolution(struct moment m)
{
	static const int64_t ms[] = {
	    [PRECISION_MINUTE] = 60000,
	    [PRECISION_SECOND] = 1000,
	    [PRECISION_MILLI] = 1,
	};

	return moment_known(m) ? ms[m.precision] : 0;
}

struct moment
moment_relative(double seconds)
{
	if (!(fabs(seconds) <= (double)(MOMENT_RELATIVE_MAX / MS_SECOND)))
		return (struct moment){0};
	return moment_relative_ms(nearest(seconds * MS_SECOND));
}

struct moment
moment_epoch(double n)
{
	struct moment m = {.clock = CLOCK_ZONED, .precision = PRECISION_MILLI};

	if (fabs(n) < EPOCH_IN_MS) {
		if (n == floor(n))
			m.precision = PRECISION_SECOND;
		n *= MS_SECOND;
	}
	if (!(n >= (double)EPOCH_MIN && n <= (double)EPOCH_MAX))
		return (struct moment){0};
	m.ms = nearest(n);
	return m;
}

/* The day's civil date: days_from_civil the other way round. */
static void
civil_from_days(int64_t days, struct civil *c)
{
	int64_t z = days + 719468;
	int64_t era = z / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	c->day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c->month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c->year = (int)(yoe + era * 400 + (c->month <= 2));
}

static struct civil
civil_of(int64_t ms)
{
	int64_t days = (ms < 0 ? ms - (MS_DAY - 1) : ms) / MS_DAY;
	int rest = (int)(ms - days * MS_DAY);
	struct civil c = {.hour = rest / MS_HOUR,
	    .minute = rest / MS_MINUTE % 60,
	    .second = rest / MS_SECOND % 60,
	    .ms = rest % MS_SECOND};

	civil_from_days(days, &c);
	return c;
}

static void
print_relative(int64_t ms, struct buf *out)
{
	uint64_t n = (uint64_t)(ms < 0 ? -ms : ms);

	buf_printf(out, "%s%llu:%02u:%02u.%03u", ms < 0 ? "-" : "",
	    (unsigned long long)(n / MS_HOUR), (unsigned)(n / MS_MINUTE % 60),
	    (unsigned)(n / MS_SECOND % 60), (unsigned)(n % MS_SECOND));
}

static void
print_zone(int offset, struct buf *out)
{
	if (offset == 0)
		buf_addc(out, 'Z');
	else
		buf_printf(out, "%c%02d:%02d", offset < 0 ? '-' : '+',
		    abs(offset) / 60, abs(offset) % 60);
}

static void
print_wall(struct moment m, bool excel, bool seconds, struct buf *out)
{
	bool zoned = m.clock == CLOCK_ZONED;
	struct civil c = civil_of(m.ms + (zoned ? m.offset * MS_MINUTE : 0));

	buf_printf(out, "%04d-%02d-%02d%c%02d:%02d", c.year, c.month, c.day,
	    excel ? ' ' : 'T', c.hour, c.minute);
	if (seconds || m.precision != PRECISION_MINUTE)
		buf_printf(out, ":%02d", c.second);
	if (!excel && m.precision == PRECISION_MILLI)
		buf_printf(out, ".%03d", c.ms);
	if (!excel && zoned)
		print_zone(m.offset, out);
}

void
moment_print(struct moment m, bool excel, struct buf *out)
{
	if (moment_wall(m))
		/* RFC 3339 and a spreadsheet's column want the seconds. */
		print_wall(m, excel, excel || m.clock == CLOCK_ZONED, out);
	else if (moment_known(m))
		print_relative(m.ms, out);
}

void
duration_print(int64_t ms, struct buf *out)
{
	uint64_t n = (uint64_t)(ms < 0 ? -ms : ms);
	unsigned rest = (unsigned)(n % MS_SECOND);
	int digits = 3;

	buf_printf(out, "%s%llu", ms < 0 ? "-" : "",
	    (unsigned long long)(n / MS_SECOND));
	if (rest == 0)
		return;
	for (; rest % 10 == 0; rest /= 10)
		digits--;
	buf_printf(out, ".%0*u", digits, rest);
}

void
moment_write(struct moment m, struct buf *out)
{
	if (moment_wall(m))
		print_wall(m, false, false, out);
	else if (moment_known(m))
		duration_print(m.ms, out);
}
