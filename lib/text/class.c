#include "text/class.h"

#include <stdlib.h>

#include <unicode/uchar.h>

#include "base/mem.h"

int
classes_open(struct classes *cs, struct err *err)
{
	UErrorCode status = U_ZERO_ERROR;

	*cs = (struct classes){0};
	cs->nfkc_cf = unorm2_getNFKCCasefoldInstance(&status);
	cs->nfkc = unorm2_getNFKCInstance(&status);
	if (U_FAILURE(status))
		return fail(err,
		    "ICU has no normalisation data (%s): "
		    "reinstall ICU",
		    u_errorName(status));
	return 0;
}

void
classes_close(struct classes *cs)
{
	for (size_t i = 0; i < 256; i++)
		free(cs->pages[i]);
}

static bool
is_cjk(uint32_t c)
{
	if (c < 0x2e80)
		return false;
	if (c <= 0x9fff)
		return c < 0x3130 || c > 0x318f; /* Hangul jamo */
	return (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

static bool
is_break(uint32_t c)
{
	return (c >= 0x0a && c <= 0x0d) || c == 0x85 || c == 0x2028 ||
	    c == 0x2029;
}

#define DROPPED \
	(U_GC_P_MASK | U_GC_S_MASK | U_GC_Z_MASK | U_GC_CC_MASK | U_GC_CF_MASK)

uint8_t
class_of(const struct classes *cs, uint32_t c)
{
	uint8_t bits = 0;

	if (!unorm2_hasBoundaryBefore(cs->nfkc_cf, (UChar32)c))
		bits |= CLASS_JOINS | CLASS_SLOW;
	if (is_break(c))
		bits |= CLASS_BREAK;
	else if (u_isUWhiteSpace((UChar32)c))
		bits |= CLASS_BLANK;
	else if (is_cjk(c))
		bits |= CLASS_CJK;
	if (U_MASK(u_charType((UChar32)c)) & DROPPED)
		bits |= CLASS_DROP;
	return bits;
}

static void
fill_one(struct classes *cs, struct class_page *page, uint32_t c)
{
	UChar in[2] = {(UChar)c, 0}, out[32];
	UErrorCode status = U_ZERO_ERROR;
	int32_t n;

	page->bits[c & 0xff] = class_of(cs, c);
	page->map[c & 0xff] = (uint16_t)c;
	if (U16_IS_SURROGATE(c)) {
		page->bits[c & 0xff] |= CLASS_SLOW;
		return;
	}
	n = unorm2_normalize(cs->nfkc_cf, in, 1, out, 32, &status);
	if (U_FAILURE(status) || n != 1)
		page->bits[c & 0xff] |= CLASS_SLOW;
	else
		page->map[c & 0xff] = out[0];
}

struct class_page *
classes_fill(struct classes *cs, uint32_t c)
{
	uint32_t base = c & 0xff00;
	struct class_page *page = mem_alloc(sizeof(*page));

	for (uint32_t i = 0; i < 256; i++)
		fill_one(cs, page, base + i);
	cs->pages[c >> 8] = page;
	return page;
}
