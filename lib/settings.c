/*
 * A site's settings: options by their names, in a YAML file, so that nobody
 * has to write them every time (ofuku-audit(1), SETTINGS).
 */

#include "settings.h"

#include <errno.h>
#include <stdlib.h>

#include "base/mem.h"
#include "error.h"
#include "rule/schema.h"
#include "text/lang.h"

enum kind {
	KIND_TEXT,
	KIND_PATTERN, /* or a list of them, of which one has to match */
	KIND_TEXTS,   /* one or a list, an option each */
	KIND_PATHS,   /* the same, from the file's folder */
	KIND_MAP,     /* "FIELD=COLUMN" each */
	KIND_FLAG,
	KIND_FORMAT,
	KIND_IDS,
	KIND_LANG,
	KIND_DELIMITER
};

static const struct {
	const char *name;
	enum kind kind;
	bool judges; /* a report may become another one by it */
} keys[] = {
    {"rules", KIND_PATHS, false}, /* whose texts count already */
    {"agent", KIND_PATTERN, true},
    {"customer", KIND_PATTERN, true},
    {"other", KIND_PATTERN, true},
    {"map", KIND_MAP, true},
    {"format", KIND_FORMAT, true},
    {"encoding", KIND_TEXT, true},
    {"delimiter", KIND_DELIMITER, true},
    {"no-header", KIND_FLAG, true},
    {"exclude", KIND_TEXTS, true},
    {"ids", KIND_IDS, true},
    {"tz", KIND_TEXT, true},
    {"lang", KIND_LANG, false},
};
enum { NKEYS = sizeof(keys) / sizeof(*keys) };

struct ofuku_settings {
	struct arena arena;
	const char *path;
	struct ofuku_setting *at;
	size_t *keys; /* of each */
	size_t n;
};

static void
add(struct ofuku_settings *s, size_t key, const char *value)
{
	s->at[s->n] = (struct ofuku_setting){keys[key].name, value};
	s->keys[s->n++] = key;
}

static void
make_room(struct ofuku_settings *s, size_t n)
{
	s->at = arena_alloc(&s->arena, (n + 1) * sizeof(*s->at));
	s->keys = arena_alloc(&s->arena, (n + 1) * sizeof(*s->keys));
}

/* One text, or a list of them; the rest of a list that is wrong is read. */
static size_t
texts(struct reader *r, const struct node *n, const char ***out)
{
	const struct node *one[1] = {n};
	bool list = n->kind == NODE_LIST;
	size_t most = list ? n->n : 1, found = 0;
	struct span s;

	if (list && !read_list(r, n, 1))
		return 0;
	*out = arena_alloc(r->arena, most * sizeof(**out));
	for (size_t i = 0; i < most; i++)
		if (read_text(r, list ? n->items[i] : one[0], &s))
			(*out)[found++] = arena_cstr(r->arena, s);
	return found;
}

/* Alternatives as one pattern. */
static const char *
joined(struct arena *a, const char **patterns, size_t n)
{
	const char *all = patterns[0];

	if (n > 1)
		all = arena_printf(a, "(?:%s)", all);
	for (size_t i = 1; i < n; i++)
		all = arena_printf(a, "%s|(?:%s)", all, patterns[i]);
	return all;
}

static const char *
from_folder(struct ofuku_settings *s, const char *path)
{
	const char *slash = strrchr(s->path, '/');

	if (path[0] == '/' || slash == NULL ||
	    strncmp(path, "builtin:", 8) == 0)
		return path;
	return arena_printf(
	    &s->arena, "%.*s/%s", (int)(slash - s->path), s->path, path);
}

static void
take_texts(struct ofuku_settings *s, struct reader *r, size_t key,
    const struct node *n)
{
	const char **all;
	size_t count = texts(r, n, &all);

	if (keys[key].kind == KIND_PATTERN) {
		if (count > 0)
			add(s, key, joined(&s->arena, all, count));
		return;
	}
	for (size_t i = 0; i < count; i++)
		add(s, key,
		    keys[key].kind == KIND_PATHS ? from_folder(s, all[i]) :
						   all[i]);
}

static void
take_map(struct ofuku_settings *s, struct reader *r, size_t key,
    const struct node *n)
{
	struct key fields[COLUMN_N];
	const struct node *found[COLUMN_N];
	struct span column;

	if (n->kind != NODE_MAP) {
		take_texts(s, r, key, n);
		return;
	}
	for (size_t i = 0; i < COLUMN_N; i++)
		fields[i] = (struct key){column_name((enum column)i), false};
	if (!read_map(r, n, "map", fields, COLUMN_N, found))
		return;
	for (size_t i = 0; i < COLUMN_N; i++)
		if (found[i] != NULL && read_text(r, found[i], &column))
			add(s, key,
			    arena_printf(&s->arena, "%s=%.*s",
				column_name((enum column)i), SPAN_FMT(column)));
}

/* One of the names that a function of the public header lists. */
static void
take_name(struct ofuku_settings *s, struct reader *r, size_t key,
    const struct node *n, const char *what,
    const char *(*name)(size_t, const char **))
{
	const char *names[256], *help;
	size_t count = 0, i;

	while (count < 256 && (names[count] = name(count, &help)) != NULL)
		count++;
	if (read_choice(r, n, what, names, count, &i))
		add(s, key, names[i]);
}

static const char *
ids_name(size_t i, const char **help)
{
	static const char *const names[] = {"content", "file", NULL};

	*help = NULL;
	return names[i];
}

static void
take_delimiter(struct ofuku_settings *s, struct reader *r, size_t key,
    const struct node *n)
{
	static const char *const names[] = {"comma", "tab", "semicolon"};
	bool known = false;

	for (size_t i = 0; i < 3 && n->kind == NODE_SCALAR; i++)
		known |= span_eq(n->text, span_of(names[i]));
	/* A tab alone is a delimiter, though it is no text to read_text. */
	if (n->kind == NODE_SCALAR &&
	    (known ||
		(n->text.len == 1 && n->text.at[0] > 0 &&
		    strchr("\"\n\r", n->text.at[0]) == NULL)))
		add(s, key, arena_cstr(&s->arena, n->text));
	else
		mistake(r, n,
		    "a delimiter is one ASCII character, comma, tab or "
		    "semicolon");
}

static void
take_flag(struct ofuku_settings *s, struct reader *r, size_t key,
    const struct node *n)
{
	bool on;

	if (read_bool(r, n, &on) && on)
		add(s, key, NULL);
}

static void
take(struct ofuku_settings *s, struct reader *r, size_t key,
    const struct node *n)
{
	struct span text;

	switch (keys[key].kind) {
	case KIND_TEXT:
		if (read_text(r, n, &text))
			add(s, key, arena_cstr(&s->arena, text));
		break;
	case KIND_PATTERN:
	case KIND_TEXTS:
	case KIND_PATHS:
		take_texts(s, r, key, n);
		break;
	case KIND_MAP:
		take_map(s, r, key, n);
		break;
	case KIND_FLAG:
		take_flag(s, r, key, n);
		break;
	case KIND_FORMAT:
		take_name(s, r, key, n, "format", ofuku_format_name);
		break;
	case KIND_IDS:
		take_name(
		    s, r, key, n, "scope of ids (content, file)", ids_name);
		break;
	case KIND_LANG:
		take_name(s, r, key, n, "language (en, ja)", lang_name);
		break;
	case KIND_DELIMITER:
		take_delimiter(s, r, key, n);
		break;
	}
}

/* How many settings there can be at most: one an item. */
static size_t
count_items(const struct node *root)
{
	size_t n = root->n;

	for (size_t i = 0; i < root->n; i++)
		n += root->items[i]->n;
	return n;
}

static void
take_all(struct ofuku_settings *s, struct reader *r, const struct node *root)
{
	struct key known[NKEYS + 1];
	const struct node *found[NKEYS + 1];

	for (size_t i = 0; i < NKEYS; i++)
		known[i] = (struct key){keys[i].name, false};
	known[NKEYS] = (struct key){"ofuku", true};
	if (!read_map(r, root, "a settings file", known, NKEYS + 1, found))
		return;
	if (found[NKEYS] != NULL && found[NKEYS]->kind == NODE_SCALAR &&
	    !span_eq(found[NKEYS]->text, SPAN("1")))
		mistake(r, found[NKEYS],
		    "this ofuku reads settings of version 1: write ofuku: 1");
	make_room(s, count_items(root));
	for (size_t i = 0; i < NKEYS; i++)
		if (found[i] != NULL)
			take(s, r, i, found[i]);
}

static void
read_settings(struct ofuku_settings *s, struct reader *r, struct span text)
{
	const struct node *root;
	struct node at = {0};
	struct place place;
	struct err err;

	if (yaml_read(r->arena, text, &root, &place, &err) == -1) {
		at.line = place.line;
		at.column = place.column;
		mistake(r, &at, "%s", err.text);
	} else if (root == NULL) {
		mistake(r, NULL, "no settings: write ofuku: 1, and options");
	} else {
		take_all(s, r, root);
	}
}

struct ofuku_settings *
settings_new(struct span path, size_t n)
{
	struct ofuku_settings *s = mem_alloc(sizeof(*s));

	s->path = arena_cstr(&s->arena, path);
	make_room(s, n);
	return s;
}

void
settings_add(
    struct ofuku_settings *s, struct span name, const struct span *value)
{
	for (size_t i = 0; i < NKEYS; i++)
		if (span_eq(name, span_of(keys[i].name)) &&
		    (value == NULL) == (keys[i].kind == KIND_FLAG))
			add(s, i,
			    value == NULL ? NULL :
					    arena_cstr(&s->arena, *value));
}

const char *
settings_path(const struct ofuku_settings *s)
{
	return s->path;
}

struct ofuku_settings *
ofuku_settings_load(
    const char *path, ofuku_say say, void *ctx, struct ofuku_error *error)
{
	struct ofuku_settings *s = settings_new(span_of(path), 0);
	struct sayer sayer = {say, ctx};
	struct mistakes mistakes = {0};
	struct source source = {.path = span_of(path)};
	struct reader r = {
	    .arena = &s->arena, .source = &source, .mistakes = &mistakes};
	struct err err;

	if (rules_read_file(&s->arena, path, &source.text) == -1)
		mistake(&r, NULL, "cannot be read: %s", strerror(errno));
	else
		read_settings(s, &r, source.text);
	mistakes_say(&mistakes, say_line, &sayer);
	if (mistakes.errors == 0) {
		mistakes_free(&mistakes);
		return s;
	}
	fail(&err, "%zu mistake%s in the settings", mistakes.errors,
	    mistakes.errors == 1 ? "" : "s");
	error_out(error, &err);
	mistakes_free(&mistakes);
	ofuku_settings_free(s);
	return NULL;
}

const struct ofuku_setting *
ofuku_settings_at(const struct ofuku_settings *s, size_t i)
{
	return i < s->n ? &s->at[i] : NULL;
}

static bool
among(const char *name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

const char *
settings_judging(const struct ofuku_settings *s, const char *const *except,
    size_t n, struct buf *out)
{
	for (size_t i = 0; i < s->n; i++)
		if (keys[s->keys[i]].judges && !among(s->at[i].name, except, n))
			buf_printf(out, "%s=%s\n", s->at[i].name,
			    s->at[i].value == NULL ? "true" : s->at[i].value);
	return s->path;
}

void
ofuku_settings_free(struct ofuku_settings *s)
{
	if (s == NULL)
		return;
	arena_free(&s->arena);
	free(s);
}
