/* show: lines of a transcript within the width of a page. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "show.h"

enum { CLOCK_COLUMNS = 8, SPEAKER_SHARE = 4, TEXT_MIN = 16 };

/* SGR parameters (ECMA-48), by enum paint. */
static const char *const paints[PAINT_N] = {
    [PAINT_NONE] = "",
    [PAINT_HEAD] = "1",
    [PAINT_DIM] = "2",
    [PAINT_PRESS] = "1;31",
    [PAINT_REPEAT] = "32",
    [PAINT_NEAR] = "33",
    [PAINT_FAULT] = "1;35",
    [PAINT_CLOSE] = "36",
};

static void
put(struct page *p, enum paint paint, struct span s)
{
	bool painted = p->options->color && paint != PAINT_NONE && s.len > 0;

	if (painted)
		fprintf(p->out, "\033[%sm", paints[paint]);
	fwrite(s.at, 1, s.len, p->out);
	if (painted)
		fputs("\033[m", p->out);
}

static size_t
room(const struct page *p, size_t indent)
{
	return p->width >= indent + TEXT_MIN ? p->width - indent : TEXT_MIN;
}

static void
put_wrapped(struct page *p, size_t indent, enum paint paint, struct span s)
{
	bool first = true;

	buf_reset(&p->line);
	width_visible(s, &p->line);
	s = buf_span(&p->line);
	do {
		size_t len = 0,
		       n = wrapper_line(p->wrapper, s, room(p, indent), &len);

		if (!first)
			fprintf(p->out, "%*s", (int)indent, "");
		first = false;
		put(p, paint, (struct span){s.at, len});
		putc('\n', p->out);
		s = (struct span){s.at + n, s.len - n};
	} while (s.len > 0);
}

void
page_text(struct page *p, size_t indent, enum paint paint, struct span s)
{
	bool first = true;

	do {
		size_t n = span_find(s, '\n');
		struct span line = {s.at, n};

		if (line.len > 0 && line.at[n - 1] == '\r')
			line.len--;
		if (!first)
			fprintf(p->out, "%*s", (int)indent, "");
		first = false;
		put_wrapped(p, indent, paint, line);
		n += n < s.len;
		s = (struct span){s.at + n, s.len - n};
	} while (s.len > 0);
}

void
page_line(struct page *p, size_t indent, enum paint paint, const char *fmt, ...)
{
	va_list ap;
	char *line;

	va_start(ap, fmt);
	line = mem_vprintf(fmt, ap);
	va_end(ap);
	fprintf(p->out, "%*s", (int)indent, "");
	put_wrapped(p, indent, paint, span_of(line));
	free(line);
}

void
page_rule(struct page *p)
{
	buf_reset(&p->line);
	for (size_t i = 0; i < p->width; i++)
		buf_addc(&p->line, '-');
	put(p, PAINT_DIM, buf_span(&p->line));
	putc('\n', p->out);
}

void
page_blank(struct page *p)
{
	putc('\n', p->out);
}

static size_t
speaker_columns(
    const struct page *p, const struct conversation *c, size_t from, size_t to)
{
	size_t most = 0, max = p->width / SPEAKER_SHARE;

	for (size_t i = from; i <= to; i++) {
		size_t w = width_of(c->at[i].speaker);

		most = w > most ? w : most;
	}
	return most < max ? most : max;
}

/* "10:00:05" of a wall clock, "1:02:03" from the start: without the day. */
static struct span
clock_text(struct moment m, struct buf *out)
{
	struct span s;
	size_t at;

	buf_reset(out);
	moment_print(m, moment_wall(m), out);
	s = buf_span(out);
	at = span_find(s, ' ');
	if (at < s.len)
		s = (struct span){s.at + at + 1, s.len - at - 1};
	at = span_find(s, '.');
	return (struct span){s.at, at};
}

static const char role_marks[] = {
    [ROLE_UNKNOWN] = '?',
    [ROLE_AGENT] = 'A',
    [ROLE_CUSTOMER] = 'C',
    [ROLE_OTHER] = '-',
};

/* The clock, the role's mark and the speaker; returns where text begins. */
static size_t
put_head(struct page *p, const struct utterance *u, size_t speaker)
{
	struct buf clock = {0};
	struct span name;

	buf_reset(&p->line);
	width_visible(u->speaker, &p->line);
	name = buf_span(&p->line);
	if (width_of(name) > speaker) {
		p->line.len = width_prefix(name, speaker - 1).len;
		buf_adds(&p->line, "…");
		name = buf_span(&p->line);
	}
	fprintf(p->out, "%*.*s %c ", CLOCK_COLUMNS,
	    SPAN_FMT(clock_text(u->start, &clock)), role_marks[u->role]);
	put(p, u->role == ROLE_CUSTOMER ? PAINT_HEAD : PAINT_NONE, name);
	fprintf(p->out, "%*s",
	    (int)(speaker - width_of(name) + (speaker > 0 ? 2 : 0)), "");
	buf_free(&clock);
	return CLOCK_COLUMNS + 3 + speaker + (speaker > 0 ? 2 : 0);
}

/* Remarks by utterance, each in the order in which they were made: numbers of
 * remarks from 1. */
struct remarked {
	size_t *first; /* of each utterance from..to; 0: it has none */
	size_t *next;  /* of each remark */
};

static struct remarked
remarked_of(const struct remarks *remarks, const struct utterance *from,
    const struct utterance *to)
{
	struct remarked r = {
	    mem_alloc((size_t)(to - from + 1) * sizeof(*r.first)),
	    mem_alloc((remarks->n + 1) * sizeof(*r.next))};

	for (size_t k = remarks->n; k > 0; k--) {
		const struct utterance *at = remarks->at[k - 1].at;

		if (at < from || at > to)
			continue;
		r.next[k] = r.first[at - from];
		r.first[at - from] = k;
	}
	return r;
}

void
page_utterances(struct page *p, const struct conversation *c, size_t from,
    size_t to, const struct remarks *remarks)
{
	size_t speaker = speaker_columns(p, c, from, to);
	struct remarked by = remarked_of(remarks, &c->at[from], &c->at[to]);

	for (size_t i = from; i <= to; i++) {
		const struct utterance *u = &c->at[i];
		size_t indent = put_head(p, u, speaker);

		page_text(p, indent, u->backchannel ? PAINT_DIM : PAINT_NONE,
		    u->text);
		for (size_t k = by.first[i - from]; k != 0; k = by.next[k]) {
			const struct remark *r = &remarks->at[k - 1];

			fprintf(p->out, "%*s", (int)indent, "");
			page_text(p, indent + 2, r->paint, r->text);
		}
	}
	free(by.first);
	free(by.next);
}
