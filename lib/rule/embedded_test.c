#include "rule/embedded.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "rule/regex.h"
#include "rule/rules.h"

/* The same rules twice: as they are embedded, and computed from their texts. */
struct fixture {
	char dir[64];
	struct arena arena;
	struct viewer *viewer;
	struct rules *embedded, *computed;
	struct err err;
};

static const char *
write_builtin(struct fixture *f, const char *name)
{
	const struct rule_file *file = rules_builtin(span_of(name));
	const char *path = arena_printf(&f->arena, "%s/%s", f->dir, name);
	FILE *out = fopen(path, "w");

	cr_assert_not_null(file);
	cr_assert_not_null(out);
	cr_assert_eq(
	    fwrite(file->text.at, 1, file->text.len, out), file->text.len);
	fclose(out);
	return path;
}

static struct rules *
load(struct fixture *f, const char *path)
{
	struct rules *r;

	cr_assert_eq(rules_load(&r, &path, path == NULL ? 0 : 1, false, NULL,
			 NULL, &f->err),
	    0, "%s", f->err.text);
	return r;
}

static void
setup(struct fixture *f)
{
	const char *policy, *pack;

	*f = (struct fixture){0};
	strcpy(f->dir, "/tmp/ofuku-embedded-XXXXXX");
	cr_assert_not_null(mkdtemp(f->dir));
	cr_assert_eq(viewer_open(&f->viewer, &f->err), 0);
	policy = write_builtin(f, "kasuhara.yaml");
	pack = write_builtin(f, "ja.yaml");
	f->computed = load(f, policy);
	f->embedded = load(f, NULL);
	unlink(policy);
	unlink(pack);
	rmdir(f->dir);
}

static void
teardown(struct fixture *f)
{
	rules_free(f->computed);
	rules_free(f->embedded);
	viewer_close(f->viewer);
	arena_free(&f->arena);
}

static void
expect_same_node(const struct node *a, const struct node *b)
{
	cr_assert_eq(a->kind, b->kind, "line %u", b->line);
	cr_assert_eq(a->line, b->line);
	cr_assert_eq(a->column, b->column, "line %u", b->line);
	cr_assert_eq(a->quoted, b->quoted, "line %u", b->line);
	cr_assert_eq(a->n, b->n, "line %u", b->line);
	cr_assert(span_eq(a->text, b->text), "line %u: %.*s, not %.*s", b->line,
	    SPAN_FMT(a->text), SPAN_FMT(b->text));
	for (size_t i = 0; a->kind == NODE_MAP && i < a->n; i++)
		expect_same_node(a->keys[i], b->keys[i]);
	for (size_t i = 0; i < a->n; i++)
		expect_same_node(a->items[i], b->items[i]);
}

Test(embedded, trees)
{
	struct arena arena = {0};
	size_t trees = 0;

	for (size_t i = 0; i < rules_nbuiltins; i++) {
		const struct node *a = embedded_tree(i, &arena), *b;
		struct place place;
		struct err err;

		if (!span_ends(rules_builtins[i].path, SPAN(".yaml"))) {
			cr_expect_null(a);
			continue;
		}
		cr_assert_eq(
		    yaml_read(&arena, rules_builtins[i].text, &b, &place, &err),
		    0);
		cr_assert_not_null(a);
		expect_same_node(a, b);
		trees++;
	}
	cr_expect_gt(trees, 2);
	arena_free(&arena);
}

Test(embedded, is_what_is_loaded)
{
	struct fixture f;
	struct rules *named, *other;

	setup(&f);
	named = load(&f, "builtin:kasuhara");
	other = load(&f, "builtin:kiriden");
	cr_expect_eq(f.embedded->all, embedded_rules.all);
	cr_expect_eq(f.embedded->threats, embedded_rules.threats);
	cr_expect_eq(named->all, embedded_rules.all);
	cr_expect_neq(f.computed->all, embedded_rules.all);
	cr_expect_neq(other->all, embedded_rules.all);
	cr_expect_str_neq(other->hash, embedded_rules.hash);
	rules_free(named);
	rules_free(other);
	teardown(&f);
}

Test(embedded, hash)
{
	struct fixture f;

	setup(&f);
	cr_expect_str_eq(f.embedded->hash, f.computed->hash);
	cr_expect(span_eq(f.embedded->short_hash, f.computed->short_hash));
	rules_add_file(f.embedded, SPAN("more"), SPAN("text"));
	rules_add_file(f.computed, SPAN("more"), SPAN("text"));
	cr_expect_str_eq(f.embedded->hash, f.computed->hash);
	cr_expect_str_neq(f.embedded->hash, embedded_rules.hash);
	teardown(&f);
}

static void
expect_same_units(
    const struct required_units *a, const struct required_units *b)
{
	cr_expect_arr_eq(a->bits, b->bits, sizeof(a->bits));
	cr_expect_eq(a->any, b->any);
}

static void
expect_same_pattern(const struct pattern *a, const struct pattern *b)
{
	cr_expect_eq(a->among.first, b->among.first);
	cr_expect_eq(a->among_threats.first, b->among_threats.first);
	cr_assert_eq(a->nany, b->nany);
	for (size_t i = 0; i < a->nany; i++) {
		const struct required_starts *s = regex_starts(a->any[i]),
					     *t = regex_starts(b->any[i]);

		expect_same_units(&s->first, &t->first);
		expect_same_units(&s->second, &t->second);
	}
}

Test(embedded, starts)
{
	struct fixture f;
	size_t patterns = 0;

	setup(&f);
	for (size_t i = 0; i < f.computed->npolicies; i++) {
		const struct policy *a = &f.embedded->policies[i],
				    *b = &f.computed->policies[i];

		for (size_t k = 0; k < b->npatterns; k++, patterns++)
			expect_same_pattern(&a->patterns[k], &b->patterns[k]);
	}
	cr_expect_gt(patterns, 10);
	expect_same_pattern(
	    &f.embedded->pack.agent_says, &f.computed->pack.agent_says);
	teardown(&f);
}

/* What is embedded for a regex is what PCRE2 makes of its source here: REGEX_EMPTY
 * asks for other matches, so that it has no code. */
static void
expect_embedded_code(struct fixture *f, const struct regex *re, unsigned flags)
{
	struct buf fresh = {0};
	const uint64_t *words = embedded_code(regex_key(re));
	size_t offset;
	struct regex *other = regex_compile(&f->arena, f->viewer,
	    regex_source(re), flags | REGEX_EMPTY, &offset, &f->err);

	cr_assert_not_null(words, "%.*s", SPAN_FMT(regex_source(re)));
	cr_assert_not_null(other);
	cr_assert_null(embedded_code(regex_key(other)));
	regex_encode(other, f->viewer, &fresh);
	cr_expect_arr_eq((const char *)words, fresh.at, fresh.len, "%.*s",
	    SPAN_FMT(regex_source(re)));
	buf_free(&fresh);
}

static size_t
expect_embedded_codes(struct fixture *f, const struct pattern *p)
{
	for (size_t i = 0; i < p->nany; i++)
		expect_embedded_code(f, p->any[i], p->words ? REGEX_WORDS : 0);
	for (size_t i = 0; i < p->nunless; i++)
		expect_embedded_code(f, p->unless[i], 0);
	for (size_t i = 0; i < p->nnear; i++)
		expect_embedded_code(f, p->near[i].pattern, 0);
	return p->nany + p->nunless + p->nnear;
}

Test(embedded, codes)
{
	struct fixture f;
	struct rules *other;
	struct buf version = {0};
	size_t n = 0;

	setup(&f);
	other = load(&f, "builtin:kiriden");
	regex_pcre2_version(&version);
	cr_expect_str_eq(embedded_rules.pcre2, buf_cstr(&version));
	for (size_t i = 0; i < 2; i++) {
		const struct rules *r = i == 0 ? f.embedded : other;

		n += expect_embedded_codes(&f, &r->pack.agent_says);
		for (size_t k = 0; k < r->policies[0].npatterns; k++)
			n += expect_embedded_codes(
			    &f, &r->policies[0].patterns[k]);
	}
	cr_expect_gt(n, 150);
	cr_expect_null(embedded_code(1));
	rules_free(other);
	buf_free(&version);
	teardown(&f);
}

/* One of the two prefilters, embedded and computed. */
struct pair {
	const struct prefilter *a, *b;
	struct prefilter_scratch scratch[2];
	struct view plain;
	size_t n; /* words in which something was found */
};

static void
pair_open(struct pair *p, const struct prefilter *a, const struct prefilter *b)
{
	*p = (struct pair){.a = a, .b = b};
	cr_assert_eq(prefilter_words(a), prefilter_words(b));
	cr_expect_eq(prefilter_longest(a), prefilter_longest(b));
}

static void
expect_same_bits(struct pair *p, const struct view *v)
{
	const uint64_t *a = prefilter_scan(p->a, v->at, v->len, &p->scratch[0]);
	const uint64_t *b = prefilter_scan(p->b, v->at, v->len, &p->scratch[1]);

	for (size_t i = 0; i < prefilter_words(p->a); i++) {
		cr_assert_eq(a[i], b[i]);
		p->n += a[i] != 0;
	}
}

/* Is it quiet? */
static enum quiet
expect_same_glance(struct pair *p, struct viewer *viewer, struct span text)
{
	enum quiet a = prefilter_quiet(
	    p->a, viewer, text, &p->plain, &p->scratch[0]);

	cr_assert_eq(a,
	    prefilter_quiet(p->b, viewer, text, &p->plain, &p->scratch[1]),
	    "%.*s", SPAN_FMT(text));
	return a;
}

static void
pair_close(struct pair *p)
{
	cr_expect_gt(p->n, 0);
	prefilter_scratch_free(&p->scratch[0]);
	prefilter_scratch_free(&p->scratch[1]);
	view_free(&p->plain);
}

struct scans {
	struct pair all, threats;
	struct view view;
	size_t texts, quiet;
};

/* Line by line. */
static void
expect_same_over(struct fixture *f, struct scans *s, struct span text)
{
	while (text.len > 0) {
		struct span line = {text.at, span_find(text, '\n')};
		size_t n = line.len + (line.len < text.len);

		view_plain(f->viewer, line, &s->view);
		expect_same_bits(&s->all, &s->view);
		expect_same_bits(&s->threats, &s->view);
		s->quiet += expect_same_glance(&s->threats, f->viewer, line) ==
		    QUIET_WITH_OTHERS;
		s->texts++;
		text.at += n;
		text.len -= n;
	}
}

Test(embedded, prefilters)
{
	static const char *const paths[] = {"testdata/sentences/field.tsv",
	    "testdata/sentences/groups.tsv", "testdata/sentences/talk.tsv",
	    "testdata/sentences/threats.tsv", "testdata/sentences/unseen.tsv",
	    "rules/kasuhara.yaml", "rules/ja.yaml", "rules/kiriden.yaml"};
	struct fixture f;
	struct scans s = {0};
	struct span text;

	setup(&f);
	pair_open(&s.all, f.embedded->all, f.computed->all);
	pair_open(&s.threats, f.embedded->threats, f.computed->threats);
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		cr_assert_eq(rules_read_file(&f.arena, paths[i], &text), 0);
		expect_same_over(&f, &s, text);
	}
	cr_expect_gt(s.texts, 4000);
	cr_expect_gt(s.quiet, s.texts / 10);
	cr_expect_lt(s.quiet, s.texts);
	pair_close(&s.all);
	pair_close(&s.threats);
	view_free(&s.view);
	teardown(&f);
}
