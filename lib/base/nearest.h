/* "Did you mean": the name that a mistyped word was most likely to be. */
#ifndef OFUKU_BASE_NEAREST_H
#define OFUKU_BASE_NEAREST_H

#include <stddef.h>

/* The name nearest to word; of two equally near the first; NULL: none is. */
const char *nearest_name(const char *word, const char *const *names, size_t n);

#endif
