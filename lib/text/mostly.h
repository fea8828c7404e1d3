/*
 * UTF-8 in which little is broken: a line of another encoding that a log took
 * in, a character cut in two. Three bytes that make one character of Japanese
 * in UTF-8 seldom stand together in CP932 or EUC-JP.
 */
#ifndef OFUKU_TEXT_MOSTLY_H
#define OFUKU_TEXT_MOSTLY_H

#include <stdbool.h>

#include "base/span.h"

/*
 * Of the lines with more than ASCII most are sound and hold such a character,
 * or there are many of them for each byte that is broken.
 */
bool mostly_utf8(struct span);

#endif
