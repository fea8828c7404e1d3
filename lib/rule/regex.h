/* What of a regex only rule/ needs to know. */
#ifndef OFUKU_RULE_REGEX_H
#define OFUKU_RULE_REGEX_H

#include "rule/pattern.h"
#include "rule/required.h"

/*
 * As regex_compile; with REGEX_FOLDED literals are folded with fold, which
 * lives as long as the regex.
 */
struct regex *regex_compile_folded(struct arena *, struct viewer *,
    const struct fold *fold, struct span source, unsigned flags, size_t *offset,
    struct err *);
/* The source as PCRE2 gets it; the viewer is the calling thread's, which may be
 * the first that wants it. */
const struct view *regex_normal(const struct regex *, struct viewer *);
/* The source as PCRE2 gets it is known to start matches so: PCRE2 is not asked
 * elsewhere. */
void regex_set_starts(struct regex *, const struct required_starts *);
const struct required_starts *regex_starts(const struct regex *);
/* Can it match nothing at all? Such a match is never found. */
bool regex_matches_empty(const struct regex *, struct viewer *);

/* Of what it is compiled from, and how: the same key, the same code. 0: it
 * depends on more. */
uint64_t regex_key(const struct regex *);
/* Appends its code as PCRE2 serialises it, for embedded.h. */
void regex_encode(const struct regex *, struct viewer *, struct buf *);
/* Appends the version of PCRE2 that is linked, with its date, and what else its
 * code depends on. */
void regex_pcre2_version(struct buf *);

/*
 * How far a regex that does not match comes in at[0..len): the longest piece
 * start..end that its beginning matches, and the byte of its source where it
 * stops. False: it does not even begin, or a limit was hit.
 */
struct regex_stop {
	size_t start, end;
	size_t source;
};
bool regex_stops(struct matcher *, const struct regex *, const uint16_t *at,
    size_t len, struct regex_stop *);

#endif
