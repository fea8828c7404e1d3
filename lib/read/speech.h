/*
 * What the JSON documents of contact centres and speech recognisers share:
 * the document is read whole, its utterances are said in the document's
 * order, and words without utterances are put together by speaker. Fields
 * are taken leniently; what is of the wrong type rejects its utterance.
 */
#ifndef OFUKU_READ_SPEECH_H
#define OFUKU_READ_SPEECH_H

#include "base/map.h"
#include "read/draft.h"
#include "read/json.h"
#include "read/outline.h"

/* One utterance, or a word of one. Spans hold as long as the document. */
struct said {
	struct json_value at;     /* the value that it stands in */
	struct span conversation; /* of many in a document; len 0: one */
	struct span speaker, role, text;
	struct moment start, end;
};

struct speech {
	struct reader *reader;
	struct emitter emitter;
	struct json json;
	struct json_value root;
	struct span text; /* of the document, or of the array that it is in */
	struct json_cursor cursor, begin; /* where it is; of the document */
	bool many;        /* documents in the input, each a conversation: */
	size_t documents; /* that were begun */
	uint64_t before;  /* lines before the document */
	bool listed;      /* an utterance list was there */
	/* Of what is said and names none; len 0: the document is one. */
	struct span conversation;
	char wrong[200];  /* of what is said next */
	struct map names; /* of numbered speakers */
	struct buf scratch;
	struct said open; /* what words are put together to */
	struct buf words;
	char open_wrong[200];
};

/* One of a vendor's words for a role, and one that role names know. */
struct role_word {
	const char *vendor, *role;
};

/* Seconds of a unit of time. */
#define UNIT_SECOND 1.0
#define UNIT_MILLI 1e-3
#define UNIT_TICK 1e-7 /* 100 ns */

/*
 * Reads the input as one JSON document and calls body for it; -1 with a
 * place where it is no JSON, too long, or body found no list of utterances.
 * missing says what was wanted then.
 */
int speech_read(struct reader *, int (*body)(struct speech *, struct err *),
    const char *missing, struct err *);
/*
 * The same of a format of which a document may be an array, whose first value
 * then has no such key: it would be a document. Any other array is one of
 * documents (read/documents.h).
 */
int speech_read_array(struct reader *, const char *key,
    int (*body)(struct speech *, struct err *), const char *missing,
    struct err *);

/* The conversation's id, where v is a string or an integer. */
int speech_identify(struct speech *, struct json_value v, struct err *);
/* Is it an array that is not empty? */
bool speech_lists(struct json_value);
/* A walk over a list of utterances; notes that there was one. */
struct json_walk speech_list(struct speech *, struct json_value);

/* A string that must be there, for what is said next. */
struct span speech_text(
    struct speech *, struct json_value object, const char *key);
/* A string that may be missing or null: then empty. */
struct span speech_field(
    struct speech *, struct json_value object, const char *key);
/* The same, or a number, which becomes a name behind prefix. */
struct span speech_name(struct speech *, struct json_value object,
    const char *key, const char *prefix);
/* A time from the start in units, a number or digits in a string. */
struct moment speech_time(
    struct speech *, struct json_value object, const char *key, double unit);
/* A duration of protobuf's JSON: "0.5s", or {seconds, nanos}. */
struct moment speech_proto(
    struct speech *, struct json_value object, const char *key);
/* A wall clock in a string (moment_parse_wall), or epoch milliseconds. */
struct moment speech_wall(
    struct speech *, struct json_value object, const char *key);
/* The moment so many ms later; unknown where m is. */
struct moment moment_later(struct moment m, int64_t ms);
/* The vendor's role by a table that ends in {0}; others as they are. */
struct span role_translate(const struct role_word *, struct span);

/* Notes something about a value. */
void speech_note(
    struct speech *, struct json_value, enum note_id, struct span detail);
/* Notes that the document is a page of several, where object's key names a next
 * one, or is true. */
void speech_more(struct speech *, struct json_value object, const char *key);
/* Says it: a record, a skip where the text is blank, or a reject. */
int speech_say(struct speech *, const struct said *, struct err *);
/* Rejects what begins at a value; reason is printf's. */
int speech_reject(struct speech *, struct json_value, struct err *,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* What is no message: an event, silence. */
int speech_skip(
    struct speech *, struct json_value, const char *why, struct err *);
/*
 * Puts a word behind those before it, without a blank next to Japanese; says
 * those first where the speaker changes, a sentence ended, or there is a gap
 * of more than a second. A mark of punctuation belongs to the word before.
 */
int speech_word(struct speech *, const struct said *, bool mark, struct err *);
/* Says what words are still open. */
int speech_flush(struct speech *, struct err *);

#endif
