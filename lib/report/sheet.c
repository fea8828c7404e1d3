#include "report/sheet.h"

#include <stdlib.h>

#include "base/mem.h"
#include "text/width.h"

static struct cell *
add(struct sheet *s, enum cell_kind kind)
{
	struct cell *c;

	s->cells = mem_grow(s->cells, &s->cap, s->n + 1, sizeof(*s->cells));
	c = &s->cells[s->n++];
	*c = (struct cell){.kind = kind};
	return c;
}

void
sheet_text(struct sheet *s, struct span text)
{
	add(s, CELL_TEXT)->text = arena_dup(&s->arena, text);
}

void
sheet_list(struct sheet *s, struct span joined)
{
	add(s, CELL_LIST)->text = arena_dup(&s->arena, joined);
}

void
sheet_number(struct sheet *s, enum cell_kind kind, int64_t n)
{
	add(s, kind)->n = n;
}

void
sheet_empty(struct sheet *s)
{
	add(s, CELL_EMPTY);
}

void
sheet_free(struct sheet *s)
{
	arena_free(&s->arena);
	free(s->cells);
}

static void
put(struct table *t, const struct cell *c)
{
	const char *name = t->columns[t->cell];

	switch (c->kind) {
	case CELL_EMPTY:
		table_empty(t);
		break;
	case CELL_TEXT:
		table_source(t,
		    t->style.shape == TABLE_JSONL ?
			c->text :
			word_in(t->style.lang, name, c->text));
		break;
	case CELL_LIST:
		table_list(t, c->text);
		break;
	case CELL_INT:
		table_int(t, c->n);
		break;
	case CELL_MILLI:
	case CELL_CHANGE:
		table_milli(t, (int)c->n);
		break;
	case CELL_DURATION:
		table_duration(t, c->n);
		break;
	}
}

void
sheet_table(const struct sheet *s, struct table_style style, struct buf *out)
{
	const char **names = mem_alloc(s->ncolumns * sizeof(*names));
	struct table t = {.style = style,
	    .columns = names,
	    .ncolumns = s->ncolumns,
	    .out = out};

	for (size_t i = 0; i < s->ncolumns; i++)
		names[i] = s->columns[i].name;
	table_header(&t);
	for (size_t k = 0; k < s->n; k += s->ncolumns) {
		for (size_t i = 0; i < s->ncolumns; i++)
			put(&t, &s->cells[k + i]);
		table_end_row(&t);
	}
	table_free(&t);
	free(names);
}

/* A column as it is laid out. */
struct lane {
	bool shown, right;
	size_t width;
};

struct layout {
	const struct sheet *sheet;
	enum lang lang;
	struct lane *lanes;
	struct buf *out;
	struct buf cell;
	size_t padding; /* blanks owed */
	size_t gap;     /* between columns */
};

/*
 * Japanese heads say all, and stand under no group; aligned, durations are
 * not in seconds.
 */
static struct span
head_of(const struct layout *l, size_t i)
{
	static const struct span seconds = SPAN("(秒)");
	const struct sheet_column *c = &l->sheet->columns[i];
	struct span head = span_of(
	    l->lang == LANG_EN ? c->head : heading_in(c->name, l->lang));

	if (l->lang != LANG_EN && span_ends(head, seconds))
		head.len -= seconds.len;
	return head;
}

static const char *
group_of(const struct layout *l, size_t i)
{
	return l->lang == LANG_EN ? l->sheet->columns[i].group : NULL;
}

/* Cell k of all, as it is shown. */
static void
cell_text(const struct layout *l, size_t k, struct buf *out)
{
	const struct sheet *s = l->sheet;
	const struct cell *c = &s->cells[k];
	long long n = (long long)c->n;

	buf_reset(out);
	if (c->kind == CELL_TEXT || c->kind == CELL_LIST)
		width_visible(
		    word_in(l->lang, s->columns[k % s->ncolumns].name, c->text),
		    out);
	if (c->kind == CELL_INT)
		buf_printf(out, "%lld", n);
	else if (c->kind == CELL_MILLI)
		buf_printf(out, "%lld.%03lld", n / 1000, n % 1000);
	else if (c->kind == CELL_CHANGE)
		buf_printf(out, "%s%lld.%03lld", n < 0 ? "-" : "+",
		    llabs(n) / 1000, llabs(n) % 1000);
	else if (c->kind == CELL_DURATION)
		buf_printf(out, "%lld:%02lld", (n + 500) / 60000,
		    (n + 500) / 1000 % 60);
	if (out->len == 0)
		buf_addc(out, '-');
}

static bool
is_nothing(const struct cell *c)
{
	return c->text.len == 0 && c->n == 0 && c->kind != CELL_MILLI &&
	    c->kind != CELL_CHANGE;
}

static void
measure_column(struct layout *l, size_t i)
{
	const struct sheet *s = l->sheet;
	struct lane *lane = &l->lanes[i];

	if (s->columns[i].head == NULL)
		return;
	lane->width = width_of(head_of(l, i));
	for (size_t k = i; k < s->n; k += s->ncolumns) {
		const struct cell *c = &s->cells[k];
		size_t w;

		cell_text(l, k, &l->cell);
		w = width_of(buf_span(&l->cell));
		lane->width = w > lane->width ? w : lane->width;
		lane->shown |= !is_nothing(c);
		lane->right |= c->kind > CELL_LIST;
	}
}

/* Blanks are written before what follows them, so that no line ends so. */
static void
pad(struct layout *l, size_t n)
{
	l->padding += n;
}

static void
write_text(struct layout *l, struct span text)
{
	if (text.len == 0)
		return;
	buf_printf(l->out, "%*s", (int)l->padding, "");
	buf_add(l->out, text);
	l->padding = 0;
}

static void
lane_text(struct layout *l, const struct lane *lane, struct span text)
{
	size_t w = width_of(text), rest = lane->width > w ? lane->width - w : 0;

	pad(l, lane->right ? rest : 0);
	write_text(l, text);
	pad(l, (lane->right ? 0 : rest) + l->gap);
}

static void
end_line(struct layout *l)
{
	buf_addc(l->out, '\n');
	l->padding = 0;
}

/* Columns i.. up to the return share a group; *width is what they take. */
static size_t
group_end(const struct layout *l, size_t i, size_t *width)
{
	const char *group = group_of(l, i);

	*width = 0;
	do {
		if (l->lanes[i].shown)
			*width += l->lanes[i].width + l->gap;
		i++;
	} while (i < l->sheet->ncolumns && group != NULL &&
	    group_of(l, i) != NULL && strcmp(group_of(l, i), group) == 0);
	return i;
}

/* Makes a group's columns wide enough for its name. */
static void
widen_groups(struct layout *l)
{
	size_t width, end;

	for (size_t i = 0; i < l->sheet->ncolumns; i = end) {
		const char *group = group_of(l, i);
		size_t want = group == NULL ? 0 : width_of(span_of(group));

		end = group_end(l, i, &width);
		if (width > 0 && width < want + l->gap)
			l->lanes[end - 1].width += want + l->gap - width;
	}
}

static bool
has_groups(const struct layout *l)
{
	for (size_t i = 0; i < l->sheet->ncolumns; i++)
		if (group_of(l, i) != NULL)
			return true;
	return false;
}

static void
group_line(struct layout *l)
{
	size_t width, end;

	if (!has_groups(l))
		return;
	for (size_t i = 0; i < l->sheet->ncolumns; i = end) {
		const char *group = group_of(l, i);
		size_t used = group == NULL ? 0 : width_of(span_of(group));

		end = group_end(l, i, &width);
		if (width == 0)
			continue;
		/* Over the columns, at their right as numbers stand. */
		pad(l, width - l->gap - used);
		write_text(l, span_of(group));
		pad(l, l->gap);
	}
	end_line(l);
}

static void
write_lines(struct layout *l)
{
	const struct sheet *s = l->sheet;

	group_line(l);
	for (size_t i = 0; i < s->ncolumns; i++)
		if (l->lanes[i].shown)
			lane_text(l, &l->lanes[i], head_of(l, i));
	end_line(l);
	for (size_t k = 0; k < s->n; k += s->ncolumns) {
		for (size_t i = 0; i < s->ncolumns; i++) {
			cell_text(l, k + i, &l->cell);
			if (l->lanes[i].shown)
				lane_text(l, &l->lanes[i], buf_span(&l->cell));
		}
		end_line(l);
	}
}

/* Lays the columns out, gap blanks apart; returns their width. */
static size_t
lay_out(struct layout *l, size_t gap)
{
	size_t width = 0;

	memset(l->lanes, 0, l->sheet->ncolumns * sizeof(*l->lanes));
	l->gap = gap;
	for (size_t i = 0; i < l->sheet->ncolumns; i++)
		measure_column(l, i);
	widen_groups(l);
	for (size_t i = 0; i < l->sheet->ncolumns; i++)
		if (l->lanes[i].shown)
			width += l->lanes[i].width + gap;
	return width > gap ? width - gap : 0;
}

void
sheet_align(
    const struct sheet *s, size_t width, enum lang lang, struct buf *out)
{
	struct layout l = {.sheet = s, .lang = lang, .out = out};

	l.lanes = mem_alloc(s->ncolumns * sizeof(*l.lanes));
	if (lay_out(&l, 2) > width && width > 0)
		lay_out(&l, 1);
	write_lines(&l);
	free(l.lanes);
	buf_free(&l.cell);
}
