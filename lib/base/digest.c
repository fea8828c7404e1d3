#include "base/digest.h"

#include <sodium.h>

/* 10 bytes to 16 characters: 5 bits each. */
static void
base32(const unsigned char *in, char *out)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned bits = 0, n = 0;

	for (size_t i = 0; i < 10; i++) {
		bits = bits << 8 | in[i];
		for (n += 8; n >= 5; n -= 5)
			*out++ = letters[bits >> (n - 5) & 31];
	}
	*out = '\0';
}

static const unsigned char *
bytes(struct span s)
{
	return (const unsigned char *)s.at;
}

void
digest_name(struct span key, struct span text, char *out)
{
	unsigned char sum[crypto_generichash_BYTES_MIN];

	crypto_generichash(
	    sum, sizeof(sum), bytes(text), text.len, bytes(key), key.len);
	base32(sum, out);
}

void
digest_key(struct span longer, char *out)
{
	crypto_generichash((unsigned char *)out, DIGEST_KEY_MAX, bytes(longer),
	    longer.len, NULL, 0);
}
