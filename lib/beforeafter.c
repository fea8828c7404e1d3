/* summarize --compare --by: two summaries side by side, key by key. */
#include <assert.h>
#include <math.h>

#include "summary.h"

/* What is compared of a key's old and new group; one of them may be NULL. */
struct sides {
	size_t nby;
	struct span rules[2]; /* of the whole reports */
	struct group *group[2];
	const struct group *named; /* one of the two, with its values */
};

static const struct sheet_column measures_of[] = {
    {"old_exchanges", "exchanges", "old"},
    {"new_exchanges", "exchanges", "new"},
    {"old_fail", "fail", "old"},
    {"new_fail", "fail", "new"},
    {"old_unknown", "unknown", "old"},
    {"new_unknown", "unknown", "new"},
    {"old_fail_rate", "fail rate", "old"},
    {"new_fail_rate", "fail rate", "new"},
    {"change", "change, 95 %", "rate"},
    {"change_low", "change, 95 %", "low"},
    {"change_high", "change, 95 %", "high"},
    {"old_round_trips_median", "round trips", "old"},
    {"new_round_trips_median", "round trips", "new"},
    {"old_duration_median_s", "duration", "old"},
    {"new_duration_median_s", "duration", "new"},
};
#define NMEASURES (sizeof(measures_of) / sizeof(*measures_of))

static void
put_counts(const struct sides *x, struct sheet *out)
{
	for (size_t i = 0; i < 2; i++)
		sheet_number(out, CELL_INT,
		    x->group[i] == NULL ? 0 : (int64_t)x->group[i]->real);
	for (enum outcome o = OUTCOME_FAIL; o <= OUTCOME_UNKNOWN; o++)
		for (size_t i = 0; i < 2; i++)
			sheet_number(out, CELL_INT,
			    x->group[i] == NULL ?
				0 :
				(int64_t)x->group[i]->outcomes[o]);
}

/* False: nothing was judged. */
static bool
share_of(const struct group *g, struct share *out)
{
	if (g == NULL ||
	    g->outcomes[OUTCOME_FAIL] + g->outcomes[OUTCOME_PASS] == 0)
		return false;
	*out = share_failed(
	    g->outcomes[OUTCOME_FAIL], g->outcomes[OUTCOME_PASS]);
	return true;
}

/* The interval of a difference from those of the shares (Newcombe 1998). */
static void
put_change(const struct share *old, const struct share *new, struct sheet *out)
{
	double d = new->p - old->p;

	sheet_number(out, CELL_CHANGE, share_milli(d));
	sheet_number(out, CELL_CHANGE,
	    share_milli(d - hypot(new->p - new->low, old->high - old->p)));
	sheet_number(out, CELL_CHANGE,
	    share_milli(d + hypot(new->high - new->p, old->p - old->low)));
}

static void
put_rates(const struct sides *x, struct sheet *out)
{
	struct share shares[2];
	bool known[2];

	for (size_t i = 0; i < 2; i++) {
		known[i] = share_of(x->group[i], &shares[i]);
		if (known[i])
			sheet_number(out, CELL_MILLI, share_milli(shares[i].p));
		else
			sheet_empty(out);
	}
	if (known[0] && known[1])
		put_change(&shares[0], &shares[1], out);
	else
		for (size_t i = 0; i < 3; i++)
			sheet_empty(out);
}

static void
put_median(struct numbers *v, enum cell_kind kind, struct sheet *out)
{
	if (v == NULL || v->n == 0)
		sheet_empty(out);
	else
		sheet_number(out, kind, numbers_rank(v, 50));
}

/* The rule sets of a report, joined by ;. */
static struct span
rules_of(struct summary *s)
{
	struct buf list = {0};
	struct span joined;

	for (size_t i = 0; i < s->in.nsets; i++)
		buf_printf(&list, "%s%.*s", i == 0 ? "" : ";",
		    SPAN_FMT(s->in.rule_sets[i]->hash));
	joined = arena_dup(&s->arena, buf_span(&list));
	buf_free(&list);
	return joined;
}

static void
put_row(const struct sides *x, struct sheet *out)
{
	struct group *const *g = x->group;
	const struct group *any = x->named;

	sheet_text(out, any->values[0]);
	for (size_t i = 0; i < 2; i++)
		sheet_list(out, x->rules[i]);
	for (size_t i = 0; i < x->nby; i++)
		sheet_text(out, any->values[i + 1]);
	put_counts(x, out);
	put_rates(x, out);
	for (size_t i = 0; i < 2; i++)
		put_median(
		    g[i] == NULL ? NULL : &g[i]->round_trips, CELL_INT, out);
	for (size_t i = 0; i < 2; i++)
		put_median(
		    g[i] == NULL ? NULL : &g[i]->durations, CELL_DURATION, out);
}

static void
make_columns(struct summary *s, struct sheet *out)
{
	struct sheet_column *c = arena_alloc(
	    &s->arena, (s->nby + 3 + NMEASURES) * sizeof(*c));
	size_t n = 0;

	c[n++] = (struct sheet_column){"policy", NULL,
	    summary_policies(&s[0]) < 2 && summary_policies(&s[1]) < 2 ?
		NULL :
		"policy"};
	c[n++] = (struct sheet_column){"old_rules", NULL, NULL};
	c[n++] = (struct sheet_column){"new_rules", NULL, NULL};
	for (size_t i = 0; i < s->nby; i++)
		c[n++] = (struct sheet_column){
		    s->by[i]->name, NULL, s->by[i]->name};
	memcpy(c + n, measures_of, sizeof(measures_of));
	out->columns = c;
	out->ncolumns = n + NMEASURES;
}

static void
say_rules(struct summary *s, const struct span *rules)
{
	if (!span_eq(rules[0], rules[1]))
		verdicts_say(&s->in, OFUKU_SAY_NOTE,
		    "note: the old report is of the rules %.*s, the new one "
		    "of %.*s: what changed may be the rules",
		    SPAN_FMT(rules[0]), SPAN_FMT(rules[1]));
}

/* Both stand in order of their keys. */
static void
merge(struct summary *s, struct sheet *out)
{
	const struct sides reports = {
	    .nby = s->nby, .rules = {rules_of(&s[0]), rules_of(&s[1])}};
	size_t at[2] = {0, 0};

	say_rules(&s[1], reports.rules);
	while (at[0] < s[0].n || at[1] < s[1].n) {
		struct sides x = reports;
		int order = at[0] == s[0].n ? 1 : at[1] == s[1].n ? -1 : 0;

		if (order == 0)
			order = span_cmp(
			    s[0].groups[at[0]]->key, s[1].groups[at[1]]->key);
		if (order <= 0)
			x.named = x.group[0] = s[0].groups[at[0]++];
		if (order >= 0)
			x.named = x.group[1] = s[1].groups[at[1]++];
		assert(x.named != NULL);
		if (x.group[0] == NULL)
			x.group[0] = summary_unfailed(&s[0], x.group[1]);
		if (x.group[1] == NULL)
			x.group[1] = summary_unfailed(&s[1], x.group[0]);
		put_row(&x, out);
	}
}

static int
compare(struct summary *s, const struct ofuku_summary_options *o,
    struct sheet *sheet, struct err *err)
{
	if (o->npaths != 2)
		return fail(err, "--compare wants two reports: OLD NEW");
	for (size_t i = 0; i < 2; i++)
		if (summary_parse_by(&s[i], o->by, err) == -1 ||
		    summary_read(&s[i], &o->paths[i], 1, err) == -1)
			return -1;
	make_columns(&s[0], sheet);
	merge(s, sheet);
	return summary_write(sheet, o, err);
}

enum ofuku_status
compare_summaries(
    const struct ofuku_summary_options *o, struct ofuku_error *error)
{
	struct summary s[2] = {
	    {.mix = true, .in = verdicts_from(o)},
	    {.mix = true, .in = verdicts_from(o)},
	};
	struct sheet sheet = {0};
	struct err err = {0};
	enum ofuku_status status = OFUKU_TROUBLE;

	if (compare(s, o, &sheet, &err) == -1)
		error_out(error, &err);
	else if (!s[0].in.trouble && !s[1].in.trouble)
		status = OFUKU_PASS;
	sheet_free(&sheet);
	summary_free(&s[0]);
	summary_free(&s[1]);
	return status;
}
