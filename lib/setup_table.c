/* Which column of a table holds what: by its name, else by what is in it. */
#include "setup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/map.h"
#include "read/csvrecord.h"
#include "read/csvtable.h"
#include "read/timecell.h"
#include "text/width.h"

enum { ROWS = 2000, COLUMNS_MOST = 200, HEAD = 64 << 10 };

/* What is in a column. */
struct seen {
	size_t filled;
	size_t wall, relative; /* times of either kind, with : or . */
	size_t days, hours;    /* the day alone, the time of day alone */
	size_t roles;          /* names of roles that the pack knows */
	size_t width;          /* of all its cells */
	size_t changes;        /* rows in which it is another than before */
	size_t distinct;
	struct map values;
	struct span last;
	struct moment *times; /* of each row, of a wall clock */
};

struct table {
	struct setup_table *out;
	const struct pack *pack;
	struct viewer *viewer;
	struct arena *arena;
	struct span *header;
	struct seen *columns;
	struct timecell cell; /* scratch */
	size_t n, rows;
	bool taken[COLUMNS_MOST];
};

static bool
has_mark(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == ':' || s.at[i] == '.')
			return true;
	return false;
}

static void
see_value(struct table *t, struct seen *c, struct span cell)
{
	void **slot;

	if (t->rows == 0 || !span_eq(c->last, cell))
		c->changes++;
	c->last = arena_dup(t->arena, cell);
	slot = map_slot(&c->values, c->last);
	c->distinct += *slot == NULL;
	*slot = c;
}

static void
see_cell(struct table *t, struct seen *c, struct span cell)
{
	struct moment m;

	cell = span_trim(cell);
	see_value(t, c, cell);
	if (cell.len == 0)
		return;
	c->filled++;
	c->width += width_of(cell);
	if (moment_parse_wall(cell, &m) && cell.len >= 8) {
		c->wall++;
		c->times[t->rows] = m;
	} else if (has_mark(cell) && moment_parse_relative(cell, &m)) {
		c->relative++;
	}
	c->days += timecell_read(&t->cell, cell, false, &m) == TIMECELL_DATE;
	c->hours += timecell_join(&t->cell, SPAN("2026-10-01"), cell, &m);
	c->roles += pack_role(t->pack, t->viewer, cell) != ROLE_UNKNOWN;
}

static void
see_row(struct table *t, const struct csvrow *row)
{
	for (size_t i = 0; i < t->n; i++)
		see_cell(t, &t->columns[i], csvrow_cell(row, i));
	t->rows++;
}

static void
set_header(struct table *t, const struct csvrow *row)
{
	t->n = row->n < COLUMNS_MOST ? row->n : COLUMNS_MOST;
	t->header = arena_alloc(t->arena, t->n * sizeof(*t->header));
	t->columns = arena_alloc(t->arena, t->n * sizeof(*t->columns));
	for (size_t i = 0; i < t->n; i++) {
		t->header[i] = arena_dup(
		    t->arena, span_trim(csvrow_cell(row, i)));
		t->columns[i].times = arena_alloc(
		    t->arena, ROWS * sizeof(struct moment));
	}
}

/* A first row that says when something was said names no columns. */
static bool
is_header(const struct table *t)
{
	struct moment m;

	for (size_t i = 0; i < t->n; i++)
		if (t->header[i].len >= 8 &&
		    moment_parse_wall(t->header[i], &m))
			return false;
	return true;
}

/* By name where that is one for --map, else by number. */
static struct span
name_of(const struct table *t, size_t i)
{
	struct span name = t->header[i];
	bool plain = name.len > 0 && !t->out->no_header;

	for (size_t k = 0; k < name.len; k++)
		plain &= strchr(",=\n\r\t", name.at[k]) == NULL;
	for (size_t k = 0; k < t->n; k++)
		plain &= k == i || !span_eq(t->header[k], name);
	return plain ? name : span_of(arena_printf(t->arena, "%zu", i + 1));
}

static void
assign(struct table *t, enum column c, size_t i, bool known)
{
	if (t->out->names[c].len > 0 || t->taken[i])
		return;
	t->out->names[c] = name_of(t, i);
	t->out->known[c] = known;
	t->taken[i] = true;
}

static bool
mostly(size_t part, size_t whole)
{
	return whole > 0 && part * 10 >= whole * 9;
}

/* The second column of at: "日付+時刻". */
static void
add_hours(struct table *t, size_t i)
{
	t->taken[i] = true;
	t->out->names[COLUMN_AT] = span_of(arena_printf(t->arena, "%.*s+%.*s",
	    SPAN_FMT(t->out->names[COLUMN_AT]), SPAN_FMT(name_of(t, i))));
}

/* The day may stand in one column, and the time of day in another. */
static void
guess_days(struct table *t)
{
	size_t day = t->n, hours = t->n;

	for (size_t i = t->n; i-- > 0;) {
		const struct seen *c = &t->columns[i];

		if (!t->taken[i] && mostly(c->days, c->filled))
			day = i;
		else if (!t->taken[i] && mostly(c->hours, c->filled))
			hours = i;
	}
	if (day == t->n || hours == t->n)
		return;
	assign(t, COLUMN_AT, day, false);
	add_hours(t, hours);
}

/* Times stand in columns that hold nothing else. */
static void
guess_times(struct table *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (!t->taken[i] &&
		    mostly(t->columns[i].wall, t->columns[i].filled))
			assign(t, COLUMN_AT, i, false);
	if (t->out->names[COLUMN_AT].len == 0 &&
	    t->out->names[COLUMN_START].len == 0)
		guess_days(t);
	if (t->out->names[COLUMN_AT].len > 0)
		return;
	for (size_t i = 0; i < t->n; i++)
		if (!t->taken[i] &&
		    mostly(t->columns[i].relative, t->columns[i].filled))
			assign(t, COLUMN_START, i, false);
}

static bool
is_time(const struct seen *c)
{
	return mostly(c->wall + c->relative, c->filled);
}

/* What is said is the widest, and seldom the same. */
static void
guess_text(struct table *t)
{
	size_t best = t->n;

	for (size_t i = 0; i < t->n; i++) {
		const struct seen *c = &t->columns[i];

		if (t->taken[i] || is_time(c) || c->width < 6 * c->filled ||
		    c->distinct * 8 < c->filled)
			continue;
		if (best == t->n || c->width > t->columns[best].width)
			best = i;
	}
	if (best < t->n)
		assign(t, COLUMN_TEXT, best, false);
}

/* An id stands over some rows and then comes no more. */
static void
guess_conversation(struct table *t)
{
	size_t best = t->n;

	for (size_t i = 0; i < t->n; i++) {
		const struct seen *c = &t->columns[i];

		if (t->taken[i] || is_time(c) || c->distinct < 2 ||
		    c->distinct * 2 > t->rows || !mostly(c->filled, t->rows) ||
		    !mostly(c->distinct, c->changes))
			continue;
		if (best == t->n || c->distinct > t->columns[best].distinct)
			best = i;
	}
	if (best < t->n)
		assign(t, COLUMN_CONVERSATION, best, false);
}

/* Roles have names; speakers take turns. */
static void
guess_speakers(struct table *t)
{
	size_t best = t->n;

	for (size_t i = 0; i < t->n; i++)
		if (!t->taken[i] &&
		    mostly(t->columns[i].roles, t->columns[i].filled))
			assign(t, COLUMN_ROLE, i, false);
	for (size_t i = 0; i < t->n; i++) {
		const struct seen *c = &t->columns[i];

		if (t->taken[i] || is_time(c) || c->distinct < 2 ||
		    c->distinct * 2 > t->rows + 2 || c->changes * 3 < t->rows ||
		    c->width > 24 * c->filled)
			continue;
		if (best == t->n || c->changes > t->columns[best].changes)
			best = i;
	}
	if (best < t->n)
		assign(t, COLUMN_SPEAKER, best, false);
}

/*
 * A column of roles whose words are known for none (OP, CU) tells speakers
 * apart, whom patterns on their names make agents; unless --map wants it so.
 */
static enum column
roles_or_codes(
    const struct table *t, size_t i, const struct read_options *options)
{
	for (size_t k = 0; k < options->nmap; k++)
		if (options->map[k].column == COLUMN_ROLE)
			return COLUMN_ROLE;
	if (t->out->names[COLUMN_SPEAKER].len > 0 ||
	    mostly(t->columns[i].roles, t->columns[i].filled))
		return COLUMN_ROLE;
	return COLUMN_SPEAKER;
}

/* What the pack and the user know goes first. */
static void
take_known(struct table *t, const struct csvrow *header,
    const struct read_options *options)
{
	const struct csvnames names = {t->pack, t->viewer, options};
	struct csvtable known;

	csvtable_map(&known, &names, t->out->no_header ? NULL : header);
	for (size_t c = 0; c < COLUMN_N; c++) {
		size_t i = (size_t)known.at[c];
		enum column as = (enum column)c;

		if (known.at[c] < 0 || i >= t->n)
			continue;
		if (as == COLUMN_ROLE)
			as = roles_or_codes(t, i, options);
		assign(t, as, i, as == (enum column)c);
	}
	if (known.at2 >= 0 && (size_t)known.at2 < t->n)
		add_hours(t, (size_t)known.at2);
}

static int
read_rows(struct table *t, struct csvrecords *records, struct csvrow *row,
    struct err *err)
{
	struct csvrecord rec;
	int rc = 1;

	while (
	    t->rows < ROWS && (rc = csvrecords_next(records, &rec, err)) == 1) {
		if (rec.damage != NULL)
			continue;
		csvrow_parse(row, rec.text);
		if (row->n == t->n)
			see_row(t, row);
	}
	return rc == -1 ? -1 : 0;
}

static int
look(struct table *t, struct stream *in, char delimiter,
    const struct read_options *options, struct err *err)
{
	struct csvrecords records = {.in = in,
	    .max = RECORD_MAX_DEFAULT,
	    .quotes = {.delimiter = delimiter}};
	struct csvrow header, row;
	struct csvrecord rec;
	int rc;

	csvrow_open(&header, delimiter);
	csvrow_open(&row, delimiter);
	rc = csvrecords_next(&records, &rec, err);
	if (rc == 1) {
		csvrow_parse(&header, rec.text);
		set_header(t, &header);
		t->out->no_header = options->no_header || !is_header(t);
		if (t->out->no_header)
			see_row(t, &header);
		rc = read_rows(t, &records, &row, err);
		take_known(t, &header, options);
	}
	csvrow_close(&header);
	csvrow_close(&row);
	csvrecords_close(&records);
	return rc == -1 ? -1 : 0;
}

/* So that what was not understood is seen, say a day of 令和. */
static void
name_unused(struct table *t)
{
	struct buf b = {0};

	for (size_t i = 0; i < t->n; i++)
		if (!t->taken[i] && t->columns[i].filled > 0)
			buf_printf(&b, "%s%.*s", b.len > 0 ? ", " : "",
			    SPAN_FMT(name_of(t, i)));
	t->out->unused = arena_dup(t->arena, buf_span(&b));
	buf_free(&b);
}

static int
look_at(struct table *t, struct stream *in, const struct read_options *options,
    struct err *err)
{
	const struct csvnames names = {t->pack, t->viewer, options};
	struct csvshape shape;
	struct span head;
	bool whole;

	t->out->encoding = stream_encoding(in, &t->out->encoding_guessed);
	if (stream_peek(in, HEAD, &head, &whole, err) == -1)
		return -1;
	shape = csvshape_of(head, whole, &names);
	t->out->delimiter = shape.delimiter;
	t->out->is_table = shape.columns > 1 && shape.rows > 0 &&
	    shape.fitting * 10 >= shape.rows * 8;
	if (!t->out->is_table)
		return 0;
	if (look(t, in, shape.delimiter, options, err) == -1)
		return -1;
	guess_times(t);
	guess_text(t);
	guess_conversation(t);
	guess_speakers(t);
	name_unused(t);
	t->out->rows = t->rows;
	t->out->is_table = t->out->names[COLUMN_TEXT].len > 0;
	return 0;
}

int
setup_table(struct setup_table *out, const struct pack *pack,
    struct viewer *viewer, const struct ofuku_input *input,
    const struct read_options *options, const char *path, struct arena *arena,
    struct err *err)
{
	struct table t = {
	    .out = out, .pack = pack, .viewer = viewer, .arena = arena};
	struct stream *in;
	int fd = open(path, O_RDONLY | O_CLOEXEC), rc;

	*out = (struct setup_table){.is_table = false};
	if (fd == -1)
		return fail(err, "%s: %s", path, strerror(errno));
	rc = stream_open(&in, fd, span_of(path), input->encoding, err);
	if (rc == 0) {
		rc = look_at(&t, in, options, err);
		stream_close(in);
	}
	close(fd);
	for (size_t i = 0; i < t.n; i++)
		map_free(&t.columns[i].values);
	timecell_free(&t.cell);
	return rc;
}
