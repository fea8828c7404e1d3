/*
 * UTF-8 out into another encoding. A character that the encoding does not
 * have is counted and written as 〓, the printer's mark for a missing type,
 * where the encoding has that, else as ?; an invisible one is left out. In
 * JSON all are \uXXXX, which loses nothing. Bytes come out as the decoder of text/encoding.h read them: 〜 is
 * 0x8160 in CP932 whether it was U+301C or U+FF5E.
 */
#ifndef OFUKU_TEXT_ENCODER_H
#define OFUKU_TEXT_ENCODER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

/* What could not be encoded, in all outputs of a run; {0} to begin. */
struct unencoded {
	uint64_t n;        /* characters */
	size_t kinds;      /* different ones */
	uint32_t first[5]; /* in order of appearance */
	uint8_t *seen;     /* a bit a code point */
	bool unseen;       /* some are invisible: nothing stands
					 * for them */
};

struct encoder;

/*
 * name: any ICU converter, or a label of text/encoding.c. json: what is fed
 * is JSON. The struct unencoded outlives the encoder. Error: unknown name.
 */
int encoder_open(struct encoder **, const char *name, bool json,
    struct unencoded *, struct err *);
/* Appends text's bytes; whole characters only. flush: at the very end. */
void encoder_feed(
    struct encoder *, struct span text, bool flush, struct buf *out);
void encoder_close(struct encoder *);
/* Is it invisible, so that nothing stands for it where it is not had? */
bool encoder_may_drop(uint32_t);

/*
 * "3 characters of 2 kinds (𠮷, é) are not in CP932: written as 〓"; nothing
 * where all were encoded. name is the one given to encoder_open.
 */
void unencoded_say(const struct unencoded *, const char *name, struct buf *out);
void unencoded_free(struct unencoded *);

#endif
