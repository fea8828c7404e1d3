/* How a prefilter is made. */
#include "rule/prefilter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/prefilter_tables.h"
#include "text/viewer.h"

/* A set of texts that clauses share. */
struct shared {
	uint32_t number;
	bool none; /* it cannot be looked for */
};

struct prefilter_builder {
	struct viewer *viewer;
	struct literal *literals; /* in the order of their sets */
	size_t n, cap;
	struct map sets;
	uint32_t nsets;
	struct clause *clauses;
	size_t nclauses, clauses_cap;
	uint32_t patterns;
	struct buf bars;  /* texts of all bars, behind those of bar 0 */
	uint32_t *placed; /* of each bar, where they begin; 0: not yet */
	size_t nplaced, placed_cap;
	const struct fold_pair *phrase;
	struct arena arena; /* keys of the sets */
	struct view plain;  /* scratch */
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

/* The text as the plain view will have it: case-folded. */
static void
put_plain(struct prefilter_builder *b, const struct required_text *t,
    struct literal *l)
{
	if (required_text_is_plain(t)) {
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
    const struct required_text *t, uint32_t set)
{
	struct literal *l;

	b->literals = mem_grow(
	    b->literals, &b->cap, b->n + 1, sizeof(*b->literals));
	l = &b->literals[b->n];
	put_plain(b, t, l);
	if (l->len == 0 || l->len > LITERAL_UNITS ||
	    has_line_break(l->at, l->len))
		return false;
	l->set = set;
	l->bar = place_bar(b, r->bars, t->bar);
	b->n++;
	return true;
}

/* The set, which is put there once. */
static const struct shared *
share_set(struct prefilter_builder *b, const struct required *r, size_t i)
{
	const struct required_set *s = &r->sets[i];
	struct span key = {(const char *)s->at, s->n * sizeof(*s->at)};
	struct shared *shared = map_get(&b->sets, key);
	const size_t before = b->n;

	if (shared != NULL)
		return shared;
	shared = arena_alloc(&b->arena, sizeof(*shared));
	shared->number = b->nsets;
	for (size_t k = 0; k < s->n && !shared->none; k++)
		shared->none = !add_literal(b, r, &s->at[k], shared->number);
	if (shared->none)
		b->n = before;
	else
		b->nsets++;
	*map_slot(&b->sets, arena_dup(&b->arena, key)) = shared;
	return shared;
}

/* r: NULL: nothing is required. */
static void
add_clause(struct prefilter_builder *b, const struct required *r)
{
	struct clause *c;

	b->clauses = mem_grow(
	    b->clauses, &b->clauses_cap, b->nclauses + 1, sizeof(*b->clauses));
	c = &b->clauses[b->nclauses++];
	*c = (struct clause){.pattern = b->patterns,
	    .spans_lines = r != NULL && r->spans_lines,
	    .by_line = r != NULL && r->by_line};
	for (size_t i = 0; r != NULL && i < r->n; i++) {
		const struct shared *s = share_set(b, r, i);

		if (!s->none)
			c->sets[c->n++] = s->number;
	}
}

uint32_t
prefilter_add_clauses(
    struct prefilter_builder *b, const struct required *r, size_t n)
{
	if (n == 0)
		add_clause(b, NULL);
	for (size_t i = 0; i < n; i++)
		add_clause(b, &r[i]);
	return b->patterns++;
}

uint32_t
prefilter_add(struct prefilter_builder *b, struct required_memo *memo,
    const uint16_t *source, size_t len)
{
	const struct required *clauses;
	struct required_starts starts;
	size_t n = required_clauses(source, len, memo, &clauses, &starts);

	return prefilter_add_clauses(b, clauses, n);
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
		struct entry *e = entry_of(f->alone, f->mask, l->at[0]);

		e->pair = l->at[0];
		root = &e->state;
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

/* The roots of a table. */
static uint32_t
number_roots(
    struct trie *t, struct entry *entries, uint32_t mask, uint32_t next)
{
	for (size_t i = 0; i <= mask; i++) {
		if (entries[i].pair == 0)
			continue;
		t->order[next] = entries[i].state;
		entries[i].state = next++;
	}
	return next;
}

/* Roots first, then the children of each in the order of numbers. */
static void
number_states(struct trie *t, struct prefilter *f)
{
	uint32_t tail = number_roots(t, f->alone, f->mask, 1);

	tail = number_roots(t, f->entries, f->mask, tail);
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
	    (f->outputs[from].word != l->set / 64 ||
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
				    0, l->set / 64, l->bar};
			f->outputs[o].bits |= (uint64_t)1 << l->set % 64;
		}
		s->nout = (uint32_t)n - s->out;
	}
	f->noutputs = n;
}

static void
set_masks(
    const struct prefilter_builder *b, struct prefilter *f, struct arena *a)
{
	f->singles = arena_alloc(a, ALPHABET_BYTES);
	for (size_t i = 0; i < b->n; i++) {
		const struct literal *l = &b->literals[i];
		uint32_t h = pair_hash(pair_of(l->at[0], l->at[1]));

		if (l->len > f->longest)
			f->longest = l->len;
		if (l->len == 1) {
			alphabet_add(f->singles, l->at[0]);
			f->has_singles = true;
			continue;
		}
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
	f->alone = arena_alloc(a, most * sizeof(*f->alone));
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

/* Of each set, the clauses that have it first, in their order. */
static void
list_leads(struct prefilter *f, struct arena *a)
{
	uint32_t *next = mem_alloc((f->nsets + 1) * sizeof(*next));

	f->leads = arena_alloc(a, (f->nsets + 2) * sizeof(*f->leads));
	f->led = arena_alloc(a, (f->nclauses + 1) * sizeof(*f->led));
	for (size_t i = 0; i < f->nclauses; i++)
		if (f->clauses[i].n > 0)
			f->leads[f->clauses[i].sets[0] + 1]++;
	for (size_t i = 0; i < f->nsets; i++) {
		f->leads[i + 1] += f->leads[i];
		next[i + 1] = f->leads[i + 1];
	}
	for (uint32_t i = 0; i < f->nclauses; i++)
		if (f->clauses[i].n > 0)
			f->led[next[f->clauses[i].sets[0]]++] = i;
	free(next);
}

static void
copy_clauses(
    const struct prefilter_builder *b, struct prefilter *f, struct arena *a)
{
	f->nsets = b->nsets;
	f->npatterns = b->patterns;
	f->nclauses = b->nclauses;
	f->clauses = arena_alloc(a, (b->nclauses + 1) * sizeof(*f->clauses));
	f->given = arena_alloc(a, (prefilter_words(f) + 1) * sizeof(*f->given));
	for (size_t i = 0; i < b->nclauses; i++) {
		const struct clause *c = &b->clauses[i];

		f->clauses[i] = *c;
		if (c->n > 0)
			continue;
		set_bit(f->given, c->pattern);
		f->always = true;
	}
}

void
prefilter_phrase(struct prefilter_builder *b, const struct fold_pair *phrase)
{
	b->phrase = phrase;
}

static void
builder_free(struct prefilter_builder *b)
{
	view_free(&b->plain);
	buf_free(&b->text);
	buf_free(&b->bars);
	map_free(&b->sets);
	arena_free(&b->arena);
	free(b->placed);
	free(b->clauses);
	free(b->literals);
	free(b);
}

const struct prefilter *
prefilter_finish(struct prefilter_builder *b, bool glances, struct arena *a)
{
	struct prefilter *f = arena_alloc(a, sizeof(*f));

	copy_clauses(b, f, a);
	f->nbars = b->bars.len / sizeof(*f->bars);
	f->bars = arena_take(a, b->bars.len);
	memcpy(f->bars, b->bars.at, b->bars.len);
	f->phrase = b->phrase;
	build(b, f, a);
	if (glances)
		f->first = firstlook_new(b->literals, b->n, f, b->viewer, a);
	list_leads(f, a);
	builder_free(b);
	return f;
}
