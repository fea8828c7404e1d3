/*
 * Where what was said differs from a stock phrase: the edit script of least
 * cost (Wagner and Fischer 1974) between a wording and a piece of a folded
 * view, in code points.
 */
#ifndef OFUKU_RULE_ALIGN_H
#define OFUKU_RULE_ALIGN_H

#include "base/buf.h"
#include "rule/phrase.h"

/*
 * Appends what was said, with what the wording has in its place or besides
 * as [-…-] and what was put in as {+…+}. at: len units of a folded view.
 */
void phrase_align(
    const struct wording *, const uint16_t *at, size_t len, struct buf *out);

#endif
