/*
 * A batch: records of one input as they were read in one go, a few hundred
 * KiB of them, and what happened between them. One thread fills a batch,
 * then another puts it in order; from then on only its holders are counted.
 */
#ifndef OFUKU_TALK_BATCH_H
#define OFUKU_TALK_BATCH_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "talk/conversation.h"
#include "talk/record.h"

struct format;

/* Records in a row that name one conversation, as far as a reader can see. */
struct stretch {
	struct span id; /* len 0: none named */
	uint32_t first, n;
	unsigned clocks; /* 1 << each that a start or end has */
	bool timed;
	int64_t begin, finish; /* of the known times */
	uint64_t order;        /* of its first record in the run */
	bool hushed; /* conversation_quiet and not _seamless by itself: known
		      * where its records were glanced at one by one */
};

/* What a reader told besides records; where it happened no stretch goes on. */
enum happening_kind {
	HAPPENED_BEGAN,    /* format, text: encoding */
	HAPPENED_IDENTIFY, /* detail: the id */
	HAPPENED_SKIP,     /* text: why */
	HAPPENED_REJECT, /* text: reason, detail: excerpt, in a batch's arena */
	HAPPENED_NOTE,   /* note, detail */
	HAPPENED_UNREAD, /* text: why it could not be opened */
	HAPPENED_FAILED, /* text: the error; format NULL: none fitted */
	HAPPENED_BROKEN, /* text: why it could not be read to its end */
	HAPPENED_END,    /* of the input */
};

struct happening {
	enum happening_kind kind;
	enum note_id note;
	size_t stretch; /* before which of the batch */
	uint64_t line, byte;
	const char *text;
	struct span detail;
	const struct format *format;
};

/* Who said something, and in which input; many utterances share one. */
struct who {
	struct span speaker, role_field, source;
};

/* An utterance as it is held: half as large, as there may be many. */
struct spoken {
	const char *text;
	size_t text_len;
	const struct who *who;
	int64_t start, end; /* ms of the moments */
	uint64_t line, byte;
	int16_t start_offset, end_offset; /* of the moments, too */
	uint8_t start_kind, end_kind; /* clock, and precision from bit 4 on */
	uint8_t quiet;                /* enum quiet */
	bool phraseless;
};

/* What it stands for. */
void spoken_utterance(const struct spoken *, struct utterance *);

/* Whose a record's voice is in the stretch that goes on. */
struct voiced {
	const struct who *who; /* NULL: not known */
	uint64_t voice;
};

enum { MET_LATELY = 4 };

struct batch {
	struct arena arena; /* texts, names */
	struct spoken *at;
	size_t n, cap;
	struct stretch *stretches;
	size_t nstretches, stretches_cap;
	struct happening *happenings;
	size_t nhappenings, happenings_cap;
	const struct who *met[MET_LATELY]; /* NULL: nobody */
	unsigned last_met;
	struct voiced voiced[MET_LATELY]; /* by voice */
	bool broken;                      /* the next record begins a stretch */
	bool pooled;                      /* at is of base/pool.h */
	atomic_uint holders;
	void *input;        /* whose it is */
	struct batch *next; /* in a queue */
};

/* Held once. room: for how many records to begin with; it grows. */
struct batch *batch_new(void *input, size_t room);
void batch_hold(struct batch *);
void batch_drop(struct batch *); /* frees it behind the last holder */
/* Adds an utterance whose text lives as long as the batch; its names are
 * copied. */
void batch_add(struct batch *, const struct utterance *);
/*
 * Copies the record; source is the path to print, which outlives the batch.
 * Returns what it has become.
 */
struct spoken *batch_record(
    struct batch *, const struct record *, struct span source);
/* Returns it, to be filled; text and detail must live as long as the batch. */
struct happening *batch_happening(struct batch *, enum happening_kind);
/* Bytes that it takes. */
size_t batch_size(const struct batch *);
/* Gives back the room that was not needed. */
void batch_trim(struct batch *);

/* Counts an utterance in. */
void stretch_add(struct stretch *, const struct spoken *);

#endif
