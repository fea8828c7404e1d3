/*
 * What a prefilter and its first look are made of: for prefilter.c and
 * firstlook.c, and for rules_embed.c, which prints them.
 */
#ifndef OFUKU_RULE_PREFILTER_TABLES_H
#define OFUKU_RULE_PREFILTER_TABLES_H

#include "rule/firstlook.h"
#include "rule/pairbits.h"
#include "rule/prefilter.h"

/* Two to four units, the last in the lowest bits, one alone, or 0: none. */
struct window {
	uint64_t units;
	uint32_t bar; /* as a literal's; 0 where one has none */
	bool mark;    /* the phrase's head and a mark, and of no literal */
};

struct firstlook {
	/* A bit for each unit that is in the plain view as it is in the raw
	 * text, joined by nothing, and is no window by itself. */
	uint64_t plain[1 << 10];
	uint64_t pairs[PAIR_BITS / 64];   /* the last two of a window */
	uint64_t triples[PAIR_BITS / 64]; /* the last three, or both */
	struct window *windows;           /* a table with open addressing */
	size_t mask;
	uint8_t *alone;                 /* windows of one unit; NULL: none */
	const uint16_t *bars;           /* the prefilter's */
	const struct fold_pair *phrase; /* the prefilter's */
};

/* What a literal sets, where nothing stands behind it that its bar has. */
struct output {
	uint64_t bits;
	uint32_t word;
	uint32_t bar; /* where its texts begin */
};

/*
 * A state of the trie. States are numbered by breadth first, so that those
 * one unit further stand next to each other.
 */
struct state {
	uint16_t unit; /* that leads here */
	uint16_t nchildren;
	uint32_t child;     /* the first one */
	uint32_t out, nout; /* range of outputs */
};

/* The state that two units lead to from the root. */
struct entry {
	uint32_t pair; /* the first one in the high half; 0: none */
	uint32_t state;
};

/* What a match of a pattern holds: one text of each set. */
struct clause {
	uint32_t sets[REQUIRED_SETS]; /* the first look is for the first one */
	uint32_t pattern;
	uint16_t n; /* 0: it is always possible */
	/* A match can hold a line break: each set may be found in an
	 * utterance of its own. */
	bool spans_lines;
	bool by_line; /* a match is one of a line's own (rule/required.h) */
};

/*
 * Nearly no place of a text begins a literal: a bit for each pair of units,
 * hashed, says so, behind it one for the pair and its third unit, and only
 * then the trie is entered. The literals of one unit are looked for by
 * themselves. A literal sets the bit of its set.
 */
struct prefilter {
	uint64_t pairs[PAIR_BITS / 64];
	uint64_t triples[PAIR_BITS / 64]; /* with any third unit: 0 */
	struct entry *entries;            /* a table with open addressing */
	struct entry *alone;              /* the same of literals of one unit */
	uint32_t mask;                    /* of both */
	struct state *states;             /* the first is none */
	struct output *outputs;
	uint8_t *singles; /* a bit for each unit that is a literal */
	bool has_singles; /* one is */
	bool always;      /* a clause requires nothing */
	uint16_t *bars;   /* texts of all bars, one behind another; 0: none */
	struct clause *clauses;
	/* Of each set, where those clauses begin in led that have it first;
	 * and behind the last. */
	uint32_t *leads, *led;
	uint64_t *given; /* a bit for each pattern that is always possible */
	const struct firstlook *first;  /* NULL: of no use */
	const struct fold_pair *phrase; /* NULL: nothing is known of it */
	size_t nstates, noutputs, nbars, nsets, nclauses, npatterns;
	size_t longest;
};

static inline uint32_t
pair_of(uint16_t a, uint16_t b)
{
	return (uint32_t)a << 16 | b;
}

static inline uint32_t
hash_third(uint32_t hashed, uint16_t unit)
{
	return (hashed ^ unit * UINT32_C(0x85ebca6b) >> 16) & (PAIR_BITS - 1);
}

/* Where it stands in the table, or would. */
static inline struct entry *
entry_of(struct entry *entries, uint32_t mask, uint32_t pair)
{
	uint32_t i = pair_hash(pair) & mask;

	while (entries[i].pair != 0 && entries[i].pair != pair)
		i = (i + 1) & mask;
	return &entries[i];
}

#endif
