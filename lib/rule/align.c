#include "rule/align.h"

#include <stdlib.h>

#include "base/mem.h"

/* Both texts, and the distances of all their beginnings. */
struct grid {
	const uint32_t *want, *said;
	size_t nwant, nsaid;
	uint32_t *cost; /* a row for each point of want */
};

static uint32_t *
cost_at(const struct grid *g, size_t i, size_t k)
{
	return &g->cost[i * (g->nsaid + 1) + k];
}

static bool
is_kept(const struct grid *g, size_t i, size_t k)
{
	return i > 0 && k > 0 && g->want[i - 1] == g->said[k - 1] &&
	    *cost_at(g, i, k) == *cost_at(g, i - 1, k - 1);
}

static uint32_t
least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static void
fill(struct grid *g)
{
	for (size_t i = 0; i <= g->nwant; i++)
		*cost_at(g, i, 0) = (uint32_t)i;
	for (size_t k = 0; k <= g->nsaid; k++)
		*cost_at(g, 0, k) = (uint32_t)k;
	for (size_t i = 1; i <= g->nwant; i++)
		for (size_t k = 1; k <= g->nsaid; k++)
			*cost_at(g, i, k) = least(*cost_at(g, i - 1, k - 1) +
				(g->want[i - 1] != g->said[k - 1]),
			    least(
				*cost_at(g, i - 1, k), *cost_at(g, i, k - 1)) +
				1);
}

enum step { STEP_KEEP, STEP_REPLACE, STEP_LEAVE, STEP_ADD };

/* The last step on a least way to i, k, which moves back over it. */
static enum step
step_back(const struct grid *g, size_t *i, size_t *k)
{
	uint32_t here = *cost_at(g, *i, *k);

	if (is_kept(g, *i, *k)) {
		--*i;
		--*k;
		return STEP_KEEP;
	}
	if (*i > 0 && *k > 0 && here == *cost_at(g, *i - 1, *k - 1) + 1) {
		--*i;
		--*k;
		return STEP_REPLACE;
	}
	if (*i > 0 && here == *cost_at(g, *i - 1, *k) + 1) {
		--*i;
		return STEP_LEAVE;
	}
	--*k;
	return STEP_ADD;
}

static size_t
points_of(const uint16_t *at, size_t len, uint32_t *points)
{
	size_t n = 0;

	for (size_t i = 0; i < len; n++) {
		uint32_t c = at[i++];

		if ((c & 0xfc00) == 0xd800 && i < len)
			c = ((c & 0x3ff) << 10 | (at[i++] & 0x3ffu)) + 0x10000;
		points[n] = c;
	}
	return n;
}

static void
put(const uint32_t *points, size_t n, const char *before, const char *after,
    struct buf *out)
{
	if (n == 0)
		return;
	buf_adds(out, before);
	text_points(points, n, out);
	buf_adds(out, after);
}

/* One run of steps that keep, or of steps that do not, at a time. */
static void
print_steps(
    const struct grid *g, const uint8_t *steps, size_t n, struct buf *out)
{
	size_t i = 0, k = 0;

	while (n > 0) {
		bool keep = steps[n - 1] == STEP_KEEP;
		size_t i0 = i, k0 = k;

		for (; n > 0 && (steps[n - 1] == STEP_KEEP) == keep; n--) {
			i += steps[n - 1] != STEP_ADD;
			k += steps[n - 1] != STEP_LEAVE;
		}
		if (keep) {
			text_points(g->said + k0, k - k0, out);
			continue;
		}
		put(g->want + i0, i - i0, "[-", "-]", out);
		put(g->said + k0, k - k0, "{+", "+}", out);
	}
}

void
phrase_align(
    const struct wording *w, const uint16_t *at, size_t len, struct buf *out)
{
	uint32_t *said = mem_alloc((len + 1) * sizeof(*said));
	struct grid g = {.want = w->points, .nwant = w->npoints, .said = said};
	size_t n = 0, i, k;
	uint8_t *steps;

	g.nsaid = points_of(at, len, said);
	g.cost = mem_alloc((g.nwant + 1) * (g.nsaid + 1) * sizeof(*g.cost));
	fill(&g);
	steps = mem_alloc(g.nwant + g.nsaid + 1);
	for (i = g.nwant, k = g.nsaid; i > 0 || k > 0; n++)
		steps[n] = (uint8_t)step_back(&g, &i, &k);
	print_steps(&g, steps, n, out);
	free(steps);
	free(g.cost);
	free(said);
}
