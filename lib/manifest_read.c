/* Manifests read back: what to repeat, and what came out otherwise. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "ofuku.h"
#include "read/json.h"
#include "read/stream.h"
#include "run.h"

struct manifest {
	struct buf text;
	struct json json;
	struct json_value root;
};

static void
manifest_close(struct manifest *m)
{
	json_close(&m->json);
	buf_free(&m->text);
}

static int
read_all(FILE *f, struct buf *out)
{
	size_t n = 1;

	while (n > 0) {
		n = fread(buf_room(out, 65536), 1, 65536, f);
		out->len += n;
	}
	memset(buf_room(out, STREAM_PADDING), 0, STREAM_PADDING);
	return ferror(f) ? -1 : 0;
}

static int
manifest_open(struct manifest *m, const char *path, struct err *err)
{
	FILE *f = fopen(path, "re");
	const char *why = NULL;
	int64_t version;

	*m = (struct manifest){0};
	json_open(&m->json, JSON_DEPTH);
	if (f == NULL || read_all(f, &m->text) == -1) {
		fail(err, "%s: %s", path, strerror(errno));
		if (f != NULL)
			fclose(f);
		manifest_close(m);
		return -1;
	}
	fclose(f);
	if (json_parse(&m->json, buf_span(&m->text), &why))
		m->root = json_root(&m->json);
	if (json_integer(json_get(m->root, "manifest"), &version) &&
	    version == 1)
		return 0;
	manifest_close(m);
	return fail(err,
	    "%s: no manifest: name a file that audit --manifest wrote", path);
}

static char **
arguments(struct json_value list)
{
	struct json_walk w = json_each(list);
	struct json_value v;
	struct span s;
	size_t n = 0, bytes = 0;
	char **all, *text;

	for (; json_next(&w, NULL, &v); n++)
		bytes += json_string(v, &s) ? s.len + 1 : 1;
	all = mem_alloc((n + 1) * sizeof(*all) + bytes);
	text = (char *)(all + n + 1);
	w = json_each(list);
	for (size_t i = 0; json_next(&w, NULL, &v); i++) {
		all[i] = text;
		if (json_string(v, &s)) {
			memcpy(text, s.at, s.len);
			text += s.len;
		}
		text++;
	}
	return all;
}

char **
ofuku_manifest_arguments(const char *path, struct ofuku_error *error)
{
	struct manifest m;
	struct err err = {0};
	char **all;

	if (manifest_open(&m, path, &err) == -1) {
		error_out(error, &err);
		return NULL;
	}
	all = arguments(json_get(m.root, "arguments"));
	manifest_close(&m);
	return all;
}

/* A comparison under way. */
struct comparison {
	FILE *out;
	unsigned differences;
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

static bool
member(struct json_value list, const char *key, struct span name,
    struct json_value *out)
{
	struct json_walk w = json_each(list);
	struct span s;

	while (json_next(&w, NULL, out))
		if (json_string(json_get(*out, key), &s) && span_eq(s, name))
			return true;
	return false;
}

/* Those of one list that are missing in the other. */
static void
say_missing(struct comparison *c, const char *what, const char *why,
    const char *key, struct json_value list, struct json_value other)
{
	struct json_walk w = json_each(list);
	struct json_value v, found;
	struct span s;

	while (json_next(&w, NULL, &v))
		if (json_string(json_get(v, key), &s) &&
		    !member(other, key, s, &found)) {
			c->differences++;
			fprintf(
			    c->out, "%s %.*s: %s\n", what, SPAN_FMT(s), why);
		}
}

static const struct {
	const char *list, *what, *key;
	const char *values[4];
} lists[] = {
    {"rule_files", "rule file", "path", {"sha256"}},
    {"inputs", "input", "path", {"sha256", "bytes", "records", "rejected"}},
    {"reports", "report", "report", {"sha256", "bytes"}},
};

static void
compare_list(struct comparison *c, size_t i, const struct manifest *was,
    const struct manifest *is)
{
	struct json_value before = json_get(was->root, lists[i].list);
	struct json_value now = json_get(is->root, lists[i].list), v, found;
	struct json_walk w = json_each(before);
	struct span s;

	while (json_next(&w, NULL, &v)) {
		if (!json_string(json_get(v, lists[i].key), &s) ||
		    !member(now, lists[i].key, s, &found))
			continue;
		for (size_t k = 0; k < 4 && lists[i].values[k] != NULL; k++)
			compare(
			    c, lists[i].what, s, lists[i].values[k], v, found);
	}
	say_missing(c, lists[i].what, "is missing", lists[i].key, before, now);
	say_missing(
	    c, lists[i].what, "was not there", lists[i].key, now, before);
}

static void
compare_counts(
    struct comparison *c, const struct manifest *was, const struct manifest *is)
{
	struct json_value before = json_get(was->root, "counts");
	struct json_walk w = json_each(before);
	struct json_value v;
	struct span key;

	while (json_next(&w, &key, &v)) {
		char name[40];

		snprintf(name, sizeof(name), "%.*s", SPAN_FMT(key));
		compare(c, "count", (struct span){0}, name, before,
		    json_get(is->root, "counts"));
	}
}

enum ofuku_status
ofuku_manifest_compare(
    const char *before, const char *now, FILE *out, struct ofuku_error *error)
{
	struct comparison c = {.out = out};
	struct manifest was, is;
	struct err err = {0};

	if (manifest_open(&was, before, &err) == -1) {
		error_out(error, &err);
		return OFUKU_TROUBLE;
	}
	if (manifest_open(&is, now, &err) == -1) {
		manifest_close(&was);
		error_out(error, &err);
		return OFUKU_TROUBLE;
	}
	compare(&c, "program", (struct span){0}, "engine", was.root, is.root);
	compare(&c, "rule set", (struct span){0}, "rules", was.root, is.root);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		compare_list(&c, i, &was, &is);
	compare_counts(&c, &was, &is);
	manifest_close(&was);
	manifest_close(&is);
	return c.differences > 0 ? OFUKU_FINDINGS : OFUKU_PASS;
}
