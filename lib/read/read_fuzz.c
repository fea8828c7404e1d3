/*
 * Every format, and detection: the first byte chooses, the rest is the file.
 * What comes out is valid UTF-8, in lines that exist.
 */
#include "base/fuzz.h"
#include "read/format.h"
#include "read/json.h"
#include "text/encoding.h"

struct seen {
	uint64_t lines; /* that there can be at most */
};

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
	return 0;
}

static int
skip(void *ctx, uint64_t line, const char *why, struct err *err)
{
	struct seen *s = ctx;

	(void)err;
	FUZZ_PROMISE(why != NULL);
	check(s, line);
	return 0;
}

static int
reject(void *ctx, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *err)
{
	struct seen *s = ctx;

	(void)byte, (void)excerpt, (void)err;
	FUZZ_PROMISE(reason != NULL && *reason != '\0');
	check(s, line);
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
	if (input_read(&in, &used, &err) == -1)
		FUZZ_PROMISE(err.text[0] != '\0');
	return 0;
}
