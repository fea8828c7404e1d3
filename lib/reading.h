/*
 * Reading an input into batches. Any thread can do it: what it finds is told
 * and counted only when a batch's turn in the order of inputs has come
 * (run_take).
 */
#ifndef OFUKU_READING_H
#define OFUKU_READING_H

#include <sys/stat.h>

#include "run.h"
#include "talk/batch.h"
#include "talk/glance.h"

/* One input while it is read. */
struct reading {
	const struct run *run; /* its options */
	struct walked *input;
	struct viewer *viewer;   /* the reader's */
	struct matcher *matcher; /* to glance with; NULL: not asked for */
	struct glancer *glancer;
	struct hush hush;
	struct batch *batch; /* that is being filled */
	size_t room;         /* records that the next one may have */
	/* Takes a batch, in order. -1: no more is wanted. */
	int (*publish)(void *ctx, struct batch *, struct err *);
	void *ctx;
	const struct format *format; /* NULL: not known yet */
	struct part part;            /* where it is read by blocks */
	bool cut;                    /* a block has been */
	int fd;
	struct stat opened; /* what it was then */
	bool standard;      /* input: not ours to close */
	struct stream *stream;
};

/* Reads all of the input, to the batch that says how it ended. */
void reading_all(struct reading *);
/*
 * Opens it. 1: it can be read block by block; 0: it has been read, or there
 * is nothing to read. Then it is taken block by block (stream_block's), and a
 * block is read with any reading of that input; the batch it makes is left in
 * it. False: nothing behind the block counts.
 */
int reading_open(struct reading *);
int reading_cut(struct reading *, struct stream **block, struct err *);
bool reading_block(struct reading *, struct stream *block, struct part *);
/* A glance at each text of a batch that was read without. */
void reading_glance(
    struct batch *, struct glancer *, struct matcher *, const struct rules *);
/* The last batch; err: of kind ERR_NONE where all went well. */
struct batch *reading_end(struct reading *, const struct err *);
void reading_close(struct reading *);

#endif
