/*
 * A stage of the way timed by itself, for `make bench-stages`: a file
 * x_bench.c beside x.c with one const struct bench, and its line in
 * lib/benches.def. Not for comparisons of programs: that is `make bench`.
 */
#ifndef OFUKU_BASE_BENCH_H
#define OFUKU_BASE_BENCH_H

#include <stddef.h>

#include "base/span.h"

struct bench {
	const char *name; /* of the stage */
	const char *help; /* what is done to each utterance */
	/* What run works on, from JSON Lines as testdata/bench/generate
	 * writes them; the transcript outlives it. */
	void *(*open)(struct span transcript);
	/* The stage's work over all of it, once; returns how many bytes of
	 * input or output that was. */
	size_t (*run)(void *state);
	void (*close)(void *state);
};

/* The texts of the utterances, in order; free() at. */
struct bench_texts {
	struct span *at;
	size_t n, bytes;
};
struct bench_texts bench_texts(struct span transcript);
/* What cannot happen on a transcript of ours: says why and leaves. */
void bench_failed(const char *why) __attribute__((noreturn));

#endif
