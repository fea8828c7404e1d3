#include "base/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"

/* A directory being walked, with those above it: a loop ends here. */
struct level {
	dev_t dev;
	ino_t ino;
	const struct level *up;
};

struct walker {
	struct walk *w;
	struct map seen; /* device and inode of files and folders */
	int rc;
};

static char *
joined(struct arena *a, const char *folder, const char *name)
{
	const struct span above = span_of(folder), last = span_of(name);
	const bool apart = !span_ends(above, SPAN("/"));
	char *path = arena_take(a, above.len + apart + last.len + 1);

	memcpy(path, above.at, above.len);
	path[above.len] = '/';
	memcpy(path + above.len + apart, last.at, last.len + 1);
	return path;
}

/* Length of the valid UTF-8 character at p, 0 if there is none. */
static size_t
utf8_length(const unsigned char *p)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n = p[0] < 0x80    ? 1 :
	    (p[0] & 0xe0) == 0xc0 ? 2 :
	    (p[0] & 0xf0) == 0xe0 ? 3 :
	    (p[0] & 0xf8) == 0xf0 ? 4 :
				    0;
	uint32_t c = n == 0 ? 0 : n == 1 ? p[0] : p[0] & (0xffu >> (n + 1));

	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (n > 1 &&
	    (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)))
		return 0;
	return n;
}

/* ASCII without controls, as most are. */
static bool
is_plain(const char *path)
{
	while (*path >= 0x20 && *path < 0x7f)
		path++;
	return *path == '\0';
}

struct span
path_label(struct arena *a, const char *path)
{
	const unsigned char *p = (const unsigned char *)path;
	struct buf b = {0};
	struct span s;

	while (*p != '\0') {
		size_t n = utf8_length(p);

		if (n == 0 || *p < 0x20 || *p == 0x7f) {
			buf_printf(&b, "\\x%02X", *p++);
			continue;
		}
		buf_add(&b, (struct span){(const char *)p, n});
		p += n;
	}
	s = arena_dup(a, buf_span(&b));
	buf_free(&b);
	return s;
}

static void
trouble(struct walker *k, const char *path, int error)
{
	struct walk *w = k->w;

	k->rc = -1;
	w->trouble(w->ctx,
	    arena_printf(&w->arena,
		"%.*s: %s: check the path "
		"and its permissions",
		SPAN_FMT(path_label(&w->arena, path)), strerror(error)));
}

/* True the second time. */
static bool
seen_before(struct walker *k, const struct stat *st)
{
	const uint64_t which[] = {st->st_dev, st->st_ino};
	struct span s = {(const char *)which, sizeof(which)};

	if (map_get(&k->seen, s) != NULL)
		return true;
	*map_slot(&k->seen, arena_dup(&k->w->arena, s)) = k;
	return false;
}

static void
add(struct walker *k, const char *path, bool named, bool repeated,
    const struct stat *st)
{
	struct walk *w = k->w;
	bool sized = S_ISREG(st->st_mode);

	w->at = mem_grow(w->at, &w->cap, w->n + 1, sizeof(*w->at));
	w->at[w->n++] = (struct walked){.path = path,
	    .label = is_plain(path) ? span_of(path) :
				      path_label(&w->arena, path),
	    .named = named,
	    .repeated = repeated,
	    .sized = sized,
	    .dev = sized ? st->st_dev : 0,
	    .ino = sized ? st->st_ino : 0,
	    .size = sized ? (uint64_t)st->st_size : 0};
}

static bool
excluded(const struct walk *w, const char *path, const char *name)
{
	for (size_t i = 0; i < w->nexclude; i++)
		if (fnmatch(w->exclude[i], name, 0) == 0 ||
		    fnmatch(w->exclude[i], path, 0) == 0)
			return true;
	return false;
}

struct entries {
	char **at;
	size_t n, cap;
};

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int
list(struct walker *k, const char *path, struct entries *e)
{
	DIR *d = opendir(path);
	struct dirent *de;

	if (d == NULL) {
		trouble(k, path, errno);
		return -1;
	}
	while ((errno = 0, de = readdir(d)) != NULL) {
		if (de->d_name[0] == '.')
			continue;
		e->at = mem_grow(e->at, &e->cap, e->n + 1, sizeof(*e->at));
		e->at[e->n++] = arena_cstr(&k->w->arena, span_of(de->d_name));
	}
	if (errno != 0)
		trouble(k, path, errno);
	closedir(d);
	if (e->n > 0)
		qsort(e->at, e->n, sizeof(*e->at), by_bytes);
	return 0;
}

static void visit(
    struct walker *, const char *path, bool named, const struct level *up);

static void
visit_directory(struct walker *k, const char *path, const struct stat *st,
    const struct level *up)
{
	struct level here = {st->st_dev, st->st_ino, up};
	struct entries e = {0};

	for (const struct level *l = up; l != NULL; l = l->up)
		if (l->dev == st->st_dev && l->ino == st->st_ino)
			return;
	if (list(k, path, &e) == -1)
		return;
	for (size_t i = 0; i < e.n; i++) {
		const char *sub = joined(&k->w->arena, path, e.at[i]);

		if (!excluded(k->w, sub, e.at[i]))
			visit(k, sub, false, &here);
	}
	free(e.at);
}

/* Sockets, devices and pipes count only where they are named. */
static void
pass_over(struct walker *k, const char *path, mode_t mode)
{
	struct walk *w = k->w;

	if (w->note == NULL)
		return;
	w->note(w->ctx,
	    arena_printf(&w->arena, "%.*s: note: is a %s: skipped%s",
		SPAN_FMT(path_label(&w->arena, path)),
		S_ISFIFO(mode)     ? "FIFO" :
		    S_ISSOCK(mode) ? "socket" :
				     "device",
		S_ISSOCK(mode) ? "" : " (name it to read it)"));
}

static void
visit(struct walker *k, const char *path, bool named, const struct level *up)
{
	struct stat st;

	if (strcmp(path, "-") == 0 && named) {
		if (fstat(STDIN_FILENO, &st) == -1)
			st.st_mode = 0;
		add(k, path, true, false, &st);
		return;
	}
	if (stat(path, &st) == -1) {
		trouble(k, path, errno);
		return;
	}
	if (S_ISDIR(st.st_mode)) {
		visit_directory(k, path, &st, up);
		return;
	}
	if (S_ISREG(st.st_mode))
		add(k, path, named, seen_before(k, &st), &st);
	else if (named)
		add(k, path, true, false, &st);
	else
		pass_over(k, path, st.st_mode);
}

int
walk_paths(struct walk *w, const char *const *paths, size_t n)
{
	struct walker k = {.w = w};

	for (size_t i = 0; i < n; i++)
		visit(&k, paths[i], true, NULL);
	map_free(&k.seen);
	return k.rc;
}

int
walked_open(const struct walked *w, struct stat *st)
{
	int fd = open(w->path,
	    O_RDONLY | O_CLOEXEC | O_NOCTTY | (w->sized ? O_NONBLOCK : 0));

	if (fd == -1 || fstat(fd, st) == -1)
		st->st_mode = 0;
	if (fd == -1 || !w->sized || S_ISREG(st->st_mode))
		return fd;
	close(fd);
	errno = ENXIO;
	return -1;
}

void
walk_free(struct walk *w)
{
	free(w->at);
	arena_free(&w->arena);
}
