/*
 * The bar: how far a run is, drawn on one line of standard error and erased
 * at the end. auto: where that is a terminal, from the first second on;
 * always: at once, and where it is none a line a second.
 */
#ifndef OFUKU_CMD_PROGRESS_H
#define OFUKU_CMD_PROGRESS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ofuku.h"
#include "terminal.h"

struct progress {
	const char *who, *found; /* "audit", "findings" */
	enum when when;
	bool color;
	pthread_mutex_t lock; /* of all below */
	bool drawn;           /* the line is there now */
	int64_t began, last;  /* ms */
	struct ofuku_progress at;
};

/* shares: what the command prints may stand on the same terminal. */
void progress_begin(struct progress *, const char *who, const char *found,
    enum when, bool no_color, bool shares);
/* An ofuku_watch; ctx is a struct progress. */
void progress_show(void *ctx, const struct ofuku_progress *);
/* Takes the line away: a message follows. It comes back by itself. Never
 * begun, it has no line. */
void progress_erase(struct progress *);
void progress_end(struct progress *);

/*
 * Appends what the line says after ms milliseconds, in at most width columns:
 * "audit  [####----]  42%  1.2 of 2.9 GiB  35.1 MiB/s  0:48 left  3 findings".
 */
size_t progress_line(
    const struct progress *, int64_t ms, size_t width, char *out, size_t size);

#endif
