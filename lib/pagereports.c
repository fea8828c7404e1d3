/*
 * summarize --html: reports read back and written as a page. Exchanges reports
 * give the rows; log and findings reports beside them say what was said and
 * found in each.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "otherreports.h"
#include "report/output.h"
#include "report/page.h"
#include "summary.h"

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
	struct talkfindings talks;
	struct page_counts counts;
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
	p->counts.outcomes[row->outcome]++;
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
put_event(struct details *d, const struct reportrows *r)
{
	struct buf *out = &d->lines[OTHER_LOG];
	size_t from = out->len;
	struct table t = page_begin(&page_event, out);

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
put_finding(struct details *d, const struct reportrows *r)
{
	struct buf *out = &d->lines[OTHER_FINDINGS];
	size_t from = out->len;
	struct table t = page_begin(&page_finding, out);

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

static struct details *
details_of_row(
    struct pagereports *p, const struct reportrows *r, const char *path)
{
	struct span key[5];

	for (size_t i = 0; i < 5; i++)
		key[i] = reportrows_cell(r, i);
	return details_of(p, key, path);
}

/* What a second file says of the same exchange is a copy. */
static bool
is_first(struct details *d, enum other_kind kind, const char *path)
{
	if (d->path[kind] == NULL)
		d->path[kind] = path;
	return d->path[kind] == path;
}

static void
take_event(void *hook, const struct reportrows *r, const char *path)
{
	struct details *d = details_of_row(hook, r, path);

	if (is_first(d, OTHER_LOG, path))
		put_event(d, r);
}

static void
take_finding(void *hook, const struct reportrows *r, const char *path)
{
	struct pagereports *p = hook;
	struct details *d;

	if (finding_of_conversation(r)) {
		if (!span_eq(
			reportrows_cell(r, FINDING_SEVERITY), SPAN("info")))
			talkfindings_add(&p->talks, r, path);
		return;
	}
	d = details_of_row(p, r, path);
	if (is_first(d, OTHER_FINDINGS, path))
		put_finding(d, r);
}

static bool
other(void *hook, const struct walked *file)
{
	struct pagereports *p = hook;

	return otherreport_read(&p->in, OTHER_LOG, file, take_event, p) ||
	    otherreport_read(&p->in, OTHER_FINDINGS, file, take_finding, p);
}

static void
print_talk(struct buf *out, const struct talkfinding *f)
{
	static const size_t after[] = {
	    FINDING_MEASURED, FINDING_LIMIT, FINDING_MESSAGE, FINDING_EVIDENCE};
	static const size_t before[] = {DETAIL_POLICY, DETAIL_RULES,
	    DETAIL_SOURCE, DETAIL_CONVERSATION, FINDING_CHECK, FINDING_SEVERITY,
	    FINDING_OUTCOME, DETAIL_LINE, DETAIL_ROLE, DETAIL_SPEAKER};
	size_t from = out->len;
	struct table t = page_begin(&page_talk, out);

	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		table_text(&t, f->cells[before[i]]);
	put_time(&t, f->cells[DETAIL_AT]);
	for (size_t i = 0; i < sizeof(after) / sizeof(*after); i++)
		table_text(&t, f->cells[after[i]]);
	page_end(&t, from);
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
		buf_add(out, buf_span(&d->lines[OTHER_LOG]));
		buf_add(out, buf_span(&d->lines[OTHER_FINDINGS]));
	}
	for (size_t i = 0; i < p->talks.n; i++)
		if (!talkfinding_held(p->talks.at[i]))
			print_talk(out, p->talks.at[i]);
	p->counts.conversations_failed = talkfindings_failed(&p->talks);
	page_tail(out, &p->counts, p->lang);
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
		buf_free(&p->all[i]->lines[OTHER_LOG]);
		buf_free(&p->all[i]->lines[OTHER_FINDINGS]);
		buf_free(&p->all[i]->turn);
	}
	talkfindings_free(&p->talks);
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
	struct pagereports p = {
	    .in = verdicts_from(o), .talks.latest = o->latest};
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
