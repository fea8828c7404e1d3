/* What went wrong inside, told outside. */
#ifndef OFUKU_ERROR_H
#define OFUKU_ERROR_H

#include "base/err.h"
#include "ofuku.h"

/* out may be NULL. */
void error_out(struct ofuku_error *out, const struct err *);

/* Whom mistakes in rule files and settings are told to; say may be NULL. */
struct sayer {
	ofuku_say say;
	void *ctx;
};
/* A line of mistakes_say(); ctx is a struct sayer. */
void say_line(void *ctx, const char *line);

#endif
