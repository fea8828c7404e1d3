#include "otherreports.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"

#define DETAIL_COMMON \
	{"policy", true}, {"rules", true}, {"source", true}, \
	    {"conversation", true}, {"exchange", true}, {"line", true}, \
	    {"at", true}, {"role", true}, \
	{ \
		"speaker", true \
	}

static const struct reportcolumn log_columns[LOG_COLUMNS] = {DETAIL_COMMON,
    {"event", true}, {"n", true}, {"round_trip", true}, {"pattern", true},
    {"similarity", true}, {"text", true}};

static const struct reportcolumn finding_columns[FINDING_COLUMNS] = {
    DETAIL_COMMON, {"check", true}, {"severity", true}, {"outcome", true},
    {"measured", true}, {"limit", true}, {"message", true}, {"evidence", true}};

static const struct other_report {
	const struct reportcolumn *columns;
	size_t ncolumns;
} other_reports[] = {
    [OTHER_LOG] = {log_columns, LOG_COLUMNS},
    [OTHER_FINDINGS] = {finding_columns, FINDING_COLUMNS},
};

struct reader {
	struct verdicts *in;
	const struct walked *file;
	void (*take)(void *, const struct reportrows *, const char *);
	void *hook;
};

/* False: it is no such report. */
static bool
read_rows(const struct reader *d, struct reportrows *r)
{
	const char *path = NULL;
	struct err why;
	int rc;

	while ((rc = reportrows_next(r, &why)) > 0) {
		if (rc == 2 && path == NULL && reportrows_foreign(r))
			return false;
		if (path == NULL)
			path = arena_printf(&d->in->arena, "%s", d->file->path);
		if (rc == 1) {
			d->take(d->hook, r, path);
			continue;
		}
		d->in->broken++;
		verdicts_say(d->in, OFUKU_SAY_REJECT, "%.*s:%llu: %s",
		    SPAN_FMT(d->file->label),
		    (unsigned long long)reportrows_line(r), why.text);
	}
	if (rc == -1)
		verdicts_say(d->in, OFUKU_SAY_ERROR, "%s", why.text);
	return true;
}

bool
otherreport_read(struct verdicts *in, enum other_kind kind,
    const struct walked *file,
    void (*take)(void *, const struct reportrows *, const char *), void *hook)
{
	const struct other_report *report = &other_reports[kind];
	const struct reader d = {in, file, take, hook};
	int fd = open(file->path, O_RDONLY | O_CLOEXEC);
	struct reportrows *r;
	struct err why;
	bool taken = false;

	if (fd == -1)
		return false;
	if (reportrows_open(&r, fd, file->label, &in->watch, report->columns,
		report->ncolumns, NULL, &why) == 0) {
		taken = read_rows(&d, r);
		reportrows_close(r);
	}
	close(fd);
	return taken;
}

/* Doubtful rows have no number, either, but their own two names. */
bool
finding_of_conversation(const struct reportrows *r)
{
	struct span check = reportrows_cell(r, FINDING_CHECK);

	return reportrows_cell(r, DETAIL_EXCHANGE).len == 0 &&
	    !span_eq(check, SPAN("roles-unknown")) &&
	    !span_eq(check, SPAN("roles-swapped"));
}

static void
add_key(struct talkfindings *f, struct span s)
{
	buf_add(&f->key, s);
	buf_addc(&f->key, '\0');
}

/*
 * Of nights, as of exchanges: a conversation with a wall clock is one
 * whatever rules judged it and whichever report has it; without one another
 * call may have its name the next night.
 */
static void
make_key(struct talkfindings *f, const struct reportrows *r, const char *path)
{
	bool wall = moment_known(verdict_time(reportrows_cell(r, DETAIL_AT)));
	const char *slash = strrchr(path, '/');

	buf_reset(&f->key);
	add_key(f, reportrows_cell(r, DETAIL_POLICY));
	add_key(f, reportrows_cell(r, DETAIL_SOURCE));
	add_key(f, reportrows_cell(r, DETAIL_CONVERSATION));
	add_key(f, reportrows_cell(r, FINDING_CHECK));
	if (!f->latest || !wall)
		add_key(f, reportrows_cell(r, DETAIL_RULES));
	if (f->latest && !wall && slash != NULL)
		add_key(f, (struct span){path, (size_t)(slash - path)});
}

/* Is it a row that takes back the one before it? */
static bool
held(struct span outcome)
{
	return span_eq(outcome, SPAN("pass"));
}

bool
talkfinding_held(const struct talkfinding *t)
{
	return held(t->cells[FINDING_OUTCOME]);
}

void
talkfindings_add(
    struct talkfindings *f, const struct reportrows *r, const char *path)
{
	struct talkfinding *t;

	if (!f->latest && held(reportrows_cell(r, FINDING_OUTCOME)))
		return;
	make_key(f, r, path);
	t = map_get(&f->map, buf_span(&f->key));
	if (t != NULL && !f->latest)
		return;
	if (t == NULL) {
		t = arena_alloc(&f->arena, sizeof(*t));
		*map_slot(&f->map, arena_dup(&f->arena, buf_span(&f->key))) = t;
		f->at = mem_grow(
		    f->at, &f->cap, f->n + 1, sizeof(struct talkfinding *));
		f->at[f->n++] = t;
	}
	t->path = path;
	for (size_t i = 0; i < FINDING_COLUMNS; i++)
		t->cells[i] = arena_dup(&f->arena, reportrows_cell(r, i));
}

static bool
has_failed(const struct talkfinding *t)
{
	return span_eq(t->cells[FINDING_SEVERITY], SPAN("error")) &&
	    span_eq(t->cells[FINDING_OUTCOME], SPAN("fail"));
}

uint64_t
talkfindings_failed(const struct talkfindings *f)
{
	struct map failed = {0};
	struct arena arena = {0};
	struct buf key = {0};
	uint64_t n = 0;

	for (size_t i = 0; i < f->n; i++) {
		if (!has_failed(f->at[i]))
			continue;
		buf_reset(&key);
		for (size_t k = 0; k <= DETAIL_CONVERSATION; k++) {
			buf_add(&key, f->at[i]->cells[k]);
			buf_addc(&key, '\0');
		}
		if (map_get(&failed, buf_span(&key)) != NULL)
			continue;
		*map_slot(
		    &failed, arena_dup(&arena, buf_span(&key))) = f->at[i];
		n++;
	}
	map_free(&failed);
	arena_free(&arena);
	buf_free(&key);
	return n;
}

void
talkfindings_free(struct talkfindings *f)
{
	free(f->at);
	map_free(&f->map);
	arena_free(&f->arena);
	buf_free(&f->key);
}
