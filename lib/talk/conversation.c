#include "talk/conversation.h"

#include <stdlib.h>

struct moment
utterance_end(const struct utterance *u)
{
	return moment_known(u->end) ? u->end : u->start;
}

/* A timed utterance and the untimed ones that follow it in the input. */
struct group {
	size_t first, n;
	int64_t start;
};

static int
by_start(const void *x, const void *y)
{
	const struct group *a = x, *b = y;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return a->first < b->first ? -1 : a->first > b->first;
}

static bool
in_order(const struct conversation *c)
{
	int64_t last = INT64_MIN;

	for (size_t i = 0; i < c->n; i++) {
		if (!moment_known(c->at[i].start))
			continue;
		if (c->at[i].start.ms < last)
			return false;
		last = c->at[i].start.ms;
	}
	return true;
}

/* Untimed ones before the first time are a group that stays in front. */
static size_t
groups_make(const struct conversation *c, struct group *g)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++) {
		bool known = moment_known(c->at[i].start);

		if (!known && n > 0) {
			g[n - 1].n++;
			continue;
		}
		g[n++] = (struct group){
		    i, 1, known ? c->at[i].start.ms : INT64_MIN};
	}
	return n;
}

void
conversation_sort(struct conversation *c, struct arena *a)
{
	struct group *g;
	struct utterance *sorted;
	size_t n, out = 0;

	if (in_order(c))
		return;
	g = arena_alloc(a, c->n * sizeof(*g));
	n = groups_make(c, g);
	qsort(g, n, sizeof(*g), by_start);
	sorted = arena_alloc(a, c->n * sizeof(*sorted));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < g[i].n; k++)
			sorted[out++] = c->at[g[i].first + k];
	c->at = sorted;
}

/* What stands for the start where there is an end alone. */
static struct moment
utterance_begin(const struct utterance *u)
{
	return moment_known(u->start) ? u->start : u->end;
}

struct moment
conversation_first(const struct conversation *c)
{
	struct moment first = {0};

	for (size_t i = 0; i < c->n; i++) {
		struct moment m = utterance_begin(&c->at[i]);

		if (moment_known(m) &&
		    (!moment_known(first) || m.ms < first.ms))
			first = m;
	}
	return first;
}

struct moment
conversation_last(const struct conversation *c)
{
	struct moment last = {0};

	for (size_t i = 0; i < c->n; i++) {
		struct moment m = utterance_end(&c->at[i]);

		if (moment_known(m) && (!moment_known(last) || m.ms > last.ms))
			last = m;
	}
	return last;
}

unsigned
conversation_clocks(const struct conversation *c)
{
	unsigned clocks = 0;

	for (size_t i = 0; i < c->n; i++)
		clocks |= 1u << c->at[i].start.clock | 1u << c->at[i].end.clock;
	return clocks;
}

bool
conversation_join_zones(
    struct conversation *c, const struct zone *zone, struct arena *a)
{
	enum { BOTH = 1u << CLOCK_NAIVE | 1u << CLOCK_ZONED };

	if (zone == NULL || (conversation_clocks(c) & BOTH) != BOTH)
		return false;
	for (size_t i = 0; i < c->n; i++) {
		c->at[i].start = moment_zoned(c->at[i].start, zone);
		c->at[i].end = moment_zoned(c->at[i].end, zone);
	}
	conversation_sort(c, a);
	c->source = c->at[0].source;
	return true;
}

bool
conversation_span(const struct conversation *c, int64_t *ms)
{
	*ms = conversation_last(c).ms - conversation_first(c).ms;
	return moment_known(utterance_begin(&c->at[0])) &&
	    moment_known(utterance_end(&c->at[c->n - 1]));
}

int64_t
conversation_resolution(const struct conversation *c)
{
	int64_t r = 0;

	for (size_t i = 0; i < c->n; i++) {
		int64_t s = moment_resolution(c->at[i].start);
		int64_t e = moment_resolution(c->at[i].end);

		r = s > r ? s : r;
		r = e > r ? e : r;
	}
	return r;
}
