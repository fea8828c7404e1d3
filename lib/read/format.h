/*
 * A transcript format: one file in read/, one line in formats.def. A reader
 * turns a stream into records and hands them to the sink of talk/record.h.
 */
#ifndef OFUKU_READ_FORMAT_H
#define OFUKU_READ_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"
#include "read/stream.h"
#include "rule/rules.h"
#include "talk/record.h"

struct column_map {
	enum column column;
	struct span name; /* header name, or number from 1 */
};

#define BLOCK_SIZE ((size_t)256 << 10)

/* What a user can say about an input. */
struct read_options {
	const struct format *format; /* NULL: detect */
	const char *encoding;        /* NULL: detect */
	char delimiter;              /* 0: detect */
	bool no_header;
	const struct column_map *map;
	size_t nmap;
	size_t record_max;   /* bytes of one record */
	size_t document_max; /* bytes of a JSON document */
	size_t nesting_max;  /* of its arrays and objects */
	struct watch *watch; /* of the run; NULL: none */
	bool discreet;       /* messages do not say what an input holds */
};

/* A value of the input as a message may show it. */
static inline struct span
value_shown(const struct read_options *o, struct span value)
{
	return o->discreet ? SPAN("…") : value;
}
#define RECORD_MAX_DEFAULT ((size_t)64 << 20)
#define DOCUMENT_MAX_DEFAULT ((size_t)512 << 20)
#define DOCUMENT_MAX_MOST (((size_t)1 << 32) - 1)

/*
 * How far an input that is read block by block is known: what its first
 * records decided, and the records of all blocks. Until it is decided, blocks
 * are read one by one, in order; from then on known only is looked at.
 */
struct part {
	bool decided, single;   /* the file is one conversation */
	uint64_t read, foreign; /* as in struct emitter */
	void *known;            /* the format's own */
	size_t size;            /* of a block, about */
	/* Not a block but the stream itself, from where it could not be cut
	 * to where it may be again, a block's size behind. */
	bool alone;
	const char *nothing; /* what emit_end would say; NULL: BLANK_LINES */
};

struct reader {
	struct stream *in;
	const struct pack *pack;
	struct viewer *viewer;
	const struct read_options *options;
	const struct sink *sink;
	struct arena *arena; /* the file's lifetime */
	struct part *part;   /* NULL: the input is read whole */
};

/* The decoded beginning of an input, for sniffing. */
struct sample {
	struct span text; /* up to SNIFF_SIZE bytes, UTF-8 but
					 * for BAD_BYTEs; may end anywhere */
	bool whole;       /* nothing follows */
	struct span path; /* "-" for standard input; never
					 * decides alone */
	const struct pack *pack;
	struct viewer *viewer;
	const struct read_options *options;
	/* Set by a sniff that says no (NULL: not asked for): how much of what it looks for the
	 * sample has, 0 to 100. */
	unsigned *near;
};
#define SNIFF_SIZE 65536

struct format {
	const char *name; /* what --format takes */
	const char *help; /* one line for --list-formats */
	/*
	 * How sure it is that the sample is of this format: 0 no, 100 certain.
	 * The highest wins, of equals the one listed first. Where it says no,
	 * *why tells what was missing ("no line begins with {").
	 */
	int (*sniff)(const struct sample *, const char **why);
	/* sniff looks at a signature alone: it says 0, or 100 and is right. */
	bool signs;
	/* NULL, or appends to why what else the sample's user should know. */
	void (*explain)(const struct sample *, struct buf *);
	/* Can be read block by block: */
	bool splits;
	/* NULL: any line that ends can be followed by a block of its own;
	 * else what struct part's known is, before anything is read (NULL:
	 * err), where blocks are cut, and what frees it. */
	void *(*know)(const struct reader *, struct err *);
	size_t (*cut)(void *known, struct span lines, bool *alone);
	void (*forget)(void *known);
	/* Reads all; -1: the input must be given up, err names the line. */
	int (*read)(struct reader *, struct err *);
};

extern const struct format *const formats[];
extern const size_t nformats;

/* By name; NULL: unknown. */
const struct format *format_named(const char *name);
/* NULL: none fits; then why[i] is what formats[i] missed, near[i] how much of
 * it there is. */
const struct format *format_detect(
    const struct sample *, const char *why[], unsigned near[]);

/*
 * Opens an input, detects its encoding and format and reads it to the end.
 * fd is read, not closed. *used is the format (NULL: none fitted; then -1 and
 * err names the first bytes and the nearest candidates; a damaged document is
 * one of JSON).
 */
struct input {
	int fd;
	const struct stat *opened; /* as container_open has it */
	struct span path;          /* printable, for messages */
	const struct pack *pack;
	struct viewer *viewer;
	const struct read_options *options;
	const struct sink *sink;
	/* Called once when the format is known, before the first record. */
	void (*began)(void *ctx, const struct format *, const char *encoding);
};
int input_read(const struct input *, const struct format **used, struct err *);
/*
 * The same in two steps: opens and detects; then reads on to the end. The
 * stream is the caller's to close, also where the second step is left out.
 */
int input_begin(const struct input *, struct stream **,
    const struct format **used, struct err *);
int input_rest(
    const struct input *, struct stream *, const struct format *, struct err *);
/*
 * Can the rest be taken by stream_block, each block read by itself? Then the
 * part is made ready (input_part_free): 1; 0: it cannot be; -1.
 */
int input_splits(const struct input *, struct stream *, const struct format *,
    struct part *, struct err *);
void input_part_free(const struct format *, struct part *);
/* Reads one such block, or alone from the stream itself. */
int input_block(const struct input *in, struct stream *block,
    const struct format *, struct part *, struct err *);
/* What reading all would have said at the end. */
int input_block_end(const struct input *, const struct part *, struct err *);

#endif
