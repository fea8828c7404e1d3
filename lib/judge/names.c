/* Lists for cells: distinct entries in order of appearance. */
#include "base/buf.h"
#include "judge/case.h"

static bool
listed(const struct span *list, size_t n, struct span s)
{
	for (size_t i = 0; i < n; i++)
		if (span_eq(list[i], s))
			return true;
	return false;
}

static struct span
join(struct arena *a, const struct span *list, size_t n)
{
	struct buf b = {0};
	struct span s;

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(&b, ';');
		buf_add(&b, list[i]);
	}
	s = arena_dup(a, buf_span(&b));
	buf_free(&b);
	return s;
}

struct names {
	struct span *at;
	size_t n, cap;
};

static void
names_add(struct case_ const *c, struct names *names, struct span s)
{
	struct span *more;

	if (s.len == 0 || listed(names->at, names->n, s))
		return;
	if (names->n == names->cap) {
		names->cap = names->cap * 2 + 4;
		more = arena_alloc(c->arena, names->cap * sizeof(*more));
		if (names->n > 0)
			memcpy(more, names->at, names->n * sizeof(*more));
		names->at = more;
	}
	names->at[names->n++] = s;
}

struct span
names_of(const struct case_ *c, const struct utterance *from,
    const struct utterance *to, enum role role)
{
	const struct conversation *talk = c->conversation;
	struct names names = {0};

	for (const struct utterance *u = from; u <= to; u++)
		if (u->role == role)
			names_add(c, &names, u->speaker);
	if (names.n == 0)
		for (size_t i = 0; i < talk->n; i++)
			if (talk->at[i].role == role)
				names_add(c, &names, talk->at[i].speaker);
	return join(c->arena, names.at, names.n);
}

/* Marks stand by pattern: takes those not yet listed by place. */
static void
ids_in_turn(const struct case_ *c, const struct heard *h, const size_t *ids,
    size_t n, struct names *names)
{
	for (;;) {
		const struct mark *first = NULL;

		for (size_t i = 0; i < h->nmarks; i++) {
			const struct mark *m = &h->marks[i];
			size_t k = 0;

			while (k < n && ids[k] != m->pattern)
				k++;
			if (k == n ||
			    listed(names->at, names->n,
				c->policy->patterns[m->pattern].id))
				continue;
			if (first == NULL || m->start < first->start)
				first = m;
		}
		if (first == NULL)
			return;
		names_add(c, names, c->policy->patterns[first->pattern].id);
	}
}

struct span
ids_of(const struct case_ *c, size_t first_turn, size_t last_turn,
    const size_t *ids, size_t n, bool presses_only)
{
	struct names names = {0};

	for (size_t i = first_turn; i <= last_turn; i++)
		if (!presses_only || c->heard[i].press)
			ids_in_turn(c, &c->heard[i], ids, n, &names);
	return join(c->arena, names.at, names.n);
}
