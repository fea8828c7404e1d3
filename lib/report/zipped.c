#include "report/zipped.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/mem.h"
#include "base/span.h"

enum {
	END_SIZE = 22, /* of the end of the central directory, no comment */
	MEMBER_SIZE = 46,
	LOCAL_SIZE = 30,
	ROOM = 64 << 10,
	EDGE = 256 /* of a document's beginning and end */
};

static uint32_t
number(const unsigned char *at, size_t bytes)
{
	uint32_t n = 0;

	while (bytes-- > 0)
		n = n << 8 | at[bytes];
	return n;
}

static bool
get(int fd, off_t at, void *to, size_t len)
{
	return pread(fd, to, len, at) == (ssize_t)len;
}

/* The first and the last bytes of a document. */
struct edges {
	char first[EDGE], last[EDGE];
	size_t nfirst, nlast;
};

static void
see(struct edges *e, const char *at, size_t len)
{
	size_t n = EDGE - e->nfirst < len ? EDGE - e->nfirst : len;
	size_t drop;

	memcpy(e->first + e->nfirst, at, n);
	e->nfirst += n;
	if (len > EDGE) {
		at += len - EDGE;
		len = EDGE;
	}
	drop = e->nlast + len > EDGE ? e->nlast + len - EDGE : 0;
	memmove(e->last, e->last + drop, e->nlast - drop);
	memcpy(e->last + e->nlast - drop, at, len);
	e->nlast += len - drop;
}

/* Is the last tag the one that closes the first? */
static bool
closed(const struct edges *e)
{
	struct span text = {e->first, e->nfirst};
	size_t at = span_find(text, '\n') + 2, n, tail;

	if (at >= text.len || e->nlast < 4)
		return false;
	n = strcspn(e->first + at, " />");
	tail = e->nlast - 1 - (e->last[e->nlast - 1] == '\n');
	if (e->last[tail] != '>' || tail < n + 2)
		return false;
	return memcmp(e->last + tail - n, e->first + at, n) == 0 &&
	    e->last[tail - n - 1] == '/' && e->last[tail - n - 2] == '<';
}

struct unzipping {
	int fd;
	unsigned char in[ROOM];
	char out[ROOM];
};

/* Deflated data at an offset, to its end. */
static bool
inflated(struct unzipping *u, off_t at, struct edges *e)
{
	z_stream z = {0};
	int rc = inflateInit2(&z, -MAX_WBITS);

	while (rc == Z_OK) {
		if (z.avail_in == 0) {
			ssize_t n = pread(u->fd, u->in, sizeof(u->in), at);

			if (n <= 0)
				break;
			at += n;
			z.next_in = u->in;
			z.avail_in = (uInt)n;
		}
		z.next_out = (unsigned char *)u->out;
		z.avail_out = sizeof(u->out);
		rc = inflate(&z, Z_NO_FLUSH);
		see(e, u->out, sizeof(u->out) - z.avail_out);
	}
	inflateEnd(&z);
	return rc == Z_STREAM_END;
}

static bool
member_whole(struct unzipping *u, const unsigned char *entry)
{
	unsigned char local[LOCAL_SIZE];
	off_t at = number(entry + 42, 4);
	struct edges e = {.nfirst = 0};

	if (!get(u->fd, at, local, sizeof(local)) ||
	    number(entry + 10, 2) != Z_DEFLATED)
		return false;
	at += LOCAL_SIZE + number(local + 26, 2) + number(local + 28, 2);
	return inflated(u, at, &e) && closed(&e);
}

bool
zipped_whole(int fd)
{
	struct unzipping *u = mem_alloc(sizeof(*u));
	unsigned char end[END_SIZE], entry[MEMBER_SIZE];
	struct stat st;
	off_t at;
	bool whole = fstat(fd, &st) == 0 && st.st_size > END_SIZE &&
	    get(fd, st.st_size - END_SIZE, end, sizeof(end)) &&
	    number(end, 4) == 0x06054b50;

	u->fd = fd;
	at = whole ? number(end + 16, 4) : 0;
	for (size_t n = whole ? number(end + 10, 2) : 0; n > 0 && whole; n--) {
		whole = get(fd, at, entry, sizeof(entry)) &&
		    number(entry, 4) == 0x02014b50 && member_whole(u, entry);
		at += MEMBER_SIZE + number(entry + 28, 2) +
		    number(entry + 30, 2) + number(entry + 32, 2);
	}
	free(u);
	return whole;
}
