#include "base/span.h"

#include <strings.h>

int
span_cmp(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n == 0 ? 0 : memcmp(a.at, b.at, n);

	if (c != 0)
		return c;
	return a.len < b.len ? -1 : a.len > b.len;
}

bool
span_ends(struct span s, struct span suffix)
{
	return s.len >= suffix.len &&
	    span_eq(
		(struct span){s.at + s.len - suffix.len, suffix.len}, suffix);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct span
span_trim(struct span s)
{
	while (s.len > 0 && is_blank(s.at[0])) {
		s.at++;
		s.len--;
	}
	while (s.len > 0 && is_blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

bool
span_caseeq(struct span a, struct span b)
{
	return a.len == b.len &&
	    (a.len == 0 || strncasecmp(a.at, b.at, a.len) == 0);
}
