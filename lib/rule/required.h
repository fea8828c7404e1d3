/*
 * What a pattern cannot match without: sets of texts, of each of which one
 * stands in every match. Found in the pattern's source, conservatively: a
 * construct that is not understood asks for nothing.
 */
#ifndef OFUKU_RULE_REQUIRED_H
#define OFUKU_RULE_REQUIRED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "rule/bar.h"

enum {
	REQUIRED_SETS = 4,
	REQUIRED_TEXTS = 64,
	REQUIRED_UNITS = 8,
	REQUIRED_CLAUSES = 40
};

struct required_text {
	uint16_t at[REQUIRED_UNITS]; /* 0 behind len */
	uint16_t len;
	uint16_t bar; /* of the memo's: what does not stand behind it */
};

/* Is it in the plain view as it is here, wherever it stands? Nothing is not. */
bool required_text_is_plain(const struct required_text *);

struct required_set {
	struct required_text at[REQUIRED_TEXTS];
	size_t n;
	double cost; /* how many to expect at a place, roughly */
};

/* A set of units by a hash, as the plain view has them. */
struct required_units {
	uint64_t bits[4];
	bool any; /* others, too */
};

static inline unsigned
required_unit_hash(uint16_t c)
{
	return (c * UINT32_C(0x9e3779b1)) >> 24;
}

/* Of a set that holds no others. */
static inline bool
required_units_have(const struct required_units *u, uint16_t c)
{
	const unsigned h = required_unit_hash(c);

	return u->bits[h / 64] >> h % 64 & 1;
}

static inline bool
required_units_hold(const struct required_units *u, uint16_t c)
{
	return u->any || required_units_have(u, c);
}

/* What a match can begin with: its first unit, and the one behind it, which
 * need not be the match's where that may have one alone (then any). */
struct required_starts {
	struct required_units first, second;
};

struct required {
	struct required_set sets[REQUIRED_SETS]; /* the rarest first */
	size_t n;
	struct required_starts starts;
	bool spans_lines; /* a match may hold a line break */
	/* Where it matches in one of several lines, it matches in that line
	 * alone, too. */
	bool by_line;
	const struct bars *bars; /* NULL: none has any */
};

/* How often a unit stands in Japanese talk, roughly: of 1. */
double required_share(uint16_t);

/* What groups came to, for those that patterns share: the sources live as long.
 * {0} is empty. */
struct required_memo {
	struct map groups;
	struct bars bars;
	struct required *clauses; /* of the last pattern; NULL: of none */
	struct arena arena;
};
void required_memo_free(struct required_memo *);

/* source: a normalised pattern. False: it can match without any text; its
 * starts and lines are known even so. memo: NULL for one pattern alone, whose
 * bars are not told. */
bool required_find(const uint16_t *source, size_t len, struct required_memo *,
    struct required *);
/*
 * Of a pattern that is an alternation, or has some in a row, the alternatives
 * require more than what all of them do: each is a clause of its own, and a
 * match is of one of them. Returns how many clauses there are, from 1 to
 * REQUIRED_CLAUSES, or 0 where nothing is required; *out is the memo's until
 * the next call, and lacks starts, which are those of the pattern.
 */
size_t required_clauses(const uint16_t *source, size_t len,
    struct required_memo *, const struct required **out,
    struct required_starts *);

#endif
