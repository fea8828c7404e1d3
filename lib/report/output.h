/*
 * A file that is never half written: written aside in the same folder,
 * fsynced and renamed at the end. Standard output is written as it comes.
 */
#ifndef OFUKU_REPORT_OUTPUT_H
#define OFUKU_REPORT_OUTPUT_H

#include "base/err.h"
#include "base/span.h"

struct output;

/* path NULL or "-": standard output. */
int	output_open(struct output **, const char *path, struct err *);
int	output_write(struct output *, struct span, struct err *);
/* Finishes and frees; -1 leaves nothing under the path's name. */
int	output_commit(struct output *, struct err *);
/* Drops what was written and frees; NULL is allowed. */
void	output_abandon(struct output *);

#endif
