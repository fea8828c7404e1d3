/*
 * A buffer of bytes that grows. Not NUL-terminated except by buf_cstr.
 * {0} is an empty buffer; buf_free gives its memory back.
 */
#ifndef OFUKU_BASE_BUF_H
#define OFUKU_BASE_BUF_H

#include <stddef.h>

#include "base/span.h"

struct buf {
	char *at;
	size_t len;
	size_t cap;
};

void buf_add(struct buf *, struct span);
void buf_addc(struct buf *, char);
void buf_adds(struct buf *, const char *);
void buf_printf(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Room for n more bytes; returns where they go, len is the caller's. */
char *buf_room(struct buf *, size_t n);
/* A NUL behind the text, not counted in len. */
char *buf_cstr(struct buf *);
void buf_reset(struct buf *);
void buf_free(struct buf *);

static inline struct span
buf_span(const struct buf *b)
{
	return (struct span){b->at, b->len};
}

#endif
