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
