/* An utterance object of the canonical form (SPEC section 2) as a draft. */
#ifndef OFUKU_READ_UTTERANCE_H
#define OFUKU_READ_UTTERANCE_H

#include "read/draft.h"
#include "read/json.h"

/* Its fields, in the order of the contract. */
enum utterance_field {
	UTTERANCE_TEXT,
	UTTERANCE_CONVERSATION,
	UTTERANCE_SPEAKER,
	UTTERANCE_ROLE,
	UTTERANCE_START,
	UTTERANCE_END,
	UTTERANCE_AT,
	UTTERANCE_UNTIL,
	UTTERANCE_FIELDS /* none of them: to be ignored */
};
/* Of a record's key, by --map: a field that has another key there has that one
 * alone. NULL: by the contract. */
enum utterance_field utterance_field(
    const struct read_options *, struct span key);
/* Has an object the key of the text? And may what is seen of a file, which can
 * be cut anywhere? */
bool utterance_has_text(const struct read_options *, struct json_value object);
bool utterance_may_have_text(const struct read_options *, struct span seen);
/* What utterance_field is asked with: --map is for records that have one of its
 * keys; others, as of another file beside those, are the contract's. */
const struct read_options *utterance_map(
    const struct read_options *, struct json_value object);

/*
 * The key under which a record has its parts, which makes it a whole document
 * that only has a "text", too ("utterances", "segments"; "words", where it
 * says neither who spoke nor when); len 0: it has none. Lists of numbers or
 * strings, and those of other things, are keys to be ignored.
 */
struct span utterance_parts(struct json_value object);

/* What a field is set to. */
struct scalar {
	enum json_type type; /* JSON_NONE: it is absent */
	struct span text;    /* a string; digits of a whole number, or none */
	double number;
	bool by_thousandths; /* it is thousandths / 1000, and number not set */
	int64_t thousandths; /* 0 or more */
	struct json_value doc; /* where it stands, if in a document */
};

/*
 * Emits the utterance that v is. line and byte say where it begins; excerpt
 * is shown where it is rejected; ids is scratch for a conversation's number.
 */
int utterance_emit(struct emitter *, struct json_value v, uint64_t line,
    uint64_t byte, struct span excerpt, struct buf *ids, struct err *);
/* Who speaks, and where. */
struct voice {
	struct span conversation, speaker, role; /* len 0: not said */
	uint64_t number;                         /* a record's voice */
};

/* Values of an utterance whose strings hold no NUL. */
struct scalars {
	unsigned set;              /* a bit for each field that has one */
	const struct voice *voice; /* says who speaks; NULL: the values do */
	struct scalar at[UTTERANCE_FIELDS + 1]; /* the last: of no field */
};

/* Emits the utterance that they make. 1: it did; 0: a value is not what is
 * wanted, and nothing was emitted; -1. */
int utterance_emit_scalars(struct emitter *, const struct scalars *,
    uint64_t line, uint64_t byte, struct err *);

#endif
