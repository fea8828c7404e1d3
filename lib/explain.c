#include "explain.h"

#include <stdlib.h>

#include "base/mem.h"
#include "rule/align.h"
#include "rule/regex.h"
#include "run.h"
#include "text/encoding.h"
#include "text/width.h"

void
explain_text(struct span text, FILE *out)
{
	struct buf escaped = {0};

	width_escaped(text, &escaped);
	fwrite(escaped.at, 1, escaped.len, out);
	buf_free(&escaped);
}

static void
line(struct explainer *x, const char *name, struct span text)
{
	fprintf(x->out, "%s%s\t", x->indent, name);
	explain_text(text, x->out);
}

static void
view_line(struct explainer *x, const char *name, const struct view *v)
{
	buf_reset(&x->text);
	view_utf8(v, &x->text);
	line(x, name, buf_span(&x->text));
	putc('\n', x->out);
}

static int
words_line(struct explainer *x, struct err *err)
{
	const struct view *plain = subject_plain(x->matcher, &x->subject);
	const struct words *w;

	if (subject_words(x->matcher, &x->subject, &w, err) == -1)
		return -1;
	buf_reset(&x->text);
	for (size_t i = 0; i + 1 < w->n; i++) {
		if (i > 0)
			buf_addc(&x->text, '|');
		utf16_utf8(
		    plain->at + w->at[i], w->at[i + 1] - w->at[i], &x->text);
	}
	line(x, "words", buf_span(&x->text));
	putc('\n', x->out);
	return 0;
}

static void
unit_line(struct explainer *x, const char *name, size_t start, size_t end)
{
	const struct view *plain = subject_plain(x->matcher, &x->subject);

	buf_reset(&x->text);
	utf16_utf8(plain->at + start, end - start, &x->text);
	line(x, name, buf_span(&x->text));
}

enum { SOURCE_COLUMNS = 60 };

static void
put_visible(struct explainer *x, struct span s)
{
	struct buf shown = {0};

	width_visible(s, &shown);
	fwrite(shown.at, 1, shown.len, x->out);
	buf_free(&shown);
}

/* A pattern as far as it fits a line: grammars can be pages long. */
static void
source(struct explainer *x, struct span s)
{
	struct span begin = width_prefix(s, SOURCE_COLUMNS);

	put_visible(x, begin);
	fputs(begin.len < s.len ? "…\n" : "\n", x->out);
}

static void
alternative(struct explainer *x, size_t i)
{
	fprintf(x->out, "\tby alternative %zu: ", i + 1);
	source(x, regex_source(x->pattern->any[i]));
}

static void
tell_fate(struct explainer *x, enum match_fate fate, size_t which)
{
	const struct pattern *p = x->pattern;

	if (fate == MATCH_UNLESS) {
		fprintf(x->out,
		    "%s\tunless %zu matches in the sentence: ", x->indent,
		    which + 1);
		source(x, regex_source(p->unless[which]));
	} else if (fate == MATCH_NEAR) {
		fprintf(x->out,
		    "%s\tnear %zu does not match within %u words "
		    "in the sentence: ",
		    x->indent, which + 1, p->near[which].within);
		source(x, regex_source(p->near[which].pattern));
	} else if (fate == MATCH_AFTER) {
		fprintf(x->out, "%s\tno hit of %.*s stands before it\n",
		    x->indent, SPAN_FMT(p->after->id));
	}
}

/* The alternative that comes furthest, and what it wanted there. */
static void
where_stopped(struct explainer *x)
{
	const struct pattern *p = x->pattern;
	const struct view *plain = subject_plain(x->matcher, &x->subject);
	struct regex_stop stop, best = {0};
	size_t which = 0;
	struct span s;

	for (size_t i = 0; i < p->nany; i++) {
		if (!regex_stops(
			x->matcher, p->any[i], plain->at, plain->len, &stop) ||
		    stop.end - stop.start <= best.end - best.start)
			continue;
		best = stop;
		which = i;
	}
	fprintf(x->out, "%snone\tof %zu %s matches\n", x->indent, p->nany,
	    p->nany == 1 ? "alternative" : "alternatives");
	s = regex_source(p->any[which]);
	if (best.end == best.start || best.source >= s.len)
		return;
	unit_line(x, "stopped", best.start, best.end);
	fprintf(x->out, "\tby alternative %zu, before: ", which + 1);
	source(x, (struct span){s.at + best.source, s.len - best.source});
}

static void
tell(void *ctx, const struct hit *hit, enum match_fate fate, size_t which)
{
	struct explainer *x = ctx;

	unit_line(
	    x, fate == MATCH_HIT ? "hit" : "dropped", hit->start, hit->end);
	alternative(x, hit->alternative);
	tell_fate(x, fate, which);
	x->hit |= fate == MATCH_HIT;
	x->dropped |= fate != MATCH_HIT;
}

/* Would an alternative match if its ends needed no word boundary? */
static int
without_words(struct explainer *x, struct err *err)
{
	const struct view *plain = subject_plain(x->matcher, &x->subject);
	struct words every = {.n = plain->len + 1};
	int rc = 0;

	every.at = mem_alloc(every.n * sizeof(*every.at));
	for (size_t i = 0; i < every.n; i++)
		every.at[i] = (uint32_t)i;
	for (size_t i = 0; i < x->pattern->nany && rc != -1; i++) {
		size_t start, end;

		rc = regex_find(x->matcher, x->pattern->any[i], plain->at,
		    plain->len, 0, &every, &start, &end, err);
		if (rc != 1)
			continue;
		unit_line(x, "no word", start, end);
		alternative(x, i);
	}
	free(every.at);
	return rc == -1 ? -1 : 0;
}

static void
begin(struct explainer *x, struct span text)
{
	x->hit = x->dropped = false;
	subject_set(&x->subject, text);
}

int
explain_pattern(struct explainer *x, const struct pattern *p, struct span text,
    struct err *err)
{
	struct match_teller teller = {tell, x};

	begin(x, text);
	x->pattern = p;
	view_line(x, "plain", subject_plain(x->matcher, &x->subject));
	if (words_line(x, err) == -1 ||
	    pattern_explain(x->matcher, p, &x->subject, &teller, err) == -1)
		return -1;
	if (!x->hit && !x->dropped && p->words && without_words(x, err) == -1)
		return -1;
	if (!x->hit && !x->dropped)
		where_stopped(x);
	return x->hit;
}

/* "counts  0.949  お任せ…" and how it differs from the wording. */
static void
occurrence_lines(struct explainer *x, const struct phrase *p,
    const struct occurrence *o, const char *name)
{
	const struct view *folded = subject_folded(x->matcher, &x->subject);
	unsigned m = similarity_milli(o->similarity);

	line(x, name,
	    (struct span){
		x->subject.raw.at + o->raw_start, o->raw_end - o->raw_start});
	fprintf(x->out, "\tsimilarity %u.%03u, %u edits of %u\n", m / 1000,
	    m % 1000, o->similarity.distance, o->similarity.length);
	buf_reset(&x->text);
	phrase_align(&p->wordings[o->wording], folded->at + o->start,
	    o->end - o->start, &x->text);
	line(x, "edits", buf_span(&x->text));
	putc('\n', x->out);
}

static void
keep_line(struct explainer *x, struct span keep)
{
	fprintf(x->out, "%s\tkeep has no match that begins in it: ", x->indent);
	put_visible(x, keep);
	putc('\n', x->out);
}

static void
why_not(struct explainer *x, const struct phrase *p)
{
	const struct occurrence *o = &x->result.seen;
	const struct wording *w = &p->wordings[o->wording];

	if (o->similarity.length == 0 || o->end == o->start) {
		fprintf(
		    x->out, "%snone\tnothing is like the phrase\n", x->indent);
		return;
	}
	occurrence_lines(x, p, o, "seen");
	if (o->similarity.distance > w->max_distance)
		fprintf(x->out, "%s\tup to %zu edits count%s\n", x->indent,
		    w->max_distance,
		    similarity_least(o->similarity, NEAR_MISS_PERCENT) ?
			": a near miss" :
			"");
	else
		keep_line(x, regex_source(p->keep));
}

int
explain_phrase(struct explainer *x, const struct phrase *p, struct span text,
    struct err *err)
{
	begin(x, text);
	view_line(x, "folded", subject_folded(x->matcher, &x->subject));
	if (phrase_match(x->matcher, p, &x->subject, &x->result, err) == -1)
		return -1;
	for (size_t i = 0; i < x->result.n; i++)
		occurrence_lines(x, p, &x->result.at[i], "counts");
	if (x->result.n == 0)
		why_not(x, p);
	return x->result.n > 0;
}

void
explainer_free(struct explainer *x)
{
	subject_free(&x->subject);
	phrase_result_free(&x->result);
	buf_free(&x->text);
}

static int
explain(struct explainer *x, const struct rules *r, const char *id,
    struct span text, struct err *err)
{
	const struct pattern *pattern = rules_pattern(r, span_of(id));
	const struct phrase *phrase = rules_phrase(r, span_of(id));
	int hit = 0, rc;

	line(x, "raw", text);
	putc('\n', x->out);
	if (pattern != NULL) {
		hit = explain_pattern(x, pattern, text, err);
		if (hit == -1)
			return -1;
	}
	if (phrase == NULL)
		return hit;
	rc = explain_phrase(x, phrase, text, err);
	return rc == -1 ? -1 : hit | rc;
}

int
ofuku_rules_explain(const struct ofuku_rules *r, const char *name,
    const char *text, size_t len, FILE *out, struct ofuku_error *error)
{
	const char *id = rules_id(name);
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct explainer x = {.out = out, .indent = ""};
	struct span s = {text, len};
	struct err err = {0};
	int rc = -1;

	if (rules_pattern(r->rules, span_of(id)) == NULL &&
	    rules_phrase(r->rules, span_of(id)) == NULL)
		return rules_no_such_id(r->rules, id, false, error);
	if (utf8_valid(s) < len)
		fail(&err, "the text is not UTF-8: byte %zu does not decode",
		    utf8_valid(s) + 1);
	else if (matcher_open(&x.matcher, &limits, r->rules->pack.fold, &err) ==
	    0)
		rc = explain(&x, r->rules, id, s, &err);
	if (rc == -1)
		error_out(error, &err);
	explainer_free(&x);
	matcher_close(x.matcher);
	return rc;
}
