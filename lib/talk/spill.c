#include "talk/spill.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/aside.h"
#include "base/buf.h"
#include "base/mem.h"

enum { BLOCK = 64 << 10 };

struct block {
	uint64_t at; /* offset in the file */
	size_t len;
};

struct strand {
	char *room; /* BLOCK bytes, once something has come */
	size_t used;
	struct block *blocks;
	size_t n, cap;
};

struct spill {
	int fd;
	const char *folder;
	uint64_t end;
	struct strand *strands;
	size_t n;
};

/* Of its own name it is rid at once. */
static int
open_named(const char *dir)
{
	struct buf folder = {0};
	char *name;
	int fd;

	aside_clear(dir);
	buf_printf(&folder, "%s/", dir);
	fd = aside_open(
	    buf_cstr(&folder), (int)folder.len, O_RDWR, 0600, &name);
	if (fd != -1) {
		unlink(name);
		free(name);
	}
	buf_free(&folder);
	return fd;
}

/* A file without a name; where that cannot be, the name goes at once. */
static int
open_unnamed(const char *dir)
{
	int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	return fd != -1 || (errno != EOPNOTSUPP && errno != EISDIR) ?
	    fd :
	    open_named(dir);
}

int
spill_open(struct spill **out, size_t streams, struct err *err)
{
	const char *dir = aside_temporary();
	int fd = open_unnamed(dir);
	struct spill *s;

	if (fd == -1)
		return fail(err,
		    "%s: %s: no temporary file can be made there: set TMPDIR "
		    "to a folder with room, or raise --memory",
		    dir, strerror(errno));
	s = mem_alloc(sizeof(*s));
	s->fd = fd;
	s->folder = dir;
	s->n = streams;
	s->strands = mem_alloc(streams * sizeof(*s->strands));
	*out = s;
	return 0;
}

void
spill_close(struct spill *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++) {
		free(s->strands[i].room);
		free(s->strands[i].blocks);
	}
	free(s->strands);
	close(s->fd);
	free(s);
}

size_t
spill_streams(const struct spill *s)
{
	return s->n;
}

static int
fail_file(const struct spill *s, const char *what, struct err *err)
{
	return fail(err,
	    "%s: the temporary file cannot be %s: %s: set TMPDIR to a folder "
	    "with room, or raise --memory",
	    s->folder, what, strerror(errno));
}

static int
write_block(struct spill *s, struct strand *t, struct err *err)
{
	size_t done = 0;

	t->blocks = mem_grow(t->blocks, &t->cap, t->n + 1, sizeof(*t->blocks));
	while (done < t->used) {
		ssize_t n = pwrite(s->fd, t->room + done, t->used - done,
		    (off_t)(s->end + done));

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return fail_file(s, "written", err);
		done += (size_t)n;
	}
	t->blocks[t->n++] = (struct block){s->end, t->used};
	s->end += t->used;
	t->used = 0;
	return 0;
}

int
spill_put(
    struct spill *s, size_t stream, const void *at, size_t len, struct err *err)
{
	struct strand *t = &s->strands[stream];
	const char *from = at;

	if (t->room == NULL)
		t->room = mem_resize(NULL, BLOCK);
	while (len > 0) {
		size_t n = BLOCK - t->used;

		if (n > len)
			n = len;
		memcpy(t->room + t->used, from, n);
		t->used += n;
		from += n;
		len -= n;
		if (t->used == BLOCK && write_block(s, t, err) == -1)
			return -1;
	}
	return 0;
}

int
spill_finish(struct spill *s, struct err *err)
{
	for (size_t i = 0; i < s->n; i++) {
		struct strand *t = &s->strands[i];

		if (t->used > 0 && write_block(s, t, err) == -1)
			return -1;
		free(t->room);
		t->room = NULL;
	}
	return 0;
}

/* 1: the next block is there; 0: none is left. */
static int
read_block(struct spill *s, struct spill_reader *r, struct err *err)
{
	const struct strand *t = &s->strands[r->stream];
	const struct block *b = &t->blocks[r->block];
	size_t done = 0;

	if (r->block == t->n)
		return 0;
	if (r->at == NULL)
		r->at = mem_resize(NULL, BLOCK);
	while (done < b->len) {
		ssize_t n = pread(
		    s->fd, r->at + done, b->len - done, (off_t)(b->at + done));

		if (n == -1 && errno == EINTR)
			continue;
		if (n == 0)
			errno = EIO;
		if (n <= 0)
			return fail_file(s, "read back", err);
		done += (size_t)n;
	}
	r->used = 0;
	r->len = b->len;
	r->block++;
	return 1;
}

int
spill_get(struct spill *s, struct spill_reader *r, void *to, size_t len,
    struct err *err)
{
	char *out = to;

	while (len > 0) {
		size_t n = r->len - r->used;
		int rc = n > 0 ? 1 : read_block(s, r, err);

		if (rc != 1)
			return rc;
		n = r->len - r->used;
		if (n > len)
			n = len;
		memcpy(out, r->at + r->used, n);
		r->used += n;
		out += n;
		len -= n;
	}
	return 1;
}

void
spill_reader_free(struct spill_reader *r)
{
	free(r->at);
	r->at = NULL;
}
