/*
 * Options are rows: parsing, --help and suggestions come out of them. GNU
 * habits: --opt=VALUE, --opt VALUE, -o VALUE, -oVALUE, bundled letters,
 * options between operands, -- ends them. No abbreviated names: a script
 * that runs today must run when an option has been added.
 */
#ifndef OFUKU_CMD_OPTION_H
#define OFUKU_CMD_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "list.h"

enum option_kind {
	OPTION_FLAG,   /* bool: becomes true */
	OPTION_TEXT,   /* const char *: the last one given */
	OPTION_LIST,   /* struct list: all that were given */
	OPTION_NAME,   /* const char *: one of names */
	OPTION_CHOICE, /* unsigned: the index in names */
	OPTION_PARSE   /* what parse makes of it */
};

struct option {
	char letter;      /* 0: none */
	const char *name; /* NULL: the end of the rows */
	const char *arg;  /* what --help calls the value */
	const char *help;
	enum option_kind kind;
	bool optional; /* the value, which then follows =; OPTION_PARSE gets
			* NULL without, OPTION_CHOICE is its first name */
	bool digits;   /* -3 is --name=3 */
	size_t offset; /* of the field in the target */
	/* Name i, NULL behind the last; as the public header has them. */
	const char *(*names)(size_t i, const char **help);
	/* -1: not what arg says it must be. */
	int (*parse)(const char *value, void *field);
	/* What parse takes where arg does not say it: "from 1 to 9". */
	const char *takes;
	/* Of OPTION_LIST, where set: is the next word of the value, too? Then
	 * it is one more of the list. */
	bool (*goes_on)(const char *value);
};

struct option_group {
	const char *title;
	const struct option *rows;
};

/*
 * Parses argv[0..argc) into the fields of target and into operands. groups
 * ends with NULL; given gets the names of those that argv holds. -1: a usage
 * error, said on standard error as by who.
 */
int options_parse(const char *who, const struct option_group *const *, int argc,
    char **argv, void *target, struct list *operands, struct list *given);
/* Is there one of this name? */
bool options_have(const struct option_group *const *, const char *name);
/* Sets one by its name, where there is one. value NULL: a flag. -1: as
 * above. */
int options_set(const char *who, const struct option_group *const *,
    const char *name, const char *value, void *target);
/* The rows as text of at most 80 columns. */
void options_print(const struct option_group *const *, FILE *);
/* Prints a text indented and wrapped; col: where the first line stands. */
void print_wrapped(const char *text, int indent, int col, FILE *);

#endif
