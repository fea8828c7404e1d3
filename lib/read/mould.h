/*
 * A mould: what lines of JSON Lines by one writer have in common, all but
 * their values. It is taken of a line that simdjson has parsed. A line that
 * equals it outside of its values is such a document too, if its strings hold
 * no control character and no escape by number and its numbers are short
 * decimals: then its values are known without a parse.
 */
#ifndef OFUKU_READ_MOULD_H
#define OFUKU_READ_MOULD_H

#include "read/utterance.h"

/* Bytes are looked at sixteen at a time. */
enum {
	MOULD_VALUES = 16,
	MOULD_STEP = 16,
	MOULD_BYTES = 512,
	MOULD_VOICES = 2, /* as many as take turns */
	MOULD_HEAD = 256
};

struct mould_value {
	uint16_t begin, len; /* of bytes: what stands before it */
	uint8_t field;       /* enum utterance_field */
	bool number;         /* it is none of a string's */
};

/* How lines of one speaker in one conversation begin, up to the first value
 * that is another in each. */
struct mould_voice {
	char bytes[MOULD_HEAD];
	uint16_t len;     /* 0: none is known */
	struct voice who; /* in bytes */
};

struct mould {
	char bytes[MOULD_BYTES]; /* each of what stands somewhere is padded */
	struct mould_value values[MOULD_VALUES];
	unsigned n;
	uint16_t begin, len; /* of bytes: what stands behind the last */
	unsigned set;        /* a bit for each field that has a value */
	unsigned head;       /* values that say who speaks, up to the first
			      * that does not; 0: it does not pay, or others
			      * say it, too */
	struct mould_voice voices[MOULD_VOICES];
	unsigned last; /* of them, that was met last */
};

/* Takes the mould of a line that is a sound utterance object, behind which more
 * can be read (read/stream.h). False: it has what no mould can have (arrays,
 * objects, escaped keys, too many members). */
bool mould_take(struct mould *, const struct read_options *, struct span line);
/* Does a line fit the one if and only if it fits the other? */
bool mould_same(const struct mould *, const struct mould *);
/*
 * Does a line that text begins with fit? How long it is, without its end; 0: it
 * does not. Then values are the utterance's, until the mould is asked again.
 * The line is UTF-8, and what stands behind the text can be read, too. Strings
 * with escapes stand in room, until the next call. The values are none of a
 * document's: they were {0} at first.
 */
size_t mould_fits(
    struct mould *, struct span text, struct buf *room, struct scalars *values);

#endif
