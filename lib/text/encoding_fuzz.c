/*
 * Encodings: the first byte chooses one, or detection. Decoded in pieces or
 * whole, by our tables or by ICU, it is the same, and valid but for BAD_BYTE.
 */
#include <string.h>

#include "base/fuzz.h"
#include "text/encoding.h"

static void
decode(const char *name, struct span in, size_t step, struct buf *out)
{
	struct decoder *d;
	struct err err;

	if (decoder_open(&d, name, &err) == -1)
		abort();
	buf_reset(out);
	while (in.len > step) {
		decoder_feed(
		    d, (struct span){in.at, step}, false, out, NULL, NULL);
		in = (struct span){in.at + step, in.len - step};
	}
	decoder_feed(d, in, true, out, NULL, NULL);
	decoder_close(d);
}

static void
check_valid(struct span s)
{
	while (s.len > 0) {
		size_t n = utf8_valid(s);

		FUZZ_PROMISE(n == s.len || s.at[n] == BAD_BYTE);
		n += n < s.len;
		s = (struct span){s.at + n, s.len - n};
	}
}

int
LLVMFuzzerTestOneInput(const unsigned char *at, size_t n)
{
	static const char *const names[] = {"UTF-8", "UTF-16LE", "UTF-16BE",
	    "CP932", "EUC-JP", "ISO-2022-JP", "windows-1252"};
	static struct buf whole, pieces;
	struct span in = {(const char *)at, n};
	size_t which = n == 0 ? 0 : at[0] % 8, step = n < 2 ? 1 : at[1] % 7 + 1,
	       bom;
	const char *name;

	if (n < 2)
		return 0;
	in = (struct span){in.at + 2, n - 2};
	name = which == 7 ? encoding_detect(in, true, &bom) : names[which];
	FUZZ_PROMISE(name != NULL && encoding_label(name) != NULL);
	decode(name, in, in.len + 1, &whole);
	decode(name, in, step, &pieces);
	FUZZ_PROMISE(span_eq(buf_span(&whole), buf_span(&pieces)));
	check_valid(buf_span(&whole));
	return 0;
}
