#include "rule/prefilter.h"

#include <stdlib.h>

#include "base/bench.h"
#include "base/mem.h"
#include "rule/rules.h"

struct state {
	struct rules *rules;
	struct viewer *viewer;
	struct bench_texts texts;
	struct prefilter_scratch scratch;
	struct view plain;
};

static void
ignore(void *ctx, const char *line)
{
	(void)ctx;
	(void)line;
}

static void *
open_texts(struct span transcript)
{
	struct state *s = mem_alloc(sizeof(*s));
	struct err err;

	if (rules_load(&s->rules, NULL, 0, false, ignore, NULL, &err) == -1 ||
	    viewer_open(&s->viewer, &err) == -1)
		bench_failed(err.text);
	s->texts = bench_texts(transcript);
	return s;
}

static size_t
run_glance(void *state)
{
	struct state *s = state;
	size_t quiet = 0;

	for (size_t i = 0; i < s->texts.n; i++)
		quiet += prefilter_quiet(s->rules->threats, s->viewer,
			     s->texts.at[i], &s->plain,
			     &s->scratch) != QUIET_NOT;
	return quiet <= s->texts.n ? s->texts.bytes : 0;
}

static void
close_texts(void *state)
{
	struct state *s = state;

	free(s->texts.at);
	prefilter_scratch_free(&s->scratch);
	view_free(&s->plain);
	viewer_close(s->viewer);
	rules_free(s->rules);
	free(s);
}

const struct bench bench_prefilter = {"prefilter",
    "fold, and which threats can match at all", open_texts, run_glance,
    close_texts};
