#include "rule/prefilter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/prefilter_tables.h"
#include "text/viewer.h"

enum { PER_WORD = 64 / REQUIRED_SETS };
static const uint64_t all_sets = ((uint64_t)1 << REQUIRED_SETS) - 1;

struct prefilter_builder {
	struct viewer *viewer;
	struct literal *literals;
	size_t n, cap;
	uint64_t *given; /* bits that are set from the first */
	uint64_t *spans; /* bits of patterns with matches over lines */
	size_t words, given_cap, spans_cap;
	uint32_t patterns;
	struct buf bars;  /* texts of all bars, behind those of bar 0 */
	uint32_t *placed; /* of each bar, where they begin; 0: not yet */
	size_t nplaced, placed_cap;
	struct view plain; /* scratch */
	struct buf text;
};

struct prefilter_builder *
prefilter_begin(struct viewer *viewer)
{
	static const uint16_t nothing;
	struct prefilter_builder *b = mem_alloc(sizeof(*b));

	b->viewer = viewer;
	buf_add(&b->bars, (struct span){(const char *)&nothing, 2});
	return b;
}

/* Where the texts of a bar begin: they are put there once. */
static uint32_t
place_bar(struct prefilter_builder *b, const struct bars *bars, uint16_t number)
{
	const uint16_t *texts;

	if (number == 0)
		return 0;
	b->placed = mem_grow(
	    b->placed, &b->placed_cap, number + 1u, sizeof(*b->placed));
	while (b->nplaced <= number)
		b->placed[b->nplaced++] = 0;
	if (b->placed[number] == 0) {
		texts = bars_texts(bars, number);
		b->placed[number] = (uint32_t)(b->bars.len / sizeof(*texts));
		buf_add(&b->bars,
		    (struct span){(const char *)texts,
			bar_units(texts) * sizeof(*texts)});
	}
	return b->placed[number];
}

static bool
has_line_break(const uint16_t *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((at[i] >= 0x0a && at[i] <= 0x0d) || at[i] == 0x85 ||
		    at[i] == 0x2028 || at[i] == 0x2029)
			return true;
	return false;
}

/* Is the text in the plain view as it is here? */
static bool
is_plain(const struct required_text *t)
{
	for (size_t i = 0; i < t->len; i++)
		if (!unit_is_plain(t->at[i]))
			return false;
	return t->len > 0;
}

/* The text as the plain view will have it: case-folded. */
static void
put_plain(struct prefilter_builder *b, const struct required_text *t,
    struct literal *l)
{
	if (is_plain(t)) {
		memcpy(l->at, t->at, t->len * sizeof(*t->at));
		l->len = t->len;
		return;
	}
	buf_reset(&b->text);
	utf16_utf8(t->at, t->len, &b->text);
	view_plain(b->viewer, buf_span(&b->text), &b->plain);
	l->len = (uint16_t)b->plain.len; /* of 8 units at most 144 */
	if (l->len <= LITERAL_UNITS)
		memcpy(l->at, b->plain.at, l->len * sizeof(*l->at));
}

/* False where it cannot be looked for; one with a line break can lie across
 * two utterances. */
static bool
add_literal(struct prefilter_builder *b, const struct required *r,
    const struct required_text *t, uint32_t bit)
{
	struct literal *l;

	b->literals = mem_grow(
	    b->literals, &b->cap, b->n + 1, sizeof(*b->literals));
	l = &b->literals[b->n];
	put_plain(b, t, l);
	if (l->len == 0 || l->len > LITERAL_UNITS ||
	    has_line_break(l->at, l->len))
		return false;
	l->bit = bit;
	l->bar = place_bar(b, r->bars, t->bar);
	b->n++;
	return true;
}

static void
give(struct prefilter_builder *b, uint32_t bit)
{
	b->given[bit / 64] |= (uint64_t)1 << bit % 64;
}

uint32_t
prefilter_add_required(struct prefilter_builder *b, const struct required *r)
{
	uint32_t pattern = b->patterns++;

	b->words = pattern / PER_WORD + 1;
	b->given = mem_grow(
	    b->given, &b->given_cap, b->words, sizeof(*b->given));
	b->spans = mem_grow(
	    b->spans, &b->spans_cap, b->words, sizeof(*b->spans));
	if (pattern % PER_WORD == 0)
		b->given[b->words - 1] = b->spans[b->words - 1] = 0;
	if (r != NULL && r->spans_lines)
		b->spans[b->words - 1] |= all_sets
		    << pattern % PER_WORD * REQUIRED_SETS;
	for (uint32_t i = 0; i < REQUIRED_SETS; i++) {
		uint32_t bit = pattern * REQUIRED_SETS + i;
		bool all = r != NULL && i < r->n;
		size_t before = b->n;

		for (size_t k = 0; all && k < r->sets[i].n; k++)
			all = add_literal(b, r, &r->sets[i].at[k], bit);
		if (all)
			continue;
		b->n = before;
		give(b, bit);
	}
	return pattern;
}

uint32_t
prefilter_add(struct prefilter_builder *b, struct required_memo *memo,
    const uint16_t *source, size_t len)
{
	struct required r;

	return prefilter_add_required(
	    b, required_find(source, len, memo, &r) ? &r : NULL);
}

/* The trie while literals are put in: children are lists. */
struct twig {
	uint16_t unit;
	uint32_t child, sibling; /* 0: none */
	uint32_t literal;        /* that ends here, from 1 */
};

struct trie {
	struct twig *twigs; /* 0 is nothing */
	uint32_t n;
	uint32_t *also;  /* of a literal: another of its end */
	uint32_t *order; /* twigs by number */
};

static uint32_t
pair_of(uint16_t a, uint16_t b)
{
	return (uint32_t)a << 16 | b;
}

static inline uint32_t
hash_third(uint32_t hashed, uint16_t unit)
{
	return (hashed ^ unit * UINT32_C(0x85ebca6b) >> 16) & (PAIR_BITS - 1);
}

static struct entry *
entry_of(struct entry *entries, uint32_t mask, uint32_t pair)
{
	uint32_t i = pair_hash(pair) & mask;

	while (entries[i].pair != 0 && entries[i].pair != pair)
		i = (i + 1) & mask;
	return &entries[i];
}

static uint32_t
twig_new(struct trie *t, uint16_t unit, uint32_t sibling)
{
	t->twigs[t->n] = (struct twig){.unit = unit, .sibling = sibling};
	return t->n++;
}

static uint32_t
child_of(struct trie *t, uint32_t of, uint16_t unit)
{
	uint32_t k = t->twigs[of].child;

	while (k != 0 && t->twigs[k].unit != unit)
		k = t->twigs[k].sibling;
	if (k == 0)
		t->twigs[of].child = k = twig_new(t, unit, t->twigs[of].child);
	return k;
}

/* From the entry of its first two units; one unit has a twig of its own. */
static void
insert(struct trie *t, struct prefilter *f, const struct literal *l,
    uint32_t index)
{
	uint32_t *root, at;

	if (l->len == 1) {
		size_t i = 0;

		while (i < f->nalone && f->alone[i].pair != l->at[0])
			i++;
		if (i == f->nalone)
			f->alone[f->nalone++].pair = l->at[0];
		root = &f->alone[i].state;
	} else {
		struct entry *e = entry_of(
		    f->entries, f->mask, pair_of(l->at[0], l->at[1]));

		e->pair = pair_of(l->at[0], l->at[1]);
		root = &e->state;
	}
	if (*root == 0)
		*root = twig_new(t, l->at[l->len > 1], 0);
	at = *root;
	for (size_t i = 2; i < l->len; i++)
		at = child_of(t, at, l->at[i]);
	t->also[index] = t->twigs[at].literal;
	t->twigs[at].literal = index + 1;
}

/* Roots first, then the children of each in the order of numbers. */
static void
number_states(struct trie *t, struct prefilter *f)
{
	uint32_t tail = 1;

	for (size_t i = 0; i < f->nalone; i++) {
		t->order[tail] = f->alone[i].state;
		f->alone[i].state = tail++;
	}
	for (size_t i = 0; i <= f->mask; i++) {
		if (f->entries[i].pair == 0)
			continue;
		t->order[tail] = f->entries[i].state;
		f->entries[i].state = tail++;
	}
	for (uint32_t head = 1; head < tail; head++) {
		const struct twig *w = &t->twigs[t->order[head]];
		struct state *s = &f->states[head];

		s->unit = w->unit;
		s->child = tail;
		for (uint32_t k = w->child; k != 0; k = t->twigs[k].sibling) {
			t->order[tail++] = k;
			s->nchildren++;
		}
	}
}

/* Of those from..to the one for a literal, or to. */
static size_t
output_of(
    const struct prefilter *f, size_t from, size_t to, const struct literal *l)
{
	while (from < to &&
	    (f->outputs[from].word != l->bit / 64 ||
		f->outputs[from].bar != l->bar))
		from++;
	return from;
}

/* Literals of one end and bar that set bits of one word are one output. */
static void
give_outputs(const struct prefilter_builder *b, const struct trie *t,
    struct prefilter *f)
{
	size_t n = 0;

	for (uint32_t i = 1; i < t->n; i++) {
		struct state *s = &f->states[i];

		s->out = (uint32_t)n;
		for (uint32_t k = t->twigs[t->order[i]].literal; k != 0;
		     k = t->also[k - 1]) {
			const struct literal *l = &b->literals[k - 1];
			size_t o = output_of(f, s->out, n, l);

			if (o == n)
				f->outputs[n++] = (struct output){
				    0, l->bit / 64, l->bar};
			f->outputs[o].bits |= (uint64_t)1 << l->bit % 64;
		}
		s->nout = (uint32_t)n - s->out;
	}
	f->noutputs = n;
}

static void
set_masks(
    const struct prefilter_builder *b, struct prefilter *f, struct arena *a)
{
	if (f->nalone > 0)
		f->singles = arena_alloc(a, ALPHABET_BYTES);
	for (size_t i = 0; i < f->nalone; i++)
		alphabet_add(f->singles, (uint16_t)f->alone[i].pair);
	for (size_t i = 0; i < b->n; i++) {
		const struct literal *l = &b->literals[i];
		uint32_t h = pair_hash(pair_of(l->at[0], l->at[1]));

		if (l->len > f->longest)
			f->longest = l->len;
		if (l->len == 1)
			continue;
		set_bit(f->pairs, h);
		set_bit(f->triples, hash_third(h, l->len > 2 ? l->at[2] : 0));
	}
}

static void
build(const struct prefilter_builder *b, struct prefilter *f, struct arena *a)
{
	struct trie t = {.n = 1};
	size_t most = 1, units = 0;

	for (size_t i = 0; i < b->n; i++)
		units += b->literals[i].len;
	/* More than literals, which are fewer pairs: many begin alike. */
	while (most <= b->n)
		most *= 2;
	f->mask = (uint32_t)most - 1;
	f->entries = arena_alloc(a, most * sizeof(*f->entries));
	f->alone = arena_alloc(a, b->n * sizeof(*f->alone));
	f->outputs = arena_alloc(a, b->n * sizeof(*f->outputs));
	t.twigs = mem_alloc((units + 1) * sizeof(*t.twigs));
	t.order = mem_alloc((units + 1) * sizeof(*t.order));
	t.also = mem_alloc((b->n + 1) * sizeof(*t.also));
	for (uint32_t i = 0; i < b->n; i++)
		insert(&t, f, &b->literals[i], i);
	f->nstates = t.n;
	f->states = arena_alloc(a, f->nstates * sizeof(*f->states));
	number_states(&t, f);
	give_outputs(b, &t, f);
	set_masks(b, f, a);
	free(t.order);
	free(t.also);
	free(t.twigs);
}

/* The first look, and what its choice of sets gives. */
static void
make_glance(
    const struct prefilter_builder *b, struct prefilter *f, struct arena *a)
{
	uint64_t *chosen = mem_alloc((f->words + 1) * sizeof(*chosen));

	f->first = firstlook_new(b->literals, b->n, f->bars, chosen, a);
	f->glanced = arena_alloc(a, (f->words + 1) * sizeof(*f->glanced));
	for (size_t i = 0; i < f->words; i++) {
		uint64_t left = f->first != NULL ? chosen[i] :
						   UINT64_C(0x1111111111111111);

		f->glanced[i] = f->given[i] | (b->spans[i] & ~left);
	}
	free(chosen);
}

const struct prefilter *
prefilter_finish(struct prefilter_builder *b, bool glances, struct arena *a)
{
	struct prefilter *f = arena_alloc(a, sizeof(*f));

	f->words = b->words;
	f->given = arena_alloc(a, (f->words + 1) * sizeof(*f->given));
	if (f->words > 0)
		memcpy(f->given, b->given, f->words * sizeof(*f->given));
	for (uint32_t i = 0; i < b->patterns; i++)
		f->always |= prefilter_may(f->given, i);
	f->nbars = b->bars.len / sizeof(*f->bars);
	f->bars = arena_take(a, b->bars.len);
	memcpy(f->bars, b->bars.at, b->bars.len);
	/* Room behind the last pattern belongs to none. */
	build(b, f, a);
	if (glances)
		make_glance(b, f, a);
	view_free(&b->plain);
	buf_free(&b->text);
	buf_free(&b->bars);
	free(b->placed);
	free(b->literals);
	free(b->given);
	free(b->spans);
	free(b);
	return f;
}

size_t
prefilter_words(const struct prefilter *f)
{
	return f->words;
}

size_t
prefilter_longest(const struct prefilter *f)
{
	return f->longest;
}

bool
prefilter_always(const struct prefilter *f, uint32_t pattern)
{
	return prefilter_may(f->given, pattern);
}

/* What literals set that end in front of at[0..len); false: all are barred. */
static bool
put_out(const struct prefilter *f, const struct state *s, const uint16_t *at,
    size_t len, uint64_t *bits)
{
	bool put = false;

	for (uint32_t k = 0; k < s->nout; k++) {
		const struct output *o = &f->outputs[s->out + k];

		if (bar_holds(f->bars + o->bar, at, len))
			continue;
		bits[o->word] |= o->bits;
		put = true;
	}
	return put;
}

static uint32_t
step(const struct prefilter *f, uint32_t s, uint16_t unit)
{
	const struct state *from = &f->states[s];

	for (uint32_t k = from->child; k < from->child + from->nchildren; k++)
		if (f->states[k].unit == unit)
			return k;
	return 0;
}

/* Is anything found from a place on where the pair's bit is set? */
static bool
enter(const struct prefilter *f, const uint16_t *at, size_t len, uint64_t *bits)
{
	const struct entry *e = entry_of(
	    f->entries, f->mask, pair_of(at[0], at[1]));
	bool found = false;

	for (uint32_t s = e->state, i = 2; s != 0; i++) {
		found |= put_out(f, &f->states[s], at + i, len - i, bits);
		s = i < len ? step(f, s, at[i]) : 0;
	}
	return found;
}

/* Literals of one unit; there are few. */
static bool
scan_singles(
    const struct prefilter *f, const uint16_t *at, size_t len, uint64_t *bits)
{
	bool found = false;

	for (size_t i = 0; i < len && f->singles != NULL; i++) {
		if (!alphabet_has(f->singles, at[i]))
			continue;
		for (size_t k = 0; k < f->nalone; k++)
			if (f->alone[k].pair == at[i])
				found |= put_out(f,
				    &f->states[f->alone[k].state], at + i + 1,
				    len - i - 1, bits);
	}
	return found;
}

/* Does a literal begin with the pair that has this hash? */
static inline bool
may_begin(const struct prefilter *f, const uint16_t *at, size_t len, uint32_t h)
{
	return (len > 2 && has_bit(f->triples, hash_third(h, at[2]))) ||
	    has_bit(f->triples, hash_third(h, 0));
}

/* Adds to bits what is found of two units and more; false: nothing. */
static bool
scan_pairs(
    const struct prefilter *f, const uint16_t *at, size_t len, uint64_t *bits)
{
	bool found = false;

	for (size_t i = 0; i + 1 < len; i++) {
		uint32_t h = pair_hash(pair_of(at[i], at[i + 1]));

		if (has_bit(f->pairs, h) && may_begin(f, at + i, len - i, h))
			found |= enter(f, at + i, len - i, bits);
	}
	return found;
}

void
prefilter_scan(
    const struct prefilter *f, const uint16_t *at, size_t len, uint64_t *bits)
{
	if (f->words > 0)
		memcpy(bits, f->given, f->words * sizeof(*bits));
	scan_pairs(f, at, len, bits);
	scan_singles(f, at, len, bits);
}

/* Of what was found and is given: is it all that a pattern wants? */
static bool
is_whole(const struct prefilter *f, const uint64_t *bits)
{
	uint64_t whole = 0;

	for (size_t i = 0; i < f->words; i++) {
		uint64_t have = bits[i] | f->glanced[i], all = have;

		for (unsigned k = 1; k < REQUIRED_SETS; k++)
			all &= have >> k;
		whole |= all & UINT64_C(0x1111111111111111);
	}
	return whole != 0;
}

void
prefilter_scratch_free(struct prefilter_scratch *s)
{
	view_free(&s->plain);
	free(s->bits);
	*s = (struct prefilter_scratch){0};
}

bool
prefilter_quiet(const struct prefilter *f, struct viewer *v, struct span raw,
    struct prefilter_scratch *s)
{
	bool found;

	if (f->always)
		return false;
	if (f->first != NULL && firstlook_nothing(f->first, &v->classes, raw))
		return true;
	s->bits = mem_grow(s->bits, &s->cap, f->words + 1, sizeof(*s->bits));
	memset(s->bits, 0, f->words * sizeof(*s->bits));
	view_plain(v, raw, &s->plain);
	found = scan_pairs(f, s->plain.at, s->plain.len, s->bits);
	found |= scan_singles(f, s->plain.at, s->plain.len, s->bits);
	return !found || !is_whole(f, s->bits);
}
