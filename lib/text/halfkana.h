/*
 * Half-width kana and nothing else above ASCII: the one kind of text whose
 * bytes are often sound in both encodings. In CP932 アイウ is B1 B2 B3, which
 * EUC-JP reads as kanji of level 1 (B0 to CF) and 2 (D0 to F4), two bytes
 * each; in EUC-JP it is 8E B1 8E B2 8E B3, which CP932 reads as kanji.
 */
#ifndef OFUKU_TEXT_HALFKANA_H
#define OFUKU_TEXT_HALFKANA_H

#include <stdbool.h>

#include "base/span.h"

/*
 * Reads well as kana of CP932: every voicing mark stands behind a letter that
 * takes one, no word begins with what only goes on. And there is a sign that
 * it is no EUC-JP: a voicing mark, a run of odd length or a kanji of level 2.
 */
bool halfkana_cp932(struct span);
/* Three and more characters, all 8E and a kana. */
bool halfkana_eucjp(struct span);

#endif
