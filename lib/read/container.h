/*
 * What an input is packed in (nothing, gzip, zstd), told by its first bytes.
 * Not for decoding text: that is stream.c's next step.
 */
#ifndef OFUKU_READ_CONTAINER_H
#define OFUKU_READ_CONTAINER_H

#include <stddef.h>

#include "base/err.h"
#include "base/span.h"
#include "base/watch.h"

struct container;

/* fd is read, not closed; path is for messages and outlives it, as watch does,
 * which may be NULL. */
struct container *container_open(int fd, struct span path, struct watch *);
void container_close(struct container *);
/*
 * Puts up to cap unpacked bytes at out. *n is how many; 0: the end. Error:
 * reading failed, or the container is damaged, cut off, or followed by what
 * does not belong to it; the text names the byte of the packed input.
 */
int container_read(
    struct container *, char *out, size_t cap, size_t *n, struct err *);

#endif
