#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

void
buf_grow(struct buf *b, size_t n)
{
	b->at = mem_grow(b->at, &b->cap, b->len + n, 1);
}

void
buf_add(struct buf *b, struct span s)
{
	if (s.len == 0)
		return;
	memcpy(buf_room(b, s.len), s.at, s.len);
	b->len += s.len;
}

void
buf_addc(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->len++;
}

void
buf_adds(struct buf *b, const char *s)
{
	buf_add(b, span_of(s));
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	va_start(ap, fmt);
	vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

char *
buf_cstr(struct buf *b)
{
	*buf_room(b, 1) = '\0';
	return b->at;
}

void
buf_free(struct buf *b)
{
	free(b->at);
	*b = (struct buf){0};
}
