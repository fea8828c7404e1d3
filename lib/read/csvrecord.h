/*
 * The records of a CSV input: which physical lines belong together, since a
 * quoted cell may hold line breaks (RFC 4180). A stray or unclosed quote would
 * make one record of many rows: it is noticed, its record alone is damaged,
 * and reading goes on with the next line that is a sound record.
 */
#ifndef OFUKU_READ_CSVRECORD_H
#define OFUKU_READ_CSVRECORD_H

#include <stdbool.h>

#include "base/buf.h"
#include "read/draft.h"

/* Where quotes stand in a record, line by line; {.delimiter = c} to begin. */
struct quotes {
	char delimiter;
	bool open;      /* the line ended within a quoted cell */
	size_t columns; /* cells begun so far */
};

enum quotes_state {
	QUOTES_SOUND, /* the record ends with the line */
	QUOTES_OPEN,  /* a quoted cell goes on in the next line */
	QUOTES_STRAY  /* text stands behind a closing quote */
};
enum quotes_state quotes_line(struct quotes *, struct span line);
void quotes_reset(struct quotes *);
/* What quotes_line says of a record's first line, of which the first cell that
 * holds a quote begins at quoted (csvrow_quoted). Columns are not counted where
 * it is sound. */
enum quotes_state quotes_first(
    struct quotes *, struct span line, size_t quoted);
/* Where the first row of a line ends at a CR with rows of as many columns
 * behind it (columns 0: as the first has), else len. */
size_t csv_return(const struct quotes *, struct span line, size_t columns);
/* Is the line "sep=;", which tells Excel the delimiter? Which is it, or 0. */
char csv_sep(struct span line);

/* Is there nothing in the line? Such records are passed over. */
static inline bool
csv_blank(struct span line)
{
	return line.len == 0 ||
	    ((unsigned char)line.at[0] <= ' ' && span_trim(line).len == 0);
}

struct csvrecord {
	struct span text;    /* damaged: its first line */
	size_t quoted;       /* sound: csvrow_quoted of the text */
	uint64_t line, byte; /* on which and at which it begins */
	uint64_t last_line;  /* the last that belongs to it */
	uint64_t quote_line; /* damaged: where the quote opened */
	/* NULL: sound; else what ends "the quote opened in line N". */
	const char *damage;
};

/* A line that is kept, for a record of several or to be read again. */
struct held_line {
	size_t at, len; /* in held, without its line end */
	uint64_t line, byte;
};

struct csvrecords {
	struct stream *in;
	size_t max; /* bytes of a record */
	struct quotes quotes;
	size_t expected; /* columns of the header; 0: any */
	size_t usual;    /* columns of the last record; the caller
					 * sets it */
	/* Does a line alone look like a row of this table? */
	bool (*row_like)(void *ctx, struct span opening, struct span line);
	void *ctx;

	struct buf held;
	struct held_line *lines;
	size_t nlines, cap;
	size_t next;        /* the next of them to be read */
	bool begun;         /* a line of the input has been read */
	bool no_return;     /* no line holds a CR: the caller knows */
	struct span header; /* kept by csvrecords_header */
};

void csvrecords_close(struct csvrecords *);
/* The next record that is no blank line. 1; 0: the end; -1. */
int csvrecords_next(struct csvrecords *, struct csvrecord *, struct err *);
/* Does the next record begin at the stream's next line? */
bool csvrecords_at_line(const struct csvrecords *);
/* The record was the header: a row that repeats it, where files were put
 * behind one another, is told by csvrecord_repeats. */
void csvrecords_header(
    struct csvrecords *, struct arena *, const struct csvrecord *);
bool csvrecord_repeats(const struct csvrecords *, const struct csvrecord *);
#define HEADER_AGAIN "the header again"
/* Rejects a damaged record, naming the lines lost with it. */
int csvrecord_reject(struct emitter *, const struct csvrecord *, struct err *);

#endif
