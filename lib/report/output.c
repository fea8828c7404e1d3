#include "report/output.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/aside.h"
#include "base/buf.h"
#include "base/mem.h"

/* Rows are gathered to this size on their way to a file. */
#define CHUNK (64u << 10)

struct output {
	int fd;
	char *name;      /* as the user gave it, for messages */
	char *path;      /* what the file is to be called in the end */
	char *aside;     /* what it is called until then, if anything */
	bool unnamed;    /* it gets a name at the end only */
	struct stat was; /* the file that it replaces; of mode 0: none */
	struct buf pending;
	struct encoder *encoder; /* NULL: as it is */
	void (*appears)(void *ctx);
	void *ctx;
	struct buf encoded;
	struct digests *digests;
	struct digest *digest; /* NULL: not wanted */
};

static char *
copy(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(mem_alloc(n), s, n);
}

/* Length of the folder's part of a path, with its slash. */
static int
folder_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? 0 : (int)(slash - path) + 1;
}

static int
open_named(struct output *o)
{
	o->fd = aside_open(
	    o->path, folder_len(o->path), O_WRONLY, 0666, &o->aside);
	return o->fd == -1 ? -1 : 0;
}

/* Where an open file is found under a number: what linkat(2) needs. */
static char *
fd_path(int fd)
{
	struct buf path = {0};

	buf_printf(&path, "/proc/self/fd/%d", fd);
	return buf_cstr(&path);
}

/*
 * A file without a name vanishes with its process, however that ends. Not
 * every file system has it, and without /proc it could get no name.
 */
static bool
open_unnamed(struct output *o, const char *folder)
{
	char *path;

	o->fd = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
	if (o->fd == -1)
		return false;
	path = fd_path(o->fd);
	o->unnamed = access(path, F_OK) == 0;
	free(path);
	if (o->unnamed)
		flock(o->fd, LOCK_EX | LOCK_NB);
	else
		close(o->fd);
	return o->unnamed;
}

static int
open_aside(struct output *o, struct err *err)
{
	struct buf folder = {0};
	bool opened;

	buf_printf(&folder, "%.*s.", folder_len(o->path), o->path);
	aside_clear(buf_cstr(&folder));
	opened = open_unnamed(o, buf_cstr(&folder)) || open_named(o) == 0;
	buf_free(&folder);
	if (opened)
		return 0;
	return fail(err, "%s: cannot create a file in its folder: %s", o->name,
	    strerror(errno));
}

static int
open_in_place(struct output *o, struct err *err)
{
	o->fd = open(o->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (o->fd == -1)
		return fail(
		    err, "%s: cannot write: %s", o->name, strerror(errno));
	return 0;
}

/* Is it what standard output is connected to, as /dev/stdout is? */
static bool
is_stdout(const struct stat *st)
{
	struct stat out;

	return fstat(STDOUT_FILENO, &out) == 0 && out.st_dev == st->st_dev &&
	    out.st_ino == st->st_ino;
}

bool
output_is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && !is_stdout(&st);
}

/*
 * A file that exists is replaced in one step, through a symbolic link too,
 * which stays. What is no file (a FIFO, a device, another's descriptor) is
 * written in place, and so is a link to what is not there yet.
 */
static int
open_path(struct output *o, struct err *err)
{
	struct stat st;
	char *real;

	if (stat(o->path, &st) == -1)
		return lstat(o->path, &st) == 0 ? open_in_place(o, err) :
						  open_aside(o, err);
	if (S_ISDIR(st.st_mode))
		return fail(
		    err, "%s: is a directory: name a file in it", o->name);
	if (is_stdout(&st)) {
		o->fd = STDOUT_FILENO;
		return 0;
	}
	if (!S_ISREG(st.st_mode) || (real = realpath(o->path, NULL)) == NULL)
		return open_in_place(o, err);
	free(o->path);
	o->path = real;
	o->was = st;
	return open_aside(o, err);
}

static void
output_free(struct output *o)
{
	digest_free(o->digest);
	free(o->name);
	free(o->path);
	free(o->aside);
	buf_free(&o->pending);
	buf_free(&o->encoded);
	encoder_close(o->encoder);
	free(o);
}

int
output_open(struct output **out, const char *path, struct err *err)
{
	struct output *o = mem_alloc(sizeof(*o));

	*out = NULL;
	if (path == NULL || strcmp(path, "-") == 0) {
		o->fd = STDOUT_FILENO;
		o->name = copy("standard output");
	} else {
		o->name = copy(path);
		o->path = copy(path);
		if (open_path(o, err) == -1) {
			output_free(o);
			return -1;
		}
	}
	*out = o;
	return 0;
}

int
output_open_encoded(struct output **out, const char *path,
    const struct output_encoding *e, struct err *err)
{
	struct encoder *encoder = NULL;
	struct err inner;

	*out = NULL;
	if (e->name != NULL &&
	    encoder_open(&encoder, e->name, e->json, e->lost, &inner) == -1)
		return fail(err, "--output-encoding: %s", inner.text);
	if (output_open(out, path, err) == -1) {
		encoder_close(encoder);
		return -1;
	}
	(*out)->encoder = encoder;
	(*out)->digests = e->digests;
	if (e->digests != NULL)
		(*out)->digest = digest_open();
	(*out)->appears = e->appears;
	(*out)->ctx = e->ctx;
	return 0;
}

int
output_folder(const char *path, struct err *err)
{
	struct stat st;

	if (mkdir(path, 0777) == 0)
		return 0;
	if (errno == EEXIST && stat(path, &st) == 0 && !S_ISDIR(st.st_mode))
		errno = ENOTDIR;
	if (errno == EEXIST)
		return 0;
	return fail(
	    err, "%s: cannot make this folder: %s", path, strerror(errno));
}

/* One write that has to be tried again is not an error. */
static bool
try_again(int fd)
{
	struct pollfd wait = {.fd = fd, .events = POLLOUT};

	if (errno == EINTR)
		return true;
	return errno == EAGAIN && poll(&wait, 1, -1) != -1;
}

static int
write_out(struct output *o, struct span s, struct err *err)
{
	ssize_t n;

	if (s.len > 0 && o->fd == STDOUT_FILENO && o->appears != NULL)
		o->appears(o->ctx);
	while (s.len > 0) {
		n = write(o->fd, s.at, s.len);
		if (n == -1 && !try_again(o->fd))
			return fail(err, "%s: cannot write: %s", o->name,
			    strerror(errno));
		if (n > 0)
			s = (struct span){s.at + n, s.len - (size_t)n};
	}
	return 0;
}

static int
flush(struct output *o, struct err *err)
{
	int r = write_out(o, buf_span(&o->pending), err);

	buf_reset(&o->pending);
	return r;
}

static int
write_bytes(struct output *o, struct span s, struct err *err)
{
	if (o->digest != NULL)
		digest_add(o->digest, s.at, s.len);
	if (o->aside == NULL && !o->unnamed)
		return write_out(o, s, err);
	buf_add(&o->pending, s);
	return o->pending.len < CHUNK ? 0 : flush(o, err);
}

static int
write_encoded(struct output *o, struct span s, bool last, struct err *err)
{
	buf_reset(&o->encoded);
	encoder_feed(o->encoder, s, last, &o->encoded);
	return write_bytes(o, buf_span(&o->encoded), err);
}

int
output_write(struct output *o, struct span s, struct err *err)
{
	return o->encoder != NULL ? write_encoded(o, s, false, err) :
				    write_bytes(o, s, err);
}

/* The name must be on the disk as surely as what it names. */
static int
sync_folder(const char *path)
{
	struct buf folder = {0};
	int fd, r;

	buf_printf(&folder, "%.*s.", folder_len(path), path);
	fd = open(buf_cstr(&folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	buf_free(&folder);
	if (fd == -1) /* a folder that may be written, not read */
		return errno == EACCES ? 0 : -1;
	r = fsync(fd);
	if (r == -1 && errno == EINVAL) /* some file systems know no such */
		r = 0;
	close(fd);
	return r;
}

static int
close_fd(struct output *o)
{
	int fd = o->fd;

	o->fd = -1;
	return fd == -1 || fd == STDOUT_FILENO ? 0 : close(fd);
}

/* linkat(2) replaces nothing: it takes a name aside, then rename(2) does. */
static int
give_name(struct output *o)
{
	char *from = fd_path(o->fd);
	int r = -1;

	for (unsigned i = 0; i < 1000 && r == -1; i++) {
		free(o->aside);
		o->aside = aside_name(o->path, folder_len(o->path), i);
		r = linkat(
		    AT_FDCWD, from, AT_FDCWD, o->aside, AT_SYMLINK_FOLLOW);
		if (r == -1 && errno != EEXIST)
			break;
	}
	if (r == -1) {
		free(o->aside);
		o->aside = NULL;
	}
	free(from);
	return r;
}

/*
 * Who may read a report, goes on to, and nobody else. The owner can be kept by
 * root alone; what a group may do is not given to another one.
 */
static void
keep_mode(const struct output *o)
{
	mode_t mode = o->was.st_mode & 0777;
	struct stat st;

	if (o->was.st_mode == 0 || fstat(o->fd, &st) == -1)
		return;
	if ((st.st_uid != o->was.st_uid || st.st_gid != o->was.st_gid) &&
	    fchown(o->fd, o->was.st_uid, o->was.st_gid) == -1 &&
	    fchown(o->fd, (uid_t)-1, o->was.st_gid) == -1)
		mode &= 0707;
	if ((st.st_mode & 0777) != mode && fchmod(o->fd, mode) == -1)
		return;
}

static int
move_in(struct output *o, struct err *err)
{
	if (flush(o, err) == -1)
		return -1;
	keep_mode(o);
	if (fsync(o->fd) == 0 && (!o->unnamed || give_name(o) == 0) &&
	    rename(o->aside, o->path) == 0) {
		free(o->aside);
		o->aside = NULL;
		/* Not before: the lock goes with it. */
		if (close_fd(o) == 0 && sync_folder(o->path) == 0)
			return 0;
	}
	return fail(err, "%s: cannot write: %s", o->name, strerror(errno));
}

int
output_commit(struct output *o, struct err *err)
{
	int r = 0;

	if (o->encoder != NULL)
		r = write_encoded(o, SPAN(""), true, err);
	if (r == 0 && (o->aside != NULL || o->unnamed))
		r = move_in(o, err);
	else if (r == 0 && close_fd(o) == -1)
		r = fail(err, "%s: cannot write: %s", o->name, strerror(errno));
	if (o->digest != NULL) {
		digests_put(o->digests,
		    span_of(o->path == NULL ? "-" : o->name), o->digest);
		o->digest = NULL;
	}
	output_abandon(o);
	return r;
}

void
output_abandon(struct output *o)
{
	if (o == NULL)
		return;
	close_fd(o);
	if (o->aside != NULL)
		unlink(o->aside);
	output_free(o);
}
