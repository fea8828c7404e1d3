/* Manifests compared: what came out otherwise, and what was changed since. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "manifest.h"

struct comparison {
	FILE *out;
	const struct ofuku_manifest *was;
	unsigned differences;
	struct arena arena;
};

/* A string or a number as text; empty where it is null or absent. */
static void
value_text(struct json_value v, struct buf *out)
{
	struct buf digits = {0};
	struct span s = {0};

	buf_reset(out);
	if (json_id(v, &digits, &s))
		buf_add(out, s);
	buf_free(&digits);
}

/* "input calls.csv: sha256 was …, is …" */
static void
compare(struct comparison *c, const char *what, struct span name,
    const char *key, struct json_value was, struct json_value is)
{
	struct buf a = {0}, b = {0};

	value_text(json_get(was, key), &a);
	value_text(json_get(is, key), &b);
	if (!span_eq(buf_span(&a), buf_span(&b))) {
		c->differences++;
		fprintf(c->out, "%s%s%.*s: %s was %s, is %s\n", what,
		    name.len > 0 ? " " : "", SPAN_FMT(name), key,
		    a.len > 0 ? buf_cstr(&a) : "unknown",
		    b.len > 0 ? buf_cstr(&b) : "unknown");
	}
	buf_free(&a);
	buf_free(&b);
}

/* Of a list; key: its name, with a NUL behind for each before it that has the
 * same, as - can stand twice. */
struct member {
	struct span key, name;
	struct json_value value;
};

struct members {
	struct map map;
	struct member *at;
	size_t n;
};

static struct span
free_key(struct comparison *c, const struct members *m, struct span name)
{
	struct buf b = {0};
	struct span key;

	buf_add(&b, name);
	while (map_get(&m->map, buf_span(&b)) != NULL)
		buf_addc(&b, '\0');
	key = arena_dup(&c->arena, buf_span(&b));
	buf_free(&b);
	return key;
}

static void
members_open(struct members *m, struct comparison *c, struct json_value list,
    const char *key)
{
	struct json_walk w = json_each(list);
	struct json_value v;
	struct span s;
	size_t n = 0;

	while (json_next(&w, NULL, &v))
		n++;
	*m = (struct members){
	    .at = arena_alloc(&c->arena, (n + 1) * sizeof(*m->at))};
	w = json_each(list);
	while (json_next(&w, NULL, &v)) {
		struct member *one = &m->at[m->n];

		if (!manifest_word(json_get(v, key), &c->arena, &s))
			continue;
		*one = (struct member){free_key(c, m, s),
		    path_label(&c->arena, arena_cstr(&c->arena, s)), v};
		*map_slot(&m->map, one->key) = one;
		m->n++;
	}
}

struct list {
	const char *list, *what, *key;
	const char *values[4];
};

static const struct list lists[] = {
    {"rule_files", "rule file", "path", {"sha256"}},
    {"inputs", "input", "path", {"sha256", "bytes", "records", "rejected"}},
    {"reports", "report", "report", {"sha256", "bytes"}},
};

static void
say(struct comparison *c, const struct list *l, struct span name,
    const char *what)
{
	c->differences++;
	fprintf(c->out, "%s %.*s: %s\n", l->what, SPAN_FMT(name), what);
}

static bool
is_file(const struct stat *file, const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_dev == file->st_dev &&
	    st.st_ino == file->st_ino;
}

/* Did the audit itself write it, into a folder that it read? */
static bool
is_ours(struct comparison *c, const char *path)
{
	struct json_walk w = json_each(json_get(c->was->root, "reports"));
	struct json_value v;
	struct stat file;
	struct span report;
	bool ours;

	if (stat(path, &file) == -1)
		return false;
	ours = is_file(&file, c->was->path);
	while (!ours && json_next(&w, NULL, &v))
		ours = manifest_word(json_get(v, "path"), &c->arena, &report) &&
		    is_file(&file, arena_cstr(&c->arena, report));
	return ours;
}

static void
compare_members(struct comparison *c, const struct list *l,
    const struct members *was, const struct members *is)
{
	for (size_t i = 0; i < was->n; i++) {
		const struct member *a = &was->at[i];
		const struct member *b = map_get(&is->map, a->key);

		if (b == NULL)
			say(c, l, a->name, "is missing");
		for (size_t k = 0; b != NULL && k < 4 && l->values[k] != NULL;
		     k++)
			compare(c, l->what, a->name, l->values[k], a->value,
			    b->value);
	}
	for (size_t i = 0; i < is->n; i++)
		if (map_get(&was->map, is->at[i].key) == NULL &&
		    !is_ours(c, arena_cstr(&c->arena, is->at[i].key)))
			say(c, l, is->at[i].name, "was not there");
}

static void
compare_list(struct comparison *c, const struct list *l,
    const struct ofuku_manifest *was, const struct ofuku_manifest *is)
{
	struct members before, now;

	members_open(&before, c, json_get(was->root, l->list), l->key);
	members_open(&now, c, json_get(is->root, l->list), l->key);
	compare_members(c, l, &before, &now);
	map_free(&before.map);
	map_free(&now.map);
}

/* Those of ours: one that is missing in the other's is a difference. */
static void
compare_counts(struct comparison *c, const struct ofuku_manifest *was,
    const struct ofuku_manifest *is)
{
	struct json_value before = json_get(was->root, "counts");
	struct json_value now = json_get(is->root, "counts");
	struct json_walk w = json_each(now);
	struct json_value v;
	struct span key;

	while (json_next(&w, &key, &v))
		compare(c, "count", (struct span){0},
		    arena_cstr(&c->arena, key), before, now);
}

enum ofuku_status
ofuku_manifest_compare(const struct ofuku_manifest *was,
    const struct ofuku_manifest *is, FILE *out)
{
	struct comparison c = {.out = out, .was = was};
	const struct span none = {0};

	compare(&c, "program", none, "engine", was->root, is->root);
	compare(&c, "rule set", none, "rules", was->root, is->root);
	compare(&c, "pseudonyms", none, "key", was->root, is->root);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		compare_list(&c, &lists[i], was, is);
	compare_counts(&c, was, is);
	compare(&c, "audit", none, "status", was->root, is->root);
	arena_free(&c.arena);
	return c.differences > 0 ? OFUKU_FINDINGS : OFUKU_PASS;
}

/* NULL: its bytes are what *out is of. */
static const char *
hash_file(const char *path, struct digest_record *out)
{
	const char *why = NULL;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd == -1)
		return errno == ENOENT || errno == ENOTDIR ? "is not there" :
							     strerror(errno);
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		why = "is no file";
	else if (digest_file(fd, out) == -1)
		why = strerror(errno);
	close(fd);
	return why;
}

static void
look(struct comparison *c, struct span path, struct json_value sum)
{
	struct digest_record is;
	struct span was = SPAN("unknown");
	const char *name = arena_cstr(&c->arena, path);
	const char *why = hash_file(name, &is);

	json_string(sum, &was);
	if (why == NULL && span_eq(was, span_of(is.hex)))
		return;
	c->differences++;
	fprintf(c->out, "report %.*s: ", SPAN_FMT(path_label(&c->arena, name)));
	if (why != NULL)
		fprintf(c->out, "%s\n", why);
	else
		fprintf(c->out, "was changed since: sha256 was %.*s, is %s\n",
		    SPAN_FMT(was), is.hex);
}

enum ofuku_status
ofuku_manifest_look(const struct ofuku_manifest *m, FILE *out)
{
	struct comparison c = {.out = out};
	struct json_walk w = json_each(json_get(m->root, "reports"));
	struct json_value v;
	struct span path;
	bool file;

	while (json_next(&w, NULL, &v))
		if (json_bool(json_get(v, "file"), &file) && file &&
		    manifest_word(json_get(v, "path"), &c.arena, &path))
			look(&c, path, json_get(v, "sha256"));
	arena_free(&c.arena);
	return c.differences > 0 ? OFUKU_FINDINGS : OFUKU_PASS;
}
