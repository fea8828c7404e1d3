/*
 * Bars: what must not follow a text. Of "net(?!work|ball)" the text "net" is
 * required where neither "work" nor "ball" stands behind it; so most places
 * that look like a match are none. The texts of a bar are units that are plain
 * (text/class.h), each behind its length, 0 behind the last; they are at most
 * 8 units long. Bar 0 bars nothing.
 */
#ifndef OFUKU_RULE_BAR_H
#define OFUKU_RULE_BAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"

struct bar;

/* All bars of some patterns; equal ones are one. {0} is empty. */
struct bars {
	struct map by_texts;
	struct bar **at;
	size_t n, cap;
	struct arena arena;
};

void bars_free(struct bars *);
/* Lives as long as the bars. */
const uint16_t *bars_texts(const struct bars *, uint16_t bar);
/* The number of the bar that has these texts; 0: there is no room for it. */
uint16_t bars_number(struct bars *, const uint16_t *texts);
/* Of two at one place: the texts of both. */
uint16_t bars_both(struct bars *, uint16_t, uint16_t);
/* The units of the texts, with the 0 behind them. */
size_t bar_units(const uint16_t *texts);
/* Puts a text into a list of units that has no 0 behind it yet. */
void bar_put(struct buf *, const uint16_t *at, size_t len);
/* Does one of the texts stand at the beginning of at[0..len)? */
bool bar_holds(const uint16_t *texts, const uint16_t *at, size_t len);
/* The same of UTF-8. */
bool bar_holds_utf8(const uint16_t *texts, const char *at, const char *end);

#endif
