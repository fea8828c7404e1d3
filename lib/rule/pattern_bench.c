#include "rule/pattern.h"

#include <stdlib.h>

#include "base/bench.h"
#include "base/mem.h"
#include "rule/rules.h"

struct state {
	struct bench_texts texts;
	struct rules *rules;
	struct matcher *matcher;
	struct subject subject;
	struct hits hits;
};

static void
ignore(void *ctx, const char *line)
{
	(void)ctx;
	(void)line;
}

static struct state *
open_matcher(struct span transcript, bool no_prefilter)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct state *s = mem_alloc(sizeof(*s));
	struct err err;

	limits.no_prefilter = no_prefilter;
	s->texts = bench_texts(transcript);
	if (rules_load(&s->rules, NULL, 0, false, ignore, NULL, &err) == -1 ||
	    matcher_open(&s->matcher, &limits, s->rules->pack.fold, &err) == -1)
		bench_failed(err.text);
	return s;
}

static void *
open_filtered(struct span transcript)
{
	return open_matcher(transcript, false);
}

static void *
open_unfiltered(struct span transcript)
{
	return open_matcher(transcript, true);
}

static size_t
match(struct state *s)
{
	const struct policy *p = &s->rules->policies[0];
	struct err err;
	size_t bytes = 0;

	for (size_t i = 0; i < s->texts.n; i++) {
		subject_set(&s->subject, s->texts.at[i]);
		bytes += s->texts.at[i].len;
		s->hits.n = 0;
		for (size_t k = 0; k < p->npatterns; k++)
			if (pattern_hits(s->matcher, &p->patterns[k],
				&s->subject, &s->hits, &err) == -1)
				bench_failed(err.text);
	}
	return bytes;
}

static size_t
run_all(void *state)
{
	return match(state);
}

static void
close_matcher(void *state)
{
	struct state *s = state;

	hits_free(&s->hits);
	subject_free(&s->subject);
	matcher_close(s->matcher);
	rules_free(s->rules);
	free(s->texts.at);
	free(s);
}

const struct bench bench_confirm = {"confirm",
    "plain view, prefilter, and PCRE2 where it says that it may match",
    open_filtered, run_all, close_matcher};
const struct bench bench_every = {"every",
    "plain view, and PCRE2 for every pattern on every text", open_unfiltered,
    run_all, close_matcher};
