/*
 * What transcripts can be converted to. A target is one file here and one
 * line in converters.def. It writes all that it can hold of an utterance and
 * counts what it cannot, by kind.
 */
#ifndef OFUKU_REPORT_CONVERTER_H
#define OFUKU_REPORT_CONVERTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "report/table.h"
#include "talk/conversation.h"
#include "talk/record.h"

/* id, what a message says behind the number: of one, of several. */
#define LOSSES(X) \
	X(LOSS_ID, "conversation id left out", "conversation ids left out") \
	X(LOSS_JOINED, "conversation became one", "conversations became one") \
	X(LOSS_RENAMED, \
	    "conversation id got a number: another file has it too", \
	    "conversation ids got numbers: other files have them too") \
	X(LOSS_ROLE, "role left out", "roles left out") \
	X(LOSS_ROLE_NAMED, "role became a name", "roles became names") \
	X(LOSS_SPEAKER, "unknown speaker became ?", \
	    "unknown speakers became ?") \
	X(LOSS_NAME, "name reads as text or as another", \
	    "names read as text or as others") \
	X(LOSS_NAMELESS, "text without a speaker reads as if it had one", \
	    "texts without a speaker read as if they had one") \
	X(LOSS_WALL, "wall clock became seconds", \
	    "wall clocks became seconds") \
	X(LOSS_RESOLUTION, "time to the minute or second became exact", \
	    "times to the minute or second became exact") \
	X(LOSS_START, "unknown start became the one before it", \
	    "unknown starts became those before them") \
	X(LOSS_END, "unknown end became 1 ms after the start", \
	    "unknown ends became 1 ms after the start") \
	X(LOSS_END_OUT, "end left out", "ends left out") \
	X(LOSS_ARROW, "--> became -- >", "--> became -- >") \
	X(LOSS_MARKUP, "text like markup got a blank", \
	    "texts like markup got blanks") \
	X(LOSS_BREAK, "line break changed", "line breaks changed")

enum loss {
#define X(id, one, many) id,
	LOSSES(X)
#undef X
	    LOSS_N
};

struct converter;

/* A conversion that goes on. */
struct conversion {
	const struct converter *to;
	struct buf *out;
	uint64_t losses[LOSS_N];
	uint64_t conversations; /* of those written whole */
	/* A target's own. */
	struct table table;
	struct moment origin; /* where cues count from */
	int64_t before;       /* ms: the last cue's start */
	uint64_t cues;
};

struct converter {
	const char *name; /* what --to takes */
	const char *help;
	/* It has no ids: conversations come one after another, each in the
	 * order of time. Others take records as they come. */
	bool whole;
	bool utf8; /* by its definition */
	bool json;
	/* Each NULL where there is nothing to do. */
	void (*begin)(struct conversion *);
	void (*conversation)(struct conversion *, struct span id);
	/* The record's conversation is never empty. */
	void (*record)(struct conversion *, const struct record *);
};

extern const struct converter *const converters[];
extern const size_t nconverters;
/* NULL: there is none. */
const struct converter *converter_named(const char *name);

/* out must outlive the conversion. */
void conversion_open(
    struct conversion *, const struct converter *, struct buf *out);
/* A whole conversation, under that id. */
void conversion_conversation(
    struct conversion *, const struct conversation *, struct span id);
/* "3 roles left out, 12 wall clocks became seconds"; or nothing. */
void conversion_losses(const struct conversion *, struct buf *out);
void conversion_close(struct conversion *);

#endif
