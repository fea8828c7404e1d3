/* Evidence: the first n grapheme clusters (UAX 29) of a text. */
#ifndef OFUKU_TEXT_CLIP_H
#define OFUKU_TEXT_CLIP_H

#include <stdbool.h>

#include "base/span.h"

/* The longest prefix of text with at most n grapheme clusters. */
struct span clip_graphemes(struct span text, size_t n, bool *cut);
/* ICU's and Unicode's versions as they are linked, "72.1" and "15.0". */
const char *icu_version(void);
const char *unicode_version(void);

#endif
