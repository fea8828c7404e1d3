/*
 * A worker's scratch for matching. The parts belong to the files that use
 * them: regex.c the engine, pattern.c the found matches, phrase.c the rest.
 */
#ifndef OFUKU_RULE_MATCHER_H
#define OFUKU_RULE_MATCHER_H

#include "rule/pattern.h"

struct engine; /* PCRE2's match data, contexts, stack */
struct phrase_scratch;

/* The next match of an alternative, as far as it has been looked for. */
struct found {
	size_t start, end;
	bool none; /* no more to come */
	bool known;
};

/* What a pack said of a short text: names and backchannels come back. */
struct known {
	const struct pack *pack; /* NULL: nothing yet */
	char text[44];
	uint16_t len;
	uint16_t answer;
};
/* A name a role: a shop has some dozens of agents. */
enum { ROLES_KNOWN = 128, BACKCHANNELS_KNOWN = 64 };

struct matcher {
	struct viewer *viewer;
	struct cutter *cutter; /* opened when first asked */
	const struct fold *fold;
	struct engine *engine;
	struct found *found; /* a stack: after calls in */
	size_t nfound, found_cap;
	struct phrase_scratch *phrase;
	bool no_prefilter;
	struct known roles[ROLES_KNOWN]; /* by hash */
	struct known backchannels[BACKCHANNELS_KNOWN];
	struct subject subject; /* of a text that is no backchannel known */
};

void engine_open(struct engine **, const struct match_limits *);
void engine_close(struct engine *);
/* Another one than that before: what patterns took is counted anew. NULL is
 * allowed. */
void engine_text_begins(struct engine *);
struct engine *matcher_engine(struct matcher *);
void phrase_scratch_free(struct phrase_scratch *);

/*
 * Bytes start..end of the raw text that units start..end of a view stand for;
 * blanks and marks behind the last of them are left out.
 */
void raw_range(const struct view *, struct span raw, size_t start, size_t end,
    uint32_t *raw_start, uint32_t *raw_end);

#endif
