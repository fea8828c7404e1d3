/* The measures of an exchange, as SPEC section 4 defines them. */
#include "judge/case.h"

const struct utterance *
turn_utterance(const struct case_ *c, size_t turn, uint32_t byte)
{
	const struct passage *p = &c->turns.at[turn].passage;

	return &c->conversation
		    ->at[p->pieces[passage_piece(p, byte)].utterance];
}

const struct utterance *
turn_last(const struct case_ *c, size_t turn)
{
	const struct passage *p = &c->turns.at[turn].passage;

	return &c->conversation->at[p->pieces[p->n - 1].utterance];
}

static void
count(const struct case_ *c, struct tally *t, size_t turn, uint32_t byte)
{
	t->at[t->n++] = turn_utterance(c, turn, byte);
}

/* A customer turn of the extent, with the answer it may have. */
static void
measure_customer(const struct case_ *c, const struct span_of_life *s, size_t i,
    struct tally *t, size_t *answered_presses)
{
	const struct heard *h = &c->heard[i];
	bool answered = turn_answered(c, i) && i + 1 <= s->last;
	bool repeated = answered && c->heard[i + 1].counted > 0;

	if (h->press)
		count(c, &t[MEASURE_PRESSES], i, 0);
	if (!answered)
		return;
	count(c, &t[MEASURE_PAIRS], i + 1, 0);
	if (h->press || h->goes_on || repeated)
		count(c, &t[MEASURE_ROUND_TRIPS], i + 1, 0);
	if (!h->press || (*answered_presses)++ >= c->rule->patience)
		return;
	if (!repeated)
		count(c, &t[MEASURE_UNANSWERED], i + 1, 0);
}

static void
measure_agent(const struct case_ *c, size_t i, unsigned agent_turn,
    struct exchange *x, struct tally *t)
{
	const struct heard *h = &c->heard[i];

	if (h->near_miss)
		count(c, &t[MEASURE_NEAR_MISSES], i, 0);
	if (h->counted == 0)
		return;
	if (t[MEASURE_REPETITIONS].n == 0) {
		const struct utterance *u = turn_utterance(c, i, h->first_at);
		bool known = moment_known(u->start) &&
		    moment_known(x->opening->start);

		x->measures[MEASURE_FIRST_REPLY] = (struct value){
		    known, known ? u->start.ms - x->opening->start.ms : 0};
		x->measures[MEASURE_FIRST_REPLY_TURN] = (struct value){
		    true, agent_turn};
		count(c, &t[MEASURE_FIRST_REPLY], i, h->first_at);
		count(c, &t[MEASURE_FIRST_REPLY_TURN], i, h->first_at);
	}
	count(c, &t[MEASURE_REPETITIONS], i, h->first_at);
	x->measures[MEASURE_PHRASE_HITS].n += h->counted;
}

/* Lowest of the counted repetitions, else the best that was seen. */
static void
measure_similarity(const struct heard *h, bool any_counted, struct exchange *x)
{
	bool first = x->similarity.length == 0;

	if (h->best.length == 0 || (any_counted && h->counted == 0))
		return;
	if (first ||
	    (similarity_cmp(h->best, x->similarity) < 0) == any_counted)
		x->similarity = h->best;
}

static void
measure_turns(const struct case_ *c, const struct span_of_life *s,
    struct exchange *x, struct tally *t)
{
	size_t answered_presses = 0;
	unsigned agent_turn = 0;
	bool any;

	for (size_t i = s->open; i <= s->last; i++) {
		if (c->turns.at[i].role == ROLE_AGENT)
			measure_agent(c, i, ++agent_turn, x, t);
		else
			measure_customer(c, s, i, t, &answered_presses);
	}
	any = t[MEASURE_REPETITIONS].n > 0;
	for (size_t i = s->open; i <= s->last; i++)
		if (c->turns.at[i].role == ROLE_AGENT)
			measure_similarity(&c->heard[i], any, x);
	x->answered = answered_presses > 0;
}

/* Latest known end of the extent's utterances that belong to turns. */
static struct moment
latest_end(const struct case_ *c, const struct span_of_life *s)
{
	struct moment latest = {0};

	for (size_t i = s->open; i <= s->last; i++) {
		const struct passage *p = &c->turns.at[i].passage;

		for (size_t k = 0; k < p->n; k++) {
			struct moment m = utterance_end(
			    &c->conversation->at[p->pieces[k].utterance]);

			if (i == s->open && p->pieces[k].at < s->opening_at)
				continue;
			if (moment_known(m) &&
			    (!moment_known(latest) || m.ms > latest.ms))
				latest = m;
		}
	}
	return latest;
}

static void
measure_time(
    const struct case_ *c, const struct span_of_life *s, struct exchange *x)
{
	bool known = moment_known(x->opening->start) &&
	    moment_known(utterance_end(x->last));

	x->opened_at = x->opening->start;
	if (moment_known(utterance_end(x->last)))
		x->closed_at = latest_end(c, s);
	if (known)
		x->measures[MEASURE_DURATION] = (struct value){
		    true, x->closed_at.ms - x->opened_at.ms};
}

static void
tallies_to_values(const struct tally *t, struct exchange *x)
{
	static const enum measure_id counts[] = {
	    MEASURE_PRESSES,
	    MEASURE_ROUND_TRIPS,
	    MEASURE_PAIRS,
	    MEASURE_REPETITIONS,
	    MEASURE_NEAR_MISSES,
	    MEASURE_UNANSWERED,
	};

	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		x->measures[counts[i]].n = (int64_t)t[counts[i]].n;
}

static void
measures_start(const struct case_ *c, const struct span_of_life *s,
    struct exchange *x, struct tally t[MEASURE_N])
{
	size_t room = s->last - s->open + 1;

	for (size_t m = 0; m < MEASURE_N; m++) {
		bool time = measures[m].time || m == MEASURE_FIRST_REPLY_TURN;

		x->measures[m] = (struct value){!time, 0};
		t[m] = (struct tally){
		    arena_alloc(c->arena, room * sizeof(*t[m].at)), 0};
	}
}

void
exchange_measure(const struct case_ *c, const struct span_of_life *s,
    struct exchange *x, struct tally t[MEASURE_N])
{
	x->opening = turn_utterance(c, s->open, s->opening_at);
	x->last = turn_last(c, s->last);
	x->closed_by = s->closed_by;
	measures_start(c, s, x, t);
	measure_turns(c, s, x, t);
	tallies_to_values(t, x);
	measure_time(c, s, x);
	count(c, &t[MEASURE_DURATION], s->last, 0);
	t[MEASURE_DURATION].at[0] = x->last;
	x->agent = names_of(c, x->opening, x->last, ROLE_AGENT);
	x->customer = names_of(c, x->opening, x->last, ROLE_CUSTOMER);
	x->triggers = ids_of(
	    c, s->open, s->last, c->rule->opens_on, c->rule->nopens, true);
}

uint32_t
first_mark(const struct heard *h, size_t pattern, uint32_t from)
{
	uint32_t first = UINT32_MAX;

	for (size_t i = 0; i < h->nmarks; i++)
		if (h->marks[i].pattern == pattern &&
		    h->marks[i].start >= from && h->marks[i].start < first)
			first = h->marks[i].start;
	return first;
}

/* Hits of a pattern while the exchange is open, from its opening on. */
void
hits_tally(const struct case_ *c, const struct span_of_life *s, size_t pattern,
    size_t before, struct tally *t)
{
	size_t n = 0;

	for (size_t i = s->open; i <= s->heard_to; i++)
		n += c->heard[i].nmarks;
	*t = (struct tally){arena_alloc(c->arena, n * sizeof(*t->at)), 0};
	for (size_t i = s->open; i <= s->heard_to; i++) {
		const struct heard *h = &c->heard[i];
		uint32_t from = i == s->open ? s->opening_at : 0;
		uint32_t end = first_mark(h, before, from);

		for (size_t k = 0; k < h->nmarks; k++) {
			const struct mark *m = &h->marks[k];

			if (m->pattern == pattern && m->start >= from &&
			    m->start < end)
				count(c, t, i, m->start);
		}
		if (end != UINT32_MAX)
			return;
	}
}
