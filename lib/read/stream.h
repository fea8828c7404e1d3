/*
 * An input as a stream of UTF-8: unpacked (gzip, zstd, by content) and
 * decoded. A byte that did not decode stands as BAD_BYTE (text/encoding.h).
 */
#ifndef OFUKU_READ_STREAM_H
#define OFUKU_READ_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"
#include "base/watch.h"

struct stat;
struct stream;

/* Behind every span returned, so many bytes can be read (simdjson wants it);
 * behind a line stand its CR LF or LF. */
#define STREAM_PADDING 64

/* path is for messages and must outlive the stream; encoding NULL: detect. */
int stream_open(struct stream **, int fd, struct span path,
    const char *encoding, struct err *);
/* The same for who wants to know what is read, and may stop it; opened as
 * container_open has it. */
int stream_open_watched(struct stream **, int fd, struct span path,
    const struct stat *opened, const char *encoding, struct watch *,
    struct err *);
void stream_close(struct stream *);
struct span stream_path(const struct stream *);
/* Label of the encoding in use; whether no candidate decoded it cleanly. */
const char *stream_encoding(const struct stream *, bool *guessed);

/* The first bytes of the input, unpacked but not decoded: 8 KiB at most.
 * Holds until the first read of lines. */
struct span stream_head(const struct stream *);
/* Is all of the input there, and valid UTF-8 without a decoder? False: nobody
 * has looked. */
bool stream_is_sound(const struct stream *);
/* Is all of it there, and none of it a CR? False: nobody has looked. */
bool stream_is_without_cr(const struct stream *);
/* Up to n decoded bytes without consuming them; fewer at the end only. */
int stream_peek(
    struct stream *, size_t n, struct span *out, bool *whole, struct err *);
/*
 * The next line without its LF or CR LF. 1: there is one; 0: the end; -1: an
 * error (I/O, broken container, longer than max). Holds until the next call,
 * or, of a sound stream, as long as that.
 */
int stream_line(struct stream *, size_t max, struct span *line, struct err *);
/* What is left of what is in memory, which is all of a block: lines, and
 * perhaps a part of one. */
struct span stream_left(const struct stream *);
/* The number of the first of these lines. */
uint64_t stream_next_line(struct stream *);
/* Passes over n of them, so many bytes with their ends: for who finds these by
 * reading. */
void stream_pass(struct stream *, size_t len, uint64_t n);
/*
 * Where whole lines may be cut so that what is read by itself is what it is in
 * the whole: returns how many bytes of them, from their beginning; 0: more is
 * needed, or, *alone, what follows has to be read from the stream itself. The
 * last line lacks its end at the end of the input alone.
 */
struct cutter {
	size_t (*cut)(void *ctx, struct span lines, bool *alone);
	void *ctx;
};
enum stream_cut { CUT_END, CUT_BLOCK, CUT_ALONE };
/*
 * The next whole lines, about size bytes of them, as a stream of their own that
 * knows its place; NULL: any line end is a cut. -1: an error of I/O. A line
 * longer than max stands in a block that may end in it. Instead of other
 * reads, until CUT_ALONE, behind which a block may follow at the next line.
 */
int stream_block(struct stream *, size_t size, size_t max,
    const struct cutter *, struct stream **block, struct err *);
/* The next stretch of bytes, any size; 1, 0 at the end, -1. */
int stream_chunk(struct stream *, struct span *chunk, struct err *);
/* All that is left as one span; an error beyond max names the option. */
int stream_all(struct stream *, size_t max, struct span *out, struct err *);
/* Number (from 1) of the line, and offset in the input (unpacked, before
 * decoding) of the byte, at which what was returned last begins. */
uint64_t stream_line_number(const struct stream *);
uint64_t stream_byte(const struct stream *);
/* The offset in the input of a byte within what was returned last. */
uint64_t stream_origin(const struct stream *, const char *at);
/* Does what was returned last hold that byte? */
bool stream_holds(const struct stream *, const char *at);
/* The byte of the input that stands there as BAD_BYTE, or the byte itself. */
unsigned char stream_raw(const struct stream *, const char *at);

#endif
