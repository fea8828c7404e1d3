/* What went wrong inside, told outside. */
#ifndef OFUKU_ERROR_H
#define OFUKU_ERROR_H

#include "base/err.h"
#include "ofuku.h"

/* out may be NULL. */
void error_out(struct ofuku_error *out, const struct err *);

#endif
