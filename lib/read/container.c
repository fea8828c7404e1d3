#include "read/container.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include "base/digest.h"
#include "base/mem.h"

enum {
	PACKED_SIZE = 128 << 10,
	PACKED_LEAST = 1024,
	RATIO_MOST = 1000,
	RATIO_FREE = 64 << 20
};

#define UNPACKED_MOST (UINT64_C(64) << 30)

struct packing;

struct container {
	int fd;
	struct span path;
	struct watch *watch;
	struct digest *digest;         /* NULL: not wanted */
	const struct packing *packing; /* NULL: not looked yet */
	char *in;                      /* packed bytes */
	size_t room, at, len;          /* for them; of them: used, there */
	uint64_t before;               /* bytes read before in[0] */
	uint64_t got, expected;        /* bytes read; of how many at least */
	bool regular;                  /* never to be waited for */
	bool brief;    /* the last read gave less than it could */
	uint64_t made; /* bytes unpacked */
	bool eof;
	bool between; /* members or frames */
	z_stream gzip;
	ZSTD_DStream *zstd;
};

struct packing {
	const char *name;
	const char *magic;
	size_t len;
	unsigned char mask; /* of the first byte */
	int (*open)(struct container *, struct err *);
	/* Unpacks from in to out; advances at and *n. */
	int (*step)(
	    struct container *, char *out, size_t cap, size_t *n, struct err *);
	void (*close)(struct container *);
};

static int
fail_at(const struct container *c, struct err *err, const char *what)
{
	unsigned long long byte = c->before + c->at;

	return fail_input(err, "%.*s: %s data at byte %llu: %s",
	    SPAN_FMT(c->path), c->packing->name, byte, what);
}

/* A file made to fill what reads it ends here. */
static int
check_ratio(const struct container *c, struct err *err)
{
	uint64_t ratio = c->watch == NULL || c->watch->unpack_ratio == 0 ?
	    RATIO_MOST :
	    c->watch->unpack_ratio;

	if (c->made <= RATIO_FREE || c->made / ratio <= c->before + c->at)
		return 0;
	return fail_input(err,
	    "%.*s: unpacks to more than %llu times its size, %llu MiB so far: "
	    "--max-ratio N allows more",
	    SPAN_FMT(c->path), (unsigned long long)ratio,
	    (unsigned long long)(c->made >> 20));
}

static int
check_unpacked(struct container *c, size_t n, struct err *err)
{
	uint64_t most = c->watch == NULL || c->watch->unpack_most == 0 ?
	    UNPACKED_MOST :
	    c->watch->unpack_most;

	c->made += n;
	if (c->made > most)
		return fail_input(err,
		    "%.*s: unpacks to more than %llu bytes: --max-unpacked "
		    "SIZE allows more",
		    SPAN_FMT(c->path), (unsigned long long)most);
	return check_ratio(c, err);
}

/* How many bytes are to come of a file; 0: nobody knows. */
static void
look_ahead(struct container *c, const struct stat *opened)
{
	struct stat st = {0};
	off_t at = 0;

	if (opened == NULL && fstat(c->fd, &st) == -1)
		st.st_mode = 0;
	if (opened == NULL)
		opened = &st;
	c->regular = S_ISREG(opened->st_mode);
	if (c->regular && opened == &st)
		at = lseek(c->fd, 0, SEEK_CUR);
	if (c->regular && at != -1 && opened->st_size >= at)
		c->expected = (uint64_t)(opened->st_size - at);
}

/* A small file fits, and what it is given away with, too. */
static void
make_room(struct container *c)
{
	c->room = PACKED_SIZE;
	if (c->expected > 0 && c->expected < PACKED_SIZE - 2 * PACKED_LEAST)
		c->room = (size_t)c->expected + 2 * PACKED_LEAST;
	c->in = mem_resize(NULL, c->room);
}

/* What has been cut off a file behind our back is missing. */
static int
check_size(const struct container *c, struct err *err)
{
	if (c->got >= c->expected)
		return 0;
	return fail_input(err,
	    "%.*s: became shorter while it was read: %llu bytes of %llu were "
	    "there: run again when nobody writes it",
	    SPAN_FMT(c->path), (unsigned long long)c->got,
	    (unsigned long long)c->expected);
}

/* Has all come that a file had when it was opened, and no more behind it? What
 * is written to it from now on is told when it is closed. */
static bool
is_read(const struct container *c)
{
	return c->expected > 0 && c->brief && c->got >= c->expected;
}

/* read(2) that comes back with bytes, the end (*n 0) or an error. */
static int
read_fd(struct container *c, char *out, size_t cap, size_t *n, struct err *err)
{
	ssize_t got;

	*n = 0;
	if (is_read(c))
		return 0;
	do {
		if ((c->regular ? watch_go_on(c->watch, err) :
				  watch_wait(c->watch, c->fd, err)) == -1)
			return -1;
		got = read(c->fd, out, cap);
	} while (got == -1 && errno == EINTR);
	if (got == -1)
		return fail_input(
		    err, "%.*s: %s", SPAN_FMT(c->path), strerror(errno));
	*n = (size_t)got;
	c->brief = *n < cap;
	c->got += *n;
	watch_read(c->watch, *n);
	if (c->digest != NULL)
		digest_add(c->digest, out, *n);
	return got > 0 ? 0 : check_size(c, err);
}

/* Adds to the packed bytes; what is used up makes room. */
static int
refill(struct container *c, struct err *err)
{
	size_t n = 0;

	if (c->at > 0) {
		c->before += c->at;
		c->len -= c->at;
		memmove(c->in, c->in + c->at, c->len);
		c->at = 0;
	}
	if (read_fd(c, c->in + c->len, c->room - c->len, &n, err) == -1)
		return -1;
	c->len += n;
	c->eof = n == 0;
	return 0;
}

static int
plain_step(
    struct container *c, char *out, size_t cap, size_t *n, struct err *err)
{
	size_t have = c->len - c->at;

	if (have == 0)
		return c->eof ? 0 : read_fd(c, out, cap, n, err);
	*n = have < cap ? have : cap;
	memcpy(out, c->in + c->at, *n);
	c->at += *n;
	return 0;
}

static void *
gzip_room(void *ctx, unsigned n, unsigned size)
{
	(void)ctx;
	return mem_alloc((size_t)n * size);
}

static void
gzip_leave(void *ctx, void *p)
{
	(void)ctx;
	free(p);
}

static int
gzip_open(struct container *c, struct err *err)
{
	enum { GZIP_ONLY = 16 };

	c->gzip.zalloc = gzip_room;
	c->gzip.zfree = gzip_leave;
	if (inflateInit2(&c->gzip, MAX_WBITS + GZIP_ONLY) != Z_OK)
		return fail_at(c, err, "zlib does not start");
	return 0;
}

static void
gzip_close(struct container *c)
{
	inflateEnd(&c->gzip);
}

static int
gzip_step(
    struct container *c, char *out, size_t cap, size_t *n, struct err *err)
{
	z_stream *z = &c->gzip;
	int rc;

	if (c->between && inflateReset(z) != Z_OK)
		return fail_at(c, err, "zlib does not start again");
	z->next_in = (unsigned char *)c->in + c->at;
	z->avail_in = (uInt)(c->len - c->at);
	z->next_out = (unsigned char *)out;
	z->avail_out = (uInt)(cap < 1u << 30 ? cap : 1u << 30);
	rc = inflate(z, Z_NO_FLUSH);
	*n = (size_t)((char *)z->next_out - out);
	c->at = (size_t)((char *)z->next_in - c->in);
	c->between = rc == Z_STREAM_END;
	if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
		return fail_at(c, err, z->msg != NULL ? z->msg : "damaged");
	return 0;
}

static int
zstd_open(struct container *c, struct err *err)
{
	c->zstd = ZSTD_createDStream();
	if (c->zstd == NULL)
		mem_exhausted(0);
	if (ZSTD_isError(ZSTD_initDStream(c->zstd)))
		return fail_at(c, err, "libzstd does not start");
	return 0;
}

static void
zstd_close(struct container *c)
{
	ZSTD_freeDStream(c->zstd);
}

static int
zstd_step(
    struct container *c, char *out, size_t cap, size_t *n, struct err *err)
{
	ZSTD_inBuffer in = {c->in, c->len, c->at};
	ZSTD_outBuffer to = {out, cap, 0};
	size_t rc = ZSTD_decompressStream(c->zstd, &to, &in);

	c->at = in.pos;
	*n = to.pos;
	if (ZSTD_getErrorCode(rc) == ZSTD_error_memory_allocation)
		mem_exhausted(0);
	if (ZSTD_isError(rc))
		return fail_at(c, err, ZSTD_getErrorName(rc));
	c->between = rc == 0;
	return 0;
}

static int
plain_open(struct container *c, struct err *err)
{
	(void)c;
	(void)err;
	return 0;
}

static void
plain_close(struct container *c)
{
	(void)c;
}

/* The last one fits everything. 184D2A50 to 5F begin skippable frames. */
static const struct packing packings[] = {
    {"gzip", "\x1f\x8b\x08", 3, 0xff, gzip_open, gzip_step, gzip_close},
    {"zstd", "\x28\xb5\x2f\xfd", 4, 0xff, zstd_open, zstd_step, zstd_close},
    {"zstd", "\x50\x2a\x4d\x18", 4, 0xf0, zstd_open, zstd_step, zstd_close},
    {"plain", "", 0, 0xff, plain_open, plain_step, plain_close},
};
#define NPACKINGS (sizeof(packings) / sizeof(*packings))
enum { MAGIC_MAX = 4 };

static bool
begins(const struct container *c, const struct packing *p)
{
	const char *in = c->in + c->at;

	if (c->len - c->at < p->len)
		return false;
	return p->len == 0 ||
	    ((unsigned char)(in[0] & p->mask) == (unsigned char)p->magic[0] &&
		memcmp(in + 1, p->magic + 1, p->len - 1) == 0);
}

static const struct packing *
packing_of(const struct container *c)
{
	size_t i = 0;

	while (!begins(c, &packings[i]))
		i++;
	return &packings[i];
}

/* Bytes for a magic number, if so many are to come. */
static int
fill_magic(struct container *c, struct err *err)
{
	while (!c->eof && c->len - c->at < MAGIC_MAX)
		if (refill(c, err) == -1)
			return -1;
	return 0;
}

static int
look(struct container *c, struct err *err)
{
	const struct packing *p;

	if (fill_magic(c, err) == -1)
		return -1;
	p = packing_of(c);
	c->packing = p;
	if (p->open(c, err) == -1) {
		c->packing = NULL;
		return -1;
	}
	return 0;
}

struct container *
container_open(
    int fd, struct span path, const struct stat *opened, struct watch *watch)
{
	struct container *c = mem_alloc(sizeof(*c));

	c->fd = fd;
	c->path = path;
	c->watch = watch;
	look_ahead(c, opened);
	make_room(c);
	if (watch != NULL && watch->digests != NULL)
		c->digest = digest_open();
	return c;
}

/* Also of what no reader wanted; but a device may never come to its end, and
 * then it has no sum. */
static void
close_digest(struct container *c)
{
	uint64_t most = c->got + RATIO_FREE;
	struct err err;
	size_t n = 1;

	if (c->digest == NULL)
		return;
	if (c->in == NULL)
		make_room(c);
	while (n > 0 && (c->regular || c->got < most) &&
	    read_fd(c, c->in, c->room, &n, &err) == 0)
		;
	if (c->regular || n == 0)
		digests_put(c->watch->digests, c->path, c->digest);
	else
		digest_free(c->digest);
}

void
container_close(struct container *c)
{
	if (c == NULL)
		return;
	if (c->packing != NULL)
		c->packing->close(c);
	close_digest(c);
	free(c->in);
	free(c);
}

int
container_room(struct container *c, size_t most, size_t *room, struct err *err)
{
	*room = most;
	if (c->packing == NULL && look(c, err) == -1)
		return -1;
	if (c->packing->step == plain_step && c->room < PACKED_SIZE &&
	    c->got == c->expected)
		*room = c->len - c->at + PACKED_LEAST;
	if (*room > most)
		*room = most;
	return 0;
}

bool
container_give(struct container *c, struct buf *to, size_t *n)
{
	if (c->packing->step != plain_step || c->room == PACKED_SIZE ||
	    c->len == 0 || c->at > 0)
		return false;
	*n = c->len;
	*to = (struct buf){c->in, 0, c->room};
	c->in = NULL;
	c->len = c->room = 0;
	return true;
}

/* Behind a member or frame: 1 another one, 0 the end, -1 neither. */
static int
next_member(struct container *c, struct err *err)
{
	if (fill_magic(c, err) == -1)
		return -1;
	if (c->eof && c->at == c->len)
		return 0;
	if (packing_of(c)->step != c->packing->step)
		return fail_at(c, err,
		    "what follows the packed data does "
		    "not belong to it: cut it off, or pack the file again");
	return 1;
}

int
container_read(
    struct container *c, char *out, size_t cap, size_t *n, struct err *err)
{
	*n = 0;
	if (c->packing == NULL && look(c, err) == -1)
		return -1;
	if (c->packing->step == plain_step)
		return plain_step(c, out, cap, n, err);
	while (*n == 0) {
		int more = c->between ? next_member(c, err) : 1;

		if (more != 1)
			return more;
		if (c->at == c->len && !c->eof && refill(c, err) == -1)
			return -1;
		if (c->packing->step(c, out, cap, n, err) == -1)
			return -1;
		if (*n == 0 && c->at == c->len && c->eof && !c->between)
			return fail_at(c, err, "cut off: the rest is missing");
	}
	return check_unpacked(c, *n, err);
}
