/*
 * A time zone: what a wall clock without an offset is read in. A fixed
 * offset ("+09:00") or a name of the IANA database ("Asia/Tokyo"), as ICU
 * has it.
 */
#ifndef OFUKU_TEXT_ZONE_H
#define OFUKU_TEXT_ZONE_H

#include <stdint.h>

#include "base/err.h"

struct zone;

/* Error: neither an offset nor a known name; the text says what to write. */
int zone_open(struct zone **, const char *name, struct err *);
/*
 * Minutes east of UTC at a local time (ms, as if it were UTC). An hour that
 * a change of clocks skips or repeats is taken as before the change.
 */
int zone_offset(const struct zone *, int64_t local_ms);
void zone_close(struct zone *);

#endif
