#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"

enum {
	BLOCK_MIN = 4096,
	BLOCK_MAX = 1 << 20,
	BLOCK_POOLED = 32 << 10,
	FIRST_POOLED = 8 << 10 /* many are of small files */
};

struct arena_block {
	struct arena_block *next;
	size_t size;
	bool pooled;
	alignas(ARENA_ALIGN) char data[];
};

static struct arena_block *
block_pooled(const struct arena *a, size_t need)
{
	const size_t head = sizeof(struct arena_block);
	const size_t whole = a->head == NULL && need <= FIRST_POOLED - head ?
	    FIRST_POOLED :
	    BLOCK_POOLED;
	const size_t size = whole - head;
	struct arena_block *b;

	if (size < need)
		return NULL;
	b = pool_take(whole);
	if (b != NULL)
		*b = (struct arena_block){.size = size, .pooled = true};
	return b;
}

struct arena_owned {
	struct arena_owned *next;
	void *handle;
	void (*release)(void *);
};

/* Blocks double up to BLOCK_MAX: small arenas stay small. */
static struct arena_block *
block_new(struct arena *a, size_t need)
{
	size_t size = a->head == NULL ? BLOCK_MIN : a->head->size * 2;
	struct arena_block *b = a->pooled ? block_pooled(a, need) : NULL;

	if (size > BLOCK_MAX)
		size = BLOCK_MAX;
	if (size < need)
		size = need;
	if (b == NULL) {
		b = mem_resize(NULL, sizeof(*b) + size);
		*b = (struct arena_block){.size = size};
	}
	b->next = a->head;
	a->room += sizeof(*b) + b->size;
	return b;
}

/* All of the block is left. */
static void
begin_block(struct arena *a)
{
	a->at = a->head == NULL ? NULL : a->head->data;
	a->end = a->head == NULL ? NULL : a->head->data + a->head->size;
}

void *
arena_more(struct arena *a, size_t n)
{
	size_t need = (n + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
	char *p;

	if (need < n)
		need = SIZE_MAX / 2;
	a->head = block_new(a, need);
	begin_block(a);
	p = a->at;
	a->at += need;
	a->used += need;
	return p;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	return memset(arena_take(a, n), 0, n);
}

char *
arena_cstr(struct arena *a, struct span s)
{
	char *p = arena_take(a, s.len + 1);

	if (s.len > 0)
		memcpy(p, s.at, s.len);
	p[s.len] = '\0';
	return p;
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	int n;
	char *p;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	p = arena_take(a, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return p;
}

void
arena_own(struct arena *a, void *handle, void (*release)(void *))
{
	struct arena_owned *o = arena_alloc(a, sizeof(*o));

	o->next = a->owned;
	o->handle = handle;
	o->release = release;
	a->owned = o;
}

static void
release_owned(struct arena *a)
{
	for (struct arena_owned *o = a->owned; o != NULL; o = o->next)
		o->release(o->handle);
	a->owned = NULL;
	a->used = 0;
}

static void
free_blocks(struct arena_block *b)
{
	while (b != NULL) {
		struct arena_block *next = b->next;

		if (b->pooled)
			pool_give(b);
		else
			free(b);
		b = next;
	}
}

void
arena_reset(struct arena *a)
{
	release_owned(a);
	if (a->head == NULL)
		return;
	free_blocks(a->head->next);
	a->head->next = NULL;
	begin_block(a);
	a->room = sizeof(*a->head) + a->head->size;
}

void
arena_free(struct arena *a)
{
	release_owned(a);
	free_blocks(a->head);
	a->head = NULL;
	begin_block(a);
	a->room = 0;
}
