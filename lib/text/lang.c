#include "text/lang.h"

#include <stdio.h>
#include <string.h>

static const struct heading headings[] = {
#define HEADING(name, kind, empty, ja, help) \
	{name, HEADING_##kind, empty, ja, help},
#include "text/headings.def"
#undef HEADING
};
#define NHEADINGS (sizeof(headings) / sizeof(*headings))

static const struct heading_word words[] = {
#define WORD(kind, en, ja) {HEADING_##kind, en, ja},
#include "text/words.def"
#undef WORD
};
#define NWORDS (sizeof(words) / sizeof(*words))

static const char *const langs[LANGS + 1] = {
    [LANG_EN] = "en", [LANG_JA] = "ja", [LANGS] = NULL};

const char *
lang_name(size_t i, const char **help)
{
	static const char *const helps[] = {"English", "Japanese", NULL};

	if (help != NULL)
		*help = helps[i];
	return langs[i];
}

bool
lang_named(const char *name, enum lang *out)
{
	*out = LANG_EN;
	if (name == NULL)
		return true;
	for (size_t i = 0; i < LANGS; i++)
		if (strcmp(langs[i], name) == 0) {
			*out = (enum lang)i;
			return true;
		}
	return false;
}

static const struct heading *
find(const char *name)
{
	for (size_t i = 0; i < NHEADINGS; i++)
		if (strcmp(headings[i].name, name) == 0)
			return &headings[i];
	return NULL;
}

const struct heading *
heading_named(const char *report, const char *name)
{
	char own[100];
	const struct heading *c;

	(void)snprintf(own, sizeof(own), "%s.%s", report, name);
	c = find(own);
	return c != NULL ? c : find(name);
}

const char *
heading_in(const char *name, enum lang lang)
{
	const struct heading *c = lang == LANG_EN ? NULL : find(name);

	return c == NULL ? name : c->ja;
}

bool
heading_is(const char *name, struct span head)
{
	return span_eq(head, span_of(name)) ||
	    span_eq(head, span_of(heading_in(name, LANG_JA)));
}

const struct heading_word *
heading_word_at(size_t i)
{
	return i < NWORDS ? &words[i] : NULL;
}

struct span
word_in(enum lang lang, const char *column, struct span value)
{
	const struct heading *c = lang == LANG_EN ? NULL : find(column);

	for (size_t i = 0; c != NULL && i < NWORDS; i++)
		if (words[i].kind == c->kind &&
		    span_eq(span_of(words[i].en), value))
			return span_of(words[i].ja);
	return value;
}

struct span
word_of(const char *column, struct span value)
{
	const struct heading *c = find(column);

	for (size_t i = 0; c != NULL && i < NWORDS; i++)
		if (words[i].kind == c->kind &&
		    span_eq(span_of(words[i].ja), value))
			return span_of(words[i].en);
	return value;
}
