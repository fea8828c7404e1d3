/*
 * SHA-256 by the instructions that processors have for it: five times as fast
 * as libsodium, which uses none. What begins and ends a hash is libsodium's.
 */
#ifndef OFUKU_BASE_SHA256_H
#define OFUKU_BASE_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA256_BLOCK = 64 };

/* Has this processor such instructions? */
bool sha256_known(void);
/* Where it has: takes n whole blocks into the state (FIPS 180-4: H0 to H7). */
void sha256_blocks(uint32_t state[8], const unsigned char *, size_t n);

#endif
