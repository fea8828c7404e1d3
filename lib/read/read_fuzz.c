/*
 * Every format, and detection: the first byte chooses, the rest is the file.
 * What comes out is valid UTF-8, in lines that exist; and the same where the
 * input is read block by block.
 */
#include <string.h>

#include "base/fuzz.h"
#include "read/format.h"
#include "read/json.h"
#include "text/encoding.h"

struct seen {
	uint64_t lines; /* that there can be at most */
	uint64_t sum;   /* over all that came, in order */
};

static void
count(struct seen *s, uint64_t n)
{
	s->sum = (s->sum ^ n) * UINT64_C(0x100000001b3);
}

static void
count_text(struct seen *s, struct span text)
{
	count(s, text.len);
	for (size_t i = 0; i < text.len; i++)
		count(s, (unsigned char)text.at[i]);
}

static void
check(const struct seen *s, uint64_t line)
{
	FUZZ_PROMISE(line >= 1 && line <= s->lines);
}

static void
check_text(struct span s)
{
	FUZZ_PROMISE(utf8_valid(s) == s.len);
}

static int
take(void *ctx, const struct record *r, struct err *err)
{
	struct seen *s = ctx;

	(void)err;
	check(s, r->line);
	check_text(r->text);
	check_text(r->speaker);
	check_text(r->role);
	check_text(r->conversation);
	FUZZ_PROMISE(r->text.len > 0);
	count(s, r->line);
	count(s, r->byte);
	count(s, (uint64_t)r->start.ms);
	count(s, (uint64_t)r->end.ms);
	count_text(s, r->text);
	count_text(s, r->speaker);
	count_text(s, r->role);
	count_text(s, r->conversation);
	return 0;
}

static int
skip(void *ctx, uint64_t line, const char *why, struct err *err)
{
	struct seen *s = ctx;

	(void)err;
	FUZZ_PROMISE(why != NULL);
	check(s, line);
	count(s, line);
	count_text(s, span_of(why));
	return 0;
}

static int
reject(void *ctx, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *err)
{
	struct seen *s = ctx;

	(void)excerpt, (void)err;
	FUZZ_PROMISE(reason != NULL && *reason != '\0');
	check(s, line);
	count(s, line);
	count(s, byte);
	count_text(s, span_of(reason));
	return 0;
}

static void
note(void *ctx, enum note_id id, uint64_t line, struct span detail)
{
	(void)ctx, (void)id, (void)line, (void)detail;
}

static int
identify(void *ctx, struct span id, struct err *err)
{
	(void)ctx, (void)err;
	check_text(id);
	return 0;
}

static void
began(void *ctx, const struct format *f, const char *encoding)
{
	(void)ctx;
	FUZZ_PROMISE(f != NULL && encoding != NULL);
}

static void
ignore(void *ctx, const char *line)
{
	(void)ctx, (void)line;
}

static bool
is_packed(const unsigned char *at, size_t n)
{
	return n > 1 &&
	    ((at[0] == 0x1f && at[1] == 0x8b) ||
		(at[0] == 0x28 && at[1] == 0xb5));
}

/* As flow.c does, with blocks of so many bytes or more. */
static int
read_blocks(const struct input *in, struct stream *s, const struct format *f,
    struct part *part, struct err *err)
{
	const struct cutter c = {f->cut, part->known};
	struct stream *block;
	int cut, rc = 0;

	while (rc == 0 &&
	    (cut = stream_block(s, part->size, in->options->record_max,
		 c.cut == NULL ? NULL : &c, &block, err)) > 0) {
		part->alone = cut == CUT_ALONE;
		rc = input_block(in, part->alone ? s : block, f, part, err);
		if (!part->alone)
			stream_close(block);
	}
	return rc == -1 || cut == -1 ? -1 : input_block_end(in, part, err);
}

/* -1: it failed; 0: all was read; 1: it is not read by blocks. */
static int
by_blocks(const struct input *in, size_t size, struct err *err)
{
	const struct format *used = NULL;
	struct stream *s = NULL;
	struct part part;
	int rc = input_begin(in, &s, &used, err);

	if (rc == 0)
		rc = input_splits(in, s, used, &part, err);
	if (rc != 1) {
		stream_close(s);
		return rc == 0 ? 1 : -1;
	}
	part.size = size;
	rc = read_blocks(in, s, used, &part, err);
	input_part_free(used, &part);
	stream_close(s);
	return rc;
}

/* Read again from its beginning, it is the same by blocks. */
static void
compare(const struct input *in, const struct seen *whole, int rc,
    const struct err *err)
{
	struct seen seen = {.lines = whole->lines};
	struct sink sink = *in->sink;
	struct input again = *in;
	struct err other = {0};
	int blocks;

	sink.ctx = &seen;
	again.sink = &sink;
	if (lseek(in->fd, 0, SEEK_SET) == -1)
		abort();
	blocks = by_blocks(&again, 1 + whole->sum % 64, &other);
	if (blocks == 1)
		return;
	FUZZ_PROMISE(blocks == rc);
	FUZZ_PROMISE(seen.sum == whole->sum);
	FUZZ_PROMISE(strcmp(err->text, other.text) == 0);
}

int
LLVMFuzzerTestOneInput(const unsigned char *at, size_t n)
{
	static struct rules *rules;
	static struct viewer *viewer;
	struct seen seen = {0};
	const struct sink sink = {&seen, take, skip, reject, note, identify};
	struct read_options options = {.record_max = 1 << 20,
	    .document_max = 8 << 20,
	    .nesting_max = JSON_DEPTH};
	struct input in = {.options = &options, .sink = &sink, .began = began};
	const struct format *used = NULL;
	struct err err = {0};
	char name[32];
	size_t which = n == 0 ? 0 : at[0] % (nformats + 1);
	int rc;

	if (rules == NULL &&
	    (rules_load(&rules, NULL, 0, false, ignore, NULL, &err) == -1 ||
		viewer_open(&viewer, &err) == -1))
		abort();
	if (n > 0)
		at++, n--;
	/* What is packed can be longer than what stands there; gigabytes have a
	 * bound of their own, and take long. */
	seen.lines = n + 1;
	if (is_packed(at, n)) {
		seen.lines = UINT64_MAX;
		options.document_max = options.record_max = 1 << 16;
	}
	in.fd = fuzz_file(at, n, name);
	in.path = span_of(name);
	in.pack = &rules->pack;
	in.viewer = viewer;
	options.format = which == 0 ? NULL : formats[which - 1];
	rc = input_read(&in, &used, &err);
	FUZZ_PROMISE(rc == 0 || err.text[0] != '\0');
	compare(&in, &seen, rc, &err);
	return 0;
}
