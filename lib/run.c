#include "run.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/pool.h"
#include "read/json.h"
#include "talk/glance.h"
#include "talk/turn.h"
#include "text/encoding.h"

void
run_say(struct run *r, enum ofuku_level level, const char *fmt, ...)
{
	va_list ap;
	char *line;

	if (level == OFUKU_SAY_ERROR)
		r->trouble = true;
	if (r->say == NULL ||
	    (level == OFUKU_SAY_DETAIL && r->input->no_details))
		return;
	va_start(ap, fmt);
	line = mem_vprintf(fmt, ap);
	va_end(ap);
	r->say(r->ctx, level, line);
	free(line);
}

void
run_say_unencoded(
    struct run *r, const struct unencoded *lost, const char *encoding)
{
	struct buf text = {0};

	if (encoding != NULL)
		unencoded_say(lost, encoding, &text);
	if (text.len > 0)
		run_say(r, OFUKU_SAY_SUMMARY, "%s", buf_cstr(&text));
	buf_free(&text);
}

int
run_reject(struct run *r, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *err)
{
	r->counts.read++;
	r->counts.rejected++;
	run_say(r, OFUKU_SAY_REJECT, "%.*s:%llu: %s",
	    SPAN_FMT(r->current->label), (unsigned long long)line, reason);
	if (r->reject == NULL)
		return 0;
	return r->reject(
	    r->hook, r, r->current->label, line, byte, reason, excerpt, err);
}

/* One that its conversation cannot take: it has been counted as read. */
int
run_reject_utterance(
    struct run *r, const struct utterance *u, const char *why, struct err *err)
{
	r->counts.rejected++;
	run_say(r, OFUKU_SAY_REJECT, "%.*s:%llu: %s", SPAN_FMT(u->source),
	    (unsigned long long)u->line, why);
	if (r->reject == NULL)
		return 0;
	return r->reject(
	    r->hook, r, u->source, u->line, u->byte, why, u->text, err);
}

static int
compile_role(struct run *r, const char *option, const char *source,
    const struct regex **out, struct err *err)
{
	struct err inner;
	size_t offset = 0;

	if (source == NULL)
		return 0;
	*out = regex_compile(&r->arena, matcher_viewer(r->matcher),
	    span_of(source), 0, &offset, &inner);
	if (*out == NULL)
		return fail(err, "--%s: %s, at byte %zu of %s", option,
		    inner.text, offset + 1, source);
	return 0;
}

static int
parse_format(struct run *r, struct err *err)
{
	const char *name = r->input->format;
	const char **names;
	const char *near;

	if (name == NULL || strcmp(name, "auto") == 0)
		return 0;
	r->read.format = format_named(name);
	if (r->read.format != NULL)
		return 0;
	names = arena_alloc(&r->arena, nformats * sizeof(*names));
	for (size_t i = 0; i < nformats; i++)
		names[i] = formats[i]->name;
	near = nearest_name(name, names, nformats);
	return fail(err,
	    "--format %s: no such format%s%s%s: --list-formats "
	    "names them",
	    name, near == NULL ? "" : ", did you mean ",
	    near == NULL ? "" : near, near == NULL ? "" : "?");
}

/* "2026-10-01" or a full date and time; of --until a whole day counts. */
static int
parse_limit(const char *option, const char *text, bool whole_day,
    struct time_limit *out, struct err *err)
{
	struct span s = span_of(text);
	char day[32];

	if (text == NULL)
		return 0;
	out->set = true;
	if (span_find(s, ':') < s.len && moment_parse_wall(s, &out->at))
		return 0;
	snprintf(day, sizeof(day), "%.20s 00:00:00", text);
	if (!moment_parse_wall(span_of(day), &out->at))
		return fail(err,
		    "--%s %s: no date: write 2026-10-01 or "
		    "2026-10-01T09:00:00+09:00",
		    option, text);
	if (whole_day)
		out->at.ms += INT64_C(86400000);
	return 0;
}

/* A span that nothing can lie in is nobody's question. */
static int
check_span(const struct run *r, struct err *err)
{
	const struct moment since = r->since.at, until = r->until.at;

	if (!r->since.set || !r->until.set || since.clock != until.clock ||
	    since.ms < until.ms)
		return 0;
	return fail(err,
	    "--since %s is not before --until %s: nothing is between them",
	    r->input->since, r->input->until);
}

static int
parse_encoding(struct run *r, struct err *err)
{
	const char *name = r->input->encoding;
	struct decoder *d;

	if (name == NULL || strcmp(name, "auto") == 0)
		return 0;
	if (decoder_open(&d, name, err) == -1)
		return -1;
	decoder_close(d);
	r->read.encoding = name;
	return 0;
}

static int
add_map(struct run *r, struct span item, const char *whole, struct err *err)
{
	size_t eq = span_find(item, '=');
	struct column_map *m;
	struct span field = {item.at, eq};

	if (eq == item.len || eq + 1 == item.len)
		return fail(err,
		    "--map %s: write FIELD=COLUMN, as in "
		    "text=本文 or text=3",
		    whole);
	m = arena_alloc(&r->arena, (r->read.nmap + 1) * sizeof(*m));
	if (r->read.nmap > 0)
		memcpy(m, r->read.map, r->read.nmap * sizeof(*m));
	m += r->read.nmap;
	m->column = 0;
	while (m->column < COLUMN_N &&
	    !span_eq(span_of(column_name(m->column)), field))
		m->column++;
	if (m->column == COLUMN_N)
		return fail(err,
		    "--map %s: no field \"%.*s\": the fields are "
		    "conversation, speaker, role, text, start, end, at, until",
		    whole, SPAN_FMT(field));
	m->name = (struct span){item.at + eq + 1, item.len - eq - 1};
	r->read.map = m - r->read.nmap++;
	return 0;
}

static int
parse_maps(struct run *r, struct err *err)
{
	for (size_t i = 0; i < r->input->nmaps; i++) {
		struct span rest = span_of(r->input->maps[i]);

		while (rest.len > 0) {
			struct span item = {rest.at, span_find(rest, ',')};

			if (add_map(r, item, r->input->maps[i], err) == -1)
				return -1;
			rest.at += item.len + (item.len < rest.len);
			rest.len -= item.len + (item.len < rest.len);
		}
	}
	return 0;
}

static void
free_zone(void *zone)
{
	zone_close(zone);
}

/* Japan's where none is named: that is where the transcripts come from. */
static int
parse_zone(struct run *r, struct err *err)
{
	const char *name = r->input->tz;
	struct zone *zone;
	struct err inner;

	if (zone_open(&zone, name == NULL ? "+09:00" : name, &inner) == -1)
		return fail(err, "--tz: %s", inner.text);
	arena_own(&r->arena, zone, free_zone);
	r->zone = zone;
	r->store_options.zone = zone;
	r->store_options.zone_stated = name != NULL;
	return 0;
}

/* simdjson counts the bytes of a document in 32 bits. */
static int
parse_limits(struct run *r, struct err *err)
{
	const struct ofuku_input *in = r->input;

	r->read.record_max = RECORD_MAX_DEFAULT;
	r->read.document_max = DOCUMENT_MAX_DEFAULT;
	if (in->max_nesting > JSON_DEPTH_MOST)
		return fail(err, "--max-nesting: at most %d", JSON_DEPTH_MOST);
	r->read.nesting_max = in->max_nesting > 0 ? in->max_nesting :
						    JSON_DEPTH;
	if (in->max_record > 0)
		r->read.record_max = in->max_record;
	if (in->max_document > DOCUMENT_MAX_MOST + 1)
		return fail(err,
		    "--max-document: a document that is read whole has at "
		    "most 4G: split it, or write it as JSON Lines");
	if (in->max_document > 0)
		r->read.document_max = in->max_document;
	if (r->read.document_max > DOCUMENT_MAX_MOST)
		r->read.document_max = DOCUMENT_MAX_MOST;
	return 0;
}

static int
check_shard(const struct ofuku_input *in, struct err *err)
{
	unsigned long long i = in->shard, n = in->shards;

	if (n == 0 || (i > 0 && i <= n))
		return 0;
	return fail(err,
	    "--shard %llu/%llu: shards count from 1: 1/%llu is the first, "
	    "%llu/%llu the last",
	    i, n, n, n, n);
}

static int
parse_options(struct run *r, struct err *err)
{
	const struct ofuku_input *in = r->input;

	r->read.delimiter = in->delimiter;
	r->read.no_header = in->no_header;
	if (check_shard(in, err) == -1 || parse_limits(r, err) == -1 ||
	    parse_format(r, err) == -1 || parse_encoding(r, err) == -1 ||
	    parse_maps(r, err) == -1 || parse_zone(r, err) == -1 ||
	    parse_limit("since", in->since, false, &r->since, err) == -1 ||
	    parse_limit("until", in->until, true, &r->until, err) == -1)
		return -1;
	if (check_span(r, err) == -1)
		return -1;
	if (compile_role(r, "agent", in->agent, &r->roles.agent, err) == -1 ||
	    compile_role(
		r, "customer", in->customer, &r->roles.customer, err) == -1)
		return -1;
	return compile_role(r, "other", in->other, &r->roles.other, err);
}

int
run_open(struct run *r, const struct ofuku_rules *rules,
    const struct ofuku_input *in, const struct match_limits *limits,
    ofuku_say say, void *ctx, struct err *err)
{
	*r = (struct run){.rules = rules->rules,
	    .input = in,
	    .limits = *limits,
	    .say = say,
	    .ctx = ctx};
	r->watch.stop = (struct stop *)in->stop;
	r->watch.unpack_ratio = in->max_ratio;
	r->watch.unpack_most = in->max_unpacked;
	r->read.watch = &r->watch;
	r->read.discreet = in->redact || in->pseudonymize != NULL;
	if (disguise_open(&r->disguise, in, err) == -1 ||
	    matcher_open(&r->matcher, limits, r->rules->pack.fold, err) == -1)
		return -1;
	if (r->disguise.open)
		run_say(r, OFUKU_SAY_NOTE,
		    "%s: note: others may read the key: `chmod 600` it",
		    in->pseudonymize);
	if (parse_options(r, err) == 0)
		return 0;
	run_close(r);
	return -1;
}

struct match_limits
run_limits(uint32_t match, size_t heap)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;

	if (match > 0)
		limits.match = match;
	if (heap > 0)
		limits.heap_kib = (uint32_t)(heap >> 10 | 1);
	return limits;
}

void
run_reads(const struct rules *rules, const struct ofuku_input *in,
    struct apart *files)
{
	apart_reads(files, "--config", in->settings);
	for (size_t i = 0; rules != NULL && i < rules->nfiles; i++)
		apart_reads(files, "--rules",
		    arena_cstr(&files->arena, rules->files[i].path));
	apart_reads(files, "--pseudonymize", in->pseudonymize);
}

void
run_close(struct run *r)
{
	store_close(r->store);
	arena_free(&r->arena);
	matcher_close(r->matcher);
	pool_leave();
	r->store = NULL;
	r->matcher = NULL;
}

/* Local wall time where one of the two has no zone; else the same clock. */
static bool
before(struct moment a, struct moment b)
{
	bool both = a.clock == CLOCK_ZONED && b.clock == CLOCK_ZONED;

	return both ? a.ms < b.ms : moment_local_ms(a) < moment_local_ms(b);
}

/* *undated: it has no date to be selected by, and is kept. */
static bool
selected(const struct run *r, const struct conversation *c, bool *undated)
{
	struct moment first;

	*undated = false;
	if (!r->since.set && !r->until.set)
		return true;
	first = conversation_first(c);
	if (!moment_wall(first)) {
		*undated = true;
		return true;
	}
	return !(r->since.set && before(first, r->since.at)) &&
	    !(r->until.set && !before(first, r->until.at));
}

char *
run_undated_line(struct span source, struct span id)
{
	struct buf b = {0};

	buf_printf(&b,
	    "%.*s: note: conversation \"%.*s\" has no wall clock: --since and "
	    "--until keep it, and all like it",
	    SPAN_FMT(source), SPAN_FMT(id));
	return buf_cstr(&b);
}

static void
note_undated(struct run *r, const struct conversation *c)
{
	char *line = run_undated_line(
	    c->source, disguise_id(&r->disguise, c->id, &r->arena));

	if (!r->undated)
		run_say(r, OFUKU_SAY_NOTE, "%s", line);
	r->undated = true;
	free(line);
}

int
run_prepare(const struct run *r, struct matcher *m, struct conversation *c,
    struct arena *a, bool glanced, enum prepared *how, bool *undated,
    struct err *err)
{
	*how = PREPARED_FILTERED;
	if (!selected(r, c, undated))
		return 0;
	*how = PREPARED_QUIET;
	glanced = glanced && !conversation_seamless(c, r->rules);
	if (glanced && conversation_quiet(c))
		return 0;
	if (roles_resolve(m, &r->rules->pack, &r->roles, c, a, err) == -1)
		return -1;
	if (glanced && turns_quiet(c, m, &r->rules->pack))
		return 0;
	*how = PREPARED;
	backchannels_mark(m, &r->rules->pack, c);
	return 0;
}

/* Who visits, and the arena that is emptied behind each. */
struct visitor {
	struct run *run;
	int (*visit)(void *, struct run *, struct conversation *,
	    struct arena *, struct err *);
	void *ctx;
	struct arena arena;
};

static int
visit_one(struct visitor *v, struct conversation *c, struct err *err)
{
	struct run *r = v->run;
	enum prepared how;
	bool undated;

	if (run_tick(r, err) == -1)
		return -1;
	if (run_prepare(
		r, r->matcher, c, &v->arena, false, &how, &undated, err) == -1)
		return -1;
	if (how == PREPARED_FILTERED) {
		r->counts.filtered += c->n;
		return 0;
	}
	if (undated)
		note_undated(r, c);
	r->counts.audited += c->n;
	r->counts.conversations++;
	watch_add(&r->watch.done, c->n);
	watch_add(&r->watch.conversations, 1);
	return v->visit(v->ctx, r, c, &v->arena, err);
}

static int
visit_made(void *ctx, struct assembled *a, struct err *err)
{
	struct visitor *v = ctx;
	struct conversation c;
	int rc;

	assembled_open(a, &v->arena, &c);
	rc = visit_one(v, &c, err);
	arena_reset(&v->arena);
	assembled_free(a);
	return rc;
}

static void
on_note(void *ctx, enum note_id note, const struct utterance *u, struct span id)
{
	struct run *r = ctx;
	const struct note *n = &notes[note];
	struct span shown = disguise_id(&r->disguise, id, &r->arena);
	char *line = arena_printf(&r->arena, n->message, SPAN_FMT(shown));

	run_say(r, OFUKU_SAY_NOTE, "%.*s:%llu: note: %s", SPAN_FMT(u->source),
	    (unsigned long long)u->line, line);
}
static int
on_reject(
    void *ctx, const struct utterance *u, const char *reason, struct err *err)
{
	return run_reject_utterance(ctx, u, reason, err);
}

static struct span
on_shown(void *ctx, struct span id)
{
	struct run *r = ctx;

	return disguise_id(&r->disguise, id, &r->arena);
}

static int
on_made(void *ctx, struct assembled *a, struct err *err)
{
	struct run *r = ctx;

	return r->made(r->made_ctx, a, err);
}

void
run_open_store(struct run *r)
{
	r->store_options.ids_file = r->input->ids_file;
	r->hooks = (struct store_hooks){.ctx = r,
	    .made = on_made,
	    .note = on_note,
	    .shown = on_shown,
	    .reject = on_reject};
	r->store = store_open(&r->store_options, &r->hooks);
}

int
run_visit(struct run *r,
    int (*visit)(void *, struct run *, struct conversation *, struct arena *,
	struct err *),
    void *ctx, struct err *err)
{
	struct visitor v = {.run = r, .visit = visit, .ctx = ctx};
	int rc;

	r->made = visit_made;
	/* cppcheck-suppress autoVariables ; taken back below */
	r->made_ctx = &v;
	rc = store_finish(r->store, err);
	r->made_ctx = NULL;
	arena_free(&v.arena);
	return rc;
}
