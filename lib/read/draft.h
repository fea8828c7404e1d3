/*
 * A draft: what a reader found of an utterance, with every field that the
 * canonical form knows (SPEC section 2). draft_emit makes the record of it
 * and applies the rules that all formats share: which clock counts, whether
 * the file is one conversation, what is blank.
 */
#ifndef OFUKU_READ_DRAFT_H
#define OFUKU_READ_DRAFT_H

#include "read/format.h"

/* What a reader knows of a file as it goes on; {.reader = r} to begin. */
struct emitter {
	const struct reader *reader;
	uint64_t read; /* records, of whatever fate */
	uint64_t rejected;
	uint64_t foreign; /* of them, no utterances of any kind */
	bool decided;     /* by the first sound record: */
	bool single;      /* the file is one conversation */
	bool both_clocks; /* noted that a record has two */
	bool unused_id;   /* noted that one has an id, in a file that is one */
};

struct draft {
	struct record record;     /* start and end are set by the emit */
	struct moment start, end; /* from the start */
	struct moment at, until;  /* wall clock */
};

/* Nothing is known but where it begins. Member by member: there are many of
 * these, and what sets so many bytes at once takes long to begin. */
static inline void
draft_begin(struct draft *d, uint64_t line, uint64_t byte)
{
	struct record *r = &d->record;

	r->conversation = r->speaker = r->role = r->text = (struct span){0};
	r->start = r->end = (struct moment){0};
	r->voice = 0;
	r->line = line;
	r->byte = byte;
	d->start = d->end = d->at = d->until = (struct moment){0};
}

/* Hands the draft to the sink: as a record, a skip or a reject. */
int draft_emit(struct emitter *, struct draft *, struct err *);
/* A record that is broken; reason is printf's. */
int emit_reject(struct emitter *, uint64_t line, uint64_t byte,
    struct span excerpt, struct err *, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));
/* A record that is no utterance. */
int emit_skip(struct emitter *, uint64_t line, const char *why, struct err *);
/* What a read function returns: an input in which nothing was read is an
 * error, whose text what ends ("no line holds an utterance"). */
int emit_end(const struct emitter *, const char *what, struct err *);
int emit_nothing(struct span path, const char *what, struct err *);
#define ALL_FOREIGN \
	"no record is one utterance, an object with \"text\" " \
	"(ofuku-formats(5) shows one; --map text=KEY takes another key)"
#define BLANK_LINES "every line is blank"
/* Takes up what is known of the input's part, and gives it back. */
void emit_begin_part(struct emitter *);
void emit_end_part(const struct emitter *);
/* Rejects text (of the stream's last span) that is no valid UTF-8 or holds a
 * NUL. 1: it did; 0: the text is sound. */
int emit_unless_text(struct emitter *, struct span text, uint64_t line,
    uint64_t byte, struct err *);

/* Nothing but Unicode white space? */
bool text_is_blank(struct span);

#endif
