#include "fresh.h"

#include <time.h>

static void
take(struct moment *newest, struct moment m)
{
	if (!moment_known(*newest) || m.ms > newest->ms)
		*newest = m;
}

bool
newest_counts(struct moment m, int64_t now_ms)
{
	enum { DAY_MS = 24 * 60 * 60 * 1000 };

	return moment_wall(m) && (now_ms == 0 || m.ms <= now_ms + DAY_MS);
}

static struct moment
last_that_counts(const struct conversation *c, int64_t now_ms)
{
	struct moment last = conversation_last(c);

	if (!moment_wall(last) || newest_counts(last, now_ms))
		return last;
	last = (struct moment){0};
	for (size_t i = 0; i < c->n; i++) {
		struct moment m = utterance_end(&c->at[i]);

		if (newest_counts(m, now_ms))
			take(&last, m);
	}
	return last;
}

void
newest_add(struct newest *n, const struct conversation *c, int64_t now_ms)
{
	struct moment last = last_that_counts(c, now_ms);

	if (last.clock == CLOCK_ZONED)
		take(&n->zoned, last);
	else if (last.clock == CLOCK_NAIVE)
		take(&n->naive, last);
}

void
newest_join(struct newest *n, const struct newest *other)
{
	if (moment_known(other->zoned))
		take(&n->zoned, other->zoned);
	if (moment_known(other->naive))
		take(&n->naive, other->naive);
}

int
fresh_now(const char *now, const struct run *r, int64_t *ms, struct err *err)
{
	struct moment m;

	*ms = (int64_t)time(NULL) * 1000;
	if (now == NULL)
		return 0;
	if (!moment_parse_wall(span_of(now), &m))
		return fail(err,
		    "OFUKU_NOW=%s: no time: write "
		    "2026-10-01T09:00:00+09:00",
		    now);
	*ms = moment_zoned(m, r->zone).ms;
	return 0;
}

/* "36h", "90m", "45s" */
static void
print_limit(uint64_t seconds, struct buf *out)
{
	static const struct {
		uint64_t seconds;
		char unit;
	} units[] = {{3600, 'h'}, {60, 'm'}, {1, 's'}};
	size_t i = 0;

	while (seconds % units[i].seconds != 0)
		i++;
	buf_printf(out, "%llu%c",
	    (unsigned long long)(seconds / units[i].seconds), units[i].unit);
}

/* A clock without a zone is of the run's. */
static struct moment
newest_of(const struct newest *n, const struct zone *zone)
{
	struct moment m = moment_zoned(n->naive, zone);

	return moment_known(n->zoned) &&
		(!moment_known(m) || n->zoned.ms > m.ms) ?
	    n->zoned :
	    m;
}

void
fresh_check(
    struct run *r, const struct newest *n, uint64_t limit, int64_t now_ms)
{
	struct moment m = newest_of(n, r->zone);
	struct buf asked = {0}, newest = {0};

	if (moment_known(m) && now_ms - m.ms <= (int64_t)limit * 1000)
		return;
	print_limit(limit, &asked);
	moment_print(m, false, &newest);
	if (moment_known(m))
		run_say(r, OFUKU_SAY_ERROR,
		    "--fresh %s: the newest utterance is of %s, %s%lld "
		    "hours ago: see whether the export goes on",
		    buf_cstr(&asked), buf_cstr(&newest),
		    (now_ms - m.ms) % 3600000 > 0 ? "more than " : "",
		    (long long)((now_ms - m.ms) / 3600000));
	else
		run_say(r, OFUKU_SAY_ERROR,
		    "--fresh %s: no utterance with a wall clock was audited: "
		    "see whether the export is complete",
		    buf_cstr(&asked));
	buf_free(&asked);
	buf_free(&newest);
}
