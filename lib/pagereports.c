/*
 * summarize --html: reports read back and written as a page. Exchanges reports
 * give the rows; log and findings reports beside them say what was said and
 * found in each.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "report/output.h"
#include "report/page.h"
#include "summary.h"

/* Columns that log and findings reports have in common stand first. */
enum {
	DETAIL_POLICY,
	DETAIL_RULES,
	DETAIL_SOURCE,
	DETAIL_CONVERSATION,
	DETAIL_EXCHANGE,
	DETAIL_LINE,
	DETAIL_AT,
	DETAIL_ROLE,
	DETAIL_SPEAKER,
	DETAIL_OWN
};
#define DETAIL_COMMON \
	{"policy", true}, {"rules", true}, {"source", true}, \
	    {"conversation", true}, {"exchange", true}, {"line", true}, \
	    {"at", true}, {"role", true}, \
	{ \
		"speaker", true \
	}

enum {
	LOG_EVENT = DETAIL_OWN,
	LOG_N,
	LOG_ROUND_TRIP,
	LOG_PATTERN,
	LOG_SIMILARITY,
	LOG_TEXT,
	LOG_COLUMNS
};
static const struct reportcolumn log_columns[LOG_COLUMNS] = {DETAIL_COMMON,
    {"event", true}, {"n", true}, {"round_trip", true}, {"pattern", true},
    {"similarity", true}, {"text", true}};

enum {
	FINDING_CHECK = DETAIL_OWN,
	FINDING_SEVERITY,
	FINDING_OUTCOME,
	FINDING_MEASURED,
	FINDING_LIMIT,
	FINDING_MESSAGE,
	FINDING_EVIDENCE,
	FINDING_COLUMNS
};
static const struct reportcolumn finding_columns[FINDING_COLUMNS] = {
    DETAIL_COMMON, {"check", true}, {"severity", true}, {"outcome", true},
    {"measured", true}, {"limit", true}, {"message", true}, {"evidence", true}};

enum detail_kind { DETAIL_LOG, DETAIL_FINDINGS };

/* What reports say of one exchange beside its row. */
struct details {
	struct buf lines[2]; /* of each kind */
	const char *path[2]; /* the file that had them: a second is a copy */
	struct buf turn;     /* of the event before: its place and text */
};

struct shown {
	struct span line; /* of the page */
	struct details *details;
};

struct pagereports {
	struct verdicts in;
	struct arena arena;
	struct map map; /* details by key */
	struct details **all;
	size_t nall, all_cap;
	struct shown *rows;
	size_t n, cap;
	uint64_t counts[OUTCOME_UNKNOWN + 1];
	struct buf key, line;
	enum lang lang;
};

/* Where rows are written again, what was said of them stands beside them. */
static struct span
folder_of(const struct pagereports *p, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct span folder = {0};

	if (p->in.latest != NULL && slash != NULL)
		folder = (struct span){path, (size_t)(slash - path)};
	return folder;
}

static struct details *
details_of(struct pagereports *p, const struct span key[5], const char *path)
{
	struct details *d;

	buf_reset(&p->key);
	buf_add(&p->key, folder_of(p, path));
	buf_addc(&p->key, '\0');
	for (size_t i = 0; i < 5; i++) {
		buf_add(&p->key, key[i]);
		buf_addc(&p->key, '\0');
	}
	d = map_get(&p->map, buf_span(&p->key));
	if (d != NULL)
		return d;
	d = arena_alloc(&p->arena, sizeof(*d));
	*d = (struct details){0};
	*map_slot(&p->map, arena_dup(&p->arena, buf_span(&p->key))) = d;
	p->all = mem_grow(
	    p->all, &p->all_cap, p->nall + 1, sizeof(struct details *));
	p->all[p->nall++] = d;
	return d;
}

/* Excel's times as all others. */
static void
put_time(struct table *t, struct span cell)
{
	struct moment m = verdict_time(cell);

	if (moment_known(m))
		table_moment(t, m);
	else
		table_text(t, cell);
}

static void
put_exchange(struct buf *out, const struct verdict *row)
{
	static const enum verdict_column head[] = {VERDICT_POLICY,
	    VERDICT_RULES, VERDICT_SOURCE, VERDICT_CONVERSATION,
	    VERDICT_EXCHANGE};
	static const enum verdict_column measured[] = {VERDICT_PRESSES,
	    VERDICT_ROUND_TRIPS, VERDICT_REPETITIONS, VERDICT_PHRASE_HITS,
	    VERDICT_NEAR_MISSES, VERDICT_UNANSWERED, VERDICT_FIRST_REPLY,
	    VERDICT_FIRST_REPLY_TURN, VERDICT_SIMILARITY};
	const struct span *c = row->cells;
	struct table t = page_begin(&page_exchange, out);

	for (size_t i = 0; i < sizeof(head) / sizeof(*head); i++)
		table_text(&t, c[head[i]]);
	table_list(&t, c[VERDICT_AGENT]);
	table_list(&t, c[VERDICT_CUSTOMER]);
	put_time(&t, c[VERDICT_OPENED_AT]);
	put_time(&t, c[VERDICT_CLOSED_AT]);
	table_text(&t, c[VERDICT_CLOSED_BY]);
	table_text(&t, c[VERDICT_DURATION]);
	table_list(&t, c[VERDICT_TRIGGERS]);
	for (size_t i = 0; i < sizeof(measured) / sizeof(*measured); i++)
		table_text(&t, c[measured[i]]);
	table_text(&t, span_of(outcome_name(row->outcome)));
	table_list(&t, c[VERDICT_FINDINGS]);
	table_text(&t, c[VERDICT_EVIDENCE]);
	page_end(&t, 0);
}

static int
visit(void *hook, const struct verdict *row, struct err *err)
{
	struct pagereports *p = hook;
	const struct span key[] = {row->cells[VERDICT_POLICY],
	    row->cells[VERDICT_RULES], row->cells[VERDICT_SOURCE],
	    row->cells[VERDICT_CONVERSATION], row->cells[VERDICT_EXCHANGE]};

	(void)err;
	buf_reset(&p->line);
	put_exchange(&p->line, row);
	p->rows = mem_grow(p->rows, &p->cap, p->n + 1, sizeof(*p->rows));
	p->rows[p->n++] = (struct shown){
	    arena_dup(&p->arena, buf_span(&p->line)),
	    details_of(p, key, row->path)};
	p->counts[row->outcome]++;
	return 0;
}

/*
 * A closing may be of the turn of the event before: its text came with that.
 * Every other event is of a turn of its own, whatever line it stands on.
 */
static bool
said_before(struct details *d, const struct reportrows *r)
{
	static const size_t cells[] = {
	    DETAIL_LINE, DETAIL_AT, DETAIL_ROLE, DETAIL_SPEAKER, LOG_TEXT};
	struct buf turn = {0};
	bool same;

	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++) {
		buf_add(&turn, reportrows_cell(r, cells[i]));
		buf_addc(&turn, '\0');
	}
	same = span_eq(reportrows_cell(r, LOG_EVENT), SPAN("closing")) &&
	    span_eq(buf_span(&turn), buf_span(&d->turn));
	buf_free(&d->turn);
	d->turn = turn;
	return same;
}

static void
put_event(struct pagereports *p, struct details *d, const struct reportrows *r)
{
	struct buf *out = &d->lines[DETAIL_LOG];
	size_t from = out->len;
	struct table t = page_begin(&page_event, out);

	(void)p;
	table_text(&t, reportrows_cell(r, DETAIL_LINE));
	put_time(&t, reportrows_cell(r, DETAIL_AT));
	table_text(&t, reportrows_cell(r, DETAIL_ROLE));
	table_text(&t, reportrows_cell(r, DETAIL_SPEAKER));
	table_text(&t, reportrows_cell(r, LOG_EVENT));
	table_text(&t, reportrows_cell(r, LOG_N));
	table_text(&t, reportrows_cell(r, LOG_ROUND_TRIP));
	table_list(&t, reportrows_cell(r, LOG_PATTERN));
	table_text(&t, reportrows_cell(r, LOG_SIMILARITY));
	if (said_before(d, r))
		table_empty(&t);
	else
		table_text(&t, reportrows_cell(r, LOG_TEXT));
	page_end(&t, from);
}

static void
put_finding(
    struct pagereports *p, struct details *d, const struct reportrows *r)
{
	struct buf *out = &d->lines[DETAIL_FINDINGS];
	size_t from = out->len;
	struct table t = page_begin(&page_finding, out);

	(void)p;
	table_text(&t, reportrows_cell(r, FINDING_CHECK));
	table_text(&t, reportrows_cell(r, FINDING_SEVERITY));
	table_text(&t, reportrows_cell(r, FINDING_OUTCOME));
	table_text(&t, reportrows_cell(r, DETAIL_LINE));
	table_text(&t, reportrows_cell(r, DETAIL_ROLE));
	table_text(&t, reportrows_cell(r, DETAIL_SPEAKER));
	put_time(&t, reportrows_cell(r, DETAIL_AT));
	table_text(&t, reportrows_cell(r, FINDING_MEASURED));
	table_text(&t, reportrows_cell(r, FINDING_LIMIT));
	table_text(&t, reportrows_cell(r, FINDING_MESSAGE));
	table_text(&t, reportrows_cell(r, FINDING_EVIDENCE));
	page_end(&t, from);
}

static const struct detail_report {
	const struct reportcolumn *columns;
	size_t ncolumns;
	void (*put)(
	    struct pagereports *, struct details *, const struct reportrows *);
} detail_reports[] = {
    [DETAIL_LOG] = {log_columns, LOG_COLUMNS, put_event},
    [DETAIL_FINDINGS] = {finding_columns, FINDING_COLUMNS, put_finding},
};

static void
take_detail(struct pagereports *p, const struct reportrows *r,
    enum detail_kind kind, const char *path)
{
	struct span key[5];
	struct details *d;

	for (size_t i = 0; i < 5; i++)
		key[i] = reportrows_cell(r, i);
	d = details_of(p, key, path);
	if (d->path[kind] == NULL)
		d->path[kind] = path;
	if (d->path[kind] == path)
		detail_reports[kind].put(p, d, r);
}

/* False: it is no such report. */
static bool
take_rows(struct pagereports *p, struct reportrows *r, enum detail_kind kind,
    const struct walked *file)
{
	const char *path = NULL;
	struct err why;
	int rc;

	while ((rc = reportrows_next(r, &why)) > 0) {
		if (rc == 2 && path == NULL && reportrows_foreign(r))
			return false;
		if (path == NULL)
			path = arena_printf(&p->arena, "%s", file->path);
		if (rc == 1) {
			take_detail(p, r, kind, path);
			continue;
		}
		p->in.broken++;
		verdicts_say(&p->in, OFUKU_SAY_REJECT, "%.*s:%llu: %s",
		    SPAN_FMT(file->label),
		    (unsigned long long)reportrows_line(r), why.text);
	}
	if (rc == -1)
		verdicts_say(&p->in, OFUKU_SAY_ERROR, "%s", why.text);
	return true;
}

static bool
take_file(
    struct pagereports *p, enum detail_kind kind, const struct walked *file)
{
	const struct detail_report *report = &detail_reports[kind];
	int fd = open(file->path, O_RDONLY | O_CLOEXEC);
	struct reportrows *r;
	struct err why;
	bool taken = false;

	if (fd == -1)
		return false;
	if (reportrows_open(&r, fd, file->label, &p->in.watch, report->columns,
		report->ncolumns, NULL, &why) == 0) {
		taken = take_rows(p, r, kind, file);
		reportrows_close(r);
	}
	close(fd);
	return taken;
}

static bool
other(void *hook, const struct walked *file)
{
	return take_file(hook, DETAIL_LOG, file) ||
	    take_file(hook, DETAIL_FINDINGS, file);
}

static void
print_page(struct pagereports *p, const struct ofuku_summary_options *o,
    struct buf *out)
{
	struct page_about about = {.lang = p->lang,
	    .set = o->rules == NULL ? NULL : o->rules->rules,
	    .engine = span_of(ofuku_engine())};

	page_head(out, &about);
	for (size_t i = 0; i < p->n; i++) {
		const struct details *d = p->rows[i].details;

		buf_add(out, p->rows[i].line);
		buf_add(out, buf_span(&d->lines[DETAIL_LOG]));
		buf_add(out, buf_span(&d->lines[DETAIL_FINDINGS]));
	}
	page_tail(out, p->counts);
}

static int
write_page(struct pagereports *p, const struct ofuku_summary_options *o,
    struct err *err)
{
	struct output *output;
	struct buf page = {0};
	int rc;

	if (output_open(&output, o->html, err) == -1)
		return -1;
	print_page(p, o, &page);
	rc = output_write(output, buf_span(&page), err);
	buf_free(&page);
	if (rc == 0)
		return output_commit(output, err);
	output_abandon(output);
	return -1;
}

static void
pagereports_free(struct pagereports *p)
{
	for (size_t i = 0; i < p->nall; i++) {
		buf_free(&p->all[i]->lines[DETAIL_LOG]);
		buf_free(&p->all[i]->lines[DETAIL_FINDINGS]);
		buf_free(&p->all[i]->turn);
	}
	free(p->all);
	free(p->rows);
	map_free(&p->map);
	buf_free(&p->key);
	buf_free(&p->line);
	arena_free(&p->arena);
	verdicts_free(&p->in);
}

enum ofuku_status
page_reports(const struct ofuku_summary_options *o, struct ofuku_error *error)
{
	struct pagereports p = {.in = verdicts_from(o)};
	struct err err = {0};
	enum ofuku_status status = OFUKU_TROUBLE;

	p.in.visit = visit;
	p.in.other = other;
	p.in.hook = &p;
	if (summary_lang(o, &p.lang, &err) == -1 ||
	    verdicts_read(&p.in, o->paths, o->npaths, &err) == -1 ||
	    write_page(&p, o, &err) == -1)
		error_out(error, &err);
	else if (!p.in.trouble)
		status = OFUKU_PASS;
	pagereports_free(&p);
	return status;
}
