/*
 * What the columns of a CSV table mean: the delimiter, the header's names as
 * the language pack and --map understand them.
 */
#ifndef OFUKU_READ_CSVTABLE_H
#define OFUKU_READ_CSVTABLE_H

#include "read/csvrow.h"
#include "read/format.h"

enum { COLUMN_ABSENT = -1 };

struct csvtable {
	/* Index of the column that holds a field, or COLUMN_ABSENT. */
	int at[COLUMN_N];
	int at2;           /* a second column for "at": date and time */
	bool ms[COLUMN_N]; /* its numbers are milliseconds */
	/* The first name that means a column already taken; N: none. */
	enum column duplicate;
};

/* Who reads a table: from a reader or a sample. */
struct csvnames {
	const struct pack *pack;
	struct viewer *viewer;
	const struct read_options *options;
};

/* Finds the columns; header is NULL where there is none. */
void csvtable_map(
    struct csvtable *, const struct csvnames *, const struct csvrow *header);
/* Appends: which column is missing, those seen, the --map to write. */
void csvtable_missing(
    const struct csvrow *header, const struct read_options *, struct buf *);

/* How a sample looks when it is read with a delimiter. */
struct csvshape {
	char delimiter;
	size_t columns;       /* of the first record */
	size_t rows, fitting; /* looked at behind it; as wide as it */
	unsigned known;       /* columns that have a meaning */
	bool text;            /* one of them is the text */
};
/* The likeliest delimiter, or the one that the options give. */
struct csvshape csvshape_of(
    struct span text, bool whole, const struct csvnames *);
/* Is it what whisper.cpp writes as CSV: start, end, perhaps speaker, text, the
 * times in whole milliseconds, which its header does not say? */
bool csv_is_whisper(struct span text, bool whole, char delimiter);
/* Behind the line "sep=;" for Excel, if the text begins with one: what it
 * names, else 0. */
char csv_skip_sep(struct span *text);
/* The first record of the sample, parsed; false: it does not end in it. */
bool csv_first(struct span text, bool whole, char delimiter, struct csvrow *);

#endif
