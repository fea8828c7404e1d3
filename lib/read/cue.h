/*
 * Cues of subtitles: their text split by the labels that say who speaks, and
 * the reader that SubRip and SubViewer files share.
 */
#ifndef OFUKU_READ_CUE_H
#define OFUKU_READ_CUE_H

#include "read/lines.h"
#include "read/message.h"

/*
 * Emits the lines of text as what was said at the message's time: one
 * utterance, or as many as have a label of their own. What has none is the
 * message's speaker's, who is then the last one named.
 */
int cue_say(struct message *, struct span text, struct err *);

/* A timing line's two times; false: it has the shape, but not the times. */
struct cue_style {
	/* Does the line look like a timing line? */
	bool (*is_timing)(struct span);
	bool (*timing)(struct span, struct moment *start, struct moment *end);
	const char *wanted; /* for messages */
	bool numbered;      /* a number stands above it */
};
/* Reads blocks of a timing line and text, parted by blank lines. */
int cues_read(struct reader *, const struct cue_style *, struct err *);
/*
 * How sure it is that the sample is of that style: 95, where its first lines
 * are a cue, 65 where a sound timing line stands among its first ones; 0 where
 * under no timing line there is a text.
 */
int cues_sniff(const struct sample *, const struct cue_style *);

/* Bytes of the SubRip markup at the beginning: <i>, </font>, {\an8}; 0:
 * none. */
size_t cue_markup(struct span);

#endif
