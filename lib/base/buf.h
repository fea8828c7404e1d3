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
void buf_grow(struct buf *, size_t n); /* buf_room's, where there is none */
/* Room for n more bytes; returns where they go, len is the caller's. */
static inline char *
buf_room(struct buf *b, size_t n)
{
	if (n > b->cap - b->len)
		buf_grow(b, n);
	return b->at + b->len;
}
/* A NUL behind the text, not counted in len. */
char *buf_cstr(struct buf *);
static inline void
buf_reset(struct buf *b)
{
	b->len = 0;
}
void buf_free(struct buf *);

static inline struct span
buf_span(const struct buf *b)
{
	return (struct span){b->at, b->len};
}

#endif
