/* One row for each check that failed or is unknown. */
#include "report/row.h"

static const char *const columns[] = {"policy", "rules", "engine", "source",
    "line", "conversation", "exchange", "check", "severity", "outcome", "role",
    "speaker", "at", "measured", "limit", "message", "evidence"};

static void
row(struct table *t, const struct report_run *run, const struct judgement *j,
    const struct exchange *x, const struct finding *f)
{
	row_run(t, run, j->policy);
	table_source(t, j->conversation->source);
	row_line(t, f->at);
	table_text(t, j->conversation->id);
	row_number(t, x);
	table_text(t, span_of(f->name));
	table_plain(t, span_of(severity_name(f->severity)));
	table_plain(t, span_of(outcome_name(f->outcome)));
	row_who(t, f->at);
	row_bound(t, f);
	table_text(t, f->message);
	table_evidence(t, f->at != NULL ? f->at->text : (struct span){0});
	table_end_row(t);
}

/* Those of the conversation as a whole come last, like doubtful rows. */
static void
rows(struct table *t, const struct report_run *run, const struct judgement *j)
{
	const struct exchange *x;

	for (size_t i = 0; i < j->n; i++) {
		x = &j->exchanges[i];
		for (size_t k = 0; k < x->nfindings; k++)
			row(t, run, j, x, &x->findings[k]);
	}
	for (size_t k = 0; k < j->nfindings; k++)
		row(t, run, j, NULL, &j->findings[k]);
}

const struct report report_findings = {
    .name = "findings",
    .help = "one row a check that failed or is unknown, with the utterance",
    .columns = columns,
    .ncolumns = sizeof(columns) / sizeof(*columns),
    .rows = rows,
};
