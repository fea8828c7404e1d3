/* An input that should be JSON and is not. */
#ifndef OFUKU_READ_REFUSE_H
#define OFUKU_READ_REFUSE_H

#include "read/stream.h"

/*
 * Fails with the place where text, read from in, is no JSON; with why where
 * json_locate finds no fault, which depth is for. Returns -1.
 */
int json_refuse(const struct stream *in, struct span text, size_t depth,
    const char *why, struct err *);

#endif
