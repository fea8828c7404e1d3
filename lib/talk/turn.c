#include "talk/turn.h"

#include <assert.h>

void
backchannels_mark(
    struct matcher *m, const struct pack *pack, struct conversation *c)
{
	for (size_t i = 0; i < c->n; i++)
		c->at[i].backchannel = matcher_backchannel(
		    m, pack, c->at[i].text);
}

static bool
takes_turn(const struct utterance *u)
{
	return !u->backchannel &&
	    (u->role == ROLE_AGENT || u->role == ROLE_CUSTOMER);
}

bool
split_sentence(
    const struct utterance *a, const struct utterance *b, int64_t join_gap_ms)
{
	return moment_known(a->end) && moment_known(b->start) &&
	    b->start.ms - a->end.ms <= join_gap_ms &&
	    !raw_ends_sentence(a->text);
}

static size_t
passage_size(const struct conversation *c, const uint32_t *members, size_t n)
{
	size_t size = n;

	for (size_t i = 0; i < n; i++)
		size += c->at[members[i]].text.len;
	return size;
}

void
passage_make(const struct conversation *c, const uint32_t *members, size_t n,
    int64_t join_gap_ms, struct arena *a, struct passage *p)
{
	char *at;
	size_t len = 0;

	p->pieces = arena_alloc(a, n * sizeof(*p->pieces));
	p->n = n;
	p->seamless = false;
	if (n == 1) {
		p->raw = c->at[members[0]].text;
		p->pieces[0] = (struct piece){0, members[0]};
		return;
	}
	at = arena_alloc(a, passage_size(c, members, n));
	for (size_t i = 0; i < n; i++) {
		const struct utterance *u = &c->at[members[i]];

		if (i > 0 &&
		    split_sentence(&c->at[members[i - 1]], u, join_gap_ms))
			p->seamless = true;
		else if (i > 0)
			at[len++] = '\n';
		p->pieces[i] = (struct piece){(uint32_t)len, members[i]};
		memcpy(at + len, u->text.at, u->text.len);
		len += u->text.len;
	}
	p->raw = (struct span){at, len};
}

size_t
passage_piece(const struct passage *p, uint32_t byte)
{
	size_t i = 0;

	assert(p->n > 0);
	while (i + 1 < p->n && p->pieces[i + 1].at <= byte)
		i++;
	return i;
}

/* What turns_make has seen so far. */
struct maker {
	const struct conversation *c;
	struct arena *arena;
	struct turns *turns;
	int64_t join_gap_ms;
	uint32_t *members; /* of the turn being made */
	size_t n;
	enum role role;
	bool after_idle;
};

static void
finish_turn(struct maker *mk)
{
	struct turn *t;

	if (mk->n == 0)
		return;
	t = &mk->turns->at[mk->turns->n++];
	t->role = mk->role;
	t->after_idle = mk->after_idle;
	passage_make(
	    mk->c, mk->members, mk->n, mk->join_gap_ms, mk->arena, &t->passage);
	mk->members += mk->n;
	mk->n = 0;
}

/* A silence longer than idle between the last known time and u? */
static bool
is_idle(const struct utterance *u, bool have_last, int64_t last, int64_t idle)
{
	return have_last && moment_known(u->start) && u->start.ms - last > idle;
}

static size_t
count_taking(const struct conversation *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += takes_turn(&c->at[i]);
	return n;
}

static void
take(struct maker *mk, uint32_t i, bool idle)
{
	const struct utterance *u = &mk->c->at[i];

	if (idle || (mk->n > 0 && mk->role != u->role)) {
		finish_turn(mk);
		mk->after_idle = idle;
	}
	mk->role = u->role;
	mk->members[mk->n++] = i;
}

void
turns_make(const struct conversation *c, int64_t idle_ms, int64_t join_gap_ms,
    struct arena *a, struct turns *out)
{
	size_t n = count_taking(c);
	struct maker mk = {
	    .c = c, .arena = a, .turns = out, .join_gap_ms = join_gap_ms};
	bool have_last = false;
	int64_t last = 0;

	out->at = arena_alloc(a, n * sizeof(*out->at));
	out->n = 0;
	mk.members = arena_alloc(a, n * sizeof(*mk.members));
	for (size_t i = 0; i < c->n; i++) {
		const struct utterance *u = &c->at[i];
		struct moment end = utterance_end(u);

		if (!takes_turn(u))
			continue;
		take(&mk, (uint32_t)i, is_idle(u, have_last, last, idle_ms));
		if (moment_known(end) && (!have_last || end.ms > last)) {
			last = end.ms;
			have_last = true;
		}
	}
	finish_turn(&mk);
}
