/* The main report: one row an exchange. */
#include "report/row.h"

static const char *const columns[] = {"policy", "rules", "engine", "source",
    "conversation", "exchange", "agent", "customer", "opened_at", "closed_at",
    "closed_by", "duration_s", "triggers", "presses", "round_trips",
    "repetitions", "phrase_hits", "near_misses", "unanswered", "first_reply_s",
    "first_reply_turn", "similarity", "verdict", "findings", "evidence"};

static void
row(struct table *t, const struct report_run *run, const struct judgement *j,
    const struct exchange *x)
{
	row_run(t, run, j->policy);
	table_source(t, j->conversation->source);
	table_text(t, j->conversation->id);
	row_number(t, x);
	table_names(t, x->agent);
	table_names(t, x->customer);
	row_when(t, x);
	table_list(t, x->triggers);
	row_measured(t, x);
	table_plain(t, span_of(outcome_name(x->verdict)));
	row_found(t, x);
	table_evidence(t, x->opening->text);
	table_end_row(t);
}

static void
rows(struct table *t, const struct report_run *run, const struct judgement *j)
{
	for (size_t i = 0; i < j->n; i++)
		row(t, run, j, &j->exchanges[i]);
}

const struct report report_exchanges = {
    .name = "exchanges",
    .help = "one row an exchange: its measures, verdict and evidence",
    .columns = columns,
    .ncolumns = sizeof(columns) / sizeof(*columns),
    .of_exchanges = true,
    .rows = rows,
};
