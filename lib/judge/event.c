/* The log of an exchange: when, how often, what was said and answered. */
#include "judge/case.h"

const char *
event_name(enum event_kind k)
{
	static const char *const names[] = {
	    [EVENT_PRESS] = "press",
	    [EVENT_GOES_ON] = "goes-on",
	    [EVENT_ANSWER] = "answer",
	    [EVENT_REPETITION] = "repetition",
	    [EVENT_NEAR_MISS] = "near-miss",
	    [EVENT_CLOSING] = "closing",
	};

	return names[k];
}

struct logger {
	const struct case_ *c;
	const struct span_of_life *s;
	struct exchange *x;
	unsigned n[EVENT_CLOSING + 1];
	unsigned trips;
};

static struct event *
log_event(struct logger *l, enum event_kind kind, size_t turn, unsigned trip)
{
	struct event *e = &l->x->events[l->x->nevents++];

	e->kind = kind;
	e->turn = turn;
	e->n = ++l->n[kind];
	e->round_trip = trip;
	e->at = turn == l->s->open ? l->x->opening :
				     turn_utterance(l->c, turn, 0);
	e->said = &l->c->turns.at[turn].passage;
	e->text = e->said->raw;
	return e;
}

static void
log_customer(struct logger *l, size_t i)
{
	const struct case_ *c = l->c;
	const struct heard *h = &c->heard[i];
	bool answered = turn_answered(c, i) && i + 1 <= l->s->last;
	bool trip = answered &&
	    (h->press || h->goes_on || c->heard[i + 1].counted > 0);
	struct event *e;

	if (trip)
		l->trips++;
	if (!h->press && !h->goes_on)
		return;
	e = log_event(
	    l, h->press ? EVENT_PRESS : EVENT_GOES_ON, i, trip ? l->trips : 0);
	if (h->press)
		e->patterns = ids_of(
		    c, i, i, c->rule->opens_on, c->rule->nopens, false);
	else
		e->patterns = ids_of(
		    c, i, i, c->rule->continues_on, c->rule->ncontinues, false);
}

/* Calm turns have answers, too, which are in no round trip. */
static bool
is_answer(const struct case_ *c, const struct span_of_life *s, size_t i)
{
	return i > s->open && !c->turns.at[i].after_idle &&
	    c->turns.at[i - 1].role == ROLE_CUSTOMER && turn_answered(c, i - 1);
}

static bool
in_round_trip(const struct case_ *c, const struct span_of_life *s, size_t i)
{
	const struct heard *before;

	if (!is_answer(c, s, i))
		return false;
	before = &c->heard[i - 1];
	return before->press || before->goes_on || c->heard[i].counted > 0;
}

static void
log_agent(struct logger *l, size_t i)
{
	const struct heard *h = &l->c->heard[i];
	enum event_kind kind = h->counted > 0 ? EVENT_REPETITION :
	    h->near_miss                      ? EVENT_NEAR_MISS :
						EVENT_ANSWER;
	bool trip = in_round_trip(l->c, l->s, i);
	struct event *e;

	if (kind == EVENT_ANSWER && !is_answer(l->c, l->s, i))
		return;
	e = log_event(l, kind, i, trip ? l->trips : 0);
	if (kind == EVENT_ANSWER)
		return;
	e->similarity = h->best;
	e->patterns = l->c->rule->answered_by->id;
}

static void
log_closing(struct logger *l)
{
	const struct case_ *c = l->c;
	size_t turn = l->s->closing;
	struct event *e;

	if (turn != SIZE_MAX) {
		e = log_event(l, EVENT_CLOSING, turn, 0);
	} else {
		e = log_event(l, EVENT_CLOSING, l->s->last, 0);
		e->at = l->x->last;
		e->text = (struct span){0};
	}
	if (l->s->closed_by == CLOSED_CLOSED)
		e->patterns = ids_of(
		    c, turn, turn, c->rule->closes_on, c->rule->ncloses, false);
	else
		e->patterns = span_of(closed_by_name(l->s->closed_by));
}

void
exchange_events(
    const struct case_ *c, const struct span_of_life *s, struct exchange *x)
{
	struct logger l = {.c = c, .s = s, .x = x};
	size_t room = s->last - s->open + 2;

	x->events = arena_alloc(c->arena, room * sizeof(*x->events));
	for (size_t i = s->open; i <= s->last; i++) {
		if (c->turns.at[i].role == ROLE_AGENT)
			log_agent(&l, i);
		else
			log_customer(&l, i);
	}
	log_closing(&l);
}
