/*
 * Hashes (libsodium): names that only who holds a key can tie to what they
 * stand for, and what a file's bytes are known by.
 */
#ifndef OFUKU_BASE_DIGEST_H
#define OFUKU_BASE_DIGEST_H

#include "base/span.h"

enum { DIGEST_KEY_MIN = 16, DIGEST_KEY_MAX = 64, DIGEST_NAME = 16 };

/*
 * BLAKE2b (RFC 7693) of 16 bytes with the key, its first 10 bytes in base32
 * (RFC 4648) of small letters: DIGEST_NAME characters and a NUL at out.
 */
void digest_name(struct span key, struct span text, char *out);
/* BLAKE2b of DIGEST_KEY_MAX bytes without a key: a longer key made to fit. */
void digest_key(struct span longer, char *out);

#endif
