/* Where a report goes: a file, a sheet of a workbook, or the caller. */
#include <sys/stat.h>

#include "audit.h"

/* A row a line. */
static int
give_rows(const struct audit *a, struct span rows, struct err *err)
{
	while (rows.len > 0) {
		size_t n = span_find(rows, '\n');

		if (a->options->row(a->options->ctx, rows.at, n) != 0)
			return fail(err, "stopped by the caller");
		n += n < rows.len;
		rows = (struct span){rows.at + n, rows.len - n};
	}
	return 0;
}

static void
measure(struct outlet *o)
{
	const struct table_style *s = &o->table.style;

	if (s->excel && (s->shape == TABLE_CSV || s->shape == TABLE_TSV))
		excelfit_feed(&o->fit, buf_span(&o->rows),
		    s->shape == TABLE_TSV ? '\t' : ',');
}

int
outlet_flush(struct audit *a, struct outlet *o, struct err *err)
{
	int rc;

	pthread_mutex_lock(&a->output);
	measure(o);
	if (o->sheet != NULL)
		rc = worksheet_rows(o->sheet, buf_span(&o->rows), err);
	else if (o->output == NULL)
		rc = give_rows(a, buf_span(&o->rows), err);
	else
		rc = output_write(o->output, buf_span(&o->rows), err);
	pthread_mutex_unlock(&a->output);
	buf_reset(&o->rows);
	return rc;
}

/*
 * With --state a row is written once: one that stands where tonight's go is
 * soon nowhere. More than a header is of rows.
 */
static void
say_written_over(struct audit *a, const char *path, size_t header)
{
	struct stat st;

	if (a->options->state == NULL || path == NULL || a->over ||
	    stat(path, &st) == -1 || !S_ISREG(st.st_mode) ||
	    (size_t)st.st_size <= header + 8)
		return;
	a->over = true;
	run_say(a->run, OFUKU_SAY_NOTE,
	    "%s: note: holds rows of an earlier run, which --state reports "
	    "once, and is written over: -O DIR --dated keeps each night's",
	    path);
}

int
outlet_open(struct audit *a, struct outlet *o, const struct report *report,
    const char *path, struct err *err)
{
	*o = (struct outlet){.report = report, .path = path};
	if (a->workbook != NULL)
		o->sheet = workbook_sheet(a->workbook, report->name);
	else if (a->options->row == NULL &&
	    output_open_encoded(&o->output, path, &a->encoding, err) == -1)
		return -1;
	o->table.style = a->style;
	o->table.out = &o->rows;
	o->table.columns = report->columns;
	o->table.ncolumns = report->ncolumns;
	if (report->begin != NULL)
		o->state = report->begin();
	table_header(&o->table);
	say_written_over(a, path, o->rows.len);
	return outlet_flush(a, o, err);
}

void
outlet_close(struct outlet *o)
{
	output_abandon(o->output);
	if (o->state != NULL)
		o->report->drop(o->state);
	table_free(&o->table);
	buf_free(&o->rows);
}

int
outlet_commit(struct audit *a, struct outlet *o, struct err *err)
{
	struct output *output = o->output;

	if (o->report->end != NULL)
		o->report->end(o->state, &o->table, &a->report_run);
	if (outlet_flush(a, o, err) == -1)
		return -1;
	o->output = NULL;
	return output == NULL ? 0 : output_commit(output, err);
}
