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
#include <string.h>

#include "base/span.h"

struct arena_block;
struct arena_owned;

struct arena {
	struct arena_block *head; /* the block that is being filled */
	char *at, *end;           /* what is left of it */
	struct arena_owned *owned;
	size_t used; /* bytes handed out since reset */
	size_t room; /* bytes of its blocks */
	bool pooled; /* these are of base/pool.h: one of many that are held */
};

enum { ARENA_ALIGN = 16 };

/* In another block: for arena_take. */
void *arena_more(struct arena *, size_t n);

/* Not zeroed, aligned to 16. */
static inline void *
arena_take(struct arena *a, size_t n)
{
	const size_t need = (n + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	char *p = a->at;

	if (p == NULL || need < n || (size_t)(a->end - p) < need)
		return arena_more(a, n);
	a->at += need;
	a->used += need;
	return p;
}

void *arena_alloc(struct arena *, size_t n); /* the same, zeroed */

static inline struct span
arena_dup(struct arena *a, struct span s)
{
	if (s.len == 0)
		return (struct span){"", 0};
	return (struct span){memcpy(arena_take(a, s.len), s.at, s.len), s.len};
}

char *arena_cstr(struct arena *, struct span); /* with a NUL behind */
char *arena_printf(struct arena *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* release(handle) is called when the arena is reset or freed. */
void arena_own(struct arena *, void *handle, void (*release)(void *));
/* Empties it and keeps one block, so that the next use asks for nothing. */
void arena_reset(struct arena *);
void arena_free(struct arena *);

#endif
