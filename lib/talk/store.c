#include "talk/store.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "talk/ended.h"
#include "talk/spill.h"

enum {
	PARTITIONS = 128,
	WALL = 1u << CLOCK_NAIVE | 1u << CLOCK_ZONED,
	RELATIVE = 1u << CLOCK_RELATIVE,
	EXCERPT = 200 /* bytes of a text that is kept to be told of */
};

/* A conversation id with all that was read for it. */
struct draft {
	struct span id; /* in the arena of its first stretch's batch */
	uint64_t scope;
	struct held *at;
	size_t n, cap;
	unsigned clocks; /* 1 << each that it has */
};

/* What is to be told when its turn has come. */
struct remark {
	uint64_t order;
	const char *reason; /* of a rejected record; NULL: a note */
	enum note_id note;
	struct span id;
	struct utterance at;
};

struct store {
	struct store_options options;
	const struct store_hooks *hooks;
	struct map by_id;      /* ids from content */
	struct map by_id_here; /* ids that belong to one input */
	struct draft **drafts;
	size_t n, cap;
	struct draft *recent; /* of the last record; grouped: the open one */
	uint64_t input;
	const char *format;
	struct arena names; /* file_id */
	struct span file_id;
	bool file_id_from_content;
	uint64_t records;
	bool shared; /* some id was from content */

	struct arena remarks_arena;
	struct remark *remarks;
	size_t nremarks, remarks_cap;
	bool zones_noted;

	struct ended ended; /* grouped: what came before */

	struct batch *last; /* that was counted in bytes */
	size_t bytes;
	struct spill *spill; /* NULL: all is in memory */
};

struct store *
store_open(const struct store_options *options, const struct store_hooks *hooks)
{
	struct store *s = mem_alloc(sizeof(*s));

	s->options = *options;
	s->ended.many = options->many;
	s->hooks = hooks;
	return s;
}

static void
held_drop(struct held *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		batch_drop(at[i].batch);
	free(at);
}

/* Forgets all drafts; their stretches are elsewhere or no longer wanted. */
static void
forget(struct store *s)
{
	for (size_t i = 0; i < s->n; i++) {
		held_drop(s->drafts[i]->at, s->drafts[i]->n);
		free(s->drafts[i]);
	}
	s->n = 0;
	s->recent = NULL;
	s->bytes = 0;
	s->last = NULL;
	map_free(&s->by_id);
	map_free(&s->by_id_here);
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	forget(s);
	free(s->drafts);
	free(s->remarks);
	arena_free(&s->remarks_arena);
	arena_free(&s->names);
	ended_free(&s->ended);
	spill_close(s->spill);
	free(s);
}

void
assembled_free(struct assembled *a)
{
	held_drop(a->at, a->n);
	free(a);
}

void
store_input(struct store *s, const char *format, struct span file_id)
{
	s->input++;
	s->format = format;
	s->file_id = arena_dup(&s->names, file_id);
	s->file_id_from_content = false;
}

void
store_identify(struct store *s, struct span id)
{
	s->file_id = arena_dup(&s->names, id);
	s->file_id_from_content = true;
}

struct span
store_id(const struct store *s, struct span named, uint64_t *scope)
{
	bool content = named.len > 0 || s->file_id_from_content;

	*scope = content && !s->options.ids_file ? 0 : s->input;
	return named.len > 0 ? named : s->file_id;
}

static void
remark(struct store *s, const struct remark *r)
{
	struct remark *to;
	struct arena *a = &s->remarks_arena;

	s->remarks = mem_grow(
	    s->remarks, &s->remarks_cap, s->nremarks + 1, sizeof(*s->remarks));
	to = &s->remarks[s->nremarks++];
	*to = *r;
	to->id = arena_dup(a, r->id);
	if (to->at.text.len > EXCERPT)
		to->at.text.len = EXCERPT;
	to->at.text = arena_dup(a, to->at.text);
}

static int
remark_order(const void *x, const void *y)
{
	const struct remark *a = x, *b = y;

	return a->order < b->order ? -1 : a->order > b->order;
}

/* Told at once where conversations come at once, else in the input's order. */
int
store_tell(struct store *s, struct err *err)
{
	const struct store_hooks *h = s->hooks;
	int rc = 0;

	if (s->nremarks > 1)
		qsort(
		    s->remarks, s->nremarks, sizeof(*s->remarks), remark_order);
	for (size_t i = 0; i < s->nremarks && rc == 0; i++) {
		const struct remark *r = &s->remarks[i];

		if (r->reason != NULL)
			rc = h->reject(h->ctx, &r->at, r->reason, err);
		else if (r->note != NOTE_MIXED_ZONES || !s->zones_noted)
			h->note(h->ctx, r->note, &r->at, r->id);
		s->zones_noted |= r->reason == NULL &&
		    r->note == NOTE_MIXED_ZONES;
	}
	s->nremarks = 0;
	arena_reset(&s->remarks_arena);
	return rc;
}

static struct draft *
draft_new(struct store *s, struct span id, uint64_t scope)
{
	struct draft *d = mem_alloc(sizeof(*d));

	d->id = id;
	d->scope = scope;
	s->drafts = mem_grow(s->drafts, &s->cap, s->n + 1, sizeof(*s->drafts));
	s->drafts[s->n++] = d;
	s->bytes += sizeof(*d) + sizeof(d) + 2 * sizeof(struct map_slot);
	s->shared |= scope == 0;
	return d;
}

/* An id of one input with the input's number behind it. */
static struct span
scoped_key(struct batch *b, struct span id, uint64_t scope)
{
	char *at = arena_take(&b->arena, id.len + sizeof(scope));

	memcpy(at, id.at, id.len);
	memcpy(at + id.len, &scope, sizeof(scope));
	return (struct span){at, id.len + sizeof(scope)};
}

/* id lives in the arena of the batch, which the draft is about to hold. */
static struct draft *
find_draft(struct store *s, struct batch *b, struct span id, uint64_t scope)
{
	struct map *map = scope == 0 ? &s->by_id : &s->by_id_here;
	struct draft *d = s->recent;
	struct span key = id;

	if (d != NULL && d->scope == scope && span_eq(d->id, id))
		return d;
	if (scope != 0)
		key = scoped_key(b, id, scope);
	d = map_get(map, key);
	if (d == NULL) {
		d = draft_new(s, id, scope);
		*map_slot(map, key) = d;
	}
	return s->recent = d;
}

static void
hold(struct store *s, struct draft *d, const struct held *h)
{
	enum { FEW = 2 };

	/* Where records stand together one stretch is all, or two. */
	if (d->at == NULL) {
		d->at = mem_alloc(FEW * sizeof(*d->at));
		d->cap = FEW;
	}
	d->at = mem_grow(d->at, &d->cap, d->n + 1, sizeof(*d->at));
	d->at[d->n++] = *h;
	d->clocks |= h->stretch->clocks;
	batch_hold(h->batch);
	s->bytes += sizeof(*d->at);
}

static struct utterance
held_first(const struct held *h)
{
	struct utterance u;

	spoken_utterance(&h->batch->at[h->stretch->first], &u);
	return u;
}

/* Relative and wall clocks in one conversation: wall clocks are one kind. */
static bool
two_kinds(unsigned clocks)
{
	return (clocks & WALL) != 0 && (clocks & RELATIVE) != 0;
}

static void
reject(struct store *s, const struct draft *d, const struct utterance *u,
    uint64_t order)
{
	remark(s,
	    &(struct remark){.order = order,
		.at = *u,
		.reason = d->clocks & RELATIVE ?
		    "wall clock (at) in a conversation that began with "
		    "seconds from its start (start): use one kind" :
		    "seconds from the start (start) in a conversation that "
		    "began with a wall clock (at): use one kind"});
}

/* Record by record: those of the second kind are left out. */
static void
hold_one_kind(struct store *s, struct draft *d, const struct held *h)
{
	const struct stretch *t = h->stretch;
	struct held part = *h;

	part.stretch = NULL;
	for (uint32_t i = t->first; i < t->first + t->n; i++) {
		struct utterance one, *u = &one;
		unsigned clocks;

		spoken_utterance(&h->batch->at[i], u);
		clocks = 1u << u->start.clock | 1u << u->end.clock;
		if (two_kinds(d->clocks | clocks)) {
			reject(s, d, u, t->order + (i - t->first));
			part.stretch = NULL;
			continue;
		}
		if (part.stretch == NULL) {
			part.stretch = arena_alloc(
			    &h->batch->arena, sizeof(*part.stretch));
			*part.stretch = (struct stretch){.id = t->id,
			    .first = i,
			    .order = t->order + (i - t->first)};
			hold(s, d, &part);
		}
		stretch_add(part.stretch, &h->batch->at[i]);
		d->clocks |= clocks;
	}
}

/* The first clock that is known says which kind counts. */
static void
settle_clocks(struct store *s, struct draft *d)
{
	struct held *all = d->at;
	size_t n = d->n;

	if (!two_kinds(d->clocks))
		return;
	d->at = NULL;
	d->n = d->cap = 0;
	d->clocks = 0;
	for (size_t i = 0; i < n; i++) {
		if (two_kinds(d->clocks | all[i].stretch->clocks))
			hold_one_kind(s, d, &all[i]);
		else
			hold(s, d, &all[i]);
	}
	held_drop(all, n);
	/* The first record that has a clock is of the kind that counts. */
	if (d->n == 0)
		abort();
}

/* Clocks with and without an offset cannot be put in order otherwise. */
static const struct zone *
joining_zone(struct store *s, const struct draft *d)
{
	const struct held *first = &d->at[0];

	if (s->options.zone == NULL || (d->clocks & WALL) != WALL)
		return NULL;
	if (!s->options.zone_stated && !s->zones_noted)
		remark(s,
		    &(struct remark){.order = first->stretch->order,
			.note = NOTE_MIXED_ZONES,
			.id = d->id,
			.at = held_first(first)});
	return s->options.zone;
}

/* Pieces from..until of a draft, which gives up holding them. */
static struct assembled *
assemble(struct draft *d, size_t from, size_t until, const struct zone *zone)
{
	struct assembled *a = mem_alloc(sizeof(*a));

	a->id = d->at[from].stretch->id;
	a->order = d->at[from].stretch->order;
	a->of_file = d->scope != 0;
	a->n = until - from;
	a->zone = zone;
	if (from == 0 && until == d->n) {
		a->at = d->at;
		d->at = NULL;
		d->n = 0;
	} else {
		a->at = mem_resize(NULL, a->n * sizeof(*a->at));
		memcpy(a->at, d->at + from, a->n * sizeof(*a->at));
	}
	for (size_t i = 0; i < a->n; i++)
		a->utterances += a->at[i].stretch->n;
	return a;
}

/* What one input holds of a draft: pieces from..until. */
struct part {
	size_t from, until;
	bool timed;
	int64_t begin, finish;
};

static bool
next_part(const struct draft *d, struct part *p)
{
	p->from = p->until;
	p->timed = false;
	if (p->from >= d->n)
		return false;
	while (
	    p->until < d->n && d->at[p->until].input == d->at[p->from].input) {
		const struct stretch *t = d->at[p->until++].stretch;

		if (!t->timed)
			continue;
		if (!p->timed || t->begin < p->begin)
			p->begin = t->begin;
		if (!p->timed || t->finish > p->finish)
			p->finish = t->finish;
		p->timed = true;
	}
	return true;
}

static void
drop_from(struct draft *d, size_t from)
{
	for (size_t i = from; i < d->n; i++)
		batch_drop(d->at[i].batch);
}

static void
note_recurs(struct store *s, const struct held *h, struct span id)
{
	remark(s,
	    &(struct remark){.order = h->stretch->order,
		.note = NOTE_ID_RECURS,
		.id = id,
		.at = held_first(h)});
}

/*
 * An id with a relative clock that recurs in another input and does not
 * begin after the end of what was there is another conversation. Gives the
 * draft's conversations to take; *end is the last one's latest time.
 */
static int
split(struct store *s, struct draft *d, int64_t *end, bool *timed,
    int (*take)(void *, struct assembled *, struct err *), void *ctx,
    struct err *err)
{
	const struct zone *zone = joining_zone(s, d);
	struct part p = {0};
	size_t from = 0, n = d->n;
	int rc = 0;

	*timed = false;
	while (rc == 0 && next_part(d, &p)) {
		if ((d->clocks & RELATIVE) && *timed && p.timed &&
		    p.begin <= *end) {
			note_recurs(s, &d->at[p.from], d->id);
			rc = take(ctx, assemble(d, from, p.from, zone), err);
			from = p.from;
			*timed = false;
		}
		if (p.timed && (!*timed || p.finish > *end))
			*end = p.finish;
		*timed |= p.timed;
	}
	if (rc == 0)
		rc = take(ctx, assemble(d, from, n, zone), err);
	else
		drop_from(d, from);
	/* All pieces were handed on, but the list may still be ours. */
	d->n = 0;
	return rc;
}

/* Conversations on their way out, to be sorted. */
struct making {
	struct assembled **at;
	size_t n, cap;
};

static int
collect(void *ctx, struct assembled *a, struct err *err)
{
	struct making *mk = ctx;

	(void)err;
	mk->at = mem_grow(mk->at, &mk->cap, mk->n + 1, sizeof(*mk->at));
	mk->at[mk->n++] = a;
	return 0;
}

static int
assembled_order(const void *x, const void *y)
{
	const struct assembled *a = *(struct assembled *const *)x;
	const struct assembled *b = *(struct assembled *const *)y;

	return a->order < b->order ? -1 : a->order > b->order;
}

/* All drafts become conversations and go out; tell: with what there is to
 * say of them before. */
static int
make_all(struct store *s, bool tell, struct err *err)
{
	struct making mk = {0};
	int64_t end = 0;
	bool timed;
	size_t i = 0;
	int rc = 0;

	for (size_t k = 0; k < s->n; k++) {
		settle_clocks(s, s->drafts[k]);
		if (s->drafts[k]->n > 0)
			split(s, s->drafts[k], &end, &timed, collect, &mk, err);
	}
	forget(s);
	if (mk.n > 1)
		qsort(mk.at, mk.n, sizeof(struct assembled *), assembled_order);
	if (tell)
		rc = store_tell(s, err);
	for (; i < mk.n && rc == 0; i++)
		rc = s->hooks->made(s->hooks->ctx, mk.at[i], err);
	for (; i < mk.n; i++)
		assembled_free(mk.at[i]);
	free(mk.at);
	return rc;
}

static int
fail_promise(
    struct store *s, const struct held *h, struct span id, struct err *err)
{
	const struct utterance u = held_first(h);

	if (s->hooks->shown != NULL)
		id = s->hooks->shown(s->hooks->ctx, id);
	return fail(err,
	    "%.*s:%llu: conversation \"%.*s\" goes on here, behind another: "
	    "--order grouped promises that its records stand together; "
	    "leave the option out, or sort the records by conversation",
	    SPAN_FMT(u.source), (unsigned long long)u.line, SPAN_FMT(id));
}

/* Does the id recur with an earlier time of its own, in another input? */
static bool
is_another(const struct draft *d, struct ended_info before)
{
	struct part first = {0};

	next_part(d, &first);
	return before.input != (uint32_t)d->at[0].input &&
	    before.end != UINT32_MAX && first.timed && (d->clocks & RELATIVE) &&
	    first.begin <= before.end;
}

/* The open conversation of grouped records is complete. */
static int
close_open(struct store *s, struct err *err)
{
	struct draft *d = s->recent;
	struct ended_info info = {0, UINT32_MAX};
	int64_t end = 0;
	bool timed, before;
	size_t slot;

	if (d == NULL)
		return 0;
	settle_clocks(s, d);
	slot = ended_add(&s->ended, d->id, d->scope, &before);
	if (before) {
		if (!is_another(d, ended_info(&s->ended, slot)))
			return fail_promise(s, &d->at[0], d->id, err);
		note_recurs(s, &d->at[0], d->id);
	}
	info.input = (uint32_t)d->at[d->n - 1].input;
	if (store_tell(s, err) == -1 ||
	    split(s, d, &end, &timed, s->hooks->made, s->hooks->ctx, err) == -1)
		return -1;
	if (timed && (d->clocks & RELATIVE) && end < UINT32_MAX)
		info.end = (uint32_t)end;
	ended_set(&s->ended, slot, info);
	return store_tell(s, err);
}

static int
take_grouped(struct store *s, struct batch *b, struct stretch *t,
    struct span id, uint64_t scope, struct err *err)
{
	struct draft *d = s->recent;

	if (d == NULL || d->scope != scope || !span_eq(d->id, id)) {
		if (close_open(s, err) == -1)
			return -1;
		forget(s);
		d = s->recent = draft_new(s, id, scope);
	}
	hold(s, d, &(struct held){b, t, s->input, s->format});
	return store_tell(s, err);
}

/* What stands before a stretch in the file. */
struct spilled {
	uint64_t input, order, scope;
	uint32_t n;
	size_t id_len;
	const char *format;
};

static int
spill_utterance(
    struct store *s, size_t stream, const struct utterance *u, struct err *err)
{
	if (spill_put(s->spill, stream, u, sizeof(*u), err) == -1 ||
	    spill_put(s->spill, stream, u->text.at, u->text.len, err) == -1 ||
	    spill_put(s->spill, stream, u->speaker.at, u->speaker.len, err) ==
		-1)
		return -1;
	return spill_put(
	    s->spill, stream, u->role_field.at, u->role_field.len, err);
}

static int
spill_held(struct store *s, const struct draft *d, const struct held *h,
    size_t stream, struct err *err)
{
	struct spilled head = {.input = h->input,
	    .order = h->stretch->order,
	    .scope = d->scope,
	    .n = h->stretch->n,
	    .id_len = d->id.len,
	    .format = h->format};

	if (spill_put(s->spill, stream, &head, sizeof(head), err) == -1 ||
	    spill_put(s->spill, stream, d->id.at, d->id.len, err) == -1)
		return -1;
	for (uint32_t i = 0; i < h->stretch->n; i++) {
		struct utterance u;

		spoken_utterance(&h->batch->at[h->stretch->first + i], &u);
		if (spill_utterance(s, stream, &u, err) == -1)
			return -1;
	}
	return 0;
}

/* All that is held goes to the file. */
static int
spill_all(struct store *s, struct err *err)
{
	if (s->spill == NULL && spill_open(&s->spill, PARTITIONS, err) == -1)
		return -1;
	for (size_t i = 0; i < s->n; i++) {
		const struct draft *d = s->drafts[i];
		size_t stream = span_hash(d->id) % PARTITIONS;

		for (size_t k = 0; k < d->n; k++)
			if (spill_held(s, d, &d->at[k], stream, err) == -1)
				return -1;
	}
	forget(s);
	return 0;
}

int
store_take(struct store *s, struct batch *b, struct stretch *t, struct err *err)
{
	uint64_t scope;
	struct span id = store_id(s, t->id, &scope);

	t->order = s->records;
	s->records += t->n;
	/* The id has to live as long as what is held. */
	if (t->id.len == 0)
		t->id = id = arena_dup(&b->arena, id);
	if (s->options.grouped)
		return take_grouped(s, b, t, id, scope, err);
	if (s->last != b)
		s->bytes += batch_size(b);
	s->last = b;
	hold(s, find_draft(s, b, id, scope),
	    &(struct held){b, t, s->input, s->format});
	if (s->options.memory > 0 && s->bytes > s->options.memory)
		return spill_all(s, err);
	return 0;
}

int
store_input_end(struct store *s, struct err *err)
{
	if (s->options.grouped)
		return 0;
	if (s->options.streaming && !s->shared && s->spill == NULL)
		return make_all(s, true, err);
	return 0;
}

int
store_finish(struct store *s, struct err *err)
{
	if (s->options.grouped)
		return close_open(s, err);
	if (s->spill == NULL)
		return make_all(s, true, err);
	if (spill_all(s, err) == -1)
		return -1;
	return spill_finish(s->spill, err);
}

size_t
store_partitions(const struct store *s)
{
	return s->spill == NULL ? 0 : PARTITIONS;
}

static int
load_text(struct store *s, struct spill_reader *r, struct batch *b,
    struct span *text, struct err *err)
{
	char *at;

	if (text->len == 0) {
		text->at = "";
		return 1;
	}
	at = arena_take(&b->arena, text->len);
	if (spill_get(s->spill, r, at, text->len, err) != 1)
		return -1;
	text->at = at;
	return 1;
}

static int
load_utterance(
    struct store *s, struct spill_reader *r, struct batch *b, struct err *err)
{
	struct utterance u;

	if (spill_get(s->spill, r, &u, sizeof(u), err) != 1 ||
	    load_text(s, r, b, &u.text, err) != 1 ||
	    load_text(s, r, b, &u.speaker, err) != 1 ||
	    load_text(s, r, b, &u.role_field, err) != 1)
		return -1;
	batch_add(b, &u);
	return 1;
}

/* The batch that takes what is loaded next: many stretches share one. */
static struct batch *
loading_batch(struct batch **loading)
{
	enum { ENOUGH = 256 << 10 };

	if (*loading != NULL && (*loading)->arena.used > ENOUGH) {
		batch_trim(*loading);
		batch_drop(*loading);
		*loading = NULL;
	}
	if (*loading == NULL)
		*loading = batch_new(NULL, 0);
	return *loading;
}

/* 1: a stretch is in its draft; 0: the stream is at its end. */
static int
load_stretch(struct store *s, struct spill_reader *r, struct batch **loading,
    struct err *err)
{
	struct spilled head;
	struct span id;
	struct stretch *t;
	struct batch *b;
	int rc = spill_get(s->spill, r, &head, sizeof(head), err);

	if (rc != 1)
		return rc;
	b = loading_batch(loading);
	t = arena_alloc(&b->arena, sizeof(*t));
	t->first = (uint32_t)b->n;
	t->order = head.order;
	id = (struct span){"", head.id_len};
	rc = load_text(s, r, b, &id, err);
	t->id = id;
	for (uint32_t i = 0; i < head.n && rc == 1; i++) {
		rc = load_utterance(s, r, b, err);
		stretch_add(t, &b->at[b->n - 1]);
	}
	if (rc == 1)
		hold(s, find_draft(s, b, id, head.scope),
		    &(struct held){b, t, head.input, head.format});
	return rc;
}

int
store_partition(struct store *s, size_t i, struct err *err)
{
	struct spill_reader r = {.stream = i};
	struct batch *loading = NULL;
	int rc;

	while ((rc = load_stretch(s, &r, &loading, err)) == 1)
		;
	batch_drop(loading);
	spill_reader_free(&r);
	return rc == 0 ? make_all(s, false, err) : -1;
}

static void
join_zones(struct conversation *c, const struct zone *zone)
{
	for (size_t i = 0; i < c->n && zone != NULL; i++) {
		c->at[i].start = moment_zoned(c->at[i].start, zone);
		c->at[i].end = moment_zoned(c->at[i].end, zone);
	}
}

void
assembled_open(
    const struct assembled *a, struct arena *arena, struct conversation *out)
{
	const struct held *first = &a->at[0];

	*out = (struct conversation){.id = a->id, .format = first->format};
	out->at = arena_take(arena, (a->utterances + 1) * sizeof(*out->at));
	for (size_t i = 0; i < a->n; i++) {
		const struct held *h = &a->at[i];

		for (uint32_t k = 0; k < h->stretch->n; k++)
			spoken_utterance(&h->batch->at[h->stretch->first + k],
			    &out->at[out->n++]);
	}
	join_zones(out, a->zone);
	conversation_sort(out, arena);
	out->source = out->at[0].source;
}
