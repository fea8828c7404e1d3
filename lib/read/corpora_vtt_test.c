/*
 * The WebVTT suites of vtt.js and of the web platform tests (webvtt.js):
 * CORPORA names the folder that holds vttjs/ and webvttjs/ (see `make
 * check-corpora`). Where a suite and the standard differ, the list below says
 * how, and the standard is what the reader follows.
 */
#include "read/input_test.h"

#include <dirent.h>
#include <stdio.h>

#include "read/cuetext.h"
#include "read/draft.h"
#include "read/json.h"

/* What vtt.js expects otherwise than the W3C text has it. */
static const struct {
	const char *file, *why;
	const char *cues; /* what the standard gives */
} differences[] = {
    {"cue-times/min-top-digits.vtt",
	"6.3, collect a timestamp, 6 to 9: "
	"a first part of other than two digits is hours, and then a part "
	"is missing",
	""},
    {"cue-times/minimum-spots-over-sixty.vtt",
	"the same: 120:00.000 has "
	"hours and no seconds",
	""},
    {"file-layout/header-no-new-line.vtt",
	"6.1, collect a block, in "
	"header: a line with --> ends the header and begins a cue",
	"11000-13000 Test\n"},
    {"integration/id.vtt",
	"6.1, collect a block: behind a first line "
	"with --> that is no timing a second one begins the next block",
	"1000-2000 This\n2000-3000 Is\n3000-4000 A\n4000-5000 Test\n"
	"6000-7000 Andstuff?\n"},
};

static const char *
corpus(const char *name)
{
	const char *root = getenv("CORPORA");
	static char path[4096];

	cr_assert_not_null(root, "CORPORA is not set");
	snprintf(path, sizeof(path), "%s/%s", root, name);
	return path;
}

static struct buf
text_of(const char *path)
{
	struct buf text = {0};
	size_t n;
	FILE *f = fopen(path, "rb");
	char *to;

	cr_assert_not_null(f, "%s", path);
	do {
		to = buf_room(&text, 65536 + STREAM_PADDING);
		n = fread(to, 1, 65536, f);
		text.len += n;
	} while (n > 0);
	memset(to, 0, STREAM_PADDING);
	fclose(f);
	return text;
}

/* Text without blanks: parts in several voices lose those at their edges. */
static void
add_solid(struct buf *out, struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (strchr(" \t\n", s.at[i]) == NULL)
			buf_addc(out, s.at[i]);
}

/* The cues of a file: "START-END text" a line, voices as "<name>". */
struct cues {
	struct buf text;
	int64_t start, end;
	bool beyond; /* what follows is not in the standard */
};

static void
add_voice(struct buf *out, struct span name)
{
	if (name.len > 0)
		buf_printf(out, "<%.*s>", SPAN_FMT(name));
}

static int
cue_record(void *ctx, const struct record *r, struct err *err)
{
	struct cues *c = ctx;

	(void)err;
	if (c->beyond) {
		c->beyond = false;
		return 0;
	}
	if (c->text.len > 0 && c->start == r->start.ms && c->end == r->end.ms)
		c->text.len--;
	else
		buf_printf(&c->text, "%lld-%lld ", (long long)r->start.ms,
		    (long long)r->end.ms);
	c->start = r->start.ms;
	c->end = r->end.ms;
	add_voice(&c->text, r->speaker);
	add_solid(&c->text, r->text);
	buf_addc(&c->text, '\n');
	return 0;
}

static int
cue_skip(void *ctx, uint64_t line, const char *why, struct err *err)
{
	(void)ctx, (void)line, (void)why, (void)err;
	return 0;
}

static int
cue_reject(void *ctx, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *err)
{
	(void)ctx, (void)line, (void)byte, (void)excerpt, (void)err;
	cr_assert_gt(strlen(reason), 0);
	return 0;
}

static void
cue_note(void *ctx, enum note_id id, uint64_t line, struct span detail)
{
	struct cues *c = ctx;

	(void)line, (void)detail;
	if (id == NOTE_BLANK_IN_CUE)
		c->beyond = true;
}

static struct cues
cues_of(struct span bytes)
{
	struct cues c = {.text = {0}};
	const struct sink sink = {
	    &c, cue_record, cue_skip, cue_reject, cue_note, heard_identify};
	struct read_options options = {
	    .format = format_named("webvtt"), .record_max = RECORD_MAX_DEFAULT};
	struct viewer *viewer;
	struct input in = {.fd = fd_of(bytes),
	    .path = SPAN("in"),
	    .pack = shipped_pack(&viewer),
	    .viewer = viewer,
	    .options = &options,
	    .sink = &sink};
	const struct format *used;
	struct err err = {0};

	if (input_read(&in, &used, &err) == -1)
		cr_assert_gt(strlen(err.text), 0);
	close(in.fd);
	viewer_close(viewer);
	buf_cstr(&c.text);
	return c;
}

static int64_t
milliseconds(struct json_value cue, const char *key)
{
	double n = -1;

	cr_assert(json_double(json_get(cue, key), &n));
	return moment_relative(n).ms;
}

/* A cue of an expected file, in the form of struct cues. */
static void
add_expected(struct buf *out, struct json_value cue)
{
	struct cuetext t = {.n = 0};
	struct buf line = {0};
	struct span raw;

	cr_assert(json_string(json_get(cue, "text"), &raw));
	cuetext_parse(&t, raw);
	buf_printf(&line, "%lld-%lld ",
	    (long long)milliseconds(cue, "startTime"),
	    (long long)milliseconds(cue, "endTime"));
	for (size_t i = 0; i < t.n; i++) {
		const struct cuepart *p = &t.parts[i];
		struct span text = {t.text.at + p->text, p->text_len};

		if (text_is_blank(text))
			continue;
		add_voice(
		    &line, (struct span){t.names.at + p->voice, p->voice_len});
		add_solid(&line, text);
	}
	if (line.len > 0 && line.at[line.len - 1] != ' ')
		buf_printf(out, "%.*s\n", SPAN_FMT(buf_span(&line)));
	cuetext_free(&t);
	buf_free(&line);
}

static struct buf
expected_of(struct span text)
{
	struct buf out = {0};
	struct json json;
	struct json_walk w;
	struct json_value v;
	const char *why;

	json_open(&json, JSON_DEPTH);
	cr_assert(json_parse(&json, text, &why));
	w = json_each(json_get(json_root(&json), "cues"));
	while (json_next(&w, NULL, &v))
		add_expected(&out, v);
	json_close(&json);
	buf_cstr(&out);
	return out;
}

static const char *
standard_has(const char *file)
{
	for (size_t i = 0; i < sizeof(differences) / sizeof(*differences); i++)
		if (strcmp(differences[i].file, file) == 0)
			return differences[i].cues;
	return NULL;
}

static void
check_pair(const char *input, const char *expected)
{
	char path[4200];
	struct buf bytes, json, want;
	struct cues got;
	const char *standard = standard_has(input);

	snprintf(path, sizeof(path), "%s/%s", corpus("vttjs"), input);
	bytes = text_of(path);
	snprintf(path, sizeof(path), "%s/%s", corpus("vttjs"), expected);
	json = text_of(path);
	want = expected_of(buf_span(&json));
	got = cues_of(buf_span(&bytes));
	cr_expect_str_eq(
	    got.text.at, standard != NULL ? standard : want.at, "%s", input);
	/* A difference that is none any more leaves the list. */
	if (standard != NULL)
		cr_expect_str_neq(got.text.at, want.at, "%s", input);
	buf_free(&got.text);
	buf_free(&want);
	buf_free(&json);
	buf_free(&bytes);
}

Test(vttjs, every_listed_pair_agrees)
{
	struct buf list = text_of(corpus("vttjs/expected.tsv"));
	char *save, *line = strtok_r(buf_cstr(&list), "\n", &save);
	int n = 0;

	for (; line != NULL; line = strtok_r(NULL, "\n", &save), n++) {
		char *tab = strchr(line, '\t');

		cr_assert_not_null(tab);
		*tab = '\0';
		check_pair(line, tab + 1);
	}
	cr_assert_eq(n, 264);
	buf_free(&list);
}

/* The texts and titles of a tree as the suite prints it. */
static void
tree_texts(struct span tree, struct buf *text, struct buf *voices)
{
	size_t i = 0;

	while (i < tree.len) {
		struct span rest = {tree.at + i, tree.len - i};
		size_t n = 1;

		while (n < rest.len && rest.at[n] == ' ')
			n++;
		rest = (struct span){rest.at + n, rest.len - n};
		if (span_starts(rest, SPAN("\""))) {
			const char *end = memmem(
			    rest.at + 1, rest.len - 1, "\"\n", 2);

			/* The text may itself end in a quote. */
			end += end[1] == '\n' && end[-1] == '"' &&
			    end == rest.at + 1;
			if (span_starts(rest, SPAN("\"\"\"\n")))
				end = rest.at + 2;
			add_solid(text,
			    (struct span){
				rest.at + 1, (size_t)(end - rest.at) - 1});
			i = (size_t)(end + 2 - tree.at);
			continue;
		}
		n = span_find(rest, '\n');
		if (span_starts(rest, SPAN("title=\"")) && n > 8)
			add_voice(voices, (struct span){rest.at + 7, n - 8});
		i = (size_t)(rest.at + n + 1 - tree.at);
	}
}

/* Text and voices of the cue that begins at second i. */
static void
cue_texts(const struct cues *c, size_t i, struct buf *text, struct buf *voices)
{
	char want[40];
	const char *at, *end;

	snprintf(want, sizeof(want), "%zu-%zu ", i * 1000, (i + 1) * 1000);
	at = c->text.at;
	while (at != NULL && strncmp(at, want, strlen(want)) != 0) {
		at = strchr(at, '\n');
		at = at == NULL ? NULL : at + 1;
	}
	if (at == NULL)
		return;
	at += strlen(want);
	for (end = strchr(at, '\n'); at < end; at++) {
		const char *close = *at == '<' ?
		    memchr(at, '>', (size_t)(end - at)) :
		    NULL;

		if (close == NULL) {
			buf_addc(text, *at);
			continue;
		}
		buf_add(voices, (struct span){at, (size_t)(close + 1 - at)});
		at = close;
	}
}

static void
check_tree(
    const struct cues *c, size_t i, struct json_value item, const char *name)
{
	struct buf want = {0}, want_voices = {0}, got = {0}, voices = {0};
	struct span tree;

	cr_assert(json_string(json_get(item, "expectedTree"), &tree));
	tree_texts(tree, &want, &want_voices);
	/* A no-break space alone is no utterance. */
	if (text_is_blank(buf_span(&want)))
		buf_reset(&want);
	cue_texts(c, i, &got, &voices);
	cr_expect_str_eq(buf_cstr(&got), buf_cstr(&want), "%s %zu", name, i);
	cr_expect_str_eq(
	    buf_cstr(&voices), buf_cstr(&want_voices), "%s %zu", name, i);
	buf_free(&want);
	buf_free(&want_voices);
	buf_free(&got);
	buf_free(&voices);
}

static void
check_trees(const char *name)
{
	char path[200];
	struct buf bytes, text;
	struct json json;
	struct json_walk w;
	struct json_value v;
	struct cues c;
	const char *why;
	size_t n = 0;

	snprintf(path, sizeof(path), "webvttjs/wpt-cue-parsing/%s.vtt", name);
	bytes = text_of(corpus(path));
	snprintf(path, sizeof(path), "webvttjs/wpt-cue-parsing/%s.json", name);
	text = text_of(corpus(path));
	c = cues_of(buf_span(&bytes));
	json_open(&json, JSON_DEPTH);
	cr_assert(json_parse(&json, buf_span(&text), &why));
	w = json_each(json_root(&json));
	while (json_next(&w, NULL, &v))
		check_tree(&c, n++, v, name);
	cr_assert_gt(n, 0);
	json_close(&json);
	buf_free(&c.text);
	buf_free(&bytes);
	buf_free(&text);
}

Test(webvttjs, cue_texts_agree)
{
	static const char *const names[] = {
	    "entities", "tags", "text", "timestamps", "tree-building"};

	for (size_t i = 0; i < 5; i++)
		check_trees(names[i]);
}

/* Their expectations were code: here they must end in cues or a reason. */
Test(webvttjs, files_do_not_crash)
{
	const char *root = corpus("webvttjs/wpt-file-parsing");
	char path[4400];
	DIR *dir = opendir(root);
	struct dirent *e;
	int n = 0;

	cr_assert_not_null(dir);
	snprintf(path, sizeof(path), "%s", root);
	root = strdup(path);
	while ((e = readdir(dir)) != NULL) {
		struct buf bytes;
		struct heard h;

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", root, e->d_name);
		bytes = text_of(path);
		h = hear_bytes(buf_span(&bytes),
		    (struct read_options){.format = format_named("webvtt")});
		cr_expect_gt(h.log.len, 0, "%s", e->d_name);
		buf_free(&h.log);
		buf_free(&bytes);
		n++;
	}
	cr_assert_eq(n, 37);
	closedir(dir);
	free((char *)root);
}
