/* How far a run has come, and the request to end it. */
#include <time.h>

#include "run.h"

enum { EVERY_MS = 100 };

/* The public name of one thing. */
struct ofuku_stop {
	struct stop stop;
};

struct ofuku_stop *
ofuku_stop_new(void)
{
	return (struct ofuku_stop *)stop_new();
}

void
ofuku_stop_ask(struct ofuku_stop *s)
{
	stop_ask(&s->stop);
}

void
ofuku_stop_free(struct ofuku_stop *s)
{
	stop_free((struct stop *)s);
}

static void
tell(const struct run *r, bool hide)
{
	const struct watch *w = &r->watch;

	r->input->watch(r->input->watch_ctx,
	    &(struct ofuku_progress){
		.bytes = w->bytes,
		.total = r->expected,
		.records = w->records,
		.done = w->done,
		.conversations = w->conversations,
		.found = w->found,
		.hide = hide,
	    });
}

/* Of the threads that ask at once, one tells. */
static bool
due(struct watch *w)
{
	struct timespec t;
	int64_t now, told = w->told;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	now = t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
	return now - told >= EVERY_MS &&
	    atomic_compare_exchange_strong(&w->told, &told, now);
}

int
run_tick(struct run *r, struct err *err)
{
	if (watch_go_on(&r->watch, err) == -1)
		return -1;
	if (r->input->watch != NULL && due(&r->watch))
		tell(r, false);
	return 0;
}

void
run_hide(void *ctx)
{
	struct run *r = ctx;

	if (r->input->watch != NULL)
		tell(r, true);
}

/* One that is no file, such as a pipe, may be of any length. */
void
run_expect(struct run *r, const struct walk *w)
{
	r->expected = 0;
	for (size_t i = 0; i < w->n; i++) {
		if (w->at[i].repeated)
			continue;
		if (!w->at[i].sized) {
			r->expected = 0;
			return;
		}
		r->expected += w->at[i].size;
	}
}
