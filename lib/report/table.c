#include "report/table.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>

#include "base/joined.h"
#include "base/quote.h"
#include "text/clip.h"
#include "text/formula.h"

#define EVIDENCE_GRAPHEMES 80
#define BOM "\xef\xbb\xbf"

static char
delimiter(const struct table *t)
{
	return t->style.shape == TABLE_TSV ? '\t' : ',';
}

static bool
is_json(const struct table *t)
{
	return t->style.shape == TABLE_JSONL || t->style.shape == TABLE_ARRAYS;
}

static bool
is_cells(const struct table *t)
{
	return t->style.shape == TABLE_CELLS;
}

/* What stands before each cell: a delimiter, and in JSON the key. */
static void
cell_begin(struct table *t)
{
	assert(t->cell < t->ncolumns);
	if (t->style.shape == TABLE_ARRAYS)
		buf_addc(t->out, t->cell == 0 ? '[' : ',');
	else if (is_json(t)) {
		buf_addc(t->out, t->cell == 0 ? '{' : ',');
		json_quote(t->out, span_of(t->columns[t->cell]));
		buf_addc(t->out, ':');
	} else if (t->cell > 0 && !is_cells(t))
		buf_addc(t->out, delimiter(t));
	t->cell++;
}

static void
cells_add(struct table *t, enum table_cell kind, const void *at, size_t len)
{
	uint32_t n = (uint32_t)len;

	buf_addc(t->out, (char)kind);
	buf_add(t->out, (struct span){(const char *)&n, sizeof(n)});
	buf_add(t->out, (struct span){at, len});
}

/* Where nothing but digits, signs and a point are. */
static void
put_number(struct table *t, struct span decimal)
{
	cell_begin(t);
	if (is_cells(t))
		cells_add(t, TABLE_CELL_NUMBER, decimal.at, decimal.len);
	else
		buf_add(t->out, decimal);
}

/*
 * RFC 4180 wants quotes around delimiters, quotes and line breaks; blanks at
 * an edge get them too, because libcsv and others drop those unquoted.
 */
static bool
needs_quotes(struct span s, char delim)
{
	if (s.len == 0)
		return false;
	if (strchr(" \t", s.at[0]) != NULL ||
	    strchr(" \t", s.at[s.len - 1]) != NULL)
		return true;
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == delim || s.at[i] == '"' || s.at[i] == '\n' ||
		    s.at[i] == '\r')
			return true;
	return false;
}

static void
csv_cell(struct table *t, struct span s)
{
	size_t room = 2 * s.len + 2;

	if (needs_quotes(s, delimiter(t)))
		t->out->len += csv_write2(
		    buf_room(t->out, room), room, s.at, s.len, CSV_QUOTE);
	else
		buf_add(t->out, s);
}

static void
json_or_null(struct table *t, struct span s)
{
	if (s.len == 0)
		buf_adds(t->out, "null");
	else
		json_quote(t->out, s);
}

static void
put_text(struct table *t, struct span s)
{
	cell_begin(t);
	if (is_cells(t))
		cells_add(t, TABLE_CELL_TEXT, s.at, s.len);
	else if (is_json(t))
		json_or_null(t, s);
	else
		csv_cell(t, s);
}

void
table_header(struct table *t)
{
	if (is_json(t))
		return;
	if (t->style.excel && !is_cells(t))
		buf_adds(t->out, BOM);
	for (size_t i = 0; i < t->ncolumns; i++)
		put_text(t, span_of(heading_in(t->columns[i], t->style.lang)));
	table_end_row(t);
}

void
table_plain(struct table *t, struct span s)
{
	if (t->style.lang != LANG_EN && !is_json(t))
		s = word_in(t->style.lang, t->columns[t->cell], s);
	put_text(t, s);
}

void
table_text(struct table *t, struct span s)
{
	/* A workbook's texts are texts, whatever they begin with. */
	if (is_json(t) || is_cells(t) || t->style.raw || !formula_is(s)) {
		put_text(t, s);
		return;
	}
	buf_reset(&t->scratch);
	buf_addc(&t->scratch, '\'');
	buf_add(&t->scratch, s);
	put_text(t, buf_span(&t->scratch));
}

void
table_source(struct table *t, struct span path)
{
	if (span_eq(path, SPAN("-")))
		put_text(t, path);
	else
		table_text(t, path);
}

void
table_int(struct table *t, int64_t n)
{
	buf_reset(&t->scratch);
	buf_printf(&t->scratch, "%lld", (long long)n);
	put_number(t, buf_span(&t->scratch));
}

void
table_milli(struct table *t, int thousandths)
{
	int n = abs(thousandths);

	buf_reset(&t->scratch);
	buf_printf(&t->scratch, "%s%d.%03d", thousandths < 0 ? "-" : "",
	    n / 1000, n % 1000);
	put_number(t, buf_span(&t->scratch));
}

static void
cells_moment(struct table *t, struct moment m)
{
	if (!moment_known(m)) {
		table_empty(t);
		return;
	}
	cell_begin(t);
	cells_add(t, moment_wall(m) ? TABLE_CELL_WALL : TABLE_CELL_CLOCK, &m,
	    sizeof(m));
}

void
table_moment(struct table *t, struct moment m)
{
	if (is_cells(t)) {
		cells_moment(t, m);
		return;
	}
	buf_reset(&t->scratch);
	moment_print(m, t->style.excel && !is_json(t), &t->scratch);
	put_text(t, buf_span(&t->scratch));
}

void
table_duration(struct table *t, int64_t ms)
{
	buf_reset(&t->scratch);
	duration_print(ms, &t->scratch);
	put_number(t, buf_span(&t->scratch));
}

void
table_empty(struct table *t)
{
	put_text(t, (struct span){0});
}

static void
json_array(struct table *t, struct span joined, char separator)
{
	cell_begin(t);
	buf_addc(t->out, '[');
	while (joined.len > 0) {
		json_quote(t->out, joined_next(&joined, separator));
		if (joined.len > 0)
			buf_addc(t->out, ',');
	}
	buf_addc(t->out, ']');
}

/* An array of texts in JSON Lines, one text elsewhere. */
void
table_list(struct table *t, struct span joined)
{
	if (is_json(t))
		json_array(t, joined, ';');
	else
		table_text(t, joined);
}

void
table_names(struct table *t, struct span names)
{
	struct buf joined = {0};

	if (is_json(t)) {
		json_array(t, names, '\0');
		return;
	}
	joined_cell(&joined, names, '\0');
	table_text(t, buf_span(&joined));
	buf_free(&joined);
}

void
table_evidence(struct table *t, struct span text)
{
	struct buf clipped = {0};
	bool cut;
	struct span head = clip_graphemes(text, EVIDENCE_GRAPHEMES, &cut);

	if (!cut) {
		table_text(t, head);
		return;
	}
	buf_add(&clipped, head);
	buf_adds(&clipped, "…");
	table_text(t, buf_span(&clipped));
	buf_free(&clipped);
}

void
table_end_row(struct table *t)
{
	assert(t->cell == t->ncolumns);
	t->cell = 0;
	if (is_cells(t)) {
		buf_addc(t->out, TABLE_CELL_ROW);
		return;
	}
	if (is_json(t))
		buf_addc(t->out, t->style.shape == TABLE_JSONL ? '}' : ']');
	else if (t->style.excel)
		buf_addc(t->out, '\r');
	buf_addc(t->out, '\n');
}

void
table_free(struct table *t)
{
	buf_free(&t->scratch);
}
