/*
 * --manifest: what an audit read, by what rules and options, and what came
 * out, with hashes: so that an auditor can repeat a report (ofuku verify).
 */
#ifndef OFUKU_MANIFEST_H
#define OFUKU_MANIFEST_H

#include "audit.h"
#include "read/json.h"

/* One that was read back. */
struct ofuku_manifest {
	struct arena arena;
	struct buf text;
	struct json json;
	struct json_value root;
	const char *path; /* where it was read */
	char **arguments; /* NULL at the end */
	const char *now;  /* NULL: no time was asked for */
};
/* A text, or the bytes of {"hex": …}. False: it is neither, or no C string. */
bool manifest_word(struct json_value, struct arena *, struct span *out);

/* Before anything is opened: what it will tell of. */
void manifest_begin(struct audit *);
/* Before anything is read: whether it can be written. */
int manifest_open(struct audit *, struct err *);
/* Once all outputs are written. */
int manifest_write(struct audit *, enum ofuku_status, struct err *);

#endif
