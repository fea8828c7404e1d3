/*
 * A text as the finders of redact.c read it: one glyph a code point, widths
 * and dashes made one. Not for use outside text/redact*.
 */
#ifndef OFUKU_TEXT_REDACT_READING_H
#define OFUKU_TEXT_REDACT_READING_H

#include <stdbool.h>

#include "text/redact.h"

struct glyph {
	uint32_t c;  /* narrow: "１" is '1', each dash '-' */
	uint32_t at; /* byte it begins at; one more behind the last */
};

struct redact_reading {
	const struct glyph *at;
	size_t n;
	struct arena *arena;
	struct redactions *out;
	char *said; /* 1: the glyph is of a redaction; NULL: there is none */
};

/* Glyphs start to end are of that kind, unless it is said already. */
void redact_add(
    struct redact_reading *, size_t start, size_t end, enum redact_kind);
/* 0 outside the text. */
uint32_t redact_glyph(const struct redact_reading *, size_t i);
/* How many glyphs of a word (UTF-8, katakana for any kana) begin at i, or end
 * before it; 0: it does not stand there. */
size_t redact_word(const struct redact_reading *, size_t i, const char *word);
size_t redact_before(const struct redact_reading *, size_t i, const char *word);
/* The same for the first of a list, which ends with NULL. */
size_t redact_any(
    const struct redact_reading *, size_t i, const char *const *words);
size_t redact_any_before(
    const struct redact_reading *, size_t i, const char *const *words);
/* Are start to end one of the words, whole? */
bool redact_is_whole(const struct redact_reading *, size_t start, size_t end,
    const char *const *words);

/* How many glyphs of a surname in kanji, or of one's reading in kana, begin
 * at i: the longest; 0: none does. */
size_t redact_surname(const struct redact_reading *, size_t i);
size_t redact_surname_read(const struct redact_reading *, size_t i);
/* Are start to end a given name in kana? */
bool redact_is_given(const struct redact_reading *, size_t start, size_t end);
/* Do kanji that no table has look like a surname, or a whole name? */
bool redact_is_like_surname(
    const struct redact_reading *, size_t start, size_t end);
/* Do two kanji look like a given name, or more like a surname with one? */
bool redact_is_like_given(
    const struct redact_reading *, size_t start, size_t end);
bool redact_is_like_whole(
    const struct redact_reading *, size_t start, size_t end);
/* Do start to end name no person, as a word or by a kanji that is of things? */
bool redact_is_nobody(const struct redact_reading *, size_t start, size_t end);
bool redact_has_thing(const struct redact_reading *, size_t start, size_t end);

/* Where the name ends that a known surname begins at i, with a given name
 * (*full) or without; i: none begins there. */
size_t redact_name_end(const struct redact_reading *, size_t i, bool *full);
/* お店の名前は豊田です: is the name of a thing, what stands before 名前は at
 * i? */
bool redact_is_of_thing(const struct redact_reading *, size_t i);
/* Are start to end a surname that a large place, a town (as where one lives,
 * or a station), or a maker or a shop has, too? */
bool redact_is_place(const struct redact_reading *, size_t start, size_t end);
bool redact_is_town(const struct redact_reading *, size_t start, size_t end);
bool redact_is_firm(const struct redact_reading *, size_t start, size_t end);

static inline bool
is_hiragana(uint32_t c)
{
	return c >= 0x3041 && c <= 0x3096;
}

/* With the long vowel mark. */
static inline bool
is_katakana(uint32_t c)
{
	return (c >= 0x30a1 && c <= 0x30fa) || c == 0x30fc;
}

static inline bool
is_kanji(uint32_t c)
{
	return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
	    (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff) ||
	    c == 0x3005 || c == 0x3006 || c == 0x30f6 || c == 0x30f5;
}

static inline bool
is_letter(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

void redact_mails(struct redact_reading *);
void redact_numbers(struct redact_reading *);
void redact_names(struct redact_reading *);
void redact_stated(struct redact_reading *);
/* all: the text is a notice, so that any name is one; else known ones are. */
void redact_notices(struct redact_reading *, bool all);
/* Digits start to end, and nothing else but what one says around them? */
bool redact_is_dictated(
    const struct redact_reading *, size_t *start, size_t *end);

#endif
