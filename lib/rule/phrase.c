#include "rule/phrase.h"

#include <stdlib.h>

#include "base/mem.h"
#include "rule/matcher.h"
#include "rule/myers.h"

/* A span within a wording's distance, in code points of the folded turn. */
struct candidate {
	uint32_t start, end;
	uint32_t distance, wording;
	uint32_t length; /* of the wording */
};

enum { TAKEN = 1 };

/* A worker's scratch: the folded turn in code points, and what is in it. */
struct phrase_scratch {
	uint32_t *points;
	uint32_t *unit; /* where points begin, and the end */
	size_t n, points_cap, unit_cap;
	uint32_t *best, *exact; /* see myers.h */
	size_t best_cap, exact_cap;
	uint32_t *keeps; /* points at which keep matches begin */
	size_t nkeeps, keeps_cap;
	bool have_keeps;
	struct candidate *candidates;
	size_t ncandidates, candidates_cap;
	char *taken; /* TAKEN: in an occurrence */
	size_t taken_cap;
	struct myers_column column;
};

struct matching {
	struct matcher *m;
	const struct phrase *p;
	const struct view *folded;
	struct span raw; /* of it */
	struct phrase_scratch *x;
	struct phrase_result *out;
	struct err *err;
};

void
phrase_scratch_free(struct phrase_scratch *x)
{
	if (x == NULL)
		return;
	free(x->points);
	free(x->unit);
	free(x->best);
	free(x->exact);
	free(x->keeps);
	free(x->candidates);
	free(x->taken);
	myers_column_free(&x->column);
	free(x);
}

void
phrase_result_free(struct phrase_result *r)
{
	free(r->at);
	*r = (struct phrase_result){0};
}

int
similarity_cmp(struct similarity a, struct similarity b)
{
	uint64_t x, y;

	if (a.length == 0 || b.length == 0)
		return (a.length != 0) - (b.length != 0);
	x = (uint64_t)a.distance * b.length;
	y = (uint64_t)b.distance * a.length;
	return (x < y) - (x > y);
}

/* How much of the length is alike; never below nothing. */
static uint64_t
alike(struct similarity s)
{
	return s.distance < s.length ? s.length - s.distance : 0;
}

bool
similarity_least(struct similarity s, unsigned percent)
{
	return s.length > 0 && alike(s) * 100 >= (uint64_t)s.length * percent;
}

unsigned
similarity_milli(struct similarity s)
{
	if (s.length == 0)
		return 0;
	return (
	    unsigned)((alike(s) * 2000 + s.length) / (2 * (uint64_t)s.length));
}

/* UTF-16 to code points; at has room for len. Returns how many. */
static size_t
to_points(const struct view *v, uint32_t *points, uint32_t *unit)
{
	size_t n = 0;

	for (size_t i = 0; i < v->len; n++) {
		uint32_t c = v->at[i];

		if (unit != NULL)
			unit[n] = (uint32_t)i;
		i++;
		if ((c & 0xfc00) == 0xd800 && i < v->len)
			c = ((c & 0x3ff) << 10 | (v->at[i++] & 0x3ffu)) +
			    0x10000;
		points[n] = c;
	}
	return n;
}

static void
prepare(struct arena *a, const struct view *v, uint32_t ppm, struct wording *w)
{
	w->points = arena_alloc(a, (v->len + 1) * sizeof(*w->points));
	w->npoints = to_points(v, w->points, NULL);
	w->max_distance = (size_t)((uint64_t)w->npoints * ppm / 1000000);
	w->masks = w->npoints == 0 ? NULL : myers_new(a, w->points, w->npoints);
}

void
phrase_prepare(struct arena *a, struct viewer *viewer, const struct fold *fold,
    struct phrase *p)
{
	struct view v = {0};

	for (size_t i = 0; i < p->nwordings; i++) {
		view_folded(viewer, fold, p->wordings[i].say, &v);
		prepare(a, &v, p->tolerance_ppm, &p->wordings[i]);
	}
	view_free(&v);
}

static void
read_turn(struct phrase_scratch *x, const struct view *v)
{
	size_t room = v->len + 1;

	x->points = mem_grow(
	    x->points, &x->points_cap, room, sizeof(*x->points));
	x->unit = mem_grow(x->unit, &x->unit_cap, room, sizeof(*x->unit));
	x->best = mem_grow(x->best, &x->best_cap, room, sizeof(*x->best));
	x->exact = mem_grow(x->exact, &x->exact_cap, room, sizeof(*x->exact));
	x->n = to_points(v, x->points, x->unit);
	x->unit[x->n] = (uint32_t)v->len;
	x->have_keeps = false;
	x->ncandidates = 0;
}

/* The first element at or behind value in an ascending array. */
static size_t
at_least(const uint32_t *at, size_t n, uint32_t value)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (at[mid] < value)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static int
fail_keep(struct matching *mt)
{
	struct err why = *mt->err;

	return fail(
	    mt->err, "phrase %.*s: keep: %s", SPAN_FMT(mt->p->id), why.text);
}

/* Matches that begin in units from..end, of the turn up to a unit. */
static int
add_keeps(struct matching *mt, size_t from, size_t end)
{
	struct phrase_scratch *x = mt->x;
	size_t start, stop;
	int rc;

	while ((rc = regex_find(mt->m, mt->p->keep, mt->folded->at, end, from,
		    NULL, &start, &stop, mt->err)) == 1) {
		size_t point = at_least(x->unit, x->n, (uint32_t)start);

		x->keeps = mem_grow(
		    x->keeps, &x->keeps_cap, x->nkeeps + 1, sizeof(*x->keeps));
		x->keeps[x->nkeeps++] = (uint32_t)point;
		from = x->unit[point + 1];
	}
	return rc == -1 ? fail_keep(mt) : 0;
}

static int
by_number(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

/*
 * In the whole turn; and in each of its sentences as if nothing followed: what
 * comes behind a sentence takes nothing back. "I leave it to you. Cars" is no
 * "I leave it to you?", though folded the one begins as the other ends.
 */
static int
find_keeps(struct matching *mt)
{
	const struct view *v = mt->folded;
	size_t start, end;

	mt->x->have_keeps = true;
	mt->x->nkeeps = 0;
	if (add_keeps(mt, 0, v->len) == -1)
		return -1;
	for (size_t from = 0; from < v->len; from = end) {
		view_sentence(v, mt->raw, from, &start, &end);
		if (end < v->len && add_keeps(mt, from, end) == -1)
			return -1;
	}
	if (mt->x->nkeeps > 0)
		qsort(mt->x->keeps, mt->x->nkeeps, sizeof(*mt->x->keeps),
		    by_number);
	return 0;
}

static bool
is_kept(const struct matching *mt, uint32_t start, uint32_t end)
{
	const struct phrase_scratch *x = mt->x;
	size_t i;

	if (mt->p->keep == NULL)
		return true;
	i = at_least(x->keeps, x->nkeeps, start);
	return i < x->nkeeps && x->keeps[i] < end;
}

/* Every span that ends before point end and counts. */
static void
add_candidates(struct matching *mt, uint32_t wording, uint32_t end)
{
	struct phrase_scratch *x = mt->x;
	const struct wording *w = &mt->p->wordings[wording];
	size_t most = w->npoints + w->max_distance;

	most = most < end ? most : end;
	myers_starts(w->masks, &x->column, x->points, end, most, x->exact);
	for (size_t k = 1; k <= most; k++) {
		uint32_t start = (uint32_t)(end - k);

		if (x->exact[k] > w->max_distance || !is_kept(mt, start, end))
			continue;
		x->candidates = mem_grow(x->candidates, &x->candidates_cap,
		    x->ncandidates + 1, sizeof(*x->candidates));
		x->candidates[x->ncandidates++] = (struct candidate){
		    start, end, x->exact[k], wording, (uint32_t)w->npoints};
	}
}

/* The longest span of least distance that ends before point end. */
static void
set_seen(struct matching *mt, uint32_t wording, uint32_t end)
{
	struct phrase_scratch *x = mt->x;
	const struct wording *w = &mt->p->wordings[wording];
	struct occurrence *seen = &mt->out->seen;
	size_t most = 2 * w->npoints, k;

	most = most < end ? most : end;
	myers_starts(w->masks, &x->column, x->points, end, most, x->exact);
	for (k = most; k > 0 && x->exact[k] != x->best[end];)
		k--;
	*seen = (struct occurrence){.start = x->unit[end - k],
	    .end = x->unit[end],
	    .wording = wording,
	    .similarity = {x->best[end], (uint32_t)w->npoints}};
}

static int
match_wording(struct matching *mt, uint32_t wording)
{
	struct phrase_scratch *x = mt->x;
	const struct wording *w = &mt->p->wordings[wording];
	uint32_t least = 0;
	struct similarity s;

	if (w->npoints == 0)
		return 0;
	myers_ends(w->masks, &x->column, x->points, x->n, x->best);
	for (uint32_t j = 1; j <= x->n; j++) {
		if (x->best[j] < x->best[least])
			least = j;
		if (x->best[j] > w->max_distance)
			continue;
		if (mt->p->keep != NULL && !x->have_keeps &&
		    find_keeps(mt) == -1)
			return -1;
		add_candidates(mt, wording, j);
	}
	s = (struct similarity){x->best[least], (uint32_t)w->npoints};
	if (similarity_cmp(s, mt->out->seen.similarity) > 0)
		set_seen(mt, wording, least);
	return 0;
}

/* Most similar, then leftmost end, then longest, then first wording. */
static int
by_merit(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;
	int c = similarity_cmp((struct similarity){b->distance, b->length},
	    (struct similarity){a->distance, a->length});

	if (c != 0)
		return c;
	if (a->end != b->end)
		return a->end < b->end ? -1 : 1;
	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->wording > b->wording) - (a->wording < b->wording);
}

static int
by_place(const void *x, const void *y)
{
	const struct occurrence *a = x, *b = y;

	return (a->start > b->start) - (a->start < b->start);
}

static void
add_occurrence(struct matching *mt, const struct candidate *c)
{
	struct phrase_result *r = mt->out;

	r->at = mem_grow(r->at, &r->cap, r->n + 1, sizeof(*r->at));
	r->at[r->n++] = (struct occurrence){.start = mt->x->unit[c->start],
	    .end = mt->x->unit[c->end],
	    .wording = c->wording,
	    .similarity = {c->distance, c->length}};
}

/* The best candidates that overlap no better one. */
static void
choose(struct matching *mt)
{
	struct phrase_scratch *x = mt->x;

	if (x->ncandidates == 0)
		return;
	qsort(x->candidates, x->ncandidates, sizeof(*x->candidates), by_merit);
	x->taken = mem_grow(x->taken, &x->taken_cap, x->n, sizeof(*x->taken));
	memset(x->taken, 0, x->n);
	for (size_t i = 0; i < x->ncandidates; i++) {
		const struct candidate *c = &x->candidates[i];

		if (memchr(x->taken + c->start, TAKEN, c->end - c->start) !=
		    NULL)
			continue;
		memset(x->taken + c->start, TAKEN, c->end - c->start);
		add_occurrence(mt, c);
	}
	mt->out->best = mt->out->at[0].similarity;
	qsort(mt->out->at, mt->out->n, sizeof(*mt->out->at), by_place);
}

static void
set_raw(const struct view *folded, struct span raw, struct occurrence *o)
{
	if (o->end > o->start)
		raw_range(
		    folded, raw, o->start, o->end, &o->raw_start, &o->raw_end);
}

int
phrase_match(struct matcher *m, const struct phrase *p, struct subject *s,
    struct phrase_result *out, struct err *err)
{
	struct matching mt = {.m = m,
	    .p = p,
	    .out = out,
	    .err = err,
	    .folded = subject_folded(m, s),
	    .raw = s->raw};

	out->n = 0;
	out->best = (struct similarity){0};
	out->seen = (struct occurrence){0};
	if (mt.folded->len == 0)
		return 0;
	if (m->phrase == NULL)
		m->phrase = mem_alloc(sizeof(*m->phrase));
	mt.x = m->phrase;
	read_turn(mt.x, mt.folded);
	for (uint32_t i = 0; i < p->nwordings; i++) {
		if (match_wording(&mt, i) == -1)
			return -1;
	}
	out->best = out->seen.similarity;
	choose(&mt);
	for (size_t i = 0; i < out->n; i++)
		set_raw(mt.folded, s->raw, &out->at[i]);
	set_raw(mt.folded, s->raw, &out->seen);
	return 0;
}
