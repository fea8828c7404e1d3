/*
 * The three views of a text (SPEC section 3). raw is the UTF-8 that was read;
 * plain is what patterns see; folded is what phrases see. Both views are
 * UTF-16, which ICU and PCRE2-16 take as it is, and each unit knows the byte
 * of the raw text that it came from.
 */
#ifndef OFUKU_TEXT_VIEW_H
#define OFUKU_TEXT_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

/* A view in memory of its own; {0} is empty, view_free gives it back. */
struct view {
	uint16_t *at;
	uint32_t *raw; /* raw[i]: byte of the raw text where unit i
				 * begins; raw[len]: the raw text's length */
	size_t len;    /* UTF-16 units */
	size_t cap;
};

/* What a language pack adds to the fold; immutable, used by all threads. */
struct fold;

struct spelling {
	struct span variant, form; /* UTF-8; variant is brought to form */
};

struct fold_spec {
	const struct spelling *spellings;
	size_t nspellings;
	const struct span *fillers;
	size_t nfillers;
};

/* A worker's scratch: tables made from ICU as blocks of text are met. */
struct viewer;

int viewer_open(struct viewer **, struct err *);
void viewer_close(struct viewer *);

struct fold *fold_new(struct viewer *, const struct fold_spec *);
void fold_free(struct fold *);

/* A set of UTF-16 units, one bit each. */
#define ALPHABET_BYTES 8192

static inline bool
alphabet_has(const uint8_t *set, uint16_t unit)
{
	return set[unit >> 3] >> (unit & 7) & 1;
}

static inline void
alphabet_add(uint8_t *set, uint16_t unit)
{
	set[unit >> 3] |= (uint8_t)(1u << (unit & 7));
}

/*
 * From a set of units of folded views to that of plain views whose fold can
 * be made of them alone: with the units of fillers, spellings, katakana and
 * marks that the fold turns into them or drops.
 */
void fold_alphabet(const struct fold *, uint8_t *set);
/*
 * Where two units stand side by side in a folded view, the plain view has a
 * unit of heads and one of nexts, between which there is nothing but marks,
 * what the fold drops, and fillers, or it has one of alone. Sets of units;
 * fillers are what one begins with.
 */
struct fold_pair {
	uint8_t heads[ALPHABET_BYTES], nexts[ALPHABET_BYTES];
	uint8_t alone[ALPHABET_BYTES];
	uint8_t marks[ALPHABET_BYTES], fillers[ALPHABET_BYTES];
};
/* Adds what makes the fold have a before b. */
void fold_pair_add(const struct fold *, struct viewer *, uint16_t a, uint16_t b,
    struct fold_pair *);
/* May raw, whose plain view that is, have it? Where it is a part of a text, what
 * ends with a head may have it with what is behind it. */
bool fold_pair_in(const struct fold_pair *, struct viewer *, struct span raw,
    const struct view *plain);
/* Does the fold drop a unit of the plain view, or perhaps, as a half of two? */
bool fold_drops(struct viewer *, uint16_t unit);

/*
 * Can the plain view of raw consist of units of the set, and of punctuation,
 * symbols and blanks, alone? False is certain.
 */
bool raw_may_be_of(struct viewer *, struct span raw, const uint8_t *set);

/* raw is valid UTF-8 of less than 4 GiB. out is overwritten. */
void view_plain(struct viewer *, struct span raw, struct view *out);
/* f may be NULL: no variants, no fillers. */
void view_folded(
    struct viewer *, const struct fold *f, struct span raw, struct view *out);
void view_free(struct view *);

/* Code points, not units. */
size_t view_points(const struct view *);
/* The view as UTF-8, appended. */
void view_utf8(const struct view *, struct buf *);
void utf16_utf8(const uint16_t *at, size_t len, struct buf *);
/* Code points as UTF-8, appended. */
void text_points(const uint32_t *at, size_t n, struct buf *);

/* A short text's NFKC without case folding, appended: for pattern sources. */
void text_nfkc(struct viewer *, struct span, struct buf *out);

/*
 * The sentence of the raw text that holds unit, in units of the plain view:
 * from *start up to *end, its marks (。．！？!?… or a line break) within.
 */
void view_sentence(const struct view *plain, struct span raw, size_t unit,
    size_t *start, size_t *end);
/* Does the raw text end like a sentence (blanks behind the mark ignored)? */
bool raw_ends_sentence(struct span raw);
/* The first unit whose raw byte is at or behind byte (len if none). */
size_t view_unit_at(const struct view *, size_t byte);

#endif
