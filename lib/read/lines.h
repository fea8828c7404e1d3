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
	size_t max;           /* bytes of a line of the stream */
	struct span rest;     /* of that line, behind a CR; held: of all */
	bool pending;         /* there is a rest */
	bool held;            /* lines are cut off the rest */
	bool again;           /* set it: the line comes once more */
	struct span line;     /* the last one, without its end */
	uint64_t number;      /* of it, from 1 */
	uint64_t byte;        /* offset in the input */
	uint64_t end;         /* held: where the input ends */
	const size_t *record; /* bytes of what lines are put together to, or
			       * NULL: max is its bound, too */
};

/*
 * Before the first line: from now on lines hold as long as the stream, one
 * behind another but for their ends, if all of the input is there; false: it
 * is not, or has CRs. Nothing else reads the stream meanwhile.
 */
bool lines_hold(struct lines *);

/* Sets line; 1; 0: the end; -1. The line holds until the next call, unless
 * lines_hold was true. */
int lines_next(struct lines *, struct err *);

#endif
