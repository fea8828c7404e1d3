#include "talk/overlap.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"

static int64_t
utc(const struct overlap *o, struct moment m)
{
	return moment_zoned(m, o->zone).ms;
}

/* When it was said, or what was said before it was. */
struct place {
	bool timed, known;
	int64_t ms;
};

/* What an utterance is known by, where it is read again. */
static struct span
identity(const struct overlap *o, const struct utterance *u, struct place at)
{
	struct buf b = {0};
	struct span s;

	if (at.known)
		buf_printf(&b, "%s%" PRId64, at.timed ? "" : "behind ", at.ms);
	buf_printf(&b, "\n%.*s\n", SPAN_FMT(u->speaker));
	buf_add(&b, u->text);
	s = arena_dup(o->arena, buf_span(&b));
	buf_free(&b);
	return s;
}

/* Goes on to u from the place of what stands before it. */
static struct place
next_place(
    const struct overlap *o, const struct utterance *u, struct place before)
{
	if (moment_known(u->start))
		return (struct place){true, true,
		    moment_wall(u->start) ? utc(o, u->start) : u->start.ms};
	before.timed = false;
	return before;
}

/*
 * What stands before the first of c, which may have no time: of what the other
 * has, the last before the first time of c.
 */
static struct place
place_before(const struct overlap *o, const struct conversation *c,
    const struct conversation *other)
{
	struct place first = {0}, before = {0};

	for (size_t i = 0; i < c->n && !first.known; i++)
		first = next_place(o, &c->at[i], first);
	for (size_t i = 0; i < other->n && first.known; i++) {
		struct place p = next_place(
		    o, &other->at[i], (struct place){0});

		if (p.known && p.ms < first.ms &&
		    (!before.known || p.ms > before.ms))
			before = p;
	}
	return before;
}

/* How often which utterance stands in a piece of a conversation. */
struct tally {
	struct map map;
	size_t *counts; /* in the arena */
	size_t used;
};

static struct tally
tally_open(const struct overlap *o, const struct conversation *c)
{
	return (struct tally){
	    .counts = arena_alloc(o->arena, (c->n + 1) * sizeof(size_t))};
}

static void
tally_put(const struct overlap *o, struct tally *t, const struct utterance *u,
    struct place at)
{
	void **slot = map_slot(&t->map, identity(o, u, at));

	if (*slot == NULL) {
		t->counts[t->used] = 0;
		*slot = &t->counts[t->used++];
	}
	++*(size_t *)*slot;
}

static bool
tally_take(const struct overlap *o, struct tally *t, const struct utterance *u,
    struct place at)
{
	size_t *left = map_get(&t->map, identity(o, u, at));

	if (left == NULL || *left == 0)
		return false;
	--*left;
	return true;
}

static struct span
identity_alone(const struct overlap *o, const struct utterance *u)
{
	return identity(o, u, next_place(o, u, (struct place){0}));
}

static bool
said_at(const struct overlap *o, const struct utterance *u, int64_t ms)
{
	return moment_wall(u->start) && utc(o, u->start) == ms;
}

/* When the first or, sign -1, the last with a clock was said. */
struct edge {
	bool known;
	int64_t ms;
};

static struct edge
edge_of(const struct overlap *o, const struct conversation *c, int sign)
{
	struct edge e = {false, 0};

	for (size_t i = 0; i < c->n; i++) {
		int64_t ms;

		if (!moment_wall(c->at[i].start))
			continue;
		ms = utc(o, c->at[i].start);
		if (!e.known || (sign > 0 ? ms < e.ms : ms > e.ms))
			e = (struct edge){true, ms};
	}
	return e;
}

/* Of that time, is the one's beginning all that the other has of it? */
static bool
begins_with(const struct overlap *o, const struct conversation *then,
    const struct conversation *first, int64_t ms)
{
	size_t at = 0;

	for (size_t i = 0; i < first->n; i++) {
		if (!said_at(o, &first->at[i], ms))
			continue;
		while (at < then->n && !said_at(o, &then->at[at], ms))
			at++;
		if (at == then->n ||
		    !span_eq(identity_alone(o, &first->at[i]),
			identity_alone(o, &then->at[at++])))
			return false;
	}
	return true;
}

/* Does then begin at the very time of the clock at which first ends? */
static bool
meet(const struct overlap *o, const struct conversation *first,
    const struct conversation *then, int64_t *ms)
{
	struct edge end = edge_of(o, first, -1), begin = edge_of(o, then, 1);

	*ms = end.ms;
	return end.known && begin.known && end.ms == begin.ms;
}

/*
 * Does the one piece begin where the other ends, but not with what the other
 * has of that time? They do not overlap, then: they were cut there, and what is
 * said in both was said twice, as a phrase may be within a minute. Of pieces of
 * one minute each begins where the other ends: c is the one that goes on.
 */
static bool
cut(const struct overlap *o, const struct conversation *old,
    const struct conversation *c, int64_t *ms)
{
	if (meet(o, old, c, ms))
		return !begins_with(o, c, old, *ms);
	return meet(o, c, old, ms) && !begins_with(o, old, c, *ms);
}

size_t
overlap_by_clock(const struct overlap *o, const struct conversation *old,
    const struct conversation *c, const struct utterance **out)
{
	struct tally t = tally_open(o, old);
	struct place at = place_before(o, old, c);
	size_t found = 0;
	int64_t ms;
	bool is_cut = cut(o, old, c, &ms);

	for (size_t i = 0; i < old->n; i++) {
		at = next_place(o, &old->at[i], at);
		if (!is_cut || !said_at(o, &old->at[i], ms))
			tally_put(o, &t, &old->at[i], at);
	}
	at = place_before(o, c, old);
	for (size_t i = 0; i < c->n; i++) {
		at = next_place(o, &c->at[i], at);
		/* Most are of conversations that nothing is known of. */
		if (old->n == 0 || !tally_take(o, &t, &c->at[i], at))
			out[found++] = &c->at[i];
	}
	map_free(&t.map);
	return found;
}

struct conversation
overlap_piece(
    const struct overlap *o, const struct conversation *c, struct span source)
{
	struct conversation piece = *c;

	piece.source = source;
	piece.at = arena_alloc(o->arena, (c->n + 1) * sizeof(*piece.at));
	piece.n = 0;
	for (size_t i = 0; i < c->n; i++)
		if (span_eq(c->at[i].source, source))
			piece.at[piece.n++] = c->at[i];
	return piece;
}

/* all and what was found, in order: sorting gives no room for more. */
static struct conversation
with_found(const struct overlap *o, const struct conversation *all,
    const struct utterance *const *found, size_t n)
{
	struct conversation more = *all;

	more.at = arena_alloc(o->arena, (all->n + n + 1) * sizeof(*more.at));
	if (all->n > 0)
		memcpy(more.at, all->at, all->n * sizeof(*more.at));
	for (size_t i = 0; i < n; i++)
		more.at[more.n++] = *found[i];
	conversation_sort(&more, o->arena);
	return more;
}

size_t
overlap_by_clock_of(const struct overlap *o, const struct conversation *old,
    const struct conversation *c, const struct span *sources, size_t nsources,
    const struct utterance **out)
{
	struct conversation all = *old;
	size_t found = 0;

	if (nsources < 2)
		return overlap_by_clock(o, old, c, out);
	for (size_t i = 0; i < nsources; i++) {
		struct conversation piece = overlap_piece(o, c, sources[i]);
		size_t n = overlap_by_clock(o, &all, &piece, out + found);

		all = with_found(o, &all, out + found, n);
		found += n;
	}
	return found;
}

/* Does a begin with b, or end with it? */
static bool
same_from(const struct overlap *o, const struct conversation *a, size_t from,
    const struct conversation *b)
{
	if (from + b->n > a->n)
		return false;
	for (size_t i = 0; i < b->n; i++)
		if (!span_eq(identity_alone(o, &a->at[from + i]),
			identity_alone(o, &b->at[i])))
			return false;
	return true;
}

bool
overlap_by_order(const struct overlap *o, const struct conversation *old,
    const struct conversation *c, const struct utterance **out, size_t *found)
{
	*found = 0;
	if (same_from(o, c, 0, old)) {
		for (size_t i = old->n; i < c->n; i++)
			out[(*found)++] = &c->at[i];
		return true;
	}
	return old->n >= c->n && same_from(o, old, old->n - c->n, c);
}
