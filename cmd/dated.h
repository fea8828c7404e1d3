/* A folder of each day's reports: none takes the place of another's. */
#ifndef OFUKU_CMD_DATED_H
#define OFUKU_CMD_DATED_H

/*
 * DIR/2026-10-02, of today by this computer's clock and zone, or DIR/
 * 2026-10-02.002 and so on where something stands in it or another process has
 * it; made where it is not there, and this process's until it ends. now: NULL,
 * or RFC 3339, whose date counts. free() it. NULL: it cannot be made; errno
 * says why.
 */
char *dated_folder(const char *dir, const char *now);

#endif
