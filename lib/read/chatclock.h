/*
 * Dates and times of day as phones print them in chat exports: day, month
 * and year in the order of the country, 午前/午後 or AM/PM on either side,
 * with marks of writing direction and narrow blanks in between.
 */
#ifndef OFUKU_READ_CHATCLOCK_H
#define OFUKU_READ_CHATCLOCK_H

#include "base/span.h"
#include "talk/moment.h"

/* What is left of a text that is being read. */
struct scan {
	const char *at, *end;
};

static inline struct scan
scan_of(struct span s)
{
	return (struct scan){s.at, s.at + s.len};
}

static inline struct span
scan_rest(const struct scan *s)
{
	return (struct span){s->at, (size_t)(s->end - s->at)};
}

bool scan_literal(struct scan *, const char *);
/* Blanks of any width, and marks that do not print. */
void scan_blanks(struct scan *);
/* A number of min to max digits. */
bool scan_number(struct scan *, int min, int max, int *out);

/* In which order the three numbers of a date stand. */
enum date_order { ORDER_YMD, ORDER_DMY, ORDER_MDY };

struct chat_date {
	int part[3]; /* as they stand */
	bool year_first;
};

/* Three numbers with the same / . or - between, or 年 月 日. */
bool scan_date(struct scan *, struct chat_date *);
/* The day's first moment as if UTC; false: there is no such day. */
bool chat_day(const struct chat_date *, enum date_order, int64_t *ms);
/* 0 is Sunday; ms as chat_day has it. */
int weekday_of(int64_t ms);
/* "Mon", "Monday", "月", "月曜日": -1 where it is none. */
int scan_weekday(struct scan *);

struct chat_time {
	int ms; /* from midnight */
	enum precision precision;
	bool twelve; /* 午前/午後 or AM/PM was said */
};
/* "9:03", "21:03:07", "午後9:03", "9:03 PM", "9.03" where dots is true. */
bool scan_time(struct scan *, bool dots, struct chat_time *);

/* The wall clock, without a zone, of a time on a day. */
struct moment chat_moment(int64_t day_ms, const struct chat_time *);

#endif
