/*
 * How many columns a text takes on a terminal (UAX 11): East Asian Wide and
 * Fullwidth two, Ambiguous one or two as asked, what combines none; an emoji
 * sequence is as wide as its first character. Control characters count
 * nothing: they are not to reach a terminal (see width_visible).
 */
#ifndef OFUKU_TEXT_WIDTH_H
#define OFUKU_TEXT_WIDTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

/* Columns of valid UTF-8; Ambiguous counts one, as terminals have it. */
size_t width_of(struct span);
/* The same with the columns that an Ambiguous character takes: 1 or 2. */
size_t width_of_ambiguous(struct span, unsigned ambiguous);
/* The longest prefix of whole characters, with what combines with them, that
 * takes at most columns. */
struct span width_prefix(struct span, size_t columns);
/*
 * Appends text for a terminal: a line break or a tab as a space, any other
 * control character as U+FFFD, so that no transcript moves the cursor, and so
 * what turns the direction of writing.
 */
void width_visible(struct span text, struct buf *out);
/*
 * Appends text for who wants to know what it holds: controls, line breaks and
 * what turns the direction of writing as JSON escapes them (\n, \u001b), and
 * so that these can be told from text, \ as \\.
 */
void width_escaped(struct span text, struct buf *out);

/* Where a line of Japanese may be broken (UAX 14, strict). */
struct wrapper;

int wrapper_open(struct wrapper **, struct err *);
void wrapper_close(struct wrapper *);
/*
 * Bytes of text that go on the next line of at most columns: up to the last
 * place where it may be broken, else as many characters as fit, at least
 * one; without the blanks at its end in *len. The caller goes on behind.
 */
size_t wrapper_line(
    struct wrapper *, struct span text, size_t columns, size_t *len);

#endif
