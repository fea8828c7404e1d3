#include "rule/pattern.h"

#include "base/mem.h"
#include "rule/matcher.h"
#include "rule/prefilter.h"

/* One search: a pattern in a subject, and how far it has come. */
struct search {
	struct matcher *m;
	const struct pattern *p;
	struct subject *s;
	const struct view *plain;
	const struct words *words; /* NULL: the pattern asks for none */
	size_t base;               /* of its matches in m->found */
	size_t from;
	struct err *err;
	const struct match_teller *teller; /* NULL: nobody asks */
	enum match_fate fate;              /* of a match that is dropped */
	size_t which;                      /* condition of that kind */
};

/* Units from..to of the plain view. */
struct range {
	size_t start, end;
};

static int
fail_pattern(struct search *x)
{
	struct err why = *x->err;

	return fail(x->err, "pattern %.*s: %s", SPAN_FMT(x->p->id), why.text);
}

/* What a prefilter says of a pattern's alternatives. */
struct possible {
	const uint64_t *bits; /* NULL: any may match */
	uint32_t first;
};

static struct possible
possible(struct matcher *m, const struct pattern *p, struct subject *s)
{
	const struct filtered *f = s->threats_alone &&
		p->among_threats.by != NULL ?
	    &p->among_threats :
	    &p->among;
	const struct view *plain;
	size_t words;

	if (f->by == NULL || m->no_prefilter)
		return (struct possible){NULL, 0};
	if (s->scanned != f->by) {
		plain = subject_plain(m, s);
		words = prefilter_words(f->by);
		s->may = mem_grow(
		    s->may, &s->may_cap, words + 1, sizeof(*s->may));
		prefilter_scan(f->by, plain->at, plain->len, s->may);
		s->scanned = f->by;
	}
	return (struct possible){s->may, f->first};
}

static bool
is_possible(struct possible may, size_t alternative)
{
	return may.bits == NULL ||
	    prefilter_may(may.bits, may.first + (uint32_t)alternative);
}

bool
pattern_may_hit(struct matcher *m, const struct pattern *p, struct subject *s)
{
	struct possible may = possible(m, p, s);

	for (size_t i = 0; i < p->nany; i++)
		if (is_possible(may, i))
			return true;
	return false;
}

static int
find_alternative(struct search *x, size_t i)
{
	struct found *f = &x->m->found[x->base + i];
	int rc;

	if (f->known && (f->none || f->start >= x->from))
		return 0;
	rc = regex_find(x->m, x->p->any[i], x->plain->at, x->plain->len,
	    x->from, x->words, &f->start, &f->end, x->err);
	f->known = true;
	f->none = rc == 0;
	return rc == -1 ? fail_pattern(x) : 0;
}

/* 1: the leftmost match at or behind x->from; 0: none; -1: a limit. */
static int
find_next(struct search *x, struct hit *hit)
{
	const struct found *best = NULL;

	for (size_t i = 0; i < x->p->nany; i++) {
		const struct found *f = &x->m->found[x->base + i];

		if (find_alternative(x, i) == -1)
			return -1;
		if (f->none || (best != NULL && f->start >= best->start))
			continue;
		best = f;
		hit->alternative = (uint32_t)i;
	}
	if (best == NULL)
		return 0;
	hit->start = (uint32_t)best->start;
	hit->end = (uint32_t)best->end;
	return 1;
}

/* The sentence that holds a hit; one that runs on makes them one. */
static struct range
hit_sentence(const struct search *x, const struct hit *hit)
{
	struct range r, last;

	view_sentence(x->plain, x->s->raw, hit->start, &r.start, &r.end);
	if (hit->end <= r.end)
		return r;
	view_sentence(
	    x->plain, x->s->raw, hit->end - 1, &last.start, &last.end);
	r.end = last.end;
	return r;
}

/* A match within a sentence, which is a text of its own to ^ and $. */
static int
find_within(struct search *x, const struct regex *re, struct range sentence,
    size_t from, struct range *found)
{
	size_t start = 0, end = 0;
	int rc = regex_find(x->m, re, x->plain->at + sentence.start,
	    sentence.end - sentence.start, from - sentence.start, NULL, &start,
	    &end, x->err);

	found->start = sentence.start + start;
	found->end = sentence.start + end;
	return rc == -1 ? fail_pattern(x) : rc;
}

static int
holds_unless(struct search *x, struct range sentence)
{
	for (size_t i = 0; i < x->p->nunless; i++) {
		struct range found;
		int rc = find_within(
		    x, x->p->unless[i], sentence, sentence.start, &found);

		x->fate = MATCH_UNLESS;
		x->which = i;
		if (rc != 0)
			return rc == 1 ? 0 : -1;
	}
	return 1;
}

/* Words between the nearer ends of two ranges; 0 where they share one. */
static size_t
words_apart(const struct words *w, struct range a, struct range b)
{
	size_t a0 = words_index(w, a.start), a1 = words_index(w, a.end - 1);
	size_t b0 = words_index(w, b.start), b1 = words_index(w, b.end - 1);

	if (b0 > a1)
		return b0 - a1;
	return a0 > b1 ? a0 - b1 : 0;
}

static size_t
next_unit(const struct view *v, size_t i)
{
	return i + ((v->at[i] & 0xfc00) == 0xd800 ? 2 : 1);
}

static int
holds_near(struct search *x, const struct near *near, struct range sentence,
    struct range hit)
{
	const struct words *words;
	struct range found;
	size_t from = sentence.start;
	int rc;

	if (subject_words(x->m, x->s, &words, x->err) == -1)
		return -1;
	/* From every unit: a nearer match may begin inside a farther one. */
	while (from < sentence.end &&
	    (rc = find_within(x, near->pattern, sentence, from, &found)) != 0) {
		if (rc == -1)
			return -1;
		if (words_apart(words, hit, found) <= near->within)
			return 1;
		from = next_unit(x->plain, found.start);
	}
	return 0;
}

static int first_hit(struct matcher *, const struct pattern *, struct subject *,
    struct hit *, struct err *);

static int
holds_after(struct search *x, const struct hit *hit)
{
	struct hit first = {0};
	int rc;

	if (x->p->after == NULL)
		return 1;
	rc = first_hit(x->m, x->p->after, x->s, &first, x->err);
	x->fate = MATCH_AFTER;
	return rc == 1 ? first.start < hit->start : rc;
}

/* 1: the match meets every condition; 0: it does not; -1: a limit. */
static int
holds(struct search *x, const struct hit *hit)
{
	struct range sentence, range = {hit->start, hit->end};
	int rc = 1;

	if (x->p->nunless > 0 || x->p->nnear > 0) {
		sentence = hit_sentence(x, hit);
		rc = holds_unless(x, sentence);
		for (size_t i = 0; i < x->p->nnear && rc == 1; i++) {
			rc = holds_near(x, &x->p->near[i], sentence, range);
			x->fate = MATCH_NEAR;
			x->which = i;
		}
	}
	return rc == 1 ? holds_after(x, hit) : rc;
}

/* Another match of the same alternative may hold where this one did not. */
static int
drop(struct search *x, const struct hit *hit)
{
	struct found *f = &x->m->found[x->base + hit->alternative];
	int rc = regex_find(x->m, x->p->any[hit->alternative], x->plain->at,
	    x->plain->len, next_unit(x->plain, hit->start), x->words, &f->start,
	    &f->end, x->err);

	f->none = rc == 0;
	return rc == -1 ? fail_pattern(x) : 0;
}

/* The next hit; the search goes on behind its end. */
static int
next_hit(struct search *x, struct hit *hit)
{
	int rc;

	while ((rc = find_next(x, hit)) == 1 && (rc = holds(x, hit)) == 0) {
		if (x->teller != NULL)
			x->teller->tell(x->teller->ctx, hit, x->fate, x->which);
		if ((rc = drop(x, hit)) == -1)
			break;
	}
	if (rc != 1)
		return rc;
	x->from = hit->end;
	raw_range(x->plain, x->s->raw, hit->start, hit->end, &hit->raw_start,
	    &hit->raw_end);
	return 1;
}

/* Alternatives that cannot match have no match to be looked for. */
static void
rule_out(struct search *x, struct possible may)
{
	for (size_t i = 0; i < x->p->nany; i++) {
		struct found *f = &x->m->found[x->base + i];

		f->none = f->known = !is_possible(may, i);
	}
}

static int
search_begin(struct search *x, struct matcher *m, const struct pattern *p,
    struct subject *s, struct err *err)
{
	*x = (struct search){.m = m,
	    .p = p,
	    .s = s,
	    .err = err,
	    .plain = subject_plain(m, s),
	    .base = m->nfound};
	m->nfound += p->nany;
	m->found = mem_grow(
	    m->found, &m->found_cap, m->nfound + 1, sizeof(*m->found));
	memset(m->found + x->base, 0, p->nany * sizeof(*m->found));
	rule_out(x, possible(m, p, s));
	return p->words ? subject_words(m, s, &x->words, err) : 0;
}

static void
search_end(struct search *x)
{
	x->m->nfound = x->base;
}

static int
first_hit(struct matcher *m, const struct pattern *p, struct subject *s,
    struct hit *hit, struct err *err)
{
	struct search x;
	int rc = search_begin(&x, m, p, s, err);

	if (rc == 0)
		rc = next_hit(&x, hit);
	search_end(&x);
	return rc;
}

/* Alternative i anywhere in a text: 1, 0 or -1. */
static int
find_any(struct matcher *m, const struct pattern *p, size_t i,
    const struct view *plain, struct err *err)
{
	struct search x = {.p = p, .err = err};
	size_t start, end;
	int rc = regex_find(
	    m, p->any[i], plain->at, plain->len, 0, NULL, &start, &end, err);

	return rc == -1 ? fail_pattern(&x) : rc;
}

int
pattern_is_hit(struct matcher *m, const struct pattern *p, struct subject *s,
    struct err *err)
{
	struct possible may = possible(m, p, s);
	const struct view *plain;
	struct hit hit;
	int rc = 0;

	if (p->nunless + p->nnear > 0 || p->after != NULL || p->words)
		return pattern_may_hit(m, p, s) ?
		    first_hit(m, p, s, &hit, err) :
		    0;
	plain = subject_plain(m, s);
	for (size_t i = 0; i < p->nany && rc == 0; i++)
		if (is_possible(may, i))
			rc = find_any(m, p, i, plain, err);
	return rc;
}

int
pattern_hits(struct matcher *m, const struct pattern *p, struct subject *s,
    struct hits *out, struct err *err)
{
	struct search x;
	struct hit hit;
	int rc;

	if (!pattern_may_hit(m, p, s))
		return 0;
	rc = search_begin(&x, m, p, s, err);

	while (rc == 0 && (rc = next_hit(&x, &hit)) == 1) {
		out->at = mem_grow(
		    out->at, &out->cap, out->n + 1, sizeof(*out->at));
		out->at[out->n++] = hit;
		rc = 0;
		if (x.from >= x.plain->len)
			break;
	}
	search_end(&x);
	return rc;
}

int
pattern_explain(struct matcher *m, const struct pattern *p, struct subject *s,
    const struct match_teller *teller, struct err *err)
{
	struct search x;
	struct hit hit = {0};
	int rc = search_begin(&x, m, p, s, err);

	x.teller = teller;
	while (rc == 0 && (rc = next_hit(&x, &hit)) == 1) {
		teller->tell(teller->ctx, &hit, MATCH_HIT, 0);
		rc = 0;
		if (x.from >= x.plain->len)
			break;
	}
	search_end(&x);
	return rc;
}
