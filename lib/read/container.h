/*
 * What an input is packed in (nothing, gzip, zstd), told by its first bytes.
 * Not for decoding text: that is stream.c's next step.
 */
#ifndef OFUKU_READ_CONTAINER_H
#define OFUKU_READ_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"
#include "base/watch.h"

struct container;
struct stat;

/*
 * fd is read, not closed; path is for messages and outlives it, as watch does,
 * which may be NULL. opened: what fstat(2) says of fd, of which nothing has
 * been read yet; NULL: it is asked, and where in it fd stands.
 */
struct container *container_open(
    int fd, struct span path, const struct stat *opened, struct watch *);
void container_close(struct container *);
/*
 * Puts up to cap unpacked bytes at out. *n is how many; 0: the end. Error:
 * reading failed, or the container is damaged, cut off, or followed by what
 * does not belong to it; the text names the byte of the packed input.
 */
int container_read(
    struct container *, char *out, size_t cap, size_t *n, struct err *);
/*
 * For how many bytes to make room before the next read, at most most: fewer
 * where a small file is as good as read. It may look at the first bytes for
 * that, and fail as a read does.
 */
int container_room(struct container *, size_t most, size_t *room, struct err *);
/*
 * Instead of a read: makes of an empty buffer that in which a small file was
 * looked at, with room behind it for the next read. *n is how many bytes of it
 * have been read; false: there are none.
 */
bool container_give(struct container *, struct buf *, size_t *n);

#endif
