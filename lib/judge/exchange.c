/* When an exchange opens, how long it lives, what closes it. */
#include "judge/case.h"

static const struct turn *
turn_at(const struct case_ *c, size_t i)
{
	return &c->turns.at[i];
}

/*
 * Is the customer turn answered: by the agent turn right after it, with no
 * idle silence between, unless that turn closes without the phrase?
 */
bool
turn_answered(const struct case_ *c, size_t i)
{
	const struct heard *h;

	if (i + 1 >= c->turns.n || turn_at(c, i + 1)->role != ROLE_AGENT ||
	    turn_at(c, i + 1)->after_idle)
		return false;
	h = &c->heard[i + 1];
	return !h->closes || h->counted > 0;
}

static bool
is_press(const struct case_ *c, size_t i)
{
	return turn_at(c, i)->role == ROLE_CUSTOMER && c->heard[i].press;
}

static void
open_at(const struct case_ *c, size_t i, struct span_of_life *s)
{
	const struct passage *p = &turn_at(c, i)->passage;
	uint32_t at = 0;

	heard_pattern(&c->heard[i], c->rule->opens_on, c->rule->nopens, &at);
	*s = (struct span_of_life){
	    .open = i,
	    .opening_at = p->pieces[passage_piece(p, at)].at,
	    .last = i,
	    .closing = SIZE_MAX,
	};
}

static void
close_at(
    struct span_of_life *s, enum closed_by by, size_t turn, size_t heard_to)
{
	s->closed_by = by;
	s->closing = turn;
	s->heard_to = heard_to;
	s->next = turn + 1;
}

/* True: it closes here. */
static bool
live_agent_turn(const struct case_ *c, size_t i, struct span_of_life *s)
{
	if (c->heard[i].counted > 0)
		s->last = i;
	if (!c->heard[i].closes)
		return false;
	close_at(s, CLOSED_CLOSED, i, i);
	return true;
}

static bool
live_customer_turn(
    const struct case_ *c, size_t i, struct span_of_life *s, unsigned *calm)
{
	const struct heard *h = &c->heard[i];
	bool answered = turn_answered(c, i);

	if (i > s->open && h->closes && !h->press) {
		close_at(s, CLOSED_CLOSED, i, i + answered);
		return true;
	}
	if (h->press || h->goes_on) {
		s->last = i + answered;
		*calm = 0;
		return false;
	}
	if (answered && c->heard[i + 1].counted > 0) {
		*calm = 0;
		return false;
	}
	if (++*calm < c->rule->calm_turns)
		return false;
	close_at(s, CLOSED_CALM, i, i + answered);
	return true;
}

static void
live(const struct case_ *c, struct span_of_life *s)
{
	unsigned calm = 0;

	for (size_t i = s->open; i < c->turns.n; i++) {
		if (i > s->open && turn_at(c, i)->after_idle) {
			s->closed_by = CLOSED_IDLE;
			s->heard_to = i - 1;
			s->next = i;
			return;
		}
		if (turn_at(c, i)->role == ROLE_AGENT ?
			live_agent_turn(c, i, s) :
			live_customer_turn(c, i, s, &calm))
			return;
	}
	s->closed_by = CLOSED_END;
	s->heard_to = c->turns.n - 1;
	s->next = c->turns.n;
}

bool
exchange_next(const struct case_ *c, size_t from, struct span_of_life *s)
{
	for (size_t i = from; i < c->turns.n; i++) {
		if (!is_press(c, i))
			continue;
		open_at(c, i, s);
		live(c, s);
		return true;
	}
	return false;
}
