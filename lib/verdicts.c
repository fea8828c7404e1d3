#include "verdicts.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "latest.h"
#include "read/stranger.h"
#include "report/report.h"

static const struct reportcolumn columns[VERDICT_COLUMNS] = {
    [VERDICT_POLICY] = {"policy", true},
    [VERDICT_RULES] = {"rules", true},
    [VERDICT_SOURCE] = {"source", true},
    [VERDICT_CONVERSATION] = {"conversation", true},
    [VERDICT_EXCHANGE] = {"exchange", true},
    [VERDICT_VERDICT] = {"verdict", true},
    [VERDICT_ENGINE] = {"engine", false},
    [VERDICT_AGENT] = {"agent", false},
    [VERDICT_OPENED_AT] = {"opened_at", false},
    [VERDICT_DURATION] = {"duration_s", false},
    [VERDICT_TRIGGERS] = {"triggers", false},
    [VERDICT_ROUND_TRIPS] = {"round_trips", false},
    [VERDICT_FINDINGS] = {"findings", false},
    [VERDICT_EVIDENCE] = {"evidence", false},
    [VERDICT_CUSTOMER] = {"customer", false},
    [VERDICT_CLOSED_AT] = {"closed_at", false},
    [VERDICT_CLOSED_BY] = {"closed_by", false},
    [VERDICT_PRESSES] = {"presses", false},
    [VERDICT_REPETITIONS] = {"repetitions", false},
    [VERDICT_PHRASE_HITS] = {"phrase_hits", false},
    [VERDICT_NEAR_MISSES] = {"near_misses", false},
    [VERDICT_UNANSWERED] = {"unanswered", false},
    [VERDICT_FIRST_REPLY] = {"first_reply_s", false},
    [VERDICT_FIRST_REPLY_TURN] = {"first_reply_turn", false},
    [VERDICT_SIMILARITY] = {"similarity", false},
};

void
verdicts_say(struct verdicts *v, enum ofuku_level level, const char *fmt, ...)
{
	va_list ap;
	char *line;

	if (level == OFUKU_SAY_ERROR)
		v->trouble = true;
	if (v->say == NULL)
		return;
	va_start(ap, fmt);
	line = mem_vprintf(fmt, ap);
	va_end(ap);
	v->say(v->ctx, level, line);
	free(line);
}

struct span
verdict_item(struct span *list)
{
	size_t n = span_find(*list, ';');
	struct span item = {list->at, n};

	n += n < list->len;
	*list = (struct span){list->at + n, list->len - n};
	return item;
}

static bool
parse_count(struct span s, struct value *out)
{
	*out = (struct value){.known = s.len > 0};
	if (s.len > 12)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return false;
		out->n = out->n * 10 + (s.at[i] - '0');
	}
	return true;
}

/* Seconds with up to three decimals as milliseconds. */
static bool
parse_seconds(struct span s, struct value *out)
{
	size_t dot = span_find(s, '.');
	struct value whole, part;
	struct span tail = {s.at + dot, s.len - dot};

	if (tail.len > 0)
		tail = (struct span){tail.at + 1, tail.len - 1};
	if (tail.len > 3 || !parse_count((struct span){s.at, dot}, &whole) ||
	    !parse_count(tail, &part))
		return false;
	for (size_t i = tail.len; i < 3; i++)
		part.n *= 10;
	*out = (struct value){whole.known, whole.n * 1000 + part.n};
	return true;
}

static bool
parse_outcome(struct span s, enum outcome *out)
{
	for (int i = OUTCOME_PASS; i <= OUTCOME_UNKNOWN; i++) {
		*out = (enum outcome)i;
		if (span_eq(s, span_of(outcome_name(*out))))
			return true;
	}
	return false;
}

struct moment
verdict_time(struct span s)
{
	struct moment m;

	if (s.len < 8 || (s.at[4] != '-' && s.at[4] != '/') ||
	    !moment_parse_wall(s, &m))
		return (struct moment){0};
	return m;
}

/*
 * A wall clock, or a time from the start, which a spreadsheet may have made
 * shorter (00:05.0) but not into a bare number.
 */
static bool
is_time(struct span s)
{
	struct moment m;

	if (span_starts(s, SPAN("-")))
		s = (struct span){s.at + 1, s.len - 1};
	return s.len == 0 || moment_known(verdict_time(s)) ||
	    (span_find(s, ':') < s.len && moment_parse_relative(s, &m));
}

/* What is wrong with the row; NULL: nothing. */
static const char *
parse(struct verdict *row)
{
	const struct span *c = row->cells;
	struct value number;

	if (!parse_outcome(c[VERDICT_VERDICT], &row->outcome))
		return "verdict is none of pass, fail, unknown";
	if (!parse_count(c[VERDICT_EXCHANGE], &number))
		return "exchange is no number";
	if (!parse_count(c[VERDICT_ROUND_TRIPS], &row->round_trips))
		return "round_trips is no number";
	if (!parse_seconds(c[VERDICT_DURATION], &row->duration))
		return "duration_s is no number of seconds";
	if (!is_time(c[VERDICT_OPENED_AT]))
		return "opened_at is no time as reports have it, such as "
		       "2026-10-01 10:02:00";
	if (!is_time(c[VERDICT_CLOSED_AT]))
		return "closed_at is no time as reports have it, such as "
		       "2026-10-01 10:02:00";
	if (c[VERDICT_POLICY].len == 0 || c[VERDICT_RULES].len == 0)
		return "policy or rules is empty";
	row->doubtful = !number.known;
	if (row->doubtful)
		row->outcome = OUTCOME_UNKNOWN;
	row->opened_at = verdict_time(c[VERDICT_OPENED_AT]);
	return NULL;
}

static void
note_rules(struct verdicts *v, const struct verdict *row, struct span label)
{
	struct span hash = row->cells[VERDICT_RULES];
	struct rule_set *set = map_get(&v->sets, hash);

	if (set == NULL) {
		set = arena_alloc(&v->arena, sizeof(*set));
		set->hash = arena_dup(&v->arena, hash);
		set->first = arena_dup(&v->arena, label);
		*map_slot(&v->sets, set->hash) = set;
		v->rule_sets = mem_grow(v->rule_sets, &v->sets_cap,
		    v->nsets + 1, sizeof(struct rule_set *));
		v->rule_sets[v->nsets++] = set;
	}
	set->rows++;
}

/* Spreadsheets and offsets may print one time in two ways: local seconds. */
static uint64_t
time_hash(const struct verdict *row)
{
	struct moment m = row->opened_at;

	return moment_wall(m) ? (uint64_t)(moment_local_ms(m) / 1000) :
				span_hash(row->cells[VERDICT_OPENED_AT]);
}

static uint64_t
value_hash(struct value v)
{
	return v.known ? (uint64_t)v.n : UINT64_MAX;
}

/* Of all that says what was found; the engine may be another. Numbers count
 * by their value: JSON and spreadsheets print 53.2 in other ways. */
static uint64_t
contents_hash(const struct verdict *row)
{
	uint64_t h = time_hash(row);

	h = h * 31 + value_hash(row->duration);
	h = h * 31 + value_hash(row->round_trips);
	for (size_t i = VERDICT_AGENT; i <= VERDICT_EVIDENCE; i++)
		if (i != VERDICT_OPENED_AT && i != VERDICT_DURATION &&
		    i != VERDICT_ROUND_TRIPS)
			h = h * 31 + span_hash(row->cells[i]);
	return h * 31 + (uint64_t)row->outcome;
}

static struct span
row_key(struct verdicts *v, const struct verdict *row)
{
	struct span findings = row->cells[VERDICT_FINDINGS];

	buf_reset(&v->key);
	for (size_t i = VERDICT_POLICY; i <= VERDICT_EXCHANGE; i++) {
		buf_add(&v->key, row->cells[i]);
		buf_addc(&v->key, '\0');
	}
	if (row->doubtful)
		buf_add(&v->key, verdict_item(&findings));
	return buf_span(&v->key);
}

/* Does the row stand in a report that was read before? */
static bool
is_repeated(struct verdicts *v, const struct verdict *row)
{
	struct span key = row_key(v, row);
	uint64_t hash = contents_hash(row), *seen = map_get(&v->seen, key);

	if (seen != NULL) {
		v->differing += *seen != hash;
		return *seen == hash;
	}
	seen = arena_alloc(&v->arena, sizeof(*seen));
	*seen = hash;
	*map_slot(&v->seen, arena_dup(&v->arena, key)) = seen;
	return false;
}

static int
take_row(struct verdicts *v, const struct reportrows *rows,
    const struct walked *file, struct err *err)
{
	struct verdict row = {
	    .path = file->path, .line = reportrows_line(rows)};
	const char *wrong;

	for (size_t i = 0; i < VERDICT_COLUMNS; i++)
		row.cells[i] = reportrows_cell(rows, i);
	wrong = parse(&row);
	if (wrong != NULL) {
		v->broken++;
		verdicts_say(v, OFUKU_SAY_REJECT, "%.*s:%" PRIu64 ": %s",
		    SPAN_FMT(file->label), row.line, wrong);
		return 0;
	}
	/* What is reported as it was before it changed counts again. */
	if (v->latest == NULL && is_repeated(v, &row)) {
		v->repeated++;
		return 0;
	}
	v->rows++;
	note_rules(v, &row, file->label);
	if (v->latest != NULL) {
		latest_add(v->latest, &row);
		return 0;
	}
	return v->visit(v->hook, &row, err);
}

/* What a file holds that is no exchanges report. */
struct glimpse {
	bool ours; /* another report of an audit, which stands beside it */
	const struct stranger *stranger; /* NULL: nobody knows */
};

static struct span
last_part(const struct walked *file)
{
	const char *slash = strrchr(file->path, '/');

	return span_of(slash == NULL ? file->path : slash + 1);
}

static struct glimpse
glimpse_at(const struct walked *file)
{
	enum { HEAD = 4096 };
	struct glimpse g = {0};
	struct stream *in;
	struct span text;
	struct err why;
	bool whole;
	int fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd == -1)
		return g;
	if (stream_open(&in, fd, file->label, NULL, &why) == 0) {
		g.stranger = stranger_of(stream_head(in));
		if (stream_peek(in, HEAD, &text, &whole, &why) == 0)
			g.ours = stranger_other_report(text);
		stream_close(in);
	}
	close(fd);
	/* As audit calls its workbook. */
	g.ours |= g.stranger != NULL &&
	    span_eq(last_part(file), SPAN("reports.xlsx"));
	return g;
}

static void
say_other(struct verdicts *v, const struct walked *file)
{
	verdicts_say(v, OFUKU_SAY_DETAIL,
	    "%.*s: another report of an audit: skipped", SPAN_FMT(file->label));
}

static void
not_a_report(struct verdicts *v, const struct walked *file, const char *why)
{
	struct glimpse g;

	if (v->other != NULL && v->other(v->hook, file)) {
		v->others++;
		return;
	}
	g = glimpse_at(file);
	if (file->named && g.stranger != NULL)
		verdicts_say(v, OFUKU_SAY_ERROR,
		    "%.*s: no exchanges report: it is %s; reports are CSV, "
		    "TSV or JSON Lines%s%s",
		    SPAN_FMT(file->label), g.stranger->what,
		    g.stranger->binary ? ": " : "",
		    g.stranger->binary ? g.stranger->advice : "");
	else if (file->named)
		verdicts_say(v, OFUKU_SAY_ERROR, "%s", why);
	else if (g.ours)
		say_other(v, file);
	else
		verdicts_say(v, OFUKU_SAY_NOTE,
		    "%.*s: note: no exchanges "
		    "report: skipped (name it to see why)",
		    SPAN_FMT(file->label));
}

static const struct report *
report_called(struct span name)
{
	for (size_t i = 0; i < nreports; i++)
		if (span_eq(name, span_of(reports[i]->name)))
			return reports[i];
	return NULL;
}

/*
 * JSON Lines have no header: a night without a row leaves an empty file. Is it
 * one? Then it is taken for an exchanges report unless its name is another's.
 */
static bool
is_without_rows(struct verdicts *v, const struct walked *file)
{
	const struct span ending = SPAN(".jsonl");
	struct span name = last_part(file);
	const struct report *report;

	if (!file->sized || file->size > 0 || !span_ends(name, ending))
		return false;
	name.len -= ending.len;
	report = report_called(name);
	if (report != NULL && strcmp(report->name, "exchanges") != 0) {
		if (!file->named)
			say_other(v, file);
		return !file->named;
	}
	verdicts_say(v, OFUKU_SAY_DETAIL, "%.*s: a report without rows",
	    SPAN_FMT(file->label));
	v->files++;
	return true;
}

static int
read_rows(struct verdicts *v, struct reportrows *rows,
    const struct walked *file, struct err *err)
{
	struct err why;
	uint64_t good = 0;
	int rc;

	while ((rc = reportrows_next(rows, &why)) > 0) {
		if (watch_go_on(&v->watch, err) == -1)
			return -1;
		if (rc == 1) {
			good++;
			if (take_row(v, rows, file, err) == -1)
				return -1;
			continue;
		}
		if (good == 0 && reportrows_foreign(rows)) {
			char *line = arena_printf(&v->arena,
			    "%.*s:%" PRIu64 ": %s", SPAN_FMT(file->label),
			    reportrows_line(rows), why.text);

			not_a_report(v, file, line);
			return 0;
		}
		v->broken++;
		verdicts_say(v, OFUKU_SAY_REJECT, "%.*s:%" PRIu64 ": %s",
		    SPAN_FMT(file->label), reportrows_line(rows), why.text);
	}
	if (watch_go_on(&v->watch, err) == -1)
		return -1;
	if (rc == -1)
		verdicts_say(v, OFUKU_SAY_ERROR, "%s", why.text);
	v->files++;
	return 0;
}

static int
read_file(struct verdicts *v, const struct walked *file, struct err *err)
{
	struct reportrows *rows;
	struct err why;
	bool missing;
	int rc, fd = STDIN_FILENO;

	if (is_without_rows(v, file))
		return 0;
	if (strcmp(file->path, "-") != 0)
		fd = open(file->path, O_RDONLY | O_CLOEXEC);
	if (fd == -1) {
		verdicts_say(v, OFUKU_SAY_ERROR, "%.*s: cannot be read: %s",
		    SPAN_FMT(file->label), strerror(errno));
		return 0;
	}
	if (reportrows_open(&rows, fd, file->label, &v->watch, v->columns,
		VERDICT_COLUMNS, &missing, &why) == -1) {
		rc = watch_go_on(&v->watch, err);
		if (rc == 0 && missing)
			not_a_report(v, file, why.text);
		else if (rc == 0)
			verdicts_say(v, OFUKU_SAY_ERROR, "%s", why.text);
	} else {
		rc = read_rows(v, rows, file, err);
		reportrows_close(rows);
	}
	if (fd != STDIN_FILENO)
		close(fd);
	return rc;
}

static void
on_trouble(void *ctx, const char *line)
{
	verdicts_say(ctx, OFUKU_SAY_ERROR, "%s", line);
}

static void
say_repeated(struct verdicts *v)
{
	if (v->repeated > 0)
		verdicts_say(v, OFUKU_SAY_NOTE,
		    "note: %" PRIu64 " %s in "
		    "more than one report: counted once",
		    v->repeated,
		    v->repeated == 1 ? "row stands" : "rows stand");
	if (v->latest != NULL) {
		uint64_t n = latest_replaced(v->latest);

		if (n > 0)
			verdicts_say(v, OFUKU_SAY_NOTE,
			    "note: %" PRIu64 " %s written again later: the "
			    "later counts",
			    n, n == 1 ? "row was" : "rows were");
	} else if (v->differing > 0)
		verdicts_say(v, OFUKU_SAY_NOTE,
		    "note: %" PRIu64 " %s the "
		    "source, conversation and number of another that was "
		    "found otherwise: each is counted; of nights' reports "
		    "--latest counts the later",
		    v->differing,
		    v->differing == 1 ? "exchange has" : "exchanges have");
}

struct verdicts
verdicts_from(const struct ofuku_summary_options *o)
{
	return (struct verdicts){.say = o->say,
	    .ctx = o->ctx,
	    .watch = {.stop = (struct stop *)o->stop},
	    .latest = o->latest ? latest_new() : NULL};
}

int
verdicts_read(
    struct verdicts *v, const char *const *paths, size_t n, struct err *err)
{
	struct walk walk = {.trouble = on_trouble, .ctx = v};
	int rc = 0;

	memcpy(v->columns, columns, sizeof(columns));
	for (size_t i = 0; i < VERDICT_COLUMNS; i++)
		v->columns[i].needed |= v->needed[i];
	if (walk_paths(&walk, paths, n) == -1)
		v->trouble = true;
	for (size_t i = 0; i < walk.n && rc == 0; i++)
		if (!walk.at[i].repeated)
			rc = read_file(v, &walk.at[i], err);
	walk_free(&walk);
	if (rc == 0 && v->latest != NULL)
		rc = latest_visit(v->latest, v->visit, v->hook, err);
	if (rc == 0 && v->files + v->others == 0 && !v->trouble)
		verdicts_say(v, OFUKU_SAY_ERROR,
		    "%s: no exchanges report in it: name a file to see why it "
		    "is none; a workbook is none: audit with --output-format "
		    "csv or jsonl, too",
		    n > 0 ? paths[0] : "-");
	if (rc == 0)
		say_repeated(v);
	v->trouble |= v->broken > 0;
	return rc;
}

void
verdicts_free(struct verdicts *v)
{
	arena_free(&v->arena);
	map_free(&v->seen);
	map_free(&v->sets);
	free(v->rule_sets);
	latest_free(v->latest);
	buf_free(&v->key);
}
