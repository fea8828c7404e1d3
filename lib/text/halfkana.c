#include "text/halfkana.h"

enum {
	SINGLE_SHIFT = 0x8e,
	FIRST = 0xa1,
	SMALL = 0xa7, /* ｧ; ends before ｱ, with ｰ */
	A = 0xb1,
	LEVEL2 = 0xd0,
	N = 0xdd,
	VOICED = 0xde,
	HALF_VOICED = 0xdf,
	LAST = 0xdf
};

static bool
takes_half_voice(unsigned char letter)
{
	return letter >= 0xca && letter <= 0xce;
}

static bool
takes_voice(unsigned char letter)
{
	return letter == 0xb3 || (letter >= 0xb6 && letter <= 0xc4) ||
	    takes_half_voice(letter);
}

static bool
fits(unsigned char before, unsigned char c)
{
	bool begins = before < SMALL;

	if (c == VOICED)
		return takes_voice(before);
	if (c == HALF_VOICED)
		return takes_half_voice(before);
	return !begins || c == 0xa6 || (c >= A && c != N);
}

/* A run of bytes from A1 on: whether it reads as kana, and not as kanji. */
static bool
kana_run(const unsigned char *p, size_t n, bool *sign)
{
	size_t marks = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] > LAST)
			return false;
		if (p[i] < 0xa6)
			marks++;
		else if (!fits(i == 0 ? 0 : p[i - 1], p[i]))
			return false;
		*sign |= p[i] >= VOICED || (i % 2 == 0 && p[i] >= LEVEL2);
	}
	*sign |= n % 2 == 1;
	return marks * 4 <= n;
}

bool
halfkana_cp932(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.at;
	bool sign = false;

	for (size_t i = 0, n; i < s.len; i += n + 1) {
		for (n = 0; i + n < s.len && p[i + n] >= 0x80; n++)
			if (p[i + n] < FIRST)
				return false;
		if (!kana_run(p + i, n, &sign))
			return false;
	}
	return sign;
}

bool
halfkana_eucjp(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.at;
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (p[i] < 0x80)
			continue;
		if (p[i] != SINGLE_SHIFT || i + 1 == s.len ||
		    p[i + 1] < FIRST || p[i + 1] > LAST)
			return false;
		n++;
		i++;
	}
	return n >= 3;
}
