/* The patterns of grep: typed ones, the rule set's, approximate texts. */
#include <ctype.h>
#include <stdlib.h>

#include "base/mem.h"
#include "grep.h"
#include "rule/align.h"
#include "rule/branches.h"
#include "rule/prefilter.h"
#include "rule/regex.h"
#include "text/utf8.h"

struct query {
	const struct ofuku_grep_options *o;
	struct ofuku_grep_options one; /* o, of query_open_one */
	struct matcher *matcher;
	const struct rules *rules;
	struct arena *arena;
	struct pattern typed; /* one alternative each */
	struct span *asked;   /* of each, as it was typed */
	struct pattern apart; /* the same, branch by branch; or none */
	size_t apart_cap;
	struct regex **empty; /* those that match nothing */
	size_t nempty;
	struct pattern *named; /* of the rule set: copies */
	struct span *names;    /* "@ID" */
	size_t nnamed;
	const struct phrase **phrases;
	struct span *says; /* "@ID" or the text */
	size_t nphrases;
	const struct prefilter *gate; /* of all patterns; NULL: none */
	struct prefilter_scratch scratch;
	struct view plain; /* that the gate has made */
	struct subject subject;
	struct hits hits;
	struct phrase_result found;
	struct marks marks; /* of nobody's interest */
};

static void
query_release(void *handle)
{
	struct query *q = handle;

	prefilter_scratch_free(&q->scratch);
	view_free(&q->plain);
	subject_free(&q->subject);
	hits_free(&q->hits);
	phrase_result_free(&q->found);
	free(q->marks.at);
}

/* Where a byte of a pattern stands, as its author counts. */
static size_t
character_at(struct span source, size_t byte)
{
	size_t n = 1;

	for (const char *at = source.at;
	     at < source.at + byte && at < source.at + source.len; n++)
		utf8_next(&at);
	return n;
}

static struct regex *
compile(struct query *q, const char *what, struct span source, unsigned flags,
    struct err *err)
{
	struct err why;
	size_t offset = 0;
	struct regex *re = regex_compile(
	    q->arena, matcher_viewer(q->matcher), source, flags, &offset, &why);

	if (re == NULL)
		fail(err, "%s \"%.*s\": %s, at character %zu", what,
		    SPAN_FMT(source), why.text, character_at(source, offset));
	return re;
}

/* A text as a pattern. */
static void
quote(struct span text, struct buf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		if (ispunct((unsigned char)text.at[i]))
			buf_addc(out, '\\');
		buf_addc(out, text.at[i]);
	}
}

/* Of a source that compiles, one that matches whole texts only. */
static struct span
whole_source(struct query *q, struct span source, bool literal)
{
	struct buf b = {0};
	struct span whole;

	buf_adds(&b, "\\A(?:");
	if (literal)
		quote(source, &b);
	else
		buf_add(&b, source);
	buf_adds(&b, ")\\z");
	whole = arena_dup(q->arena, buf_span(&b));
	buf_free(&b);
	return whole;
}

/* As the options want it. */
static struct regex *
compile_asked(
    struct query *q, struct span source, unsigned flags, struct err *err)
{
	struct regex *re = compile(q, "pattern", source, flags, err);

	if (re == NULL || !q->o->whole)
		return re;
	source = whole_source(q, source, flags & REGEX_LITERAL);
	return compile(
	    q, "pattern", source, flags & ~(unsigned)REGEX_LITERAL, err);
}

static int
add_typed(struct query *q, struct span source, struct err *err)
{
	unsigned flags = q->o->literal ? REGEX_LITERAL : 0;
	struct regex *re = compile_asked(
	    q, source, flags | (q->o->words ? REGEX_WORDS : 0), err);

	if (re == NULL)
		return -1;
	q->asked[q->typed.nany] = source;
	q->typed.any[q->typed.nany++] = re;
	/* Nothing is no word, and near nothing. */
	if (!regex_matches_empty(re, matcher_viewer(q->matcher)) ||
	    q->o->words || q->o->nnear > 0)
		return 0;
	re = compile_asked(q, source, flags | REGEX_EMPTY, err);
	q->empty[q->nempty++] = re;
	return re == NULL ? -1 : 0;
}

static int
add_fuzzy(struct query *q, struct span text, struct err *err)
{
	struct phrase *p = arena_alloc(q->arena, sizeof(*p));

	p->id = text;
	p->wordings = arena_alloc(q->arena, sizeof(*p->wordings));
	p->nwordings = 1;
	p->wordings[0].say = text;
	p->tolerance_ppm = (uint32_t)(q->o->tolerance * 10000 + 0.5);
	phrase_prepare(
	    q->arena, matcher_viewer(q->matcher), q->rules->pack.fold, p);
	if (p->wordings[0].npoints == 0)
		return fail(err,
		    "--fuzzy: nothing is left of \"%.*s\" when "
		    "it is folded",
		    SPAN_FMT(text));
	q->says[q->nphrases] = text;
	q->phrases[q->nphrases++] = p;
	return 0;
}

static const char *
nearest_id(struct query *q, struct span id)
{
	const char **names;
	size_t n = 0;

	for (size_t i = 0; i < q->rules->npolicies; i++)
		n += q->rules->policies[i].npatterns +
		    q->rules->policies[i].nphrases;
	names = arena_alloc(q->arena, (n + 1) * sizeof(*names));
	n = 0;
	for (size_t i = 0; i < q->rules->npolicies; i++) {
		const struct policy *p = &q->rules->policies[i];

		for (size_t k = 0; k < p->npatterns; k++)
			names[n++] = arena_cstr(q->arena, p->patterns[k].id);
		for (size_t k = 0; k < p->nphrases; k++)
			names[n++] = arena_cstr(q->arena, p->phrases[k].id);
	}
	return nearest_name(arena_cstr(q->arena, id), names, n);
}

static int
fail_name(struct query *q, struct span name, struct span id, struct err *err)
{
	const char *near = nearest_id(q, id);

	if (near != NULL)
		return fail(err,
		    "%.*s: the rule set has no such pattern or "
		    "phrase: did you mean @%s?",
		    SPAN_FMT(name), near);
	return fail(err,
	    "%.*s: the rule set has no such pattern or phrase: "
	    "`ofuku rules list` names them; to look for the text, write "
	    "\\%.*s",
	    SPAN_FMT(name), SPAN_FMT(name));
}

/* Alternatives without the words that they may be bound to: nearness counts
 * words itself. */
static int
near_any(
    struct query *q, const struct pattern *p, struct near *out, struct err *err)
{
	struct regex **any = p->any;

	if (p->words)
		any = arena_alloc(q->arena, p->nany * sizeof(*any));
	for (size_t i = 0; i < p->nany && p->words; i++) {
		any[i] = compile(q, "--near", regex_source(p->any[i]), 0, err);
		if (any[i] == NULL)
			return -1;
	}
	out->any = any;
	out->nany = p->nany;
	return 0;
}

static int
near_named(struct query *q, struct span name, struct near *out, struct err *err)
{
	struct span id = {name.at + 1, name.len - 1};
	const struct pattern *p = rules_pattern(q->rules, id);

	if (p != NULL)
		return near_any(q, p, out, err);
	if (rules_phrase(q->rules, id) == NULL)
		return fail_name(q, name, id, err);
	return fail(err,
	    "--near wants a pattern, and %.*s is a phrase: name a pattern of "
	    "the rule set, or write one",
	    SPAN_FMT(name));
}

static int
near_pattern(
    struct query *q, const char *text, struct near *out, struct err *err)
{
	if (text[0] == '@' && text[1] != '\0' && !q->o->literal)
		return near_named(q, span_of(text), out, err);
	out->pattern = compile(
	    q, "--near", span_of(text), q->o->literal ? REGEX_LITERAL : 0, err);
	return out->pattern == NULL ? -1 : 0;
}

static int
parse_near(struct query *q, const char *text, struct near *out, struct err *err)
{
	char *colon;
	unsigned long within = strtoul(text, &colon, 10);

	if (*text < '0' || *text > '9' || *colon != ':' || colon[1] == '\0' ||
	    within > 1000)
		return fail(err,
		    "--near %s: write N PATTERN, as in "
		    "5 弁護士, N up to 1000",
		    text);
	out->within = (uint32_t)within;
	return near_pattern(q, colon + 1, out, err);
}

/* The rule's own conditions and then those of --near. */
static int
add_near(struct query *q, struct pattern *p, struct err *err)
{
	struct near *near;

	if (q->o->nnear == 0)
		return 0;
	near = arena_alloc(q->arena, (p->nnear + q->o->nnear) * sizeof(*near));
	if (p->nnear > 0)
		memcpy(near, p->near, p->nnear * sizeof(*near));
	p->near = near;
	for (size_t i = 0; i < q->o->nnear; i++)
		if (parse_near(q, q->o->near[i], &near[p->nnear++], err) == -1)
			return -1;
	return 0;
}

/* A rule's pattern that now has to be words, or the whole text. */
static int
compile_again(struct query *q, struct pattern *p, struct err *err)
{
	struct regex **any = arena_alloc(q->arena, p->nany * sizeof(*any));
	bool words = p->words || q->o->words;

	for (size_t i = 0; i < p->nany; i++) {
		any[i] = compile_asked(
		    q, regex_source(p->any[i]), words ? REGEX_WORDS : 0, err);
		if (any[i] == NULL)
			return -1;
	}
	p->any = any;
	p->words = words;
	return 0;
}

static int
add_pattern(struct query *q, const struct pattern *rule, struct span name,
    struct err *err)
{
	struct pattern *p = &q->named[q->nnamed];

	*p = *rule;
	q->names[q->nnamed++] = name;
	if (((q->o->words && !p->words) || q->o->whole) &&
	    compile_again(q, p, err) == -1)
		return -1;
	return add_near(q, p, err);
}

static int
add_named(struct query *q, struct span name, struct err *err)
{
	struct span id = {name.at + 1, name.len - 1};
	const struct pattern *p = rules_pattern(q->rules, id);
	const struct phrase *say = rules_phrase(q->rules, id);

	if (p != NULL)
		return add_pattern(q, p, name, err);
	if (say == NULL)
		return fail_name(q, name, id, err);
	q->says[q->nphrases] = name;
	q->phrases[q->nphrases++] = say;
	return 0;
}

static int
add(struct query *q, struct span source, struct err *err)
{
	if (source.len > 1 && *source.at == '@' && !q->o->literal)
		return add_named(q, source, err);
	return q->o->fuzzy ? add_fuzzy(q, source, err) :
			     add_typed(q, source, err);
}

/* One look at a text says which of them can match at all. */
static void
make_filter(struct query *q, struct pattern *p)
{
	struct prefilter_builder *b = prefilter_begin(
	    matcher_viewer(q->matcher));
	struct required_memo memo = {0};

	for (size_t i = 0; i < p->nany; i++) {
		const struct view *v = regex_normal(
		    p->any[i], matcher_viewer(q->matcher));
		const struct required *clauses;
		struct required_starts starts;
		size_t n = required_clauses(
		    v->at, v->len, &memo, &clauses, &starts);

		prefilter_add_clauses(b, clauses, n);
		regex_set_starts(p->any[i], &starts);
	}
	p->among.by = prefilter_finish(b, false, q->arena);
	required_memo_free(&memo);
}

enum { BRANCHES_MAX = 200 };

/* Of one filter for all patterns: may any of these match? */
static void
add_to_gate(struct query *q, struct prefilter_builder *b,
    struct required_memo *memo, const struct pattern *p)
{
	for (size_t i = 0; i < p->nany; i++) {
		const struct view *v = regex_normal(
		    p->any[i], matcher_viewer(q->matcher));

		prefilter_add(b, memo, v->at, v->len);
	}
}

/* One look at a text as it was written passes over most. Phrases and patterns
 * that match nothing at all are found in texts without a literal, too. */
static void
make_gate(struct query *q)
{
	struct prefilter_builder *b;
	struct required_memo memo = {0};

	if (q->nphrases + q->nempty > 0)
		return;
	b = prefilter_begin(matcher_viewer(q->matcher));
	add_to_gate(q, b, &memo, q->apart.nany > 0 ? &q->apart : &q->typed);
	for (size_t i = 0; i < q->nnamed; i++)
		add_to_gate(q, b, &memo, &q->named[i]);
	q->gate = prefilter_finish(b, true, q->arena);
	required_memo_free(&memo);
}

/* Room for n alternatives more: twice what is needed, as there may be many
 * patterns. */
static void
apart_room(struct query *q, size_t n)
{
	struct pattern *p = &q->apart;
	struct regex **any;

	if (p->nany + n <= q->apart_cap)
		return;
	q->apart_cap = (p->nany + n) * 2;
	any = arena_alloc(q->arena, q->apart_cap * sizeof(*any));
	if (p->nany > 0)
		memcpy(any, p->any, p->nany * sizeof(*any));
	p->any = any;
}

/* Appends what source is an alternation of; false: it cannot be told apart. */
static bool
add_branches(struct query *q, struct span source)
{
	struct span branches[BRANCHES_MAX];
	size_t n = branches_split(source, branches, BRANCHES_MAX);
	struct pattern *p = &q->apart;
	struct err err;

	apart_room(q, n);
	for (size_t i = 0; i < n; i++) {
		struct regex *re = compile(q, "", branches[i], 0, &err);

		if (re == NULL)
			return false;
		p->any[p->nany++] = re;
	}
	return n > 0;
}

/*
 * An alternation of many requires no text, but each of its branches may: then
 * the filter says which of them are worth trying, and that is often none.
 */
static void
take_apart(struct query *q)
{
	bool apart = !q->o->literal && !q->o->words && !q->o->whole &&
	    q->o->nnear == 0;

	for (size_t i = 0; i < q->typed.nany && apart; i++)
		apart = add_branches(q, regex_source(q->typed.any[i]));
	if (!apart || q->apart.nany == q->typed.nany) {
		q->apart.nany = 0;
		return;
	}
	q->apart.id = q->typed.id;
	make_filter(q, &q->apart);
}

static void
make_room(struct query *q, size_t n)
{
	q->typed.any = arena_alloc(q->arena, n * sizeof(*q->typed.any));
	q->asked = arena_alloc(q->arena, n * sizeof(*q->asked));
	q->empty = arena_alloc(q->arena, n * sizeof(*q->empty));
	q->named = arena_alloc(q->arena, n * sizeof(*q->named));
	q->names = arena_alloc(q->arena, n * sizeof(*q->names));
	q->phrases = arena_alloc(q->arena, n * sizeof(*q->phrases));
	q->says = arena_alloc(q->arena, n * sizeof(*q->says));
}

/* What only phrases have. */
static int
check_phrases(struct query *q, struct err *err)
{
	const char *option = q->o->near_misses ? "--near-misses" : "--drift";

	if (!q->o->near_misses && q->o->show != OFUKU_GREP_DRIFT)
		return 0;
	if (q->typed.nany + q->nnamed == 0)
		return 0;
	return fail(err,
	    "%s is for phrases: name one of the rule set, as in @entrust, or "
	    "give --fuzzy",
	    option);
}

static int
fill(struct query *q, struct err *err)
{
	for (size_t i = 0; i < q->o->npatterns; i++)
		if (add(q, span_of(q->o->patterns[i]), err) == -1)
			return -1;
	if (check_phrases(q, err) == -1)
		return -1;
	if (q->nphrases > 0 && q->o->nnear > 0)
		return fail(err,
		    "--near is for patterns, not for phrases: "
		    "leave out %s",
		    q->o->fuzzy ? "--fuzzy" : arena_cstr(q->arena, q->says[0]));
	if (add_near(q, &q->typed, err) == -1)
		return -1;
	make_filter(q, &q->typed);
	take_apart(q);
	make_gate(q);
	return 0;
}

static struct query *
query_new(struct run *r, const struct ofuku_grep_options *o)
{
	struct query *q = arena_alloc(&r->arena, sizeof(*q));

	q->o = o;
	q->matcher = r->matcher;
	q->rules = r->rules;
	q->arena = &r->arena;
	q->typed.id = SPAN("of the search");
	q->typed.words = o->words;
	arena_own(q->arena, q, query_release);
	make_room(q, o->npatterns + 1);
	return q;
}

int
query_open(struct query **out, struct run *r,
    const struct ofuku_grep_options *o, struct err *err)
{
	*out = query_new(r, o);
	return fill(*out, err);
}

int
query_open_one(struct query **out, struct run *r,
    const struct ofuku_grep_options *o, const char *pattern, struct err *err)
{
	const char **patterns = arena_alloc(&r->arena, sizeof(*patterns));
	const struct ofuku_grep_options one = {
	    .patterns = patterns, .npatterns = 1, .literal = o->literal};

	*patterns = pattern;
	*out = query_new(r, &one);
	(*out)->one = one;
	(*out)->o = &(*out)->one;
	return fill(*out, err);
}

static struct mark *
add_mark(struct marks *m, uint32_t start, uint32_t end, struct span asked)
{
	m->at = mem_grow(m->at, &m->cap, m->n + 1, sizeof(*m->at));
	m->at[m->n] = (struct mark){.start = start, .end = end, .asked = asked};
	return &m->at[m->n++];
}

static int
match_typed(struct query *q, struct marks *out, struct err *err)
{
	q->hits.n = 0;
	if (q->apart.nany > 0 &&
	    !pattern_may_hit(q->matcher, &q->apart, &q->subject))
		return 0;
	if (pattern_hits(q->matcher, &q->typed, &q->subject, &q->hits, err) ==
	    -1)
		return -1;
	for (size_t i = 0; i < q->hits.n; i++)
		add_mark(out, q->hits.at[i].raw_start, q->hits.at[i].raw_end,
		    q->asked[q->hits.at[i].alternative]);
	return 0;
}

static int
match_named(struct query *q, size_t i, struct marks *out, struct err *err)
{
	q->hits.n = 0;
	if (pattern_hits(
		q->matcher, &q->named[i], &q->subject, &q->hits, err) == -1)
		return -1;
	for (size_t k = 0; k < q->hits.n; k++)
		add_mark(out, q->hits.at[k].raw_start, q->hits.at[k].raw_end,
		    q->names[i]);
	return 0;
}

static int
is_words(struct query *q, const struct occurrence *o, struct err *err)
{
	const struct view *plain = subject_plain(q->matcher, &q->subject);
	const struct words *w;

	if (!q->o->words)
		return 1;
	if (subject_words(q->matcher, &q->subject, &w, err) == -1)
		return -1;
	return words_boundary(w, view_unit_at(plain, o->raw_start)) &&
	    words_boundary(w, view_unit_at(plain, o->raw_end));
}

static bool
is_whole(struct query *q, const struct occurrence *o)
{
	const struct view *folded = subject_folded(q->matcher, &q->subject);

	return !q->o->whole || (o->start == 0 && o->end == folded->len);
}

static int
add_said(struct query *q, size_t i, const struct occurrence *o,
    struct marks *out, struct err *err)
{
	int fits = is_whole(q, o) ? is_words(q, o, err) : 0;
	struct mark *m;

	if (fits != 1)
		return fits;
	m = add_mark(out, o->raw_start, o->raw_end, q->says[i]);
	m->phrase = q->phrases[i];
	m->said = *o;
	return 0;
}

/* What counts, and where nothing does and it is asked for, what comes near. */
static int
match_phrase(struct query *q, size_t i, struct marks *out, struct err *err)
{
	const struct phrase_result *found = &q->found;
	bool near = q->o->near_misses || q->o->show == OFUKU_GREP_DRIFT;

	if (phrase_match(
		q->matcher, q->phrases[i], &q->subject, &q->found, err) == -1)
		return -1;
	for (size_t k = 0; k < found->n && !q->o->near_misses; k++)
		if (add_said(q, i, &found->at[k], out, err) == -1)
			return -1;
	if (near && found->n == 0 &&
	    similarity_least(found->seen.similarity, NEAR_MISS_PERCENT))
		return add_said(q, i, &found->seen, out, err);
	return 0;
}

void
query_align(struct query *q, const struct mark *m, struct buf *out)
{
	const struct view *folded = subject_folded(q->matcher, &q->subject);

	phrase_align(&m->phrase->wordings[m->said.wording],
	    folded->at + m->said.start, m->said.end - m->said.start, out);
}

/* Does one of the patterns that can match nothing do so? */
static int
match_empty(struct query *q, struct err *err)
{
	const struct view *plain;
	size_t start, end;
	int rc = 0;

	for (size_t i = 0; i < q->nempty && rc == 0; i++) {
		plain = subject_plain(q->matcher, &q->subject);
		rc = regex_find(q->matcher, q->empty[i], plain->at, plain->len,
		    0, NULL, &start, &end, err);
	}
	return rc;
}

static int
by_place(const void *x, const void *y)
{
	const struct mark *a = x, *b = y;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	return (a->end < b->end) - (a->end > b->end);
}

/* One match is enough: 1 or 0; -1: a limit. */
static int
is_match(struct query *q, struct err *err)
{
	const struct pattern *typed = q->apart.nany > 0 ? &q->apart : &q->typed;
	int rc = 0;

	if (typed->nany > 0)
		rc = pattern_is_hit(q->matcher, typed, &q->subject, err);
	for (size_t i = 0; i < q->nnamed && rc == 0; i++)
		rc = pattern_is_hit(q->matcher, &q->named[i], &q->subject, err);
	return rc;
}

static int
match_all(struct query *q, struct marks *out, struct err *err)
{
	int rc;

	out->n = 0;
	rc = q->typed.nany > 0 ? match_typed(q, out, err) : 0;
	for (size_t i = 0; i < q->nnamed && rc == 0; i++)
		rc = match_named(q, i, out, err);
	for (size_t i = 0; i < q->nphrases && rc == 0; i++)
		rc = match_phrase(q, i, out, err);
	if (rc == -1)
		return -1;
	if (out->n == 0)
		return match_empty(q, err);
	if (q->nnamed + q->nphrases > 0)
		qsort(out->at, out->n, sizeof(*out->at), by_place);
	return 1;
}

static bool
passes_over(struct query *q, struct span raw)
{
	return q->gate != NULL && !matcher_unfiltered(q->matcher) &&
	    prefilter_quiet(q->gate, matcher_viewer(q->matcher), raw, &q->plain,
		&q->scratch) != QUIET_NOT;
}

int
query_match(
    struct query *q, struct span raw, struct marks *out, struct err *err)
{
	int rc;

	if (passes_over(q, raw)) {
		if (out != NULL)
			out->n = 0;
		return 0;
	}
	subject_set(&q->subject, raw);
	if (out != NULL)
		return match_all(q, out, err);
	rc = is_match(q, err);
	if (rc == 0 && q->nphrases > 0)
		rc = match_all(q, &q->marks, err);
	return rc == 0 ? match_empty(q, err) : rc;
}
