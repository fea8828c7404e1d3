/* summarize: exchanges reports to counts, rates and quantiles by key. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/output.h"
#include "report/sheet.h"
#include "report/workbook.h"
#include "summary.h"

/* The quantile of the normal distribution for 95 %, both tails. */
#define Z95 1.959963984540054

/* More lines than anybody reads are of a report made to fill the memory. */
enum { GROUPS_MOST = 1000000 };

static bool
local_date(const struct verdict *row, int64_t *day)
{
	struct moment m = row->opened_at;
	int64_t ms = moment_local_ms(m);

	*day = (ms - (ms < 0 ? INT64_C(86399999) : 0)) / INT64_C(86400000);
	return moment_wall(m);
}

/* Days from 1970 as a civil date (Hinnant's days_from_civil, inverted). */
static void
civil_of(int64_t day, int *year, int *month, int *dom)
{
	int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*dom = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

static void
value_day(const struct verdict *row, struct buf *out)
{
	int64_t day;
	int y, m, d;

	if (!local_date(row, &day))
		return;
	civil_of(day, &y, &m, &d);
	buf_printf(out, "%04d-%02d-%02d", y, m, d);
}

static void
value_month(const struct verdict *row, struct buf *out)
{
	int64_t day;
	int y, m, d;

	if (!local_date(row, &day))
		return;
	civil_of(day, &y, &m, &d);
	buf_printf(out, "%04d-%02d", y, m);
}

/* ISO 8601: weeks begin on Monday; the first holds the year's Thursday. */
static void
value_week(const struct verdict *row, struct buf *out)
{
	int64_t day, first = 0, thursday;
	int y, m, d;

	if (!local_date(row, &day))
		return;
	thursday = day - ((day + 3) % 7 + 7) % 7 + 3;
	civil_of(thursday, &y, &m, &d);
	(void)moment_civil(y, 1, 1, 0, 0, 0, 0, &first);
	buf_printf(out, "%04d-W%02d", y,
	    (int)((thursday - first / INT64_C(86400000)) / 7 + 1));
}

static void
value_verdict(const struct verdict *row, struct buf *out)
{
	buf_adds(out, outcome_name(row->outcome));
}

static const struct summary_key keys[] = {
    {"agent", VERDICT_AGENT, true, NULL},
    {"day", VERDICT_OPENED_AT, false, value_day},
    {"week", VERDICT_OPENED_AT, false, value_week},
    {"month", VERDICT_OPENED_AT, false, value_month},
    {"trigger", VERDICT_TRIGGERS, true, NULL},
    {"check", VERDICT_FINDINGS, true, NULL},
    {"source", VERDICT_SOURCE, false, NULL},
    {"verdict", VERDICT_VERDICT, false, value_verdict},
    {"rules", VERDICT_RULES, false, NULL},
};
#define NKEYS (sizeof(keys) / sizeof(*keys))
#define KEY_CHECK (&keys[5])
#define KEY_RULES (&keys[8])

const char *
ofuku_summary_key(size_t i)
{
	return i < NKEYS ? keys[i].name : NULL;
}

static void
numbers_add(struct numbers *v, int64_t n)
{
	v->at = mem_grow(v->at, &v->cap, v->n + 1, sizeof(*v->at));
	v->at[v->n++] = n;
}

static void
split_key(struct group *g, size_t n)
{
	struct span rest = g->key;

	for (size_t i = 0; i < n; i++) {
		size_t len = span_find(rest, '\0');

		g->values[i] = (struct span){rest.at, len};
		rest = (struct span){rest.at + len + 1, rest.len - len - 1};
	}
}

/* The group of the key; print: it is a line of the summary. */
static struct group *
group_of(struct summary *s, struct span key, bool print)
{
	struct group *g = map_get(&s->map, key);

	if (g != NULL)
		return g;
	s->full |= s->nall >= GROUPS_MOST;
	g = arena_alloc(&s->arena, sizeof(*g));
	g->key = arena_dup(&s->arena, key);
	*map_slot(&s->map, g->key) = g;
	split_key(g, s->nby + 2);
	s->all = mem_grow(
	    s->all, &s->all_cap, s->nall + 1, sizeof(struct group *));
	s->all[s->nall++] = g;
	if (!print)
		return g;
	s->groups = mem_grow(
	    s->groups, &s->cap, s->n + 1, sizeof(struct group *));
	s->groups[s->n++] = g;
	return g;
}

static void
note_rules(struct group *g, struct span hash)
{
	struct span list = buf_span(&g->rules);

	while (list.len > 0)
		if (span_eq(verdict_item(&list), hash))
			return;
	if (g->rules.len > 0)
		buf_addc(&g->rules, ';');
	buf_add(&g->rules, hash);
}

static void
count(struct group *g, const struct verdict *row, enum outcome outcome)
{
	note_rules(g, row->cells[VERDICT_RULES]);
	g->outcomes[outcome]++;
	g->talks += row->talk;
	g->real += !row->doubtful && !row->talk;
	g->doubtful += row->doubtful;
	if (row->round_trips.known && !row->doubtful)
		numbers_add(&g->round_trips, row->round_trips.n);
	if (row->duration.known && !row->doubtful)
		numbers_add(&g->durations, row->duration.n);
}

/* Of a list of checks, an item with ? could not be judged. */
static enum outcome
outcome_of(const struct verdict *row, struct span check)
{
	if (check.len == 0)
		return row->outcome;
	return row->doubtful || span_ends(check, SPAN("?")) ? OUTCOME_UNKNOWN :
							      OUTCOME_FAIL;
}

/* A NUL, which stands between the values of a key, is shown as U+FFFD. */
static void
add_cell(struct buf *key, struct span cell)
{
	while (cell.len > 0) {
		size_t n = span_find(cell, '\0');

		buf_add(key, (struct span){cell.at, n});
		if (n == cell.len)
			return;
		buf_adds(key, "\xef\xbf\xbd");
		cell = (struct span){cell.at + n + 1, cell.len - n - 1};
	}
}

static void
add_value(struct summary *s, const struct verdict *row,
    const struct summary_key *k, struct span item)
{
	if (k == KEY_CHECK)
		item.len -= span_ends(item, SPAN("?"));
	if (k->value != NULL)
		k->value(row, &s->key);
	else
		add_cell(&s->key, item);
	buf_addc(&s->key, '\0');
}

/*
 * One way of choosing an item of each list is one group; key holds what the
 * keys before i gave. check: the item of a list of checks; base: it is left
 * out, so that the group holds all that could have failed.
 */
static void
spread(struct summary *s, const struct verdict *row, size_t i,
    struct span check, bool base)
{
	const struct summary_key *k = i < s->nby ? s->by[i] : NULL;
	size_t len = s->key.len;
	struct span list;

	if (s->full)
		return;
	if (k == NULL) {
		if (!s->mix)
			add_cell(&s->key, row->cells[VERDICT_RULES]);
		buf_addc(&s->key, '\0');
		count(group_of(s, buf_span(&s->key), !base), row,
		    outcome_of(row, check));
		s->key.len = len;
		return;
	}
	list = row->cells[k->column];
	if (k == KEY_CHECK && !base && list.len == 0)
		return;
	if (k == KEY_CHECK && base)
		list.len = 0;
	do {
		struct span item = k->many ? verdict_item(&list) : list;

		add_value(s, row, k, item);
		spread(s, row, i + 1, k == KEY_CHECK ? item : check, base);
		s->key.len = len;
	} while (k->many && list.len > 0);
}

static int
visit(void *ctx, const struct verdict *row, struct err *err)
{
	struct summary *s = ctx;

	for (int base = 0; base < (s->by_check && !row->talk ? 2 : 1); base++) {
		buf_reset(&s->key);
		add_cell(&s->key, row->cells[VERDICT_POLICY]);
		buf_addc(&s->key, '\0');
		spread(s, row, 0, (struct span){0}, base == 1);
	}
	return s->full ?
	    fail(err,
		"%s:%llu: more than %d lines of a summary: --by fewer keys",
		row->path, (unsigned long long)row->line, GROUPS_MOST) :
	    0;
}

static void
take_finding(void *hook, const struct reportrows *r, const char *path)
{
	struct summary *s = hook;

	if (finding_of_conversation(r))
		talkfindings_add(&s->talks, r, path);
}

static bool
other(void *hook, const struct walked *file)
{
	struct summary *s = hook;

	return otherreport_read(&s->in, OTHER_FINDINGS, file, take_finding, s);
}

/* A finding as a row that failed this check alone. */
static int
visit_talk(struct summary *s, const struct talkfinding *f, struct err *err)
{
	const struct span *from = f->cells;
	bool failed = span_eq(from[FINDING_OUTCOME], SPAN("fail"));
	struct verdict row = {.talk = true,
	    .outcome = failed ? OUTCOME_FAIL : OUTCOME_UNKNOWN,
	    .opened_at = verdict_time(from[DETAIL_AT]),
	    .path = f->path};
	char *check = arena_printf(&s->arena, "%.*s%s",
	    SPAN_FMT(from[FINDING_CHECK]), failed ? "" : "?");

	row.cells[VERDICT_POLICY] = from[DETAIL_POLICY];
	row.cells[VERDICT_RULES] = from[DETAIL_RULES];
	row.cells[VERDICT_SOURCE] = from[DETAIL_SOURCE];
	row.cells[VERDICT_CONVERSATION] = from[DETAIL_CONVERSATION];
	row.cells[VERDICT_FINDINGS] = span_of(check);
	if (span_eq(from[DETAIL_ROLE], SPAN("agent")))
		row.cells[VERDICT_AGENT] = from[DETAIL_SPEAKER];
	return visit(s, &row, err);
}

/* Of a check's group: the one of all exchanges that could have failed it. */
static const struct group *
base_of(struct summary *s, const struct group *g)
{
	buf_reset(&s->key);
	for (size_t i = 0; i < s->nby + 2; i++) {
		if (i == 0 || i > s->nby || s->by[i - 1] != KEY_CHECK)
			buf_add(&s->key, g->values[i]);
		buf_addc(&s->key, '\0');
	}
	return map_get(&s->map, buf_span(&s->key));
}

/* A check's group with what did not fail it: the others of its base. */
static void
complete_check(struct group *g, const struct group *base)
{
	if (g->talks > 0)
		return;
	g->outcomes[OUTCOME_UNKNOWN] += base->doubtful - g->doubtful;
	g->real = base->real;
	g->doubtful = base->doubtful;
	g->outcomes[OUTCOME_PASS] = g->real + g->doubtful -
	    g->outcomes[OUTCOME_FAIL] - g->outcomes[OUTCOME_UNKNOWN];
}

struct group *
summary_unfailed(struct summary *s, const struct group *like)
{
	const struct group *base = s->by_check ? base_of(s, like) : NULL;
	struct group *g;

	if (base == NULL)
		return NULL;
	g = arena_alloc(&s->arena, sizeof(*g));
	complete_check(g, base);
	return g;
}

static int
by_number(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static int
by_key(const void *x, const void *y)
{
	const struct group *a = *(struct group *const *)x;
	const struct group *b = *(struct group *const *)y;

	return span_cmp(a->key, b->key);
}

int64_t
numbers_rank(struct numbers *v, size_t percent)
{
	size_t n = (v->n * percent + 99) / 100;

	qsort(v->at, v->n, sizeof(*v->at), by_number);
	return v->at[n == 0 ? 0 : n - 1];
}

static void
quantiles(struct sheet *out, struct numbers *v, enum cell_kind kind)
{
	static const size_t percents[] = {50, 90, 100};

	for (size_t i = 0; i < sizeof(percents) / sizeof(*percents); i++) {
		if (v->n == 0)
			sheet_empty(out);
		else
			sheet_number(out, kind, numbers_rank(v, percents[i]));
	}
}

int64_t
share_milli(double share)
{
	return (int64_t)floor(share * 1000 + 0.5);
}

struct share
share_failed(uint64_t failed, uint64_t passed)
{
	double n = (double)(failed + passed), p = (double)failed / n;
	double middle = p + Z95 * Z95 / (2 * n);
	double half = Z95 * sqrt(p * (1 - p) / n + Z95 * Z95 / (4 * n * n));

	return (struct share){
	    .low = failed == 0 ? 0 : (middle - half) / (1 + Z95 * Z95 / n),
	    .p = p,
	    .high = passed == 0 ? 1 : (middle + half) / (1 + Z95 * Z95 / n)};
}

static void
rate(struct sheet *out, uint64_t fail, uint64_t pass)
{
	struct share share;

	if (fail + pass == 0) {
		for (int i = 0; i < 3; i++)
			sheet_empty(out);
		return;
	}
	share = share_failed(fail, pass);
	sheet_number(out, CELL_MILLI, share_milli(share.p));
	sheet_number(out, CELL_MILLI, share_milli(share.low));
	sheet_number(out, CELL_MILLI, share_milli(share.high));
}

/* Exchanges are none of it, and who passed stands in no report of findings. */
static void
talk_counts(const struct group *g, struct sheet *out)
{
	sheet_empty(out);
	sheet_empty(out);
	sheet_empty(out);
	sheet_number(out, CELL_INT, (int64_t)g->outcomes[OUTCOME_FAIL]);
	sheet_number(out, CELL_INT, (int64_t)g->outcomes[OUTCOME_UNKNOWN]);
	rate(out, 0, 0);
}

static void
print_group(const struct summary *s, struct group *g, struct sheet *out)
{
	sheet_text(out, g->values[0]);
	sheet_list(out, buf_span(&g->rules));
	for (size_t i = 0; i < s->nby; i++)
		if (s->by[i] != KEY_RULES)
			sheet_text(out, g->values[i + 1]);
	if (g->talks > 0) {
		talk_counts(g, out);
	} else {
		sheet_number(out, CELL_INT, (int64_t)g->real);
		sheet_number(out, CELL_INT, (int64_t)g->doubtful);
		for (size_t i = 0; i <= OUTCOME_UNKNOWN; i++)
			sheet_number(out, CELL_INT, (int64_t)g->outcomes[i]);
		rate(out, g->outcomes[OUTCOME_FAIL], g->outcomes[OUTCOME_PASS]);
	}
	quantiles(out, &g->round_trips, CELL_INT);
	quantiles(out, &g->durations, CELL_DURATION);
}

static const struct sheet_column measures_of[] = {
    {"exchanges", NULL, "exch."},
    {"doubtful", NULL, "doubt."},
    {"pass", NULL, "pass"},
    {"fail", NULL, "fail"},
    {"unknown", NULL, "unkn."},
    {"fail_rate", "fail rate, 95 %", "rate"},
    {"fail_rate_low", "fail rate, 95 %", "low"},
    {"fail_rate_high", "fail rate, 95 %", "high"},
    {"round_trips_median", "round trips", "med"},
    {"round_trips_p90", "round trips", "p90"},
    {"round_trips_max", "round trips", "max"},
    {"duration_median_s", "duration", "med"},
    {"duration_p90_s", "duration", "p90"},
    {"duration_max_s", "duration", "max"},
};
#define NMEASURES (sizeof(measures_of) / sizeof(*measures_of))

/* Aligned, what is the same in every line is left out. */
static void
make_columns(struct summary *s, struct sheet *out)
{
	struct sheet_column *c = arena_alloc(
	    &s->arena, (2 + SUMMARY_KEYS + NMEASURES) * sizeof(*c));
	size_t n = 0;

	c[n++] = (struct sheet_column){"policy", NULL,
	    summary_policies(s) < 2 && s->nby > 0 ? NULL : "policy"};
	c[n++] = (struct sheet_column){
	    "rules", NULL, s->in.nsets > 1 ? "rules" : NULL};
	for (size_t i = 0; i < s->nby; i++)
		if (s->by[i] != KEY_RULES)
			c[n++] = (struct sheet_column){
			    s->by[i]->name, NULL, s->by[i]->name};
	memcpy(c + n, measures_of, sizeof(measures_of));
	out->columns = c;
	out->ncolumns = n + NMEASURES;
}

static void
make_sheet(struct summary *s, struct sheet *out)
{
	make_columns(s, out);
	for (size_t i = 0; i < s->n; i++)
		print_group(s, s->groups[i], out);
}

static int
add_key(struct summary *s, struct span name, struct err *err)
{
	struct buf known = {0};

	for (size_t i = 0; i < NKEYS; i++) {
		if (!span_eq(span_of(keys[i].name), name))
			continue;
		for (size_t k = 0; k < s->nby; k++)
			if (s->by[k] == &keys[i])
				return fail(err,
				    "--by: %s stands there "
				    "twice",
				    keys[i].name);
		s->by[s->nby++] = &keys[i];
		s->by_check |= &keys[i] == KEY_CHECK;
		s->by_rules |= &keys[i] == KEY_RULES;
		s->in.needed[keys[i].column] = true;
		return 0;
	}
	for (size_t i = 0; i < NKEYS; i++)
		buf_printf(&known, "%s%s", i == 0 ? "" : ", ", keys[i].name);
	fail(err, "--by: no key \"%.*s\": the keys are %s", SPAN_FMT(name),
	    buf_cstr(&known));
	buf_free(&known);
	return -1;
}

int
summary_parse_by(struct summary *s, const char *by, struct err *err)
{
	struct span rest = span_of(by);

	while (rest.len > 0) {
		size_t n = span_find(rest, ',');

		if (add_key(s, span_trim((struct span){rest.at, n}), err) == -1)
			return -1;
		n += n < rest.len;
		rest = (struct span){rest.at + n, rest.len - n};
	}
	return 0;
}

void
summary_free(struct summary *s)
{
	for (size_t i = 0; i < s->nall; i++) {
		free(s->all[i]->round_trips.at);
		free(s->all[i]->durations.at);
		buf_free(&s->all[i]->rules);
	}
	free(s->all);
	free(s->groups);
	map_free(&s->map);
	buf_free(&s->key);
	talkfindings_free(&s->talks);
	arena_free(&s->arena);
	verdicts_free(&s->in);
}

/* Rule sets judge by other measures: what they found does not add up. */
static void
say_rules(struct summary *s)
{
	struct buf sets = {0};

	if (s->in.nsets < 2 || s->by_rules)
		return;
	for (size_t i = 0; i < s->in.nsets; i++)
		buf_printf(&sets, "%s%.*s (%" PRIu64 " %s, first in %.*s)",
		    i == 0 ? "" : ", ", SPAN_FMT(s->in.rule_sets[i]->hash),
		    s->in.rule_sets[i]->rows,
		    s->in.rule_sets[i]->rows == 1 ? "row" : "rows",
		    SPAN_FMT(s->in.rule_sets[i]->first));
	verdicts_say(&s->in, OFUKU_SAY_NOTE, "note: %zu rule sets are %s: %s%s",
	    s->in.nsets, s->mix ? "counted together" : "counted apart",
	    buf_cstr(&sets),
	    s->mix ? "" :
		     "; --mix counts them together, --compare says what "
		     "changed");
	buf_free(&sets);
}

size_t
summary_policies(const struct summary *s)
{
	size_t n = s->n > 0;

	for (size_t i = 1; i < s->n; i++)
		n += !span_eq(
		    s->groups[i]->values[0], s->groups[i - 1]->values[0]);
	return n;
}

int
summary_read(
    struct summary *s, const char *const *paths, size_t n, struct err *err)
{
	s->in.visit = visit;
	s->in.hook = s;
	if (verdicts_read(&s->in, paths, n, err) == -1)
		return -1;
	for (size_t i = 0; i < s->talks.n; i++)
		if (!talkfinding_held(s->talks.at[i]) &&
		    visit_talk(s, s->talks.at[i], err) == -1)
			return -1;
	say_rules(s);
	if (s->n > 1)
		qsort(s->groups, s->n, sizeof(struct group *), by_key);
	for (size_t i = 0; i < s->n && s->by_check; i++)
		complete_check(s->groups[i], base_of(s, s->groups[i]));
	return 0;
}

static int
summarize(struct summary *s, const struct ofuku_summary_options *o,
    struct sheet *sheet, struct err *err)
{
	if (summary_parse_by(s, o->by == NULL ? "" : o->by, err) == -1)
		return -1;
	if (s->by_check)
		s->in.other = other;
	if (summary_read(s, o->paths, o->npaths, err) == -1)
		return -1;
	make_sheet(s, sheet);
	return summary_write(sheet, o, err);
}

static enum ofuku_status
summarize_all(const struct ofuku_summary_options *o, struct ofuku_error *error)
{
	struct summary s = {
	    .mix = o->mix, .in = verdicts_from(o), .talks.latest = o->latest};
	struct sheet sheet = {0};
	struct err err = {0};
	enum ofuku_status status = OFUKU_TROUBLE;

	if (summarize(&s, o, &sheet, &err) == -1)
		error_out(error, &err);
	else if (!s.in.trouble)
		status = OFUKU_PASS;
	sheet_free(&sheet);
	summary_free(&s);
	return status;
}

static const struct shape_name {
	const char *name;
	enum table_shape shape;
	bool aligned;
} shapes[] = {
    {"csv", TABLE_CSV, false},
    {"tsv", TABLE_TSV, false},
    {"jsonl", TABLE_JSONL, false},
    {"table", TABLE_CSV, true},
    {"xlsx", TABLE_CELLS, false},
};

static const struct shape_name *
shape_named(const char *name, struct err *err)
{
	if (name == NULL)
		return &shapes[0];
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
		if (strcmp(shapes[i].name, name) == 0)
			return &shapes[i];
	fail(err, "--output-format %s: write csv, tsv, jsonl, table or xlsx",
	    name);
	return NULL;
}

int
summary_lang(
    const struct ofuku_summary_options *o, enum lang *lang, struct err *err)
{
	return lang_named(o->lang, lang) ?
	    0 :
	    fail(err, "--lang %s: write en or ja", o->lang);
}

int
summary_write(const struct sheet *sheet, const struct ofuku_summary_options *o,
    struct err *err)
{
	const struct shape_name *shape = shape_named(o->output_format, err);
	struct output *out;
	struct buf text = {0};
	uint64_t cut = 0;
	enum lang lang;
	int rc;

	if (shape == NULL || summary_lang(o, &lang, err) == -1 ||
	    output_open(&out, o->output, err) == -1)
		return -1;
	if (shape->aligned)
		sheet_align(sheet, o->width, lang, &text);
	else
		sheet_table(sheet,
		    (struct table_style){.shape = shape->shape, .lang = lang},
		    &text);
	rc = shape->shape == TABLE_CELLS ?
	    workbook_of("summary", buf_span(&text), out, &cut, err) :
	    output_write(out, buf_span(&text), err);
	buf_free(&text);
	if (rc == 0 && cut > 0 && o->say != NULL)
		o->say(o->ctx, OFUKU_SAY_SUMMARY,
		    "a text is longer than an Excel cell may be: cut");
	if (rc == 0)
		return output_commit(out, err);
	output_abandon(out);
	return -1;
}

static int
check_files(const struct ofuku_summary_options *o, struct err *err)
{
	const struct ofuku_input in = {.settings = o->settings};
	struct apart files = {0};
	int rc;

	run_reads(o->rules == NULL ? NULL : o->rules->rules, &in, &files);
	if (o->html != NULL)
		apart_writes(&files, "--html", o->html);
	else
		apart_writes(&files, o->output == NULL ? "the summary" : "-o",
		    o->output == NULL ? "-" : o->output);
	rc = apart_check_paths(&files, o->paths, o->npaths, err);
	apart_free(&files);
	return rc;
}

enum ofuku_status
ofuku_summarize(
    const struct ofuku_summary_options *o, struct ofuku_error *error)
{
	struct err err = {0};

	if (check_files(o, &err) == -1) {
		error_out(error, &err);
		return OFUKU_TROUBLE;
	}
	if (o->html != NULL)
		return page_reports(o, error);
	if (!o->compare)
		return summarize_all(o, error);
	return o->by == NULL ? compare_reports(o, error) :
			       compare_summaries(o, error);
}
