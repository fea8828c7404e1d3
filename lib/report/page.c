#include "report/page.h"

#include <stdlib.h>

#include "base/quote.h"

/* In JSON "<" stands in strings only: none may end the script element. */
static void
guard(struct buf *b, size_t from)
{
	struct buf tail = {0};

	if (memchr(b->at + from, '<', b->len - from) == NULL)
		return;
	buf_add(&tail, (struct span){b->at + from, b->len - from});
	b->len = from;
	for (size_t i = 0; i < tail.len; i++) {
		if (tail.at[i] == '<')
			buf_adds(b, "\\u003c");
		else
			buf_addc(b, tail.at[i]);
	}
	buf_free(&tail);
}

struct table
page_begin(const struct page_line *line, struct buf *out)
{
	struct table t = {
	    .style = {.shape = TABLE_ARRAYS, .raw = true},
	    .columns = line->columns,
	    .ncolumns = line->ncolumns,
	    .out = out,
	};

	table_plain(&t, span_of(line->letter));
	return t;
}

void
page_end(struct table *t, size_t from)
{
	table_end_row(t);
	guard(t->out, from);
	table_free(t);
}

static void
key(struct buf *out, const char *name)
{
	char last = out->at[out->len - 1];

	if (last != '{' && last != '[')
		buf_addc(out, ',');
	if (name != NULL)
		buf_printf(out, "\"%s\":", name);
}

static void
text(struct buf *out, const char *name, struct span s)
{
	key(out, name);
	json_quote(out, s);
}

static void
number(struct buf *out, const char *name, int64_t n)
{
	key(out, name);
	buf_printf(out, "%lld", (long long)n);
}

/* Times in milliseconds, as rule sets have them. */
static void
about_check(struct buf *out, const struct policy *p, const struct check *c,
    enum lang lang)
{
	key(out, NULL);
	buf_addc(out, '{');
	text(out, "id", c->id);
	text(out, "measure", span_of(measures[c->measure].name));
	if (measure_takes_pattern(c->measure))
		text(out, "pattern", p->patterns[c->pattern].id);
	if (c->has_min)
		number(out, "min", c->min);
	if (c->has_max)
		number(out, "max", c->max);
	text(out, "severity", span_of(severity_name(c->severity)));
	text(out, "message", c->messages[lang]);
	buf_addc(out, '}');
}

static void
about_phrase(struct buf *out, const struct phrase *f)
{
	text(out, "say", f->wordings[0].say);
	number(out, "least", (1000000 - (int64_t)f->tolerance_ppm) / 1000);
}

static void
about_policy(struct buf *out, const struct policy *p, enum lang lang)
{
	key(out, NULL);
	buf_addc(out, '{');
	text(out, "id", p->id);
	text(out, "title", p->title);
	if (p->exchange.answered_by != NULL)
		about_phrase(out, p->exchange.answered_by);
	key(out, "checks");
	buf_addc(out, '[');
	for (size_t i = 0; i < p->nchecks; i++)
		about_check(out, p, &p->checks[i], lang);
	buf_adds(out, "]}");
}

static void
about(struct buf *out, const struct page_about *a)
{
	buf_addc(out, '{');
	text(out, "engine", a->engine);
	if (a->set != NULL)
		text(out, "rules", a->set->short_hash);
	key(out, "policies");
	buf_addc(out, '[');
	for (size_t i = 0; a->set != NULL && i < a->set->npolicies; i++)
		about_policy(out, &a->set->policies[i], a->lang);
	buf_adds(out, "]}\n");
}

void
page_head(struct buf *out, const struct page_about *a)
{
	size_t from;

	buf_add(out, page_parts[PAGE_BEFORE_HTML]);
	buf_printf(out, "<html lang=\"%s\">\n", lang_name(a->lang, NULL));
	buf_add(out, page_parts[PAGE_BEFORE_ABOUT]);
	from = out->len;
	about(out, a);
	guard(out, from);
	buf_add(out, page_parts[PAGE_BEFORE_ROWS]);
}

static void
count(struct buf *out, struct span what, uint64_t n)
{
	buf_printf(out, "<li>%.*s: %llu</li>\n", SPAN_FMT(what),
	    (unsigned long long)n);
}

void
page_tail(struct buf *out, const struct page_counts *n, enum lang lang)
{
	buf_add(out, page_parts[PAGE_BEFORE_PLAIN]);
	buf_adds(out,
	    "<p lang=\"ja\">この画面の表とグラフには JavaScript が必要です。"
	    "ファイルを保存し、ブラウザーで開いてください。</p>\n"
	    "<p lang=\"en\">The tables and charts of this page need "
	    "JavaScript: save the file and open it in a browser.</p>\n"
	    "<ul>\n");
	for (int i = 0; i <= OUTCOME_UNKNOWN; i++)
		count(out,
		    word_in(lang, "verdict",
			span_of(outcome_name((enum outcome)i))),
		    n->outcomes[i]);
	/* As the last line of an audit: where no exchange says so. */
	if (n->outcomes[OUTCOME_FAIL] == 0 && n->conversations_failed > 0)
		count(out,
		    span_of(
			lang_pick(lang, "conversations failed", "違反の会話")),
		    n->conversations_failed);
	buf_adds(out, "</ul>\n");
	buf_add(out, page_parts[PAGE_REST]);
}
