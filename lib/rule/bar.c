#include "rule/bar.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/utf8.h"

struct bar {
	uint16_t number; /* from 1 */
	uint16_t texts[];
};

void
bars_free(struct bars *b)
{
	map_free(&b->by_texts);
	free(b->at);
	arena_free(&b->arena);
	*b = (struct bars){0};
}

const uint16_t *
bars_texts(const struct bars *b, uint16_t bar)
{
	static const uint16_t nothing[1];

	return bar == 0 ? nothing : b->at[bar - 1]->texts;
}

size_t
bar_units(const uint16_t *texts)
{
	size_t n = 0;

	while (texts[n] != 0)
		n += 1u + texts[n];
	return n + 1;
}

static struct span
bytes_of(const uint16_t *texts)
{
	return (struct span){
	    (const char *)texts, bar_units(texts) * sizeof(*texts)};
}

static struct bar *
bar_new(struct bars *b, struct span texts)
{
	struct bar *bar = arena_take(&b->arena, sizeof(*bar) + texts.len);

	memcpy(bar->texts, texts.at, texts.len);
	b->at = mem_grow(b->at, &b->cap, b->n + 1, sizeof(*b->at));
	b->at[b->n++] = bar;
	bar->number = (uint16_t)b->n;
	return bar;
}

uint16_t
bars_number(struct bars *b, const uint16_t *texts)
{
	const struct span bytes = bytes_of(texts);
	const struct bar *known = map_get(&b->by_texts, bytes);
	struct bar *bar;

	if (known != NULL)
		return known->number;
	if (texts[0] == 0 || b->n == UINT16_MAX)
		return 0;
	bar = bar_new(b, bytes);
	*map_slot(&b->by_texts, bytes_of(bar->texts)) = bar;
	return bar->number;
}

void
bar_put(struct buf *to, const uint16_t *at, size_t len)
{
	const uint16_t units = (uint16_t)len;

	buf_add(to, (struct span){(const char *)&units, sizeof(units)});
	buf_add(to, (struct span){(const char *)at, len * sizeof(*at)});
}

uint16_t
bars_both(struct bars *b, uint16_t one, uint16_t other)
{
	struct buf both = {0};
	struct span first, second;
	uint16_t number;

	if (one == other || other == 0)
		return one;
	if (one == 0)
		return other;
	first = bytes_of(bars_texts(b, one));
	second = bytes_of(bars_texts(b, other));
	buf_add(&both, (struct span){first.at, first.len - sizeof(uint16_t)});
	buf_add(&both, second);
	number = bars_number(b, (const uint16_t *)(const void *)both.at);
	buf_free(&both);
	return number != 0 ? number : one;
}

bool
bar_holds(const uint16_t *texts, const uint16_t *at, size_t len)
{
	for (const uint16_t *t = texts; *t != 0; t += 1 + *t)
		if (*t <= len && t[1] == at[0] &&
		    memcmp(t + 1, at, *t * sizeof(*at)) == 0)
			return true;
	return false;
}

/* Of units that are plain each takes three bytes; the first is there. */
static bool
goes_on(const uint16_t *units, size_t len, const char *at, const char *end)
{
	if ((size_t)(end - at) < 3 * len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (utf8_next(&at) != units[i])
			return false;
	return true;
}

bool
bar_holds_utf8(const uint16_t *texts, const char *at, const char *end)
{
	const char *next = at;
	uint32_t first;

	if (*texts == 0 || at == end)
		return false;
	first = utf8_next(&next);
	for (const uint16_t *t = texts; *t != 0; t += 1 + *t)
		if (t[1] == first && goes_on(t + 1, *t, at, end))
			return true;
	return false;
}
