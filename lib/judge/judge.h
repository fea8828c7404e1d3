/*
 * Judging a conversation by a policy (SPEC section 4): its exchanges, their
 * measures, the checks' outcomes. Everything lives in the arena given.
 */
#ifndef OFUKU_JUDGE_JUDGE_H
#define OFUKU_JUDGE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "rule/rules.h"
#include "talk/conversation.h"
#include "talk/turn.h"
#include "text/redact.h"

enum outcome { OUTCOME_PASS, OUTCOME_FAIL, OUTCOME_UNKNOWN };
const char *outcome_name(enum outcome);

enum closed_by { CLOSED_CLOSED, CLOSED_CALM, CLOSED_IDLE, CLOSED_END };
const char *closed_by_name(enum closed_by);

struct value {
	bool known;
	int64_t n; /* milliseconds where it is a time */
};

struct finding {
	const struct check *check; /* NULL: roles-unknown, -swapped */
	const char *name;          /* of the check */
	enum severity severity;
	enum outcome outcome; /* fail, unknown; pass: it holds by now */
	struct value measured;
	int64_t limit;              /* the bound that was broken */
	struct span message;        /* {measured} and {limit} filled in */
	const struct utterance *at; /* the utterance at fault */
};

enum event_kind {
	EVENT_PRESS,
	EVENT_GOES_ON,
	EVENT_ANSWER,
	EVENT_REPETITION,
	EVENT_NEAR_MISS,
	EVENT_CLOSING
};
const char *event_name(enum event_kind);

struct event {
	enum event_kind kind;
	const struct utterance *at;   /* where it begins */
	struct span text;             /* the turn's raw text */
	const struct passage *said;   /* that of the turn; of a closing, too */
	struct redactions masks;      /* in text, set by disguise_events */
	unsigned n;                   /* running number of its kind */
	unsigned round_trip;          /* 0: in none */
	struct span patterns;         /* ids joined by ";"; or the phrase's */
	struct similarity similarity; /* length 0: none */
	size_t turn;                  /* index in the policy's turns */
};

struct exchange {
	unsigned number; /* from 1; 0: a doubtful-roles row */
	const struct utterance *opening, *last; /* of the extent */
	struct span agent, customer;            /* names, NUL between them */
	struct moment opened_at, closed_at;
	enum closed_by closed_by;
	struct span triggers;             /* ids joined by ";" */
	struct value measures[MEASURE_N]; /* but MEASURE_HITS */
	bool answered;                    /* a press has an answer */
	struct similarity similarity;
	enum outcome verdict;
	struct finding *findings;
	size_t nfindings;
	struct event *events;
	size_t nevents;
};

/* What one policy says of one conversation. */
struct judgement {
	const struct policy *policy;
	struct conversation *conversation;
	struct turns turns;
	struct exchange *exchanges; /* real ones, then doubtful */
	size_t n, real;
	struct span agent, customer; /* names, NUL between them */
	unsigned agent_turns, customer_turns;
	struct span hits;         /* "id=count;…" */
	struct finding *findings; /* of scope conversation */
	size_t nfindings;
	enum outcome verdict; /* worst of all */
};

/*
 * JUDGE_EXCHANGES: only what the exchanges say is wanted; where there is none,
 * no other pattern than those that open one is tried, and the findings and
 * hits of the conversation are not to be used.
 */
enum judge_depth { JUDGE_ALL, JUDGE_EXCHANGES };

struct judge_how {
	enum judge_depth depth;
	enum lang lang; /* of messages */
};

/* Roles must be resolved and backchannels marked. */
int judge(struct matcher *, const struct policy *, struct conversation *,
    struct judge_how, struct arena *, struct judgement *, struct err *);
/* Does a verdict or a warning come from exchanges alone? */
bool policy_is_of_exchanges(const struct policy *);

#endif
