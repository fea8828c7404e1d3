/*
 * CSV: the fields of the canonical form as columns, for programs to read. No
 * cell is guarded against spreadsheets: reports are for them.
 */
#include "report/converter.h"

static const char *const columns[] = {
    "conversation", "speaker", "role", "start", "end", "at", "until", "text"};

/* Seconds beyond this would be read as an epoch. */
#define SECONDS_MAX INT64_C(1000000000)

static void
begin(struct conversion *c)
{
	c->table = (struct table){.style = {.shape = TABLE_CSV, .raw = true},
	    .columns = columns,
	    .ncolumns = sizeof(columns) / sizeof(*columns),
	    .out = c->out};
	table_header(&c->table);
}

/* "1:02:03" says that the source had seconds only. */
static void
put_relative(struct conversion *c, struct moment m)
{
	struct table *t = &c->table;

	if (m.precision == PRECISION_MILLI && m.ms / 1000 < SECONDS_MAX) {
		table_duration(t, m.ms);
		return;
	}
	c->losses[LOSS_RESOLUTION] += m.precision == PRECISION_MINUTE;
	buf_reset(&t->scratch);
	moment_print(m, false, &t->scratch);
	if (m.precision != PRECISION_MILLI)
		t->scratch.len -= strlen(".000");
	table_plain(t, buf_span(&t->scratch));
}

static void
put_wall(struct conversion *c, struct moment m)
{
	struct table *t = &c->table;

	buf_reset(&t->scratch);
	moment_write(m, &t->scratch);
	table_plain(t, buf_span(&t->scratch));
}

/* One of the two cells that a time has, as its clock is. */
static void
put_time(struct conversion *c, struct moment m, bool wall)
{
	if (!moment_known(m) || moment_wall(m) != wall)
		table_empty(&c->table);
	else if (wall)
		put_wall(c, m);
	else
		put_relative(c, m);
}

static void
record(struct conversion *c, const struct record *r)
{
	struct table *t = &c->table;

	table_plain(t, r->conversation);
	table_plain(t, r->speaker);
	table_plain(t, r->role);
	put_time(c, r->start, false);
	put_time(c, r->end, false);
	put_time(c, r->start, true);
	put_time(c, r->end, true);
	table_plain(t, r->text);
	table_end_row(t);
}

const struct converter converter_csv = {
    .name = "csv",
    .help = "CSV with the columns of the canonical form",
    .begin = begin,
    .record = record,
};
