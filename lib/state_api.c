/* state: what a state holds, looked at, exported, forgotten, taken back. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "error.h"
#include "report/converter.h"
#include "report/sheet.h"
#include "statefile.h"
#include "text/lang.h"
#include "text/width.h"
#include "text/zone.h"

/* Conversations of a state, one after the other. */
struct visit {
	struct statefile *state;
	const struct ofuku_state_options *options;
	struct arena arena; /* of a conversation */
	uint64_t found;
	bool *met; /* of each id: there is a conversation */
	struct sheet sheet;
	struct buf out;
	struct zone *zone; /* Japan's */
	int (*each)(struct visit *, const struct kept *, struct err *);
};

static bool
is_meant(struct visit *v, const struct kept *k)
{
	const struct ofuku_state_options *o = v->options;
	bool named = o->nids == 0;

	for (size_t i = 0; i < o->nids; i++)
		if (span_eq(k->id, span_of(o->ids[i])))
			v->met[i] = named = true;
	return named && (!o->waiting || k->waiting);
}

/* How many of the ids are none. */
static size_t
say_missing(const struct visit *v)
{
	const struct ofuku_state_options *o = v->options;
	size_t missing = 0;

	for (size_t i = 0; i < o->nids; i++) {
		if (v->met[i])
			continue;
		missing++;
		if (o->missing != NULL)
			o->missing(o->ctx, o->ids[i]);
	}
	return missing;
}

static int
visit_all(struct visit *v, struct err *err)
{
	struct kept k = {0};
	int rc = 0;

	while (rc == 0) {
		int64_t key = k.key;

		arena_reset(&v->arena);
		rc = statefile_next(v->state, key, false, &v->arena, &k, err);
		if (rc == -1 || k.key == 0)
			break;
		if (!is_meant(v, &k))
			continue;
		v->found++;
		rc = v->each(v, &k, err);
	}
	return rc;
}

static void
put_moment(struct sheet *s, struct moment m)
{
	struct buf b = {0};

	moment_print(m, false, &b);
	sheet_text(s, buf_span(&b));
	buf_free(&b);
}

/* Exchanges reported of all policies: "p=2;q=1;" is 3. */
static int64_t
count_issued(struct span issued)
{
	int64_t n = 0;

	for (size_t i = 0; i < issued.len; i++)
		if (issued.at[i] == '=')
			n += strtol(issued.at + i + 1, NULL, 10);
	return n;
}

/* Clocks without an offset beside others are Japan's. */
static int
load(struct visit *v, const struct kept *k, struct conversation *c,
    struct err *err)
{
	if (statefile_load(v->state, k, &v->arena, c, err) == -1 ||
	    (v->zone == NULL && zone_open(&v->zone, "+09:00", err) == -1))
		return -1;
	(void)conversation_join_zones(c, v->zone, &v->arena);
	return 0;
}

static int
list_one(struct visit *v, const struct kept *k, struct err *err)
{
	struct conversation c;

	if (load(v, k, &c, err) == -1)
		return -1;
	sheet_text(&v->sheet, k->id);
	sheet_text(&v->sheet, k->waiting ? SPAN("waiting") : SPAN("reported"));
	put_moment(&v->sheet, conversation_first(&c));
	put_moment(&v->sheet, conversation_last(&c));
	sheet_number(&v->sheet, CELL_INT, k->utterances);
	sheet_number(&v->sheet, CELL_INT, count_issued(k->issued));
	sheet_text(&v->sheet, c.source);
	return 0;
}

/* What outsiders wrote is shown, and does nothing to a terminal. */
static void
show_utterance(const struct utterance *u, struct buf *out)
{
	buf_adds(out, "  ");
	width_visible(u->source, out);
	buf_printf(out, ":%" PRIu64 ": ", u->line);
	moment_print(u->start, false, out);
	buf_addc(out, ' ');
	width_visible(u->speaker, out);
	buf_adds(out, ": ");
	width_visible(u->text, out);
	buf_addc(out, '\n');
}

static int
show_one(struct visit *v, const struct kept *k, struct err *err)
{
	struct buf *out = &v->out;
	struct conversation c;

	if (load(v, k, &c, err) == -1)
		return -1;
	buf_adds(out, "conversation: ");
	width_visible(k->id, out);
	buf_printf(out, "\nstate: %s\n",
	    k->waiting ? "waiting: it may go on" : "reported");
	if (k->scope.len > 0) {
		buf_adds(out, "of the file: ");
		width_visible(k->scope, out);
		buf_addc(out, '\n');
	}
	buf_printf(out, "format: %.*s\nfirst: ", SPAN_FMT(k->format));
	moment_print(conversation_first(&c), false, out);
	buf_adds(out, "\nlast: ");
	moment_print(conversation_last(&c), false, out);
	buf_printf(out, "\nutterances: %" PRId64 "\nexchanges reported: %.*s\n",
	    k->utterances, SPAN_FMT(k->issued));
	for (size_t i = 0; i < c.n; i++)
		show_utterance(&c.at[i], out);
	return 0;
}

static int
export_one(struct visit *v, const struct kept *k, struct err *err)
{
	struct conversion to;
	struct conversation c;

	if (load(v, k, &c, err) == -1)
		return -1;
	conversion_open(&to, converter_named("jsonl"), &v->out);
	conversion_conversation(&to, &c, k->id);
	conversion_close(&to);
	return 0;
}

/* One without a clock is as old as the night it was read in. */
static int
is_before(struct visit *v, const struct kept *k, bool *is, struct err *err)
{
	struct span at;
	struct moment m;

	*is = true;
	if (v->options->before == NULL)
		return 0;
	*is = k->timed && k->last < v->options->before_ms;
	if (k->timed)
		return 0;
	if (statefile_read_at(v->state, k->key, &v->arena, &at, err) == -1)
		return -1;
	*is = at.len > 0 && moment_parse_wall(at, &m) &&
	    m.ms < v->options->before_ms;
	return 0;
}

static int
forget_one(struct visit *v, const struct kept *k, struct err *err)
{
	bool is;

	if (is_before(v, k, &is, err) == -1)
		return -1;
	if (!is)
		v->found--;
	else if (statefile_forget(v->state, k->key, err) == -1)
		return -1;
	return 0;
}

static const struct sheet_column columns[] = {
    {"conversation", NULL, "conversation"},
    {"state", NULL, "state"},
    {"started_at", NULL, "first"},
    {"ended_at", NULL, "last"},
    {"utterances", NULL, "utt."},
    {"exchanges", NULL, "exch."},
    {"source", NULL, "source"},
};

static void
write_out(struct visit *v)
{
	if (v->sheet.columns != NULL && v->options->table)
		sheet_align(&v->sheet, 0, LANG_EN, &v->out);
	else if (v->sheet.columns != NULL)
		sheet_table(&v->sheet, (struct table_style){0}, &v->out);
	if (v->options->out != NULL)
		(void)fwrite(v->out.at, 1, v->out.len, v->options->out);
}

/* For which the day begins in Japan, where it says nothing else. */
static int
read_day(struct ofuku_state_options *o, struct err *err)
{
	struct zone *zone;
	struct moment m;

	if (o->before == NULL)
		return 0;
	if (zone_open(&zone, "+09:00", err) == -1)
		return -1;
	if (!moment_parse_wall(span_of(o->before), &m)) {
		char *midnight = NULL;

		if (asprintf(&midnight, "%sT00:00", o->before) == -1 ||
		    !moment_parse_wall(span_of(midnight), &m)) {
			free(midnight);
			zone_close(zone);
			return fail(err,
			    "--before %s: no date: write 2026-10-01",
			    o->before);
		}
		free(midnight);
	}
	o->before_ms = moment_zoned(m, zone).ms;
	zone_close(zone);
	return 0;
}

static int
change(struct visit *v, const char *path, struct err *err)
{
	if (statefile_open(&v->state, path, STATE_CHANGE, v->options->wait,
		NULL, err) == -1 ||
	    visit_all(v, err) == -1 || statefile_commit(v->state, err) == -1)
		return -1;
	return statefile_erased(v->state, err);
}

static int
look(struct visit *v, const char *path, struct err *err)
{
	if (statefile_open(&v->state, path, STATE_LOOK, v->options->wait, NULL,
		err) == -1 ||
	    visit_all(v, err) == -1)
		return -1;
	/* Nobody is to wait for who reads what is written. */
	statefile_close(v->state);
	v->state = NULL;
	write_out(v);
	return 0;
}

static enum ofuku_status
run(struct visit *v, const char *path, uint64_t *found, bool changes,
    struct ofuku_error *error)
{
	struct err err = {0};
	size_t missing = 0;
	int rc;

	v->met = mem_alloc((v->options->nids + 1) * sizeof(*v->met));
	rc = changes ? change(v, path, &err) : look(v, path, &err);
	if (rc == -1)
		error_out(error, &err);
	else
		missing = say_missing(v);
	*found = v->found;
	free(v->met);
	zone_close(v->zone);
	statefile_close(v->state);
	sheet_free(&v->sheet);
	buf_free(&v->out);
	arena_free(&v->arena);
	if (rc == -1)
		return OFUKU_TROUBLE;
	return missing > 0 ? OFUKU_FINDINGS : OFUKU_PASS;
}

enum ofuku_status
ofuku_state_look(const char *path, enum ofuku_state_how how,
    const struct ofuku_state_options *o, uint64_t *found,
    struct ofuku_error *error)
{
	struct visit v = {.options = o};

	if (how == OFUKU_STATE_LIST) {
		v.sheet.columns = columns;
		v.sheet.ncolumns = sizeof(columns) / sizeof(*columns);
	}
	v.each = how == OFUKU_STATE_LIST ? list_one :
	    how == OFUKU_STATE_SHOW      ? show_one :
					   export_one;
	return run(&v, path, found, false, error);
}

enum ofuku_status
ofuku_state_forget(const char *path, const struct ofuku_state_options *o,
    uint64_t *found, struct ofuku_error *error)
{
	struct ofuku_state_options options = *o;
	struct visit v = {.options = &options, .each = forget_one};
	struct err err = {0};

	if (read_day(&options, &err) == -1) {
		error_out(error, &err);
		return OFUKU_TROUBLE;
	}
	return run(&v, path, found, true, error);
}

enum ofuku_status
ofuku_state_undo(
    const char *path, unsigned wait, char when[64], struct ofuku_error *error)
{
	struct statefile *s;
	struct arena a = {0};
	struct span at = {0};
	struct err err = {0};
	int rc = statefile_open(&s, path, STATE_CHANGE, wait, NULL, &err);

	if (rc == 0)
		rc = statefile_undo(s, &a, &at, &err);
	if (rc == 0)
		rc = statefile_commit(s, &err);
	(void)snprintf(when, 64, "%.*s", SPAN_FMT(at));
	statefile_close(s);
	arena_free(&a);
	if (rc == 0)
		return at.len > 0 ? OFUKU_PASS : OFUKU_FINDINGS;
	error_out(error, &err);
	return OFUKU_TROUBLE;
}
