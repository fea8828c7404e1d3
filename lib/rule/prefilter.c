#include "rule/prefilter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"
#include "text/viewer.h"

enum {
	UNITS_MAX = REQUIRED_UNITS * 4, /* of a text's plain view */
	PER_WORD = 64 / REQUIRED_SETS,
	PAIR_BITS = 1 << 16
};

struct literal {
	uint16_t at[UNITS_MAX]; /* plain view of it */
	size_t len;
	uint32_t bit; /* that it sets */
};

/*
 * The first look at a text, which is enough for most: of each pattern one set
 * of texts, and of each text its rarest four units in a row, or what it has,
 * blanks left out. Where none of these windows stands in a text, no pattern
 * matches.
 */
struct first_look {
	/* A bit for each unit that is in the plain view as it is in the raw
	 * text, joined by nothing, and is no window by itself. */
	uint64_t plain[1 << 10];
	uint64_t pairs[PAIR_BITS / 64]; /* the last two of a window */
	uint64_t *windows;              /* a table with open addressing */
	size_t mask;
	uint8_t *alone; /* windows of one unit; NULL: none */
	bool able;      /* false: a text is of blanks alone */
};

struct prefilter_builder {
	struct viewer *viewer;
	struct literal *literals;
	size_t n, cap;
	uint64_t *given; /* bits that are set from the first */
	size_t words, given_cap;
	uint32_t patterns;
	struct view plain; /* scratch */
	struct buf text;
};

/* What a literal sets. */
struct output {
	uint64_t bits;
	uint32_t word;
};

/*
 * A state of the trie. States are numbered by breadth first, so that those
 * one unit further stand next to each other.
 */
struct state {
	uint16_t unit; /* that leads here */
	uint16_t nchildren;
	uint32_t child;     /* the first one */
	uint32_t out, nout; /* range of outputs */
};

/* The state that two units lead to from the root. */
struct entry {
	uint32_t pair; /* the first one in the high half; 0: none */
	uint32_t state;
};

/*
 * Nearly no place of a text begins a literal: a bit for each pair of units,
 * hashed, says so, behind it one for the pair and its third unit, and only
 * then the trie is entered. The few literals of one unit are looked for by
 * themselves.
 */
struct prefilter {
	uint64_t pairs[PAIR_BITS / 64];
	uint64_t triples[PAIR_BITS / 64]; /* with any third unit: 0 */
	struct entry *entries;            /* a table with open addressing */
	uint32_t mask;
	struct state *states;
	struct output *outputs;
	uint8_t *singles;    /* a bit for each unit that is one; NULL: none */
	struct entry *alone; /* their states, by unit */
	size_t nalone;
	uint64_t *given;
	size_t words, longest;
	bool always; /* a pattern requires nothing */
	struct first_look first;
};

struct prefilter_builder *
prefilter_begin(struct viewer *viewer)
{
	struct prefilter_builder *b = mem_alloc(sizeof(*b));

	b->viewer = viewer;
	return b;
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
	l->len = b->plain.len;
	if (l->len <= UNITS_MAX)
		memcpy(l->at, b->plain.at, l->len * sizeof(*l->at));
}

/* False where it cannot be looked for; one with a line break can lie across
 * two utterances. */
static bool
add_literal(
    struct prefilter_builder *b, const struct required_text *t, uint32_t bit)
{
	struct literal *l;

	b->literals = mem_grow(
	    b->literals, &b->cap, b->n + 1, sizeof(*b->literals));
	l = &b->literals[b->n];
	put_plain(b, t, l);
	if (l->len == 0 || l->len > UNITS_MAX || has_line_break(l->at, l->len))
		return false;
	l->bit = bit;
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
	if (pattern % PER_WORD == 0)
		b->given[b->words - 1] = 0;
	for (uint32_t i = 0; i < REQUIRED_SETS; i++) {
		uint32_t bit = pattern * REQUIRED_SETS + i;
		bool all = r != NULL && i < r->n;
		size_t before = b->n;

		for (size_t k = 0; all && k < r->sets[i].n; k++)
			all = add_literal(b, &r->sets[i].at[k], bit);
		if (all)
			continue;
		b->n = before;
		give(b, bit);
	}
	return pattern;
}

uint32_t
prefilter_add(struct prefilter_builder *b, const uint16_t *source, size_t len)
{
	struct required r;

	return prefilter_add_required(
	    b, required_find(source, len, &r) ? &r : NULL);
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
hash(uint32_t pair)
{
	return pair * UINT32_C(0x9e3779b1) >> 16;
}

static inline uint32_t
hash_third(uint32_t hashed, uint16_t unit)
{
	return (hashed ^ unit * UINT32_C(0x85ebca6b) >> 16) & (PAIR_BITS - 1);
}

static inline bool
has_bit(const uint64_t *bits, uint32_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

static void
set_bit(uint64_t *bits, uint32_t i)
{
	bits[i / 64] |= (uint64_t)1 << i % 64;
}

static struct entry *
entry_of(struct entry *entries, uint32_t mask, uint32_t pair)
{
	uint32_t i = hash(pair) & mask;

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

/* Literals of one end that set bits of one word are one output. */
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
			uint32_t bit = b->literals[k - 1].bit;
			size_t o = s->out;

			while (o < n && f->outputs[o].word != bit / 64)
				o++;
			if (o == n)
				f->outputs[n++].word = bit / 64;
			f->outputs[o].bits |= (uint64_t)1 << bit % 64;
		}
		s->nout = (uint32_t)n - s->out;
	}
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
		uint32_t h = hash(pair_of(l->at[0], l->at[1]));

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
	while (most < b->n * 2)
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
	f->states = arena_alloc(a, t.n * sizeof(*f->states));
	number_states(&t, f);
	give_outputs(b, &t, f);
	set_masks(b, f, a);
	free(t.order);
	free(t.also);
	free(t.twigs);
}

/* Two to four units, the last in the lowest bits, one alone, or 0: none; and
 * how many to expect at a place. */
struct window {
	uint64_t units;
	double cost;
};

/* In talk with customers these are no rare characters. */
static double
window_share(uint16_t c)
{
	static const uint16_t common[] = {u'電', u'話', u'番', u'号', u'連',
	    u'絡', u'相', u'談', u'確', u'認', u'案', u'内', u'利', u'用',
	    u'予', u'約', u'希', u'望', u'意', u'検', u'討', u'考', u'行',
	    u'出', u'通', u'手', u'名', u'前', u'大', u'丈', u'夫', u'無',
	    u'料', u'日', u'時', u'間', u'場', u'所', u'方', u'法', u'問',
	    u'何', u'人', u'様'};

	if (c >= 0x4e00)
		for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++)
			if (common[i] == c)
				return 0.02;
	return required_share(c);
}

static struct window
rarest_window(const struct literal *l)
{
	uint16_t units[UNITS_MAX];
	double shares[UNITS_MAX + 4];
	struct window best = {.cost = 2};
	size_t n = 0;

	for (size_t i = 0; i < l->len; i++) {
		if (l->at[i] == ' ')
			continue;
		units[n] = l->at[i];
		shares[n++] = window_share(l->at[i]);
	}
	for (size_t i = n; i < n + 4; i++)
		shares[i] = 1;
	for (size_t i = 0; i == 0 ? n > 0 : i + 1 < n; i++) {
		double cost = shares[i] * shares[i + 1] * shares[i + 2] *
		    shares[i + 3];

		if (cost >= best.cost)
			continue;
		best = (struct window){.cost = cost};
		for (size_t k = i; k < n && k < i + 4; k++)
			best.units = best.units << 16 | units[k];
	}
	return best;
}

/* Where the window stands in the table, or would. */
static uint64_t *
window_at(const struct first_look *f, uint64_t units)
{
	size_t i = (units * UINT64_C(0x9e3779b97f4a7c15) >> 40) & f->mask;

	while (f->windows[i] != 0 && f->windows[i] != units)
		i = (i + 1) & f->mask;
	return &f->windows[i];
}

static void
look_for(struct first_look *f, uint64_t units, struct arena *a)
{
	f->able &= units != 0;
	if (units > UINT16_MAX) {
		set_bit(f->pairs, hash((uint32_t)units));
		*window_at(f, units) = units;
		return;
	}
	if (f->alone == NULL)
		f->alone = arena_alloc(a, ALPHABET_BYTES);
	alphabet_add(f->alone, (uint16_t)units);
}

/* Literals from one on that set the same bit; *cost: of their windows. */
static size_t
same_bit(const struct prefilter_builder *b, const struct window *windows,
    size_t from, double *cost)
{
	size_t i = from;

	*cost = 0;
	for (; i < b->n && b->literals[i].bit == b->literals[from].bit; i++)
		*cost += windows[i].cost;
	return i - from;
}

/* Of each pattern the set that is the rarest by its windows. */
static void
look_for_rarest(const struct prefilter_builder *b, const struct window *windows,
    struct first_look *f, struct arena *a)
{
	for (size_t i = 0; i < b->n;) {
		const uint32_t pattern = b->literals[i].bit / REQUIRED_SETS;
		size_t best = i, many = 0;
		double least = 0, cost;

		while (
		    i < b->n && b->literals[i].bit / REQUIRED_SETS == pattern) {
			size_t k = same_bit(b, windows, i, &cost);

			if (many == 0 || cost < least) {
				best = i;
				many = k;
				least = cost;
			}
			i += k;
		}
		for (size_t k = best; k < best + many; k++)
			look_for(f, windows[k].units, a);
	}
}

static void
make_first_look(
    const struct prefilter_builder *b, struct first_look *f, struct arena *a)
{
	struct window *windows = mem_alloc((b->n + 1) * sizeof(*windows));

	f->able = true;
	while (f->mask < b->n * 2)
		f->mask = f->mask * 2 + 1;
	f->windows = arena_alloc(a, (f->mask + 1) * sizeof(*f->windows));
	for (size_t i = 0; i < b->n; i++)
		windows[i] = rarest_window(&b->literals[i]);
	look_for_rarest(b, windows, f, a);
	free(windows);
	for (uint32_t c = 0x3000; c < 0xa000; c++)
		if (unit_is_plain((uint16_t)c) &&
		    (f->alone == NULL || !alphabet_has(f->alone, (uint16_t)c)))
			set_bit(f->plain, c);
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
	/* Room behind the last pattern belongs to none. */
	build(b, f, a);
	if (glances)
		make_first_look(b, &f->first, a);
	view_free(&b->plain);
	buf_free(&b->text);
	free(b->literals);
	free(b->given);
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

static void
put_out(const struct prefilter *f, const struct state *s, uint64_t *bits)
{
	for (uint32_t k = 0; k < s->nout; k++)
		bits[f->outputs[s->out + k].word] |=
		    f->outputs[s->out + k].bits;
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
		if (f->states[s].nout > 0) {
			put_out(f, &f->states[s], bits);
			found = true;
		}
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
				put_out(f, &f->states[f->alone[k].state], bits);
		found = true;
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
		uint32_t h = hash(pair_of(at[i], at[i + 1]));

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
		uint64_t have = bits[i] | f->given[i], all = have;

		for (unsigned k = 1; k < REQUIRED_SETS; k++)
			all &= have >> k;
		whole |= all & UINT64_C(0x1111111111111111);
	}
	return whole != 0;
}

enum {
	PLACES = 64,
	CELL_SLOW = CLASS_SLOW << 16,
	CELL_BLANK = CLASS_BLANK << 16,
	CELL_SINGLE = 1 << 24 /* beside a cell's class: it is a literal */
};

/* A text in one pass: its units, and where a literal may begin. */
struct pass {
	uint16_t *units;
	size_t len;
	uint32_t cells;          /* all of them, or-ed */
	uint32_t places[PLACES]; /* of a pair's second unit */
	size_t nplaces;          /* PLACES: there may be more */
};

void
prefilter_scratch_free(struct prefilter_scratch *s)
{
	view_free(&s->units);
	free(s->bits);
	for (size_t i = 0; i < 256; i++)
		free(s->pages[i]);
	*s = (struct prefilter_scratch){0};
}

/* A cell (text/class.h) that knows the literals of one unit. */
static uint32_t
fill_cell(const struct prefilter *f, struct classes *classes,
    struct prefilter_scratch *s, uint32_t c)
{
	uint32_t *page = s->pages[c >> 8], cell = classes_cell(classes, c);

	if (f->singles != NULL && alphabet_has(f->singles, (uint16_t)cell))
		cell |= CELL_SINGLE;
	if (page == NULL)
		page = s->pages[c >> 8] = mem_alloc(256 * sizeof(*page));
	return page[c & 0xff] = cell;
}

/* A character of more than 16 bits is slow, and what is behind it not seen. */
static void
one_pass(const struct prefilter *f, struct classes *classes,
    struct prefilter_scratch *s, struct span raw, struct pass *p)
{
	const unsigned char *at = (const unsigned char *)raw.at;
	const unsigned char *end = at + raw.len;
	uint32_t cells = 0, pair = 0, n = 0;

	p->nplaces = 0;
	for (; at < end; n++) {
		uint32_t c = *at, cell;
		const uint32_t *page;

		if (c >= 0xe0 && c < 0xf0) {
			c = (c & 0x0f) << 12 | (at[1] & 0x3fu) << 6 |
			    (at[2] & 0x3fu);
			at += 3;
		} else if (c < 0x80) {
			at++;
		} else if (c < 0xe0) {
			c = (c & 0x1f) << 6 | (at[1] & 0x3fu);
			at += 2;
		} else {
			cells = CELL_SLOW;
			break;
		}
		page = s->pages[c >> 8];
		cell = page == NULL ? 0 : page[c & 0xff];
		if (cell == 0)
			cell = fill_cell(f, classes, s, c);
		cells |= cell;
		p->units[n] = (uint16_t)cell;
		pair = pair << 16 | (cell & 0xffff);
		if (has_bit(f->pairs, hash(pair)) && p->nplaces < PLACES)
			p->places[p->nplaces++] = n;
	}
	p->len = n;
	p->cells = cells;
}

static bool
scan_places(const struct prefilter *f, const struct pass *p, uint64_t *bits)
{
	bool found = false;

	if (p->nplaces == PLACES)
		return scan_pairs(f, p->units, p->len, bits);
	for (size_t k = 0; k < p->nplaces; k++) {
		const uint16_t *at = p->units + p->places[k] - 1;
		size_t left = p->len - p->places[k] + 1;

		if (p->places[k] > 0 &&
		    may_begin(f, at, left, hash(pair_of(at[0], at[1]))))
			found |= enter(f, at, left, bits);
	}
	return found;
}

/* Where the plain view is more than a look-up for each character. */
static bool
scan_plain(const struct prefilter *f, struct viewer *v, struct span raw,
    struct prefilter_scratch *s, struct pass *p)
{
	struct view *units = &s->units;

	if (p->cells & CELL_SLOW) {
		view_plain(v, raw, units);
	} else {
		units->len = p->len;
		units->raw[p->len] = 0;
		viewer_squeeze(v, units);
	}
	p->units = units->at;
	p->len = units->len;
	return scan_pairs(f, units->at, units->len, s->bits);
}

/* Behind a character that is not plain. What stands for it, a blank as such;
 * LOOK_AGAIN: only the plain view tells, or it is what is looked for. */
enum { LOOK_AGAIN = 1 << 16 };

static uint32_t
look_up(const struct first_look *f, struct classes *classes,
    const unsigned char **at)
{
	const char *from = (const char *)*at;
	uint32_t c = utf8_next(&from), cell;

	*at = (const unsigned char *)from;
	if (c > 0xffff)
		return LOOK_AGAIN;
	cell = classes_cell(classes, c);
	if (cell & CELL_SLOW)
		return LOOK_AGAIN;
	if (cell & CELL_BLANK)
		return ' ';
	if (f->alone != NULL && alphabet_has(f->alone, (uint16_t)cell))
		return LOOK_AGAIN;
	return cell & 0xffff;
}

/* The last four units: do they end with a window? */
static bool
ends_window(const struct first_look *f, uint64_t units)
{
	for (unsigned cut = 0; cut <= 32; cut += 16) {
		uint64_t window = units << cut >> cut;

		if (*window_at(f, window) == window)
			return true;
	}
	return false;
}

/* What a first look has seen so far: the last four units, blanks left out. */
struct looking {
	const struct first_look *f;
	struct classes *classes;
	const unsigned char *at, *end;
	uint64_t units;
};

/* True: there may be something, and another look is needed. */
static inline bool
see(const struct first_look *f, uint64_t *units, uint32_t c)
{
	*units = *units << 16 | c;
	return has_bit(f->pairs, hash((uint32_t)*units)) &&
	    ends_window(f, *units);
}

/* Over units that are plain, which most are: three bytes each. */
static bool
see_plain(struct looking *l)
{
	const struct first_look *f = l->f;
	const unsigned char *at = l->at, *end = l->end;
	uint64_t units = l->units;
	bool seen = false;

	while (end - at > 2 && (at[0] & 0xf0) == 0xe0) {
		uint32_t high = (at[0] & 0x0fu) << 6 | (at[1] & 0x3fu);

		if (!(f->plain[high] >> (at[2] & 0x3f) & 1))
			break;
		seen = see(f, &units, high << 6 | (at[2] & 0x3fu));
		at += 3;
		if (seen)
			break;
	}
	l->at = at;
	l->units = units;
	return seen;
}

static bool
nothing_at_first_look(
    const struct first_look *f, struct classes *classes, struct span raw)
{
	const unsigned char *at = (const unsigned char *)raw.at;
	struct looking l = {f, classes, at, at + raw.len, 0};

	for (;;) {
		uint32_t c;

		if (see_plain(&l))
			return false;
		if (l.at >= l.end)
			return true;
		c = look_up(f, classes, &l.at);
		if (c == LOOK_AGAIN || (c != ' ' && see(f, &l.units, c)))
			return false;
	}
}

bool
prefilter_quiet(const struct prefilter *f, struct viewer *v, struct span raw,
    struct prefilter_scratch *s)
{
	struct pass p;
	bool found;

	if (f->always)
		return false;
	if (f->first.able && nothing_at_first_look(&f->first, &v->classes, raw))
		return true;
	s->bits = mem_grow(s->bits, &s->cap, f->words + 1, sizeof(*s->bits));
	memset(s->bits, 0, f->words * sizeof(*s->bits));
	viewer_room(&s->units, raw.len);
	p.units = s->units.at;
	one_pass(f, &v->classes, s, raw, &p);
	found = p.cells & (CELL_SLOW | CELL_BLANK) ?
	    scan_plain(f, v, raw, s, &p) :
	    scan_places(f, &p, s->bits);
	/* What is slow may have come to be one only in the view. */
	if (p.cells & (CELL_SLOW | CELL_SINGLE))
		found |= scan_singles(f, p.units, p.len, s->bits);
	return !found || !is_whole(f, s->bits);
}
