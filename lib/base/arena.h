/*
 * An arena owns memory of one lifetime (a run, a file, a conversation) and
 * frees it at once; handles of other libraries are freed with it in reverse
 * order. Not for what grows or shrinks: that is a buf. {0} is an empty arena.
 * One thread uses an arena at a time.
 */
#ifndef OFUKU_BASE_ARENA_H
#define OFUKU_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

struct arena_block;
struct arena_owned;

struct arena {
	struct arena_block *head; /* the block that is being filled */
	struct arena_owned *owned;
	size_t used; /* bytes handed out since reset */
	size_t room; /* bytes of its blocks */
	bool pooled; /* these are of base/pool.h: one of many that are held */
};

void *arena_alloc(struct arena *, size_t n); /* zeroed, aligned to 16 */
void *arena_take(struct arena *, size_t n);  /* the same, not zeroed */
struct span arena_dup(struct arena *, struct span);
char *arena_cstr(struct arena *, struct span); /* with a NUL behind */
char *arena_printf(struct arena *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* release(handle) is called when the arena is reset or freed. */
void arena_own(struct arena *, void *handle, void (*release)(void *));
/* Empties it and keeps one block, so that the next use asks for nothing. */
void arena_reset(struct arena *);
void arena_free(struct arena *);

#endif
