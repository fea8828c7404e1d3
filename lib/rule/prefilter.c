#include "rule/prefilter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/required.h"

struct literal {
	uint16_t	 at[REQUIRED_UNITS * 4];	/* plain view of it */
	size_t		 len;
	uint32_t	 bit;
};

struct prefilter_builder {
	struct viewer	*viewer;
	struct literal	*literals;
	size_t		 n, cap;
	uint32_t	*always;
	size_t		 nalways, always_cap;
	uint32_t	 bits;
};

/* A state's bits: at states[i].first, states[i].n of them. */
struct outputs {
	uint32_t	 first, n;
};

/* An entry of the table: the next state, and whether it has outputs. */
#define HAS_OUTPUT	0x80000000u
#define STATE(e)	((e) & ~HAS_OUTPUT)

struct prefilter {
	uint16_t	*classes[256];	/* of units; NULL: all of them 0 */
	uint32_t	 nclasses;	/* 0 is every unit of no literal */
	uint32_t	*next;		/* states x classes */
	struct outputs	*outputs;	/* one a state */
	uint32_t	*out_bits;
	uint64_t	*always;
	size_t		 words;
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
	b->always = mem_grow(b->always, &b->always_cap, b->nalways + 1,
	    sizeof(*b->always));
	b->always[b->nalways++] = bit;
}

/* The text as the plain view will have it: case-folded. */
static bool
add_literal(struct prefilter_builder *b, const uint16_t *at, size_t len,
    uint32_t bit)
{
	struct buf text = {0};
	struct view plain = {0};
	struct literal *l;
	bool fits;

	utf16_utf8(at, len, &text);
	view_plain(b->viewer, buf_span(&text), &plain);
	fits = plain.len > 0 && plain.len <= REQUIRED_UNITS * 4;
	if (fits) {
		b->literals = mem_grow(b->literals, &b->cap, b->n + 1,
		    sizeof(*b->literals));
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

static void
classify(const struct prefilter_builder *b, struct prefilter *f,
    struct arena *a)
{
	f->nclasses = 1;
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; k < b->literals[i].len; k++) {
			uint16_t c = b->literals[i].at[k];
			uint16_t **page = &f->classes[c >> 8];

			if (*page == NULL)
				*page = arena_alloc(a, 256 * sizeof(**page));
			if ((*page)[c & 0xff] == 0)
				(*page)[c & 0xff] = (uint16_t)f->nclasses++;
		}
}

static uint32_t
class_of_unit(const struct prefilter *f, uint16_t c)
{
	const uint16_t *page = f->classes[c >> 8];

	return page == NULL ? 0 : page[c & 0xff];
}

/* The trie while it is made; links as in Aho and Corasick 1975. */
struct trie {
	struct prefilter	*f;
	uint32_t		*next;
	uint32_t		*fail;
	uint32_t		 n;	/* states */
	uint32_t		*ends;	/* of each state: a literal, from 1 */
	uint32_t		*also;	/* of each literal: the next there */
};

static void
insert(struct trie *t, const struct literal *l, size_t index)
{
	uint32_t s = 0;

	for (size_t k = 0; k < l->len; k++) {
		size_t slot = (size_t)s * t->f->nclasses +
		    class_of_unit(t->f, l->at[k]);

		if (t->next[slot] == 0)
			t->next[slot] = t->n++;
		s = t->next[slot];
	}
	t->also[index] = t->ends[s];
	t->ends[s] = (uint32_t)index + 1;
}

/* Fills the gaps of the trie by the failure links, nearest states first. */
static void
link_states(struct trie *t, uint32_t *order)
{
	uint32_t head = 0, tail = 0, classes = t->f->nclasses;

	t->fail = mem_alloc(t->n * sizeof(*t->fail));
	for (uint32_t c = 0; c < classes; c++)
		if (t->next[c] != 0)
			order[tail++] = t->next[c];
	while (head < tail) {
		uint32_t s = order[head++];

		for (uint32_t c = 0; c < classes; c++) {
			uint32_t *to = &t->next[(size_t)s * classes + c];
			uint32_t by_fail = t->next[(size_t)t->fail[s] *
			    classes + c];

			if (*to == 0) {
				*to = by_fail;
			} else {
				t->fail[*to] = by_fail;
				order[tail++] = *to;
			}
		}
	}
}

/* A state gives its literals' bits and those of its failure link. */
static void
give_outputs(const struct prefilter_builder *b, struct trie *t,
    const uint32_t *order, struct arena *a)
{
	struct prefilter *f = t->f;
	uint32_t *bits = NULL;
	size_t n = 0, cap = 0;

	f->outputs = arena_alloc(a, t->n * sizeof(*f->outputs));
	for (uint32_t i = 0; i + 1 < t->n; i++) {
		struct outputs *o = &f->outputs[order[i]];
		struct outputs inherited = f->outputs[t->fail[order[i]]];

		o->first = (uint32_t)n;
		bits = mem_grow(bits, &cap, n + inherited.n + b->n,
		    sizeof(*bits));
		for (uint32_t k = 0; k < inherited.n; k++)
			bits[n++] = bits[inherited.first + k];
		for (uint32_t k = t->ends[order[i]]; k != 0; k = t->also[k - 1])
			bits[n++] = b->literals[k - 1].bit;
		o->n = (uint32_t)n - o->first;
	}
	f->out_bits = arena_alloc(a, n * sizeof(*bits));
	if (n > 0)
		memcpy(f->out_bits, bits, n * sizeof(*bits));
	free(bits);
}

static void
finish_table(struct trie *t, struct arena *a)
{
	struct prefilter *f = t->f;
	size_t n = (size_t)t->n * f->nclasses;

	f->next = arena_alloc(a, n * sizeof(*f->next));
	for (size_t i = 0; i < n; i++)
		f->next[i] = t->next[i] |
		    (f->outputs[t->next[i]].n > 0 ? HAS_OUTPUT : 0);
}

static void
build(const struct prefilter_builder *b, struct prefilter *f,
    struct arena *a)
{
	struct trie t = {.f = f, .n = 1};
	uint32_t *order;
	size_t most = 1;

	for (size_t i = 0; i < b->n; i++)
		most += b->literals[i].len;
	t.next = mem_alloc(most * f->nclasses * sizeof(*t.next));
	t.ends = mem_alloc(most * sizeof(*t.ends));
	t.also = mem_alloc((b->n + 1) * sizeof(*t.also));
	for (size_t i = 0; i < b->n; i++)
		insert(&t, &b->literals[i], i);
	order = mem_alloc(t.n * sizeof(*order));
	link_states(&t, order);
	give_outputs(b, &t, order, a);
	finish_table(&t, a);
	free(order);
	free(t.ends);
	free(t.also);
	free(t.fail);
	free(t.next);
}

const struct prefilter *
prefilter_finish(struct prefilter_builder *b, struct arena *a)
{
	struct prefilter *f = arena_alloc(a, sizeof(*f));

	f->words = (b->bits + 63) / 64;
	f->always = arena_alloc(a, (f->words + 1) * sizeof(*f->always));
	for (size_t i = 0; i < b->nalways; i++)
		f->always[b->always[i] >> 6] |= (uint64_t)1 <<
		    (b->always[i] & 63);
	classify(b, f, a);
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
set_bits(const struct prefilter *f, uint32_t state, uint64_t *bits)
{
	const struct outputs *o = &f->outputs[state];

	for (uint32_t k = 0; k < o->n; k++) {
		uint32_t bit = f->out_bits[o->first + k];

		bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
	}
}

void
prefilter_scan(const struct prefilter *f, const uint16_t *at, size_t len,
    uint64_t *bits)
{
	uint32_t s = 0;

	memcpy(bits, f->always, f->words * sizeof(*bits));
	for (size_t i = 0; i < len; i++) {
		const uint16_t *page = f->classes[at[i] >> 8];
		uint32_t class = page == NULL ? 0 : page[at[i] & 0xff];

		if (class == 0) {
			s = 0;
			continue;
		}
		s = f->next[(size_t)s * f->nclasses + class];
		if (s & HAS_OUTPUT) {
			s = STATE(s);
			set_bits(f, s, bits);
		}
	}
}
