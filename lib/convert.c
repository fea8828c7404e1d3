/*
 * convert: transcripts in any format to one that other programs read. The
 * fields of a record go on as they were read: no role is guessed.
 */
#include "ids.h"
#include "rejects.h"
#include "report/converter.h"
#include "run.h"
#include "text/encoding.h"

struct convert {
	const struct ofuku_convert_options *options;
	struct conversion conversion;
	struct output *output;
	struct buf rows;
	struct ids *ids;
	struct rejects *rejects; /* NULL: not asked for */
	struct output_encoding encoding;
	struct unencoded unencoded;
};

const char *
ofuku_target_name(size_t i, const char **help)
{
	if (i >= nconverters)
		return NULL;
	if (help != NULL)
		*help = converters[i]->help;
	return converters[i]->name;
}

static int
flush(struct convert *c, struct err *err)
{
	int rc = output_write(c->output, buf_span(&c->rows), err);

	buf_reset(&c->rows);
	return rc;
}

static struct span
name(struct convert *c, struct span id, uint64_t scope, uint64_t input,
    const struct record *r)
{
	bool renamed;
	struct span s = ids_name(c->ids, id, scope, input, r, &renamed);

	c->conversion.losses[LOSS_RENAMED] += renamed;
	return s;
}

/* A stated zone is that of each clock that has none. */
static struct moment
zoned(const struct run *r, struct moment m)
{
	return r->input->tz == NULL ? m : moment_zoned(m, r->zone);
}

static int
on_record(void *hook, struct run *r, const struct record *rec, struct err *err)
{
	struct convert *c = hook;
	struct record out = *rec;
	uint64_t scope;
	struct span id = store_id(r->store, rec->conversation, &scope);
	int rc;

	out.conversation = name(c, id, scope, r->counts.inputs, rec);
	out.start = zoned(r, rec->start);
	out.end = zoned(r, rec->end);
	c->conversion.to->record(&c->conversion, &out);
	rc = c->rows.len < 65536 ? 0 : flush(c, err);
	return rc;
}

/* A pseudonym tells no role, so the one that the name told is written. */
static void
keep_roles(const struct disguise *d, struct conversation *c)
{
	for (size_t i = 0; i < c->n && d->keyed; i++) {
		enum role role = c->at[i].role;

		c->at[i].role_field = span_of(
		    role == ROLE_UNKNOWN ? "" : role_name(role));
	}
}

/* In order of time; each conversation is one of its own by now. */
static int
on_conversation(void *hook, struct run *r, struct conversation *talk,
    struct arena *arena, struct err *err)
{
	static const struct record none;
	struct convert *c = hook;
	/* Roles tell notices. */
	const struct redactions *found = disguise_find(
	    &r->disguise, talk, arena);
	struct span id;

	keep_roles(&r->disguise, talk);
	disguise_people(&r->disguise, talk, arena);
	disguise_said(&r->disguise, found, talk, arena);
	id = talk->id;
	if (!c->conversion.to->whole)
		id = name(c, id, r->counts.conversations, 0, &none);
	for (size_t i = 0; i < talk->n; i++) {
		talk->at[i].start = zoned(r, talk->at[i].start);
		talk->at[i].end = zoned(r, talk->at[i].end);
	}
	conversion_conversation(&c->conversion, talk, id);
	return flush(c, err);
}

static int
on_reject(void *hook, struct run *r, struct span source, uint64_t line,
    uint64_t byte, const char *reason, struct span excerpt, struct err *err)
{
	struct convert *c = hook;

	(void)r;
	return c->rejects == NULL ?
	    0 :
	    rejects_add(c->rejects, source, line, byte, reason, excerpt, err);
}

/* What the output's name ends in; NULL: nothing. */
static const char *
ending(const char *path)
{
	const char *slash = path == NULL ? NULL : strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	const char *dot = name == NULL ? NULL : strrchr(name, '.');

	return dot == NULL || dot == name || dot[1] == '\0' ? NULL : dot + 1;
}

/* By the output's name, where --to says nothing. */
static const struct converter *
target_of_output(const char *path)
{
	const char *end = ending(path);
	const struct converter *to = end == NULL ? NULL : converter_named(end);

	return to != NULL ? to : converters[0];
}

/* A name that seems to say what is meant, and does not, is told. */
static void
note_ending(const struct ofuku_convert_options *o, struct run *r)
{
	const char *end = o->to == NULL ? ending(o->output) : NULL;

	if (end == NULL || converter_named(end) != NULL ||
	    strcmp(end, "json") == 0 || strcmp(end, "ndjson") == 0)
		return;
	run_say(r, OFUKU_SAY_NOTE,
	    "%s: .%s names no target: written as %s; --to names another",
	    o->output, end, converters[0]->name);
}

static const struct converter *
target(const struct ofuku_convert_options *o, struct err *err)
{
	const struct converter *to = o->to == NULL ?
	    target_of_output(o->output) :
	    converter_named(o->to);

	if (to == NULL)
		fail(err,
		    "--to %s: no such format: write jsonl, csv, vtt, "
		    "srt or txt",
		    o->to);
	else if (to->utf8 && o->output_encoding != NULL &&
	    strcmp(encoding_label(encoding_converter(o->output_encoding)),
		"UTF-8") != 0) {
		fail(err,
		    "--output-encoding %s: a %s file is UTF-8: choose "
		    "--to srt or another",
		    o->output_encoding, to->name);
		return NULL;
	}
	return to;
}

static int
open_outputs(struct convert *c, struct run *r, struct err *err)
{
	static const struct table_style plain;
	const struct ofuku_convert_options *o = c->options;
	const struct converter *to = target(o, err);

	if (to == NULL)
		return -1;
	note_ending(o, r);
	c->encoding = (struct output_encoding){
	    o->output_encoding, to->json, &c->unencoded, run_hide, r, NULL};
	if (output_open_encoded(&c->output, o->output, &c->encoding, err) == -1)
		return -1;
	conversion_open(&c->conversion, to, &c->rows);
	if (o->rejects == NULL)
		return 0;
	c->rejects = arena_alloc(&r->arena, sizeof(*c->rejects));
	return rejects_open(
	    c->rejects, r, o->rejects, &plain, &c->encoding, err);
}

static int
commit(struct convert *c, struct err *err)
{
	struct output *output = c->output;

	if (flush(c, err) == -1)
		return -1;
	c->output = NULL;
	if (output_commit(output, err) == -1)
		return -1;
	return c->rejects == NULL ? 0 : rejects_commit(c->rejects, err);
}

static void
say_losses(struct convert *c, struct run *r)
{
	struct buf text = {0};

	conversion_losses(&c->conversion, &text);
	if (text.len > 0)
		run_say(r, OFUKU_SAY_SUMMARY, "written as %s: %s",
		    c->conversion.to->name, buf_cstr(&text));
	buf_free(&text);
	run_say_unencoded(r, &c->unencoded, c->encoding.name);
}

static int
check_files(const struct convert *c, struct run *r, struct err *err)
{
	const char *out = c->options->output;
	struct apart files = {0};
	int rc;

	run_reads(r->rules, r->input, &files);
	apart_writes(
	    &files, out == NULL ? "the output" : "-o", out == NULL ? "-" : out);
	apart_writes(&files, "--rejects", c->options->rejects);
	rc = apart_check(&files, run_walk(r), err);
	apart_free(&files);
	return rc;
}

static int
convert(struct convert *c, struct run *r, struct err *err)
{
	bool whole;

	r->hook = c;
	r->reject = on_reject;
	if (check_files(c, r, err) == -1 || open_outputs(c, r, err) == -1)
		return -1;
	whole = c->conversion.to->whole || r->since.set || r->until.set ||
	    disguise_is_on(&r->disguise);
	if (!whole)
		r->record = on_record;
	if (run_gather(r, err) == -1 ||
	    (whole && run_visit(r, on_conversation, c, err) == -1) ||
	    commit(c, err) == -1)
		return -1;
	say_losses(c, r);
	return 0;
}

static void
convert_free(struct convert *c)
{
	output_abandon(c->output);
	conversion_close(&c->conversion);
	buf_free(&c->rows);
	ids_close(c->ids);
	if (c->rejects != NULL)
		rejects_close(c->rejects);
	unencoded_free(&c->unencoded);
}

enum ofuku_status
ofuku_convert(const struct ofuku_rules *rules,
    const struct ofuku_convert_options *o, struct ofuku_counts *counts,
    struct ofuku_error *error)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct convert c = {.options = o};
	struct run r;
	struct err err = {0};
	enum ofuku_status status = OFUKU_TROUBLE;

	if (run_open(&r, rules, &o->input, &limits, o->say, o->ctx, &err) ==
	    -1) {
		error_out(error, &err);
		return status;
	}
	c.ids = ids_open();
	if (convert(&c, &r, &err) == -1)
		error_out(error, &err);
	else if (!r.trouble &&
	    !rejects_too_many(
		&r.counts, o->max_rejects, o->max_rejects_percent))
		status = OFUKU_PASS;
	*counts = r.counts;
	convert_free(&c);
	run_close(&r);
	return status;
}
