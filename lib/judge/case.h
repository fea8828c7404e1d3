/*
 * What the files of judge/ share while they judge one conversation by one
 * policy; judge/judge.h is what others see.
 */
#ifndef OFUKU_JUDGE_CASE_H
#define OFUKU_JUDGE_CASE_H

#include "judge/judge.h"

/* One hit in a turn. */
struct mark {
	uint32_t pattern;    /* index in the policy */
	uint32_t start, end; /* bytes of the passage */
};

/* What was heard in a turn. */
struct heard {
	struct mark *marks; /* by pattern, then place */
	size_t nmarks;
	bool press, goes_on, closes;
	bool may_threaten; /* an agent turn: see doubt.c */
	unsigned counted;  /* occurrences of the phrase */
	bool near_miss;
	struct similarity best; /* length 0: nothing like it */
	uint32_t first_at;      /* byte of the first counted one */
};

/* Names of all who have a role in the conversation. */
struct everyone {
	bool known;
	struct span names;
};

struct case_ {
	struct matcher *matcher;
	const struct policy *policy;
	const struct exchange_rule *rule;
	struct conversation *conversation;
	enum lang lang; /* of messages */
	struct arena *arena;
	struct turns turns;
	struct heard *heard;       /* one a turn */
	struct everyone *everyone; /* by role */
	int64_t resolution;        /* ms; 0: no times */
};

/* Utterances that a measure counted: the one at fault is among them. */
struct tally {
	const struct utterance **at;
	size_t n;
};

/* An exchange while it is measured. Turns are indexes. */
struct span_of_life {
	size_t open;         /* the opening turn */
	uint32_t opening_at; /* byte of the opening utterance */
	size_t last;         /* last turn of the extent */
	size_t heard_to;     /* last turn for hits(ID) */
	size_t next;         /* where the search goes on */
	enum closed_by closed_by;
	size_t closing; /* turn that closed it, or SIZE_MAX */
};

/* hear.c: runs patterns and the phrase over every turn. */
int hear(struct case_ *, enum judge_depth, struct err *);
/* Is it sure that no threat stands in the passage? */
bool passage_quiet(const struct case_ *, const struct passage *);
bool heard_pattern(
    const struct heard *, const size_t *ids, size_t n, uint32_t *first_at);
int hear_phrase(struct case_ *, struct span raw, struct heard *, struct err *);
int case_limit(const struct case_ *, const struct passage *, struct err *);

/* exchange.c */
bool exchange_next(const struct case_ *, size_t from, struct span_of_life *);
bool turn_answered(const struct case_ *, size_t customer_turn);

/* measure.c: fills measures, times, names, triggers, similarity, tallies. */
void exchange_measure(const struct case_ *, const struct span_of_life *,
    struct exchange *, struct tally tallies[MEASURE_N]);
/* Where from a byte on a turn first hits a pattern; UINT32_MAX: nowhere. */
uint32_t first_mark(const struct heard *, size_t pattern, uint32_t from);
/* before: hits count before that pattern's first; SIZE_MAX: wherever. */
void hits_tally(const struct case_ *, const struct span_of_life *,
    size_t pattern, size_t before, struct tally *);
const struct utterance *turn_utterance(
    const struct case_ *, size_t turn, uint32_t byte);
const struct utterance *turn_last(const struct case_ *, size_t turn);

/* names.c: distinct names with NUL between them, or ids joined by ";". */
struct span names_of(const struct case_ *, const struct utterance *from,
    const struct utterance *to, enum role);
struct span ids_of(const struct case_ *, size_t first_turn, size_t last_turn,
    const size_t *ids, size_t n, bool presses_only);

/* event.c */
void exchange_events(
    const struct case_ *, const struct span_of_life *, struct exchange *);

/* bound.c: one check on one value, with words for what came out. */
struct verdict_of {
	enum outcome outcome;
	int64_t limit; /* the bound that decided */
	bool is_max;
};
/* What a check that cannot be judged lacks. */
enum doubt { DOUBT_NO_ANSWER, DOUBT_NO_TIME, DOUBT_MINUTES };
struct verdict_of bound_judge(
    const struct check *, struct value, int64_t resolution);
struct span finding_message(const struct case_ *, const struct check *,
    const struct verdict_of *, struct value, enum doubt why);

/* check.c */
void exchange_check(const struct case_ *, const struct span_of_life *,
    struct exchange *, const struct tally tallies[MEASURE_N]);
void conversation_check(const struct case_ *, struct judgement *);

/* doubt.c: rows for conversations whose roles cannot be trusted. */
int doubt_rows(struct case_ *, struct judgement *, struct err *);

#endif
