/*
 * setup: what an export looks like, and the settings it needs. setup_table.c
 * knows tables, setup.c who speaks, and writes it down.
 */
#ifndef OFUKU_SETUP_H
#define OFUKU_SETUP_H

#include "base/arena.h"
#include "base/err.h"
#include "ofuku.h"
#include "read/format.h"
#include "rule/rules.h"

/* What a table's columns seem to be. */
struct setup_table {
	bool is_table;
	bool no_header;
	char delimiter;
	const char *encoding;
	bool encoding_guessed;
	struct span names[COLUMN_N]; /* len 0: none; else for --map */
	bool known[COLUMN_N];        /* by its name, not by what is in it */
	struct span unused;          /* names of the others, by commas */
	size_t rows;                 /* that were looked at */
};

/* Reads the beginning of a file. -1: it cannot be read. */
int setup_table(struct setup_table *, const struct pack *, struct viewer *,
    const struct ofuku_input *, const struct read_options *, const char *path,
    struct arena *, struct err *);

#endif
