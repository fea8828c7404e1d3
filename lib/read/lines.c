#include "read/lines.h"

/* What stands before the next CR is a line, what stands behind it waits. */
static void
cut(struct lines *l)
{
	size_t n = span_find(l->rest, '\r');

	l->line = (struct span){l->rest.at, n};
	l->pending = n < l->rest.len;
	n += l->pending;
	l->rest.at += n;
	l->rest.len -= n;
	l->number++;
	l->byte = stream_origin(l->in, l->line.at);
}

int
lines_next(struct lines *l, struct err *err)
{
	int rc;

	if (l->again) {
		l->again = false;
		return 1;
	}
	if (!l->pending) {
		rc = stream_line(l->in, l->max, &l->rest, err);
		if (rc != 1)
			return rc;
	}
	cut(l);
	return 1;
}
