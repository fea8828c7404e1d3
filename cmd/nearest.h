/* "Did you mean": the name that a mistyped word was most likely to be. */
#ifndef OFUKU_CMD_NEAREST_H
#define OFUKU_CMD_NEAREST_H

#include <stddef.h>

struct nearest {
	const char *word;
	const char *name; /* the best so far; NULL: none near */
	size_t distance;
};

struct nearest nearest_to(const char *word);
/* Weighs one more candidate; of two equally near the first one stays. */
void nearest_try(struct nearest *, const char *name);

#endif
