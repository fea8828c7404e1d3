/* When an exchange opens, goes on and closes, as rule files have it. */
#include "rule/schema.h"

enum {
	EX_OPENS_ON,
	EX_CONTINUES_ON,
	EX_CLOSES_ON,
	EX_ANSWERED_BY,
	EX_PATIENCE,
	EX_CALM_TURNS,
	EX_IDLE,
	EX_JOIN_GAP,
	EX_KEYS
};

static const struct key exchange_keys[EX_KEYS] = {
    [EX_OPENS_ON] = {"opens_on", true},
    [EX_CONTINUES_ON] = {"continues_on", false},
    [EX_CLOSES_ON] = {"closes_on", false},
    [EX_ANSWERED_BY] = {"answered_by", false},
    [EX_PATIENCE] = {"patience", false},
    [EX_CALM_TURNS] = {"calm_turns", false},
    [EX_IDLE] = {"idle", false},
    [EX_JOIN_GAP] = {"join_gap", false},
};

enum { IDLE_MS = 15 * 60 * 1000, JOIN_GAP_MS = 300 };

/* A list of patterns; customer: only those that a customer says. */
static void
read_refs(struct reader *r, const struct node *n, const struct policy *p,
    const char *key, size_t min, bool customer, size_t **out, size_t *nout)
{
	if (n == NULL || !read_list(r, n, min))
		return;
	*out = arena_alloc(r->arena, (n->n + 1) * sizeof(**out));
	for (size_t i = 0; i < n->n; i++) {
		size_t k;

		if (!read_pattern_ref(r, n->items[i], p, &k))
			continue;
		if (customer && p->patterns[k].by != ROLE_CUSTOMER)
			mistake(r, n->items[i],
			    "%s: \"%.*s\" is not said by "
			    "the customer",
			    key, SPAN_FMT(p->patterns[k].id));
		for (size_t j = 0; j < *nout; j++) {
			if ((*out)[j] == k)
				mistake(r, n->items[i],
				    "%s: \"%.*s\" stands "
				    "twice",
				    key, SPAN_FMT(p->patterns[k].id));
		}
		(*out)[(*nout)++] = k;
	}
}

static void
read_answer(struct reader *r, const struct node *n, struct policy *p)
{
	size_t i;

	if (n == NULL || !read_phrase_ref(r, n, p, &i))
		return;
	if (p->phrases[i].by != ROLE_AGENT)
		mistake(r, n, "answered_by: \"%.*s\" is not said by the agent",
		    SPAN_FMT(p->phrases[i].id));
	p->exchange.answered_by = &p->phrases[i];
}

static void
read_count(struct reader *r, const struct node *n, unsigned *out)
{
	int64_t value;

	if (n != NULL && read_integer(r, n, 1, 1000000, &value))
		*out = (unsigned)value;
}

static void
read_times(
    struct reader *r, const struct node *const *found, struct exchange_rule *x)
{
	const struct node *idle = found[EX_IDLE];

	if (found[EX_JOIN_GAP] != NULL)
		read_duration(r, found[EX_JOIN_GAP], &x->join_gap_ms);
	if (idle != NULL && read_duration(r, idle, &x->idle_ms) &&
	    x->idle_ms == 0)
		mistake(r, idle,
		    "idle: every silence is longer than none; "
		    "write 15m");
}

void
read_exchange(struct reader *r, const struct node *n, struct policy *p)
{
	struct exchange_rule *x = &p->exchange;
	const struct node *found[EX_KEYS];

	*x = (struct exchange_rule){.patience = 3,
	    .calm_turns = 4,
	    .idle_ms = IDLE_MS,
	    .join_gap_ms = JOIN_GAP_MS};
	if (n == NULL ||
	    !read_map(r, n, "an exchange", exchange_keys, EX_KEYS, found))
		return;
	read_refs(r, found[EX_OPENS_ON], p, "opens_on", 1, true, &x->opens_on,
	    &x->nopens);
	read_refs(r, found[EX_CONTINUES_ON], p, "continues_on", 0, true,
	    &x->continues_on, &x->ncontinues);
	read_refs(r, found[EX_CLOSES_ON], p, "closes_on", 0, false,
	    &x->closes_on, &x->ncloses);
	read_answer(r, found[EX_ANSWERED_BY], p);
	read_count(r, found[EX_PATIENCE], &x->patience);
	read_count(r, found[EX_CALM_TURNS], &x->calm_turns);
	read_times(r, found, x);
}
