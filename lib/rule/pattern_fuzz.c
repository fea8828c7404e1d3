/*
 * Patterns: the first line is one, the rest a text. With and without the
 * prefilter its hits are the same; a limit is a limit, and no crash.
 */
#include "base/fuzz.h"
#include "rule/rules.h"
#include "rule/schema.h"
#include "text/encoding.h"

static void
ignore(void *ctx, const char *line)
{
	(void)ctx, (void)line;
}

/* A policy of that pattern alone. */
static struct rules *
load(struct span pattern)
{
	struct rules *rules;
	struct buf text = {0};
	struct err err;
	char name[32];
	const char *const path = name;
	int rc;

	buf_adds(&text,
	    "ofuku: 1\npolicy: p\npatterns:\n  a: {by: customer, any: ['");
	for (size_t i = 0; i < pattern.len; i++) {
		if (pattern.at[i] == '\'')
			buf_addc(&text, '\'');
		buf_addc(&text, pattern.at[i]);
	}
	buf_adds(&text, "']}\nexchange: {opens_on: [a]}\n");
	(void)fuzz_file(text.at, text.len, name);
	rc = rules_load(&rules, &path, 1, false, ignore, NULL, &err);
	buf_free(&text);
	return rc == -1 ? NULL : rules;
}

/* -1: a limit. */
static int
count(const struct rules *r, struct span text, bool filter, struct hits *hits)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct matcher *m;
	struct subject s = {0};
	struct err err;
	int rc;

	limits.no_prefilter = !filter;
	if (matcher_open(&m, &limits, r->pack.fold, &err) == -1)
		abort();
	hits->n = 0;
	subject_set(&s, text);
	rc = pattern_hits(m, &r->policies[0].patterns[0], &s, hits, &err);
	subject_free(&s);
	matcher_close(m);
	return rc;
}

static bool
is_loud(const struct rules *r, struct span text)
{
	struct prefilter_scratch s = {0};
	struct view plain = {0};
	struct viewer *v;
	struct err err;
	bool is;

	if (viewer_open(&v, &err) == -1)
		abort();
	is = prefilter_quiet(r->threats, v, text, &plain, &s) == QUIET_NOT;
	prefilter_scratch_free(&s);
	view_free(&plain);
	viewer_close(v);
	return is;
}

int
LLVMFuzzerTestOneInput(const unsigned char *at, size_t n)
{
	static struct hits with, without;
	struct span in = {(const char *)at, n}, pattern, text;
	struct rules *rules;
	size_t line;

	if (n > 2000 || utf8_valid(in) < n || memchr(at, 0, n) != NULL)
		return 0;
	line = span_find(in, '\n');
	pattern = (struct span){in.at, line};
	line += line < in.len;
	text = (struct span){in.at + line, in.len - line};
	rules = load(pattern);
	if (rules == NULL)
		return 0;
	if (count(rules, text, true, &with) == 0 &&
	    count(rules, text, false, &without) == 0) {
		FUZZ_PROMISE(with.n == without.n);
		for (size_t i = 0; i < with.n; i++)
			FUZZ_PROMISE(
			    with.at[i].raw_start == without.at[i].raw_start &&
			    with.at[i].raw_end == without.at[i].raw_end);
	}
	/* Nothing is passed over that holds a hit. */
	if (count(rules, text, false, &without) == 0 && without.n > 0)
		FUZZ_PROMISE(is_loud(rules, text));
	rules_free(rules);
	return 0;
}
