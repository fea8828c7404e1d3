/* Checks: bounds on measures, and the verdict they make. */
#include "base/buf.h"
#include "judge/case.h"

static void
add_finding(struct arena *a, struct finding *list, size_t *n,
    const struct check *k, const struct verdict_of *v, struct value value,
    struct span message, const struct utterance *at)
{
	struct finding *f = &list[(*n)++];

	f->check = k;
	f->name = arena_cstr(a, k->id);
	f->severity = k->severity;
	f->outcome = v->outcome;
	f->measured = value;
	f->limit = v->limit;
	f->message = message;
	f->at = at;
}

/* Worst first: fail, unknown, pass. */
static enum outcome
worse(enum outcome a, enum outcome b)
{
	if (a == OUTCOME_FAIL || b == OUTCOME_FAIL)
		return OUTCOME_FAIL;
	return a == OUTCOME_UNKNOWN || b == OUTCOME_UNKNOWN ? OUTCOME_UNKNOWN :
							      OUTCOME_PASS;
}

static enum outcome
verdict_of_findings(const struct finding *f, size_t n)
{
	enum outcome o = OUTCOME_PASS;

	for (size_t i = 0; i < n; i++)
		if (f[i].severity == SEVERITY_ERROR)
			o = worse(o, f[i].outcome);
	return o;
}

/* The utterance that broke the bound, or the one that opened it all. */
static const struct utterance *
at_fault(const struct check *k, const struct verdict_of *v,
    const struct tally *t, const struct utterance *otherwise)
{
	size_t i = 0;

	if (t->n == 0)
		return otherwise;
	if (!measures[k->measure].time && v->outcome == OUTCOME_FAIL &&
	    v->is_max && v->limit >= 0 &&
	    k->measure != MEASURE_FIRST_REPLY_TURN)
		i = (size_t)v->limit;
	return i < t->n ? t->at[i] : t->at[t->n - 1];
}

/* Which measures say nothing where no press was answered. */
static bool
wants_answer(enum measure_id m)
{
	return m == MEASURE_REPETITIONS || m == MEASURE_UNANSWERED;
}

/* Empty by definition where nothing counted: repetitions says it already. */
static bool
wants_reply(enum measure_id m)
{
	return m == MEASURE_FIRST_REPLY || m == MEASURE_FIRST_REPLY_TURN;
}

/* To the first of the hits, else to the end; then that is the tally's. */
static struct value
time_until(const struct exchange *x, struct tally *t, struct tally end)
{
	struct moment at;

	if (t->n == 0) {
		*t = end;
		return x->measures[MEASURE_DURATION];
	}
	at = t->at[0]->start;
	t->n = 1;
	if (!moment_known(at) || !moment_known(x->opening->start))
		return (struct value){0};
	return (struct value){true, at.ms - x->opening->start.ms};
}

static void
exchange_check_one(const struct case_ *c, const struct span_of_life *s,
    struct exchange *x, const struct check *k, const struct tally *tallies)
{
	struct tally t = tallies[k->measure];
	struct value value = x->measures[k->measure];
	struct verdict_of v;
	enum doubt why = DOUBT_NO_TIME;

	if (measure_takes_pattern(k->measure))
		hits_tally(c, s, k->pattern, k->before, &t);
	if (k->measure == MEASURE_HITS)
		value = (struct value){true, (int64_t)t.n};
	if (k->measure == MEASURE_UNTIL)
		value = time_until(x, &t, tallies[MEASURE_DURATION]);
	if (wants_reply(k->measure) && tallies[MEASURE_REPETITIONS].n == 0)
		return;
	v = bound_judge(k, value, c->resolution);
	if (wants_answer(k->measure) && !x->answered) {
		v.outcome = OUTCOME_UNKNOWN;
		why = DOUBT_NO_ANSWER;
	} else if (v.outcome == OUTCOME_UNKNOWN && value.known) {
		why = DOUBT_MINUTES;
	}
	if (v.outcome != OUTCOME_PASS)
		add_finding(c->arena, x->findings, &x->nfindings, k, &v, value,
		    finding_message(c, k, &v, value, why),
		    at_fault(k, &v, &t, x->opening));
}

void
exchange_check(const struct case_ *c, const struct span_of_life *s,
    struct exchange *x, const struct tally tallies[MEASURE_N])
{
	const struct policy *p = c->policy;

	x->findings = arena_alloc(c->arena, p->nchecks * sizeof(*x->findings));
	for (size_t i = 0; i < p->nchecks; i++)
		if (p->checks[i].scope == SCOPE_EXCHANGE)
			exchange_check_one(c, s, x, &p->checks[i], tallies);
	x->verdict = verdict_of_findings(x->findings, x->nfindings);
}

/* Is the hit so near to the first or the last known time? */
struct window {
	const struct check *check;
	struct moment first, last;
};

/* Near: 1, not: 0, its time is not known: -1. */
static int
in_window(const struct window *w, const struct utterance *u)
{
	const struct check *k = w->check;
	struct moment end = utterance_end(u);

	if (k->first_ms >= 0 && moment_known(u->start) &&
	    u->start.ms - w->first.ms > k->first_ms)
		return 0;
	if (k->last_ms >= 0 && moment_known(end) &&
	    w->last.ms - end.ms > k->last_ms)
		return 0;
	if (k->first_ms >= 0 && !moment_known(u->start))
		return -1;
	return k->last_ms >= 0 && !moment_known(end) ? -1 : 1;
}

/* Hits in the whole conversation: how many surely, how many perhaps. */
static void
tally_conversation(const struct case_ *c, const struct check *k,
    struct tally *sure, size_t *perhaps)
{
	struct window w = {k, conversation_first(c->conversation),
	    conversation_last(c->conversation)};
	size_t n = 0;

	for (size_t i = 0; i < c->turns.n; i++)
		n += c->heard[i].nmarks;
	*sure = (struct tally){arena_alloc(c->arena, n * sizeof(*sure->at)), 0};
	*perhaps = 0;
	for (size_t i = 0; i < c->turns.n; i++) {
		const struct heard *h = &c->heard[i];
		uint32_t end = first_mark(h, k->before, 0);

		for (size_t m = 0; m < h->nmarks; m++) {
			const struct utterance *u;
			int near;

			if (h->marks[m].pattern != k->pattern ||
			    h->marks[m].start >= end)
				continue;
			u = turn_utterance(c, i, h->marks[m].start);
			near = in_window(&w, u);
			if (near == 1)
				sure->at[sure->n++] = u;
			*perhaps += near == -1;
		}
		if (end != UINT32_MAX)
			return;
	}
}

static struct verdict_of
judge_hits(const struct case_ *c, const struct check *k, struct tally *t,
    struct value *value)
{
	size_t perhaps;
	struct verdict_of least, most;

	tally_conversation(c, k, t, &perhaps);
	*value = (struct value){true, (int64_t)t->n};
	least = bound_judge(k, *value, 0);
	most = bound_judge(
	    k, (struct value){true, (int64_t)(t->n + perhaps)}, 0);
	if (least.outcome == most.outcome)
		return least;
	value->known = false;
	least.outcome = OUTCOME_UNKNOWN;
	return least;
}

static struct verdict_of
judge_duration(
    const struct case_ *c, const struct check *k, struct value *value)
{
	value->known = conversation_span(c->conversation, &value->n);
	return bound_judge(k, *value, c->resolution);
}

static void
conversation_check_one(
    const struct case_ *c, struct judgement *j, const struct check *k)
{
	struct tally t = {0};
	struct value value;
	enum doubt why = DOUBT_NO_TIME;
	struct verdict_of v = k->measure == MEASURE_HITS ?
	    judge_hits(c, k, &t, &value) :
	    judge_duration(c, k, &value);

	if (v.outcome == OUTCOME_PASS)
		return;
	if (value.known)
		why = DOUBT_MINUTES;
	add_finding(c->arena, j->findings, &j->nfindings, k, &v, value,
	    finding_message(c, k, &v, value, why),
	    at_fault(k, &v, &t, &c->conversation->at[0]));
}

void
conversation_check(const struct case_ *c, struct judgement *j)
{
	const struct policy *p = c->policy;

	j->findings = arena_alloc(c->arena, p->nchecks * sizeof(*j->findings));
	for (size_t i = 0; i < p->nchecks; i++)
		if (p->checks[i].scope == SCOPE_CONVERSATION)
			conversation_check_one(c, j, &p->checks[i]);
	j->verdict = verdict_of_findings(j->findings, j->nfindings);
	for (size_t i = 0; i < j->n; i++)
		j->verdict = worse(j->verdict, j->exchanges[i].verdict);
}
