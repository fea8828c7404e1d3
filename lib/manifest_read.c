/* Manifests read back. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "manifest.h"
#include "read/stream.h"
#include "settings.h"

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
read_file(const char *path, struct buf *out, struct err *err)
{
	FILE *f = fopen(path, "re");
	int rc = f == NULL ? -1 : read_all(f, out);

	if (rc == -1)
		fail(err, "%s: %s", path, strerror(errno));
	if (f != NULL)
		fclose(f);
	return rc;
}

static int
hex_digit(char c)
{
	size_t digit = span_find(SPAN("0123456789abcdef"), c);

	return digit < 16 ? (int)digit : -1;
}

static bool
from_hex(struct span hex, struct arena *a, struct span *out)
{
	char *bytes = arena_alloc(a, hex.len / 2 + 1);

	if (hex.len % 2 != 0)
		return false;
	for (size_t i = 0; i < hex.len; i += 2) {
		int high = hex_digit(hex.at[i]), low = hex_digit(hex.at[i + 1]);

		if (high == -1 || low == -1)
			return false;
		bytes[i / 2] = (char)(high << 4 | low);
	}
	*out = (struct span){bytes, hex.len / 2};
	return true;
}

bool
manifest_word(struct json_value v, struct arena *a, struct span *out)
{
	struct span hex;

	if (!json_string(v, out) &&
	    (!json_string(json_get(v, "hex"), &hex) || !from_hex(hex, a, out)))
		return false;
	return memchr(out->at, '\0', out->len) == NULL;
}

/* False: there are none, or one is no text. */
static bool
take_arguments(struct ofuku_manifest *m)
{
	struct json_value list = json_get(m->root, "arguments"), v;
	struct json_walk w = json_each(list);
	struct span s;
	size_t n = 0;

	while (json_next(&w, NULL, &v))
		n++;
	m->arguments = arena_alloc(&m->arena, (n + 1) * sizeof(char *));
	w = json_each(list);
	for (size_t i = 0; json_next(&w, NULL, &v); i++) {
		if (!manifest_word(v, &m->arena, &s))
			return false;
		m->arguments[i] = arena_cstr(&m->arena, s);
	}
	return json_type(list) == JSON_ARRAY;
}

static void
take_now(struct ofuku_manifest *m)
{
	struct span s;

	if (json_string(json_get(m->root, "now"), &s))
		m->now = arena_cstr(&m->arena, s);
}

static bool
take(struct ofuku_manifest *m)
{
	const char *why = NULL;
	int64_t version;

	if (!json_parse(&m->json, buf_span(&m->text), &why))
		return false;
	m->root = json_root(&m->json);
	take_now(m);
	return json_integer(json_get(m->root, "manifest"), &version) &&
	    version == 1 && take_arguments(m);
}

struct ofuku_manifest *
ofuku_manifest_load(const char *path, struct ofuku_error *error)
{
	struct ofuku_manifest *m = mem_alloc(sizeof(*m));
	struct err err = {0};

	json_open(&m->json, JSON_DEPTH);
	m->path = arena_cstr(&m->arena, span_of(path));
	if (read_file(path, &m->text, &err) == 0) {
		if (take(m))
			return m;
		fail(&err,
		    "%s: no manifest: name a file that audit --manifest wrote",
		    path);
	}
	error_out(error, &err);
	ofuku_manifest_free(m);
	return NULL;
}

char **
ofuku_manifest_arguments(const struct ofuku_manifest *m)
{
	return m->arguments;
}

struct ofuku_settings *
ofuku_manifest_settings(const struct ofuku_manifest *m)
{
	struct json_value all = json_get(m->root, "settings");
	struct json_value list = json_get(all, "options"), v;
	struct json_walk w = json_each(list);
	struct arena a = {0};
	struct ofuku_settings *s;
	struct span name, value;
	size_t n = 0;

	if (!manifest_word(json_get(all, "path"), &a, &value))
		return NULL;
	while (json_next(&w, NULL, &v))
		n++;
	s = settings_new(value, n);
	w = json_each(list);
	while (json_next(&w, NULL, &v))
		if (json_string(json_get(v, "name"), &name))
			settings_add(s, name,
			    manifest_word(json_get(v, "value"), &a, &value) ?
				&value :
				NULL);
	arena_free(&a);
	return s;
}

const char *
ofuku_manifest_now(const struct ofuku_manifest *m)
{
	return m->now;
}

void
ofuku_manifest_free(struct ofuku_manifest *m)
{
	if (m == NULL)
		return;
	json_close(&m->json);
	buf_free(&m->text);
	arena_free(&m->arena);
	free(m);
}
