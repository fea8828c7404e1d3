/* dump: what a stage hands to the next, as JSON Lines for developers. */
#include <stdio.h>

#include "judge/judge.h"
#include "report/table.h"
#include "run.h"

struct stage {
	const char *name;
	const char *help;
	const char *const *columns;
	size_t ncolumns;
	int (*record)(
	    void *, struct run *, const struct record *, struct err *);
	int (*visit)(void *, struct run *, struct conversation *,
	    struct arena *, struct err *);
};

struct dumper {
	const struct stage *stage;
	struct table table;
	struct buf rows;
	FILE *out;
};

static void
emit(struct dumper *d)
{
	table_end_row(&d->table);
	fwrite(d->rows.at, 1, d->rows.len, d->out);
	buf_reset(&d->rows);
}

static const char *const record_columns[] = {"source", "line", "byte", "format",
    "conversation", "speaker", "role", "start", "end", "text"};

static int
dump_record(void *ctx, struct run *r, const struct record *rec, struct err *err)
{
	struct dumper *d = ctx;
	struct table *t = &d->table;

	(void)err;
	table_source(t, r->current->label);
	table_int(t, (int64_t)rec->line);
	table_int(t, (int64_t)rec->byte);
	table_plain(t, span_of(r->format->name));
	table_text(t, rec->conversation);
	table_text(t, rec->speaker);
	table_text(t, rec->role);
	table_moment(t, rec->start);
	table_moment(t, rec->end);
	table_text(t, rec->text);
	emit(d);
	return 0;
}

static const char *const utterance_columns[] = {"source", "line",
    "conversation", "role", "speaker", "start", "end", "backchannel", "text"};

static int
dump_utterances(void *ctx, struct run *r, struct conversation *c,
    struct arena *a, struct err *err)
{
	struct dumper *d = ctx;
	struct table *t = &d->table;

	(void)r, (void)a, (void)err;
	for (size_t i = 0; i < c->n; i++) {
		const struct utterance *u = &c->at[i];

		table_source(t, u->source);
		table_int(t, (int64_t)u->line);
		table_text(t, c->id);
		table_plain(t, span_of(role_name(u->role)));
		table_text(t, u->speaker);
		table_moment(t, u->start);
		table_moment(t, u->end);
		table_int(t, u->backchannel);
		table_text(t, u->text);
		emit(d);
	}
	return 0;
}

static const char *const turn_columns[] = {"policy", "conversation", "turn",
    "role", "after_idle", "utterances", "text"};

static int
dump_turns(void *ctx, struct run *r, struct conversation *c, struct arena *a,
    struct err *err)
{
	struct dumper *d = ctx;
	struct table *t = &d->table;

	(void)err;
	for (size_t p = 0; p < r->rules->npolicies; p++) {
		const struct policy *policy = &r->rules->policies[p];
		struct turns turns;

		turns_make(c, policy->exchange.idle_ms,
		    policy->exchange.join_gap_ms, a, &turns);
		for (size_t i = 0; i < turns.n; i++) {
			table_text(t, policy->id);
			table_text(t, c->id);
			table_int(t, (int64_t)i + 1);
			table_plain(t, span_of(role_name(turns.at[i].role)));
			table_int(t, turns.at[i].after_idle);
			table_int(t, (int64_t)turns.at[i].passage.n);
			table_text(t, turns.at[i].passage.raw);
			emit(d);
		}
	}
	return 0;
}

static const char *const hit_columns[] = {"policy", "conversation", "turn",
    "role", "pattern", "by", "start", "end", "text"};

static int
dump_turn_hits(struct dumper *d, struct run *r, const struct policy *policy,
    struct span id, const struct turn *turn, size_t number, struct err *err)
{
	struct table *t = &d->table;
	struct subject s = {0};
	struct hits hits = {0};
	int rc = 0;

	subject_set(&s, turn->passage.raw);
	for (size_t i = 0; i < policy->npatterns && rc == 0; i++) {
		const struct pattern *p = &policy->patterns[i];

		hits.n = 0;
		if (p->by == turn->role)
			rc = pattern_hits(r->matcher, p, &s, &hits, err);
		for (size_t k = 0; k < hits.n; k++) {
			const struct hit *h = &hits.at[k];

			table_text(t, policy->id);
			table_text(t, id);
			table_int(t, (int64_t)number);
			table_plain(t, span_of(role_name(turn->role)));
			table_text(t, p->id);
			table_text(t, regex_source(p->any[h->alternative]));
			table_int(t, h->raw_start);
			table_int(t, h->raw_end);
			table_text(t,
			    (struct span){turn->passage.raw.at + h->raw_start,
				h->raw_end - h->raw_start});
			emit(d);
		}
	}
	subject_free(&s);
	hits_free(&hits);
	return rc;
}

static int
dump_hits(void *ctx, struct run *r, struct conversation *c, struct arena *a,
    struct err *err)
{
	for (size_t p = 0; p < r->rules->npolicies; p++) {
		const struct policy *policy = &r->rules->policies[p];
		struct turns turns;

		turns_make(c, policy->exchange.idle_ms,
		    policy->exchange.join_gap_ms, a, &turns);
		for (size_t i = 0; i < turns.n; i++)
			if (dump_turn_hits(ctx, r, policy, c->id, &turns.at[i],
				i + 1, err) == -1)
				return -1;
	}
	return 0;
}

static const char *const exchange_columns[] = {"policy", "conversation",
    "exchange", "opening_line", "last_line", "closed_by", "presses",
    "round_trips", "pairs", "repetitions", "phrase_hits", "near_misses",
    "unanswered", "duration", "first_reply", "first_reply_turn", "verdict"};

static void
dump_exchange(
    struct dumper *d, const struct judgement *j, const struct exchange *x)
{
	struct table *t = &d->table;

	table_text(t, j->policy->id);
	table_text(t, j->conversation->id);
	table_int(t, x->number);
	table_int(t, (int64_t)x->opening->line);
	table_int(t, (int64_t)x->last->line);
	table_plain(t, span_of(closed_by_name(x->closed_by)));
	for (size_t m = 0; m < MEASURE_HITS; m++) {
		if (!x->measures[m].known)
			table_empty(t);
		else if (measures[m].time)
			table_duration(t, x->measures[m].n);
		else
			table_int(t, x->measures[m].n);
	}
	table_plain(t, span_of(outcome_name(x->verdict)));
	emit(d);
}

static int
dump_exchanges(void *ctx, struct run *r, struct conversation *c,
    struct arena *a, struct err *err)
{
	for (size_t p = 0; p < r->rules->npolicies; p++) {
		struct judgement j;

		if (judge(r->matcher, &r->rules->policies[p], c,
			(struct judge_how){JUDGE_ALL, LANG_EN}, a, &j,
			err) == -1)
			return -1;
		for (size_t i = 0; i < j.n; i++)
			dump_exchange(ctx, &j, &j.exchanges[i]);
	}
	return 0;
}

#define COLUMNS(c) (c), sizeof(c) / sizeof(*(c))

static const struct stage stages[] = {
    {"records", "what a reader hands on", COLUMNS(record_columns), dump_record,
	NULL},
    {"utterances", "conversations in order, roles and backchannels known",
	COLUMNS(utterance_columns), NULL, dump_utterances},
    {"turns", "turns with the passages they are read as", COLUMNS(turn_columns),
	NULL, dump_turns},
    {"hits", "each hit of a pattern, with the alternative that matched",
	COLUMNS(hit_columns), NULL, dump_hits},
    {"exchanges", "exchanges with all measures", COLUMNS(exchange_columns),
	NULL, dump_exchanges},
};
#define NSTAGES (sizeof(stages) / sizeof(*stages))

const char *
ofuku_stage_name(size_t i, const char **help)
{
	if (i >= NSTAGES)
		return NULL;
	if (help != NULL)
		*help = stages[i].help;
	return stages[i].name;
}

static const struct stage *
stage_named(const char *name, struct err *err)
{
	const char *names[NSTAGES];
	const char *near;

	for (size_t i = 0; i < NSTAGES; i++) {
		names[i] = stages[i].name;
		if (strcmp(names[i], name) == 0)
			return &stages[i];
	}
	near = nearest_name(name, names, NSTAGES);
	fail(err, "--stage %s: no such stage%s%s%s: --list-stages names them",
	    name, near == NULL ? "" : ", did you mean ",
	    near == NULL ? "" : near, near == NULL ? "" : "?");
	return NULL;
}

static int
dump(struct run *r, struct dumper *d, struct err *err)
{
	r->hook = d;
	r->record = d->stage->record;
	if (run_gather(r, err) == -1)
		return -1;
	return d->stage->visit == NULL ? 0 :
					 run_visit(r, d->stage->visit, d, err);
}

enum ofuku_status
ofuku_dump(const struct ofuku_rules *rules, const struct ofuku_input *in,
    const char *stage, FILE *out, ofuku_say say, void *ctx,
    struct ofuku_error *error)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct err err = {0};
	struct dumper d = {.stage = stage_named(stage, &err), .out = out};
	struct run r;
	enum ofuku_status status = OFUKU_TROUBLE;

	if (d.stage == NULL ||
	    run_open(&r, rules, in, &limits, say, ctx, &err) == -1) {
		error_out(error, &err);
		return status;
	}
	d.table = (struct table){.style = {.shape = TABLE_JSONL},
	    .columns = d.stage->columns,
	    .ncolumns = d.stage->ncolumns,
	    .out = &d.rows};
	if (dump(&r, &d, &err) == -1)
		error_out(error, &err);
	else if (!r.trouble && r.counts.rejected == 0)
		status = OFUKU_PASS;
	table_free(&d.table);
	buf_free(&d.rows);
	run_close(&r);
	return status;
}
