/* Warnings of `rules check`: what is no mistake, and yet hardly meant. */
#include "rule/lint_regex.h"
#include "rule/regex.h"
#include "rule/required.h"
#include "rule/schema.h"

static void
lint_examples(struct reader *r, const struct node *at, const char *what,
    const struct examples *e)
{
	if (e->nhit == 0 && e->nmiss == 0)
		warning(r, at,
		    "%s \"%.*s\" has no examples: `ofuku rules "
		    "test` cannot try it",
		    what, SPAN_FMT(at->text));
	else if (e->nhit == 0 || e->nmiss == 0)
		warning(r, at, "%s \"%.*s\" has no %s examples", what,
		    SPAN_FMT(at->text), e->nhit == 0 ? "hit" : "miss");
}

static bool
is_in(const size_t *at, size_t n, size_t value)
{
	for (size_t i = 0; i < n; i++) {
		if (at[i] == value)
			return true;
	}
	return false;
}

static bool
is_used(const struct policy *p, size_t i)
{
	const struct exchange_rule *x = &p->exchange;

	if (is_in(x->opens_on, x->nopens, i) ||
	    is_in(x->continues_on, x->ncontinues, i) ||
	    is_in(x->closes_on, x->ncloses, i))
		return true;
	for (size_t k = 0; k < p->nchecks; k++) {
		if ((measure_takes_pattern(p->checks[k].measure) &&
			p->checks[k].pattern == i) ||
		    p->checks[k].before == i)
			return true;
	}
	for (size_t k = 0; k < p->npatterns; k++) {
		if (p->patterns[k].after == &p->patterns[i])
			return true;
	}
	return false;
}

/* Does something say that a phrase is to be repeated? */
static bool
wants_phrase(const struct policy *p)
{
	static const enum measure_id of_phrase[] = {MEASURE_REPETITIONS,
	    MEASURE_PHRASE_HITS, MEASURE_NEAR_MISSES, MEASURE_UNANSWERED,
	    MEASURE_FIRST_REPLY, MEASURE_FIRST_REPLY_TURN};
	bool wants = p->nphrases > 0;

	for (size_t i = 0; i < p->nchecks; i++)
		for (size_t k = 0; k < sizeof(of_phrase) / sizeof(*of_phrase);
		     k++)
			wants |= p->checks[i].measure == of_phrase[k];
	return wants;
}

static void
lint_regex(struct reader *r, const struct node *at, const struct regex *re)
{
	struct span source = regex_source(re);

	if (regex_bounds_japanese(source))
		warning(r, at,
		    "\\b in Japanese: kana and kanji are all word "
		    "characters, none is between them; words: true asks for "
		    "whole words");
	if (regex_blows_up(source))
		warning(r, at,
		    "nested quantifiers: a text that nearly "
		    "matches can take for ever; make one of them possessive "
		    "(a++) or bounded (a{1,20})");
}

static void
lint_required(struct reader *r, const struct node *at, const struct regex *re)
{
	const struct view *v = regex_normal(re, r->viewer);
	struct required texts;

	if (!required_find(v->at, v->len, NULL, &texts))
		warning(r, at,
		    "no text is sure to stand in a match: the "
		    "pattern is tried on every utterance, which is slow");
}

/* The list of a pattern's key; its items are the regular expressions. */
static const struct node *
list_of(const struct node *pattern, const char *key)
{
	for (size_t i = 0; i < pattern->n; i++)
		if (span_eq(pattern->keys[i]->text, span_of(key)))
			return pattern->items[i];
	return NULL;
}

static void
lint_regexes(
    struct reader *r, const struct node *pattern, const struct pattern *p)
{
	const struct node *any = list_of(pattern, "any");
	const struct node *unless = list_of(pattern, "unless");

	for (size_t i = 0; i < p->nany; i++) {
		lint_regex(r, any->items[i], p->any[i]);
		lint_required(r, any->items[i], p->any[i]);
	}
	for (size_t i = 0; i < p->nunless; i++)
		lint_regex(r, unless->items[i], p->unless[i]);
	for (size_t i = 0; i < p->nnear; i++)
		lint_regex(r, list_of(pattern, "near"), p->near[i].pattern);
}

/* 1: an example is hit; 0: none is; -1: a limit. */
static int
hits_example(struct matcher *m, const struct pattern *p, struct err *err)
{
	struct subject s = {0};
	int rc = 0;

	for (size_t i = 0; i < p->examples.nhit && rc == 0; i++) {
		subject_set(&s, p->examples.hit[i].text);
		rc = pattern_is_hit(m, p, &s, err);
	}
	subject_free(&s);
	return rc;
}

/* Each example may fail for a reason of its own; all of them is the rule's. */
static void
lint_hits(struct reader *r, const struct node *at, const struct pattern *p)
{
	struct matcher *m;
	struct err err;
	int rc;

	if (p->examples.nhit == 0 ||
	    matcher_open(&m, &MATCH_LIMITS_DEFAULT, r->fold, &err) == -1)
		return;
	rc = hits_example(m, p, &err);
	if (rc == -1)
		warning(r, at, "%s", err.text);
	else if (rc == 0)
		warning(r, at,
		    "pattern \"%.*s\" matches none of its "
		    "examples: `ofuku rules test` says more",
		    SPAN_FMT(p->id));
	matcher_close(m);
}

static void
lint_pattern(struct reader *r, const struct policy_draft *d,
    const struct policy *p, size_t i)
{
	const struct node *at = d->patterns->keys[i];

	lint_examples(r, at, "pattern", &p->patterns[i].examples);
	lint_regexes(r, d->patterns->items[i], &p->patterns[i]);
	lint_hits(r, at, &p->patterns[i]);
	if (!is_used(p, i))
		warning(r, at,
		    "pattern \"%.*s\" is used by no exchange and "
		    "no check",
		    SPAN_FMT(at->text));
}

/* Does the phrase count in its own wording? keep may refuse it. */
static void
lint_phrase(struct reader *r, const struct node *at, const struct phrase *p)
{
	struct matcher *m;
	struct subject s = {0};
	struct phrase_result result = {0};
	struct err err;

	if (matcher_open(&m, &MATCH_LIMITS_DEFAULT, r->fold, &err) == -1)
		return;
	for (size_t i = 0; i < p->nwordings; i++) {
		subject_set(&s, p->wordings[i].say);
		if (phrase_match(m, p, &s, &result, &err) == -1)
			warning(r, at, "%s", err.text);
		else if (result.n == 0)
			warning(r, at,
			    "phrase \"%.*s\" does not count in "
			    "\"%.*s\": keep refuses it",
			    SPAN_FMT(p->id), SPAN_FMT(p->wordings[i].say));
	}
	phrase_result_free(&result);
	subject_free(&s);
	matcher_close(m);
}

static void
lint_checks(
    struct reader *r, const struct policy_draft *d, const struct policy *p)
{
	for (size_t i = 0; i < p->nchecks; i++) {
		if (p->checks[i].scope == SCOPE_EXCHANGE &&
		    p->exchange.nopens == 0)
			warning(r, d->checks->keys[i],
			    "check \"%.*s\" judges "
			    "exchanges, but no exchange opens: opens_on is "
			    "missing",
			    SPAN_FMT(p->checks[i].id));
	}
	if (p->nchecks == 0)
		warning(r, NULL,
		    "the policy has no checks: everything "
		    "passes");
}

void
lint_policy(
    struct reader *r, const struct policy_draft *d, const struct policy *p)
{
	/* A broken rule set is mended first. */
	if (!r->mistakes->lint || r->mistakes->errors > 0)
		return;
	for (size_t i = 0; i < p->npatterns; i++)
		lint_pattern(r, d, p, i);
	for (size_t i = 0; i < p->nphrases; i++) {
		const struct node *at = d->phrases->keys[i];

		lint_examples(r, at, "phrase", &p->phrases[i].examples);
		lint_phrase(r, at, &p->phrases[i]);
	}
	if (p->exchange.nopens > 0 && p->exchange.answered_by == NULL &&
	    wants_phrase(p))
		warning(r, d->exchange,
		    "the exchange names no phrase in "
		    "answered_by: nothing repeats");
	lint_checks(r, d, p);
}
