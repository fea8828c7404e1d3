/* show: exchanges as annotated transcripts, for people. */
#include <stdio.h>
#include <stdlib.h>

#include "base/joined.h"
#include "base/mem.h"
#include "show.h"

enum { WIDTH_MIN = 40, WIDTH_DEFAULT = 80 };

struct shower {
	const struct ofuku_show_options *options;
	struct page page;
	struct remarks remarks;
	struct buf text;
	struct subject name; /* scratch */
	struct buf names;    /* the same */
	/* The conversation, and what its speakers are called. */
	const struct conversation *talk;
	const struct span *real;
	uint64_t shown;
	enum lang lang;
};

/* What is to be shown of a conversation. */
struct chosen {
	const struct judgement *judgement;
	const struct exchange *exchange; /* NULL: it has none */
};

static bool
has_check(const struct finding *f, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(f[i].name, name) == 0)
			return true;
	return false;
}

static bool
has_agent(struct span list, const char *name)
{
	return memmem(list.at, list.len, name, strlen(name)) != NULL;
}

/* The names behind pseudonyms, NUL between them: what a filter asks for. */
static struct span
real_names(struct shower *s, const struct run *r, struct span names)
{
	if (!r->disguise.keyed)
		return names;
	buf_reset(&s->names);
	while (names.len > 0) {
		struct span name = joined_next(&names, '\0');
		size_t i = 0;

		while (i < s->talk->n && !span_eq(s->talk->at[i].speaker, name))
			i++;
		buf_add(&s->names, i < s->talk->n ? s->real[i] : name);
		if (names.len > 0)
			buf_addc(&s->names, '\0');
	}
	return buf_span(&s->names);
}

/* 1: one of the names, NUL between them, is of those that --agent means. */
static int
is_of_agents(
    struct shower *s, struct run *r, struct span names, struct err *err)
{
	int rc = 0;

	while (names.len > 0 && rc == 0)
		rc = role_option_hits(r->matcher, "--agent", r->roles.agent,
		    joined_next(&names, '\0'), &s->name, err);
	return rc;
}

static bool
is_chosen(struct shower *s, struct run *r, const struct judgement *j,
    const struct exchange *x)
{
	const struct ofuku_show_options *o = s->options;
	struct span shown = x == NULL ? j->agent : x->agent;
	struct span agent = real_names(s, r, shown);
	struct err err;
	enum outcome verdict = x == NULL ? j->verdict : x->verdict;

	if (o->verdict != NULL &&
	    strcmp(o->verdict, outcome_name(verdict)) != 0)
		return false;
	if (o->check != NULL &&
	    !has_check(j->findings, j->nfindings, o->check) &&
	    (x == NULL || !has_check(x->findings, x->nfindings, o->check)))
		return false;
	if (o->by_agent && is_of_agents(s, r, agent, &err) != 1)
		return false;
	return o->agent == NULL || has_agent(agent, o->agent) ||
	    has_agent(shown, o->agent);
}

static void
print_finding(struct shower *s, const struct finding *f)
{
	buf_reset(&s->text);
	buf_printf(&s->text, "! %s %.*s (%.*s): %.*s", f->name,
	    SPAN_FMT(
		word_in(s->lang, "outcome", span_of(outcome_name(f->outcome)))),
	    SPAN_FMT(word_in(
		s->lang, "severity", span_of(severity_name(f->severity)))),
	    SPAN_FMT(f->message));
	page_text(&s->page, 2,
	    f->outcome == OUTCOME_FAIL ? PAINT_FAULT : PAINT_NEAR,
	    buf_span(&s->text));
}

static void
add_moment(const struct shower *s, struct buf *b, struct moment m)
{
	if (moment_known(m))
		moment_print(m, false, b);
	else
		buf_adds(b, lang_pick(s->lang, "time unknown", "時刻不明"));
}

/* "call.jsonl:1, 0:00:00.000 to 0:00:36.000 (36 s); closed_by end" */
static void
print_when(struct shower *s, const struct exchange *x)
{
	struct value d = x->measures[MEASURE_DURATION];
	struct buf *b = &s->text;

	buf_reset(b);
	buf_printf(b, "%.*s:%llu, ", SPAN_FMT(x->opening->source),
	    (unsigned long long)x->opening->line);
	add_moment(s, b, x->opened_at);
	if (x->number > 0) {
		if (moment_known(x->opened_at) || moment_known(x->closed_at)) {
			buf_adds(b, lang_pick(s->lang, " to ", "〜"));
			add_moment(s, b, x->closed_at);
		}
		if (d.known) {
			buf_adds(b, " (");
			duration_print(d.n, b);
			buf_adds(b, lang_pick(s->lang, " s)", "秒)"));
		}
		buf_printf(b, lang_pick(s->lang, "; closed_by %.*s", "、%.*s"),
		    SPAN_FMT(word_in(s->lang, "closed_by",
			span_of(closed_by_name(x->closed_by)))));
	}
	page_line(&s->page, 0, PAINT_NONE, "%s", buf_cstr(b));
}

static void
print_counts(struct shower *s, const struct exchange *x)
{
	static const enum measure_id counts[] = {MEASURE_PRESSES,
	    MEASURE_ROUND_TRIPS, MEASURE_REPETITIONS, MEASURE_NEAR_MISSES,
	    MEASURE_UNANSWERED};
	struct buf *b = &s->text;

	if (x->number == 0)
		return;
	buf_reset(b);
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		const struct measure *m = &measures[counts[i]];
		const char *name = lang_pick(s->lang, m->name, m->ja);

		buf_adds(b, i == 0 ? "" : lang_pick(s->lang, ", ", "、"));
		for (; *name != '\0'; name++)
			buf_addc(b, *name == '_' ? ' ' : *name);
		buf_printf(b, " %lld", (long long)x->measures[counts[i]].n);
	}
	page_line(&s->page, 0, PAINT_NONE, "%s", buf_cstr(b));
}

static void
print_people(struct shower *s, const struct exchange *x)
{
	const struct {
		const char *what;
		struct span names;
		char separator;
	} people[] = {
	    {lang_pick(s->lang, "agent", "担当者"), x->agent, '\0'},
	    {lang_pick(s->lang, "customer", "お客様"), x->customer, '\0'},
	    {lang_pick(s->lang, "said", "きっかけ"), x->triggers, ';'},
	};
	struct buf *b = &s->text;

	buf_reset(b);
	for (size_t i = 0; i < sizeof(people) / sizeof(*people); i++)
		if (people[i].names.len > 0) {
			buf_printf(
			    b, "%s%s ", b->len > 0 ? ", " : "", people[i].what);
			joined_cell(b, people[i].names, people[i].separator);
		}
	if (b->len > 0)
		page_line(&s->page, 0, PAINT_NONE, "%s", buf_cstr(b));
}

/* "c1, exchange 1: fail (kasuhara)", and who answered where that is asked. */
static void
print_title(struct shower *s, const struct chosen *c, struct span agent)
{
	const struct judgement *j = c->judgement;
	const struct exchange *x = c->exchange;
	struct span id = j->conversation->id;
	struct span verdict = word_in(s->lang, "verdict",
	    span_of(outcome_name(x == NULL ? j->verdict : x->verdict)));
	char what[32];

	buf_reset(&s->text);
	joined_cell(&s->text, agent, '\0');
	if (x != NULL && x->number > 0)
		snprintf(what, sizeof(what),
		    lang_pick(s->lang, "exchange %u", "やりとり%u"), x->number);
	else
		snprintf(what, sizeof(what), "%s",
		    x == NULL ?
			lang_pick(s->lang, "no exchange", "やりとりなし") :
			lang_pick(s->lang, "in doubt", "話者不明"));
	page_line(&s->page, 0, PAINT_HEAD, "%.*s, %s: %.*s (%.*s)%s%.*s",
	    SPAN_FMT(id), what, SPAN_FMT(verdict), SPAN_FMT(j->policy->id),
	    agent.len > 0 ? lang_pick(s->lang, ", agent ", "、担当者 ") : "",
	    SPAN_FMT(buf_span(&s->text)));
}

static void
print_exchange_head(struct shower *s, const struct exchange *x)
{
	print_when(s, x);
	print_people(s, x);
	print_counts(s, x);
	for (size_t i = 0; i < x->nfindings; i++)
		print_finding(s, &x->findings[i]);
}

static void
print_head(struct shower *s, const struct chosen *c)
{
	const struct judgement *j = c->judgement;

	page_rule(&s->page);
	print_title(s, c, (struct span){0});
	if (c->exchange != NULL)
		print_exchange_head(s, c->exchange);
	else
		page_line(&s->page, 0, PAINT_NONE, "%.*s:%llu",
		    SPAN_FMT(j->conversation->source),
		    (unsigned long long)j->conversation->at[0].line);
	for (size_t i = 0; i < j->nfindings; i++)
		print_finding(s, &j->findings[i]);
}

/* The last utterance to print: of the extent, or what closed it. */
static size_t
last_of(const struct conversation *c, const struct exchange *x)
{
	const struct utterance *last = x->last;

	if (x->nevents > 0 && x->events[x->nevents - 1].at > last)
		last = x->events[x->nevents - 1].at;
	return (size_t)(last - c->at);
}

static int
show_exchange(struct shower *s, struct run *r, const struct chosen *c,
    struct arena *a, struct err *err)
{
	const struct conversation *talk = c->judgement->conversation;

	s->remarks.n = 0;
	if (remarks_add(&s->remarks, r, c->judgement, c->exchange, false,
		s->lang, a, err) == -1)
		return -1;
	print_head(s, c);
	page_blank(&s->page);
	page_utterances(&s->page, talk,
	    (size_t)(c->exchange->opening - talk->at),
	    last_of(talk, c->exchange), &s->remarks);
	page_blank(&s->page);
	s->shown++;
	return 0;
}

/* The whole conversation, with all that was chosen of it. */
static int
show_conversation(struct shower *s, struct run *r, const struct chosen *chosen,
    size_t n, struct arena *a, struct err *err)
{
	const struct conversation *c = chosen[0].judgement->conversation;
	const struct judgement *before = NULL;

	s->remarks.n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct judgement *j = chosen[i].judgement;

		if (chosen[i].exchange != NULL &&
		    remarks_add(&s->remarks, r, j, chosen[i].exchange, n > 1,
			s->lang, a, err) == -1)
			return -1;
		if (j != before)
			remarks_add_findings(
			    &s->remarks, j->findings, j->nfindings, a);
		before = j;
		print_head(s, &chosen[i]);
	}
	page_blank(&s->page);
	page_utterances(&s->page, c, 0, c->n - 1, &s->remarks);
	page_blank(&s->page);
	s->shown++;
	return 0;
}

static void
add_findings(struct buf *b, const struct finding *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%s%s%s", b->len > 0 ? ", " : "", f[i].name,
		    f[i].outcome == OUTCOME_UNKNOWN ? "?" : "");
}

/* What was found, and below it what opened the exchange, or is at fault. */
static void
list_one(struct shower *s, const struct chosen *c)
{
	const struct judgement *j = c->judgement;
	const struct exchange *x = c->exchange;
	const struct utterance *u = &j->conversation->at[0];
	struct buf *b = &s->text;

	if (x != NULL)
		u = x->opening;
	else if (j->nfindings > 0 && j->findings[0].at != NULL)
		u = j->findings[0].at;

	print_title(s, c, x == NULL ? j->agent : x->agent);
	buf_reset(b);
	if (x != NULL)
		add_findings(b, x->findings, x->nfindings);
	add_findings(b, j->findings, j->nfindings);
	if (b->len > 0)
		page_line(&s->page, 2, PAINT_FAULT, "%s", buf_cstr(b));
	buf_reset(b);
	add_moment(s, b, u->start);
	page_line(&s->page, 2, PAINT_NONE, "%.*s:%llu, %s: %.*s「%.*s」",
	    SPAN_FMT(u->source), (unsigned long long)u->line, buf_cstr(b),
	    SPAN_FMT(u->speaker), SPAN_FMT(u->text));
	s->shown++;
}

static bool
has_filter(const struct ofuku_show_options *o)
{
	return o->verdict != NULL || o->check != NULL || o->agent != NULL ||
	    o->by_agent;
}

/* A judgement without an exchange may still have found something. */
static size_t
choose(struct shower *s, struct run *r, const struct judgement *j,
    struct chosen *out)
{
	const struct ofuku_show_options *o = s->options;
	size_t n = 0;

	for (size_t i = 0; i < j->n; i++)
		if (is_chosen(s, r, j, &j->exchanges[i]))
			out[n++] = (struct chosen){j, &j->exchanges[i]};
	if (j->n == 0 && is_chosen(s, r, j, NULL) &&
	    (o->check != NULL || (o->all && !has_filter(o))))
		out[n++] = (struct chosen){j, NULL};
	return n;
}

static int
show_chosen(struct shower *s, struct run *r, const struct chosen *chosen,
    size_t n, struct arena *a, struct err *err)
{
	for (size_t i = 0; s->options->list && i < n; i++)
		list_one(s, &chosen[i]);
	if (s->options->list)
		return 0;
	if (n > 0 && (s->options->all || chosen[0].exchange == NULL))
		return show_conversation(s, r, chosen, n, a, err);
	for (size_t i = 0; i < n; i++)
		if (chosen[i].exchange != NULL &&
		    show_exchange(s, r, &chosen[i], a, err) == -1)
			return -1;
	return 0;
}

/* --conversation takes the id, and the pseudonym that a report has of it. */
static bool
is_asked(const struct shower *s, const struct run *r, struct span id,
    struct arena *a)
{
	struct span asked = span_of(s->options->conversation);

	return s->options->conversation == NULL || span_eq(id, asked) ||
	    span_eq(disguise_id(&r->disguise, id, a), asked);
}

/* Names and ids by pseudonyms; what the names are is kept for filters. */
static void
disguise(struct shower *s, const struct run *r, struct conversation *c,
    struct arena *a)
{
	struct span *real = arena_alloc(a, c->n * sizeof(*real) + 1);

	for (size_t i = 0; i < c->n; i++)
		real[i] = c->at[i].speaker;
	s->talk = c;
	s->real = real;
	disguise_people(&r->disguise, c, a);
}

static int
visit(void *ctx, struct run *r, struct conversation *c, struct arena *a,
    struct err *err)
{
	struct shower *s = ctx;
	size_t npolicies = r->rules->npolicies, most = 0, n = 0;
	struct judgement *j = arena_alloc(a, (npolicies + 1) * sizeof(*j));
	const struct redactions *found;
	struct chosen *chosen;

	/* Who has read enough has closed the pager. */
	if (ferror(s->options->out) || !is_asked(s, r, c->id, a))
		return 0;
	disguise(s, r, c, a);
	for (size_t i = 0; i < npolicies; i++) {
		if (judge(r->matcher, &r->rules->policies[i], c,
			(struct judge_how){JUDGE_ALL, s->lang}, a, &j[i],
			err) == -1) {
			run_say(r, OFUKU_SAY_ERROR, "%s", err->text);
			return 0;
		}
		most += j[i].n + 1;
	}
	chosen = arena_alloc(a, (most + 1) * sizeof(*chosen));
	for (size_t i = 0; i < npolicies; i++)
		n += choose(s, r, &j[i], chosen + n);
	found = disguise_find(&r->disguise, c, a);
	for (size_t i = 0; i < npolicies; i++) {
		disguise_names(&r->disguise, &j[i], a);
		disguise_events(found, &j[i], a);
	}
	disguise_said(&r->disguise, found, c, a);
	return show_chosen(s, r, chosen, n, a, err);
}

static int
check_known(const struct rules *r, const char *name, struct err *err)
{
	struct arena a = {0};
	const char **names = NULL, *near;
	size_t n = 0, cap = 0;
	bool found = strcmp(name, "roles-unknown") == 0 ||
	    strcmp(name, "roles-swapped") == 0;

	for (size_t i = 0; i < r->npolicies; i++)
		for (size_t k = 0; k < r->policies[i].nchecks; k++) {
			names = mem_grow(names, &cap, n + 1, sizeof(*names));
			names[n] = arena_cstr(&a, r->policies[i].checks[k].id);
			found |= strcmp(names[n++], name) == 0;
		}
	near = found ? NULL : nearest_name(name, names, n);
	if (!found)
		fail(err,
		    "--check %s: no such check%s%s%s: `ofuku rules "
		    "list` names them",
		    name, near == NULL ? "" : ", did you mean ",
		    near == NULL ? "" : near, near == NULL ? "" : "?");
	free(names);
	arena_free(&a);
	return found ? 0 : -1;
}

static int
show(struct shower *s, struct run *r, struct err *err)
{
	const struct ofuku_show_options *o = s->options;
	size_t width = o->width == 0 ? WIDTH_DEFAULT : o->width;

	if (!lang_named(o->lang, &s->lang))
		return fail(err, "--lang %s: write en or ja", o->lang);
	s->page = (struct page){.options = o,
	    .out = o->out,
	    .width = width < WIDTH_MIN ? WIDTH_MIN : width};
	if ((o->check != NULL && check_known(r->rules, o->check, err) == -1) ||
	    wrapper_open(&s->page.wrapper, err) == -1 ||
	    run_gather(r, err) == -1)
		return -1;
	return run_visit(r, visit, s, err);
}

enum ofuku_status
ofuku_show(const struct ofuku_rules *rules, const struct ofuku_show_options *o,
    struct ofuku_error *error)
{
	const struct match_limits limits = run_limits(
	    o->match_limit, o->match_heap);
	struct shower s = {.options = o};
	struct run r;
	struct err err = {0};
	enum ofuku_status status = OFUKU_TROUBLE;

	if (run_open(&r, rules, &o->input, &limits, o->say, o->ctx, &err) ==
	    -1) {
		error_out(error, &err);
		return status;
	}
	if (show(&s, &r, &err) == -1)
		error_out(error, &err);
	else if (!r.trouble && r.counts.rejected == 0)
		status = s.shown > 0 ? OFUKU_PASS : OFUKU_FINDINGS;
	wrapper_close(s.page.wrapper);
	buf_free(&s.page.line);
	buf_free(&s.text);
	buf_free(&s.names);
	subject_free(&s.name);
	free(s.remarks.at);
	run_close(&r);
	return status;
}
