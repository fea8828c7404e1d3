#include "rule/prefilter.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/prefilter_tables.h"
#include "text/viewer.h"

size_t
prefilter_words(const struct prefilter *f)
{
	return (f->npatterns + 63) / 64;
}

size_t
prefilter_longest(const struct prefilter *f)
{
	return f->longest;
}

uint32_t
prefilter_next(const uint64_t *may, uint32_t from, uint32_t end)
{
	while (from < end) {
		const uint64_t left = may[from / 64] >> from % 64;

		if (left != 0) {
			from += (uint32_t)__builtin_ctzll(left);
			return from < end ? from : end;
		}
		from = (from / 64 + 1) * 64;
	}
	return end;
}

bool
prefilter_may_any(const uint64_t *may, uint32_t pattern, size_t n)
{
	const uint32_t end = pattern + (uint32_t)n;

	return prefilter_next(may, pattern, end) < end;
}

bool
prefilter_may(const uint64_t *may, uint32_t pattern)
{
	return has_bit(may, pattern);
}

bool
prefilter_always(const struct prefilter *f, uint32_t pattern)
{
	return has_bit(f->given, pattern);
}

/* What literals set that end in front of at[0..len); false: all are barred. */
static bool
put_out(const struct prefilter *f, const struct state *s, const uint16_t *at,
    size_t len, uint64_t *bits)
{
	uint32_t bar = 0;
	bool put = false, barred = false;

	for (uint32_t k = 0; k < s->nout; k++) {
		const struct output *o = &f->outputs[s->out + k];

		if (o->bar != bar)
			barred = bar_holds(f->bars + o->bar, at, len);
		bar = o->bar;
		if (barred)
			continue;
		bits[o->word] |= o->bits;
		put = true;
	}
	return put;
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
		found |= put_out(f, &f->states[s], at + i, len - i, bits);
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

	for (size_t i = 0; i < len && f->has_singles; i++) {
		const struct entry *e;

		if (!alphabet_has(f->singles, at[i]))
			continue;
		e = entry_of(f->alone, f->mask, at[i]);
		found |= put_out(
		    f, &f->states[e->state], at + i + 1, len - i - 1, bits);
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
		uint32_t h = pair_hash(pair_of(at[i], at[i + 1]));

		if (has_bit(f->pairs, h) && may_begin(f, at + i, len - i, h))
			found |= enter(f, at + i, len - i, bits);
	}
	return found;
}

static size_t
set_words(const struct prefilter *f)
{
	return (f->nsets + 63) / 64;
}

/* The sets of which a text is there. */
static void
find_sets(
    const struct prefilter *f, const uint16_t *at, size_t len, uint64_t *found)
{
	memset(found, 0, (set_words(f) + 1) * sizeof(*found));
	scan_pairs(f, at, len, found);
	scan_singles(f, at, len, found);
}

static bool
is_whole(const struct clause *c, const uint64_t *found)
{
	for (size_t i = 0; i < c->n; i++)
		if (!has_bit(found, c->sets[i]))
			return false;
	return true;
}

/* Of the clauses that a set leads, which has been found: the patterns of those
 * that are whole go to may. What holds if none of them matches. */
static enum quiet
follow(const struct prefilter *f, uint32_t set, const uint64_t *found,
    uint64_t *may, bool *asked)
{
	enum quiet is = QUIET_WITH_OTHERS;

	for (uint32_t i = f->leads[set]; i < f->leads[set + 1]; i++) {
		const struct clause *c = &f->clauses[f->led[i]];

		const bool whole = is_whole(c, found);

		if (whole) {
			set_bit(may, c->pattern);
			*asked = true;
		}
		if (whole ? !c->by_line : c->spans_lines)
			is = QUIET_ALONE;
	}
	return is;
}

static enum quiet
follow_all(const struct prefilter *f, const uint64_t *found, uint64_t *may,
    bool *asked)
{
	enum quiet is = QUIET_WITH_OTHERS;

	for (size_t i = 0; i < set_words(f); i++)
		for (uint64_t left = found[i]; left != 0; left &= left - 1) {
			uint32_t set = (uint32_t)(i * 64) +
			    (uint32_t)__builtin_ctzll(left);
			enum quiet now = follow(f, set, found, may, asked);

			is = now < is ? now : is;
		}
	return is;
}

/* Room for what is found; what may match is given at first. */
static void
scratch_room(const struct prefilter *f, struct prefilter_scratch *s)
{
	s->found = mem_grow(
	    s->found, &s->found_cap, set_words(f) + 1, sizeof(*s->found));
	s->may = mem_grow(
	    s->may, &s->may_cap, prefilter_words(f) + 1, sizeof(*s->may));
	memcpy(s->may, f->given, prefilter_words(f) * sizeof(*s->may));
}

const uint64_t *
prefilter_scan(const struct prefilter *f, const uint16_t *at, size_t len,
    struct prefilter_scratch *s)
{
	bool asked = false;

	scratch_room(f, s);
	find_sets(f, at, len, s->found);
	follow_all(f, s->found, s->may, &asked);
	return s->may;
}

void
prefilter_scratch_free(struct prefilter_scratch *s)
{
	free(s->found);
	free(s->may);
	*s = (struct prefilter_scratch){0};
}

enum quiet
prefilter_ask(const struct prefilter *f, struct viewer *v, struct span raw,
    struct view *plain, struct prefilter_scratch *s,
    struct prefilter_seen *seen)
{
	*seen = (struct prefilter_seen){.phrase = true};
	if (f->always)
		return QUIET_NOT;
	if (f->first != NULL && firstlook_nothing(f->first, &v->classes, raw)) {
		seen->phrase = f->phrase == NULL;
		return QUIET_WITH_OTHERS;
	}
	scratch_room(f, s);
	view_plain(v, raw, plain);
	if (f->phrase != NULL)
		seen->phrase = fold_pair_in(f->phrase, v, raw, plain);
	find_sets(f, plain->at, plain->len, s->found);
	return follow_all(f, s->found, s->may, &seen->asked);
}

bool
prefilter_has_phrase(const struct prefilter *f)
{
	return f->phrase != NULL;
}

enum quiet
prefilter_quiet(const struct prefilter *f, struct viewer *v, struct span raw,
    struct view *plain, struct prefilter_scratch *s)
{
	struct prefilter_seen seen;
	enum quiet is = prefilter_ask(f, v, raw, plain, s, &seen);

	return seen.asked ? QUIET_NOT : is;
}
