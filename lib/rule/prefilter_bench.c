#include "rule/prefilter.h"

#include <stdlib.h>

#include "base/bench.h"
#include "base/mem.h"
#include "rule/rules.h"

struct state {
	struct rules *rules;
	struct viewer *viewer;
	struct view *views;
	size_t n, bytes;
	uint64_t *bits;
};

static void
ignore(void *ctx, const char *line)
{
	(void)ctx;
	(void)line;
}

static void *
open_views(struct span transcript)
{
	struct state *s = mem_alloc(sizeof(*s));
	struct bench_texts texts = bench_texts(transcript);
	struct err err;

	if (rules_load(&s->rules, NULL, 0, false, ignore, NULL, &err) == -1 ||
	    viewer_open(&s->viewer, &err) == -1)
		bench_failed(err.text);
	s->n = texts.n;
	s->bytes = texts.bytes;
	s->views = mem_alloc(texts.n * sizeof(*s->views));
	for (size_t i = 0; i < texts.n; i++)
		view_plain(s->viewer, texts.at[i], &s->views[i]);
	s->bits = mem_alloc(
	    (prefilter_words(s->rules->threats) + 1) * sizeof(*s->bits));
	free(texts.at);
	return s;
}

static size_t
run_scan(void *state)
{
	struct state *s = state;
	size_t quiet = 0;

	for (size_t i = 0; i < s->n; i++)
		quiet += prefilter_quiet(s->rules->threats, s->views[i].at,
		    s->views[i].len, s->bits);
	return quiet <= s->n ? s->bytes : 0;
}

static void
close_views(void *state)
{
	struct state *s = state;

	for (size_t i = 0; i < s->n; i++)
		view_free(&s->views[i]);
	free(s->views);
	free(s->bits);
	viewer_close(s->viewer);
	rules_free(s->rules);
	free(s);
}

const struct bench bench_prefilter = {"prefilter",
    "which threats can match at all", open_views, run_scan, close_views};
