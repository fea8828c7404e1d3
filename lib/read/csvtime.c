#include "read/csvtime.h"

struct times {
	struct timecell *cell;
	const struct csvtable *table;
	const struct csvrow *row;
	struct draft *d;
	unsigned odd;
};

static struct span
cell_of(const struct times *x, enum column c)
{
	return csvtime_cell(x->table, x->row, c);
}

bool
csvtime_fits(const struct csvtable *t, const struct csvrow *row, bool *any)
{
	static const enum column columns[] = {
	    COLUMN_START, COLUMN_END, COLUMN_AT, COLUMN_UNTIL};
	struct timecell scratch = {0};
	struct moment m;
	bool fit = true;

	*any = false;
	for (size_t i = 0; i < 4 && fit; i++) {
		enum timecell_kind kind = timecell_read(
		    &scratch, csvtime_cell(t, row, columns[i]), false, &m);

		fit = kind != TIMECELL_NONE;
		*any |= kind == TIMECELL_TIME || kind == TIMECELL_SERIAL;
	}
	timecell_free(&scratch);
	return fit;
}

/* A time cell goes to the clock it is of: *rel or *wall. */
static bool
set_time(struct times *x, enum column c, bool epoch, struct moment *rel,
    struct moment *wall)
{
	struct moment m;
	struct span cell;
	enum timecell_kind kind;

	if (x->table->at[c] == COLUMN_ABSENT)
		return true;
	cell = cell_of(x, c);
	kind = timecell_read(x->cell, cell, epoch, &m);
	if (kind == TIMECELL_DATE)
		x->odd |= TIMES_DATE_ONLY;
	if (kind == TIMECELL_SERIAL)
		x->odd |= TIMES_SERIAL;
	if (kind != TIMECELL_TIME && kind != TIMECELL_SERIAL)
		return kind != TIMECELL_NONE;
	if (x->table->ms[c] && !moment_wall(m) &&
	    span_find(cell, ':') == cell.len)
		m.ms /= 1000;
	*(moment_wall(m) ? wall : rel) = m;
	return true;
}

/* Where a date and its time of day have a column each. */
static bool
set_at(struct times *x)
{
	if (x->table->at2 != COLUMN_ABSENT &&
	    timecell_join(x->cell, cell_of(x, COLUMN_AT),
		csvrow_cell(x->row, (size_t)x->table->at2), &x->d->at))
		return true;
	return set_time(x, COLUMN_AT, true, &x->d->start, &x->d->at);
}

/* The day's times of day have columns of their own, as 日付, 開始時刻 and
 * 終了時刻; an end before its start is of the next day. */
static bool
set_day(struct times *x)
{
	struct moment *at = &x->d->at, *until = &x->d->until;
	struct span day;

	if (x->table->at2 != COLUMN_ABSENT ||
	    x->table->at[COLUMN_AT] == COLUMN_ABSENT ||
	    x->table->at[COLUMN_START] == COLUMN_ABSENT)
		return false;
	day = cell_of(x, COLUMN_AT);
	if (!timecell_of_day(x->cell, day, cell_of(x, COLUMN_START)) ||
	    !timecell_join(x->cell, day, cell_of(x, COLUMN_START), at))
		return false;
	if (timecell_join(x->cell, day, cell_of(x, COLUMN_END), until) &&
	    until->ms < at->ms)
		until->ms += (int64_t)24 * 60 * 60 * 1000;
	return true;
}

static bool
set_times(struct times *x, enum column *bad)
{
	struct draft *d = x->d;

	*bad = COLUMN_AT;
	if (set_day(x))
		return true;
	if (!set_at(x))
		return false;
	*bad = COLUMN_UNTIL;
	if (!set_time(x, *bad, true, &d->end, &d->until))
		return false;
	*bad = COLUMN_START;
	if (!set_time(x, *bad, false, &d->start, &d->at))
		return false;
	*bad = COLUMN_END;
	return set_time(x, *bad, false, &d->end, &d->until);
}

/*
 * The first row with a time decides for all. If none of it had two parts, those
 * to come are minutes of a call; where there are dates, and no columns for
 * such, hours of a day.
 */
static void
decide(struct times *x)
{
	const struct draft *d = x->d;
	const bool call = moment_known(d->start) || moment_known(d->end);
	const bool day = moment_known(d->at) || moment_known(d->until);

	if (x->cell->decided || (!call && !day))
		return;
	x->cell->decided = true;
	x->cell->hours = !call && x->table->at[COLUMN_START] == COLUMN_ABSENT &&
	    x->table->at[COLUMN_END] == COLUMN_ABSENT;
}

bool
csvtime_read(struct timecell *cell, const struct csvtable *table,
    const struct csvrow *row, struct draft *d, enum column *bad, unsigned *odd)
{
	struct times x = {.cell = cell, .table = table, .row = row, .d = d};
	bool fit = set_times(&x, bad);

	*odd = x.odd;
	if (fit)
		decide(&x);
	return fit;
}
