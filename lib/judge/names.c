/* Lists for cells: distinct entries in order of appearance. */
#include <stdlib.h>

#include "base/joined.h"
#include "base/map.h"
#include "base/mem.h"
#include "judge/case.h"

struct names {
	struct span *at;
	size_t n, cap;
	struct map listed; /* all of them */
};

static bool
listed(const struct names *names, struct span s)
{
	return map_get(&names->listed, s) != NULL;
}

/* A NUL within an entry would make two of it. */
static void
add_entry(struct buf *out, struct span entry, char separator)
{
	while (separator == '\0' && span_find(entry, '\0') < entry.len) {
		buf_add(out, joined_next(&entry, '\0'));
		buf_adds(out, "\ufffd");
	}
	buf_add(out, entry);
}

/* Frees the list. */
static struct span
join(struct arena *a, struct names *names, char separator)
{
	struct buf b = {0};
	struct span s;

	for (size_t i = 0; i < names->n; i++) {
		if (i > 0)
			buf_addc(&b, separator);
		add_entry(&b, names->at[i], separator);
	}
	s = arena_dup(a, buf_span(&b));
	buf_free(&b);
	free(names->at);
	map_free(&names->listed);
	return s;
}

static void
names_add(struct names *names, struct span s)
{
	if (s.len == 0 || listed(names, s))
		return;
	names->at = mem_grow(
	    names->at, &names->cap, names->n + 1, sizeof(*names->at));
	names->at[names->n++] = s;
	*map_slot(&names->listed, s) = names;
}

static struct span
names_between(const struct case_ *c, const struct utterance *from,
    const struct utterance *to, enum role role)
{
	struct names names = {0};

	for (const struct utterance *u = from; u <= to; u++)
		if (u->role == role)
			names_add(&names, u->speaker);
	return join(c->arena, &names, '\0');
}

/* Found out once: many exchanges may ask. */
static struct span
names_of_all(const struct case_ *c, enum role role)
{
	const struct conversation *t = c->conversation;
	struct everyone *all = &c->everyone[role];

	if (!all->known)
		all->names = names_between(
		    c, &t->at[0], &t->at[t->n - 1], role);
	all->known = true;
	return all->names;
}

struct span
names_of(const struct case_ *c, const struct utterance *from,
    const struct utterance *to, enum role role)
{
	struct span names = names_between(c, from, to, role);

	return names.len > 0 ? names : names_of_all(c, role);
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
			    listed(names, c->policy->patterns[m->pattern].id))
				continue;
			if (first == NULL || m->start < first->start)
				first = m;
		}
		if (first == NULL)
			return;
		names_add(names, c->policy->patterns[first->pattern].id);
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
	return join(c->arena, &names, ';');
}
