/* The main report: one row an exchange. */
#include "report/row.h"

static const char *const columns[] = {"policy", "rules", "engine", "source",
    "conversation", "exchange", "agent", "customer", "opened_at", "closed_at",
    "closed_by", "duration_s", "triggers", "presses", "round_trips",
    "repetitions", "phrase_hits", "near_misses", "unanswered", "first_reply_s",
    "first_reply_turn", "similarity", "verdict", "findings", "evidence"};

static void
when(struct table *t, const struct exchange *x)
{
	table_moment(t, x->opened_at);
	if (x->number > 0) {
		table_moment(t, x->closed_at);
		table_plain(t, span_of(closed_by_name(x->closed_by)));
		row_time(t, x->measures[MEASURE_DURATION]);
	} else {
		table_empty(t);
		table_empty(t);
		table_empty(t);
	}
}

/* A doubtful row has measured nothing, whatever stands in the struct. */
static void
measured(struct table *t, const struct exchange *x)
{
	static const enum measure_id counts[] = {MEASURE_PRESSES,
	    MEASURE_ROUND_TRIPS, MEASURE_REPETITIONS, MEASURE_PHRASE_HITS,
	    MEASURE_NEAR_MISSES, MEASURE_UNANSWERED};
	const struct value none = {0};
	bool real = x->number > 0;

	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		row_value(t, real ? x->measures[counts[i]] : none);
	row_time(t, real ? x->measures[MEASURE_FIRST_REPLY] : none);
	row_value(t, real ? x->measures[MEASURE_FIRST_REPLY_TURN] : none);
	row_similarity(t, real ? x->similarity : (struct similarity){0});
}

/* Failed checks, and with a ? the unknown ones. */
static void
found(struct table *t, const struct exchange *x)
{
	struct buf names = {0};

	for (size_t i = 0; i < x->nfindings; i++) {
		if (i > 0)
			buf_addc(&names, ';');
		buf_adds(&names, x->findings[i].name);
		if (x->findings[i].outcome == OUTCOME_UNKNOWN)
			buf_addc(&names, '?');
	}
	table_list(t, buf_span(&names));
	buf_free(&names);
}

static void
row(struct table *t, const struct report_run *run, const struct judgement *j,
    const struct exchange *x)
{
	row_run(t, run, j->policy);
	table_source(t, j->conversation->source);
	table_text(t, j->conversation->id);
	row_number(t, x);
	table_list(t, x->agent);
	table_list(t, x->customer);
	when(t, x);
	table_list(t, x->triggers);
	measured(t, x);
	table_plain(t, span_of(outcome_name(x->verdict)));
	found(t, x);
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
