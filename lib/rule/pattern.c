#include "rule/pattern.h"

#include <stdlib.h>

#include "base/mem.h"
#include "rule/matcher.h"
#include "rule/prefilter.h"

/* Units from..to of the plain view. */
struct range {
	size_t start, end;
};

/* All matches of a near condition in a sentence, in order of their starts;
 * reach is the farthest end of those up to there. */
struct neighbour {
	struct range range;
	size_t reach;
};

struct neighbours {
	struct range sentence; /* end 0: none has been looked at */
	struct neighbour *at;
	size_t n, cap;
};

/* One search: a pattern in a subject, and how far it has come. What hits of
 * one sentence have in common is found out once. */
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
	struct range sentence; /* of the last hit's beginning; end 0: none */
	struct range excepted; /* the sentence that was looked at last; end 0 */
	int exception;         /* what holds_unless said of it */
	size_t unless;         /* which of them it was */
	struct neighbours *near; /* of each condition; NULL: not yet */
	bool after_known;
	int after; /* what first_hit said */
	size_t after_start;
};

static int
fail_pattern(struct search *x)
{
	struct err why = *x->err;

	return fail(x->err, "pattern %.*s: %s", SPAN_FMT(x->p->id), why.text);
}

/* What a prefilter says of a pattern's alternatives. */
struct possible {
	const uint64_t *may; /* NULL: any may match */
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

	if (f->by == NULL || m->no_prefilter)
		return (struct possible){NULL, 0};
	if (s->scanned != f->by) {
		plain = subject_plain(m, s);
		s->may = prefilter_scan(
		    f->by, plain->at, plain->len, &s->scratch);
		s->scanned = f->by;
	}
	return (struct possible){s->may, f->first};
}

static bool
is_possible(struct possible p, size_t alternative)
{
	return p.may == NULL ||
	    prefilter_may(p.may, p.first + (uint32_t)alternative);
}

bool
pattern_may_hit(struct matcher *m, const struct pattern *p, struct subject *s)
{
	struct possible any = possible(m, p, s);

	return any.may == NULL ||
	    prefilter_may_any(any.may, any.first, p->nany);
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
hit_sentence(struct search *x, const struct hit *hit)
{
	struct range r = x->sentence, last;

	if (hit->start < r.start || hit->start >= r.end)
		view_sentence(
		    x->plain, x->s->raw, hit->start, &r.start, &r.end);
	x->sentence = r;
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

static bool
same_range(struct range a, struct range b)
{
	return a.start == b.start && a.end == b.end;
}

static int
find_exception(struct search *x, struct range sentence)
{
	for (x->unless = 0; x->unless < x->p->nunless; x->unless++) {
		struct range found;
		int rc = find_within(x, x->p->unless[x->unless], sentence,
		    sentence.start, &found);

		if (rc != 0)
			return rc == 1 ? 0 : -1;
	}
	return 1;
}

static int
holds_unless(struct search *x, struct range sentence)
{
	if (x->excepted.end == 0 || !same_range(x->excepted, sentence))
		x->exception = find_exception(x, sentence);
	x->excepted = sentence;
	x->fate = MATCH_UNLESS;
	x->which = x->unless;
	return x->exception;
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

/* The leftmost of all that the condition means, of those the longest. */
static int
find_near(struct search *x, const struct near *near, struct range sentence,
    size_t from, struct range *found)
{
	struct range one;
	int rc, any = 0;

	if (near->pattern != NULL)
		return find_within(x, near->pattern, sentence, from, found);
	for (size_t i = 0; i < near->nany; i++) {
		rc = find_within(x, near->any[i], sentence, from, &one);
		if (rc == -1)
			return -1;
		if (rc == 1 &&
		    (any == 0 || one.start < found->start ||
			(one.start == found->start && one.end > found->end)))
			*found = one;
		any |= rc;
	}
	return any;
}

/* From every unit: a nearer match may begin inside a farther one. */
static int
find_neighbours(struct search *x, const struct near *near,
    struct range sentence, struct neighbours *all)
{
	size_t from = sentence.start;
	struct range found;
	int rc = 0;

	all->sentence = sentence;
	all->n = 0;
	while (from < sentence.end &&
	    (rc = find_near(x, near, sentence, from, &found)) == 1) {
		size_t reach = all->n > 0 ? all->at[all->n - 1].reach : 0;

		all->at = mem_grow(
		    all->at, &all->cap, all->n + 1, sizeof(*all->at));
		all->at[all->n++] = (struct neighbour){
		    found, found.end > reach ? found.end : reach};
		from = next_unit(x->plain, found.start);
	}
	return rc == -1 ? -1 : 0;
}

/* The first that does not begin before the unit. */
static size_t
neighbour_from(const struct neighbours *all, size_t unit)
{
	size_t low = 0, high = all->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (all->at[middle].range.start < unit)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Of those behind it the first is nearest, of those before it the one that
 * reaches farthest. */
static int
holds_near(struct search *x, size_t i, struct range sentence, struct range hit)
{
	const struct near *near = &x->p->near[i];
	const struct words *words;
	struct neighbours *all;
	struct range before;
	size_t k;

	if (subject_words(x->m, x->s, &words, x->err) == -1)
		return -1;
	if (x->near == NULL)
		x->near = mem_alloc(x->p->nnear * sizeof(*x->near));
	all = &x->near[i];
	if ((all->sentence.end == 0 || !same_range(all->sentence, sentence)) &&
	    find_neighbours(x, near, sentence, all) == -1)
		return -1;
	k = neighbour_from(all, hit.start);
	if (k < all->n &&
	    words_apart(words, hit, all->at[k].range) <= near->within)
		return 1;
	if (k == 0)
		return 0;
	before.end = all->at[k - 1].reach;
	before.start = before.end > hit.start ? hit.start : before.end - 1;
	return words_apart(words, hit, before) <= near->within;
}

static int first_hit(struct matcher *, const struct pattern *, struct subject *,
    struct hit *, struct err *);

static int
holds_after(struct search *x, const struct hit *hit)
{
	struct hit first = {0};

	if (x->p->after == NULL)
		return 1;
	if (!x->after_known)
		x->after = first_hit(x->m, x->p->after, x->s, &first, x->err);
	if (!x->after_known)
		x->after_start = first.start;
	x->after_known = true;
	x->fate = MATCH_AFTER;
	return x->after == 1 ? x->after_start < hit->start : x->after;
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
			rc = holds_near(x, i, sentence, range);
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
	for (size_t i = 0; i < x->p->nnear && x->near != NULL; i++)
		free(x->near[i].at);
	free(x->near);
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

bool
pattern_may_threaten(struct matcher *m, const struct pattern *p,
    const uint64_t *may, const struct view *plain)
{
	const uint32_t first = p->among_threats.first;
	const uint32_t end = first + (uint32_t)p->nany;
	struct err err;

	/* A limit is told by who judges the text. */
	for (uint32_t i = first; (i = prefilter_next(may, i, end)) < end; i++)
		if (p->words || find_any(m, p, i - first, plain, &err) != 0)
			return true;
	return false;
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
