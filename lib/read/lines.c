#include "read/lines.h"

/* What stands before the next CR is a line, what stands behind it waits. */
static void
cut(struct lines *l)
{
	size_t n = stream_is_without_cr(l->in) ? l->rest.len :
						 span_find(l->rest, '\r');

	l->line = (struct span){l->rest.at, n};
	l->pending = n < l->rest.len;
	n += l->pending;
	l->rest.at += n;
	l->rest.len -= n;
	l->number++;
	l->byte = stream_origin(l->in, l->line.at);
}

/* Where the record ends is not known, so that it cannot be left out. */
static int
too_long(const struct lines *l, struct err *err)
{
	return fail(err,
	    "%.*s:%llu: the utterance that this line goes on with is longer "
	    "than %zu bytes: --max-record raises the limit",
	    SPAN_FMT(stream_path(l->in)), (unsigned long long)l->number,
	    l->max);
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
	if (l->record != NULL && l->record->len > l->max)
		return too_long(l, err);
	return 1;
}
