/* Whether a long text is UTF-8, quickly; not where it is not. */
#ifndef OFUKU_TEXT_VALID_H
#define OFUKU_TEXT_VALID_H

#ifdef __cplusplus
#include <cstddef>
extern "C" bool utf8_is_valid(const char *at, size_t len);
#else
#include <stdbool.h>
#include <stddef.h>
bool utf8_is_valid(const char *at, size_t len);
#endif

#endif
