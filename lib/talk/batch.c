#include "talk/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pool.h"

enum {
	POOLED_FROM = 16, /* a run of few batches needs no large pages */
	FEW = 4           /* stretches, happenings: in the arena */
};

/* Room for one more behind n; where there were few, they move out. */
static void *
more(struct batch *b, void *at, size_t *cap, size_t n, size_t size)
{
	void *moved = NULL;

	if (n < *cap)
		return at;
	if (*cap == 0) {
		*cap = FEW;
		return arena_take(&b->arena, FEW * size);
	}
	if (*cap > FEW)
		return mem_grow(at, cap, n + 1, size);
	*cap = 0;
	moved = mem_grow(moved, cap, 2 * FEW, size);
	return memcpy(moved, at, n * size);
}

static void
free_more(void *at, size_t cap)
{
	if (cap > FEW)
		free(at);
}

static bool
is_one_of_many(void)
{
	static atomic_uint made;

	if (atomic_load_explicit(&made, memory_order_relaxed) >= POOLED_FROM)
		return true;
	atomic_fetch_add_explicit(&made, 1, memory_order_relaxed);
	return false;
}

static void
make_room(struct batch *b, size_t room)
{
	b->at = b->arena.pooled ? pool_take(room * sizeof(*b->at)) : NULL;
	b->pooled = b->at != NULL;
	if (b->pooled)
		b->cap = room;
	else
		b->at = mem_grow(NULL, &b->cap, room, sizeof(*b->at));
}

struct batch *
batch_new(void *input, size_t room)
{
	struct batch *b = mem_alloc(sizeof(*b));

	b->input = input;
	b->broken = true;
	b->arena.pooled = is_one_of_many();
	if (room > 0)
		make_room(b, room);
	atomic_init(&b->holders, 1);
	return b;
}

void
batch_hold(struct batch *b)
{
	atomic_fetch_add(&b->holders, 1);
}

static void
free_utterances(struct batch *b)
{
	if (b->pooled)
		pool_give(b->at);
	else
		free(b->at);
	b->at = NULL;
	b->pooled = false;
}

/* Pooled room cannot grow: what is in it moves. */
static void
grow(struct batch *b)
{
	struct spoken *at = NULL;
	size_t cap = 0;

	if (!b->pooled) {
		b->at = mem_grow(b->at, &b->cap, b->n + 1, sizeof(*b->at));
		return;
	}
	at = mem_grow(at, &cap, b->cap * 2, sizeof(*at));
	memcpy(at, b->at, b->n * sizeof(*at));
	free_utterances(b);
	b->at = at;
	b->cap = cap;
}

static struct moment
moment_of(int64_t ms, int16_t offset, uint8_t kind)
{
	return (struct moment){.ms = ms,
	    .offset = offset,
	    .clock = kind & 15,
	    .precision = kind >> 4};
}

static uint8_t
kind_of(struct moment m)
{
	return (uint8_t)(m.clock | m.precision << 4);
}

void
spoken_utterance(const struct spoken *s, struct utterance *out)
{
	const struct who *w = s->who;

	out->text = (struct span){s->text, s->text_len};
	out->speaker = w->speaker;
	out->role_field = w->role_field;
	out->source = w->source;
	out->start = moment_of(s->start, s->start_offset, s->start_kind);
	out->end = moment_of(s->end, s->end_offset, s->end_kind);
	out->line = s->line;
	out->byte = s->byte;
	out->role = ROLE_UNKNOWN;
	out->backchannel = false;
	out->quiet = (enum quiet)s->quiet;
	out->phraseless = s->phraseless;
}

void
batch_drop(struct batch *b)
{
	if (b == NULL || atomic_fetch_sub(&b->holders, 1) > 1)
		return;
	arena_free(&b->arena);
	free_utterances(b);
	free_more(b->stretches, b->stretches_cap);
	free_more(b->happenings, b->happenings_cap);
	free(b);
}

static bool
is_who(const struct who *w, const struct who *u)
{
	return w != NULL && span_eq(w->speaker, u->speaker) &&
	    span_eq(w->role_field, u->role_field) &&
	    w->source.at == u->source.at && w->source.len == u->source.len;
}

/* A conversation has few speakers: one copy of each will do. */
static const struct who *
meet(struct batch *b, const struct who *u)
{
	struct who *w;

	for (unsigned i = 0; i < MET_LATELY; i++)
		if (is_who(b->met[i], u))
			return b->met[i];
	w = arena_alloc(&b->arena, sizeof(*w));
	w->source = u->source;
	if (u->speaker.len > 0)
		w->speaker = arena_dup(&b->arena, u->speaker);
	if (u->role_field.len > 0)
		w->role_field = arena_dup(&b->arena, u->role_field);
	b->last_met = (b->last_met + 1) % MET_LATELY;
	b->met[b->last_met] = w;
	return w;
}

/* Another one, at which nobody has glanced. */
static struct spoken *
add(struct batch *b, struct span text, const struct who *who, uint64_t line,
    uint64_t byte)
{
	struct spoken *s;

	if (b->n == b->cap)
		grow(b);
	s = &b->at[b->n++];
	s->text = text.at;
	s->text_len = text.len;
	s->who = who;
	s->line = line;
	s->byte = byte;
	s->quiet = QUIET_UNSEEN;
	s->phraseless = false;
	return s;
}

static void
set_times(
    struct spoken *s, const struct moment *start, const struct moment *end)
{
	s->start = start->ms;
	s->start_offset = start->offset;
	s->start_kind = kind_of(*start);
	s->end = end->ms;
	s->end_offset = end->offset;
	s->end_kind = kind_of(*end);
}

void
batch_add(struct batch *b, const struct utterance *u)
{
	const struct who who = {u->speaker, u->role_field, u->source};
	struct spoken *s = add(b, u->text, meet(b, &who), u->line, u->byte);

	set_times(s, &u->start, &u->end);
	s->quiet = (uint8_t)u->quiet;
	s->phraseless = u->phraseless;
}

static inline void
stretch_time(struct stretch *s, struct moment m)
{
	s->clocks |= 1u << m.clock;
	if (!moment_known(m))
		return;
	if (!s->timed || m.ms < s->begin)
		s->begin = m.ms;
	if (!s->timed || m.ms > s->finish)
		s->finish = m.ms;
	s->timed = true;
}

static inline void
add_times(struct stretch *s, struct moment start, struct moment end)
{
	s->n++;
	stretch_time(s, start);
	stretch_time(s, end);
}

void
stretch_add(struct stretch *s, const struct spoken *u)
{
	add_times(s, moment_of(u->start, u->start_offset, u->start_kind),
	    moment_of(u->end, u->end_offset, u->end_kind));
}

/* The last stretch is one that a record of the conversation goes on or begins
 * then. */
static void
begin_stretch(struct batch *b, struct span id)
{
	struct stretch *s;

	if (!b->broken && b->nstretches > 0 &&
	    span_eq(b->stretches[b->nstretches - 1].id, id))
		return;
	b->stretches = more(b, b->stretches, &b->stretches_cap, b->nstretches,
	    sizeof(*b->stretches));
	s = &b->stretches[b->nstretches++];
	*s = (struct stretch){.first = (uint32_t)b->n};
	if (id.len > 0)
		s->id = arena_dup(&b->arena, id);
	b->broken = false;
}

/* Where it stands which the record's voice is. */
static inline struct voiced *
voiced_at(struct batch *b, const struct record *r)
{
	return &b->voiced[r->voice % MET_LATELY];
}

/* The record's speaker by its names; the stretch is the one that goes on then.
 * In another one voices are others. */
static const struct who *
meet_record(struct batch *b, const struct record *r, struct span source)
{
	const struct who who = {r->speaker, r->role, source};
	const size_t before = b->nstretches;

	begin_stretch(b, r->conversation);
	if (b->nstretches > before)
		memset(b->voiced, 0, sizeof(b->voiced));
	*voiced_at(b, r) = (struct voiced){meet(b, &who), r->voice};
	return voiced_at(b, r)->who;
}

struct spoken *
batch_record(struct batch *b, const struct record *r, struct span source)
{
	const struct voiced h = *voiced_at(b, r);
	const struct who *who = h.who;
	struct spoken *u;

	if (who == NULL || r->voice == 0 || h.voice != r->voice || b->broken ||
	    who->source.at != source.at)
		who = meet_record(b, r, source);
	u = add(b, arena_dup(&b->arena, r->text), who, r->line, r->byte);
	set_times(u, &r->start, &r->end);
	add_times(&b->stretches[b->nstretches - 1], r->start, r->end);
	return u;
}

struct happening *
batch_happening(struct batch *b, enum happening_kind kind)
{
	struct happening *h;

	b->happenings = more(b, b->happenings, &b->happenings_cap,
	    b->nhappenings, sizeof(*b->happenings));
	h = &b->happenings[b->nhappenings++];
	*h = (struct happening){.kind = kind, .stretch = b->nstretches};
	b->broken = true;
	return h;
}

size_t
batch_size(const struct batch *b)
{
	return b->arena.room + b->cap * sizeof(*b->at) +
	    b->stretches_cap * sizeof(*b->stretches) +
	    b->happenings_cap * sizeof(*b->happenings);
}

void
batch_trim(struct batch *b)
{
	if (b->n < b->cap && !b->pooled) {
		b->at = mem_resize(b->at, (b->n + 1) * sizeof(*b->at));
		b->cap = b->n + 1;
	}
}
