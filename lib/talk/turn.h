/* Turns and the passages they are read as (SPEC section 1). */
#ifndef OFUKU_TALK_TURN_H
#define OFUKU_TALK_TURN_H

#include "talk/conversation.h"

struct piece {
	uint32_t at;        /* byte of the passage it begins at */
	uint32_t utterance; /* index in the conversation */
};

struct passage {
	struct span raw;
	struct piece *pieces;
	size_t n;
	bool seamless; /* somewhere joined by nothing */
};

struct turn {
	enum role role; /* agent or customer */
	struct passage passage;
	bool after_idle; /* a silence lies before it */
};

struct turns {
	struct turn *at;
	size_t n;
};

/* Marks the backchannels of a conversation; roles must be resolved. */
void backchannels_mark(
    struct matcher *, const struct pack *, struct conversation *);
/* Allocates from the arena. */
void turns_make(const struct conversation *, int64_t idle_ms,
    int64_t join_gap_ms, struct arena *, struct turns *);
/* The text of utterances first..first+n-1 of one speaker as a passage. */
void passage_make(const struct conversation *, const uint32_t *members,
    size_t n, int64_t join_gap_ms, struct arena *, struct passage *);
/*
 * Does what the recogniser said show a sentence split between the two, b
 * being the later (SPEC section 1, passage)?
 */
bool split_sentence(
    const struct utterance *a, const struct utterance *b, int64_t join_gap_ms);
/* Index in pieces of the utterance that holds a byte of the passage. */
size_t passage_piece(const struct passage *, uint32_t byte);

#endif
