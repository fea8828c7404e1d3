/*
 * What goes on in a run, for somebody outside of it: how many bytes have been
 * read, and whether it was asked to stop. Any thread may use it.
 */
#ifndef OFUKU_BASE_WATCH_H
#define OFUKU_BASE_WATCH_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* A request to stop, which may come from a signal handler. */
struct stop {
	atomic_bool asked;
	int ends[2]; /* of a pipe: a thread that waits for input is woken */
};

struct watch {
	struct stop *stop;           /* NULL: nobody can ask */
	atomic_uint_least64_t bytes; /* read, as they are stored */
	/* Read; and judged, skipped, filtered, rejected. */
	atomic_uint_least64_t records, done;
	atomic_uint_least64_t conversations, found;
	atomic_int_least64_t told; /* when the watcher was, in ms */
	struct digests *digests;   /* of what is read; NULL: none wanted */
	/* How many times its size an input may unpack to; 0: the default. */
	uint32_t unpack_ratio;
	uint64_t unpack_most; /* bytes that it may unpack to; 0: likewise */
};

struct stop *stop_new(void);
void stop_free(struct stop *);
/* Async-signal-safe. */
void stop_ask(struct stop *);
static inline bool
stop_asked(const struct stop *s)
{
	return s != NULL &&
	    atomic_load_explicit(&s->asked, memory_order_relaxed);
}

/* Fails where the run is to stop. Cheap: ask for every record. */
int watch_go_on(const struct watch *, struct err *);
/* The same behind a wait until there is something to read from fd. */
int watch_wait(const struct watch *, int fd, struct err *);
void watch_read(struct watch *, uint64_t bytes);
static inline void
watch_add(atomic_uint_least64_t *counter, uint64_t n)
{
	atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

#endif
