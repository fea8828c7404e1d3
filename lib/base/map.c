#include "base/map.h"

#include <stdlib.h>

#include "base/mem.h"

static uint64_t
mix(uint64_t h)
{
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	h ^= h >> 32;
	return h;
}

/* Eight bytes a step, multiply and fold; the same on every machine. */
uint64_t
span_hash(struct span s)
{
	uint64_t h = 0x9e3779b97f4a7c15u ^ s.len;
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8) {
		uint64_t w;

		memcpy(&w, s.at + i, 8);
		h = mix(h ^ w) * 0x9fb21c651e98df25u;
	}
	for (; i < s.len; i++)
		h = (h ^ (unsigned char)s.at[i]) * 0x100000001b3u;
	return mix(h);
}

static struct map_slot *
probe(struct map_slot *slots, size_t cap, struct span key, uint64_t hash)
{
	size_t i = (size_t)hash & (cap - 1);

	while (slots[i].value != NULL &&
	    (slots[i].hash != hash || !span_eq(slots[i].key, key)))
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static void
grow(struct map *m)
{
	size_t cap = m->cap == 0 ? 16 : m->cap * 2;
	struct map_slot *slots = mem_alloc(cap * sizeof(*slots));

	for (size_t i = 0; i < m->cap; i++) {
		struct map_slot *s = &m->slots[i];

		if (s->value != NULL)
			*probe(slots, cap, s->key, s->hash) = *s;
	}
	free(m->slots);
	m->slots = slots;
	m->cap = cap;
}

void *
map_get(const struct map *m, struct span key)
{
	if (m->cap == 0)
		return NULL;
	return probe(m->slots, m->cap, key, span_hash(key))->value;
}

void **
map_slot(struct map *m, struct span key)
{
	uint64_t hash = span_hash(key);
	struct map_slot *s;

	if (m->cap == 0 || m->used >= m->cap / 2)
		grow(m);
	s = probe(m->slots, m->cap, key, hash);
	if (s->value == NULL) {
		s->key = key;
		s->hash = hash;
		m->used++;
	}
	return &s->value;
}

void
map_free(struct map *m)
{
	free(m->slots);
	*m = (struct map){0};
}
