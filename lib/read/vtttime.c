#include "read/vtttime.h"

#include <stddef.h>
#include <stdint.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits at *i, at least one; *n: how many there were. */
static bool
digits(struct span s, size_t *i, size_t *n, int64_t *value)
{
	const size_t from = *i;
	size_t at = from;
	int64_t v = 0;

	for (; at < s.len && is_digit(s.at[at]); at++)
		if (v < INT64_C(1) << 32)
			v = v * 10 + (s.at[at] - '0');
	*value = v;
	*n = at - from;
	*i = at;
	return at > from;
}

static bool
character(struct span s, size_t *i, char c)
{
	if (*i >= s.len || s.at[*i] != c)
		return false;
	++*i;
	return true;
}

/* What two digits say; 100: they are none. */
static int64_t
two(const char *at)
{
	return is_digit(at[0]) && is_digit(at[1]) ?
	    (at[0] - '0') * 10 + (at[1] - '0') :
	    100;
}

/* The milliseconds of ":ss.mmm" with no further digit; -1: it is none. */
static int64_t
seconds(struct span s, size_t i)
{
	enum { LENGTH = 7 };
	const char *at = s.at + i;
	int64_t whole, hundredths;

	if (s.len - i < LENGTH || at[0] != ':' || at[3] != '.' ||
	    !is_digit(at[6]) || (s.len - i > LENGTH && is_digit(at[7])))
		return -1;
	whole = two(at + 1);
	hundredths = two(at + 4);
	return whole > 59 || hundredths > 99 ?
	    -1 :
	    whole * 1000 + hundredths * 10 + (at[6] - '0');
}

static bool
at_time(int64_t hours, int64_t minutes, int64_t seconds, int64_t ms,
    struct moment *out)
{
	*out = moment_relative_ms(
	    (hours * 3600 + minutes * 60 + seconds) * 1000);
	out->ms += ms;
	return moment_known(*out);
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
/* "hh:mm:ss.mmm" with no further digit, as nearly all are, at once. */
static inline bool
full_timestamp(struct span s, size_t *i, struct moment *out)
{
	enum { LENGTH = 12 };
	const uint64_t zeros = UINT64_C(0x30303a30303a3030);  /* 00:00:00 */
	const uint64_t beyond = UINT64_C(0x76767f76767f7676); /* to 0x80 */
	const char *at = s.at + *i;
	uint64_t bytes, pairs, minutes, sec;
	uint32_t ms;

	if (s.len - *i < LENGTH ||
	    (s.len - *i > LENGTH && is_digit(at[LENGTH])))
		return false;
	memcpy(&bytes, at, sizeof(bytes));
	memcpy(&ms, at + sizeof(bytes), sizeof(ms));
	bytes ^= zeros;
	ms ^= 0x3030302e; /* .000 */
	if (((bytes | (bytes + beyond)) & UINT64_C(0x8080808080808080)) != 0 ||
	    ((ms | (ms + 0x7676767f)) & 0x80808080) != 0)
		return false;
	pairs = bytes * 10 + (bytes >> 8);
	minutes = pairs >> 24 & 0xff;
	sec = pairs >> 48 & 0xff;
	if (minutes > 59 || sec > 59)
		return false;
	ms = (ms >> 8 & 0xff) * 100 + (ms >> 16 & 0xff) * 10 + (ms >> 24);
	*out = moment_relative_ms((
	    int64_t)(((pairs & 0xff) * 3600 + minutes * 60 + sec) * 1000 + ms));
	*i += LENGTH;
	return true;
}
#else
static bool
full_timestamp(struct span s, size_t *i, struct moment *out)
{
	(void)s;
	(void)i;
	(void)out;
	return false;
}
#endif

/* "Collect a WebVTT timestamp": [h+:]mm:ss.mmm */
static bool
timestamp(struct span s, size_t *i, struct moment *out)
{
	int64_t first, minutes = 100, ms = -1;
	size_t n, at;

	if (full_timestamp(s, i, out))
		return true;
	if (!digits(s, i, &n, &first))
		return false;
	at = *i;
	if (s.len - at > 3 && s.at[at] == ':')
		minutes = two(s.at + at + 1);
	if (minutes <= 59)
		ms = seconds(s, at + 3);
	if (ms >= 0) {
		*i = at + 10;
	} else if (n == 2 && first <= 59 && (ms = seconds(s, at)) >= 0) {
		minutes = first;
		first = 0;
		*i = at + 7;
	} else {
		return false;
	}
	return at_time(first, minutes, ms / 1000, ms % 1000, out);
}

static void
skip_space(struct span s, size_t *i)
{
	while (*i < s.len &&
	    (s.at[*i] == ' ' || s.at[*i] == '\t' || s.at[*i] == '\f'))
		++*i;
}

/* A number without zeros in front. */
static bool
bare(struct span s, size_t *i, int64_t *value)
{
	const size_t from = *i;
	size_t n;

	return digits(s, i, &n, value) && (n == 1 || s.at[from] != '0');
}

/* One to three decimals of a second. */
static bool
decimals(struct span s, size_t *i, int64_t *ms)
{
	size_t n;

	if (!digits(s, i, &n, ms) || n > 3)
		return false;
	for (; n < 3; n++)
		*ms *= 10;
	return true;
}

/* "0:0:5.320". Parts of two digits with a zero in front are the standard's,
 * which wants all of them so. */
static bool
bare_timestamp(struct span s, size_t *i, struct moment *out)
{
	int64_t hours, minutes, seconds, ms;

	return bare(s, i, &hours) && character(s, i, ':') &&
	    bare(s, i, &minutes) && character(s, i, ':') &&
	    bare(s, i, &seconds) && character(s, i, '.') &&
	    decimals(s, i, &ms) && minutes <= 59 && seconds <= 59 &&
	    at_time(hours, minutes, seconds, ms, out);
}

/* Either kind, or what lies so long before the start. */
static bool
signed_timestamp(struct span s, size_t *i, struct moment *out, bool *early)
{
	const bool negative = character(s, i, '-');
	const size_t from = *i;

	if (!timestamp(s, i, out)) {
		*i = from;
		if (!bare_timestamp(s, i, out))
			return false;
	}
	if (negative && out->ms > 0) {
		out->ms = 0;
		*early = true;
	}
	return true;
}

static bool
arrow(struct span s, size_t *i)
{
	if (s.len - *i > 5 && memcmp(s.at + *i, " --> ", 5) == 0 &&
	    is_digit(s.at[*i + 5])) {
		*i += 5;
		return true;
	}
	skip_space(s, i);
	if (s.len - *i < 3 || memcmp(s.at + *i, "-->", 3) != 0)
		return false;
	*i += 3;
	skip_space(s, i);
	return true;
}

/* What follows the times is where to draw: no matter here. */
static bool
timings(struct span s, struct moment *start, struct moment *end)
{
	size_t i = 0;

	skip_space(s, &i);
	return timestamp(s, &i, start) && arrow(s, &i) && timestamp(s, &i, end);
}

/* Graph writes two times and nothing else. */
static bool
graph_timings(
    struct span s, struct moment *start, struct moment *end, bool *early)
{
	size_t i = 0;

	skip_space(s, &i);
	if (!signed_timestamp(s, &i, start, early) || !arrow(s, &i) ||
	    !signed_timestamp(s, &i, end, early))
		return false;
	skip_space(s, &i);
	return i == s.len;
}

bool
vtt_timings(
    struct span line, struct moment *start, struct moment *end, bool *early)
{
	*early = false;
	return timings(line, start, end) ||
	    graph_timings(line, start, end, early);
}
