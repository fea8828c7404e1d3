#include "text/clip.h"

#include <stdint.h>

#include <unicode/ubrk.h>
#include <unicode/utext.h>
#include <unicode/uversion.h>

/* No text this short in bytes can hold more than n clusters. */
static bool
surely_short(struct span text, size_t n)
{
	return text.len <= n;
}

/* Bytes up to the end of the n-th cluster. */
static size_t
cluster_end(UBreakIterator *it, size_t n, size_t len)
{
	int32_t at = 0;

	for (size_t i = 0; i < n; i++) {
		at = ubrk_next(it);
		if (at == UBRK_DONE)
			return len;
	}
	return (size_t)at;
}

struct span
clip_graphemes(struct span text, size_t n, bool *cut)
{
	UErrorCode status = U_ZERO_ERROR;
	UText ut = UTEXT_INITIALIZER;
	UBreakIterator *it;
	size_t end = text.len;

	*cut = false;
	if (surely_short(text, n))
		return text;
	utext_openUTF8(&ut, text.at, (int64_t)text.len, &status);
	it = ubrk_open(UBRK_CHARACTER, "ja", NULL, 0, &status);
	if (U_SUCCESS(status)) {
		ubrk_setUText(it, &ut, &status);
		end = cluster_end(it, n, text.len);
	}
	ubrk_close(it);
	utext_close(&ut);
	*cut = end < text.len;
	return (struct span){text.at, end};
}

const char *
icu_version(void)
{
	return U_ICU_VERSION;
}

const char *
unicode_version(void)
{
	return U_UNICODE_VERSION;
}
