/* rules test: every example of every pattern and phrase, tried. */
#include <stdio.h>

#include "run.h"

struct tester {
	struct matcher		*matcher;
	const struct policy	*policy;	/* NULL: of a language pack */
	struct span		 file;
	FILE			*out;
	bool			 verbose;
	size_t			 run, failed;
	struct subject		 subject;
	struct hits		 hits;
	struct phrase_result	 result;
	struct buf		 view;
};

static void
print_failure(struct tester *t, struct span id, const struct example *e,
    bool want_hit)
{
	fprintf(t->out, "%.*s:%u:%u: %.*s: %s: %.*s\n", SPAN_FMT(t->file),
	    e->at.line, e->at.column, SPAN_FMT(id), want_hit ?
	    "is to be hit and is not" : "is to be missed and is hit",
	    SPAN_FMT(e->text));
}

static void
print_view(struct tester *t, const char *name, const struct view *v)
{
	buf_reset(&t->view);
	view_utf8(v, &t->view);
	fprintf(t->out, "    %s: %.*s\n", name, SPAN_FMT(buf_span(&t->view)));
}

/* Which alternative matched where: why an example is hit. */
static void
print_hits(struct tester *t, const struct pattern *p)
{
	const struct view *plain = subject_plain(t->matcher, &t->subject);

	print_view(t, "plain", plain);
	for (size_t i = 0; i < t->hits.n; i++) {
		const struct hit *h = &t->hits.at[i];

		buf_reset(&t->view);
		utf16_utf8(plain->at + h->start, h->end - h->start, &t->view);
		fprintf(t->out, "    hit: %.*s by %.*s\n",
		    SPAN_FMT(buf_span(&t->view)),
		    SPAN_FMT(regex_source(p->any[h->alternative])));
	}
}

static void
outcome(struct tester *t, struct span id, const struct example *e,
    bool want_hit, bool hit)
{
	t->run++;
	if (hit != want_hit) {
		t->failed++;
		print_failure(t, id, e, want_hit);
	} else if (t->verbose) {
		fprintf(t->out, "ok: %.*s: %s: %.*s\n", SPAN_FMT(id),
		    want_hit ? "hit" : "miss", SPAN_FMT(e->text));
	}
}

static int
test_pattern_one(struct tester *t, const struct pattern *p,
    const struct example *e, bool want_hit, struct err *err)
{
	subject_set(&t->subject, e->text);
	t->hits.n = 0;
	if (pattern_hits(t->matcher, p, &t->subject, &t->hits, err) == -1)
		return -1;
	outcome(t, p->id, e, want_hit, t->hits.n > 0);
	if ((t->hits.n > 0) != want_hit)
		print_hits(t, p);
	return 0;
}

static int
test_pattern(struct tester *t, const struct pattern *p, struct err *err)
{
	const struct examples *e = &p->examples;

	for (size_t i = 0; i < e->nhit; i++)
		if (test_pattern_one(t, p, &e->hit[i], true, err) == -1)
			return -1;
	for (size_t i = 0; i < e->nmiss; i++)
		if (test_pattern_one(t, p, &e->miss[i], false, err) == -1)
			return -1;
	return 0;
}

static void
print_similarity(struct tester *t)
{
	unsigned m = similarity_milli(t->result.best);

	print_view(t, "folded", subject_folded(t->matcher, &t->subject));
	fprintf(t->out, "    similarity: %u.%03u%s\n", m / 1000, m % 1000,
	    t->result.n == 0 && m >= 800 ? ", but keep is not met" : "");
}

static int
test_phrase_one(struct tester *t, const struct phrase *p,
    const struct example *e, bool want_hit, struct err *err)
{
	subject_set(&t->subject, e->text);
	if (phrase_match(t->matcher, p, &t->subject, &t->result, err) == -1)
		return -1;
	outcome(t, p->id, e, want_hit, t->result.n > 0);
	if ((t->result.n > 0) != want_hit)
		print_similarity(t);
	return 0;
}

static int
test_phrase(struct tester *t, const struct phrase *p, struct err *err)
{
	const struct examples *e = &p->examples;

	for (size_t i = 0; i < e->nhit; i++)
		if (test_phrase_one(t, p, &e->hit[i], true, err) == -1)
			return -1;
	for (size_t i = 0; i < e->nmiss; i++)
		if (test_phrase_one(t, p, &e->miss[i], false, err) == -1)
			return -1;
	return 0;
}

static int
test_policy(struct tester *t, const struct policy *p, struct err *err)
{
	t->policy = p;
	t->file = p->file;
	for (size_t i = 0; i < p->nphrases; i++)
		if (test_phrase(t, &p->phrases[i], err) == -1)
			return -1;
	for (size_t i = 0; i < p->npatterns; i++)
		if (test_pattern(t, &p->patterns[i], err) == -1)
			return -1;
	return 0;
}

static int
test_all(struct tester *t, const struct rules *r, struct err *err)
{
	for (size_t i = 0; i < r->npolicies; i++)
		if (test_policy(t, &r->policies[i], err) == -1)
			return -1;
	t->file = SPAN("language pack");
	return test_pattern(t, &r->pack.agent_says, err);
}

int
ofuku_rules_test(const struct ofuku_rules *r, bool verbose, FILE *out,
    size_t *run, struct ofuku_error *error)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct tester t = {.out = out, .verbose = verbose};
	struct err err = {0};
	int rc = matcher_open(&t.matcher, &limits, r->rules->pack.fold, &err);

	if (rc == 0)
		rc = test_all(&t, r->rules, &err);
	if (rc == -1)
		error_out(error, &err);
	subject_free(&t.subject);
	hits_free(&t.hits);
	phrase_result_free(&t.result);
	buf_free(&t.view);
	matcher_close(t.matcher);
	*run = t.run;
	return rc == -1 ? -1 : (int)t.failed;
}
