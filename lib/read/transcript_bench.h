/* A transcript read as a whole, for the stages that begin behind reading. */
#ifndef OFUKU_READ_TRANSCRIPT_BENCH_H
#define OFUKU_READ_TRANSCRIPT_BENCH_H

#include "rule/rules.h"
#include "talk/conversation.h"

struct bench_reading {
	struct rules *rules;
	struct matcher *matcher;
	int fd; /* the transcript */
	size_t bytes;
	bool keep; /* the records */
	struct arena arena;
	struct utterance *utterances;
	size_t nutterances, utterances_cap;
	struct conversation *at; /* their utterances side by side */
	size_t n, cap;
};

/* The policy in the library, and the transcript as a file. */
void bench_reading_open(struct bench_reading *, struct span transcript);
/* Reads it once. */
void bench_reading_read(struct bench_reading *);
/* Reads it into at, in which a conversation's records stand together. */
void bench_reading_conversations(struct bench_reading *);
/* Roles resolved and backchannels marked. */
void bench_reading_roles(struct bench_reading *);
void bench_reading_close(struct bench_reading *);

#endif
