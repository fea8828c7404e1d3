/* Writing JSON (RFC 8259). */
#ifndef OFUKU_BASE_QUOTE_H
#define OFUKU_BASE_QUOTE_H

#include "base/buf.h"

/* Appends s as a JSON string with its quotes; s is valid UTF-8. */
void json_quote(struct buf *out, struct span s);

#endif
