/*
 * The program of `make bench-stages`: each stage of the way by itself, on one
 * thread, over a transcript in memory.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/bench.h"
#include "base/buf.h"

#define BENCH(name) extern const struct bench bench_##name;
#include "benches.def"
#undef BENCH

static const struct bench *const benches[] = {
#define BENCH(name) &bench_##name,
#include "benches.def"
#undef BENCH
};

enum { RUNS = 5 };
#define LONGEST 3.0 /* seconds of a stage */

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int
by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

/* The median of RUNS runs, of fewer where they take long. */
static double
median(const struct bench *b, void *state)
{
	double t[RUNS], all = 0;
	int n = 0;

	while (n < RUNS && (n == 0 || all < LONGEST)) {
		double began = seconds();

		b->run(state);
		t[n] = seconds() - began;
		all += t[n++];
	}
	qsort(t, (size_t)n, sizeof(*t), by_value);
	return t[n / 2];
}

static void
measure(const struct bench *b, struct span transcript, size_t utterances)
{
	void *state = b->open(transcript);
	size_t bytes = b->run(state);
	double t = median(b, state);

	b->close(state);
	printf("%-14s %10.0f %10.0f  %s\n", b->name,
	    t * 1e9 / (double)utterances, (double)bytes / t / 1e6, b->help);
	fflush(stdout);
}

static void
read_all(const char *path, struct buf *out)
{
	FILE *in = fopen(path, "re");
	size_t n;

	if (in == NULL)
		bench_failed(strerror(errno));
	while ((n = fread(buf_room(out, 1 << 20), 1, 1 << 20, in)) > 0)
		out->len += n;
	fclose(in);
}

/* Is the stage one of those named, or none is? */
static bool
is_asked(const char *name, char **names)
{
	bool asked = *names == NULL;

	for (; *names != NULL; names++)
		asked |= strcmp(*names, name) == 0;
	return asked;
}

int
main(int argc, char **argv)
{
	struct buf transcript = {0};
	struct bench_texts texts;

	if (argc < 2)
		bench_failed(
		    "which transcript? stages TRANSCRIPT.jsonl [STAGE...]");
	read_all(argv[1], &transcript);
	texts = bench_texts(buf_span(&transcript));
	free(texts.at);
	printf("%-14s %10s %10s\n", "stage", "ns/utt.", "MB/s");
	for (size_t i = 0; i < sizeof(benches) / sizeof(*benches); i++)
		if (is_asked(benches[i]->name, argv + 2))
			measure(benches[i], buf_span(&transcript), texts.n);
	buf_free(&transcript);
	return 0;
}
