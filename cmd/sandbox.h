/*
 * What a command has no use for is taken from it before it reads what
 * outsiders wrote: by Landlock (Linux 5.13) all files but the inputs, to be
 * read, and the folders of outputs and $TMPDIR; by seccomp all calls but those
 * of seccomp_embed.c: no sockets, no other programs or processes, no signals
 * to them, nothing that changes the system. Where the kernel has either not, the
 * rest is done.
 */
#ifndef OFUKU_CMD_SANDBOX_H
#define OFUKU_CMD_SANDBOX_H

#include "command.h"

struct sandbox {
	struct list read;  /* besides the inputs */
	struct list write; /* outputs */
};

/* NULL and "-" are passed over; a path must live until it is entered. */
void sandbox_reads(struct sandbox *, const char *path);
void sandbox_writes(struct sandbox *, const char *path);
/*
 * Enters it for good, before there are threads, unless --no-sandbox is given.
 * The lists are emptied.
 */
void sandbox_enter(const struct shared *, struct sandbox *);
/* The same for who looks at a state, which the first operand names. */
void sandbox_state(const struct shared *);

#endif
