/*
 * Cues whose text is a JSON object that says who spoke and what: Microsoft
 * Graph's callTranscript, "metadataContent". The first cue of a file decides
 * whether all of its cues are such.
 */
#ifndef OFUKU_READ_METACUE_H
#define OFUKU_READ_METACUE_H

#include "read/json.h"

/* {0} to begin; metacues_free to end. */
struct metacues {
	bool decided, are; /* do this file's cues hold objects? */
	bool open;         /* the parser is */
	struct json json;
	struct buf padded;         /* what is parsed */
	struct span speaker, text; /* of the last one, until the next */
};

/* Takes a cue's text; true: it is such an object. nesting_max: of JSON. */
bool metacue_read(struct metacues *, struct span raw, size_t nesting_max);
void metacues_free(struct metacues *);

#endif
