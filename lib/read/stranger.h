/*
 * A stranger: an input that is no transcript of a known format. What is said
 * of it: what it is, if that is known, how it begins, and what the nearest
 * formats missed.
 */
#ifndef OFUKU_READ_STRANGER_H
#define OFUKU_READ_STRANGER_H

#include "read/format.h"

/* A kind of file that holds no transcript as text. */
struct stranger {
	const char *what;   /* "a PDF document" */
	const char *advice; /* what to do instead */
	bool binary;        /* no text at all */
};

/* By the input's first bytes, not decoded; NULL: none that is known. */
const struct stranger *stranger_of(struct span head);

/* What ofuku wrote itself: reports of the nights before, which stand in the
 * folder that is read. text is decoded; NULL: it is none. */
const struct stranger *stranger_report(struct span text);
/* Is it one of them, a page or a manifest, but surely no exchanges report? */
bool stranger_other_report(struct span text);

/*
 * The error for an input that no format fits. stranger may be NULL; why[i] is
 * what formats[i] missed, near[i] how much of its keys the sample has (0 to
 * 100); the first of the formats, to general, are always told.
 */
int stranger_refuse(const struct sample *, const struct stranger *,
    struct span head, const char *const why[], const unsigned near[],
    size_t general, struct err *);

/* Is the text a JSON document that is damaged, and not one of another kind
 * that begins with a bracket? */
bool stranger_is_damaged(const struct sample *);

#endif
