/*
 * Memory that is never NULL. Running out of it is not an error that each
 * caller handles: the hook is told (a program prints and leaves; the default
 * aborts) and must not return.
 */
#ifndef OFUKU_BASE_MEM_H
#define OFUKU_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

void *mem_alloc(size_t n);    /* zeroed; free() it */
char *mem_text(const char *); /* a copy; free() it */
char *mem_vprintf(const char *fmt, va_list);
void *mem_resize(void *p, size_t n);
/*
 * Room for at least need elements of size bytes behind p, whose capacity in
 * elements is *cap: the same block or a larger one. Growth is by half, so
 * that appending stays linear.
 */
void *mem_grow(void *p, size_t *cap, size_t need, size_t size);
void mem_on_exhausted(void (*hook)(size_t wanted));
/* For a library that says so itself; wanted 0: nobody knows how much. */
void mem_exhausted(size_t wanted) __attribute__((noreturn));

#endif
