/*
 * What a reader makes of bytes, as text that a test compares: a line for each
 * record ("record 2 c1|客|customer|0:00:01.000|0:00:02.000|…"), skip, reject,
 * note and, at the end, error.
 */
#ifndef OFUKU_READ_INPUT_TEST_H
#define OFUKU_READ_INPUT_TEST_H

#include <criterion/criterion.h>

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "read/format.h"
#include "read/json.h"

struct heard {
	struct buf log;
	size_t records, skips, rejects;
	uint64_t byte;   /* of the last record or reject */
	uint64_t places; /* a sum over all bytes, in order */
};

static int
heard_record(void *ctx, const struct record *r, struct err *err)
{
	struct heard *h = ctx;

	(void)err;
	h->records++;
	h->byte = r->byte;
	h->places = h->places * 31 + r->byte;
	buf_printf(&h->log, "record %llu %.*s|%.*s|%.*s|",
	    (unsigned long long)r->line, SPAN_FMT(r->conversation),
	    SPAN_FMT(r->speaker), SPAN_FMT(r->role));
	moment_print(r->start, false, &h->log);
	buf_addc(&h->log, '|');
	moment_print(r->end, false, &h->log);
	buf_printf(&h->log, "|%.*s\n", SPAN_FMT(r->text));
	return 0;
}

static int
heard_skip(void *ctx, uint64_t line, const char *why, struct err *err)
{
	struct heard *h = ctx;

	(void)err;
	h->skips++;
	buf_printf(&h->log, "skip %llu %s\n", (unsigned long long)line, why);
	return 0;
}

static int
heard_reject(void *ctx, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *err)
{
	struct heard *h = ctx;

	(void)err;
	(void)excerpt;
	h->rejects++;
	h->byte = byte;
	h->places = h->places * 31 + byte;
	buf_printf(
	    &h->log, "reject %llu %s\n", (unsigned long long)line, reason);
	return 0;
}

static void
heard_note(void *ctx, enum note_id id, uint64_t line, struct span detail)
{
	struct heard *h = ctx;

	buf_printf(&h->log, "note %llu %s%s%.*s\n", (unsigned long long)line,
	    notes[id].name, detail.len > 0 ? " " : "", SPAN_FMT(detail));
}

static int
heard_identify(void *ctx, struct span id, struct err *err)
{
	struct heard *h = ctx;

	(void)err;
	buf_printf(&h->log, "identify %.*s\n", SPAN_FMT(id));
	return 0;
}

/* A descriptor from which the bytes are read. */
static inline int
fd_of(struct span bytes)
{
	int fd = memfd_create("input", 0);

	cr_assert_neq(fd, -1);
	for (size_t i = 0; i < bytes.len;) {
		ssize_t n = write(fd, bytes.at + i, bytes.len - i);

		cr_assert_gt(n, 0);
		i += (size_t)n;
	}
	lseek(fd, 0, SEEK_SET);
	return fd;
}

/* The shipped language pack; loaded once a test. */
static inline const struct pack *
shipped_pack(struct viewer **viewer)
{
	static struct rules *rules;
	struct err err = {0};

	cr_assert_eq(viewer_open(viewer, &err), 0);
	if (rules == NULL)
		cr_assert_eq(
		    rules_load(&rules, NULL, 0, false, NULL, NULL, &err), 0,
		    "%s", err.text);
	return &rules->pack;
}

static inline struct heard
hear_bytes(struct span bytes, struct read_options options)
{
	struct heard h = {.log = {0}};
	const struct sink sink = {&h, heard_record, heard_skip, heard_reject,
	    heard_note, heard_identify};
	struct viewer *viewer;
	struct input in = {.fd = fd_of(bytes),
	    .path = SPAN("in"),
	    .pack = shipped_pack(&viewer),
	    .viewer = viewer,
	    .options = &options,
	    .sink = &sink};
	const struct format *used;
	struct err err = {0};

	if (options.record_max == 0)
		options.record_max = RECORD_MAX_DEFAULT;
	if (options.nesting_max == 0)
		options.nesting_max = JSON_DEPTH;
	if (options.document_max == 0)
		options.document_max = DOCUMENT_MAX_DEFAULT;
	if (input_read(&in, &used, &err) == -1)
		buf_printf(&h.log, "error %s\n", err.text);
	close(in.fd);
	viewer_close(viewer);
	buf_cstr(&h.log);
	return h;
}

/* The text is read as options say and gives just these lines. */
static inline void
gives(struct span text, struct read_options options, const char *want)
{
	struct heard h = hear_bytes(text, options);

	cr_assert_str_eq(h.log.at, want);
	buf_free(&h.log);
}

/* Which format a whole file of these bytes is taken for; NULL: none. */
static inline const struct format *
detected(struct span bytes)
{
	struct viewer *viewer;
	const struct read_options options = {0};
	struct sample s = {.text = bytes,
	    .whole = true,
	    .path = SPAN("x"),
	    .pack = shipped_pack(&viewer),
	    .options = &options};
	const char *why[64];
	unsigned near[64];
	const struct format *f;

	cr_assert_lt(nformats, 64);
	s.viewer = viewer;
	f = format_detect(&s, why, near);
	viewer_close(viewer);
	return f;
}

#endif
