/*
 * The text of a WebVTT cue, read as the WebVTT standard has it (W3C WebVTT,
 * section 6.4, "WebVTT cue text parsing rules"): tags taken out, character
 * references replaced, and which voice says which part.
 */
#ifndef OFUKU_READ_CUETEXT_H
#define OFUKU_READ_CUETEXT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A part of the text in one voice. */
struct cuepart {
	size_t text, text_len;   /* in cuetext.text */
	size_t voice, voice_len; /* in cuetext.names; len 0: no voice */
	uint64_t number;         /* of the voice, in no other cue another's;
				  * 0: it has none */
};

struct cuenode;

/* A voice's tag as it stands, and what comes of it; both in cuetext.names. */
struct cuevoice {
	size_t tag, tag_len;
	size_t name, name_len;
	uint64_t number;
};
enum { CUEVOICES = 4 };

/* {0} to begin; memory and voices are kept from cue to cue. */
struct cuetext {
	struct buf text;  /* of all parts, one behind another */
	struct buf names; /* and tags, of some cues */
	struct cuevoice voices[CUEVOICES]; /* met lately */
	uint64_t nvoices;                  /* met in all */
	struct cuepart *parts;             /* neighbours differ in voice */
	size_t n, cap;
	struct cuenode *nodes; /* the open tags */
	size_t depth, nodes_cap;
	struct buf scratch; /* of a tag's annotation */
};

void cuetext_parse(struct cuetext *, struct span raw);
void cuetext_free(struct cuetext *);
/*
 * Reads the character reference behind the & at s.at[0] and appends what it
 * stands for; returns how many bytes it takes up, 0 if it is none. stop: a
 * character that makes the & stand for itself, or 0.
 */
size_t charref(struct span s, char stop, struct buf *out);

#endif
