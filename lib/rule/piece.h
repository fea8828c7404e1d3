/*
 * What is known of a piece of a pattern, and what pieces come to behind one
 * another and beside one another: the algebra of rule/required.h.
 */
#ifndef OFUKU_RULE_PIECE_H
#define OFUKU_RULE_PIECE_H

#include "rule/required.h"

/*
 * exact: the piece matches one of the texts of its only set (here a text may
 * be empty) and nothing else. Otherwise each match of it holds one text of
 * each set; none has an empty text, and where there is none nothing is known.
 */
struct piece {
	struct required r;
	bool exact;
	bool nullable; /* may match nothing: what follows it starts, too */
	bool single;   /* may match one unit: what follows it is second */
	uint16_t lead; /* what it does not begin with: a bar of what is before
			* it; 0 where it is exact */
};

/* Matches nothing but where it stands, as an anchor does; no bar. */
void piece_empty(struct piece *);
/* Matches one character, of two units perhaps, and no more is known. */
void piece_any(struct piece *);
/* Matches one character: low is 0, or the second half of a pair. */
void piece_char(struct piece *, uint16_t c, uint16_t low);
/* Matches one of the units that are added; false: there are too many. */
void piece_class(struct piece *);
bool piece_member(struct piece *, uint16_t);
/* once: else it may come again and again. */
void piece_optional(struct piece *, bool once);
/* More than once. */
void piece_repeat_starts(struct piece *);
/* Is something required that does not stand in most texts? */
bool piece_tells(const struct piece *);
/* No longer exact: what is known of it is what can be required. */
void piece_loosen(struct piece *);
/*
 * One of two: exact where both are. Else each set of the one goes with each
 * set of the other: the rarest of all these.
 */
void piece_unite(struct piece *, struct piece *);
/* The same where both are exact, and it is so, but for the starts; false:
 * nothing was done. */
bool piece_unite_exact(struct piece *, const struct piece *);
/* The sets of a piece; the rest of to stays. */
void required_copy(struct required *to, const struct required *from);

/* What the pieces of a sequence come to. */
struct sequence {
	struct required best; /* large: not set to 0 */
	struct piece run;     /* exact texts, up to here */
	bool whole;           /* so from the first on */
	bool nullable, single;
	uint16_t lead; /* set with the first piece that is not exact */
	struct required_starts starts;
	struct bars *bars; /* NULL: no piece has one */
};

void sequence_begin(struct sequence *, struct bars *);
void sequence_add(struct sequence *, const struct piece *);
/* A plain character behind each text of the run. False: there is no room. */
bool sequence_extend(struct sequence *, uint16_t c);
void sequence_end(const struct sequence *, struct piece *);

#endif
