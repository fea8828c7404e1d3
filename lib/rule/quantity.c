/* Numbers of a rule file: counts, durations, percentages. */
#include "rule/schema.h"

/*
 * Takes a decimal number from the front of s, in thousandths: at most nine
 * digits before the point and three behind it.
 */
static bool
take_number(struct span *s, int64_t *thousandths)
{
	size_t i = 0, point = 0;
	int64_t n = 0, scale = 1000;

	for (; i < s->len; i++) {
		if (s->at[i] == '.' && point == 0 && i > 0) {
			point = i;
			continue;
		}
		if (s->at[i] < '0' || s->at[i] > '9')
			break;
		n = n * 10 + (s->at[i] - '0');
		if (point > 0)
			scale /= 10;
		if (scale == 0 || n >= 1000000000)
			return false;
	}
	if (i == 0 || (point > 0 && i == point + 1))
		return false;
	*thousandths = n * scale;
	*s = (struct span){s->at + i, s->len - i};
	return true;
}

bool
read_integer(struct reader *r, const struct node *n, int64_t min, int64_t max,
    int64_t *out)
{
	struct span s;
	int64_t thousandths;

	if (!read_text(r, n, &s))
		return false;
	if (take_number(&s, &thousandths) && s.len == 0 &&
	    thousandths % 1000 == 0) {
		*out = thousandths / 1000;
		if (*out >= min && *out <= max)
			return true;
	}
	mistake(r, n,
	    "expected a whole number from %lld to %lld, found "
	    "\"%.*s\"",
	    (long long)min, (long long)max, SPAN_FMT(n->text));
	return false;
}

bool
read_duration(struct reader *r, const struct node *n, int64_t *out)
{
	static const struct {
		const char *name;
		int64_t ms;
	} units[] = {
	    {"ms", 1},
	    {"s", 1000},
	    {"m", 60000},
	    {"h", 3600000},
	};
	struct span s, number;
	int64_t thousandths = 0;
	bool known;

	if (!read_text(r, n, &s))
		return false;
	known = take_number(&s, &thousandths);
	for (size_t i = 0; known && i < sizeof(units) / sizeof(*units); i++) {
		int64_t part = thousandths * units[i].ms;

		if (!span_eq(s, span_of(units[i].name)) || part % 1000 != 0)
			continue;
		*out = part / 1000;
		return true;
	}
	number = (struct span){n->text.at, n->text.len - s.len};
	if (known && s.len == 0)
		mistake(r, n,
		    "\"%.*s\" has no unit: write %.*ss, %.*sm or "
		    "%.*sh",
		    SPAN_FMT(number), SPAN_FMT(number), SPAN_FMT(number),
		    SPAN_FMT(number));
	else
		mistake(r, n,
		    "\"%.*s\" is no duration: write 300ms, 60s, "
		    "15m or 1h",
		    SPAN_FMT(n->text));
	return false;
}

bool
read_percent(
    struct reader *r, const struct node *n, unsigned most, uint32_t *ppm)
{
	struct span s;
	int64_t thousandths = 0;
	bool known;

	if (!read_text(r, n, &s))
		return false;
	known = take_number(&s, &thousandths);
	if (known && s.len == 0) {
		int64_t meant = thousandths < 1000 ? thousandths * 100 :
						     thousandths;

		mistake(r, n, "\"%.*s\" has no %%: write %g%%",
		    SPAN_FMT(n->text), (double)meant / 1000);
		return false;
	}
	if (!known || !span_eq(s, SPAN("%")) ||
	    thousandths > (int64_t)most * 1000) {
		mistake(r, n,
		    "expected a percentage from 0%% to %u%%, found "
		    "\"%.*s\"",
		    most, SPAN_FMT(n->text));
		return false;
	}
	*ppm = (uint32_t)(thousandths * 10);
	return true;
}
