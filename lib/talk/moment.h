/*
 * A moment: when something was said, as its source prints it. Two kinds of
 * clock: seconds from the conversation's start, and the wall (with a zone or
 * without). Times are whole milliseconds.
 */
#ifndef OFUKU_TALK_MOMENT_H
#define OFUKU_TALK_MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"
#include "text/zone.h"

enum clock {
	CLOCK_NONE,     /* the time is not known */
	CLOCK_RELATIVE, /* from the conversation's start */
	CLOCK_NAIVE,    /* wall, no zone: as if it were UTC */
	CLOCK_ZONED,    /* wall, UTC; offset says how to print it */
};

enum precision { PRECISION_MINUTE, PRECISION_SECOND, PRECISION_MILLI };

struct moment {
	int64_t ms;        /* from the start, or from 1970 */
	int16_t offset;    /* minutes east of UTC, if zoned */
	uint8_t clock;     /* enum clock */
	uint8_t precision; /* enum precision */
};

static inline bool
moment_known(struct moment m)
{
	return m.clock != CLOCK_NONE;
}

static inline bool
moment_wall(struct moment m)
{
	return m.clock == CLOCK_NAIVE || m.clock == CLOCK_ZONED;
}

/* ms as its clock shows them. */
static inline int64_t
moment_local_ms(struct moment m)
{
	return m.ms + (m.clock == CLOCK_ZONED ? m.offset * INT64_C(60000) : 0);
}

/* What it may be later than it says is less than this: 60000, 1000 or 1 ms; 0:
 * it is unknown. */
int64_t moment_resolution(struct moment);
/* Seconds from the start, to the nearest millisecond. */
struct moment moment_relative(double seconds);

/* A relative time beyond a thousand years is no time. */
#define MOMENT_RELATIVE_MAX INT64_C(31557600000000)

static inline struct moment
moment_relative_ms(int64_t ms)
{
	const bool is = ms >= -MOMENT_RELATIVE_MAX && ms <= MOMENT_RELATIVE_MAX;

	return is ? (struct moment){.ms = ms,
			.clock = CLOCK_RELATIVE,
			.precision = PRECISION_MILLI} :
		    (struct moment){0};
}

/* Epoch seconds, or milliseconds where the number is 1e11 or more. UTC. */
struct moment moment_epoch(double);

/*
 * Reads a wall clock: RFC 3339; "YYYY-MM-DD hh:mm[:ss[.fff]]" without a zone,
 * also with T, /, one-digit parts ("2026/1/5 9:03"), or a weekday in
 * parentheses behind the date; digits alone are epoch seconds or
 * milliseconds. False: it is none of these, or no such day or hour.
 */
bool moment_parse_wall(struct span, struct moment *);
/* Reads "12.34", "1:02:03.5", "02:03,5" as time from the start. */
bool moment_parse_relative(struct span, struct moment *);
/* Reads "PT1M2.5S", an ISO 8601 duration of days and less, as time from the
 * start. */
bool moment_parse_duration(struct span, struct moment *);
/* A wall clock without a zone as one with the zone's offset; others as is. */
struct moment moment_zoned(struct moment, const struct zone *);
/* Civil date and time as if UTC, in ms; false where there is no such day. */
bool moment_civil(int year, int month, int day, int hour, int minute,
    int second, int ms, int64_t *out);

/*
 * Appends it as reports have it: RFC 3339 with the source's offset, the same
 * without one to the source's precision, or H:MM:SS.mmm; nothing if unknown.
 * excel: "YYYY-MM-DD hh:mm:ss" for wall clocks, without an offset.
 */
void moment_print(struct moment, bool excel, struct buf *);
/*
 * Appends it as the canonical form has it, to the source's precision: an RFC
 * 3339 time without seconds where the source has none, or seconds from the
 * start. What reads it gets the same moment, but for a relative one's
 * precision.
 */
void moment_write(struct moment, struct buf *);
/* Milliseconds as seconds with up to 3 decimals: "1200", "3.5". */
void duration_print(int64_t ms, struct buf *);

#endif
