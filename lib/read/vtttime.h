/*
 * The two times of a WebVTT cue: as the standard has them (W3C WebVTT,
 * section 6.3, "WebVTT cue timings and settings parsing"), and as Microsoft
 * Graph writes those of Teams (callTranscript, "content").
 */
#ifndef OFUKU_READ_VTTTIME_H
#define OFUKU_READ_VTTTIME_H

#include <stdbool.h>

#include "base/span.h"
#include "talk/moment.h"

/*
 * False: the line is no timing line. early: a time lay before the start and is
 * taken as 0, as no time from the start is negative in the canonical form.
 */
bool vtt_timings(
    struct span line, struct moment *start, struct moment *end, bool *early);

#endif
