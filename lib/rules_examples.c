/* rules test: every example of every pattern and phrase, tried. */
#include <stdio.h>

#include "explain.h"
#include "run.h"

struct tester {
	struct matcher *matcher;
	const struct policy *policy; /* NULL: of a language pack */
	struct span file;
	FILE *out;
	bool verbose;
	size_t run, failed;
	struct subject subject;
	struct hits hits;
	struct phrase_result result;
	struct explainer explainer; /* of what fails */
};

static void
print_failure(
    struct tester *t, struct span id, const struct example *e, bool want_hit)
{
	fprintf(t->out, "%.*s:%u:%u: %.*s: %s: ", SPAN_FMT(t->file), e->at.line,
	    e->at.column, SPAN_FMT(id),
	    want_hit ? "is to be hit and is not" :
		       "is to be missed and is hit");
	explain_text(e->text, t->out);
	putc('\n', t->out);
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
		fprintf(t->out, "ok: %.*s: %s: ", SPAN_FMT(id),
		    want_hit ? "hit" : "miss");
		explain_text(e->text, t->out);
		putc('\n', t->out);
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
	return (t->hits.n > 0) == want_hit ?
	    0 :
	    explain_pattern(&t->explainer, p, e->text, err);
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

static int
test_phrase_one(struct tester *t, const struct phrase *p,
    const struct example *e, bool want_hit, struct err *err)
{
	subject_set(&t->subject, e->text);
	if (phrase_match(t->matcher, p, &t->subject, &t->result, err) == -1)
		return -1;
	outcome(t, p->id, e, want_hit, t->result.n > 0);
	return (t->result.n > 0) == want_hit ?
	    0 :
	    explain_phrase(&t->explainer, p, e->text, err);
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

	t.explainer = (struct explainer){
	    .matcher = t.matcher, .out = out, .indent = "    "};
	if (rc == 0)
		rc = test_all(&t, r->rules, &err);
	if (rc == -1)
		error_out(error, &err);
	subject_free(&t.subject);
	hits_free(&t.hits);
	phrase_result_free(&t.result);
	explainer_free(&t.explainer);
	matcher_close(t.matcher);
	*run = t.run;
	return rc == -1 ? -1 : (int)t.failed;
}
