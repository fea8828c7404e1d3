#ifndef OFUKU_SETTINGS_H
#define OFUKU_SETTINGS_H

#include "base/buf.h"
#include "ofuku.h"

/* Lines "NAME=VALUE" of those that judge, but for those of except; appended.
 * Returns the file's path. */
const char *settings_judging(const struct ofuku_settings *,
    const char *const *except, size_t n, struct buf *);
const char *settings_path(const struct ofuku_settings *);
/* Settings that came from a file of that path, with room for n. */
struct ofuku_settings *settings_new(struct span path, size_t n);
/* value NULL: a flag. Left out where no setting is so. */
void settings_add(
    struct ofuku_settings *, struct span name, const struct span *value);

#endif
