/* Bits by the hash of two units: small tables that say no to most places. */
#ifndef OFUKU_RULE_PAIRBITS_H
#define OFUKU_RULE_PAIRBITS_H

#include <stdbool.h>
#include <stdint.h>

enum { PAIR_BITS = 1 << 16 };

/* The first unit in the high half. */
static inline uint32_t
pair_hash(uint32_t pair)
{
	return pair * UINT32_C(0x9e3779b1) >> 16;
}

static inline bool
has_bit(const uint64_t *bits, uint32_t i)
{
	return bits[i / 64] >> i % 64 & 1;
}

static inline void
set_bit(uint64_t *bits, uint32_t i)
{
	bits[i / 64] |= (uint64_t)1 << i % 64;
}

#endif
