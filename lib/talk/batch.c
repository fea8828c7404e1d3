#include "talk/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/pool.h"

/* A run of few batches needs no large pages. */
enum { POOLED_FROM = 16 };

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
	free(b->stretches);
	free(b->happenings);
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
static struct met *
meet(struct batch *b, const struct who *u)
{
	const unsigned n = sizeof(b->met) / sizeof(*b->met);
	struct who *w;

	for (unsigned i = 0; i < n; i++)
		if (is_who(b->met[i].who, u))
			return &b->met[i];
	w = arena_alloc(&b->arena, sizeof(*w));
	w->source = u->source;
	if (u->speaker.len > 0)
		w->speaker = arena_dup(&b->arena, u->speaker);
	if (u->role_field.len > 0)
		w->role_field = arena_dup(&b->arena, u->role_field);
	b->last_met = (b->last_met + 1) % n;
	b->met[b->last_met] = (struct met){.who = w};
	return &b->met[b->last_met];
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
	struct spoken *s = add(
	    b, u->text, meet(b, &who)->who, u->line, u->byte);

	set_times(s, &u->start, &u->end);
	s->quiet = (uint8_t)u->quiet;
	s->phraseless = u->phraseless;
}

static void
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

void
stretch_add(struct stretch *s, const struct spoken *u)
{
	s->n++;
	stretch_time(s, moment_of(u->start, u->start_offset, u->start_kind));
	stretch_time(s, moment_of(u->end, u->end_offset, u->end_kind));
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
	b->stretches = mem_grow(b->stretches, &b->stretches_cap,
	    b->nstretches + 1, sizeof(*b->stretches));
	s = &b->stretches[b->nstretches++];
	*s = (struct stretch){.first = (uint32_t)b->n};
	if (id.len > 0)
		s->id = arena_dup(&b->arena, id);
	b->broken = false;
}

/* Who has the record's voice in the stretch that goes on, as far as that is
 * known without a look at names; NULL: it is not. */
static const struct who *
known_voice(const struct batch *b, const struct record *r, struct span source)
{
	const unsigned n = sizeof(b->met) / sizeof(*b->met);

	for (unsigned i = 0; i < n && r->voice != 0 && !b->broken; i++) {
		const struct met *m = &b->met[i];

		if (m->voice == r->voice && m->stretches == b->nstretches &&
		    m->who->source.at == source.at)
			return m->who;
	}
	return NULL;
}

/* The same by its names; the stretch is the one that goes on then. */
static const struct who *
find_voice(struct batch *b, const struct record *r, struct span source)
{
	const struct who who = {r->speaker, r->role, source};
	struct met *m;

	begin_stretch(b, r->conversation);
	m = meet(b, &who);
	m->voice = r->voice;
	m->stretches = b->nstretches;
	return m->who;
}

struct spoken *
batch_record(struct batch *b, const struct record *r, struct span source)
{
	const struct who *who = known_voice(b, r, source);
	struct spoken *u;

	if (who == NULL)
		who = find_voice(b, r, source);
	u = add(b, arena_dup(&b->arena, r->text), who, r->line, r->byte);
	set_times(u, &r->start, &r->end);
	stretch_add(&b->stretches[b->nstretches - 1], u);
	return u;
}

struct happening *
batch_happening(struct batch *b, enum happening_kind kind)
{
	struct happening *h;

	b->happenings = mem_grow(b->happenings, &b->happenings_cap,
	    b->nhappenings + 1, sizeof(*b->happenings));
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
