/* A worker's scratch for making views; shared by those that make them. */
#ifndef OFUKU_TEXT_VIEWER_H
#define OFUKU_TEXT_VIEWER_H

#include "text/class.h"
#include "text/view.h"

/* A unit on its way to the folded view, with the raw bytes it stands for. */
struct folding {
	uint16_t unit;
	uint32_t start, end;
};

struct foldings {
	struct folding *at;
	size_t n, cap;
};

struct viewer {
	struct classes classes;
	struct view norm;  /* NFKC case-folded, blanks kept */
	uint16_t *segment; /* what ICU is to normalise */
	size_t segment_cap;
	struct foldings work[2];
};

/* Room for n units in all, and for the map's end mark. */
void viewer_room(struct view *, size_t n);
/* Fills norm. */
void viewer_normalize(struct viewer *, struct span raw);
/*
 * The run of blanks in n that begins at i: returns where it ends; *keep:
 * it stands for one space (not between two CJK characters).
 */
size_t viewer_blanks(
    struct viewer *, const struct view *n, size_t i, bool *keep);
/* The blanks of a normalised view as the plain view has them. */
void viewer_squeeze(struct viewer *, struct view *);

#endif
