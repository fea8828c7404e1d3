/*
 * Many documents of one format in a file, each its own conversation: an array
 * of them (as jq -s makes it), or one a line. A document names its
 * conversation by the id that the format defines, else it is called after the
 * input's path and its number in it ("calls.json#2").
 */
#ifndef OFUKU_READ_DOCUMENTS_H
#define OFUKU_READ_DOCUMENTS_H

#include "read/speech.h"

/* How a document is read, and what it lacks where body finds no list. */
struct document {
	int (*body)(struct speech *, struct err *);
	const char *missing;
};

/* The elements of the array that the speech's text was parsed to. */
int documents_read_array(
    struct speech *, const struct document *, struct err *);
/* Is the text, which is no document itself, one a line? */
bool documents_are_lines(struct speech *);
/* Reads these; a line that is no JSON is rejected. */
int documents_read_lines(
    struct speech *, const struct document *, struct err *);

#endif
