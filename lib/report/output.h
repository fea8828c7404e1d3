/*
 * A file that is never half written: written aside in the same folder (where
 * the file system can, without a name), fsynced and renamed at the end, with
 * the mode that the umask gives. What a run left that was killed goes. A
 * symbolic link stays one: the file that it leads to is replaced. Standard
 * output, a FIFO or a device is written as it comes.
 */
#ifndef OFUKU_REPORT_OUTPUT_H
#define OFUKU_REPORT_OUTPUT_H

#include "base/digest.h"
#include "base/err.h"
#include "base/span.h"
#include "text/encoder.h"

struct output;

/* {0}: UTF-8. */
struct output_encoding {
	const char *name; /* see text/encoder.h */
	bool json;
	struct unencoded *lost; /* of all outputs of a run */
	/* Called before something goes to standard output, where set. */
	void (*appears)(void *ctx);
	void *ctx;
	struct digests *digests; /* of what is written; NULL: none wanted */
};

/* Makes the folder that reports go into, unless it is there. */
int output_folder(const char *path, struct err *);
/* Is it a file, and none that standard output goes to? */
bool output_is_file(const char *path);
/* path NULL or "-": standard output. On -1 there is nothing to free. */
int output_open(struct output **, const char *path, struct err *);
/* The same for UTF-8 that is to be written in another encoding. */
int output_open_encoded(struct output **, const char *path,
    const struct output_encoding *, struct err *);
/* -1: give it up with output_abandon. A reader gone is EPIPE's text. */
int output_write(struct output *, struct span, struct err *);
/* Finishes and frees; -1 leaves under the path's name what was there. */
int output_commit(struct output *, struct err *);
/* Drops what was written and frees; NULL is allowed. */
void output_abandon(struct output *);

#endif
