/*
 * Memory for what a run holds by the hundred megabytes. It comes in pieces of
 * large pages, where the kernel has such: what is touched for the first time
 * 512 times as often costs more than to read it. Any thread may give back
 * what another one took.
 */
#ifndef OFUKU_BASE_POOL_H
#define OFUKU_BASE_POOL_H

#include <stddef.h>

enum { POOL_MOST = 1 << 20 };

/* n bytes, aligned to 16, not zeroed; NULL: n is more than POOL_MOST, or
 * there is no memory of that kind: take it from elsewhere. */
void *pool_take(size_t n);
/* What pool_take gave. */
void pool_give(void *);
/* A thread that has taken takes no more: what is left of its piece is free
 * when the rest is. */
void pool_leave(void);

#endif
