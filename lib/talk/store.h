/*
 * The store puts stretches of records together into conversations (SPEC
 * sections 1 and 2, Identity): ids from content are one space over all
 * inputs, ids from file names belong to their file. Conversations come out
 * in the order of their first records, each as soon as it is known to be
 * complete: where records are grouped behind its last one, where an input is
 * one conversation at its end, else when all has been read. What takes more
 * than the memory allowed goes to a temporary file, by partitions of the ids.
 */
#ifndef OFUKU_TALK_STORE_H
#define OFUKU_TALK_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "talk/batch.h"
#include "talk/conversation.h"
#include "talk/record.h"

struct store;

/* A stretch that is held, and the input that it is from, counted from 1. */
struct held {
	struct batch *batch;
	struct stretch *stretch;
	uint64_t input;
	const char *format;
};

/* A complete conversation, its utterances where they were read. */
struct assembled {
	struct span id;
	uint64_t order; /* of its first record in the run */
	struct held *at;
	size_t n;
	size_t utterances;
	bool of_file;            /* the id counts in its file only */
	const struct zone *zone; /* of naive clocks; NULL: as they are */
};

struct store_options {
	bool ids_file;  /* ids from content belong to their file, too */
	bool many;      /* there may be more than one input */
	bool grouped;   /* the records of a conversation stand together */
	bool streaming; /* an input's own conversations go at its end */
	size_t memory;  /* bytes that may be held; 0: no limit */
	/* Of naive clocks that stand beside others; NULL: they stay. */
	const struct zone *zone;
	bool zone_stated; /* by the user: there is nothing to note */
};

struct store_hooks {
	void *ctx;
	/* A conversation, which is the callee's from then on. */
	int (*made)(void *ctx, struct assembled *, struct err *);
	void (*note)(
	    void *ctx, enum note_id, const struct utterance *, struct span id);
	/* How messages name a conversation; NULL: as it is. */
	struct span (*shown)(void *ctx, struct span id);
	/* A record that cannot belong to its conversation. */
	int (*reject)(void *ctx, const struct utterance *, const char *reason,
	    struct err *);
};

/* hooks must outlive the store. */
struct store *store_open(
    const struct store_options *, const struct store_hooks *);
void store_close(struct store *);
/* Frees a conversation. */
void assembled_free(struct assembled *);
/* Fills a conversation, its utterances in order; they live as long as both. */
void assembled_open(
    const struct assembled *, struct arena *, struct conversation *);

/*
 * A new input begins: its format's name (which outlives the store), and the
 * id for records that name no conversation.
 */
void store_input(struct store *, const char *format, struct span file_id);
/* The format gave an id: it is one from content. */
void store_identify(struct store *, struct span id);
/*
 * The id of a record's conversation, of which named is what it says itself.
 * *scope: the number of the one input that it belongs to; 0: it is one space
 * over all inputs.
 */
struct span store_id(const struct store *, struct span named, uint64_t *scope);
/* Takes a stretch of the batch. -1: a promise of order is broken. */
int store_take(struct store *, struct batch *, struct stretch *, struct err *);
/* The input is at its end. */
int store_input_end(struct store *, struct err *);
/*
 * All has been read: what is left comes out, unless there are partitions.
 * Then each is to be asked for, gives its conversations in order, and behind
 * the last one store_tell tells of what was found in them.
 */
int store_finish(struct store *, struct err *);
size_t store_partitions(const struct store *);
int store_partition(struct store *, size_t i, struct err *);
int store_tell(struct store *, struct err *);

#endif
