#include <criterion/criterion.h>

#include "rule/align.h"

static size_t
points(const char *text, uint32_t *out, uint16_t *units)
{
	size_t n = 0;

	for (; text[n] != '\0'; n++) {
		out[n] = (unsigned char)text[n];
		units[n] = (unsigned char)text[n];
	}
	return n;
}

static void
check(const char *want, const char *said, const char *script)
{
	uint32_t w[64], s[64];
	uint16_t units[64];
	struct wording wording = {.points = w};
	struct buf out = {0};
	size_t n;

	wording.npoints = points(want, w, units);
	n = points(said, s, units);
	phrase_align(&wording, units, n, &out);
	cr_expect_str_eq(buf_cstr(&out), script);
	buf_free(&out);
}

Test(align, scripts)
{
	check("", "", "");
	check("abc", "abc", "abc");
	check("abc", "", "[-abc-]");
	check("", "abc", "{+abc+}");
	check("abcd", "acd", "a[-b-]cd");
	check("acd", "abcd", "a{+b+}cd");
	check("abcd", "axxd", "a[-bc-]{+xx+}d");
	check("kitten", "sitting", "[-k-]{+s+}itt[-e-]{+i+}n{+g+}");
}

Test(align, beyond_the_first_plane)
{
	uint32_t w[] = {0x20bb7, 0x91ce};
	uint16_t units[] = {0xd842, 0xdfb7, 0x5bb6};
	struct wording wording = {.points = w, .npoints = 2};
	struct buf out = {0};

	phrase_align(&wording, units, 3, &out);
	cr_expect_str_eq(buf_cstr(&out), "𠮷[-野-]{+家+}");
	buf_free(&out);
}
