/*
 * What fuzz targets share. A target is x_fuzz.c beside what it tries: the
 * function that libFuzzer and AFL++ call with bytes; lib/fuzz_replay.c calls
 * it with the files of testdata/fuzz. It aborts where what it tries does not
 * keep its promises.
 */
#ifndef OFUKU_BASE_FUZZ_H
#define OFUKU_BASE_FUZZ_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/span.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

#define FUZZ_PROMISE(holds) \
	do { \
		if (!(holds)) { \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, \
			    __LINE__, #holds); \
			abort(); \
		} \
	} while (0)

/* The bytes as an open file, whose path is name: one for all calls. */
static inline int
fuzz_file(const void *at, size_t n, char name[32])
{
	static int fd = -1;

	if (fd == -1)
		fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd == -1 || ftruncate(fd, 0) == -1 ||
	    pwrite(fd, at, n, 0) != (ssize_t)n || lseek(fd, 0, SEEK_SET) == -1)
		abort();
	(void)snprintf(name, 32, "/proc/self/fd/%d", fd);
	return fd;
}

#endif
