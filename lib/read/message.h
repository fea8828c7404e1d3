/*
 * An utterance that is put together line by line: of chats and subtitles,
 * in which one is known to be over only when the next begins.
 */
#ifndef OFUKU_READ_MESSAGE_H
#define OFUKU_READ_MESSAGE_H

#include "read/draft.h"

/* {.emitter = {.reader = r}} to begin. */
struct message {
	struct emitter emitter;
	bool open;
	bool sound; /* what it says is known to be valid UTF-8 without NUL */
	struct buf speaker, text;
	struct span role; /* outlives the message; len 0: none */
	uint64_t voice;   /* of who speaks next, as struct record has it */
	struct moment start, end;
	uint64_t line, byte; /* where it begins */
};

/* Begins one, which message_end must have ended before. */
void message_begin(struct message *, uint64_t line, uint64_t byte,
    struct moment start, struct moment end);
/* Whose voice is not known. */
void message_speaker(struct message *, struct span);
/* Adds a line of text. */
void message_line(struct message *, struct span);
/* Emits it if one is open: as a record, a skip or a reject. */
int message_end(struct message *, struct err *);
/* Emits text said by speaker at the message's time and place. */
int message_say(struct message *, struct span speaker, struct span text,
    uint64_t line, struct err *);
void message_free(struct message *);

#endif
