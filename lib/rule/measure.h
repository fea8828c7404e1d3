/*
 * What an exchange or a conversation is measured by (SPEC section 4): the
 * names that rule files use. judge/measure.c computes them.
 */
#ifndef OFUKU_RULE_MEASURE_H
#define OFUKU_RULE_MEASURE_H

#include <stdbool.h>

enum measure_id {
	MEASURE_PRESSES,
	MEASURE_ROUND_TRIPS,
	MEASURE_PAIRS,
	MEASURE_REPETITIONS,
	MEASURE_PHRASE_HITS,
	MEASURE_NEAR_MISSES,
	MEASURE_UNANSWERED,
	MEASURE_DURATION,
	MEASURE_FIRST_REPLY,
	MEASURE_FIRST_REPLY_TURN,
	MEASURE_HITS,  /* takes a pattern: hits(ID) */
	MEASURE_UNTIL, /* and so does this */
	MEASURE_N
};

struct measure {
	const char *name;
	const char *ja; /* in messages in Japanese */
	const char *help;
	bool time;         /* in milliseconds; bounds have units */
	bool conversation; /* allowed in that scope */
};

/* Is it written NAME(ID)? */
static inline bool
measure_takes_pattern(enum measure_id m)
{
	return m == MEASURE_HITS || m == MEASURE_UNTIL;
}

extern const struct measure measures[MEASURE_N];

#endif
