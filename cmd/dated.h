/* A folder of each day's reports: none takes the place of another's. */
#ifndef OFUKU_CMD_DATED_H
#define OFUKU_CMD_DATED_H

/*
 * DIR/2026-10-02, of today by this computer's clock and zone, or DIR/
 * 2026-10-02.2 and so on where something stands in it; DIR is made where it is
 * not there. now: NULL, or RFC 3339, whose date counts. free() it. NULL: DIR
 * cannot be made; errno says why.
 */
char *dated_folder(const char *dir, const char *now);

#endif
