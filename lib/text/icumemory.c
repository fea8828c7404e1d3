#include "text/icumemory.h"

#include <stdlib.h>

#include <unicode/uclean.h>

#include "base/mem.h"

static void *
room(const void *ctx, size_t n)
{
	(void)ctx;
	return mem_resize(NULL, n);
}

static void *
resized(const void *ctx, void *p, size_t n)
{
	(void)ctx;
	return mem_resize(p, n);
}

static void
leave(const void *ctx, void *p)
{
	(void)ctx;
	free(p);
}

/* A failure leaves ICU with the memory that it had. */
void
icu_use_memory(void)
{
	UErrorCode status = U_ZERO_ERROR;

	u_setMemoryFunctions(NULL, room, resized, leave, &status);
}
