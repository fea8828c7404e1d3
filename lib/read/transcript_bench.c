#include "read/transcript_bench.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/bench.h"
#include "base/mem.h"
#include "read/format.h"
#include "read/json.h"
#include "talk/roles.h"
#include "talk/turn.h"

static void
ignore(void *ctx, const char *line)
{
	(void)ctx;
	(void)line;
}

void
bench_reading_open(struct bench_reading *b, struct span transcript)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct err err;

	*b = (struct bench_reading){.bytes = transcript.len};
	if (rules_load(&b->rules, NULL, 0, false, ignore, NULL, &err) == -1 ||
	    matcher_open(&b->matcher, &limits, b->rules->pack.fold, &err) == -1)
		bench_failed(err.text);
	b->fd = memfd_create("transcript", MFD_CLOEXEC);
	for (size_t done = 0; done < transcript.len;) {
		ssize_t n = write(
		    b->fd, transcript.at + done, transcript.len - done);

		if (n <= 0)
			bench_failed("no memory for the transcript");
		done += (size_t)n;
	}
}

/* The id and the place of the first utterance; at is set at the end. */
static void
begin_conversation(struct bench_reading *b, const struct record *r)
{
	struct conversation *c;

	if (b->n > 0 && span_eq(b->at[b->n - 1].id, r->conversation))
		return;
	b->at = mem_grow(b->at, &b->cap, b->n + 1, sizeof(*b->at));
	c = &b->at[b->n++];
	*c = (struct conversation){.id = arena_dup(&b->arena, r->conversation),
	    .source = SPAN("bench"),
	    .format = "jsonl"};
}

static int
take(void *ctx, const struct record *r, struct err *err)
{
	struct bench_reading *b = ctx;
	struct utterance *u;

	(void)err;
	if (!b->keep)
		return 0;
	begin_conversation(b, r);
	b->utterances = mem_grow(b->utterances, &b->utterances_cap,
	    b->nutterances + 1, sizeof(*b->utterances));
	u = &b->utterances[b->nutterances++];
	*u = (struct utterance){.text = arena_dup(&b->arena, r->text),
	    .speaker = arena_dup(&b->arena, r->speaker),
	    .role_field = arena_dup(&b->arena, r->role),
	    .start = r->start,
	    .end = r->end,
	    .line = r->line,
	    .source = SPAN("bench")};
	b->at[b->n - 1].n++;
	return 0;
}

static int
skip(void *ctx, uint64_t line, const char *why, struct err *err)
{
	(void)ctx;
	(void)line;
	(void)err;
	bench_failed(why);
}

static int
reject(void *ctx, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *err)
{
	(void)ctx;
	(void)line;
	(void)byte;
	(void)excerpt;
	(void)err;
	bench_failed(reason);
}

static void
note(void *ctx, enum note_id id, uint64_t line, struct span detail)
{
	(void)ctx;
	(void)id;
	(void)line;
	(void)detail;
}

static int
identify(void *ctx, struct span id, struct err *err)
{
	(void)ctx;
	(void)id;
	(void)err;
	return 0;
}

static void
began(void *ctx, const struct format *f, const char *encoding)
{
	(void)ctx;
	(void)f;
	(void)encoding;
}

void
bench_reading_read(struct bench_reading *b)
{
	const struct sink sink = {b, take, skip, reject, note, identify};
	const struct read_options options = {
	    .record_max = RECORD_MAX_DEFAULT,
	    .nesting_max = JSON_DEPTH,
	    .document_max = DOCUMENT_MAX_DEFAULT,
	};
	const struct input in = {
	    .fd = b->fd,
	    .path = SPAN("bench"),
	    .pack = &b->rules->pack,
	    .viewer = matcher_viewer(b->matcher),
	    .options = &options,
	    .sink = &sink,
	    .began = began,
	};
	const struct format *used = NULL;
	struct err err = {0};

	if (lseek(b->fd, 0, SEEK_SET) == -1 ||
	    input_read(&in, &used, &err) == -1)
		bench_failed(err.text);
}

void
bench_reading_conversations(struct bench_reading *b)
{
	struct utterance *next;

	b->keep = true;
	bench_reading_read(b);
	next = b->utterances;
	for (size_t i = 0; i < b->n; i++) {
		b->at[i].at = next;
		next += b->at[i].n;
	}
	bench_reading_roles(b);
}

void
bench_reading_roles(struct bench_reading *b)
{
	const struct role_options options = {0};
	struct arena arena = {0};
	struct err err;

	for (size_t i = 0; i < b->n; i++) {
		if (roles_resolve(b->matcher, &b->rules->pack, &options,
			&b->at[i], &arena, &err) == -1)
			bench_failed(err.text);
		backchannels_mark(b->matcher, &b->rules->pack, &b->at[i]);
		arena_reset(&arena);
	}
	arena_free(&arena);
}

void
bench_reading_close(struct bench_reading *b)
{
	free(b->utterances);
	free(b->at);
	arena_free(&b->arena);
	matcher_close(b->matcher);
	rules_free(b->rules);
	close(b->fd);
}

/* The stages between bytes and what is judged. */
static void *
open_reading(struct span transcript)
{
	struct bench_reading *b = mem_alloc(sizeof(*b));

	bench_reading_open(b, transcript);
	return b;
}

static void *
open_conversations(struct span transcript)
{
	struct bench_reading *b = open_reading(transcript);

	bench_reading_conversations(b);
	return b;
}

static size_t
run_records(void *state)
{
	struct bench_reading *b = state;

	bench_reading_read(b);
	return b->bytes;
}

static size_t
run_roles(void *state)
{
	struct bench_reading *b = state;

	bench_reading_roles(b);
	return b->bytes;
}

static void
close_reading(void *state)
{
	bench_reading_close(state);
	free(state);
}

const struct bench bench_records = {"records",
    "read to records: bytes, lines, JSON, fields", open_reading, run_records,
    close_reading};
const struct bench bench_roles = {"roles", "roles found, backchannels marked",
    open_conversations, run_roles, close_reading};
