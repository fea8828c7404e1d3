#include "judge/judge.h"

#include <inttypes.h>

#include "base/buf.h"
#include "judge/case.h"

const char *
closed_by_name(enum closed_by by)
{
	static const char *const names[] = {
	    [CLOSED_CLOSED] = "closed",
	    [CLOSED_CALM] = "calm",
	    [CLOSED_IDLE] = "idle",
	    [CLOSED_END] = "end",
	};

	return names[by];
}

static void
judge_exchange(
    const struct case_ *c, const struct span_of_life *s, struct exchange *x)
{
	struct tally tallies[MEASURE_N];

	exchange_measure(c, s, x, tallies);
	exchange_check(c, s, x, tallies);
	exchange_events(c, s, x);
}

static size_t
count_exchanges(const struct case_ *c)
{
	struct span_of_life s = {0};
	size_t n = 0;

	while (exchange_next(c, s.next, &s))
		n++;
	return n;
}

static void
judge_exchanges(const struct case_ *c, struct judgement *j)
{
	struct span_of_life s = {0};

	/* Two more rows may come: roles unknown, roles swapped. */
	j->exchanges = arena_alloc(
	    c->arena, (count_exchanges(c) + 2) * sizeof(*j->exchanges));
	while (exchange_next(c, s.next, &s)) {
		j->exchanges[j->n].number = (unsigned)j->n + 1;
		judge_exchange(c, &s, &j->exchanges[j->n++]);
	}
	j->real = j->n;
}

/* "id=count" of every pattern that was hit, in the policy's order. */
static struct span
list_hits(const struct case_ *c)
{
	struct buf b = {0};
	struct span s;

	for (size_t p = 0; p < c->policy->npatterns; p++) {
		size_t n = 0;

		for (size_t i = 0; i < c->turns.n; i++)
			for (size_t k = 0; k < c->heard[i].nmarks; k++)
				n += c->heard[i].marks[k].pattern == p;
		if (n > 0)
			buf_printf(&b, "%s%.*s=%zu", b.len > 0 ? ";" : "",
			    SPAN_FMT(c->policy->patterns[p].id), n);
	}
	s = arena_dup(c->arena, buf_span(&b));
	buf_free(&b);
	return s;
}

static void
describe(const struct case_ *c, struct judgement *j)
{
	const struct conversation *t = c->conversation;

	for (size_t i = 0; i < c->turns.n; i++) {
		j->agent_turns += c->turns.at[i].role == ROLE_AGENT;
		j->customer_turns += c->turns.at[i].role == ROLE_CUSTOMER;
	}
	j->agent = names_of(c, &t->at[0], &t->at[t->n - 1], ROLE_AGENT);
	j->customer = names_of(c, &t->at[0], &t->at[t->n - 1], ROLE_CUSTOMER);
	j->hits = list_hits(c);
}

int
judge(struct matcher *m, const struct policy *p, struct conversation *t,
    struct judge_how how, struct arena *a, struct judgement *j, struct err *err)
{
	struct everyone everyone[ROLE_OTHER + 1] = {0};
	struct case_ c = {
	    .matcher = m,
	    .policy = p,
	    .rule = &p->exchange,
	    .conversation = t,
	    .lang = how.lang,
	    .arena = a,
	    .resolution = conversation_resolution(t),
	    .everyone = everyone,
	};

	*j = (struct judgement){.policy = p, .conversation = t};
	turns_make(
	    t, p->exchange.idle_ms, p->exchange.join_gap_ms, a, &c.turns);
	if (hear(&c, how.depth, err) == -1)
		return -1;
	j->turns = c.turns;
	judge_exchanges(&c, j);
	if (doubt_rows(&c, j, err) == -1)
		return -1;
	if (how.depth == JUDGE_EXCHANGES && j->n == 0)
		return 0;
	describe(&c, j);
	conversation_check(&c, j);
	return 0;
}

bool
policy_is_of_exchanges(const struct policy *p)
{
	for (size_t i = 0; i < p->nchecks; i++)
		if (p->checks[i].scope == SCOPE_CONVERSATION &&
		    p->checks[i].severity != SEVERITY_INFO)
			return false;
	return true;
}
