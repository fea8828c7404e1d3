#include "text/class.h"

#include <stdatomic.h>
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

static uint32_t
cell_of(const struct classes *cs, uint32_t c)
{
	UChar in[2] = {(UChar)c, 0}, out[32];
	UErrorCode status = U_ZERO_ERROR;
	uint32_t bits = class_of(cs, c);
	int32_t n;

	if (U16_IS_SURROGATE(c))
		return (bits | CLASS_SLOW) << 16 | c;
	n = unorm2_normalize(cs->nfkc_cf, in, 1, out, 32, &status);
	if (U_FAILURE(status) || n != 1)
		return (bits | CLASS_SLOW) << 16 | c;
	return bits << 16 | out[0];
}

/* Two threads may make a page at once: one of them is kept. */
static struct class_page *
page_of(uint32_t c)
{
	static _Atomic(struct class_page *) shared[256];
	_Atomic(struct class_page *) *slot = &shared[c >> 8];
	struct class_page *page = atomic_load(slot), *none = NULL;

	if (page != NULL)
		return page;
	page = mem_alloc(sizeof(*page));
	if (atomic_compare_exchange_strong(slot, &none, page))
		return page;
	free(page);
	return none;
}

uint32_t
classes_fill(struct classes *cs, uint32_t c)
{
	struct class_page *page = cs->pages[c >> 8];
	uint32_t cell = cell_of(cs, c);

	if (page == NULL)
		page = cs->pages[c >> 8] = page_of(c);
	__atomic_store_n(&page->cell[c & 0xff], cell, __ATOMIC_RELAXED);
	return cell;
}
