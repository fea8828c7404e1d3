#include "talk/glance.h"

#include "talk/roles.h"
#include "talk/turn.h"

void
glancer_free(struct glancer *g)
{
	view_free(&g->plain);
	prefilter_scratch_free(&g->scratch);
	*g = (struct glancer){0};
}

/* Does a pattern match that the filter has left? Those that are the same in two
 * policies have the same number, and are tried once. */
static bool
may_threaten(struct glancer *g, struct matcher *m, const struct rules *r)
{
	uint32_t next = 0;

	matcher_text_begins(m);
	for (size_t i = 0; i < r->npolicies; i++) {
		const struct policy *p = &r->policies[i];

		for (size_t k = 0; k < p->npatterns; k++) {
			const struct pattern *q = &p->patterns[k];

			if (q->among_threats.by == NULL ||
			    q->among_threats.first < next)
				continue;
			next = q->among_threats.first + (uint32_t)q->nany;
			if (pattern_may_threaten(
				m, q, g->scratch.may, &g->plain))
				return true;
		}
	}
	return false;
}

void
glancer_begin(struct glancer *g)
{
	g->known[0] = g->known[1] = NULL;
}

/* Surely, but for a name that has a role field elsewhere. */
static bool
says_agent(const struct glancer *g, struct matcher *m, const struct pack *pack,
    const struct who *w)
{
	if (w->role_field.len > 0)
		return role_of_field(m, pack, w->role_field) == ROLE_AGENT;
	return w->speaker.len > 0 && !g->by_options &&
	    matcher_role(m, pack, w->speaker) == ROLE_AGENT;
}

static bool
is_agent(struct glancer *g, struct matcher *m, const struct pack *pack,
    const struct who *w)
{
	unsigned i = w == g->known[0] ? 0 : 1;

	if (w == g->known[i])
		return g->agent[i];
	i = g->last = !g->last;
	g->known[i] = w;
	return g->agent[i] = says_agent(g, m, pack, w);
}

struct seen
glance(struct glancer *g, struct matcher *m, const struct rules *r,
    const struct who *who, struct span text)
{
	struct prefilter_seen seen;
	enum quiet is;

	if (matcher_unfiltered(m) ||
	    (prefilter_has_phrase(r->threats) && is_agent(g, m, &r->pack, who)))
		return (struct seen){QUIET_UNSEEN, false};
	is = prefilter_ask(
	    r->threats, matcher_viewer(m), text, &g->plain, &g->scratch, &seen);
	if (seen.asked && is > QUIET_NOT && may_threaten(g, m, r))
		is = QUIET_NOT;
	return (struct seen){is, !seen.phrase};
}

/* By itself and beside others. What is unseen is an agent's. */
static bool
is_still(enum quiet quiet, bool phraseless)
{
	return quiet == QUIET_UNSEEN ||
	    (quiet == QUIET_WITH_OTHERS && phraseless);
}

static bool
is_known(uint8_t kind)
{
	return (kind & 15) != CLOCK_NONE;
}

static bool
is_behind(int64_t start, int64_t end, int64_t gap)
{
	return end == INT64_MIN || start - end > gap;
}

/* Its start comes behind the others, and surely goes on with none of them. */
static bool
stands_apart(const struct hush *h, const struct spoken *u, int64_t gap)
{
	return !is_known(u->start_kind) ||
	    (u->start >= h->start && is_behind(u->start, h->other_end, gap) &&
		(is_behind(u->start, h->end, gap) ||
		    raw_ends_sentence(h->text)));
}

static void
hush_end(struct hush *h, const struct spoken *u)
{
	if (u->end <= h->other_end)
		return;
	h->other_end = u->end < h->end ? u->end : h->end;
	if (u->end < h->end)
		return;
	h->end = u->end;
	h->text = (struct span){u->text, u->text_len};
}

void
stretch_glanced(struct stretch *s, struct hush *h, const struct spoken *u,
    int64_t join_gap_ms)
{
	if (s->n == 1) {
		*h = (struct hush){.start = INT64_MIN,
		    .end = INT64_MIN,
		    .other_end = INT64_MIN};
		s->hushed = true;
	}
	if (u->who->role_field.len > 0)
		h->by_field = true;
	else
		h->by_name |= u->quiet == QUIET_UNSEEN;
	s->hushed &= is_still((enum quiet)u->quiet, u->phraseless) &&
	    !(h->by_field && h->by_name) && stands_apart(h, u, join_gap_ms);
	if (is_known(u->start_kind))
		h->start = u->start;
	if (is_known(u->end_kind))
		hush_end(h, u);
}

void
utterance_glance(struct utterance *u, struct glancer *g, struct matcher *m,
    const struct rules *r)
{
	const struct who who = {u->speaker, u->role_field, u->source};
	struct seen seen;

	glancer_begin(g);
	seen = glance(g, m, r, &who, u->text);
	glancer_begin(g);

	u->quiet = seen.quiet;
	u->phraseless = seen.phraseless;
}

/*
 * May an utterance be joined by nothing to one behind it? Others may stand
 * between the two: which ones make turns is not known yet. The times are asked
 * first, as they are at hand.
 */
static bool
may_join(const struct conversation *c, size_t i, int64_t gap)
{
	const struct utterance *u = &c->at[i];

	for (size_t k = i + 1; k < c->n && moment_known(u->end); k++) {
		if (moment_known(c->at[k].start) &&
		    c->at[k].start.ms - u->end.ms > gap)
			return false;
		if (split_sentence(u, &c->at[k], gap))
			return true;
	}
	return false;
}

bool
conversation_seamless(const struct conversation *c, const struct rules *r)
{
	for (size_t i = 0; i < c->n; i++)
		if (may_join(c, i, r->join_gap_ms))
			return true;
	return false;
}

bool
conversation_quiet(const struct conversation *c)
{
	bool by_field = false, by_name = false;

	for (size_t i = 0; i < c->n; i++) {
		const struct utterance *u = &c->at[i];

		if (!is_still(u->quiet, u->phraseless))
			return false;
		if (u->role_field.len > 0)
			by_field = true;
		else
			by_name |= u->quiet == QUIET_UNSEEN;
	}
	return !(by_field && by_name);
}

/* Of what surely takes a turn: 1 of the role, -1 of the other one; 0: it is
 * nobody's, or a backchannel. */
static int
side(const struct utterance *u, enum role role, struct matcher *m,
    const struct pack *pack)
{
	if ((u->role != ROLE_AGENT && u->role != ROLE_CUSTOMER) ||
	    matcher_backchannel(m, pack, u->text))
		return 0;
	return u->role == role ? 1 : -1;
}

/* Is it a turn by itself, of agent or customer? */
static bool
is_turn(const struct conversation *c, size_t i, struct matcher *m,
    const struct pack *pack)
{
	const enum role role = c->at[i].role;
	int before = 0, behind = 0;

	if (role != ROLE_AGENT && role != ROLE_CUSTOMER)
		return false;
	for (size_t k = i; k-- > 0 && before == 0;)
		before = side(&c->at[k], role, m, pack);
	for (size_t k = i + 1; k < c->n && behind == 0; k++)
		behind = side(&c->at[k], role, m, pack);
	return before != 1 && behind != 1;
}

/* Nobody listens to the others, nor to an agent where no customer may say the
 * phrase. */
static bool
is_heard(const struct utterance *u)
{
	return u->role != ROLE_OTHER && u->quiet != QUIET_UNSEEN;
}

bool
turns_quiet(
    const struct conversation *c, struct matcher *m, const struct pack *pack)
{
	if (customers_may_repeat(c))
		return false;
	for (size_t i = 0; i < c->n; i++) {
		const struct utterance *u = &c->at[i];

		/* What was taken for an agent's by its name is none. */
		if (u->quiet == QUIET_UNSEEN && u->role != ROLE_AGENT &&
		    u->role != ROLE_OTHER)
			return false;
		if (!is_heard(u) || u->quiet == QUIET_WITH_OTHERS)
			continue;
		if (u->quiet == QUIET_NOT || !is_turn(c, i, m, pack))
			return false;
	}
	return true;
}

bool
customers_may_repeat(const struct conversation *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->at[i].role == ROLE_CUSTOMER && !c->at[i].phraseless)
			return true;
	return false;
}
