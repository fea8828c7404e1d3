#include "rule/schema.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"

/* The whole text, however long what it quotes. */
static const char *
format(struct reader *r, const char *fmt, va_list ap)
{
	va_list again;
	size_t room;
	char *text;

	va_copy(again, ap);
	room = (size_t)vsnprintf(NULL, 0, fmt, again) + 1;
	va_end(again);
	text = arena_alloc(&r->mistakes->arena, room);
	vsnprintf(text, room, fmt, ap);
	return text;
}

static void
note(
    struct reader *r, const struct node *n, const char *level, const char *text)
{
	struct mistakes *ms = r->mistakes;
	struct mistake *m;
	char place[64] = "";

	ms->at = mem_grow(ms->at, &ms->cap, ms->n + 1, sizeof(*ms->at));
	m = &ms->at[ms->n];
	*m = (struct mistake){.order = r->source->order, .number = ms->n};
	if (n != NULL) {
		m->line = n->line;
		m->column = n->column;
		snprintf(place, sizeof(place), "%u:%u:", n->line, n->column);
	}
	m->line_text = arena_printf(&ms->arena, "%.*s:%s %s%s",
	    SPAN_FMT(r->source->path), place, level, text);
	ms->n++;
}

void
mistake(struct reader *r, const struct node *n, const char *fmt, ...)
{
	va_list ap;

	r->mistakes->errors++;
	va_start(ap, fmt);
	note(r, n, "", format(r, fmt, ap));
	va_end(ap);
}

void
warning(struct reader *r, const struct node *n, const char *fmt, ...)
{
	va_list ap;

	if (!r->mistakes->lint)
		return;
	va_start(ap, fmt);
	note(r, n, "warning: ", format(r, fmt, ap));
	va_end(ap);
}

void
mistake_unknown(struct reader *r, const struct node *n, const char *what,
    const char *const *names, size_t nnames)
{
	const char *word = arena_cstr(&r->mistakes->arena, n->text);
	const char *near = nearest_name(word, names, nnames);

	if (near != NULL)
		mistake(r, n, "unknown %s \"%s\"; did you mean \"%s\"?", what,
		    word, near);
	else
		mistake(r, n, "unknown %s \"%s\"", what, word);
}

static int
by_place(const void *x, const void *y)
{
	const struct mistake *a = x, *b = y;

	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return a->number < b->number ? -1 : 1;
}

void
mistakes_say(struct mistakes *ms, void (*say)(void *, const char *), void *ctx)
{
	if (say == NULL || ms->n == 0)
		return;
	qsort(ms->at, ms->n, sizeof(*ms->at), by_place);
	for (size_t i = 0; i < ms->n; i++)
		say(ctx, ms->at[i].line_text);
}

void
mistakes_free(struct mistakes *ms)
{
	arena_free(&ms->arena);
	free(ms->at);
}

static const char *const kind_names[] = {
    [NODE_SCALAR] = "a text",
    [NODE_LIST] = "a list",
    [NODE_MAP] = "a mapping",
};

static bool
is_kind(struct reader *r, const struct node *n, enum node_kind kind)
{
	static const char *const examples[] = {
	    [NODE_SCALAR] = "",
	    [NODE_LIST] = ", such as [a, b]",
	    [NODE_MAP] = ", such as {key: value}",
	};

	if (n == NULL)
		return false;
	if (n->kind == kind)
		return true;
	mistake(r, n, "expected %s%s, found %s", kind_names[kind],
	    examples[kind], kind_names[n->kind]);
	return false;
}

static void
note_repeated(
    struct reader *r, const struct node *n, struct map *seen, size_t i)
{
	const struct node *first = map_get(seen, n->keys[i]->text);

	if (first != NULL)
		mistake(r, n->keys[i],
		    "\"%.*s\" stands twice, first on line "
		    "%u",
		    SPAN_FMT(n->keys[i]->text), first->line);
	else
		*map_slot(seen, n->keys[i]->text) = n->keys[i];
}

/* A map whose keys are texts, none of them twice. */
static bool
read_keys(struct reader *r, const struct node *n)
{
	struct map seen = {0};
	bool good = true;

	if (!is_kind(r, n, NODE_MAP))
		return false;
	for (size_t i = 0; i < n->n; i++) {
		if (n->keys[i]->kind == NODE_SCALAR)
			note_repeated(r, n, &seen, i);
		else
			good = is_kind(r, n->keys[i], NODE_SCALAR);
	}
	map_free(&seen);
	return good;
}

static void
note_unknown_key(struct reader *r, const struct node *n, const char *what,
    const struct key *keys, size_t nkeys)
{
	const char **names = arena_alloc(
	    &r->mistakes->arena, nkeys * sizeof(*names));
	const char *whose = arena_printf(
	    &r->mistakes->arena, "key of %s", what);

	for (size_t i = 0; i < nkeys; i++)
		names[i] = keys[i].name;
	mistake_unknown(r, n, whose, names, nkeys);
}

bool
read_map(struct reader *r, const struct node *n, const char *what,
    const struct key *keys, size_t nkeys, const struct node **found)
{
	memset(found, 0, nkeys * sizeof(struct node *));
	if (!read_keys(r, n))
		return false;
	for (size_t i = 0; i < n->n; i++) {
		size_t k = 0;

		while (k < nkeys &&
		    !span_eq(n->keys[i]->text, span_of(keys[k].name)))
			k++;
		if (k < nkeys)
			found[k] = n->items[i];
		else
			note_unknown_key(r, n->keys[i], what, keys, nkeys);
	}
	for (size_t k = 0; k < nkeys; k++) {
		if (keys[k].required && found[k] == NULL)
			mistake(r, n, "%s wants the key \"%s\"", what,
			    keys[k].name);
	}
	return true;
}

static bool
is_id(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (!(c >= 0x80 || c == '-' || c == '_' ||
			(c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
			(c >= 'A' && c <= 'Z')))
			return false;
	}
	return s.len > 0 && s.at[0] != '-';
}

static void
note_id(struct reader *r, const struct node *n)
{
	mistake(r, n, "\"%.*s\" is no id: write letters, digits, - and _",
	    SPAN_FMT(n->text));
}

bool
read_ids(struct reader *r, const struct node *n)
{
	if (!read_keys(r, n))
		return false;
	for (size_t i = 0; i < n->n; i++) {
		if (!is_id(n->keys[i]->text))
			note_id(r, n->keys[i]);
	}
	return true;
}

bool
read_list(struct reader *r, const struct node *n, size_t min)
{
	if (!is_kind(r, n, NODE_LIST))
		return false;
	if (n->n >= min)
		return true;
	if (n->n == 0)
		mistake(r, n, "the list is empty");
	else
		mistake(r, n, "the list wants %zu items or more", min);
	return false;
}

bool
read_text(struct reader *r, const struct node *n, struct span *out)
{
	if (!is_kind(r, n, NODE_SCALAR))
		return false;
	if (span_trim(n->text).len == 0) {
		mistake(r, n, "expected a text, found nothing");
		return false;
	}
	*out = n->text;
	return true;
}

bool
read_id(struct reader *r, const struct node *n, struct span *out)
{
	if (!read_text(r, n, out))
		return false;
	if (is_id(*out))
		return true;
	note_id(r, n);
	return false;
}

bool
read_bool(struct reader *r, const struct node *n, bool *out)
{
	if (!is_kind(r, n, NODE_SCALAR))
		return false;
	*out = span_eq(n->text, SPAN("true"));
	if (*out || span_eq(n->text, SPAN("false")))
		return true;
	mistake(
	    r, n, "expected true or false, found \"%.*s\"", SPAN_FMT(n->text));
	return false;
}

bool
read_choice(struct reader *r, const struct node *n, const char *what,
    const char *const *names, size_t nnames, size_t *out)
{
	struct span s;

	if (!read_text(r, n, &s))
		return false;
	for (size_t i = 0; i < nnames; i++) {
		if (span_eq(s, span_of(names[i]))) {
			*out = i;
			return true;
		}
	}
	mistake_unknown(r, n, what, names, nnames);
	return false;
}

bool
read_by(struct reader *r, const struct node *n, enum role *out)
{
	static const char *const names[] = {"agent", "customer"};
	size_t i;

	if (!read_choice(r, n, "role (agent, customer)", names, 2, &i))
		return false;
	*out = i == 0 ? ROLE_AGENT : ROLE_CUSTOMER;
	return true;
}
