/* simdjson's check of UTF-8, where the processor's widest units do it. */
#include <simdjson.h>

#include "text/valid.h"

extern "C" bool
utf8_is_valid(const char *at, size_t len)
{
	return simdjson::validate_utf8(at, len);
}
