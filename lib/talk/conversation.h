/*
 * Utterances and the conversations they make (SPEC section 1).
 */
#ifndef OFUKU_TALK_CONVERSATION_H
#define OFUKU_TALK_CONVERSATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/span.h"
#include "rule/role.h"
#include "rule/rules.h"
#include "rule/prefilter.h"
#include "talk/moment.h"

struct utterance {
	struct span text;       /* raw */
	struct span speaker;    /* len 0: not said */
	struct span role_field; /* the format's own, len 0: none */
	struct moment start, end;
	uint64_t line;
	uint64_t byte;      /* offset of its record in the input */
	struct span source; /* path as given, printable */
	enum role role;     /* set by roles_resolve */
	bool backchannel;   /* set by backchannels_mark */
	enum quiet quiet;   /* set by glance: no threat can be in it */
	bool phraseless;    /* set by glance: no stock phrase counts in it */
};

struct conversation {
	struct span id;
	struct span source; /* of the first utterance */
	const char *format; /* name of the first one's format */
	struct utterance *at;
	size_t n;
};

/* Sorts by start, stably; one without a time stays behind its predecessor. */
void conversation_sort(struct conversation *, struct arena *);
/* What stands for the end: the end, else the start (maybe unknown). */
struct moment utterance_end(const struct utterance *);
/* First and last known times; unknown where no time is known. */
struct moment conversation_first(const struct conversation *);
struct moment conversation_last(const struct conversation *);
/* 1 << each clock that a start or an end has, CLOCK_NONE too. */
unsigned conversation_clocks(const struct conversation *);
/* Clocks with an offset and without cannot be put in order otherwise: those
 * without are read in the zone, and the source is that of the first by then.
 * False: there are not both kinds. */
bool conversation_join_zones(
    struct conversation *, const struct zone *, struct arena *);
/* ms from the first to the last; false: the time of the first or of the last
 * utterance is not known, and it may have lasted longer than what is. */
bool conversation_span(const struct conversation *, int64_t *ms);
/* Coarsest resolution of its times: 60000, 1000 or 1 ms; 0: no time. */
int64_t conversation_resolution(const struct conversation *);

#endif
