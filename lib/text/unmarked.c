#include "text/unmarked.h"

#include <unicode/uchar.h>
#include <unicode/utf16.h>

/* How the units look in one order of their bytes. */
struct units {
	size_t latin; /* ASCII and Latin-1: one byte is a NUL */
	size_t kana;  /* and the marks and full-width forms beside them */
	size_t kanji;
	size_t bad; /* controls, halves of pairs, nothing assigned */
};

static bool
is_latin(UChar u)
{
	return (u >= 0x20 && u < 0x7f) || u == '\n' || u == '\r' || u == '\t' ||
	    (u >= 0xa0 && u <= 0xff);
}

static bool
is_kana(UChar u)
{
	return (u >= 0x3000 && u <= 0x30ff) || (u >= 0xff01 && u <= 0xffe5);
}

static void
count(struct units *n, UChar u, UChar before, UChar behind)
{
	bool half = (U16_IS_LEAD(u) && !U16_IS_TRAIL(behind)) ||
	    (U16_IS_TRAIL(u) && !U16_IS_LEAD(before));

	if (is_latin(u))
		n->latin++;
	else if (is_kana(u))
		n->kana++;
	else if (u >= 0x4e00 && u <= 0x9fff)
		n->kanji++;
	else if (half || u < 0x100 || (!U16_IS_SURROGATE(u) && !u_isdefined(u)))
		n->bad++;
}

static struct units
look(struct span s, size_t high)
{
	const unsigned char *p = (const unsigned char *)s.at;
	struct units n = {0};
	UChar before = 0, u, behind = 0;

	for (size_t i = 0; i + 1 < s.len; i += 2, before = u) {
		u = (UChar)(p[i + high] << 8 | p[i + 1 - high]);
		if (i + 3 < s.len)
			behind = (UChar)(p[i + 2 + high] << 8 |
			    p[i + 3 - high]);
		/* A pair that the sample's end cuts is none the worse. */
		else
			behind = 0xdc00;
		count(&n, u, before, behind);
	}
	return n;
}

static size_t
sure(const struct units *n)
{
	return n->latin + n->kana;
}

/* The order in which more is Latin or kana, where most is readable. */
static const char *
better(struct span s, struct units *best)
{
	const struct units little = look(s, 1), big = look(s, 0);
	bool swapped = sure(&big) > sure(&little);

	*best = swapped ? big : little;
	if (sure(&big) == sure(&little) ||
	    (sure(best) + best->kanji) * 4 < s.len / 2 * 3 ||
	    best->bad * 8 > s.len / 2)
		return NULL;
	return swapped ? "UTF-16BE" : "UTF-16LE";
}

const char *
unmarked_utf16(struct span s, bool utf8)
{
	struct units n;
	const char *name;

	if (memchr(s.at, '\0', s.len) == NULL)
		return NULL;
	name = better(s, &n);
	if (name == NULL || n.latin == 0 || sure(&n) * 3 < s.len / 2 ||
	    (utf8 && n.latin * 40 < s.len / 2))
		return NULL;
	return name;
}

const char *
unmarked_utf16_last(struct span s)
{
	struct units n;
	const char *name = better(s, &n);

	return name != NULL && (n.latin > 0 || n.kana * 3 >= s.len / 2) ? name :
									  NULL;
}
