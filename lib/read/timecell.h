/*
 * A time as people and spreadsheets write it: full-width digits, a date in a
 * column of its own, "9:05" that may be minutes of a call or a time of day.
 */
#ifndef OFUKU_READ_TIMECELL_H
#define OFUKU_READ_TIMECELL_H

#include "base/buf.h"
#include "talk/moment.h"

/* Where dates and times have columns of their own, what the times are of. */
enum timecell_day { DAY_UNDECIDED, DAY_OF_CALL, DAY_OF_CLOCK };

/* What is known of a file's times; {0} to begin, timecell_free at the end. */
struct timecell {
	struct buf text; /* scratch: ASCII digits and marks */
	bool decided;    /* what a time of two parts is: */
	bool hours;      /* hours and minutes of a day */
	enum timecell_day day;
};

enum timecell_kind {
	TIMECELL_NONE, /* it is no time */
	TIMECELL_EMPTY,
	TIMECELL_DATE,   /* a day without a time */
	TIMECELL_SERIAL, /* a number of days, which is a time of a day, too */
	TIMECELL_TIME
};

/*
 * Reads a cell. A bare number is seconds from the start, from 1e9 on an
 * epoch; epoch: every one is. "10:05" is minutes and seconds unless the
 * file's first time, read as hours, is 5:00 or later: then all such times are
 * hours and minutes, counted from midnight to the minute. A number from
 * 20000 to 80000 is a day of a spreadsheet's calendar, its fraction the time
 * of day: where every number is an epoch, as seconds of 1970 are no calls;
 * elsewhere where it has six decimals or more.
 */
enum timecell_kind timecell_read(
    struct timecell *, struct span cell, bool epoch, struct moment *);
/* The date stands in one cell and a time in another: is that a time of day? The
 * file's first one decides, by the hour: a call is not as long. */
bool timecell_of_day(struct timecell *, struct span date, struct span time);
/* A date in one cell and the time of day in another, in either order. */
bool timecell_join(
    struct timecell *, struct span, struct span, struct moment *);
void timecell_free(struct timecell *);

#endif
