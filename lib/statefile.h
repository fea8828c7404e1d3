/*
 * The memory between nights (--state): a SQLite file in WAL mode, opened for
 * one transaction. It holds what was read (hashes), each conversation with
 * its utterances, and how many of its exchanges have been reported.
 */
#ifndef OFUKU_STATEFILE_H
#define OFUKU_STATEFILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"
#include "base/watch.h"
#include "talk/conversation.h"

struct statefile;

enum statefile_use {
	STATE_LOOK,   /* read only */
	STATE_CHANGE, /* what is there */
	STATE_RUN     /* a run: made where it is not there */
};

/* A conversation; its texts live in the arena they were read into. */
struct kept {
	int64_t key;       /* 0: not in the file */
	struct span scope; /* of an id that counts in its file: its path */
	struct span id;
	struct span format;
	bool waiting; /* may go on: not reported yet */
	bool timed;   /* last is known */
	int64_t last; /* to which its latest wall clock may be, ms UTC */
	int64_t utterances;
	struct span issued; /* "POLICY=NUMBER;…" of reported exchanges */
	struct span marks;  /* what was reported: judging.c says how */
};

/*
 * wait: seconds that another run may take, unless stop (may be NULL) is asked
 * for. -1: it has not ended by then, this is no state, or it cannot be opened.
 */
int statefile_open(struct statefile **, const char *path, enum statefile_use,
    unsigned wait, const struct stop *stop, struct err *);
/* What was not committed is undone. NULL is allowed. */
void statefile_close(struct statefile *);
/* Writes what is to be committed, so that little is left that could fail. */
int statefile_settle(struct statefile *, struct err *);
int statefile_commit(struct statefile *, struct err *);
/* Behind a commit, -1: bytes of what it erased are still in the file, as
 * another command reads it. */
int statefile_erased(const struct statefile *, struct err *);
/* A run begins: what it changes can be taken back. at: RFC 3339. */
int statefile_begin_run(
    struct statefile *, const char *at, struct span rules, struct err *);

/* Has an input of so many bytes been read? Others are new, unhashed. */
int statefile_sized(struct statefile *, uint64_t bytes, bool *is, struct err *);
/* *when: of the run that read it; len 0: none did. hash: SHA-256 in hex. */
int statefile_input(struct statefile *, const char *hash, struct arena *,
    struct span *when, struct err *);
int statefile_add_input(
    struct statefile *, const char *hash, uint64_t bytes, struct err *);

/* key 0 where it is not there. */
int statefile_find(struct statefile *, struct span scope, struct span id,
    struct arena *, struct kept *, struct err *);
/* The one behind key, in order of their arrival; key 0 at the end. */
int statefile_next(struct statefile *, int64_t key, bool waiting_only,
    struct arena *, struct kept *, struct err *);
/* Its utterances, in the order of time. */
int statefile_load(struct statefile *, const struct kept *, struct arena *,
    struct conversation *, struct err *);
/* When the run was that added to it last: RFC 3339; len 0: nobody knows. */
int statefile_read_at(struct statefile *, int64_t key, struct arena *,
    struct span *at, struct err *);
/* Adds utterances, and what else is known by now; sets key. */
int statefile_add(struct statefile *, struct kept *,
    const struct utterance *const *, size_t n, struct err *);
/* Writes waiting, issued and marks. */
int statefile_update(struct statefile *, const struct kept *, struct err *);

int statefile_forget(struct statefile *, int64_t key, struct err *);
/* Takes the last run back; *when: its time, len 0: there is none. */
int statefile_undo(
    struct statefile *, struct arena *, struct span *when, struct err *);

#endif
