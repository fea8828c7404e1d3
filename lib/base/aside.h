/*
 * Files that are written aside under a name of their own, ".ofuku-PID-N.tmp",
 * and locked as long as somebody writes them: one that nobody holds was left
 * by a run that was killed.
 */
#ifndef OFUKU_BASE_ASIDE_H
#define OFUKU_BASE_ASIDE_H

#include <sys/types.h>

/* Where temporary files go: $TMPDIR, else /tmp. */
const char *aside_temporary(void);
/* Removes what killed runs left in a folder. */
void aside_clear(const char *folder);
/* The Nth name in a folder: len bytes of path, with the slash. free() it. */
char *aside_name(const char *path, int len, unsigned n);
/*
 * Makes one there, locked; *name is to be freed. -1: errno says why.
 * access: O_WRONLY or O_RDWR.
 */
int aside_open(const char *path, int len, int access, mode_t mode, char **name);

#endif
