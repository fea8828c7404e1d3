/*
 * The files that a run names, by the options that named them: what is written
 * is no other of them, however both are spelt and linked. Devices, FIFOs and
 * folders are not kept apart.
 */
#ifndef OFUKU_BASE_APART_H
#define OFUKU_BASE_APART_H

#include "base/walk.h"

struct apart_file;

struct apart {
	struct arena arena;
	struct apart_file *at;
	size_t n, cap;
};

/* NULL and "" name none. option as messages have it: "--rules". */
void apart_reads(struct apart *, const char *option, const char *path);
/* NULL names none, "-" standard output. */
void apart_writes(struct apart *, const char *option, const char *path);
/* -1: a file that is written is another one, or one of the inputs. An earlier
 * output that was found in a folder is taken out of the inputs. */
int apart_check(struct apart *, struct walk *inputs, struct err *);
/* For inputs that have not been walked: none of them may be written. */
int apart_check_paths(
    struct apart *, const char *const *paths, size_t n, struct err *);
void apart_free(struct apart *);

#endif
