#include "latest.h"

#include <stdlib.h>

#include "base/mem.h"

struct held {
	struct verdict row;
	struct span talk;      /* policy and conversation */
	struct span report;    /* the file it stands in */
	bool timed;            /* by a wall clock: */
	int64_t opens, closes; /* local ms */
	uint64_t order;
	bool replaced;
};

struct latest {
	struct arena arena;
	struct map by_number;
	struct held **at;
	size_t n, cap;
	uint64_t replaced;
	struct buf key;
};

struct latest *
latest_new(void)
{
	return mem_alloc(sizeof(struct latest));
}

void
latest_free(struct latest *l)
{
	if (l == NULL)
		return;
	free(l->at);
	buf_free(&l->key);
	map_free(&l->by_number);
	arena_free(&l->arena);
	free(l);
}

static struct held *
copy(struct latest *l, const struct verdict *row)
{
	struct held *h = arena_alloc(&l->arena, sizeof(*h));
	struct moment closed = verdict_time(row->cells[VERDICT_CLOSED_AT]);

	h->row = *row;
	h->order = l->n;
	h->row.path = arena_cstr(&l->arena, span_of(row->path));
	h->report = span_of(h->row.path);
	for (size_t i = 0; i < VERDICT_COLUMNS; i++)
		h->row.cells[i] = arena_dup(&l->arena, row->cells[i]);
	h->timed = moment_wall(row->opened_at);
	h->opens = h->closes = moment_local_ms(row->opened_at);
	if (h->timed && moment_wall(closed) &&
	    moment_local_ms(closed) > h->opens)
		h->closes = moment_local_ms(closed);
	return h;
}

static void
add_key(struct latest *l, struct span s)
{
	buf_add(&l->key, s);
	buf_addc(&l->key, '\0');
}

static void
replace(struct latest *l, struct held *h)
{
	l->replaced += !h->replaced;
	h->replaced = true;
}

void
latest_add(struct latest *l, const struct verdict *row)
{
	struct held *h = copy(l, row);
	const struct span *cells = h->row.cells;
	struct span findings = cells[VERDICT_FINDINGS];
	void **slot;

	buf_reset(&l->key);
	add_key(l, cells[VERDICT_POLICY]);
	add_key(l, cells[VERDICT_CONVERSATION]);
	h->talk = arena_dup(&l->arena, buf_span(&l->key));
	add_key(l, cells[VERDICT_EXCHANGE]);
	add_key(l, cells[VERDICT_SOURCE]);
	/* A file without a clock may hold another call each night. */
	if (!h->timed) {
		add_key(l, cells[VERDICT_OPENED_AT]);
		add_key(l, cells[VERDICT_EVIDENCE]);
	}
	if (h->row.doubtful)
		add_key(l, verdict_item(&findings));
	slot = map_slot(&l->by_number, arena_dup(&l->arena, buf_span(&l->key)));
	if (*slot != NULL)
		replace(l, *slot);
	*slot = h;
	l->at = mem_grow(l->at, &l->cap, l->n + 1, sizeof(*l->at));
	l->at[l->n++] = h;
}

static int
by_time(const void *x, const void *y)
{
	const struct held *a = *(struct held *const *)x;
	const struct held *b = *(struct held *const *)y;
	int talk = span_cmp(a->talk, b->talk);

	if (talk != 0)
		return talk;
	if (a->opens != b->opens)
		return a->opens < b->opens ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

/* Two files of one name may hold two talks. */
static bool
may_be_one(const struct held *a, const struct held *b)
{
	struct span x = a->row.cells[VERDICT_CUSTOMER];
	struct span y = b->row.cells[VERDICT_CUSTOMER];

	return !span_eq(a->report, b->report) &&
	    (x.len == 0 || y.len == 0 ||
		span_eq(verdict_item(&x), verdict_item(&y)));
}

/* An exchange that others run into, which another report has: one of them is
 * what became of the other. */
static void
replace_overlapped(struct latest *l, struct held *const *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && !at[i]->replaced &&
		     at[k]->opens <= at[i]->closes &&
		     span_eq(at[k]->talk, at[i]->talk);
		     k++)
			if (!at[k]->replaced && may_be_one(at[i], at[k]))
				replace(l,
				    at[k]->order > at[i]->order ? at[i] :
								  at[k]);
}

int
latest_visit(struct latest *l,
    int (*visit)(void *, const struct verdict *, struct err *), void *hook,
    struct err *err)
{
	struct held **timed = mem_alloc((l->n + 1) * sizeof(struct held *));
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->at[i]->timed && !l->at[i]->replaced)
			timed[n++] = l->at[i];
	if (n > 1)
		qsort(timed, n, sizeof(struct held *), by_time);
	replace_overlapped(l, timed, n);
	free(timed);
	for (size_t i = 0; i < l->n; i++)
		if (!l->at[i]->replaced &&
		    visit(hook, &l->at[i]->row, err) == -1)
			return -1;
	return 0;
}

uint64_t
latest_replaced(const struct latest *l)
{
	return l->replaced;
}
