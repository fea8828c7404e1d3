/*
 * Encodings: which one a text is in (SPEC section 2), and its bytes as UTF-8.
 * A byte that does not decode becomes BAD_BYTE, which no valid UTF-8 holds:
 * the record it stands in is rejected by its reader with the place. Never a
 * silent U+FFFD.
 */
#ifndef OFUKU_TEXT_ENCODING_H
#define OFUKU_TEXT_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/span.h"

#define BAD_BYTE '\xff'
/* How much of an input decides its encoding. */
#define ENCODING_SAMPLE (1u << 20)

/*
 * The encoding of a text that begins with sample: an ICU converter name that
 * lives for ever ("UTF-8", "UTF-16LE", "ibm-943_P15A-2003" or what
 * encoding.c maps CP932 to, "EUC-JP", "ISO-2022-JP"). whole: nothing follows
 * the sample, so a sequence cut off at its end is broken. *bom: bytes of a
 * byte order mark to skip.
 */
const char *encoding_detect(struct span sample, bool whole, size_t *bom);
/* The same where utf8_valid has been asked: valid is what it said. */
const char *encoding_detect_from(
    struct span sample, size_t valid, bool whole, size_t *bom);
/* The name that reports and messages print for a converter name: "CP932". */
const char *encoding_label(const char *name);
/* The converter name for what a user calls an encoding; else as it is. */
const char *encoding_converter(const char *label);

/* Always -1: no such encoding; names the nearest, of ICU's names, too. */
int encoding_unknown(const char *name, struct err *);

/* Offset of the first byte that is not valid UTF-8 (RFC 3629), or len. */
size_t utf8_valid(struct span);
/* The same, without a look at what stands behind that byte: for those who go
 * on there. */
size_t utf8_run(struct span);

struct decoder;

/* name: any ICU converter, or one of the labels. Error: unknown, with hint. */
int decoder_open(struct decoder **, const char *name, struct err *);
/*
 * Decodes in and appends UTF-8 to out; flush at the end of the input. origin,
 * where not NULL, is called for each line start and some places between (bad
 * is -1) and for each bad byte (bad is its value) with the offset in out->at
 * and the offset in the input since decoder_open.
 */
void decoder_feed(struct decoder *, struct span in, bool flush, struct buf *out,
    void (*origin)(void *, size_t out_at, uint64_t in_at, int bad), void *ctx);
/* Bytes that decoded text took up in the encoding. */
uint64_t decoder_length(struct decoder *, struct span text);
/* For tests: from now on all goes through ICU, slowly. */
void decoder_by_icu(struct decoder *);
void decoder_close(struct decoder *);

#endif
