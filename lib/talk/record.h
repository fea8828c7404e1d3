/*
 * A record: one utterance as a reader hands it on, and the sink it goes to.
 * Spans are valid UTF-8 and hold until the sink returns.
 */
#ifndef OFUKU_TALK_RECORD_H
#define OFUKU_TALK_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"
#include "talk/moment.h"
#include "talk/note.h"

struct record {
	struct span conversation; /* len 0: the file is one */
	struct span speaker;      /* len 0: not said */
	struct span role;         /* the format's own role field */
	struct span text;
	struct moment start, end;
	/* Records that have the same one are alike in conversation, speaker and
	 * role; 0: nothing is known of that. */
	uint64_t voice;
	uint64_t line; /* 1: the first; on which it begins */
	uint64_t byte; /* offset in the input, 0: the first */
};

/*
 * Where a reader puts what it read. Each record read goes to exactly one of
 * record, skip and reject. All return -1 with err filled if reading must stop.
 */
struct sink {
	void *ctx;
	int (*record)(void *ctx, const struct record *, struct err *);
	/* Blank texts and events that are no message; why: "blank", … */
	int (*skip)(void *ctx, uint64_t line, const char *why, struct err *);
	/* reason: what is wrong and what was wanted; excerpt: raw bytes. */
	int (*reject)(void *ctx, uint64_t line, uint64_t byte,
	    const char *reason, struct span excerpt, struct err *);
	void (*note)(
	    void *ctx, enum note_id, uint64_t line, struct span detail);
	/* The id of a one-conversation file, from a field that the format
	 * defines as one; may come before the first record only. */
	int (*identify)(void *ctx, struct span id, struct err *);
};

#endif
