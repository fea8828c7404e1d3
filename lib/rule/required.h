/*
 * What a pattern cannot match without: a set of texts of which one stands in
 * every match. Found in the pattern's source, conservatively: a construct
 * that is not understood asks for nothing.
 */
#ifndef OFUKU_RULE_REQUIRED_H
#define OFUKU_RULE_REQUIRED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REQUIRED_TEXTS = 48, REQUIRED_UNITS = 8 };

struct required {
	uint16_t at[REQUIRED_TEXTS][REQUIRED_UNITS];
	uint8_t len[REQUIRED_TEXTS]; /* none is 0 */
	size_t n;
};

/* source: a normalised pattern. False: it can match without any text. */
bool required_find(const uint16_t *source, size_t len, struct required *);

#endif
