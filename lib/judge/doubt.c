/*
 * Doubtful roles (SPEC section 4): a threat by a speaker whose role nobody
 * knows, or agent and customer that look swapped, is never passed silently.
 */
#include "base/buf.h"
#include "judge/case.h"

static const char *const roles_unknown[LANGS] = {
    "a threat by a speaker whose role is not known: "
    "name the roles (--agent, --customer) and audit again",
    "役割の分からない話者の訴えです。"
    "--agent と --customer で役割を指定して、もう一度点検してください。"};
static const char *const roles_swapped[LANGS] = {
    "the customer says the stock phrase "
    "and the agent threatens: agent and customer look swapped",
    "お客様が決まり文句を言い、担当者が訴えています。"
    "担当者とお客様が入れ替わっているようです。"};

/* Hits of the opens_on patterns, whoever they are by, in a text. */
static int
hear_threats(struct case_ *c, struct span raw, struct heard *h, struct err *err)
{
	const struct exchange_rule *r = c->rule;
	struct subject s = {0};
	struct hits hits = {0};
	int rc = 0;

	subject_set(&s, raw);
	s.threats_alone = true;
	for (size_t i = 0; i < r->nopens && rc == 0; i++) {
		size_t before = hits.n;

		rc = pattern_hits(c->matcher,
		    &c->policy->patterns[r->opens_on[i]], &s, &hits, err);
		for (size_t k = before; k < hits.n; k++)
			hits.at[k].alternative = (uint32_t)r->opens_on[i];
	}
	h->marks = arena_alloc(c->arena, hits.n * sizeof(*h->marks));
	h->nmarks = hits.n;
	for (size_t k = 0; k < hits.n; k++)
		h->marks[k] = (struct mark){hits.at[k].alternative,
		    hits.at[k].raw_start, hits.at[k].raw_end};
	subject_free(&s);
	hits_free(&hits);
	return rc;
}

/* Ids of the patterns in marks, first hit first. */
static struct span
mark_ids(const struct case_ *c, const struct heard *h)
{
	struct case_ one = *c;
	struct heard copy = *h;

	one.heard = &copy;
	return ids_of(&one, 0, 0, c->rule->opens_on, c->rule->nopens, false);
}

/* Unknown utterances of one speaker in a row, read as a turn would be. */
static size_t
unknown_run(
    const struct conversation *t, size_t i, uint32_t *members, size_t *n)
{
	const struct utterance *u = &t->at[i];

	*n = 0;
	for (; i < t->n && t->at[i].role == ROLE_UNKNOWN &&
	     span_eq(t->at[i].speaker, u->speaker);
	     i++)
		if (!t->at[i].backchannel)
			members[(*n)++] = (uint32_t)i;
	return i;
}

static void
add_row(const struct case_ *c, struct judgement *j, const char *name,
    const char *const message[LANGS], const struct utterance *u,
    struct span triggers)
{
	struct exchange *x = &j->exchanges[j->n++];
	struct finding *f = arena_alloc(c->arena, sizeof(*f));

	f->name = name;
	f->severity = SEVERITY_ERROR;
	f->outcome = OUTCOME_UNKNOWN;
	f->message = span_of(message[c->lang]);
	f->at = u;
	x->opening = x->last = u;
	x->opened_at = u->start;
	x->triggers = triggers;
	x->verdict = OUTCOME_UNKNOWN;
	x->findings = f;
	x->nfindings = 1;
	x->agent = names_of(c, u + 1, u, ROLE_AGENT);
	x->customer = names_of(c, u + 1, u, ROLE_CUSTOMER);
}

static int
find_unknown(struct case_ *c, struct judgement *j, struct err *err)
{
	const struct conversation *t = c->conversation;
	uint32_t *members = arena_alloc(c->arena, t->n * sizeof(*members));
	size_t i = 0, n;

	while (i < t->n) {
		struct passage p;
		struct heard h = {0};
		uint32_t at;

		if (t->at[i].role != ROLE_UNKNOWN) {
			i++;
			continue;
		}
		i = unknown_run(t, i, members, &n);
		if (n == 0)
			continue;
		passage_make(t, members, n, c->rule->join_gap_ms, c->arena, &p);
		if (passage_quiet(c, &p))
			continue;
		if (hear_threats(c, p.raw, &h, err) == -1)
			return case_limit(c, &p, err);
		if (!heard_pattern(&h, c->rule->opens_on, c->rule->nopens, &at))
			continue;
		add_row(c, j, "roles-unknown", roles_unknown,
		    &t->at[p.pieces[passage_piece(&p, at)].utterance],
		    mark_ids(c, &h));
		return 0;
	}
	return 0;
}

/* Does the phrase count in a customer turn? */
static int
customer_repeats(struct case_ *c, bool *found, struct err *err)
{
	*found = false;
	for (size_t i = 0; i < c->turns.n && !*found; i++) {
		const struct turn *t = &c->turns.at[i];
		struct heard h = {0};

		if (t->role != ROLE_CUSTOMER)
			continue;
		if (hear_phrase(c, t->passage.raw, &h, err) == -1)
			return case_limit(c, &t->passage, err);
		*found = h.counted > 0;
	}
	return 0;
}

/* An agent turn that threatens; SIZE_MAX in *turn where none does. */
static int
agent_threat(struct case_ *c, size_t *turn, struct heard *h, struct err *err)
{
	uint32_t at;

	for (*turn = 0; *turn < c->turns.n; (*turn)++) {
		const struct turn *t = &c->turns.at[*turn];

		if (!c->heard[*turn].may_threaten)
			continue;
		if (hear_threats(c, t->passage.raw, h, err) == -1)
			return case_limit(c, &t->passage, err);
		if (heard_pattern(h, c->rule->opens_on, c->rule->nopens, &at))
			return 0;
	}
	*turn = SIZE_MAX;
	return 0;
}

static int
find_swapped(struct case_ *c, struct judgement *j, struct err *err)
{
	struct heard h = {0};
	size_t turn;
	uint32_t at = 0;
	bool found = false;

	if (c->rule->answered_by == NULL)
		return 0;
	if (agent_threat(c, &turn, &h, err) == -1 ||
	    (turn != SIZE_MAX && customer_repeats(c, &found, err) == -1))
		return -1;
	if (!found)
		return 0;
	heard_pattern(&h, c->rule->opens_on, c->rule->nopens, &at);
	add_row(c, j, "roles-swapped", roles_swapped,
	    turn_utterance(c, turn, at), mark_ids(c, &h));
	return 0;
}

int
doubt_rows(struct case_ *c, struct judgement *j, struct err *err)
{
	if (c->rule->nopens == 0)
		return 0;
	if (find_unknown(c, j, err) == -1)
		return -1;
	return j->real > 0 ? 0 : find_swapped(c, j, err);
}
