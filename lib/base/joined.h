/*
 * Lists as one text: items with a separator between them. In cells of
 * reports that is a ";", elsewhere also a NUL, which names do not hold.
 */
#ifndef OFUKU_BASE_JOINED_H
#define OFUKU_BASE_JOINED_H

#include "base/buf.h"

/* Takes the first item off a list, with the separator behind it. */
struct span joined_next(struct span *list, char separator);
/*
 * Appends the items of a list with a ";" between them. One within an item,
 * which would make two of it, becomes ；(U+FF1B).
 */
void joined_cell(struct buf *out, struct span list, char separator);
/* The same for an item of a list that is not joined yet. */
void joined_item(struct buf *out, struct span item);

#endif
