#include "rule/myers.h"

#include <stdlib.h>

#include "base/mem.h"

/* Which rows of the pattern hold a code point: a hash table of bit rows. */
struct rows {
	uint32_t *key;  /* slot 0 is what no row holds */
	uint64_t *bits; /* nblocks a slot */
	uint32_t *slot; /* by hash; 0: free */
	unsigned shift; /* 32 - log2 of slots */
};

struct myers {
	size_t n, nblocks;
	uint64_t last; /* the pattern's last row's bit */
	struct rows forward, backward;
};

static uint32_t
hash(uint32_t c, unsigned shift)
{
	return (uint32_t)(c * 0x9e3779b1u) >> shift;
}

static uint32_t *
find_slot(const struct rows *r, uint32_t c)
{
	uint32_t mask = UINT32_MAX >> r->shift, i = hash(c, r->shift);

	while (r->slot[i] != 0 && r->key[r->slot[i]] != c)
		i = (i + 1) & mask;
	return &r->slot[i];
}

static void
make_rows(struct arena *a, struct rows *r, const uint32_t *points, size_t n,
    size_t nblocks, bool backward)
{
	unsigned log = 4;
	uint32_t used = 0;

	while (((size_t)1 << log) < 4 * n)
		log++;
	r->shift = 32 - log;
	r->slot = arena_alloc(a, ((size_t)1 << log) * sizeof(*r->slot));
	r->key = arena_alloc(a, (n + 1) * sizeof(*r->key));
	r->bits = arena_alloc(a, (n + 1) * nblocks * sizeof(*r->bits));
	for (size_t i = 0; i < n; i++) {
		uint32_t c = points[backward ? n - 1 - i : i];
		uint32_t *slot = find_slot(r, c);

		if (*slot == 0) {
			*slot = ++used;
			r->key[used] = c;
		}
		r->bits[*slot * nblocks + i / 64] |= (uint64_t)1 << (i % 64);
	}
}

struct myers *
myers_new(struct arena *a, const uint32_t *points, size_t n)
{
	struct myers *m = arena_alloc(a, sizeof(*m));

	m->n = n;
	m->nblocks = (n + 63) / 64;
	m->last = (uint64_t)1 << ((n - 1) % 64);
	make_rows(a, &m->forward, points, n, m->nblocks, false);
	make_rows(a, &m->backward, points, n, m->nblocks, true);
	return m;
}

void
myers_column_free(struct myers_column *c)
{
	free(c->at);
	*c = (struct myers_column){0};
}

/* The column before the text: each row one more than the row above. */
static void
column_begin(const struct myers *m, struct myers_column *c)
{
	c->at = mem_grow(c->at, &c->cap, m->nblocks, sizeof(*c->at));
	for (size_t i = 0; i < m->nblocks; i++)
		c->at[i] = (struct myers_block){UINT64_MAX, 0};
}

/*
 * One block, one column on: eq are the rows that equal the text's point, in
 * the step (-1, 0, 1) of the row above the block; returns that of row last.
 */
static inline int
block_step(struct myers_block *b, uint64_t eq, int in, uint64_t last)
{
	uint64_t xv = eq | b->down, xh, up, down;
	int out;

	eq |= in < 0;
	xh = (((eq & b->up) + b->up) ^ b->up) | eq;
	up = b->down | ~(xh | b->up);
	down = b->up & xh;
	out = (up & last) != 0 ? 1 : (down & last) != 0 ? -1 : 0;
	up = up << 1 | (in > 0);
	down = down << 1 | (in < 0);
	b->up = down | ~(xv | up);
	b->down = up & xv;
	return out;
}

static inline int
column_step(const struct myers *m, struct myers_column *c,
    const struct rows *rows, uint32_t point, int in)
{
	const uint64_t *bits = rows->bits +
	    *find_slot(rows, point) * m->nblocks;
	size_t i = 0;

	for (; i + 1 < m->nblocks; i++)
		in = block_step(&c->at[i], bits[i], in, (uint64_t)1 << 63);
	return block_step(&c->at[i], bits[i], in, m->last);
}

void
myers_ends(const struct myers *m, struct myers_column *c, const uint32_t *text,
    size_t n, uint32_t *best)
{
	uint32_t d = (uint32_t)m->n;

	column_begin(m, c);
	best[0] = d;
	for (size_t j = 0; j < n; j++) {
		d += (uint32_t)column_step(m, c, &m->forward, text[j], 0);
		best[j + 1] = d;
	}
}

void
myers_starts(const struct myers *m, struct myers_column *c,
    const uint32_t *text, size_t end, size_t most, uint32_t *exact)
{
	uint32_t d = (uint32_t)m->n;

	column_begin(m, c);
	exact[0] = d;
	for (size_t k = 0; k < most; k++) {
		d += (uint32_t)column_step(
		    m, c, &m->backward, text[end - 1 - k], 1);
		exact[k + 1] = d;
	}
}
