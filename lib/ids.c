#include "ids.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"

struct known {
	struct span id, name;
	uint64_t scope;
	uint64_t input; /* of the last record with a time */
	bool timed;
	int64_t end; /* the latest, of a relative clock */
};

struct ids {
	struct arena arena;
	struct map by_key; /* scope and id to struct known */
	struct map names;  /* all that were given */
	struct buf key;
	struct known *recent;
};

struct ids *
ids_open(void)
{
	return mem_alloc(sizeof(struct ids));
}

void
ids_close(struct ids *s)
{
	if (s == NULL)
		return;
	map_free(&s->by_key);
	map_free(&s->names);
	buf_free(&s->key);
	arena_free(&s->arena);
	free(s);
}

/* id, or the first of id~2, id~3, … that is free. */
static struct span
new_name(struct ids *s, struct span id, bool *renamed)
{
	struct span name = id;
	unsigned n = 2;

	for (; map_get(&s->names, name) != NULL; n++) {
		buf_reset(&s->key);
		buf_add(&s->key, id);
		buf_printf(&s->key, "~%u", n);
		name = buf_span(&s->key);
	}
	*renamed = n > 2;
	name = arena_dup(&s->arena, name);
	*map_slot(&s->names, name) = s;
	return name;
}

static struct known *
find(struct ids *s, struct span id, uint64_t scope, bool *renamed)
{
	struct known *k = s->recent;

	if (k != NULL && k->scope == scope && span_eq(k->id, id))
		return k;
	buf_reset(&s->key);
	buf_add(&s->key, (struct span){(const char *)&scope, sizeof(scope)});
	buf_add(&s->key, id);
	k = map_get(&s->by_key, buf_span(&s->key));
	if (k == NULL) {
		struct span key = arena_dup(&s->arena, buf_span(&s->key));

		k = arena_alloc(&s->arena, sizeof(*k));
		*map_slot(&s->by_key, key) = k;
		k->id = arena_dup(&s->arena, id);
		k->scope = scope;
		k->name = new_name(s, k->id, renamed);
	}
	s->recent = k;
	return k;
}

/* An earlier relative time in another input begins a new conversation. */
static void
keep_time(struct ids *s, struct known *k, uint64_t input,
    const struct record *r, bool *renamed)
{
	int64_t end = moment_known(r->end) ? r->end.ms : r->start.ms;

	if (k->timed && k->input != input && r->start.ms <= k->end) {
		k->name = new_name(s, k->id, renamed);
		k->timed = false;
	}
	if (!k->timed || end > k->end)
		k->end = end;
	k->timed = true;
	k->input = input;
}

struct span
ids_name(struct ids *s, struct span id, uint64_t scope, uint64_t input,
    const struct record *r, bool *renamed)
{
	struct known *k;

	*renamed = false;
	k = find(s, id, scope, renamed);
	if (r->start.clock == CLOCK_RELATIVE)
		keep_time(s, k, input, r, renamed);
	return k->name;
}
