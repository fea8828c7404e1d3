#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void
fill(struct err *err, enum err_kind kind, const char *fmt, va_list ap)
{
	int n = vsnprintf(err->text, sizeof(err->text), fmt, ap);
	size_t end = sizeof(err->text) - 1;

	err->kind = kind;
	if (n < 0 || (size_t)n < sizeof(err->text))
		return;
	while (end > 0 && ((unsigned char)err->text[end - 1] & 0xc0) == 0x80)
		end--;
	if (end > 0 && ((unsigned char)err->text[end - 1] & 0xc0) == 0xc0)
		end--;
	err->text[end] = '\0';
}

int
fail(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, ERR_TROUBLE, fmt, ap);
	va_end(ap);
	return -1;
}

int
fail_input(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, ERR_INPUT, fmt, ap);
	va_end(ap);
	return -1;
}

int
fail_rules(struct err *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	fill(err, ERR_RULES, fmt, ap);
	va_end(ap);
	return -1;
}
