/* The parts of the fold that kana alone decide (SPEC section 3, folded). */
#ifndef OFUKU_TEXT_KANA_H
#define OFUKU_TEXT_KANA_H

#include <stdbool.h>
#include <stdint.h>

/* Katakana to hiragana; anything else as it is. */
static inline uint16_t
kana_hiragana(uint16_t c)
{
	if ((c >= 0x30a1 && c <= 0x30f6) || c == 0x30fd || c == 0x30fe)
		return (uint16_t)(c - 0x60);
	return c;
}

/* A small ぁぃぅぇぉ behind a kana of its own vowel? */
bool kana_lengthens(uint16_t small, uint16_t before);
/* What an iteration mark behind c stands for; 0: mark is none. */
uint16_t kana_iterated(uint16_t mark, uint16_t c);

#endif
