/* One row a conversation, also where it holds no exchange. */
#include "report/row.h"

static const char *const columns[] = {"policy", "rules", "engine", "source",
    "conversation", "format", "agent", "customer", "utterances", "agent_turns",
    "customer_turns", "started_at", "ended_at", "duration_s", "resolution_s",
    "exchanges", "hits", "verdict"};

static void
when(struct table *t, const struct conversation *c)
{
	int64_t resolution = conversation_resolution(c);
	struct value span;

	table_moment(t, conversation_first(c));
	table_moment(t, conversation_last(c));
	span.known = conversation_span(c, &span.n);
	row_time(t, span);
	row_time(t, (struct value){.known = resolution > 0, .n = resolution});
}

static void
rows(struct table *t, const struct report_run *run, const struct judgement *j)
{
	const struct conversation *c = j->conversation;

	row_run(t, run, j->policy);
	table_source(t, c->source);
	table_text(t, c->id);
	table_plain(t, span_of(c->format));
	table_names(t, j->agent);
	table_names(t, j->customer);
	table_int(t, (int64_t)c->n);
	table_int(t, j->agent_turns);
	table_int(t, j->customer_turns);
	when(t, c);
	table_int(t, (int64_t)j->real);
	table_list(t, j->hits);
	table_plain(t, span_of(outcome_name(j->verdict)));
	table_end_row(t);
}

const struct report report_conversations = {
    .name = "conversations",
    .help = "one row a conversation, whether or not it holds an exchange",
    .columns = columns,
    .ncolumns = sizeof(columns) / sizeof(*columns),
    .of_conversations = true,
    .rows = rows,
};
