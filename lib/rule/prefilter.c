#include "rule/prefilter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/required.h"

struct literal {
	uint16_t at[REQUIRED_UNITS * 4]; /* plain view of it */
	size_t len;
	uint32_t bit;
};

struct prefilter_builder {
	struct viewer *viewer;
	struct literal *literals;
	size_t n, cap;
	uint32_t *always;
	size_t nalways, always_cap;
	uint32_t bits;
};

/*
 * A state of the automaton. States are numbered by breadth first, so that
 * the states one unit further stand next to each other.
 */
struct state {
	uint16_t unit; /* that leads here */
	uint16_t nchildren;
	uint32_t child;     /* the first one */
	uint32_t fail;      /* where to go on; 0: the root */
	uint32_t out, nout; /* range of out_bits */
};

struct prefilter {
	uint32_t *roots[256]; /* of units: the state that one leads
					 * to from the root; NULL: all 0 */
	struct state *states;
	uint32_t *out_bits;
	uint64_t *always;
	size_t words;
};

struct prefilter_builder *
prefilter_begin(struct viewer *viewer)
{
	struct prefilter_builder *b = mem_alloc(sizeof(*b));

	b->viewer = viewer;
	return b;
}

static void
add_always(struct prefilter_builder *b, uint32_t bit)
{
	b->always = mem_grow(
	    b->always, &b->always_cap, b->nalways + 1, sizeof(*b->always));
	b->always[b->nalways++] = bit;
}

/* The text as the plain view will have it: case-folded. */
static bool
add_literal(
    struct prefilter_builder *b, const uint16_t *at, size_t len, uint32_t bit)
{
	struct buf text = {0};
	struct view plain = {0};
	struct literal *l;
	bool fits;

	utf16_utf8(at, len, &text);
	view_plain(b->viewer, buf_span(&text), &plain);
	fits = plain.len > 0 && plain.len <= REQUIRED_UNITS * 4;
	if (fits) {
		b->literals = mem_grow(
		    b->literals, &b->cap, b->n + 1, sizeof(*b->literals));
		l = &b->literals[b->n++];
		memcpy(l->at, plain.at, plain.len * sizeof(*l->at));
		l->len = plain.len;
		l->bit = bit;
	}
	view_free(&plain);
	buf_free(&text);
	return fits;
}

uint32_t
prefilter_add(struct prefilter_builder *b, const uint16_t *source, size_t len)
{
	struct required r;
	uint32_t bit = b->bits++;
	bool all = required_find(source, len, &r);

	for (size_t i = 0; all && i < r.n; i++)
		all = add_literal(b, r.at[i], r.len[i], bit);
	if (!all)
		add_always(b, bit);
	return bit;
}

/* The trie while literals are put in: children are lists. */
struct twig {
	uint16_t unit;
	uint32_t child, sibling; /* 0: none */
	uint32_t literal;        /* that ends here, from 1 */
	uint32_t number;         /* by breadth first */
};

struct trie {
	struct twig *twigs; /* 0 is the root */
	uint32_t n;
	uint32_t *also;  /* of a literal: another of its end */
	uint32_t *order; /* twigs by number */
};

static uint32_t
find_child(const struct trie *t, uint32_t of, uint16_t unit)
{
	uint32_t k = t->twigs[of].child;

	while (k != 0 && t->twigs[k].unit != unit)
		k = t->twigs[k].sibling;
	return k;
}

static void
insert(struct trie *t, const struct literal *l, uint32_t index)
{
	uint32_t at = 0;

	for (size_t i = 0; i < l->len; i++) {
		uint32_t k = find_child(t, at, l->at[i]);

		if (k == 0) {
			k = t->n++;
			t->twigs[k] = (struct twig){
			    .unit = l->at[i], .sibling = t->twigs[at].child};
			t->twigs[at].child = k;
		}
		at = k;
	}
	t->also[index] = t->twigs[at].literal;
	t->twigs[at].literal = index + 1;
}

static void
number_states(struct trie *t, struct prefilter *f, struct arena *a)
{
	uint32_t tail = 1;

	f->states = arena_alloc(a, t->n * sizeof(*f->states));
	t->order = mem_alloc(t->n * sizeof(*t->order));
	for (uint32_t head = 0; head < tail; head++) {
		struct twig *w = &t->twigs[t->order[head]];
		struct state *s = &f->states[head];

		w->number = head;
		s->unit = w->unit;
		s->child = tail;
		for (uint32_t k = w->child; k != 0; k = t->twigs[k].sibling) {
			t->order[tail++] = k;
			s->nchildren++;
		}
	}
}

static uint32_t
step(const struct prefilter *f, uint32_t s, uint16_t unit)
{
	const struct state *from = &f->states[s];

	for (uint32_t k = 0; k < from->nchildren; k++)
		if (f->states[from->child + k].unit == unit)
			return from->child + k;
	return 0;
}

/* Failure links as in Aho and Corasick 1975, nearest states first. */
static void
link_states(struct prefilter *f, uint32_t n)
{
	for (uint32_t s = 0; s < n; s++) {
		const struct state *from = &f->states[s];

		for (uint32_t k = 0; s != 0 && k < from->nchildren; k++) {
			struct state *to = &f->states[from->child + k];
			uint32_t back = from->fail;

			while (back != 0 && step(f, back, to->unit) == 0)
				back = f->states[back].fail;
			to->fail = step(f, back, to->unit);
		}
	}
}

/* A state gives its literals' bits and those of its failure link. */
static void
give_outputs(const struct prefilter_builder *b, const struct trie *t,
    struct prefilter *f, struct arena *a)
{
	uint32_t *bits = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t i = 1; i < t->n; i++) {
		struct state *s = &f->states[i];
		const struct state *back = &f->states[s->fail];

		s->out = (uint32_t)n;
		bits = mem_grow(
		    bits, &cap, n + back->nout + b->n, sizeof(*bits));
		for (uint32_t k = 0; k < back->nout; k++)
			bits[n++] = bits[back->out + k];
		for (uint32_t k = t->twigs[t->order[i]].literal; k != 0;
		     k = t->also[k - 1])
			bits[n++] = b->literals[k - 1].bit;
		s->nout = (uint32_t)n - s->out;
	}
	f->out_bits = arena_alloc(a, n * sizeof(*bits));
	if (n > 0)
		memcpy(f->out_bits, bits, n * sizeof(*bits));
	free(bits);
}

static void
root_table(struct prefilter *f, struct arena *a)
{
	const struct state *root = &f->states[0];

	for (uint32_t k = root->child; k < root->child + root->nchildren; k++) {
		uint16_t c = f->states[k].unit;
		uint32_t **page = &f->roots[c >> 8];

		if (*page == NULL)
			*page = arena_alloc(a, 256 * sizeof(**page));
		(*page)[c & 0xff] = k;
	}
}

static void
build(const struct prefilter_builder *b, struct prefilter *f, struct arena *a)
{
	struct trie t = {.n = 1};
	size_t most = 1;

	for (size_t i = 0; i < b->n; i++)
		most += b->literals[i].len;
	t.twigs = mem_alloc(most * sizeof(*t.twigs));
	t.also = mem_alloc((b->n + 1) * sizeof(*t.also));
	for (uint32_t i = 0; i < b->n; i++)
		insert(&t, &b->literals[i], i);
	number_states(&t, f, a);
	link_states(f, t.n);
	give_outputs(b, &t, f, a);
	root_table(f, a);
	free(t.order);
	free(t.also);
	free(t.twigs);
}

const struct prefilter *
prefilter_finish(struct prefilter_builder *b, struct arena *a)
{
	struct prefilter *f = arena_alloc(a, sizeof(*f));

	f->words = (b->bits + 63) / 64;
	f->always = arena_alloc(a, (f->words + 1) * sizeof(*f->always));
	for (size_t i = 0; i < b->nalways; i++)
		f->always[b->always[i] >> 6] |= (uint64_t)1
		    << (b->always[i] & 63);
	build(b, f, a);
	free(b->literals);
	free(b->always);
	free(b);
	return f;
}

size_t
prefilter_words(const struct prefilter *f)
{
	return f->words;
}

bool
prefilter_always(const struct prefilter *f, uint32_t bit)
{
	return prefilter_bit(f->always, bit);
}

static void
set_bits(const struct prefilter *f, const struct state *s, uint64_t *bits)
{
	for (uint32_t k = 0; k < s->nout; k++) {
		uint32_t bit = f->out_bits[s->out + k];

		bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
	}
}

static inline uint32_t
from_root(const struct prefilter *f, uint16_t unit)
{
	const uint32_t *page = f->roots[unit >> 8];

	return page == NULL ? 0 : page[unit & 0xff];
}

static uint32_t
advance(const struct prefilter *f, uint32_t s, uint16_t unit)
{
	while (s != 0) {
		uint32_t to = step(f, s, unit);

		if (to != 0)
			return to;
		s = f->states[s].fail;
	}
	return from_root(f, unit);
}

void
prefilter_scan(
    const struct prefilter *f, const uint16_t *at, size_t len, uint64_t *bits)
{
	uint32_t s = 0;

	memcpy(bits, f->always, f->words * sizeof(*bits));
	for (size_t i = 0; i < len; i++) {
		s = s == 0 ? from_root(f, at[i]) : advance(f, s, at[i]);
		if (f->states[s].nout > 0)
			set_bits(f, &f->states[s], bits);
	}
}
