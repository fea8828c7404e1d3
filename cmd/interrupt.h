/*
 * SIGINT and SIGTERM: the first one asks the library to stop, which removes
 * what was written aside; a second one, or five seconds, end at once. Either
 * way the process ends by the signal itself, as shells want to see it.
 */
#ifndef OFUKU_CMD_INTERRUPT_H
#define OFUKU_CMD_INTERRUPT_H

#include <stdbool.h>

#include "ofuku.h"

/* From now on they are caught; what is returned is to be given to the
 * library. NULL: it cannot be had, and they end the process as ever. */
struct ofuku_stop *interrupt_catch(void);
/* Has one come? */
bool interrupted(void);
/* Who reads a pager is not hurried, and its interrupts are the reader's. */
void interrupt_leave_to_reader(void);
/* A line on the terminal is to be erased where the process ends at once. */
void interrupt_erases(bool);
/* What was done stands for good, and was asked to be done once: who is told
 * that it was not would ask again. It is the status then that tells. */
void interrupt_too_late(void);
/* The end of a command: does not return where one came. */
void interrupt_end(void);

#endif
