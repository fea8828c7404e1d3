/* Rule sets for those outside: load, check, list, show. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "explain.h"
#include "report/output.h"
#include "run.h"
#include "settings.h"

struct ofuku_rules *
ofuku_rules_load(const char *const *paths, size_t n, ofuku_say say, void *ctx,
    struct ofuku_error *error)
{
	struct sayer sayer = {say, ctx};
	struct ofuku_rules *r = mem_alloc(sizeof(*r));
	struct err err = {0};

	if (rules_load(&r->rules, paths, n, false, say_line, &sayer, &err) == 0)
		return r;
	error_out(error, &err);
	free(r);
	return NULL;
}

void
ofuku_rules_free(struct ofuku_rules *r)
{
	if (r == NULL)
		return;
	rules_free(r->rules);
	free(r);
}

const char *
ofuku_rules_hash(const struct ofuku_rules *r)
{
	return r->rules->hash;
}

void
ofuku_rules_count_settings(struct ofuku_rules *rules,
    const struct ofuku_settings *s, const char *const *except, size_t n)
{
	struct buf text = {0};
	const char *path = settings_judging(s, except, n, &text);

	if (text.len > 0)
		rules_add_file(rules->rules, span_of(path), buf_span(&text));
	buf_free(&text);
}

int
ofuku_rules_check(const char *const *paths, size_t n, ofuku_say say, void *ctx,
    struct ofuku_error *error)
{
	struct sayer sayer = {say, ctx};
	struct rules *rules;
	struct err err = {0};

	if (rules_load(&rules, paths, n, true, say_line, &sayer, &err) == -1) {
		error_out(error, &err);
		return -1;
	}
	rules_free(rules);
	return 0;
}

const char *
ofuku_policy_name(size_t i, const char **help)
{
	static const char *const names[][2] = {
	    {"kasuhara", "threats to sue, to complain or to post (default)"},
	    {"kiriden", "the same matter again and again: 15, 30, 60 minutes"},
	    {NULL, NULL}};

	if (help != NULL)
		*help = names[i][1];
	return names[i][0];
}

const char *
ofuku_rules_builtin(const char *name, size_t *len)
{
	const struct rule_file *f = rules_builtin(span_of(name));

	if (f == NULL)
		return NULL;
	*len = f->text.len;
	return f->text.at;
}

static int
write_text(const char *path, struct span text, struct err *err)
{
	struct output *out;

	if (output_open(&out, path, err) == -1)
		return -1;
	if (output_write(out, text, err) == 0)
		return output_commit(out, err);
	output_abandon(out);
	return -1;
}

int
ofuku_rules_write(
    const char *name, const char *path, bool replace, struct ofuku_error *error)
{
	struct span text = {.at = ofuku_rules_builtin(name, &text.len)};
	struct err err = {0};
	struct stat st;
	int rc;

	if (text.at == NULL)
		rc = fail(&err, "%s: no such file in the program", name);
	else if (!replace && lstat(path, &st) == 0)
		rc = fail(&err,
		    "%s: is there already: --force overwrites it, -o FILE "
		    "writes elsewhere",
		    path);
	else
		rc = write_text(path, text, &err);
	if (rc == -1)
		error_out(error, &err);
	return rc;
}

static void
print_bound(const struct check *k, const char *name, int64_t n, FILE *out)
{
	struct buf b = {0};

	if (measures[k->measure].time)
		duration_print(n, &b);
	else
		buf_printf(&b, "%lld", (long long)n);
	fprintf(out, " %s %s%s", name, buf_cstr(&b),
	    measures[k->measure].time ? "s" : "");
	buf_free(&b);
}

static void
print_check(const struct policy *p, const struct check *k, FILE *out)
{
	fprintf(out, "check\t%.*s\t%s\t%s", SPAN_FMT(k->id),
	    severity_name(k->severity), measures[k->measure].name);
	if (measure_takes_pattern(k->measure))
		fprintf(out, "(%.*s)", SPAN_FMT(p->patterns[k->pattern].id));
	if (k->has_min)
		print_bound(k, "min", k->min, out);
	if (k->has_max)
		print_bound(k, "max", k->max, out);
	if (k->scope == SCOPE_CONVERSATION)
		fputs(" in the conversation", out);
	if (k->before != SIZE_MAX)
		fprintf(
		    out, " before %.*s", SPAN_FMT(p->patterns[k->before].id));
	fputc('\n', out);
}

static void
list_policy(const struct policy *p, FILE *out)
{
	fprintf(
	    out, "policy\t%.*s\t%.*s\n", SPAN_FMT(p->id), SPAN_FMT(p->title));
	for (size_t i = 0; i < p->nphrases; i++)
		fprintf(out, "phrase\t%.*s\t%s\t%.*s\n",
		    SPAN_FMT(p->phrases[i].id), role_name(p->phrases[i].by),
		    SPAN_FMT(p->phrases[i].wordings[0].say));
	for (size_t i = 0; i < p->npatterns; i++)
		fprintf(out, "pattern\t%.*s\t%s\t%zu alternatives\n",
		    SPAN_FMT(p->patterns[i].id), role_name(p->patterns[i].by),
		    p->patterns[i].nany);
	for (size_t i = 0; i < p->nchecks; i++)
		print_check(p, &p->checks[i], out);
}

void
ofuku_rules_list(const struct ofuku_rules *r, FILE *out)
{
	for (size_t i = 0; i < r->rules->npolicies; i++)
		list_policy(&r->rules->policies[i], out);
}

static void
show_sources(const char *head, struct regex *const *list, size_t n, FILE *out)
{
	for (size_t i = 0; i < n; i++)
		fprintf(
		    out, "%s\t%.*s\n", head, SPAN_FMT(regex_source(list[i])));
}

static void
show_examples(const struct examples *e, FILE *out)
{
	for (size_t i = 0; i < e->nhit; i++)
		fprintf(out, "hit\t%.*s\n", SPAN_FMT(e->hit[i].text));
	for (size_t i = 0; i < e->nmiss; i++)
		fprintf(out, "miss\t%.*s\n", SPAN_FMT(e->miss[i].text));
}

static void
show_pattern(const struct pattern *p, FILE *out)
{
	fprintf(
	    out, "pattern\t%.*s\nby\t%s\n", SPAN_FMT(p->id), role_name(p->by));
	show_sources("any", p->any, p->nany, out);
	show_sources("unless", p->unless, p->nunless, out);
	for (size_t i = 0; i < p->nnear; i++)
		fprintf(out, "near\t%.*s\twithin %u words\n",
		    SPAN_FMT(regex_source(p->near[i].pattern)),
		    p->near[i].within);
	if (p->after != NULL)
		fprintf(out, "after\t%.*s\n", SPAN_FMT(p->after->id));
	if (p->words)
		fputs("words\ttrue\n", out);
	show_examples(&p->examples, out);
}

static void
show_phrase(const struct phrase *p, FILE *out)
{
	struct buf b = {0};

	fprintf(
	    out, "phrase\t%.*s\nby\t%s\n", SPAN_FMT(p->id), role_name(p->by));
	for (size_t i = 0; i < p->nwordings; i++) {
		const struct wording *w = &p->wordings[i];

		buf_reset(&b);
		text_points(w->points, w->npoints, &b);
		fprintf(out,
		    "%s\t%.*s\nfolded\t%.*s\t%zu code points, up to "
		    "%zu edits count\n",
		    i == 0 ? "say" : "also", SPAN_FMT(w->say),
		    SPAN_FMT(buf_span(&b)), w->npoints, w->max_distance);
	}
	if (p->keep != NULL)
		fprintf(out, "keep\t%.*s\n", SPAN_FMT(regex_source(p->keep)));
	show_examples(&p->examples, out);
	buf_free(&b);
}

/* Messages may be one for all languages. */
static void
show_messages(const struct check *k, FILE *out)
{
	for (size_t i = 0; i < LANGS; i++)
		if (i == 0 || !span_eq(k->messages[i], k->messages[0]))
			fprintf(
			    out, "message\t%.*s\n", SPAN_FMT(k->messages[i]));
}

static void
show_window(const char *name, int64_t ms, FILE *out)
{
	struct buf b = {0};

	duration_print(ms, &b);
	fprintf(out, "%s\t%ss\n", name, buf_cstr(&b));
	buf_free(&b);
}

static void
show_check(const struct policy *p, const struct check *k, FILE *out)
{
	print_check(p, k, out);
	if (k->first_ms >= 0)
		show_window("first", k->first_ms, out);
	if (k->last_ms >= 0)
		show_window("last", k->last_ms, out);
	show_messages(k, out);
}

/* False: no policy has such a check. */
static bool
find_check(const struct rules *r, struct span id, FILE *out)
{
	for (size_t i = 0; i < r->npolicies; i++) {
		const struct policy *p = &r->policies[i];

		for (size_t k = 0; k < p->nchecks; k++) {
			if (!span_eq(p->checks[k].id, id))
				continue;
			show_check(p, &p->checks[k], out);
			return true;
		}
	}
	return false;
}

/* Ids that a message may propose. */
struct ids_known {
	struct arena arena;
	const char **at;
	size_t n, cap;
};

static void
known_add(struct ids_known *k, struct span id)
{
	k->at = mem_grow(k->at, &k->cap, k->n + 1, sizeof(*k->at));
	k->at[k->n++] = arena_cstr(&k->arena, id);
}

static void
known_of(struct ids_known *k, const struct policy *p, bool checks)
{
	for (size_t i = 0; i < p->npatterns; i++)
		known_add(k, p->patterns[i].id);
	for (size_t i = 0; i < p->nphrases; i++)
		known_add(k, p->phrases[i].id);
	for (size_t i = 0; i < p->nchecks && checks; i++)
		known_add(k, p->checks[i].id);
}

int
rules_no_such_id(const struct rules *r, const char *id, bool checks,
    struct ofuku_error *error)
{
	struct ids_known known = {0};
	struct err err;
	const char *near;

	for (size_t i = 0; i < r->npolicies; i++)
		known_of(&known, &r->policies[i], checks);
	near = nearest_name(id, known.at, known.n);
	fail(&err, "no %s \"%s\"%s%s%s: `ofuku rules list` names them",
	    checks ? "pattern, phrase or check" : "pattern or phrase", id,
	    near == NULL ? "" : ", did you mean ", near == NULL ? "" : near,
	    near == NULL ? "" : "?");
	error_out(error, &err);
	free(known.at);
	arena_free(&known.arena);
	return -1;
}

const char *
rules_id(const char *name)
{
	return name[0] == '@' && name[1] != '\0' ? name + 1 : name;
}

int
ofuku_rules_show(const struct ofuku_rules *r, const char *name, FILE *out,
    struct ofuku_error *error)
{
	const char *id = rules_id(name);
	const struct pattern *pattern = rules_pattern(r->rules, span_of(id));
	const struct phrase *phrase = rules_phrase(r->rules, span_of(id));

	if (pattern == NULL && phrase == NULL)
		return find_check(r->rules, span_of(id), out) ?
		    0 :
		    rules_no_such_id(r->rules, id, true, error);
	if (pattern != NULL)
		show_pattern(pattern, out);
	if (phrase != NULL)
		show_phrase(phrase, out);
	return 0;
}
