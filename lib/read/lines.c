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

bool
lines_hold(struct lines *l)
{
	l->held = stream_is_sound(l->in) && stream_is_without_cr(l->in);
	if (!l->held)
		return false;
	l->rest = stream_left(l->in);
	l->end = stream_origin(l->in, l->rest.at + l->rest.len);
	return true;
}

/* From behind the lines that were held the stream goes on by itself. */
static void
let_go(struct lines *l)
{
	const struct span left = stream_left(l->in);

	stream_pass(l->in, left.len - l->rest.len, l->number);
	l->held = false;
}

/* False: what ends without LF, or is too long, is the stream's. */
static bool
cut_held(struct lines *l)
{
	static const char mark[] = "\xef\xbb\xbf";
	const char *at = l->rest.at;
	const size_t n = l->rest.len > 0 && *at == '\n' ?
	    0 :
	    span_find(l->rest, '\n');

	if (n == l->rest.len || n > l->max) {
		let_go(l);
		return false;
	}
	l->line = (struct span){at, n};
	if (n >= 3 && memcmp(at, mark, 3) == 0)
		l->line = (struct span){at + 3, n - 3};
	l->byte = l->end - l->rest.len + (n - l->line.len);
	l->rest = (struct span){at + n + 1, l->rest.len - n - 1};
	l->number++;
	return true;
}

int
lines_next(struct lines *l, struct err *err)
{
	int rc;

	if (l->again) {
		l->again = false;
		return 1;
	}
	if (!l->held || !cut_held(l)) {
		if (!l->pending) {
			rc = stream_line(l->in, l->max, &l->rest, err);
			if (rc != 1)
				return rc;
		}
		cut(l);
	}
	if (l->record != NULL && *l->record > l->max)
		return too_long(l, err);
	return 1;
}
