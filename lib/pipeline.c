/*
 * The whole way on one page: inputs are read into conversations (gather.c),
 * each is judged by every policy, and the judgements become reports.
 */
#include <stdlib.h>

#include "judge/judge.h"
#include "report/output.h"
#include "report/report.h"
#include "rejects.h"
#include "run.h"
#include "base/mem.h"

/* A report on its way to its file. */
struct outlet {
	const struct report *report;
	struct output *output;
	struct table table;
	struct buf rows;
	void *state; /* of a report over all judgements */
};

struct audit {
	const struct ofuku_audit_options *options;
	struct report_run run;
	struct outlet *outlets;
	size_t noutlets;
	struct rejects *rejects; /* NULL: not asked for */
	struct output_encoding encoding;
	struct unencoded unencoded;
	enum judge_depth depth;
};

static int
flush(struct outlet *o, struct err *err)
{
	int rc = output_write(o->output, buf_span(&o->rows), err);

	buf_reset(&o->rows);
	return rc;
}

static int
outlet_open(struct outlet *o, const struct report *report, const char *path,
    const struct table_style *style, const struct output_encoding *encoding,
    struct err *err)
{
	*o = (struct outlet){.report = report};
	if (output_open_encoded(&o->output, path, encoding, err) == -1)
		return -1;
	o->table.style = *style;
	o->table.out = &o->rows;
	o->table.columns = report->columns;
	o->table.ncolumns = report->ncolumns;
	if (report->begin != NULL)
		o->state = report->begin();
	table_header(&o->table);
	return flush(o, err);
}

static void
outlet_close(struct outlet *o)
{
	output_abandon(o->output);
	if (o->state != NULL)
		o->report->drop(o->state);
	table_free(&o->table);
	buf_free(&o->rows);
}

static int
outlet_commit(struct outlet *o, const struct report_run *run, struct err *err)
{
	struct output *output = o->output;

	if (o->report->end != NULL)
		o->report->end(o->state, &o->table, run);
	if (flush(o, err) == -1)
		return -1;
	o->output = NULL;
	return output_commit(output, err);
}

static int
parse_style(const struct ofuku_audit_options *opt, struct table_style *style,
    struct err *err)
{
	const char *f = opt->output_format == NULL ? "csv" : opt->output_format;

	*style = (struct table_style){.excel = opt->excel, .raw = opt->raw};
	if (strcmp(f, "csv") == 0)
		style->shape = TABLE_CSV;
	else if (strcmp(f, "tsv") == 0)
		style->shape = TABLE_TSV;
	else if (strcmp(f, "jsonl") == 0)
		style->shape = TABLE_JSONL;
	else
		return fail(err,
		    "--output-format %s: write csv, tsv or "
		    "jsonl",
		    f);
	return 0;
}

static int
open_one_report(
    struct audit *a, const struct table_style *style, struct err *err)
{
	const char *name = a->options->report == NULL ? "exchanges" :
							a->options->report;
	const struct report *report = report_named(name);

	if (report == NULL)
		return fail(err,
		    "--report %s: no such report: "
		    "--list-reports names them",
		    name);
	a->noutlets = 1;
	return outlet_open(&a->outlets[0], report, a->options->output, style,
	    &a->encoding, err);
}

static int
open_all_reports(struct audit *a, const struct table_style *style,
    struct arena *arena, struct err *err)
{
	const char *ending = a->options->output_format == NULL ?
	    "csv" :
	    a->options->output_format;

	if (output_folder(a->options->output_dir, err) == -1)
		return -1;
	for (size_t i = 0; i < nreports; i++) {
		a->noutlets = i + 1;
		if (outlet_open(&a->outlets[i], reports[i],
			arena_printf(arena, "%s/%s.%s", a->options->output_dir,
			    reports[i]->name, ending),
			style, &a->encoding, err) == -1)
			return -1;
	}
	return 0;
}

static int
open_outlets(struct audit *a, struct arena *arena, struct err *err)
{
	struct table_style style;

	if (parse_style(a->options, &style, err) == -1)
		return -1;
	a->encoding = (struct output_encoding){a->options->output_encoding,
	    style.shape == TABLE_JSONL, &a->unencoded};
	a->outlets = arena_alloc(arena, nreports * sizeof(*a->outlets));
	if ((a->options->output_dir == NULL ?
		    open_one_report(a, &style, err) :
		    open_all_reports(a, &style, arena, err)) == -1)
		return -1;
	if (a->options->rejects == NULL)
		return 0;
	a->rejects = arena_alloc(arena, sizeof(*a->rejects));
	return rejects_open(
	    a->rejects, a->options->rejects, &style, &a->encoding, err);
}

static int
on_reject(void *hook, struct run *r, struct span source, uint64_t line,
    uint64_t byte, const char *reason, struct span excerpt, struct err *err)
{
	struct audit *a = hook;

	(void)r;
	return a->rejects == NULL ?
	    0 :
	    rejects_add(a->rejects, source, line, byte, reason, excerpt, err);
}

static void
count_findings(struct ofuku_counts *n, const struct finding *f, size_t nf)
{
	for (size_t i = 0; i < nf; i++)
		n->warnings += f[i].outcome == OUTCOME_FAIL &&
		    f[i].severity == SEVERITY_WARNING;
}

static void
count(struct ofuku_counts *n, const struct judgement *j)
{
	n->exchanges += j->real;
	for (size_t i = 0; i < j->n; i++) {
		const struct exchange *x = &j->exchanges[i];

		n->pass += x->verdict == OUTCOME_PASS;
		n->fail += x->verdict == OUTCOME_FAIL;
		n->unknown += x->verdict == OUTCOME_UNKNOWN;
		count_findings(n, x->findings, x->nfindings);
	}
	count_findings(n, j->findings, j->nfindings);
	n->conversations_failed += j->verdict == OUTCOME_FAIL;
	n->conversations_unknown += j->verdict == OUTCOME_UNKNOWN;
}

static int
report(struct audit *a, const struct judgement *j, struct err *err)
{
	for (size_t i = 0; i < a->noutlets; i++) {
		struct outlet *o = &a->outlets[i];

		if (o->report->add != NULL)
			o->report->add(o->state, j);
		else
			o->report->rows(&o->table, &a->run, j);
		if (o->rows.len >= 65536 && flush(o, err) == -1)
			return -1;
	}
	return 0;
}

/*
 * A conversation in which a match hit a limit cannot be judged: that is said
 * and makes the status 2, and the others are judged.
 */
static int
audit_conversation(void *ctx, struct run *r, struct conversation *c,
    struct arena *arena, struct err *err)
{
	struct audit *a = ctx;

	for (size_t p = 0; p < r->rules->npolicies; p++) {
		struct judgement j;

		if (judge(r->matcher, &r->rules->policies[p], c, a->depth,
			arena, &j, err) == -1) {
			run_say(r, OFUKU_SAY_ERROR, "%s", err->text);
			continue;
		}
		count(&r->counts, &j);
		if (report(a, &j, err) == -1)
			return -1;
	}
	return 0;
}

static int
commit(struct audit *a, struct err *err)
{
	for (size_t i = 0; i < a->noutlets; i++)
		if (outlet_commit(&a->outlets[i], &a->run, err) == -1)
			return -1;
	return a->rejects == NULL ? 0 : rejects_commit(a->rejects, err);
}

static enum ofuku_status
status(const struct ofuku_audit_options *o, const struct run *r)
{
	const struct ofuku_counts *n = &r->counts;
	bool failed = n->fail > 0 || n->conversations_failed > 0;
	bool unknown = n->unknown > 0 || n->conversations_unknown > 0;

	if (r->trouble ||
	    rejects_too_many(n, o->max_rejects, o->max_rejects_percent))
		return OFUKU_TROUBLE;
	switch (o->fail_on) {
	case OFUKU_FAIL_NEVER:
		return OFUKU_PASS;
	case OFUKU_FAIL_ERROR:
		return failed ? OFUKU_FINDINGS : OFUKU_PASS;
	case OFUKU_FAIL_WARNING:
		failed |= n->warnings > 0;
		break;
	case OFUKU_FAIL_UNKNOWN:
		break;
	}
	return failed || unknown ? OFUKU_FINDINGS : OFUKU_PASS;
}

/* Nobody asks for more than exchanges? */
static enum judge_depth
depth(const struct run *r, const struct audit *a)
{
	if (a->options->no_prefilter)
		return JUDGE_ALL;
	for (size_t i = 0; i < a->noutlets; i++)
		if (!a->outlets[i].report->of_exchanges)
			return JUDGE_ALL;
	for (size_t i = 0; i < r->rules->npolicies; i++)
		if (!policy_is_of_exchanges(&r->rules->policies[i]))
			return JUDGE_ALL;
	return JUDGE_EXCHANGES;
}

static int
audit(struct run *r, struct audit *a, struct err *err)
{
	r->hook = a;
	r->reject = on_reject;
	if (open_outlets(a, &r->arena, err) == -1)
		return -1;
	a->depth = depth(r, a);
	if (run_gather(r, err) == -1 ||
	    run_visit(r, audit_conversation, a, err) == -1)
		return -1;
	if (commit(a, err) == -1)
		return -1;
	run_say_unencoded(r, &a->unencoded, a->options->output_encoding);
	return 0;
}

enum ofuku_status
ofuku_audit(const struct ofuku_rules *rules,
    const struct ofuku_audit_options *o, struct ofuku_counts *counts,
    struct ofuku_error *error)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct audit a = {.options = o};
	struct run r;
	struct err err = {0};
	enum ofuku_status s = OFUKU_TROUBLE;

	a.run.rules = rules->rules->short_hash;
	a.run.engine = span_of(ofuku_engine());
	limits.no_jit = o->no_jit;
	limits.no_prefilter = o->no_prefilter;
	if (run_open(&r, rules, &o->input, &limits, o->say, o->ctx, &err) ==
	    -1) {
		error_out(error, &err);
		return OFUKU_TROUBLE;
	}
	if (audit(&r, &a, &err) == -1)
		error_out(error, &err);
	else
		s = status(o, &r);
	*counts = r.counts;
	for (size_t i = 0; i < a.noutlets; i++)
		outlet_close(&a.outlets[i]);
	if (a.rejects != NULL)
		rejects_close(a.rejects);
	unencoded_free(&a.unencoded);
	run_close(&r);
	return s;
}
