/*
 * grep: utterances that match. They are printed as they are read, unless the
 * question is about whole conversations (who is who, context, times): then
 * conversation by conversation, as audit sees them.
 */
#include "grep.h"

#include <stdlib.h>

#include "base/map.h"

struct tally {
	struct span source;
	uint64_t n; /* utterances selected */
	struct tally *next;
};

struct show {
	void (*utterance)(struct printer *, const struct sighting *);
	void (*input)(struct printer *, const struct tally *);
	bool one_does; /* nothing more to learn of this input */
	bool whole;    /* who is who is shown */
};

struct search {
	const struct ofuku_grep_options *o;
	const struct show *show;
	struct query *query, *before, *after; /* before, after: may be NULL */
	const struct regex *speaker;          /* NULL: whoever */
	bool marked;                          /* all matches are wanted */
	struct map speakers;                  /* names looked at */
	struct printer printer;
	struct marks marks;
	const struct disguise *disguise;
	/* What is masked in each utterance of the conversation; NULL: that
	 * was not asked yet. */
	const struct redactions *found;
	struct arena *talk; /* lives as long as that */
	struct arena shown; /* what is shown of one, disguised */
	struct map tallies; /* by source */
	struct tally *first, *current, *told;
	uint64_t selected, matches, passed_over;
	bool printed;
};

static void
show_count(struct printer *p, const struct tally *t)
{
	print_count(p, t->source, t->n);
}

static void
show_with(struct printer *p, const struct tally *t)
{
	if (t->n > 0)
		print_source(p, t->source);
}

static void
show_without(struct printer *p, const struct tally *t)
{
	if (t->n == 0)
		print_source(p, t->source);
}

static const struct show shows[] = {
    [OFUKU_GREP_UTTERANCES] = {print_utterance, NULL, false, false},
    [OFUKU_GREP_MATCHES] = {print_matches, NULL, false, false},
    [OFUKU_GREP_KWIC] = {print_kwic, NULL, false, false},
    [OFUKU_GREP_DRIFT] = {print_drift, NULL, false, false},
    [OFUKU_GREP_JSON] = {print_json, NULL, false, true},
    [OFUKU_GREP_COUNTS] = {NULL, show_count, false, false},
    [OFUKU_GREP_INPUTS] = {NULL, show_with, true, false},
    [OFUKU_GREP_INPUTS_WITHOUT] = {NULL, show_without, true, false},
    [OFUKU_GREP_NOTHING] = {NULL, NULL, true, false},
};

/* Is what is known of an utterance alone not enough? */
static bool
wants_conversations(const struct ofuku_grep_options *o)
{
	bool disguised = o->input.redact || o->input.pseudonymize != NULL;

	/* What is masked of an utterance may begin in another. */
	return shows[o->show].whole || o->role != OFUKU_ROLE_ANY ||
	    (disguised && shows[o->show].utterance != NULL) ||
	    o->said_before != NULL || o->said_after != NULL ||
	    o->input.since != NULL || o->input.until != NULL ||
	    (o->show == OFUKU_GREP_UTTERANCES && o->before + o->after > 0);
}

/* Are all matches shown or counted? Else one says enough of an utterance. */
static bool
wants_marks(const struct ofuku_grep_options *o)
{
	if (o->matches || o->show == OFUKU_GREP_UTTERANCES)
		return o->matches || o->color;
	return shows[o->show].utterance != NULL;
}

/* What is said of inputs, up to but not including last. */
static void
tell_inputs(struct search *s, const struct tally *last)
{
	struct tally *t = s->told == NULL ? s->first : s->told->next;

	for (; t != NULL && t != last; t = t->next) {
		if (s->show->input != NULL)
			s->show->input(&s->printer, t);
		s->told = t;
	}
}

static void
on_began(void *hook, struct run *r)
{
	struct search *s = hook;
	struct tally *t = arena_alloc(&r->arena, sizeof(*t));

	t->source = r->current->label;
	*map_slot(&s->tallies, t->source) = t;
	if (s->first == NULL)
		s->first = t;
	else
		s->current->next = t;
	s->current = t;
	if (r->record != NULL)
		tell_inputs(s, t);
}

static int
try_speaker(struct search *s, struct run *r, struct span name, struct err *err)
{
	static const bool no = false, yes = true;
	struct subject subject = {0};
	int rc = role_option_hits(
	    r->matcher, "--speaker", s->speaker, name, &subject, err);

	subject_free(&subject);
	if (rc != -1)
		*map_slot(&s->speakers,
		    arena_dup(&r->arena, name)) = (void *)(rc == 1 ? &yes :
								     &no);
	return rc;
}

/* 1: the speaker is one that --speaker means; each name is tried once. */
static int
is_speaker(struct search *s, struct run *r, struct span name, struct err *err)
{
	const bool *known;

	if (s->speaker == NULL)
		return 1;
	known = map_get(&s->speakers, name);
	return known != NULL ? *known : try_speaker(s, r, name, err);
}

static bool
is_role(const struct search *s, enum role role)
{
	static const enum role roles[] = {
	    [OFUKU_ROLE_AGENT] = ROLE_AGENT,
	    [OFUKU_ROLE_CUSTOMER] = ROLE_CUSTOMER,
	    [OFUKU_ROLE_OTHER] = ROLE_OTHER,
	    [OFUKU_ROLE_UNKNOWN] = ROLE_UNKNOWN,
	};

	return s->o->role == OFUKU_ROLE_ANY || roles[s->o->role] == role;
}

/* 1: it is one to print; 0: it is not; -1: a match hit a limit. */
static int
decide(
    struct search *s, struct run *r, const struct utterance *u, struct err *err)
{
	int rc = is_role(s, u->role) ? is_speaker(s, r, u->speaker, err) : 0;

	if (rc == 0)
		s->passed_over++;
	if (rc != 1)
		return rc;
	rc = query_match(s->query, u->text, s->marked ? &s->marks : NULL, err);
	return rc == -1 ? -1 : (rc == 1) != s->o->invert;
}

static void
say_undecided(struct run *r, const struct utterance *u, const struct err *err)
{
	run_say(r, OFUKU_SAY_ERROR, "%.*s:%llu: %s", SPAN_FMT(u->source),
	    (unsigned long long)u->line, err->text);
}

/* An utterance that cannot be decided is said; the others are searched. */
static bool
selects(
    struct search *s, struct run *r, const struct utterance *u, struct tally *t)
{
	struct err err; /* cleared by those who fail: it is long */
	int rc;

	if (s->o->max > 0 && t->n >= s->o->max)
		return false;
	rc = decide(s, r, u, &err);
	if (rc == -1)
		say_undecided(r, u, &err);
	if (rc != 1)
		return false;
	t->n++;
	s->selected++;
	watch_add(&r->watch.found, 1);
	s->matches += s->marks.n;
	return true;
}

/* The same matches in the masked text. */
static struct marks
masked_marks(struct search *s, const struct redactions *all)
{
	struct marks m = s->marks;

	m.at = arena_alloc(&s->shown, m.n * sizeof(*m.at) + 1);
	for (size_t i = 0; i < m.n; i++) {
		struct mark *mark = &m.at[i];

		*mark = s->marks.at[i];
		for (size_t k = 0; k < all->n; k++)
			mark->masked |= all->at[k].start < mark->end &&
			    mark->start < all->at[k].end;
		mark->start = (uint32_t)redact_place(all, mark->start, false);
		mark->end = (uint32_t)redact_place(all, mark->end, true);
	}
	return m;
}

static void
show_disguised(
    struct search *s, const struct sighting *seen, const struct redactions *all)
{
	const struct disguise *d = s->disguise;
	struct utterance u = *seen->u;
	struct sighting shown = {&u,
	    disguise_id(d, seen->conversation, &s->shown), seen->marks,
	    seen->context};
	struct marks marks;

	u.source = disguise_source(d, u.source, seen->conversation, &s->shown);
	u.speaker = disguise_speaker(d, u.speaker, &s->shown);
	u.text = redact_piece(u.text, all, 0, u.text.len, &s->shown);
	marks = masked_marks(s, all);
	shown.marks = seen->marks == NULL ? NULL : &marks;
	s->show->utterance(&s->printer, &shown);
	arena_reset(&s->shown);
}

static void
show(struct search *s, const struct utterance *u, struct span conversation)
{
	const struct sighting sighting = {u, conversation, &s->marks, false};

	if (s->show->utterance == NULL)
		return;
	s->show->utterance(&s->printer, &sighting);
	s->printed = true;
}

/* Of a conversation, which is asked once what is masked in it. */
static void
show_said(
    struct search *s, const struct conversation *c, size_t i, bool context)
{
	const struct sighting sighting = {
	    &c->at[i], c->id, context ? NULL : &s->marks, context};

	if (s->show->utterance == NULL)
		return;
	s->printed = true;
	if (!disguise_is_on(s->disguise)) {
		s->show->utterance(&s->printer, &sighting);
		return;
	}
	if (s->found == NULL)
		s->found = disguise_find(s->disguise, c, s->talk);
	show_disguised(s, &sighting, &s->found[i]);
}

/* Nobody reads on, or nothing more is to be learnt. */
static bool
is_over(const struct search *s)
{
	return ferror(s->o->out) != 0 ||
	    (s->o->show == OFUKU_GREP_NOTHING && s->selected > 0);
}

static int
on_record(void *hook, struct run *r, const struct record *rec, struct err *err)
{
	struct search *s = hook;
	const struct utterance u = {.text = rec->text,
	    .speaker = rec->speaker,
	    .start = rec->start,
	    .end = rec->end,
	    .line = rec->line,
	    .source = r->current->label};
	struct tally *t = s->current;

	(void)err;
	if (!selects(s, r, &u, t))
		return 0;
	show(s, &u,
	    rec->conversation.len > 0 ? rec->conversation : r->conversation);
	r->enough = s->show->one_does || (s->o->max > 0 && t->n >= s->o->max);
	r->stop = is_over(s);
	return 0;
}

/* Utterances of a conversation that were shown, and are to be. */
struct window {
	size_t shown; /* behind the last one shown */
	size_t after; /* until here context is shown */
};

static void
show_match(
    struct search *s, const struct conversation *c, size_t i, struct window *w)
{
	size_t before = s->o->show == OFUKU_GREP_UTTERANCES ? s->o->before : 0;
	size_t from = i > before ? i - before : 0;
	bool gaps = s->o->show == OFUKU_GREP_UTTERANCES &&
	    s->o->before + s->o->after > 0;

	from = from > w->shown ? from : w->shown;
	if (gaps && s->printed && (from > w->shown || w->shown == 0))
		print_gap(&s->printer);
	for (; from < i; from++)
		show_said(s, c, from, true);
	show_said(s, c, i, false);
	w->shown = i + 1;
	w->after = i < SIZE_MAX - s->o->after - 1 ? i + 1 + s->o->after :
						    SIZE_MAX;
}

/* The utterances that --before and --after leave: from..to. */
struct lines {
	size_t from, to;
};

/* The first utterance that matches; all of them where none does. */
static size_t
first_match(struct run *r, struct query *q, const struct conversation *c)
{
	struct err err = {0};
	size_t i = 0;
	int rc = 0;

	for (; i < c->n && rc == 0; i += rc == 0) {
		rc = query_match(q, c->at[i].text, NULL, &err);
		if (rc != -1)
			continue;
		say_undecided(r, &c->at[i], &err);
		rc = 0;
	}
	return i;
}

static void
cut_stretch(struct search *s, struct run *r, const struct conversation *c,
    struct lines *in)
{
	size_t i;

	if (s->after != NULL)
		in->from = first_match(r, s->after, c) + 1;
	if (s->before == NULL)
		return;
	i = first_match(r, s->before, c);
	in->to = i < c->n ? i : 0;
}

static int
on_conversation(void *ctx, struct run *r, struct conversation *c,
    struct arena *a, struct err *err)
{
	struct search *s = ctx;
	struct window w = {0};
	struct lines in = {0, c->n};

	(void)err;
	s->found = NULL;
	s->talk = a;
	cut_stretch(s, r, c, &in);
	for (size_t i = 0; i < c->n && !is_over(s); i++) {
		const struct utterance *u = &c->at[i];

		if (i < in.from || i >= in.to)
			s->passed_over++;
		if (i >= in.from && i < in.to &&
		    selects(s, r, u, map_get(&s->tallies, u->source)))
			show_match(s, c, i, &w);
		else if (i < w.after && s->o->show == OFUKU_GREP_UTTERANCES) {
			show_said(s, c, i, true);
			w.shown = i + 1;
		}
	}
	return 0;
}

static int
compile_speaker(struct search *s, struct run *r, struct err *err)
{
	struct err why;
	size_t offset = 0;

	if (s->o->speaker == NULL)
		return 0;
	s->speaker = regex_compile(&r->arena, matcher_viewer(r->matcher),
	    span_of(s->o->speaker), 0, &offset, &why);
	if (s->speaker == NULL)
		return fail(err, "--speaker: %s, at byte %zu of %s", why.text,
		    offset + 1, s->o->speaker);
	return 0;
}

static int
open_guards(struct search *s, struct run *r, struct err *err)
{
	const struct ofuku_grep_options *o = s->o;

	if (o->said_before != NULL &&
	    query_open_one(&s->before, r, o, o->said_before, err) == -1)
		return -1;
	return o->said_after == NULL ?
	    0 :
	    query_open_one(&s->after, r, o, o->said_after, err);
}

static int
search(struct search *s, struct run *r, struct err *err)
{
	if (query_open(&s->query, r, s->o, err) == -1 ||
	    open_guards(s, r, err) == -1 || compile_speaker(s, r, err) == -1)
		return -1;
	s->printer.query = s->query;
	s->marked = wants_marks(s->o);
	s->disguise = &r->disguise;
	r->hook = s;
	r->began = on_began;
	if (!wants_conversations(s->o))
		r->record = on_record;
	if (run_gather(r, err) == -1)
		return -1;
	if (r->record == NULL && run_visit(r, on_conversation, s, err) == -1)
		return -1;
	tell_inputs(s, NULL);
	return 0;
}

static enum ofuku_status
status(const struct search *s, const struct run *r)
{
	bool found = s->selected > 0;

	if (found && s->o->show == OFUKU_GREP_NOTHING)
		return OFUKU_PASS;
	if (r->trouble || r->counts.rejected > 0)
		return OFUKU_TROUBLE;
	return found ? OFUKU_PASS : OFUKU_FINDINGS;
}

static void
search_free(struct search *s)
{
	map_free(&s->speakers);
	map_free(&s->tallies);
	free(s->marks.at);
	printer_free(&s->printer);
	arena_free(&s->shown);
}

enum ofuku_status
ofuku_grep(const struct ofuku_rules *rules, const struct ofuku_grep_options *o,
    struct ofuku_grep_counts *counts, struct ofuku_error *error)
{
	struct match_limits limits = run_limits(o->match_limit, o->match_heap);
	struct search s = {
	    .o = o, .show = &shows[o->show], .printer = {.o = o}};
	struct run r;
	struct err err = {0};
	enum ofuku_status result = OFUKU_TROUBLE;

	limits.no_jit = o->no_jit;
	if (run_open(&r, rules, &o->input, &limits, o->say, o->ctx, &err) ==
	    -1) {
		error_out(error, &err);
		return result;
	}
	if (search(&s, &r, &err) == -1)
		error_out(error, &err);
	else
		result = status(&s, &r);
	r.counts.audited -= s.passed_over;
	r.counts.filtered += s.passed_over;
	*counts = (struct ofuku_grep_counts){r.counts, s.selected, s.matches};
	search_free(&s);
	run_close(&r);
	return result;
}
