#include "report/xlsxwriter.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

/* The interface that the header of Debian 12's library describes. */
#define SONAME "libxlsxwriter.so.4"

static struct xlsxwriter library;
static char reason[500]; /* why it could not be loaded */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
load(void)
{
	void *handle = dlopen(SONAME, RTLD_NOW | RTLD_LOCAL);
	bool all = handle != NULL;

	/* POSIX's way to make a function of what dlsym(3) returns. */
#define XLSXWRITER(name) \
	if (all) { \
		*(void **)&library.name = dlsym(handle, #name); \
		all = library.name != NULL; \
	}
#include "report/xlsxwriter.def"
#undef XLSXWRITER
	if (!all)
		(void)snprintf(reason, sizeof(reason), "%s", dlerror());
}

const struct xlsxwriter *
xlsxwriter_load(struct err *err)
{
	pthread_once(&once, load);
	if (reason[0] == '\0')
		return &library;
	fail(err,
	    "--output-format xlsx: %s: install the package libxlsxwriter4, or "
	    "write csv with --excel",
	    reason);
	return NULL;
}
