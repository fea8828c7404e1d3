#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/mem.h"

/* As read(2) may give them: first, then pieces of each size. */
static void
in_pieces(struct span s, size_t first, size_t each, struct digest_record *out)
{
	struct digest *d = digest_open();

	for (size_t at = 0, n = first; at < s.len; at += n, n = each) {
		n = n > s.len - at ? s.len - at : n;
		digest_add(d, s.at + at, n);
	}
	digest_finish(d, out);
	digest_free(d);
}

/* It makes no difference in what pieces the bytes come. */
Test(digest, pieces_are_the_whole)
{
	char text[1000];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = (char)(i * 37 + i / 64);
	for (size_t len = 0; len <= sizeof(text); len += 1 + len / 9)
		for (size_t first = 0; first <= 130; first += 13)
			for (size_t each = 1; each <= 260; each += 37) {
				struct span s = {text, len};
				struct digest_record got, want;

				digest_of(s, &want);
				in_pieces(s, first, each, &got);
				cr_assert_str_eq(got.hex, want.hex,
				    "%zu: %zu, %zu", len, first, each);
				cr_assert_eq(got.bytes, len);
			}
}

/* FIPS 180-2, appendix B.3. */
Test(digest, million)
{
	enum { MILLION = 1000000 };
	char *text = mem_alloc(MILLION);
	struct digest_record got;

	memset(text, 'a', MILLION);
	in_pieces((struct span){text, MILLION}, 7, 65536, &got);
	cr_expect_str_eq(got.hex,
	    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	free(text);
}
