/*
 * JSON, parsed by simdjson and walked in plain C without allocation: a value
 * is a place on simdjson's tape. Text comes out unescaped, as valid UTF-8.
 * Where simdjson refuses a text, json_locate says where and why.
 */
#ifndef OFUKU_READ_JSON_H
#define OFUKU_READ_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How deep arrays and objects may nest, if nobody says otherwise, and the most
 * that one can say. */
#define JSON_DEPTH 1024
#define JSON_DEPTH_MOST 1000000

/* A parser and the document it parsed last; memory is kept between them. */
struct json {
	void *parser; /* simdjson's */
	const uint64_t *tape;
	const uint8_t *strings;
	void *run; /* see json_run_begin; NULL: none */
	size_t depth;
};

enum json_type {
	JSON_NONE, /* what json_get returns for a missing key */
	JSON_NULL,
	JSON_BOOL,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

/* Holds until the next json_parse of its document. */
struct json_value {
	const struct json *doc; /* NULL: none */
	size_t at;              /* index on the tape */
};

/* A walk over an array's values or an object's members. */
struct json_walk {
	const struct json *doc;
	size_t at, end;
	bool keys;
};

/* C++ without memory tells mem.h so: for the whole process. */
void json_use_memory(void);
/* depth: how deep a text may nest. */
void json_open(struct json *, size_t depth);
void json_close(struct json *);
/*
 * Parses text, behind which STREAM_PADDING bytes are readable. *why: what
 * simdjson says, for what json_locate finds no fault with; lives for ever.
 */
bool json_parse(struct json *, struct span text, const char **why);

/* The same of a text behind which nothing is promised: it is copied into room,
 * and why is not told. */
bool json_parse_copy(struct json *, struct span text, struct buf *room);

/*
 * Parses many lines in one go, which is quicker: a run over a text of whole
 * lines, behind which STREAM_PADDING bytes are readable. False: it cannot be
 * done. Then each line in order, blank ones left out: true, and it is the
 * document as json_parse would have it; or false, and from this line on each
 * must be given to json_parse and the run be ended. Two runs on one thread
 * must not overlap.
 */
bool json_run_begin(struct json *, struct span text);
bool json_run_next(struct json *, struct span line);
void json_run_end(struct json *);

struct json_value json_root(const struct json *);
enum json_type json_type(struct json_value);
/* "a string", "an object", …: for messages. */
const char *json_type_name(struct json_value);

/* Nothing to walk where the value is no array or object. */
struct json_walk json_each(struct json_value);
/* Next value, and its key (NULL for arrays: not wanted); false: the end. */
bool json_next(struct json_walk *, struct span *key, struct json_value *);
/* The first member with that key; JSON_NONE where there is none, or where
 * the value is no object. */
struct json_value json_get(struct json_value, const char *key);

/* Each false where the value is of another type. */
bool json_string(struct json_value, struct span *);
bool json_double(struct json_value, double *);
/* A number without fraction or exponent that fits. */
bool json_integer(struct json_value, int64_t *);
bool json_bool(struct json_value, bool *);
/* A string as it is, an integer in digits, put into buf; else false. */
bool json_id(struct json_value, struct buf *, struct span *);

/* The double that a JSON number in decimals is, as json_double has it. */
bool json_decimal(struct span digits, double *);

/* Where in the text a value begins, found by walking both side by side:
 * cheap where the values asked for come in the order of the document. */
struct json_cursor {
	struct span text; /* the text that was parsed */
	size_t byte;      /* how far it is read */
	size_t tape;      /* and which value stands there */
	uint64_t line;    /* on which that value begins */
};
struct json_cursor json_cursor_at(struct span text);
/* Leaves byte and line at the value, which must not lie before them. */
void json_cursor_to(struct json_cursor *, struct json_value);

/* Where and why a text is no JSON value (RFC 8259), or one that no reader
 * here holds. */
struct json_fault {
	const char *kind;      /* what messages begin with: "not valid JSON" */
	size_t byte;           /* offset in the text */
	uint64_t line, column; /* from 1; columns are characters */
	char reason[240];
};
/* False: there is nothing wrong with the text. depth as of json_open. */
bool json_locate(struct span text, size_t depth, struct json_fault *);

#ifdef __cplusplus
}
#endif
#endif
