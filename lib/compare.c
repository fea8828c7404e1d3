/* summarize --compare: which exchanges are judged otherwise, and why. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "summary.h"

/* An exchange as the old and the new report have it. */
struct pair {
	struct span cells[VERDICT_EXCHANGE + 1];
	struct span opened_at, evidence;
	struct side {
		bool known;
		enum outcome outcome;
		struct span findings;
	} sides[2]; /* old, new */
};

struct comparison {
	struct verdicts in[2];
	int side; /* being read */
	struct arena arena;
	struct map map;
	struct pair **pairs;
	size_t n, cap;
	struct buf key;
	uint64_t both, alike, findings, only[2];
	uint64_t moved[OUTCOME_UNKNOWN + 1][OUTCOME_UNKNOWN + 1];
};

/* What tells two rows without a number apart: roles-unknown, -swapped. */
static struct span
doubt_of(const struct verdict *row)
{
	struct span list = row->cells[VERDICT_FINDINGS];

	return row->doubtful ? verdict_item(&list) : (struct span){0};
}

static struct pair *
pair_of(struct comparison *c, const struct verdict *row)
{
	static const enum verdict_column parts[] = {VERDICT_POLICY,
	    VERDICT_SOURCE, VERDICT_CONVERSATION, VERDICT_EXCHANGE};
	struct pair *p;

	buf_reset(&c->key);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		buf_add(&c->key, row->cells[parts[i]]);
		buf_addc(&c->key, '\0');
	}
	buf_add(&c->key, doubt_of(row));
	p = map_get(&c->map, buf_span(&c->key));
	if (p != NULL)
		return p;
	p = arena_alloc(&c->arena, sizeof(*p));
	*map_slot(&c->map, arena_dup(&c->arena, buf_span(&c->key))) = p;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		p->cells[parts[i]] = arena_dup(&c->arena, row->cells[parts[i]]);
	c->pairs = mem_grow(c->pairs, &c->cap, c->n + 1, sizeof(struct pair *));
	c->pairs[c->n++] = p;
	return p;
}

static int
visit(void *ctx, const struct verdict *row, struct err *err)
{
	struct comparison *c = ctx;
	struct pair *p = pair_of(c, row);
	struct side *side = &p->sides[c->side];

	if (side->known)
		return fail(err,
		    "%s:%" PRIu64 ": exchange %.*s of "
		    "conversation \"%.*s\" stands twice in what is to be "
		    "compared: give one report, or the shards of one",
		    row->path, row->line,
		    SPAN_FMT(row->cells[VERDICT_EXCHANGE]),
		    SPAN_FMT(row->cells[VERDICT_CONVERSATION]));
	side->known = true;
	side->outcome = row->outcome;
	side->findings = arena_dup(&c->arena, row->cells[VERDICT_FINDINGS]);
	p->opened_at = arena_dup(&c->arena, row->cells[VERDICT_OPENED_AT]);
	p->evidence = arena_dup(&c->arena, row->cells[VERDICT_EVIDENCE]);
	return 0;
}

static bool
has_item(struct span list, struct span item)
{
	while (list.len > 0)
		if (span_eq(verdict_item(&list), item))
			return true;
	return false;
}

/* What list has that without has not, as a cell. */
static void
difference(struct comparison *c, struct span list, struct span without,
    struct sheet *out)
{
	buf_reset(&c->key);
	while (list.len > 0) {
		struct span item = verdict_item(&list);

		if (has_item(without, item))
			continue;
		if (c->key.len > 0)
			buf_addc(&c->key, ';');
		buf_add(&c->key, item);
	}
	sheet_list(out, buf_span(&c->key));
}

static const char *
change_of(struct comparison *c, const struct pair *p)
{
	const struct side *old = &p->sides[0], *new = &p->sides[1];

	if (!old->known || !new->known) {
		c->only[new->known]++;
		return new->known ? "added" : "removed";
	}
	c->both++;
	c->moved[old->outcome][new->outcome]++;
	if (old->outcome != new->outcome)
		return "verdict";
	if (span_eq(old->findings, new->findings)) {
		c->alike++;
		return NULL;
	}
	c->findings++;
	return "findings";
}

static void
side_cell(const struct side *s, struct sheet *out)
{
	if (s->known)
		sheet_text(out, span_of(outcome_name(s->outcome)));
	else
		sheet_empty(out);
}

static void
print_pair(struct comparison *c, const struct pair *p, struct sheet *out)
{
	const char *change = change_of(c, p);

	if (change == NULL)
		return;
	sheet_text(out, p->cells[VERDICT_POLICY]);
	sheet_text(out, p->cells[VERDICT_SOURCE]);
	sheet_text(out, p->cells[VERDICT_CONVERSATION]);
	sheet_text(out, p->cells[VERDICT_EXCHANGE]);
	sheet_text(out, p->opened_at);
	sheet_text(out, span_of(change));
	side_cell(&p->sides[0], out);
	side_cell(&p->sides[1], out);
	difference(c, p->sides[1].findings, p->sides[0].findings, out);
	difference(c, p->sides[0].findings, p->sides[1].findings, out);
	sheet_text(out, p->evidence);
}

static const struct sheet_column columns[] = {
    {"policy", NULL, NULL},
    {"source", NULL, "source"},
    {"conversation", NULL, "conversation"},
    {"exchange", NULL, "no."},
    {"opened_at", NULL, NULL},
    {"change", NULL, "change"},
    {"old_verdict", NULL, "old"},
    {"new_verdict", NULL, "new"},
    {"findings_added", NULL, "added"},
    {"findings_removed", NULL, "removed"},
    {"evidence", NULL, NULL},
};

static void
say_moves(struct comparison *c, struct buf *line)
{
	for (int a = 0; a <= OUTCOME_UNKNOWN; a++)
		for (int b = 0; b <= OUTCOME_UNKNOWN; b++)
			if (a != b && c->moved[a][b] > 0)
				buf_printf(line, ", %" PRIu64 " %s to %s",
				    c->moved[a][b],
				    outcome_name((enum outcome)a),
				    outcome_name((enum outcome)b));
}

static void
say_counts(struct comparison *c)
{
	struct buf line = {0};

	buf_printf(
	    &line, "%" PRIu64 " in both: %" PRIu64 " alike", c->both, c->alike);
	say_moves(c, &line);
	buf_printf(&line,
	    ", %" PRIu64 " with other findings; %" PRIu64 " removed, %" PRIu64
	    " added",
	    c->findings, c->only[0], c->only[1]);
	if (c->both == 0 && c->n > 0)
		buf_adds(&line,
		    ": the same exchanges have the same source, "
		    "conversation and number: were the paths given alike?");
	verdicts_say(&c->in[1], OFUKU_SAY_SUMMARY, "%s", buf_cstr(&line));
	buf_free(&line);
}

static int
compare(struct comparison *c, const struct ofuku_summary_options *o,
    struct sheet *sheet, struct err *err)
{
	if (o->npaths != 2)
		return fail(err, "--compare wants two reports: OLD NEW");
	for (c->side = 0; c->side < 2; c->side++) {
		struct verdicts *in = &c->in[c->side];

		*in = verdicts_from(o);
		in->visit = visit;
		in->hook = c;
		in->needed[VERDICT_FINDINGS] = true;
		if (verdicts_read(in, &o->paths[c->side], 1, err) == -1)
			return -1;
	}
	for (size_t i = 0; i < c->n; i++)
		print_pair(c, c->pairs[i], sheet);
	if (summary_write(sheet, o, err) == -1)
		return -1;
	say_counts(c);
	return 0;
}

enum ofuku_status
compare_reports(
    const struct ofuku_summary_options *o, struct ofuku_error *error)
{
	struct comparison c = {0};
	struct sheet sheet = {
	    .columns = columns, .ncolumns = sizeof(columns) / sizeof(*columns)};
	struct err err = {0};
	enum ofuku_status status = OFUKU_TROUBLE;

	if (compare(&c, o, &sheet, &err) == -1)
		error_out(error, &err);
	else if (!c.in[0].trouble && !c.in[1].trouble)
		status = c.alike == c.n ? OFUKU_PASS : OFUKU_FINDINGS;
	sheet_free(&sheet);
	verdicts_free(&c.in[0]);
	verdicts_free(&c.in[1]);
	map_free(&c.map);
	arena_free(&c.arena);
	buf_free(&c.key);
	free(c.pairs);
	return status;
}
