/*
 * Operands to files: directories are walked recursively in byte order,
 * hidden entries skipped; the same file (device and inode) comes once.
 */
#ifndef OFUKU_BASE_WALK_H
#define OFUKU_BASE_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"

struct walked {
	const char *path;  /* to open; "-": standard input */
	struct span label; /* to print: not UTF-8 as \xHH */
	bool named;        /* an operand, not found by walking */
	bool repeated;     /* the same file stood here before */
	bool sized;        /* a file, whose size is known */
	dev_t dev;         /* of a file */
	ino_t ino;
	uint64_t size;    /* in bytes */
	uint64_t records; /* read from it so far, and of these rejected */
	uint64_t rejected;
	bool unread; /* not to its end, or not as a transcript */
};

struct walk {
	struct arena arena;
	struct walked *at;
	size_t n, cap;
	const char *const *exclude; /* globs; path or last part */
	size_t nexclude;
	/* Told of what cannot be read; the walk goes on. */
	void (*trouble)(void *ctx, const char *line);
	/* Told of what is no file and was not named; NULL: nobody is. */
	void (*note)(void *ctx, const char *line);
	void *ctx;
};

/* Fills at; -1 where an operand or a directory could not be read. */
int walk_paths(struct walk *, const char *const *paths, size_t n);
void walk_free(struct walk *);
/*
 * Opens it to be read; -1: errno says why. A file that something else has
 * replaced since the walk (a FIFO, say, which would keep us waiting) is not.
 * *st is what it is now; of mode 0: nobody knows.
 */
int walked_open(const struct walked *, struct stat *st);
/* Bytes that are not UTF-8, and control characters, as \xHH. */
struct span path_label(struct arena *, const char *path);

#endif
