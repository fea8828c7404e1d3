#include "talk/store.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"

struct node {
	struct node *next;
	struct utterance utterance;
};

/* What one input holds of a conversation. */
struct part {
	struct part *next;
	struct node *first, **end;
	size_t n;
	uint64_t order; /* of its first record in the run */
	size_t input;
	const char *format;
	bool timed;
	int64_t begin, finish; /* of the known times */
};

/* A conversation id with all that was read for it. */
struct draft {
	struct span id;
	struct part *first, *last;
	enum clock clock; /* of its first known time */
	unsigned clocks;  /* 1 << each that it has */
	size_t n;
};

struct store {
	struct arena arena;
	struct map by_id;      /* ids from content */
	struct map by_id_here; /* ids that belong to this input */
	struct map names;      /* speakers, roles: kept once */
	struct draft **drafts;
	size_t n, cap;
	struct draft *recent; /* of the last record */
	bool ids_file;
	size_t input;
	struct span path;
	const char *format;
	struct span file_id;
	bool file_id_from_content;
	uint64_t records;
	const struct zone *zone; /* NULL: naive clocks stay naive */
	bool zone_stated;
};

struct store *
store_open(bool ids_file)
{
	struct store *s = mem_alloc(sizeof(*s));

	s->ids_file = ids_file;
	return s;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	map_free(&s->by_id);
	map_free(&s->by_id_here);
	map_free(&s->names);
	free(s->drafts);
	arena_free(&s->arena);
	free(s);
}

void
store_zone(struct store *s, const struct zone *zone, bool stated)
{
	s->zone = zone;
	s->zone_stated = stated;
}

void
store_input(
    struct store *s, struct span path, const char *format, struct span file_id)
{
	map_free(&s->by_id_here);
	s->input++;
	s->recent = NULL;
	s->path = path;
	s->format = format;
	s->file_id = file_id;
	s->file_id_from_content = false;
}

void
store_identify(struct store *s, struct span id)
{
	s->file_id = arena_dup(&s->arena, id);
	s->file_id_from_content = true;
	s->recent = NULL;
}

/* The one copy of a name. */
static struct span
keep_name(struct store *s, struct span name)
{
	struct span *kept;

	if (name.len == 0)
		return (struct span){0};
	kept = map_get(&s->names, name);
	if (kept == NULL) {
		kept = arena_alloc(&s->arena, sizeof(*kept));
		*kept = arena_dup(&s->arena, name);
		*map_slot(&s->names, *kept) = kept;
	}
	return *kept;
}

static struct draft *
find_draft(struct store *s, struct span id, bool from_content)
{
	struct map *map = from_content && !s->ids_file ? &s->by_id :
							 &s->by_id_here;
	struct draft *d;

	if (s->recent != NULL && span_eq(s->recent->id, id))
		return s->recent;
	d = map_get(map, id);
	if (d == NULL) {
		d = arena_alloc(&s->arena, sizeof(*d));
		d->id = arena_dup(&s->arena, id);
		*map_slot(map, d->id) = d;
		s->drafts = mem_grow(
		    s->drafts, &s->cap, s->n + 1, sizeof(*s->drafts));
		s->drafts[s->n++] = d;
	}
	s->recent = d;
	return d;
}

static struct part *
part_here(struct store *s, struct draft *d)
{
	struct part *p = d->last;

	if (p != NULL && p->input == s->input)
		return p;
	p = arena_alloc(&s->arena, sizeof(*p));
	p->end = &p->first;
	p->input = s->input;
	p->format = s->format;
	p->order = s->records;
	if (d->last == NULL)
		d->first = p;
	else
		d->last->next = p;
	d->last = p;
	return p;
}

/* Wall clocks are one kind, with a zone or without. */
static bool
other_kind(const struct draft *d, struct moment m)
{
	return d->clock != CLOCK_NONE && moment_known(m) &&
	    (d->clock == CLOCK_RELATIVE) != (m.clock == CLOCK_RELATIVE);
}

static void
part_time(struct part *p, struct moment m)
{
	if (!moment_known(m))
		return;
	if (!p->timed || m.ms < p->begin)
		p->begin = m.ms;
	if (!p->timed || m.ms > p->finish)
		p->finish = m.ms;
	p->timed = true;
}

static void
append(struct store *s, struct part *p, const struct record *r)
{
	struct node *node = arena_alloc(&s->arena, sizeof(*node));
	struct utterance *u = &node->utterance;

	u->text = arena_dup(&s->arena, r->text);
	u->speaker = keep_name(s, r->speaker);
	u->role_field = keep_name(s, r->role);
	u->start = r->start;
	u->end = r->end;
	u->line = r->line;
	u->source = s->path;
	*p->end = node;
	p->end = &node->next;
	p->n++;
	part_time(p, r->start);
	part_time(p, r->end);
}

struct span
store_id(const struct store *s, const struct record *r, uint64_t *scope)
{
	bool named = r->conversation.len > 0;
	bool shared = (named || s->file_id_from_content) && !s->ids_file;

	*scope = shared ? 0 : s->input;
	return named ? r->conversation : s->file_id;
}

const char *
store_add(struct store *s, const struct record *r)
{
	bool named = r->conversation.len > 0;
	struct draft *d = find_draft(s, named ? r->conversation : s->file_id,
	    named || s->file_id_from_content);

	if (other_kind(d, r->start) || other_kind(d, r->end))
		return d->clock == CLOCK_RELATIVE ?
		    "wall clock (at) in a conversation that began with "
		    "seconds from its start (start): use one kind" :
		    "seconds from the start (start) in a conversation that "
		    "began with a wall clock (at): use one kind";
	if (d->clock == CLOCK_NONE)
		d->clock = moment_known(r->start) ? r->start.clock :
						    r->end.clock;
	d->clocks |= 1u << r->start.clock | 1u << r->end.clock;
	append(s, part_here(s, d), r);
	d->n++;
	s->records++;
	return NULL;
}

/* One conversation on its way out. */
struct made {
	uint64_t order;
	struct conversation conversation;
};

struct making {
	struct store *s;
	struct made *at;
	size_t n, cap;
	void (*note)(
	    void *, enum note_id, const struct utterance *, struct span);
	void *ctx;
	bool zones_noted;
};

/* Clocks with and without an offset cannot be put in order otherwise. */
static void
join_zones(struct making *mk, const struct draft *d, struct conversation *c)
{
	const unsigned both = 1u << CLOCK_NAIVE | 1u << CLOCK_ZONED;
	const struct zone *zone = mk->s->zone;

	if (zone == NULL || (d->clocks & both) != both)
		return;
	for (size_t i = 0; i < c->n; i++) {
		c->at[i].start = moment_zoned(c->at[i].start, zone);
		c->at[i].end = moment_zoned(c->at[i].end, zone);
	}
	if (!mk->zones_noted && !mk->s->zone_stated)
		mk->note(mk->ctx, NOTE_MIXED_ZONES, &c->at[0], c->id);
	mk->zones_noted = true;
}

static void
emit(struct making *mk, struct draft *d, struct part *from,
    const struct part *until)
{
	struct conversation c = {.id = d->id, .format = from->format};
	size_t n = 0;

	for (struct part *p = from; p != until; p = p->next)
		n += p->n;
	c.at = arena_alloc(&mk->s->arena, n * sizeof(*c.at));
	for (struct part *p = from; p != until; p = p->next)
		for (struct node *u = p->first; u != NULL; u = u->next)
			c.at[c.n++] = u->utterance;
	join_zones(mk, d, &c);
	conversation_sort(&c, &mk->s->arena);
	c.source = c.at[0].source;
	mk->at = mem_grow(mk->at, &mk->cap, mk->n + 1, sizeof(*mk->at));
	mk->at[mk->n++] = (struct made){from->order, c};
}

/*
 * An id with a relative clock that recurs in another input and does not
 * begin after the end of what was there is another conversation.
 */
static void
split(struct making *mk, struct draft *d)
{
	struct part *from = d->first;
	int64_t end = from->finish;
	bool timed = from->timed;

	for (struct part *p = from->next; p != NULL; p = p->next) {
		bool recurs = d->clock == CLOCK_RELATIVE && timed && p->timed &&
		    p->begin <= end;

		if (recurs) {
			mk->note(mk->ctx, NOTE_ID_RECURS, &p->first->utterance,
			    d->id);
			emit(mk, d, from, p);
			from = p;
			timed = false;
		}
		if (p->timed && (!timed || p->finish > end))
			end = p->finish;
		timed |= p->timed;
	}
	emit(mk, d, from, NULL);
}

static int
by_order(const void *x, const void *y)
{
	const struct made *a = x, *b = y;

	return a->order < b->order ? -1 : a->order > b->order;
}

void
store_finish(struct store *s,
    void (*note)(
	void *, enum note_id, const struct utterance *, struct span id),
    void *ctx, struct conversation **out, size_t *n)
{
	struct making mk = {.s = s, .note = note, .ctx = ctx};

	for (size_t i = 0; i < s->n; i++)
		if (s->drafts[i]->first != NULL)
			split(&mk, s->drafts[i]);
	if (mk.n > 0)
		qsort(mk.at, mk.n, sizeof(*mk.at), by_order);
	*out = arena_alloc(&s->arena, mk.n * sizeof(**out));
	*n = mk.n;
	for (size_t i = 0; i < mk.n; i++)
		(*out)[i] = mk.at[i].conversation;
	free(mk.at);
}
