/*
 * A hash map from text to a pointer. Keys are not copied: they live as long
 * as the map (an arena holds them). Open addressing, 64-bit hash kept with
 * each key. Not for iteration: keep what you put in an array of your own, so
 * that order never depends on a hash. {0} is an empty map.
 */
#ifndef OFUKU_BASE_MAP_H
#define OFUKU_BASE_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct map_slot {
	struct span key;
	uint64_t hash;
	void *value; /* NULL: a free slot */
};

struct map {
	struct map_slot *slots;
	size_t used;
	size_t cap; /* 0 or a power of two */
};

uint64_t span_hash(struct span);
/* NULL where the key is not there. */
void *map_get(const struct map *, struct span key);
/*
 * Where the value of key is or goes: *slot is NULL for a new key, which the
 * caller must set before the next call. The pointer holds until then.
 */
void **map_slot(struct map *, struct span key);
void map_free(struct map *);

#endif
