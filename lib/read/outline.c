#include "read/outline.h"

#include <assert.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

#define SIGNATURES 16

struct level {
	size_t base; /* length of the container's path */
	bool array;
};

struct outline {
	struct span text;
	size_t at;
	bool whole;
	struct buf path;
	struct level *levels;
	size_t depth, cap;
	size_t keys; /* of the document's own */
	const struct signature *signatures;
	size_t n;
	unsigned seen[SIGNATURES]; /* bits by index in paths */
};

/* A * in want stands for one key, whatever is in it. */
static bool
is_path(struct span path, const char *want)
{
	const char *star = strchr(want, '*');
	struct span before, behind;

	if (star == NULL)
		return span_eq(path, span_of(want));
	before = (struct span){want, (size_t)(star - want)};
	behind = span_of(star + 1);
	return path.len > before.len + behind.len &&
	    span_starts(path, before) && span_ends(path, behind);
}

/* Within an array, which may be one of such documents, too. */
static struct span
within_array(struct span path)
{
	if (span_starts(path, SPAN("[].")))
		return (struct span){path.at + 3, path.len - 3};
	return path;
}

static void
note_path(struct outline *o)
{
	struct span path = buf_span(&o->path), inner = within_array(path);

	for (size_t i = 0; i < o->n; i++)
		for (size_t k = 0; k < SIGNATURE_PATHS; k++) {
			const char *want = o->signatures[i].paths[k];

			if (want != NULL &&
			    (is_path(path, want) || is_path(inner, want)))
				o->seen[i] |= 1u << k;
		}
}

/* Begins the path of a value in the innermost container. */
static void
path_begin(struct outline *o)
{
	o->path.len = o->depth > 0 ? o->levels[o->depth - 1].base : 0;
}

static void
enter(struct outline *o, bool array)
{
	if (o->depth > 0 && o->levels[o->depth - 1].array)
		path_begin(o);
	if (array)
		buf_adds(&o->path, "[]");
	o->levels = mem_grow(
	    o->levels, &o->cap, o->depth + 1, sizeof(*o->levels));
	o->levels[o->depth++] = (struct level){o->path.len, array};
}

/* Steps behind the string at at; false: it runs beyond the sample. */
static bool
string(struct outline *o, struct span *out)
{
	size_t start = ++o->at;

	while (o->at < o->text.len && o->text.at[o->at] != '"')
		o->at += o->text.at[o->at] == '\\' ? 2 : 1;
	if (o->at >= o->text.len)
		return false;
	*out = (struct span){o->text.at + start, o->at++ - start};
	return true;
}

static bool
colon_follows(struct outline *o)
{
	while (o->at < o->text.len &&
	    strchr(" \t\r\n", o->text.at[o->at]) != NULL &&
	    o->text.at[o->at] != '\0')
		o->at++;
	return o->at < o->text.len && o->text.at[o->at] == ':';
}

/* The value of the key that came last is a string that the sample cuts. */
static void
note_cut(struct outline *o)
{
	struct buf path = o->path;

	o->path = (struct buf){0};
	if (o->depth == 1 && o->keys == 1)
		buf_addc(&o->path, '^');
	buf_add(&o->path, buf_span(&path));
	buf_addc(&o->path, '~');
	note_path(o);
	buf_free(&path);
}

static void
key_or_string(struct outline *o)
{
	struct span s;

	if (!string(o, &s)) {
		if (!o->whole)
			note_cut(o);
		return;
	}
	if (o->levels[o->depth - 1].array || !colon_follows(o))
		return;
	path_begin(o);
	o->keys += o->depth == 1;
	if (o->path.len > 0)
		buf_addc(&o->path, '.');
	buf_add(&o->path, s);
	note_path(o);
}

/* Walks to the end of the first value or of the sample. */
static void
walk(struct outline *o)
{
	do {
		char c = o->at < o->text.len ? o->text.at[o->at] : '}';

		if (c == '"') {
			key_or_string(o);
			continue;
		}
		if (c == '{' || c == '[')
			enter(o, c == '[');
		else if (c == '}' || c == ']')
			o->depth--;
		o->at++;
	} while (o->depth > 0 && o->at < o->text.len);
}

/* How many of its paths are in the sample, in percent. */
static unsigned
share(const struct signature *s, unsigned seen)
{
	unsigned all = 0, there = 0;

	for (size_t k = 0; k < SIGNATURE_PATHS; k++) {
		all += s->paths[k] != NULL;
		there += s->paths[k] != NULL && (seen & 1u << k) != 0;
	}
	return all == 0 ? 100 : there * 100 / all;
}

int
outline_match(
    const struct sample *s, const struct signature *signatures, size_t n)
{
	struct outline o = {.text = span_trim(s->text),
	    .whole = s->whole,
	    .signatures = signatures,
	    .n = n};
	int sure = 0;

	assert(n <= SIGNATURES);
	if (o.text.len == 0 || (o.text.at[0] != '{' && o.text.at[0] != '['))
		return 0;
	walk(&o);
	for (size_t i = 0; i < n; i++) {
		unsigned there = share(&signatures[i], o.seen[i]);

		if (s->near != NULL && there > *s->near)
			*s->near = there;
		if (there == 100 && signatures[i].sure > sure)
			sure = signatures[i].sure;
	}
	buf_free(&o.path);
	free(o.levels);
	return sure;
}
