#include "talk/ended.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"

/* Slots are in the order of the hashes, nearly: any capacity will do. */
static size_t
slot_of(const struct ended *e, uint64_t hash)
{
	size_t i = (size_t)((hash >> 32) * e->cap >> 32);

	while (e->hashes[i] != 0 && e->hashes[i] != hash)
		i = i + 1 == e->cap ? 0 : i + 1;
	return i;
}

enum { SMALL = 1 << 20 };

static void
grow(struct ended *e)
{
	struct ended old = *e;

	/* What is little is not moved often. */
	if (old.cap < SMALL)
		e->cap = old.cap == 0 ? 1024 : old.cap * 2;
	else
		e->cap = old.cap + old.cap / 4;
	e->hashes = mem_alloc(e->cap * sizeof(*e->hashes));
	if (e->many)
		e->info = mem_alloc(e->cap * sizeof(*e->info));
	for (size_t i = 0; i < old.cap; i++) {
		size_t to;

		if (old.hashes[i] == 0)
			continue;
		to = slot_of(e, old.hashes[i]);
		e->hashes[to] = old.hashes[i];
		if (e->many)
			e->info[to] = old.info[i];
	}
	ended_free(&old);
}

size_t
ended_add(struct ended *e, struct span id, uint64_t scope, bool *before)
{
	uint64_t hash = span_hash(id) ^ scope * 0x9e3779b97f4a7c15u;
	size_t i;

	hash += hash == 0;
	if (e->n >= e->cap - e->cap / 10)
		grow(e);
	i = slot_of(e, hash);
	*before = e->hashes[i] != 0;
	e->n += !*before;
	e->hashes[i] = hash;
	return i;
}

struct ended_info
ended_info(const struct ended *e, size_t slot)
{
	return e->many ? e->info[slot] : (struct ended_info){1, UINT32_MAX};
}

void
ended_set(struct ended *e, size_t slot, struct ended_info info)
{
	if (e->many)
		e->info[slot] = info;
}

void
ended_free(struct ended *e)
{
	free(e->hashes);
	free(e->info);
	e->hashes = NULL;
	e->info = NULL;
}
