/*
 * The whole way on one page: inputs are read into conversations (gather.c),
 * each is judged by every policy, and the judgements become reports.
 */
#include <stdlib.h>
#include <unistd.h>

#include "audit.h"
#include "manifest.h"
#include "report/page.h"
#include "statefile.h"

static int
parse_style(const struct ofuku_audit_options *opt, enum lang lang,
    struct table_style *style, struct err *err)
{
	static const char *const names[] = {[TABLE_CSV] = "csv",
	    [TABLE_TSV] = "tsv",
	    [TABLE_JSONL] = "jsonl",
	    [TABLE_CELLS] = "xlsx"};
	const char *f = opt->row != NULL ? "jsonl" :
	    opt->output_format == NULL   ? "csv" :
					   opt->output_format;

	*style = (struct table_style){
	    .excel = opt->excel, .raw = opt->raw, .lang = lang};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i] != NULL && strcmp(f, names[i]) == 0) {
			style->shape = (enum table_shape)i;
			return 0;
		}
	return fail(
	    err, "--output-format %s: write csv, tsv, jsonl or xlsx", f);
}

static const char *
workbook_path(const struct audit *a, struct arena *arena)
{
	return arena_printf(arena, "%s/reports.xlsx", a->options->output_dir);
}

/* The file of a workbook: one report, or all of them in a folder. */
static int
open_workbook(struct audit *a, struct arena *arena, struct err *err)
{
	const char *dir = a->options->output_dir, *path = a->options->output;

	if (a->options->output_encoding != NULL)
		return fail(err,
		    "--output-encoding: a workbook has its own: leave it out "
		    "with --output-format xlsx");
	if (dir != NULL && output_folder(dir, err) == -1)
		return -1;
	if (dir != NULL)
		path = workbook_path(a, arena);
	a->workbook_path = path;
	if (output_open_encoded(&a->workbook_file, path, &a->encoding, err) ==
	    -1)
		return -1;
	return workbook_open(&a->workbook, err);
}

static int
commit_workbook(struct audit *a, struct err *err)
{
	struct output *output = a->workbook_file;
	uint64_t cut;

	if (a->workbook == NULL)
		return 0;
	if (workbook_write(a->workbook, output, err) == -1)
		return -1;
	cut = workbook_cut(a->workbook);
	if (cut > 0)
		run_say(a->run, OFUKU_SAY_SUMMARY,
		    "%llu text%s longer than an Excel cell may be (32,767 "
		    "characters): cut, with … at the end; csv and jsonl have "
		    "all of %s",
		    (unsigned long long)cut, cut == 1 ? " is" : "s are",
		    cut == 1 ? "it" : "them");
	a->workbook_file = NULL;
	return output_commit(output, err);
}

static const char *
report_path(
    const struct audit *a, const struct report *report, struct arena *arena)
{
	const char *format = a->options->output_format;

	return arena_printf(arena, "%s/%s.%s", a->options->output_dir,
	    report->name, format == NULL ? "csv" : format);
}

static int
open_one_report(struct audit *a, struct err *err)
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
	return outlet_open(a, &a->outlets[0], report, a->options->output, err);
}

static int
open_all_reports(struct audit *a, struct arena *arena, struct err *err)
{
	if (output_folder(a->options->output_dir, err) == -1)
		return -1;
	for (size_t i = 0; i < nreports; i++) {
		a->noutlets = i + 1;
		if (outlet_open(a, &a->outlets[i], reports[i],
			report_path(a, reports[i], arena), err) == -1)
			return -1;
	}
	return 0;
}

/* Always UTF-8, which the page itself says. */
static int
open_page(struct audit *a, struct run *r, struct err *err)
{
	struct outlet *o = &a->outlets[a->noutlets++];
	const struct output_encoding utf8 = {
	    .appears = run_hide, .ctx = r, .digests = a->digests};
	const struct page_about about = {
	    a->how.lang, r->rules, a->report_run.engine};

	*o = (struct outlet){.report = &report_page, .path = a->options->html};
	if (output_open_encoded(&o->output, a->options->html, &utf8, err) == -1)
		return -1;
	page_head(&o->rows, &about);
	return outlet_flush(a, o, err);
}

/* Was nothing asked for but the page? */
static bool
only_page(const struct ofuku_audit_options *o)
{
	return o->html != NULL && o->row == NULL && o->report == NULL &&
	    o->output == NULL && o->output_dir == NULL &&
	    o->output_format == NULL;
}

static int
open_reports(struct audit *a, struct run *r, struct err *err)
{
	if (only_page(a->options))
		return 0;
	if (a->style.shape == TABLE_CELLS &&
	    open_workbook(a, &r->arena, err) == -1)
		return -1;
	return a->options->output_dir == NULL || a->options->row != NULL ?
	    open_one_report(a, err) :
	    open_all_reports(a, &r->arena, err);
}

static void
name_reports(const struct audit *a, struct apart *files)
{
	const struct ofuku_audit_options *o = a->options;

	if (only_page(o) || o->row != NULL)
		return;
	if (o->output_dir == NULL)
		apart_writes(files, o->output == NULL ? "the report" : "-o",
		    o->output == NULL ? "-" : o->output);
	else if (o->output_format != NULL &&
	    strcmp(o->output_format, "xlsx") == 0)
		apart_writes(files, "-O", workbook_path(a, &files->arena));
	else
		for (size_t i = 0; i < nreports; i++)
			apart_writes(files, "-O",
			    report_path(a, reports[i], &files->arena));
}

/* SQLite has two more files beside a state. */
static void
name_state(const struct audit *a, struct apart *files)
{
	static const char *const endings[] = {"", "-wal", "-shm"};

	for (size_t i = 0; i < 3 && a->options->state != NULL; i++)
		apart_writes(files, "--state",
		    arena_printf(
			&files->arena, "%s%s", a->options->state, endings[i]));
}

/* Before any of them is made: no output takes another's place. */
static int
check_files(const struct audit *a, struct run *r, struct err *err)
{
	struct apart files = {0};
	int rc;

	run_reads(r->rules, r->input, &files);
	name_reports(a, &files);
	apart_writes(&files, "--html", a->options->html);
	apart_writes(&files, "--manifest", a->options->manifest);
	apart_writes(&files, "--rejects", a->options->rejects);
	name_state(a, &files);
	rc = apart_check(&files, run_walk(r), err);
	apart_free(&files);
	return rc;
}

static int
open_outlets(struct audit *a, struct run *r, struct err *err)
{
	if (!lang_named(a->options->lang, &a->how.lang))
		return fail(err, "--lang %s: write en or ja", a->options->lang);
	if (parse_style(a->options, a->how.lang, &a->style, err) == -1)
		return -1;
	a->encoding = (struct output_encoding){a->options->output_encoding,
	    a->style.shape == TABLE_JSONL, &a->unencoded, run_hide, r,
	    a->digests};
	a->outlets = arena_alloc(
	    &r->arena, (nreports + 1) * sizeof(*a->outlets));
	if (open_reports(a, r, err) == -1 ||
	    (a->options->html != NULL && open_page(a, r, err) == -1))
		return -1;
	if (a->options->rejects == NULL)
		return 0;
	a->rejects = arena_alloc(&r->arena, sizeof(*a->rejects));
	return rejects_open(
	    a->rejects, r, a->options->rejects, &a->style, &a->encoding, err);
}

static int
on_reject(void *hook, struct run *r, struct span source, uint64_t line,
    uint64_t byte, const char *reason, struct span excerpt, struct err *err)
{
	struct audit *a = hook;
	int rc;

	(void)r;
	if (a->rejects == NULL)
		return 0;
	pthread_mutex_lock(&a->output);
	rc = rejects_add(a->rejects, source, line, byte, reason, excerpt, err);
	pthread_mutex_unlock(&a->output);
	return rc;
}

static void
say_unfit(struct audit *a)
{
	uint64_t cells = 0;
	bool rows = false;

	for (size_t i = 0; i < a->noutlets; i++) {
		cells += a->outlets[i].fit.long_cells;
		rows |= a->outlets[i].fit.rows > EXCEL_ROWS_MOST;
	}
	if (cells > 0 || rows)
		run_say(a->run, OFUKU_SAY_SUMMARY,
		    "Excel does not show all of what --excel wrote: %s%s%s: "
		    "--output-format xlsx writes what it opens",
		    cells > 0 ? "a text is longer than a cell may be (32,767 "
				"characters)" :
				"",
		    cells > 0 && rows ? ", and " : "",
		    rows ? "a report has more rows than a sheet (1,048,576)" :
			   "");
}

static int
commit(struct audit *a, struct err *err)
{
	const struct page_counts counts = {
	    .outcomes = {[OUTCOME_PASS] = a->counts.pass,
		[OUTCOME_FAIL] = a->counts.fail,
		[OUTCOME_UNKNOWN] = a->counts.unknown},
	    .conversations_failed = a->counts.conversations_failed};

	if (a->options->html != NULL)
		page_tail(
		    &a->outlets[a->noutlets - 1].rows, &counts, a->how.lang);
	for (size_t i = 0; i < a->noutlets; i++)
		if (outlet_commit(a, &a->outlets[i], err) == -1)
			return -1;
	if (commit_workbook(a, err) == -1)
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

/* Room for a batch or two a thread, and for what they assemble. */
enum { MEMORY_LEAST = 8 << 20 };

static size_t
memory(const struct audit *a)
{
	size_t asked = a->options->memory;

	if (asked == 0)
		return (size_t)1 << 30;
	if (asked >= MEMORY_LEAST)
		return asked;
	run_say(a->run, OFUKU_SAY_NOTE,
	    "note: --memory %zu is less than an audit works with: %d taken",
	    asked, MEMORY_LEAST);
	return MEMORY_LEAST;
}

static unsigned
threads(const struct audit *a)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (a->options->threads > 0)
		return a->options->threads;
	return cores < 1 ? 1 : cores > 64 ? 64 : (unsigned)cores;
}

static int
audit(struct run *r, struct audit *a, struct err *err)
{
	r->hook = a;
	r->reject = on_reject;
	if (a->options->manifest != NULL)
		manifest_begin(a);
	if (a->options->fresh > 0 &&
	    fresh_now(a->options->now, r, &a->now, err) == -1)
		return -1;
	if (check_files(a, r, err) == -1 || open_outlets(a, r, err) == -1)
		return -1;
	/* It may stand in the folder of the reports, which there is now. */
	if (a->options->manifest != NULL && manifest_open(a, err) == -1)
		return -1;
	a->how.depth = depth(r, a);
	r->store_options.grouped = a->options->grouped;
	r->store_options.streaming = true;
	r->store_options.memory = memory(a);
	if ((a->options->state != NULL ? nights_run(a, err) :
					 judging_run(a, threads(a), err)) == -1)
		return -1;
	run_hide(r);
	/* A kill between the two reports the same again: nothing is lost. */
	if (run_tick(r, err) == -1 || nights_settle(a, err) == -1 ||
	    commit(a, err) == -1 || nights_commit(a, err) == -1)
		return -1;
	say_unfit(a);
	run_say_unencoded(r, &a->unencoded, a->options->output_encoding);
	return 0;
}

/* What was counted while reading, and while writing. */
static void
total(struct run *r, const struct audit *a)
{
	struct ofuku_counts n = a->counts;

	n.read = r->counts.read;
	n.skipped = r->counts.skipped;
	n.rejected = r->counts.rejected;
	n.inputs = r->counts.inputs;
	n.filtered += r->counts.filtered;
	r->counts = n;
	r->trouble |= a->trouble;
}

/* An export that stopped must not look like a clean night. */
static void
say_missing(struct run *r, const struct audit *a)
{
	const bool state = a->options->state != NULL;
	uint64_t n = state ? a->arrived : r->counts.conversations;

	if (n < a->options->expect)
		run_say(r, OFUKU_SAY_ERROR,
		    "--expect %llu: only %llu conversation%s %s: see "
		    "whether the export is complete",
		    (unsigned long long)a->options->expect,
		    (unsigned long long)n, n == 1 ? "" : "s",
		    state ? "read" : "audited");
}

enum ofuku_status
ofuku_audit(const struct ofuku_rules *rules,
    const struct ofuku_audit_options *o, struct ofuku_counts *counts,
    struct ofuku_error *error)
{
	struct match_limits limits = run_limits(o->match_limit, o->match_heap);
	struct run r;
	struct audit a = {.options = o, .run = &r};
	struct err err = {0};
	enum ofuku_status s = OFUKU_TROUBLE;
	int rc;

	a.report_run.rules = rules->rules->short_hash;
	a.report_run.engine = span_of(ofuku_engine());
	limits.no_jit = o->no_jit;
	limits.no_prefilter = o->no_prefilter;
	if (run_open(&r, rules, &o->input, &limits, o->say, o->ctx, &err) ==
	    -1) {
		error_out(error, &err);
		return OFUKU_TROUBLE;
	}
	pthread_mutex_init(&a.output, NULL);
	rc = audit(&r, &a, &err);
	total(&r, &a);
	if (rc == -1)
		error_out(error, &err);
	else {
		say_missing(&r, &a);
		if (o->fresh > 0)
			fresh_check(&r,
			    o->state != NULL ? &a.arrived_newest : &a.newest,
			    o->fresh, a.now);
		s = status(o, &r);
		if (o->manifest != NULL && manifest_write(&a, s, &err) == -1) {
			error_out(error, &err);
			s = OFUKU_TROUBLE;
		}
	}
	*counts = r.counts;
	for (size_t i = 0; i < a.noutlets; i++)
		outlet_close(&a.outlets[i]);
	workbook_free(a.workbook);
	output_abandon(a.workbook_file);
	if (a.rejects != NULL)
		rejects_close(a.rejects);
	judging_free(&a);
	statefile_close(a.state);
	unencoded_free(&a.unencoded);
	pthread_mutex_destroy(&a.output);
	output_abandon(a.manifest);
	digests_free(a.digests);
	digests_free(r.watch.digests);
	r.watch.digests = NULL;
	run_close(&r);
	return s;
}

enum ofuku_status
ofuku_audit_rows(const char *const *paths, size_t npaths, ofuku_row row,
    void *ctx, struct ofuku_error *error)
{
	const struct ofuku_audit_options options = {
	    .input = {.paths = paths, .npaths = npaths},
	    .row = row,
	    .ctx = ctx,
	};
	struct ofuku_rules *rules = ofuku_rules_load(
	    NULL, 0, NULL, NULL, error);
	struct ofuku_counts counts = {0};
	enum ofuku_status s;

	if (rules == NULL)
		return error->status;
	s = ofuku_audit(rules, &options, &counts, error);
	ofuku_rules_free(rules);
	return s;
}
