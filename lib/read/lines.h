/*
 * The lines of a text in which CR LF, LF and a lone CR all end a line, each
 * with its own number. A line can be given back and read again.
 */
#ifndef OFUKU_READ_LINES_H
#define OFUKU_READ_LINES_H

#include "base/buf.h"
#include "read/stream.h"

struct lines {
	struct stream *in;
	size_t max;               /* bytes of a line of the stream */
	struct span rest;         /* of that line, behind a CR */
	bool pending;             /* there is a rest */
	bool again;               /* set it: the line comes once more */
	struct span line;         /* the last one, without its end */
	uint64_t number;          /* of it, from 1 */
	uint64_t byte;            /* offset in the input */
	const struct buf *record; /* what lines are put together to, or NULL:
				   * max is its bound, too */
};

/* Sets line; 1; 0: the end; -1. The line holds until the next call. */
int lines_next(struct lines *, struct err *);

#endif
