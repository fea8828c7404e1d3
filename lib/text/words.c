#include "text/words.h"

#include <stdlib.h>

#include <unicode/ubrk.h>

#include "base/mem.h"

struct cutter {
	UBreakIterator *iterator;
};

/*
 * The dictionary is loaded with the first text that needs it, and the first
 * cut of an iterator can differ from the later ones: this one is thrown away.
 */
static const uint16_t priming[] = {0x304a, 0x5ba2, 0x69d8, 0x306e, 0x30cd,
    0x30c3, 0x30c8, 0x306b, 0x66f8, 0x304f, 0x3002};

static void
prime(struct cutter *c)
{
	UErrorCode status = U_ZERO_ERROR;

	for (int i = 0; i < 2; i++) {
		ubrk_setText(c->iterator, priming,
		    sizeof(priming) / sizeof(*priming), &status);
		while (ubrk_next(c->iterator) != UBRK_DONE)
			;
	}
}

int
cutter_open(struct cutter **out, struct err *err)
{
	struct cutter *c = mem_alloc(sizeof(*c));
	UErrorCode status = U_ZERO_ERROR;

	c->iterator = ubrk_open(UBRK_WORD, "ja", NULL, 0, &status);
	if (U_FAILURE(status)) {
		free(c);
		return fail(err,
		    "ICU has no word break data for Japanese "
		    "(%s): reinstall ICU",
		    u_errorName(status));
	}
	prime(c);
	*out = c;
	return 0;
}

void
cutter_close(struct cutter *c)
{
	if (c == NULL)
		return;
	ubrk_close(c->iterator);
	free(c);
}

static void
add(struct words *w, size_t unit)
{
	w->at = mem_grow(w->at, &w->cap, w->n + 1, sizeof(*w->at));
	w->at[w->n++] = (uint32_t)unit;
}

int
words_cut(struct cutter *c, const struct view *plain, struct words *w,
    struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t at;

	w->n = 0;
	add(w, 0);
	if (plain->len == 0)
		return 0;
	ubrk_setText(c->iterator, plain->at, (int32_t)plain->len, &status);
	if (U_FAILURE(status))
		return fail(err, "ICU cannot cut a text into words (%s)",
		    u_errorName(status));
	while ((at = ubrk_next(c->iterator)) != UBRK_DONE)
		add(w, (size_t)at);
	return 0;
}

void
words_free(struct words *w)
{
	free(w->at);
	*w = (struct words){0};
}

/* The first boundary at or behind unit, as an index. */
static size_t
bound_at(const struct words *w, size_t unit)
{
	size_t lo = 0, hi = w->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (w->at[mid] < unit)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

bool
words_boundary(const struct words *w, size_t unit)
{
	size_t i = bound_at(w, unit);

	return i < w->n && w->at[i] == unit;
}

size_t
words_index(const struct words *w, size_t unit)
{
	size_t i = bound_at(w, unit);

	if (i < w->n && w->at[i] == unit && i + 1 < w->n)
		return i;
	return i == 0 ? 0 : i - 1;
}
