/*
 * setup: reads a sample of an export as an audit would, names what it found
 * in settings to be used from then on, and says what it could not tell.
 */
#include "setup.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "report/output.h"
#include "run.h"

enum { PEOPLE_NAMED = 40, PEOPLE_SHOWN = 12 };

/* A speaker, over all conversations. */
struct person {
	struct span name;
	size_t conversations, utterances;
	size_t roles[ROLE_OTHER + 1]; /* of the utterances */
	size_t last; /* the conversation that was counted last, from 1 */
};

/* What reading the sample showed. */
struct cast {
	struct arena arena;
	struct map map;
	struct person **at;
	size_t n, cap;
	size_t conversations, utterances, timed, nameless;
	size_t unknown;   /* utterances of nobody known */
	size_t one_sided; /* conversations without an agent or a customer */
	bool wall, zoned;
	const char *format; /* NULL: none fitted */
	size_t rejected;    /* records; the first of them: */
	uint64_t line;
	const char *reason;
};

struct setup {
	const struct ofuku_rules *rules;
	const struct ofuku_setup_options *options;
	struct arena arena;
	struct setup_table table;
	struct ofuku_input input; /* as it is proposed */
	const char *maps[COLUMN_N];
	const char *agent; /* proposed; NULL: not needed */
	struct cast cast;
	const char *untold[16];
	size_t nuntold;
};

static void
cast_free(struct cast *c)
{
	arena_free(&c->arena);
	map_free(&c->map);
	free(c->at);
	*c = (struct cast){0};
}

static struct person *
person_of(struct cast *c, struct span name)
{
	struct span key = name;
	struct person *p = map_get(&c->map, key);

	if (p != NULL)
		return p;
	p = arena_alloc(&c->arena, sizeof(*p));
	p->name = arena_dup(&c->arena, name);
	*map_slot(&c->map, p->name) = p;
	c->at = mem_grow(c->at, &c->cap, c->n + 1, sizeof(struct person *));
	c->at[c->n++] = p;
	return p;
}

static void
see_utterance(struct cast *c, const struct utterance *u)
{
	struct person *p;

	c->utterances++;
	c->timed += moment_known(u->start);
	c->wall |= moment_wall(u->start);
	c->zoned |= u->start.clock == CLOCK_ZONED;
	c->unknown += u->role == ROLE_UNKNOWN;
	if (u->speaker.len == 0) {
		c->nameless++;
		return;
	}
	p = person_of(c, u->speaker);
	p->utterances++;
	p->roles[u->role]++;
	p->conversations += p->last != c->conversations;
	p->last = c->conversations;
}

static int
visit(void *ctx, struct run *r, struct conversation *t, struct arena *a,
    struct err *err)
{
	struct cast *c = ctx;
	bool agent = false, customer = false;

	(void)r, (void)a, (void)err;
	c->conversations++;
	for (size_t i = 0; i < t->n; i++) {
		see_utterance(c, &t->at[i]);
		agent |= t->at[i].role == ROLE_AGENT;
		customer |= t->at[i].role == ROLE_CUSTOMER;
	}
	c->one_sided += !agent || !customer;
	return 0;
}

static void
began(void *hook, struct run *r)
{
	struct cast *c = hook;

	c->format = r->format->name;
}

static int
rejected(void *hook, struct run *r, struct span source, uint64_t line,
    uint64_t byte, const char *reason, struct span excerpt, struct err *err)
{
	struct cast *c = hook;

	(void)r, (void)source, (void)byte, (void)excerpt, (void)err;
	if (c->rejected++ > 0)
		return 0;
	c->line = line;
	c->reason = arena_cstr(&c->arena, span_of(reason));
	return 0;
}

static int
open_run(const struct setup *s, struct run *r, struct err *err)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;

	return run_open(r, s->rules, &s->input, &limits, NULL, NULL, err);
}

/* Reads all of the sample as the settings so far have it. */
static int
read_sample(struct setup *s, struct err *err)
{
	struct run r;
	int rc;

	cast_free(&s->cast);
	if (open_run(s, &r, err) == -1)
		return -1;
	r.began = began;
	r.reject = rejected;
	r.hook = &s->cast;
	rc = run_gather(&r, err);
	if (rc == 0)
		rc = run_visit(&r, visit, &s->cast, err);
	run_close(&r);
	return rc;
}

static void __attribute__((format(printf, 2, 3)))
untold(struct setup *s, const char *fmt, ...)
{
	char text[500];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (s->nuntold < sizeof(s->untold) / sizeof(*s->untold))
		s->untold[s->nuntold++] = arena_cstr(&s->arena, span_of(text));
}

/* What the columns hold, as --map says it. */
static void
propose_table(struct setup *s)
{
	const struct setup_table *t = &s->table;
	size_t n = 0;

	s->input.format = "csv";
	s->input.delimiter = t->delimiter;
	s->input.no_header = t->no_header;
	for (size_t i = 0; i < COLUMN_N; i++)
		if (t->names[i].len > 0)
			s->maps[n++] = arena_printf(&s->arena, "%s=%.*s",
			    column_name((enum column)i), SPAN_FMT(t->names[i]));
	s->input.maps = s->maps;
	s->input.nmaps = n;
}

/*
 * Agents are who comes again and again: in a fifth of the conversations, or
 * in three of them; and is nowhere known for somebody else.
 */
static bool
may_be_agent(const struct setup *s, const struct person *p)
{
	bool again = p->conversations >= 3 ||
	    (p->conversations >= 2 &&
		p->conversations * 5 >= s->cast.conversations);

	return again && p->roles[ROLE_CUSTOMER] == 0 &&
	    p->roles[ROLE_OTHER] == 0;
}

static void
add_escaped(struct buf *out, struct span name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (strchr("\\^$.|?*+()[]{}#", name.at[i]) != NULL)
			buf_addc(out, '\\');
		buf_addc(out, name.at[i]);
	}
}

/* Characters that all the names begin with, but digits. */
static size_t
common_prefix(struct person *const *at, size_t n)
{
	size_t len = n < 2 ? 0 : at[0]->name.len;

	for (size_t i = 1; i < n; i++) {
		size_t k = 0;

		while (k < len && k < at[i]->name.len &&
		    at[0]->name.at[k] == at[i]->name.at[k])
			k++;
		len = k;
	}
	while (len > 0 &&
	    (((unsigned char)at[0]->name.at[len] & 0xc0) == 0x80 ||
		(at[0]->name.at[len - 1] >= '0' &&
		    at[0]->name.at[len - 1] <= '9')))
		len--;
	return len;
}

/* Does somebody else's name begin so, too? */
static bool
only_theirs(const struct setup *s, struct span prefix)
{
	for (size_t i = 0; i < s->cast.n; i++) {
		const struct person *p = s->cast.at[i];

		if (span_starts(p->name, prefix) && !may_be_agent(s, p) &&
		    p->roles[ROLE_AGENT] == 0)
			return false;
	}
	return true;
}

static const char *
pattern_of(struct setup *s, struct person *const *at, size_t n)
{
	struct span prefix = {at[0]->name.at, common_prefix(at, n)};
	struct buf b = {0};
	const char *pattern;

	if (prefix.len > 0 && only_theirs(s, prefix)) {
		buf_addc(&b, '^');
		add_escaped(&b, prefix);
	} else {
		buf_adds(&b, "^(?:");
		for (size_t i = 0; i < n && i < PEOPLE_NAMED; i++) {
			buf_adds(&b, i == 0 ? "" : "|");
			add_escaped(&b, at[i]->name);
		}
		buf_adds(&b, ")$");
	}
	pattern = arena_cstr(&s->arena, buf_span(&b));
	buf_free(&b);
	return pattern;
}

/* Who else speaks is the customer then, which an audit finds by itself. */
static void
propose_agents(struct setup *s)
{
	struct person **at = arena_alloc(
	    &s->arena, (s->cast.n + 1) * sizeof(struct person *));
	size_t n = 0, doubtful = 0;

	for (size_t i = 0; i < s->cast.n; i++) {
		struct person *p = s->cast.at[i];

		if (!may_be_agent(s, p))
			continue;
		at[n++] = p;
		doubtful += p->roles[ROLE_UNKNOWN] > 0;
	}
	/* Where most come again, that tells nobody apart. */
	if (doubtful == 0 || n * 2 > s->cast.n)
		return;
	s->agent = pattern_of(s, at, n);
	s->input.agent = s->agent;
}

static void
say_columns(struct setup *s)
{
	const struct setup_table *t = &s->table;

	if (t->names[COLUMN_CONVERSATION].len == 0)
		untold(s,
		    "which column is the conversation's id: the file is one "
		    "conversation; if it holds several, add conversation to "
		    "map");
	if (t->names[COLUMN_SPEAKER].len == 0 && t->names[COLUMN_ROLE].len == 0)
		untold(s,
		    "which column says who speaks: add speaker or role to map");
	if (t->names[COLUMN_AT].len == 0 && t->names[COLUMN_START].len == 0)
		untold(s,
		    "which column is the time: without one, durations are "
		    "unknown; add at, or start, to map");
	if (t->encoding_guessed)
		untold(s,
		    "the encoding for sure: it was read as %s; name it if "
		    "texts look wrong",
		    t->encoding);
}

static void
say_people(struct setup *s)
{
	const struct cast *c = &s->cast;

	if (c->rejected > 0)
		untold(s,
		    "what %zu record%s, which an audit rejects: line %ju: %s",
		    c->rejected, c->rejected == 1 ? " says" : "s say",
		    (uintmax_t)c->line, c->reason);
	if (c->utterances == 0) {
		untold(s,
		    "what was said: no record was read; name the key or "
		    "column of the text with --map text=NAME, and others");
		return;
	}
	if (!s->table.is_table && c->timed == 0)
		untold(s,
		    "when things were said: durations are unknown in this "
		    "export");
	else if (c->timed < c->utterances && c->timed > 0)
		untold(s, "the time of %zu of %zu utterances",
		    c->utterances - c->timed, c->utterances);
	if (c->unknown > 0)
		untold(s,
		    "who is agent and who customer, in %zu of %zu utterances: "
		    "name agents by a pattern on their names, agent",
		    c->unknown, c->utterances);
	else if (c->one_sided > 0)
		untold(s,
		    "one side of %zu of %zu conversations: nobody is an agent "
		    "or nobody a customer in them",
		    c->one_sided, c->conversations);
}

static void
quoted(struct buf *out, struct span text)
{
	buf_addc(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\'')
			buf_addc(out, '\'');
		buf_addc(out, text.at[i]);
	}
	buf_addc(out, '\'');
}

static void
key(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, "%s: ", name);
	quoted(out, span_of(value));
	buf_addc(out, '\n');
}

/* A name on one line of a comment. */
static void
add_visible(struct buf *out, struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		buf_addc(out,
		    name.at[i] == '\n' || name.at[i] == '\r' ? ' ' :
							       name.at[i]);
}

static void
write_people(const struct setup *s, enum role role, struct buf *out)
{
	size_t shown = 0, more = 0;

	for (size_t i = 0; i < s->cast.n; i++) {
		const struct person *p = s->cast.at[i];

		if (p->roles[role] * 2 <= p->utterances)
			continue;
		if (shown == PEOPLE_SHOWN) {
			more++;
			continue;
		}
		buf_printf(out, shown == 0 ? "# %s: " : ", ",
		    role == ROLE_UNKNOWN ? "unknown" : role_name(role));
		add_visible(out, p->name);
		buf_printf(out, " (%zu)", p->conversations);
		shown++;
	}
	if (more > 0)
		buf_printf(out, " and %zu more", more);
	if (shown > 0)
		buf_addc(out, '\n');
}

static void
write_table(const struct setup *s, struct buf *out)
{
	const struct setup_table *t = &s->table;
	static const struct {
		char delimiter;
		const char *name;
	} names[] = {{',', "comma"}, {'\t', "tab"}, {';', "semicolon"}};
	const char own[] = {t->delimiter, '\0'}, *delimiter = own;

	for (size_t i = 0; i < 3; i++)
		if (t->delimiter == names[i].delimiter)
			delimiter = names[i].name;
	key(out, "delimiter", delimiter);
	if (t->no_header)
		buf_adds(out, "no-header: true\n");
	buf_adds(out, "map:\n");
	for (size_t i = 0; i < COLUMN_N; i++) {
		if (t->names[i].len == 0)
			continue;
		buf_printf(out, "  %s: ", column_name((enum column)i));
		quoted(out, t->names[i]);
		buf_adds(out,
		    t->known[i] ? "\n" : " # by what is in it: check this\n");
	}
	if (t->unused.len > 0) {
		buf_adds(out, "# Columns that nothing is taken from: ");
		add_visible(out, t->unused);
		buf_adds(out, "\n");
	}
}

/* What --map said of the keys of JSON, as it was said. */
static void
write_keys(const struct setup *s, struct buf *out)
{
	if (s->input.nmaps > 0)
		buf_adds(out, "map:\n");
	for (size_t i = 0; i < s->input.nmaps; i++) {
		struct span rest = span_of(s->input.maps[i]);

		while (rest.len > 0) {
			struct span item = {rest.at, span_find(rest, ',')};
			size_t eq = span_find(item, '=');
			size_t n = item.len + (item.len < rest.len);

			buf_printf(out, "  %.*s: ", (int)eq, item.at);
			quoted(out,
			    (struct span){item.at + eq + 1, item.len - eq - 1});
			buf_addc(out, '\n');
			rest = (struct span){rest.at + n, rest.len - n};
		}
	}
}

static void
write_settings(const struct setup *s, struct buf *out)
{
	const struct cast *c = &s->cast;
	struct arena a = {0};

	buf_printf(out,
	    "# Proposed by ofuku setup from %.*s: %zu conversation%s, %zu "
	    "utterance%s.\n"
	    "# Check it, then name it with --config, or put it at "
	    "~/.config/ofuku/config.yaml.\n"
	    "ofuku: 1\n",
	    SPAN_FMT(path_label(&a, s->input.paths[0])), c->conversations,
	    c->conversations == 1 ? "" : "s", c->utterances,
	    c->utterances == 1 ? "" : "s");
	arena_free(&a);
	key(out, "format", c->format);
	if (s->table.encoding != NULL)
		key(out, "encoding", s->table.encoding);
	if (s->table.is_table)
		write_table(s, out);
	else
		write_keys(s, out);
	buf_adds(out,
	    "# Who is who (in how many conversations); agent, customer and "
	    "other are patterns on names.\n");
	write_people(s, ROLE_AGENT, out);
	write_people(s, ROLE_CUSTOMER, out);
	write_people(s, ROLE_OTHER, out);
	write_people(s, ROLE_UNKNOWN, out);
	if (s->input.agent != NULL)
		key(out, "agent", s->input.agent);
	if (s->input.customer != NULL)
		key(out, "customer", s->input.customer);
	if (s->input.other != NULL)
		key(out, "other", s->input.other);
	if (s->input.tz != NULL)
		key(out, "tz", s->input.tz);
	if (s->input.ids_file)
		key(out, "ids", "file");
	if (s->options->lang != NULL)
		key(out, "lang", s->options->lang);
	for (size_t i = 0; i < s->nuntold; i++)
		buf_printf(out, "# Could not tell %s.\n", s->untold[i]);
}

/* Detection knows most formats; a table of unknown names is looked into. */
static int
look(struct setup *s, struct err *err)
{
	struct run r;
	struct err detect;
	bool table;
	int rc;

	if (open_run(s, &r, err) == -1)
		return -1;
	table = read_sample(s, &detect) == -1 || s->cast.format == NULL ||
	    strcmp(s->cast.format, "csv") == 0;
	rc = setup_table(&s->table, &r.rules->pack, matcher_viewer(r.matcher),
	    &s->input, &r.read, s->input.paths[0], &s->arena, err);
	run_close(&r);
	if (rc == -1)
		return -1;
	s->table.is_table &= table;
	if (!s->table.is_table)
		return s->cast.format == NULL ?
		    fail(err,
			"%s: no known format, and no table: `ofuku audit "
			"--list-formats` lists them, `ofuku audit` says what "
			"each of them misses; cells that are parted by "
			"another character than a comma, a tab or a semicolon "
			"want --delimiter",
			s->input.paths[0]) :
		    0;
	propose_table(s);
	return read_sample(s, err);
}

static int
propose(struct setup *s, struct err *err)
{
	if (look(s, err) == -1)
		return -1;
	if (s->cast.unknown > 0 && s->input.agent == NULL) {
		propose_agents(s);
		if (s->agent != NULL && read_sample(s, err) == -1)
			return -1;
	}
	if (s->table.is_table)
		say_columns(s);
	say_people(s);
	return 0;
}

static int
write_out(struct setup *s, struct err *err)
{
	struct buf text = {0};
	struct output *out;
	int rc;

	if (output_open(&out, s->options->output, err) == -1)
		return -1;
	write_settings(s, &text);
	rc = output_write(out, buf_span(&text), err);
	buf_free(&text);
	if (rc == 0)
		return output_commit(out, err);
	output_abandon(out);
	return -1;
}

static void
say_untold(const struct setup *s)
{
	for (size_t i = 0; i < s->nuntold && s->options->say != NULL; i++) {
		struct buf line = {0};

		buf_printf(&line, "could not tell %s", s->untold[i]);
		s->options->say(
		    s->options->ctx, OFUKU_SAY_ERROR, buf_cstr(&line));
		buf_free(&line);
	}
}

static int
check_files(const struct setup *s, struct err *err)
{
	const char *out = s->options->output;
	struct apart files = {0};
	int rc;

	run_reads(s->rules->rules, &s->input, &files);
	apart_writes(&files, out == NULL ? "the settings" : "-o",
	    out == NULL ? "-" : out);
	rc = apart_check_paths(&files, s->input.paths, s->input.npaths, err);
	apart_free(&files);
	return rc;
}

enum ofuku_status
ofuku_setup(const struct ofuku_rules *rules,
    const struct ofuku_setup_options *o, struct ofuku_error *error)
{
	struct setup s = {.rules = rules, .options = o, .input = o->input};
	enum ofuku_status status = OFUKU_TROUBLE;
	struct err err = {0};

	if (o->input.npaths != 1)
		fail(&err, "one file at a time, as a sample");
	else if (check_files(&s, &err) == 0 && propose(&s, &err) == 0 &&
	    write_out(&s, &err) == 0)
		status = s.nuntold > 0 ? OFUKU_FINDINGS : OFUKU_PASS;
	if (status == OFUKU_TROUBLE)
		error_out(error, &err);
	else
		say_untold(&s);
	cast_free(&s.cast);
	arena_free(&s.arena);
	return status;
}
