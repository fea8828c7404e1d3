/*
 * When, how often, and what was said and answered: one row for each press,
 * going-on, answer, repetition, near miss and closing.
 */
#include "report/row.h"

static const char *const columns[] = {"policy", "rules", "engine", "source",
    "line", "conversation", "exchange", "at", "role", "speaker", "event", "n",
    "round_trip", "pattern", "similarity", "text"};

static void
counted(struct table *t, unsigned n)
{
	row_value(t, (struct value){.known = n > 0, .n = n});
}

static void
row(struct table *t, const struct report_run *run, const struct judgement *j,
    const struct exchange *x, const struct event *e)
{
	row_run(t, run, j->policy);
	table_source(t, j->conversation->source);
	table_int(t, (int64_t)e->at->line);
	table_text(t, j->conversation->id);
	row_number(t, x);
	table_moment(t, e->at->start);
	table_plain(t, span_of(role_name(e->at->role)));
	table_text(t, e->at->speaker);
	table_plain(t, span_of(event_name(e->kind)));
	counted(t, e->n);
	counted(t, e->round_trip);
	table_list(t, e->patterns);
	row_similarity(t, e->similarity);
	table_text(t, e->text);
	table_end_row(t);
}

static void
rows(struct table *t, const struct report_run *run, const struct judgement *j)
{
	const struct exchange *x;

	for (size_t i = 0; i < j->n; i++) {
		x = &j->exchanges[i];
		for (size_t k = 0; k < x->nevents; k++)
			row(t, run, j, x, &x->events[k]);
	}
}

const struct report report_log = {
    .name = "log",
    .help = "one row a press, answer, repetition, …: what was said, when",
    .columns = columns,
    .ncolumns = sizeof(columns) / sizeof(*columns),
    .of_exchanges = true,
    .rows = rows,
};
