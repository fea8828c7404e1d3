#include "base/sha256.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

/* FIPS 180-4, section 4.2.2. */
static const uint32_t constants[64] = {0x428a2f98, 0x71374491, 0xb5c0fbcf,
    0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
    0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
    0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
    0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
    0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
    0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
    0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
    0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c,
    0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee,
    0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
    0xc67178f2};

#define WITH_SHA __attribute__((target("sha,sse4.1")))

bool
sha256_known(void)
{
	unsigned a, b, c, d;

	return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 &&
	    (b & (1u << 29)) != 0;
}

WITH_SHA static __m128i
load(const void *at)
{
	return _mm_loadu_si128((const __m128i *)at);
}

/* The next four words of the schedule from the sixteen before them, of which
 * the oldest four give way: w[i & 3]. */
WITH_SHA static void
schedule(__m128i w[4], unsigned i)
{
	__m128i last = w[(i + 3) & 3];
	__m128i sum = _mm_add_epi32(
	    _mm_sha256msg1_epu32(w[i & 3], w[(i + 1) & 3]),
	    _mm_alignr_epi8(last, w[(i + 2) & 3], 4));

	w[i & 3] = _mm_sha256msg2_epu32(sum, last);
}

/* The processor has the eight words as a, b, e, f and c, d, g, h, the first
 * of each at the top. */
WITH_SHA static void
block(__m128i *abef, __m128i *cdgh, const unsigned char *at)
{
	const __m128i swap = _mm_set_epi64x(
	    0x0c0d0e0f08090a0b, 0x0405060700010203);
	const __m128i abef_before = *abef, cdgh_before = *cdgh;
	__m128i w[4];

	for (unsigned i = 0; i < 16; i++) {
		__m128i wk;

		if (i < 4)
			w[i] = _mm_shuffle_epi8(
			    load(at + (size_t)16 * i), swap);
		else
			schedule(w, i);
		wk = _mm_add_epi32(w[i & 3], load(&constants[4 * i]));
		*cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, wk);
		*abef = _mm_sha256rnds2_epu32(
		    *abef, *cdgh, _mm_shuffle_epi32(wk, 0x0e));
	}
	*abef = _mm_add_epi32(*abef, abef_before);
	*cdgh = _mm_add_epi32(*cdgh, cdgh_before);
}

WITH_SHA void
sha256_blocks(uint32_t state[8], const unsigned char *at, size_t n)
{
	__m128i badc = _mm_shuffle_epi32(load(state), 0xb1);
	__m128i hgfe = _mm_shuffle_epi32(load(state + 4), 0x1b);
	__m128i abef = _mm_alignr_epi8(badc, hgfe, 8);
	__m128i cdgh = _mm_blend_epi16(hgfe, badc, 0xf0);

	for (; n > 0; n--, at += SHA256_BLOCK)
		block(&abef, &cdgh, at);
	badc = _mm_shuffle_epi32(abef, 0x1b);
	hgfe = _mm_shuffle_epi32(cdgh, 0xb1);
	_mm_storeu_si128((__m128i *)state, _mm_blend_epi16(badc, hgfe, 0xf0));
	_mm_storeu_si128(
	    (__m128i *)(state + 4), _mm_alignr_epi8(hgfe, badc, 8));
}

#else

bool
sha256_known(void)
{
	return false;
}

void
sha256_blocks(uint32_t state[8], const unsigned char *at, size_t n)
{
	(void)state;
	(void)at;
	(void)n;
}

#endif
