#include "read/timecell.h"

#include "text/utf8.h"

/* From here on minutes of a call are less likely than a time of day. */
enum { DAY_BEGINS = 5 };
#define EPOCH_LEAST 1000000000

/* The full-width forms of ASCII characters lie together from U+FF01 on. */
static void
add_narrow(struct buf *b, struct span cell)
{
	const char *at = cell.at, *end = cell.at + cell.len;

	while (at < end) {
		uint32_t c = utf8_next(&at);

		if (c == 0x3000 || c == 0xa0)
			c = ' ';
		else if (c >= 0xff01 && c <= 0xff5e && c != 0xff08 &&
		    c != 0xff09)
			c -= 0xff01 - 0x21;
		b->len += utf8_put(c, buf_room(b, 4));
	}
}

static struct span
narrow(struct timecell *t, struct span cell)
{
	buf_reset(&t->text);
	add_narrow(&t->text, cell);
	return span_trim(buf_span(&t->text));
}

/* "9:05": two parts and nothing else. */
static bool
is_short(struct span s)
{
	size_t colon = span_find(s, ':');

	return colon > 0 && colon <= 2 && s.len == colon + 3;
}

/* The file's first time decides what its times of two parts are. */
static void
decide(struct timecell *t, struct span s, struct moment m)
{
	int64_t unit = is_short(s) ? 60000 : 3600000;

	if (t->decided || span_find(s, ':') == s.len)
		return;
	t->decided = true;
	t->hours = m.ms >= DAY_BEGINS * unit && m.ms < 24 * unit;
}

static bool
is_date(struct span s)
{
	struct buf text = {0};
	struct moment m;
	bool found;

	buf_add(&text, s);
	buf_adds(&text, " 00:00");
	found = moment_parse_wall(buf_span(&text), &m);
	buf_free(&text);
	return found;
}

enum timecell_kind
timecell_read(
    struct timecell *t, struct span cell, bool epoch, struct moment *m)
{
	struct span s = narrow(t, cell);
	bool bare;

	*m = (struct moment){0};
	if (s.len == 0)
		return TIMECELL_EMPTY;
	if (moment_parse_relative(s, m)) {
		bare = span_find(s, ':') == s.len;
		decide(t, s, *m);
		if (is_short(s) && t->hours) {
			m->ms *= 60;
			m->precision = PRECISION_MINUTE;
		}
		if (!bare || (!epoch && m->ms / 1000 < EPOCH_LEAST))
			return TIMECELL_TIME;
	}
	if (moment_parse_wall(s, m))
		return TIMECELL_TIME;
	*m = (struct moment){0};
	return is_date(s) ? TIMECELL_DATE : TIMECELL_NONE;
}

bool
timecell_join(
    struct timecell *t, struct span a, struct span b, struct moment *m)
{
	for (int order = 0; order < 2; order++) {
		buf_reset(&t->text);
		add_narrow(&t->text, order == 0 ? a : b);
		buf_addc(&t->text, ' ');
		add_narrow(&t->text, order == 0 ? b : a);
		if (moment_parse_wall(buf_span(&t->text), m))
			return true;
	}
	*m = (struct moment){0};
	return false;
}

void
timecell_free(struct timecell *t)
{
	buf_free(&t->text);
}
