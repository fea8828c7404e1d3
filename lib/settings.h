#ifndef OFUKU_SETTINGS_H
#define OFUKU_SETTINGS_H

#include "base/buf.h"
#include "ofuku.h"

/* Lines "NAME=VALUE" of those that judge, but for those of except; appended.
 * Returns the file's path. */
const char *settings_judging(const struct ofuku_settings *,
    const char *const *except, size_t n, struct buf *);

#endif
