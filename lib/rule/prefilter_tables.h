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
};

struct firstlook {
	/* A bit for each unit that is in the plain view as it is in the raw
	 * text, joined by nothing, and is no window by itself. */
	uint64_t plain[1 << 10];
	uint64_t pairs[PAIR_BITS / 64]; /* the last two of a window */
	struct window *windows;         /* a table with open addressing */
	size_t mask;
	uint8_t *alone;       /* windows of one unit; NULL: none */
	const uint16_t *bars; /* the prefilter's */
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

/*
 * Nearly no place of a text begins a literal: a bit for each pair of units,
 * hashed, says so, behind it one for the pair and its third unit, and only
 * then the trie is entered. The few literals of one unit are looked for by
 * themselves.
 */
struct prefilter {
	uint64_t pairs[PAIR_BITS / 64];
	uint64_t triples[PAIR_BITS / 64]; /* with any third unit: 0 */
	struct entry *entries;            /* a table with open addressing */
	uint32_t mask;
	struct state *states; /* the first is none */
	struct output *outputs;
	uint16_t *bars; /* texts of all bars, one behind another; 0: none */
	size_t nstates, noutputs, nbars;
	uint8_t *singles;    /* a bit for each unit that is one; NULL: none */
	struct entry *alone; /* their states, by unit */
	size_t nalone;
	uint64_t *given;
	/* Given at a glance: of what a pattern requires that can match over
	 * lines, each may stand in an utterance of its own, and one set of
	 * texts alone is looked for. */
	uint64_t *glanced; /* NULL where prefilter_quiet is not asked */
	size_t words, longest;
	bool always;                   /* a pattern requires nothing */
	const struct firstlook *first; /* NULL: of no use */
};

#endif
