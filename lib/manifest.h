/*
 * --manifest: what an audit read, by what rules and options, and what came
 * out, with hashes: so that an auditor can repeat a report (ofuku verify).
 */
#ifndef OFUKU_MANIFEST_H
#define OFUKU_MANIFEST_H

#include "audit.h"

/* Once all outputs are written. */
int manifest_write(const struct audit *, enum ofuku_status, struct err *);

#endif
