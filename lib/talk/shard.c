#include "talk/shard.h"

/* FNV-1a of the bytes, mixed so that its low bits hang on all of them. */
uint64_t
shard_of(struct span id, uint64_t n)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < id.len; i++)
		h = (h ^ (unsigned char)id.at[i]) * 0x100000001b3u;
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	h ^= h >> 32;
	return h % n + 1;
}
