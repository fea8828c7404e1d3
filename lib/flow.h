/*
 * The parallel way from inputs to judged conversations. Every thread does
 * whatever is due next, what is nearest to the end first: write, assemble,
 * judge, parse, read. Writing and assembling are done by one thread at a time
 * and in order, so that what comes out does not depend on how many there are.
 */
#ifndef OFUKU_FLOW_H
#define OFUKU_FLOW_H

#include "run.h"
#include "talk/glance.h"

/* What a thread has of its own. */
struct worker {
	struct matcher *matcher;
	struct glancer glancer;
	struct arena arena; /* of a conversation */
	void *own;          /* the caller's */
};

/* A line to be said when its turn has come. */
struct said {
	enum ofuku_level level;
	char *line;
};

/* Conversations that are judged in one go. */
struct job {
	struct assembled **at;
	size_t n, cap, utterances;
	struct said *said; /* while it was put together */
	size_t nsaid, said_cap;
	size_t section; /* 0, or the number of the partition, from 1 */
	void *result;   /* the caller's */
	bool begun, done;
	struct job *next; /* in order */
};

struct flow_hooks {
	void *ctx;
	bool glance; /* at each text, while it is read */
	void (*worker_begin)(void *ctx, struct worker *);
	/* By one thread after the other, when all is done. */
	void (*worker_end)(void *ctx, struct worker *);
	/* In any thread; leaves a result and frees the conversations. */
	void (*judge)(void *ctx, struct worker *, struct job *);
	/* In order. Frees the result. -1: the run is over. */
	int (*write)(void *ctx, struct job *, struct err *);
	/* Frees the result of a job that is not to be written. */
	void (*drop)(void *ctx, struct job *);
	/* Partitions have been written, and all that was to say before. */
	int (*merge)(void *ctx, size_t partitions, struct err *);
};

/*
 * Reads the run's inputs, has them judged by so many threads and written.
 * What the run says goes to its say function in the order of the inputs.
 */
int flow_run(
    struct run *, unsigned threads, const struct flow_hooks *, struct err *);

#endif
