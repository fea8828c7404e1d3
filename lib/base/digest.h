/*
 * Hashes (libsodium): names that only who holds a key can tie to what they
 * stand for, and what a file's bytes are known by.
 */
#ifndef OFUKU_BASE_DIGEST_H
#define OFUKU_BASE_DIGEST_H

#include <stdint.h>

#include "base/span.h"

enum { DIGEST_KEY_MIN = 16, DIGEST_KEY_MAX = 64, DIGEST_NAME = 16 };

/*
 * BLAKE2b (RFC 7693) of 16 bytes with the key, its first 10 bytes in base32
 * (RFC 4648) of small letters: DIGEST_NAME characters and a NUL at out.
 */
void digest_name(struct span key, struct span text, char *out);
/* BLAKE2b of DIGEST_KEY_MAX bytes without a key: a longer key made to fit. */
void digest_key(struct span longer, char *out);

/* SHA-256 of bytes as they come. */
struct digest;
struct digest *digest_open(void);
void digest_add(struct digest *, const void *, size_t n);
/* NULL is allowed. */
void digest_free(struct digest *);

struct digest_record {
	char hex[65];
	uint64_t bytes;
};
/* Nothing is to be added behind it. */
void digest_finish(struct digest *, struct digest_record *);
/* Of bytes that stand there whole. */
void digest_of(struct span, struct digest_record *);
/* Of all that can be read from there on. -1: errno says why not. */
int digest_file(int fd, struct digest_record *);

/*
 * The SHA-256 sums of a run's inputs and outputs, by path. Any thread may put
 * one; they are asked for when all stand there.
 */
struct digests;
struct digests *digests_new(void);
void digests_free(struct digests *);
/* Frees the digest. */
void digests_put(struct digests *, struct span path, struct digest *);
/* NULL: there is none. */
const struct digest_record *digests_get(const struct digests *, struct span);

#endif
