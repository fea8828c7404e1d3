/*
 * One row a policy and agent, over all conversations. An exchange with two
 * agents counts for each. Doubtful rows count for nobody: who the agent was
 * is what is doubtful in them.
 */
#include "report/row.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/joined.h"
#include "base/map.h"
#include "base/mem.h"

static const char *const columns[] = {"policy", "rules", "engine", "agent",
    "conversations", "exchanges", "pass", "fail", "unknown", "round_trips_max",
    "repetitions_max", "duration_max_s", "findings"};

struct agent {
	const struct policy *policy;
	struct span name;
	uint64_t conversations, exchanges;
	uint64_t verdicts[OUTCOME_UNKNOWN + 1];
	struct value round_trips, repetitions, duration; /* largest */
	uint64_t findings;
};

struct state {
	struct arena arena; /* keys and agents */
	struct map map;     /* "policy\0name" to agent */
	struct agent **at;
	size_t n, cap;
	struct buf key;
};

static void *
begin(void)
{
	return mem_alloc(sizeof(struct state));
}

static void
drop(void *ctx)
{
	struct state *s = ctx;

	arena_free(&s->arena);
	map_free(&s->map);
	free(s->at);
	buf_free(&s->key);
	free(s);
}

static struct agent *
agent_new(struct state *s, const struct policy *policy, struct span key)
{
	struct agent *a = arena_alloc(&s->arena, sizeof(*a));
	size_t skip = policy->id.len + 1;

	a->policy = policy;
	a->name = (struct span){key.at + skip, key.len - skip};
	s->at = mem_grow(s->at, &s->cap, s->n + 1, sizeof(struct agent *));
	s->at[s->n++] = a;
	return a;
}

static struct agent *
agent_of(struct state *s, const struct policy *policy, struct span name)
{
	struct agent *a;
	struct span key;

	buf_reset(&s->key);
	buf_add(&s->key, policy->id);
	buf_addc(&s->key, '\0');
	buf_add(&s->key, name);
	a = map_get(&s->map, buf_span(&s->key));
	if (a != NULL)
		return a;
	key = arena_dup(&s->arena, buf_span(&s->key));
	a = agent_new(s, policy, key);
	*map_slot(&s->map, key) = a;
	return a;
}

static void
largest(struct value *max, struct value v)
{
	if (v.known && (!max->known || v.n > max->n))
		*max = v;
}

static void
add_exchange(struct agent *a, const struct exchange *x)
{
	a->exchanges++;
	a->verdicts[x->verdict]++;
	largest(&a->round_trips, x->measures[MEASURE_ROUND_TRIPS]);
	largest(&a->repetitions, x->measures[MEASURE_REPETITIONS]);
	largest(&a->duration, x->measures[MEASURE_DURATION]);
	a->findings += row_failed(x->findings, x->nfindings);
}

static void
add_exchanges(struct state *s, const struct judgement *j)
{
	const struct exchange *x;
	struct span names;

	for (size_t i = 0; i < j->n; i++) {
		x = &j->exchanges[i];
		if (x->number == 0)
			continue;
		names = x->agent;
		/* Where nobody has a name that is one agent, unnamed. */
		do
			add_exchange(
			    agent_of(s, j->policy, joined_next(&names, '\0')),
			    x);
		while (names.len > 0);
	}
}

static void
add(void *ctx, const struct judgement *j)
{
	struct state *s = ctx;
	struct span names = j->agent;
	struct agent *a;

	if (names.len > 0 || j->agent_turns > 0 || j->real > 0)
		do {
			a = agent_of(s, j->policy, joined_next(&names, '\0'));
			a->conversations++;
			a->findings += row_failed(j->findings, j->nfindings);
		} while (names.len > 0);
	add_exchanges(s, j);
}

static void
join(void *ctx, const void *from)
{
	struct state *s = ctx;
	const struct state *other = from;

	for (size_t i = 0; i < other->n; i++) {
		const struct agent *x = other->at[i];
		struct agent *a = agent_of(s, x->policy, x->name);

		a->conversations += x->conversations;
		a->exchanges += x->exchanges;
		for (size_t v = 0; v <= OUTCOME_UNKNOWN; v++)
			a->verdicts[v] += x->verdicts[v];
		largest(&a->round_trips, x->round_trips);
		largest(&a->repetitions, x->repetitions);
		largest(&a->duration, x->duration);
		a->findings += x->findings;
	}
}

static int
agent_cmp(const void *a, const void *b)
{
	const struct agent *x = *(struct agent *const *)a;
	const struct agent *y = *(struct agent *const *)b;
	int r = span_cmp(x->policy->id, y->policy->id);

	return r != 0 ? r : span_cmp(x->name, y->name);
}

static void
row(struct table *t, const struct report_run *run, const struct agent *a)
{
	row_run(t, run, a->policy);
	table_text(t, a->name);
	table_int(t, (int64_t)a->conversations);
	table_int(t, (int64_t)a->exchanges);
	table_int(t, (int64_t)a->verdicts[OUTCOME_PASS]);
	table_int(t, (int64_t)a->verdicts[OUTCOME_FAIL]);
	table_int(t, (int64_t)a->verdicts[OUTCOME_UNKNOWN]);
	row_value(t, a->round_trips);
	row_value(t, a->repetitions);
	row_time(t, a->duration);
	table_int(t, (int64_t)a->findings);
	table_end_row(t);
}

static void
end(void *ctx, struct table *t, const struct report_run *run)
{
	struct state *s = ctx;

	if (s->n > 1)
		qsort(s->at, s->n, sizeof(struct agent *), agent_cmp);
	for (size_t i = 0; i < s->n; i++)
		row(t, run, s->at[i]);
}

const struct report report_agents = {
    .name = "agents",
    .help = "one row an agent: exchanges by verdict, and the longest",
    .columns = columns,
    .ncolumns = sizeof(columns) / sizeof(*columns),
    .begin = begin,
    .add = add,
    .end = end,
    .join = join,
    .drop = drop,
};
