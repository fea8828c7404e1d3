#include "read/chatclock.h"

#include <strings.h>

bool
scan_literal(struct scan *s, const char *lit)
{
	size_t n = strlen(lit);

	if ((size_t)(s->end - s->at) < n || memcmp(s->at, lit, n) != 0)
		return false;
	s->at += n;
	return true;
}

void
scan_blanks(struct scan *s)
{
	/* no-break and ideographic space, narrow no-break space, the marks
	 * of direction and of their isolates, a byte order mark */
	static const char *const wide[] = {"\u00a0", "\u3000", "\u202f",
	    "\u2009", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c",
	    "\u2068", "\u2069", "\ufeff"};
	size_t i = 0;

	while (s->at < s->end && i < sizeof(wide) / sizeof(*wide)) {
		if (*s->at == ' ' || *s->at == '\t')
			s->at++;
		else if (!scan_literal(s, wide[i]) && ++i)
			continue;
		i = 0;
	}
}

bool
scan_number(struct scan *s, int min, int max, int *out)
{
	int n = 0;

	for (*out = 0;
	     n < max && s->at < s->end && *s->at >= '0' && *s->at <= '9'; n++)
		*out = *out * 10 + (*s->at++ - '0');
	return n >= min && !(s->at < s->end && *s->at >= '0' && *s->at <= '9');
}

static const struct {
	const char *first, *second, *third;
} separators[] = {
    {"/", "/", ""},
    {".", ".", ""},
    {"-", "-", ""},
    {"年", "月", "日"},
    {"년", "월", "일"},
};

bool
scan_date(struct scan *s, struct chat_date *d)
{
	const char *from = s->at;

	if (!scan_number(s, 1, 4, &d->part[0]))
		return false;
	d->year_first = s->at - from == 4;
	for (size_t i = 0; i < sizeof(separators) / sizeof(*separators); i++) {
		if (!scan_literal(s, separators[i].first))
			continue;
		scan_blanks(s);
		if (!scan_number(s, 1, 2, &d->part[1]) ||
		    !scan_literal(s, separators[i].second))
			return false;
		scan_blanks(s);
		return scan_number(s, 1, d->year_first ? 2 : 4, &d->part[2]) &&
		    scan_literal(s, separators[i].third);
	}
	return false;
}

bool
chat_day(const struct chat_date *d, enum date_order order, int64_t *ms)
{
	int year = d->part[2], month = d->part[1], day = d->part[0];

	if (d->year_first || order == ORDER_YMD) {
		year = d->part[0];
		day = d->part[2];
	} else if (order == ORDER_MDY) {
		month = d->part[0];
		day = d->part[1];
	}
	if (year < 100)
		year += 2000;
	return moment_civil(year, month, day, 0, 0, 0, 0, ms);
}

enum { DAY_MS = 86400000 };

int
weekday_of(int64_t ms)
{
	/* 1970-01-01 was a Thursday. */
	return (int)((ms / DAY_MS % 7 + 7 + 4) % 7);
}

/* Weekdays from Sunday on; the Chinese ones stand behind 週, 周 or 星期. */
static const struct {
	const char *name, *rest, *kanji, *korean, *chinese;
} days[] = {
    {"Sun", "day", "日", "일", "日"},
    {"Mon", "day", "月", "월", "一"},
    {"Tue", "sday", "火", "화", "二"},
    {"Wed", "nesday", "水", "수", "三"},
    {"Thu", "rsday", "木", "목", "四"},
    {"Fri", "day", "金", "금", "五"},
    {"Sat", "urday", "土", "토", "六"},
};

int
scan_weekday(struct scan *s)
{
	bool chinese = scan_literal(s, "週") || scan_literal(s, "周") ||
	    scan_literal(s, "星期");

	for (int i = 0; i < 7; i++) {
		if (chinese ? scan_literal(s, days[i].chinese) :
			      scan_literal(s, days[i].name)) {
			scan_literal(s, days[i].rest);
			return i;
		}
		if (chinese)
			continue;
		if (scan_literal(s, days[i].kanji)) {
			scan_literal(s, "曜日");
			return i;
		}
		if (scan_literal(s, days[i].korean)) {
			scan_literal(s, "요일");
			return i;
		}
	}
	return -1;
}

/* What shifts an hour of twelve. */
static const struct {
	const char *name;
	int hours;
} halves[] = {
    {"午前", 0},
    {"午後", 12},
    {"上午", 0},
    {"下午", 12},
    {"오전", 0},
    {"오후", 12},
};

static bool
scan_letter(struct scan *s, char lower)
{
	if (s->at == s->end || (*s->at | 0x20) != lower)
		return false;
	s->at++;
	return true;
}

/* "AM", "pm", "p.m.", "p. m."; no part of a name such as Amy. */
static bool
scan_meridiem(struct scan *s, int *hours)
{
	bool pm = scan_letter(s, 'p');

	if (!pm && !scan_letter(s, 'a'))
		return false;
	*hours = pm ? 12 : 0;
	if (scan_literal(s, "."))
		scan_blanks(s);
	if (!scan_letter(s, 'm'))
		return false;
	scan_literal(s, ".");
	return s->at == s->end || (*s->at | 0x20) < 'a' ||
	    (*s->at | 0x20) > 'z';
}

static bool
scan_half(struct scan *s, int *hours)
{
	const struct scan before = *s;
	struct scan after;

	scan_blanks(s);
	for (size_t i = 0; i < sizeof(halves) / sizeof(*halves); i++)
		if (scan_literal(s, halves[i].name)) {
			*hours = halves[i].hours;
			return true;
		}
	after = *s;
	if (scan_meridiem(&after, hours)) {
		*s = after;
		return true;
	}
	*s = before;
	return false;
}

bool
scan_time(struct scan *s, bool dots, struct chat_time *t)
{
	int hour, minute, second = 0, shift = 0;

	t->twelve = scan_half(s, &shift);
	scan_blanks(s);
	if (!scan_number(s, 1, 2, &hour) ||
	    !(scan_literal(s, ":") || (dots && scan_literal(s, "."))) ||
	    !scan_number(s, 2, 2, &minute))
		return false;
	t->precision = PRECISION_MINUTE;
	if (scan_literal(s, ":") || (dots && scan_literal(s, "."))) {
		t->precision = PRECISION_SECOND;
		if (!scan_number(s, 2, 2, &second))
			return false;
	}
	t->twelve = t->twelve || scan_half(s, &shift);
	if (hour > (t->twelve ? 12 : 23) || minute > 59 || second > 59)
		return false;
	hour = t->twelve ? hour % 12 + shift : hour;
	t->ms = ((hour * 60 + minute) * 60 + second) * 1000;
	return true;
}

struct moment
chat_moment(int64_t day_ms, const struct chat_time *t)
{
	return (struct moment){.ms = day_ms + t->ms,
	    .clock = CLOCK_NAIVE,
	    .precision = (uint8_t)t->precision};
}
