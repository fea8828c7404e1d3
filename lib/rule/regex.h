/* What of a regex only rule/ needs to know. */
#ifndef OFUKU_RULE_REGEX_H
#define OFUKU_RULE_REGEX_H

#include "rule/pattern.h"

/* As regex_compile; with REGEX_FOLDED literals are folded with fold. */
struct regex *regex_compile_folded(struct arena *, struct viewer *,
    const struct fold *fold, struct span source, unsigned flags, size_t *offset,
    struct err *);
/* The source as PCRE2 got it. */
const struct view *regex_normal(const struct regex *);
/* Can it match nothing at all? Such a match is never found. */
bool regex_matches_empty(const struct regex *);

#endif
