#include "judge/case.h"
#include "talk/glance.h"

static size_t
index_of(const size_t *ids, size_t n, size_t id)
{
	size_t i = 0;

	while (i < n && ids[i] != id)
		i++;
	return i;
}

/* Is one of the patterns hit, and where for the first time? */
bool
heard_pattern(
    const struct heard *h, const size_t *ids, size_t n, uint32_t *first_at)
{
	bool found = false;

	for (size_t i = 0; i < h->nmarks; i++) {
		const struct mark *m = &h->marks[i];

		if (index_of(ids, n, m->pattern) == n)
			continue;
		if (!found || m->start < *first_at)
			*first_at = m->start;
		found = true;
	}
	return found;
}

/* Puts the place in front of a matcher's error. */
int
case_limit(const struct case_ *c, const struct passage *p, struct err *err)
{
	const struct utterance *u =
	    &c->conversation->at[p->pieces[0].utterance];
	struct err inner = *err;

	return fail(err, "%.*s:%llu: %s", SPAN_FMT(u->source),
	    (unsigned long long)u->line, inner.text);
}

int
hear_phrase(struct case_ *c, struct span raw, struct heard *h, struct err *err)
{
	struct subject s = {0};
	struct phrase_result r = {0};
	int rc;

	subject_set(&s, raw);
	rc = phrase_match(c->matcher, c->rule->answered_by, &s, &r, err);
	if (rc == 0) {
		h->counted = (unsigned)r.n;
		h->best = r.best;
		h->first_at = r.n > 0 ? r.at[0].raw_start : 0;
		h->near_miss = r.n == 0 &&
		    similarity_least(r.best, NEAR_MISS_PERCENT);
	}
	phrase_result_free(&r);
	subject_free(&s);
	return rc;
}

bool
passage_quiet(const struct case_ *c, const struct passage *p)
{
	const enum quiet enough = p->n == 1 ? QUIET_ALONE : QUIET_WITH_OTHERS;

	for (size_t i = 0; i < p->n; i++)
		if (c->conversation->at[p->pieces[i].utterance].quiet < enough)
			return false;
	return !p->seamless;
}

static int
hear_patterns(struct case_ *c, const struct turn *t, struct hits *hits,
    struct subject *s, struct heard *h, struct err *err)
{
	const struct policy *p = c->policy;
	size_t before = 0;

	hits->n = 0;
	for (size_t i = 0; i < p->npatterns; i++) {
		if (p->patterns[i].by != t->role)
			continue;
		before = hits->n;
		if (pattern_hits(c->matcher, &p->patterns[i], s, hits, err) ==
		    -1)
			return -1;
		for (size_t k = before; k < hits->n; k++)
			hits->at[k].alternative = (uint32_t)i;
	}
	h->marks = arena_alloc(c->arena, hits->n * sizeof(*h->marks));
	h->nmarks = hits->n;
	for (size_t k = 0; k < hits->n; k++)
		h->marks[k] = (struct mark){hits->at[k].alternative,
		    hits->at[k].raw_start, hits->at[k].raw_end};
	return 0;
}

static void
classify(const struct exchange_rule *r, const struct turn *t, struct heard *h)
{
	uint32_t at;

	if (t->role == ROLE_CUSTOMER) {
		h->press = heard_pattern(h, r->opens_on, r->nopens, &at);
		h->goes_on = heard_pattern(
		    h, r->continues_on, r->ncontinues, &at);
	}
	h->closes = heard_pattern(h, r->closes_on, r->ncloses, &at);
}

static bool
may_threaten(struct case_ *c, struct subject *s)
{
	const struct exchange_rule *r = c->rule;

	for (size_t i = 0; i < r->nopens; i++)
		if (pattern_may_hit(
			c->matcher, &c->policy->patterns[r->opens_on[i]], s))
			return true;
	return false;
}

static int
hear_turn(struct case_ *c, size_t i, struct hits *hits, struct subject *s,
    struct err *err)
{
	const struct turn *t = &c->turns.at[i];
	struct heard *h = &c->heard[i];

	subject_set(s, t->passage.raw);
	if (hear_patterns(c, t, hits, s, h, err) == -1)
		return case_limit(c, &t->passage, err);
	classify(c->rule, t, h);
	h->may_threaten = t->role == ROLE_AGENT && may_threaten(c, s);
	return 0;
}

/* The phrase tells nothing where nobody presses. */
static int
hear_answers(struct case_ *c, struct err *err)
{
	const struct phrase *phrase = c->rule->answered_by;
	bool pressed = false;

	for (size_t i = 0; i < c->turns.n; i++)
		pressed |= c->heard[i].press;
	if (!pressed || phrase == NULL)
		return 0;
	for (size_t i = 0; i < c->turns.n; i++) {
		const struct turn *t = &c->turns.at[i];

		if (t->role == phrase->by &&
		    hear_phrase(c, t->passage.raw, &c->heard[i], err) == -1)
			return case_limit(c, &t->passage, err);
	}
	return 0;
}

/* Hits of the patterns that open an exchange. */
static int
count_threats(
    struct case_ *c, struct subject *s, struct hits *hits, struct err *err)
{
	const struct exchange_rule *r = c->rule;

	hits->n = 0;
	for (size_t i = 0; i < r->nopens && hits->n == 0; i++)
		if (pattern_hits(c->matcher,
			&c->policy->patterns[r->opens_on[i]], s, hits,
			err) == -1)
			return -1;
	return hits->n > 0;
}

static bool
opens_by(const struct case_ *c, enum role role)
{
	for (size_t i = 0; i < c->rule->nopens; i++)
		if (c->policy->patterns[c->rule->opens_on[i]].by == role)
			return true;
	return false;
}

/* Does a turn hold a threat, whoever says it? 1, 0 or -1. */
static int
turn_threatens(struct case_ *c, const struct turn *t, struct hits *hits,
    struct subject *s, struct err *err)
{
	int rc;

	if (passage_quiet(c, &t->passage))
		return 0;
	subject_set(s, t->passage.raw);
	s->threats_alone = true;
	rc = count_threats(c, s, hits, err);
	return rc == -1 ? case_limit(c, &t->passage, err) : rc;
}

/* Agent's turns that hold one are marked: the roles may be swapped. */
static int
mark_agents(
    struct case_ *c, struct hits *hits, struct subject *s, struct err *err)
{
	for (size_t i = 0; i < c->turns.n; i++) {
		const struct turn *t = &c->turns.at[i];
		int rc = t->role == ROLE_AGENT ?
		    turn_threatens(c, t, hits, s, err) :
		    0;

		if (rc == -1)
			return -1;
		c->heard[i].may_threaten = rc == 1;
	}
	return 0;
}

/*
 * The first look, at threats alone. 1: a customer turn may press; 0: none
 * does, and the agent's turns that hold threats are marked, if a customer may
 * say the phrase: else that makes no difference; -1.
 */
static int
hear_threatening(
    struct case_ *c, struct hits *hits, struct subject *s, struct err *err)
{
	bool customers = opens_by(c, ROLE_CUSTOMER);
	int rc = 0;

	for (size_t i = 0; customers && i < c->turns.n && rc == 0; i++)
		if (c->turns.at[i].role != ROLE_AGENT)
			rc = turn_threatens(c, &c->turns.at[i], hits, s, err);
	if (rc != 0 || c->rule->answered_by == NULL ||
	    !customers_may_repeat(c->conversation))
		return rc;
	return mark_agents(c, hits, s, err);
}

static int
hear_all(struct case_ *c, struct hits *hits, struct subject *s, struct err *err)
{
	for (size_t i = 0; i < c->turns.n; i++)
		if (hear_turn(c, i, hits, s, err) == -1)
			return -1;
	return hear_answers(c, err);
}

int
hear(struct case_ *c, enum judge_depth depth, struct err *err)
{
	struct hits hits = {0};
	struct subject s = {0};
	int rc = 1;

	c->heard = arena_alloc(c->arena, c->turns.n * sizeof(*c->heard));
	if (depth == JUDGE_EXCHANGES)
		rc = hear_threatening(c, &hits, &s, err);
	if (rc == 1)
		rc = hear_all(c, &hits, &s, err);
	subject_free(&s);
	hits_free(&hits);
	return rc;
}
