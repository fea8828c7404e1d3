/* An input, or a line of one, that should be JSON and is not. */
#ifndef OFUKU_READ_REFUSE_H
#define OFUKU_READ_REFUSE_H

#include "read/draft.h"

/*
 * Fails with the place where text, read from in, is no JSON; with why where
 * json_locate finds no fault, which depth is for. Returns -1.
 */
int json_refuse(const struct stream *in, struct span text, size_t depth,
    const char *why, struct err *);
/* Rejects a line of the input of the emitter in the same way; -1: stop. */
int json_reject_line(struct emitter *, uint64_t number, struct span line,
    const char *why, struct err *);

#endif
