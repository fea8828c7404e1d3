#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Set once by the program before any work; read when memory has run out. */
static void (*exhausted_hook)(size_t);

void
mem_on_exhausted(void (*hook)(size_t))
{
	exhausted_hook = hook;
}

void
mem_exhausted(size_t wanted)
{
	if (exhausted_hook != NULL)
		exhausted_hook(wanted);
	abort();
}

void *
mem_alloc(size_t n)
{
	void *p = calloc(1, n == 0 ? 1 : n);

	if (p == NULL)
		mem_exhausted(n);
	return p;
}

void *
mem_resize(void *p, size_t n)
{
	void *q = realloc(p, n == 0 ? 1 : n);

	if (q == NULL)
		mem_exhausted(n);
	return q;
}

void *
mem_grow(void *p, size_t *cap, size_t need, size_t size)
{
	size_t want = *cap;

	if (need <= *cap)
		return p;
	want += want / 2 + 8;
	if (want < need)
		want = need;
	if (want > SIZE_MAX / size)
		mem_exhausted(SIZE_MAX);
	p = mem_resize(p, want * size);
	*cap = want;
	return p;
}

char *
mem_vprintf(const char *fmt, va_list ap)
{
	char *s;

	if (vasprintf(&s, fmt, ap) == -1)
		mem_exhausted(0);
	return s;
}

char *
mem_text(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(mem_resize(NULL, n), s, n);
}
