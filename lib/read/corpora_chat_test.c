/*
 * The chats of formats/line-text and formats/line-oa-csv: what their
 * .expected.jsonl say must be what is read. CORPORA names the folder that
 * holds formats/ (see `make check-corpora`).
 */
#include "read/input_test.h"

#include <stdio.h>

#include "read/json.h"

static const struct pair {
	const char *input, *expected;
	/* Names and texts hold characters that the encoding has not. */
	bool narrowed;
} pairs[] = {
    {"line-text/phone-ja.txt", "line-text/phone-ja.expected.jsonl", false},
    {"line-text/phone-ja-bom-crlf.txt", "line-text/phone-ja.expected.jsonl",
	false},
    {"line-text/phone-ja-cp932.txt", "line-text/phone-ja.expected.jsonl", true},
    {"line-text/phone-ja-12h.txt", "line-text/phone-ja-12h.expected.jsonl",
	false},
    {"line-oa-csv/talk-utf8.csv", "line-oa-csv/talk.expected.jsonl", false},
    {"line-oa-csv/talk-utf8-bom.csv", "line-oa-csv/talk.expected.jsonl", false},
    {"line-oa-csv/talk-cp932.csv", "line-oa-csv/talk.expected.jsonl", true},
};

static struct buf
text_of(const char *name)
{
	const char *root = getenv("CORPORA");
	struct buf path = {0}, text = {0};
	size_t n;
	char *to;
	FILE *f;

	cr_assert_not_null(root, "CORPORA is not set");
	buf_printf(&path, "%s/formats/%s", root, name);
	f = fopen(buf_cstr(&path), "rb");
	cr_assert_not_null(f, "%s", path.at);
	do {
		to = buf_room(&text, 65536 + STREAM_PADDING);
		n = fread(to, 1, 65536, f);
		text.len += n;
	} while (n > 0);
	memset(to, 0, STREAM_PADDING);
	fclose(f);
	buf_free(&path);
	return text;
}

/* Records waiting to be compared with the lines of an expected file. */
struct compared {
	const struct pair *pair;
	struct buf expected;
	struct span rest;
	struct json json;
	size_t n;
};

static struct span
field(struct json_value v, const char *key)
{
	struct span s = {"", 0};

	json_string(json_get(v, key), &s);
	return s;
}

static void
same(const struct compared *c, const char *key, struct span got,
    struct span want)
{
	cr_expect(span_eq(got, want),
	    "%s, record %zu, %s: \"%.*s\", wanted "
	    "\"%.*s\"",
	    c->pair->input, c->n, key, SPAN_FMT(got), SPAN_FMT(want));
}

/*
 * The one difference: the file has 応答メッセージ as the agent, whose account
 * it is sent from. Nobody wrote it, so it is a bot here.
 */
static void
same_role(const struct compared *c, const struct record *r, struct span want)
{
	if (want.len == 0)
		return;
	if (span_eq(r->speaker, SPAN("応答メッセージ")))
		want = SPAN("bot");
	same(c, "role", r->role, want);
}

static int
compare(void *ctx, const struct record *r, struct err *err)
{
	struct compared *c = ctx;
	size_t n = span_find(c->rest, '\n');
	struct json_value v;
	struct moment m;
	const char *why;

	(void)err;
	cr_assert_gt(n, 0, "%s: more records than expected", c->pair->input);
	cr_assert(json_parse(&c->json, (struct span){c->rest.at, n}, &why));
	c->rest = (struct span){c->rest.at + n + 1, c->rest.len - n - 1};
	v = json_root(&c->json);
	c->n++;
	cr_assert(moment_parse_wall(field(v, "at"), &m));
	cr_expect_eq(m.ms, r->start.ms);
	cr_expect_eq(m.precision, r->start.precision);
	cr_expect_eq(m.clock, r->start.clock);
	if (!c->pair->narrowed) {
		same(c, "speaker", r->speaker, field(v, "speaker"));
		same(c, "text", r->text, field(v, "text"));
	}
	same_role(c, r, field(v, "role"));
	return 0;
}

static void
check(const struct pair *pair)
{
	struct compared c = {.pair = pair, .expected = text_of(pair->expected)};
	struct buf bytes = text_of(pair->input);
	const struct sink sink = {
	    &c, compare, heard_skip, heard_reject, heard_note, heard_identify};
	const struct read_options options = {.record_max = RECORD_MAX_DEFAULT,
	    .nesting_max = JSON_DEPTH,
	    .document_max = DOCUMENT_MAX_DEFAULT};
	struct viewer *viewer;
	struct input in = {.fd = fd_of(buf_span(&bytes)),
	    .path = SPAN("in"),
	    .pack = shipped_pack(&viewer),
	    .viewer = viewer,
	    .options = &options,
	    .sink = &sink};
	const struct format *used;
	struct err err = {0};

	c.rest = buf_span(&c.expected);
	json_open(&c.json, JSON_DEPTH);
	cr_assert_eq(input_read(&in, &used, &err), 0, "%s", err.text);
	cr_assert_eq(
	    c.rest.len, 0, "%s: fewer records than expected", pair->input);
	json_close(&c.json);
	close(in.fd);
	viewer_close(viewer);
	buf_free(&c.expected);
	buf_free(&bytes);
}

Test(chats, expected_files_hold)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		check(&pairs[i]);
}

/* Each sample is taken for what it is, and read without an error. */
Test(chats, samples_are_detected)
{
	static const struct {
		const char *file, *format;
		size_t records;
	} samples[] = {
	    {"line-text/group-ja.txt", "linetalk", 9},
	    {"line-text/pc-ja.txt", "linetalk", 4},
	    {"line-text/phone-en.txt", "linetalk", 3},
	    {"line-text/phone-en-gb.txt", "linetalk", 2},
	    {"line-text/phone-en-us.txt", "linetalk", 3},
	    {"line-text/phone-ja-unpadded.txt", "linetalk", 4},
	    {"teams-vtt/teams.vtt", "webvtt", 5},
	    {"teams-vtt/teams-no-close-tag.vtt", "webvtt", 3},
	    {"zoom/zoom.vtt", "webvtt", 3},
	    {"zoom/chat.txt", "zoomchat", 3},
	    {"zoom/closed-caption.txt", "zoomchat", 3},
	    {"whisper-ja/whisper.srt", "srt", 2},
	    {"webvtt-py/sample.sbv", "sbv", 5},
	    {"webvtt-py/sample.srt", "srt", 5},
	    {"webvtt-py/youtube_dl.vtt", "webvtt", 4},
	};

	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		struct buf bytes = text_of(samples[i].file);
		const struct format *f = detected(buf_span(&bytes));
		struct heard h = hear_bytes(
		    buf_span(&bytes), (struct read_options){0});

		cr_expect(f != NULL && strcmp(f->name, samples[i].format) == 0,
		    "%s", samples[i].file);
		cr_expect_eq(h.records, samples[i].records, "%s: %s",
		    samples[i].file, h.log.at);
		cr_expect_eq(h.rejects, 0, "%s", samples[i].file);
		buf_free(&h.log);
		buf_free(&bytes);
	}
}
