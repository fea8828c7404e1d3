/*
 * Which conversations have ended, where records are grouped: a hash of the
 * id for each, and with more than one input where it ended. That is all that
 * a run keeps of them, so it is kept small: 8 bytes a conversation of one
 * input, 16 of several, at a load of 0.7 to 0.9.
 */
#ifndef OFUKU_TALK_ENDED_H
#define OFUKU_TALK_ENDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct ended_info {
	uint32_t input; /* it was in last */
	uint32_t end;   /* its latest relative time, ms; MAX: none */
};

struct ended {
	uint64_t *hashes;        /* 0: a free slot */
	struct ended_info *info; /* NULL: of one input */
	size_t n, cap;
	bool many;
};

/* Adds an id, of a scope (0: all inputs). Returns its slot; *before: it was
 * there already. */
size_t ended_add(struct ended *, struct span id, uint64_t scope, bool *before);
/* What is known of a slot; of one input only that. */
struct ended_info ended_info(const struct ended *, size_t slot);
void ended_set(struct ended *, size_t slot, struct ended_info);
void ended_free(struct ended *);

#endif
