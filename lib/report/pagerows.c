/* The lines of the page that a judgement gives. */
#include "report/page.h"
#include "report/row.h"

static const char *const exchange_columns[] = {"x", "policy", "rules", "source",
    "conversation", "exchange", "agent", "customer", "opened_at", "closed_at",
    "closed_by", "duration_s", "triggers", "presses", "round_trips",
    "repetitions", "phrase_hits", "near_misses", "unanswered", "first_reply_s",
    "first_reply_turn", "similarity", "verdict", "findings", "evidence"};
static const char *const event_columns[] = {"l", "line", "at", "role",
    "speaker", "event", "n", "round_trip", "pattern", "similarity", "text"};
static const char *const finding_columns[] = {"f", "check", "severity",
    "outcome", "line", "role", "speaker", "at", "measured", "limit", "message",
    "evidence"};
static const char *const talk_columns[] = {"c", "policy", "rules", "source",
    "conversation", "check", "severity", "outcome", "line", "role", "speaker",
    "at", "measured", "limit", "message", "evidence"};

#define COLUMNS(c) (c), sizeof(c) / sizeof(*(c))
const struct page_line page_exchange = {"x", COLUMNS(exchange_columns)};
const struct page_line page_event = {"l", COLUMNS(event_columns)};
const struct page_line page_finding = {"f", COLUMNS(finding_columns)};
const struct page_line page_talk = {"c", COLUMNS(talk_columns)};

static void
exchange(struct buf *out, const struct report_run *run,
    const struct judgement *j, const struct exchange *x)
{
	size_t from = out->len;
	struct table t = page_begin(&page_exchange, out);

	table_text(&t, j->policy->id);
	table_text(&t, run->rules);
	table_text(&t, j->conversation->source);
	table_text(&t, j->conversation->id);
	row_number(&t, x);
	table_names(&t, x->agent);
	table_names(&t, x->customer);
	row_when(&t, x);
	table_list(&t, x->triggers);
	row_measured(&t, x);
	table_text(&t, span_of(outcome_name(x->verdict)));
	row_found(&t, x);
	table_evidence(&t, x->opening->text);
	page_end(&t, from);
}

/* One turn gives several events: its text comes with the first. */
static void
event(struct buf *out, const struct event *e, const struct event *before)
{
	size_t from = out->len;
	struct table t = page_begin(&page_event, out);
	bool again = before != NULL && before->turn == e->turn &&
	    span_eq(before->text, e->text);

	table_int(&t, (int64_t)e->at->line);
	table_moment(&t, e->at->start);
	table_text(&t, span_of(role_name(e->at->role)));
	table_text(&t, e->at->speaker);
	table_text(&t, span_of(event_name(e->kind)));
	row_value(&t, (struct value){e->n > 0, e->n});
	row_value(&t, (struct value){e->round_trip > 0, e->round_trip});
	table_list(&t, e->patterns);
	row_similarity(&t, e->similarity);
	if (again)
		table_empty(&t);
	else
		table_text(&t, e->text);
	page_end(&t, from);
}

static void
found(struct table *t, const struct finding *f)
{
	table_text(t, span_of(f->name));
	table_text(t, span_of(severity_name(f->severity)));
	table_text(t, span_of(outcome_name(f->outcome)));
	row_line(t, f->at);
	row_who(t, f->at);
	row_bound(t, f);
	table_text(t, f->message);
	table_evidence(t, f->at != NULL ? f->at->text : (struct span){0});
}

static void
finding(struct buf *out, const struct finding *f)
{
	size_t from = out->len;
	struct table t = page_begin(&page_finding, out);

	found(&t, f);
	page_end(&t, from);
}

static void
talk(struct buf *out, const struct report_run *run, const struct judgement *j,
    const struct finding *f)
{
	size_t from = out->len;
	struct table t = page_begin(&page_talk, out);

	table_text(&t, j->policy->id);
	table_text(&t, run->rules);
	table_text(&t, j->conversation->source);
	table_text(&t, j->conversation->id);
	found(&t, f);
	page_end(&t, from);
}

static void
rows(struct table *t, const struct report_run *run, const struct judgement *j)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct exchange *x = &j->exchanges[i];

		exchange(t->out, run, j, x);
		for (size_t k = 0; k < x->nevents; k++)
			event(t->out, &x->events[k],
			    k == 0 ? NULL : &x->events[k - 1]);
		for (size_t k = 0; k < x->nfindings; k++)
			finding(t->out, &x->findings[k]);
	}
	for (size_t k = 0; k < j->nfindings; k++)
		if (j->findings[k].severity != SEVERITY_INFO &&
		    j->findings[k].outcome != OUTCOME_PASS)
			talk(t->out, run, j, &j->findings[k]);
}

const struct report report_page = {
    .name = "page",
    .help = "the exchanges, and what whole conversations failed, as a page for "
	    "people",
    .of_exchanges = true,
    .rows = rows,
};
