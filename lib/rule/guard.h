/*
 * Guards: PCRE2 tries the alternatives of a group one by one. In front of many
 * that each begin with one of a few characters, "(?=[…])" with these says no at
 * once, and changes nothing else.
 */
#ifndef OFUKU_RULE_GUARD_H
#define OFUKU_RULE_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Appends the units of a normalised pattern with its guards. False: it needs
 * none, or has what is not understood, and nothing is appended. */
bool guard_alternatives(const uint16_t *source, size_t len, struct buf *out);

#endif
