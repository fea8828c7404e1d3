#include "report/row.h"

void
row_run(
    struct table *t, const struct report_run *run, const struct policy *policy)
{
	table_text(t, policy->id);
	table_plain(t, run->rules);
	table_plain(t, run->engine);
}

void
row_value(struct table *t, struct value v)
{
	if (v.known)
		table_int(t, v.n);
	else
		table_empty(t);
}

void
row_time(struct table *t, struct value v)
{
	if (v.known)
		table_duration(t, v.n);
	else
		table_empty(t);
}

void
row_similarity(struct table *t, struct similarity s)
{
	if (s.length > 0)
		table_milli(t, (int)similarity_milli(s));
	else
		table_empty(t);
}

void
row_number(struct table *t, const struct exchange *x)
{
	if (x != NULL && x->number > 0)
		table_int(t, x->number);
	else
		table_empty(t);
}

size_t
row_failed(const struct finding *f, size_t n)
{
	size_t failed = 0;

	for (size_t i = 0; i < n; i++)
		failed += f[i].outcome == OUTCOME_FAIL;
	return failed;
}

void
row_when(struct table *t, const struct exchange *x)
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

void
row_measured(struct table *t, const struct exchange *x)
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

void
row_found(struct table *t, const struct exchange *x)
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

void
row_line(struct table *t, const struct utterance *u)
{
	if (u != NULL)
		table_int(t, (int64_t)u->line);
	else
		table_empty(t);
}

void
row_who(struct table *t, const struct utterance *u)
{
	if (u == NULL) {
		table_empty(t);
		table_empty(t);
		table_empty(t);
		return;
	}
	table_plain(t, span_of(role_name(u->role)));
	table_text(t, u->speaker);
	table_moment(t, u->start);
}

void
row_bound(struct table *t, const struct finding *f)
{
	struct value limit = {.known = true, .n = f->limit};

	if (f->check == NULL || f->outcome == OUTCOME_PASS) {
		table_empty(t);
		table_empty(t);
	} else if (measures[f->check->measure].time) {
		row_time(t, f->measured);
		row_time(t, limit);
	} else {
		row_value(t, f->measured);
		row_value(t, limit);
	}
}
