#include "base/digest.h"

#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"

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

struct digest {
	crypto_hash_sha256_state state;
	uint64_t bytes;
};

struct digest *
digest_open(void)
{
	struct digest *d = mem_alloc(sizeof(*d));

	crypto_hash_sha256_init(&d->state);
	return d;
}

void
digest_add(struct digest *d, const void *at, size_t n)
{
	crypto_hash_sha256_update(&d->state, at, n);
	d->bytes += n;
}

void
digest_free(struct digest *d)
{
	free(d);
}

void
digest_finish(struct digest *d, struct digest_record *out)
{
	unsigned char sum[crypto_hash_sha256_BYTES];

	crypto_hash_sha256_final(&d->state, sum);
	sodium_bin2hex(out->hex, sizeof(out->hex), sum, sizeof(sum));
	out->bytes = d->bytes;
}

void
digest_of(struct span s, struct digest_record *out)
{
	struct digest d = {.bytes = s.len};

	crypto_hash_sha256_init(&d.state);
	crypto_hash_sha256_update(&d.state, bytes(s), s.len);
	digest_finish(&d, out);
}

int
digest_file(int fd, struct digest_record *out)
{
	enum { ROOM = 1 << 16 };
	struct digest *d = digest_open();
	char *room = mem_alloc(ROOM);
	ssize_t got;

	while (
	    (got = read(fd, room, ROOM)) > 0 || (got == -1 && errno == EINTR))
		if (got > 0)
			digest_add(d, room, (size_t)got);
	free(room);
	digest_finish(d, out);
	digest_free(d);
	return got == 0 ? 0 : -1;
}

struct digests {
	pthread_mutex_t lock;
	struct arena arena;
	struct map map; /* path to struct digest_record */
};

struct digests *
digests_new(void)
{
	struct digests *all = mem_alloc(sizeof(*all));

	pthread_mutex_init(&all->lock, NULL);
	return all;
}

void
digests_free(struct digests *all)
{
	if (all == NULL)
		return;
	pthread_mutex_destroy(&all->lock);
	map_free(&all->map);
	arena_free(&all->arena);
	free(all);
}

void
digests_put(struct digests *all, struct span path, struct digest *d)
{
	struct digest_record *r;

	pthread_mutex_lock(&all->lock);
	r = arena_alloc(&all->arena, sizeof(*r));
	digest_finish(d, r);
	*map_slot(&all->map, arena_dup(&all->arena, path)) = r;
	pthread_mutex_unlock(&all->lock);
	free(d);
}

const struct digest_record *
digests_get(const struct digests *all, struct span path)
{
	return map_get(&all->map, path);
}
