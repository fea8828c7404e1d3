/*
 * Where a table may be cut into pieces that are read by themselves: behind
 * records whose end does not hang on what is read elsewhere. Nothing is
 * guessed: where a quote is stray, or a quoted cell holds what might be rows,
 * the cutter says so, and the one reader of the input goes on from there.
 */
#ifndef OFUKU_READ_CSVCUT_H
#define OFUKU_READ_CSVCUT_H

#include <stdbool.h>

#include "read/csvrecord.h"

struct csvcut {
	char delimiter;
	bool begun;      /* a line has been passed */
	size_t expected; /* columns of the first record; 0: not read yet */
	size_t usual;    /* columns of the last record before the place */
};

/*
 * text begins with a record; its last line may lack its end at the end of the
 * input alone. Returns how much of it are records by themselves; *alone: what
 * follows is to be read by one reader, for what it is depends on its rows. 0
 * and not alone: the record goes on behind the text.
 */
size_t csvcut_records(struct csvcut *, struct span text, bool *alone);

#endif
