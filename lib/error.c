#include "error.h"

#include <stdio.h>

void
error_out(struct ofuku_error *out, const struct err *err)
{
	if (out == NULL)
		return;
	out->status = err->kind == ERR_RULES ? OFUKU_BAD_RULES : OFUKU_TROUBLE;
	snprintf(out->text, sizeof(out->text), "%s", err->text);
}

void
say_line(void *ctx, const char *line)
{
	const struct sayer *s = ctx;

	if (s->say != NULL)
		s->say(s->ctx, OFUKU_SAY_ERROR, line);
}
