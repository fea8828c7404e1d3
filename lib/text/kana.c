#include "text/kana.h"

enum { FIRST = 0x3041, LAST = 0x3096 }; /* ぁ … ゖ */

/* The vowel of each hiragana from ぁ on. */
static const char vowels[] = "aaiiuueeoo"
			     "aaiiuueeoo"
			     "aaiiuueeoo"
			     "aaii-uueeoo"
			     "aiueo"
			     "aaaiiiuuueeeooo"
			     "aiueo"
			     "aauuoo"
			     "aiueo"
			     "aaieo-"
			     "uae";

static char
vowel(uint16_t c)
{
	return c >= FIRST && c <= LAST ? vowels[c - FIRST] : '-';
}

bool
kana_lengthens(uint16_t small, uint16_t before)
{
	bool is_small = small >= FIRST && small <= 0x3049 && (small & 1) == 1;

	return is_small && vowel(small) == vowel(before);
}

/* か→が, は→ば and their like; what has no voiced form stays. */
static uint16_t
voiced(uint16_t c)
{
	bool k_to_ti = c >= 0x304b && c <= 0x3061 && (c & 1) == 1;
	bool tu_to_to = c >= 0x3064 && c <= 0x3068 && (c & 1) == 0;
	bool h = c >= 0x306f && c <= 0x307b && (c - 0x306f) % 3 == 0;

	if (k_to_ti || tu_to_to || h)
		return (uint16_t)(c + 1);
	return c == 0x3046 ? 0x3094 : c;
}

uint16_t
kana_iterated(uint16_t mark, uint16_t c)
{
	switch (mark) {
	case 0x3005: /* 々 */
	case 0x303b: /* 〻 */
	case 0x309d: /* ゝ */
		return c;
	case 0x309e: /* ゞ */
		return voiced(c);
	default:
		return 0;
	}
}
