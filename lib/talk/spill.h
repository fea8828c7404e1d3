/*
 * What memory has no room for: a temporary file in $TMPDIR that holds
 * several streams of bytes, written side by side and read one by one. It has
 * no name, so that nothing is left of it however the program ends.
 */
#ifndef OFUKU_TALK_SPILL_H
#define OFUKU_TALK_SPILL_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct spill;

/* -1: no such file can be made. */
int spill_open(struct spill **, size_t streams, struct err *);
void spill_close(struct spill *);
size_t spill_streams(const struct spill *);
/* Appends to a stream. */
int spill_put(
    struct spill *, size_t stream, const void *, size_t len, struct err *);
/* No more comes to any stream, and reading may begin. */
int spill_finish(struct spill *, struct err *);

/* How far a stream is read; {.stream = i} to begin. */
struct spill_reader {
	size_t stream;
	size_t block; /* index of the next one */
	char *at;
	size_t used, len;
};

/* 1: filled; 0: the stream is at its end; -1. */
int spill_get(
    struct spill *, struct spill_reader *, void *, size_t len, struct err *);
void spill_reader_free(struct spill_reader *);

#endif
