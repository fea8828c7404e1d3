/*
 * The language of what people read: names of columns and their values in
 * reports. Ids, and JSON Lines, which programs read, are the same in all.
 */
#ifndef OFUKU_TEXT_LANG_H
#define OFUKU_TEXT_LANG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum lang { LANG_EN, LANG_JA, LANGS };

/* "en", "ja"; NULL at the end. */
const char *lang_name(size_t i, const char **help);
/* NULL is English; false: no such language. */
bool lang_named(const char *name, enum lang *);

/* One of two texts. */
static inline const char *
lang_pick(enum lang lang, const char *en, const char *ja)
{
	return lang == LANG_JA ? ja : en;
}

/* What stands in a column of a report, and what it is called. */
enum heading_kind {
	HEADING_TEXT,
	HEADING_LIST, /* texts */
	HEADING_COUNT,
	HEADING_NUMBER,
	HEADING_SECONDS,
	HEADING_RATIO,
	HEADING_TIME,
	HEADING_CHANGE, /* in shares, or a word */
	/* One of a few words. */
	HEADING_VERDICT,
	HEADING_CLOSED_BY,
	HEADING_SEVERITY,
	HEADING_ROLE,
	HEADING_EVENT
};

struct heading {
	const char *name;
	enum heading_kind kind;
	bool empty; /* may be */
	const char *ja;
	const char *help; /* in English */
};

/* report: "" where it makes no difference. NULL: no such column. */
const struct heading *heading_named(const char *report, const char *name);
/* What a column is called; the name itself where it is not known. */
const char *heading_in(const char *name, enum lang);
/* Is it the column's head in any language? */
bool heading_is(const char *name, struct span head);

struct heading_word {
	enum heading_kind kind;
	const char *en, *ja;
};
/* All of them, kind by kind; NULL behind the last. */
const struct heading_word *heading_word_at(size_t i);
/* A value of a column as a language has it; others as they are. */
struct span word_in(enum lang, const char *column, struct span value);
/* The same back, from any language. */
struct span word_of(const char *column, struct span value);

#endif
