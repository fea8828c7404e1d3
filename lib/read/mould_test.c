/* A line that fits a mould is what simdjson makes of it. */
#include "read/mould.h"

#include <stdio.h>

#include "read/input_test.h"

static struct json json;
static struct buf ids;

static void
setup(void)
{
	json_open(&json, JSON_DEPTH);
}

static void
teardown(void)
{
	json_close(&json);
	buf_free(&ids);
}

TestSuite(mould, .init = setup, .fini = teardown);

/* What is said of an utterance, parsed or, with a mould, not. */
static bool
said(struct span line, struct mould *m, struct buf *out)
{
	struct heard h = {0};
	struct sink sink = {&h, heard_record, heard_skip, heard_reject,
	    heard_note, heard_identify};
	const struct read_options options = {0};
	struct reader r = {.sink = &sink, .options = &options};
	struct emitter e = {.reader = &r};
	struct scalars values = {0};
	struct err err;
	const char *why;
	bool is;

	ids.len = 0;
	if (m == NULL) {
		is = json_parse(&json, line, &why) &&
		    utterance_emit(
			&e, json_root(&json), 1, 0, line, &ids, &err) == 0 &&
		    h.rejects == 0;
	} else {
		is = line.len > 0 &&
		    mould_fits(m, line, &ids, &values) == line.len &&
		    utterance_emit_scalars(&e, &values, 1, 0, &err) == 1;
	}
	buf_reset(out);
	buf_add(out, buf_span(&h.log));
	buf_free(&h.log);
	return is;
}

/* Behind a line more can be read. */
static bool
take(struct mould *m, const char *of)
{
	struct buf line = {0};
	bool is;

	buf_adds(&line, of);
	buf_room(&line, 64);
	is = mould_take(m, NULL, buf_span(&line));
	buf_free(&line);
	return is;
}

/* Does the line fit the mould of the other, and is it said to be the same? */
static bool
fits(const char *of, const char *text)
{
	struct buf line = {0}, got = {0}, want = {0};
	struct mould m;
	bool is;

	cr_assert(take(&m, of), "%s", of);
	buf_adds(&line, text);
	buf_room(&line, 64);
	is = said(buf_span(&line), &m, &got);
	if (is) {
		cr_expect(said(buf_span(&line), NULL, &want), "%s", text);
		cr_expect_str_eq(buf_cstr(&got), buf_cstr(&want), "%s", text);
	}
	buf_free(&line);
	buf_free(&got);
	buf_free(&want);
	return is;
}

Test(mould, values_vary)
{
	const char *of = "{\"conversation\": \"c1\", \"start\": 1.5, "
			 "\"text\": \"はい\"}";

	cr_expect(fits(of, of));
	cr_expect(fits(of,
	    "{\"conversation\": \"\", \"start\": 0, "
	    "\"text\": \"a\\\"\\\\\\/\\b\\f\\n\\r\\t終\"}"));
	cr_expect(fits(of,
	    "{\"conversation\": \"c\", \"start\": 816.0127000808716, "
	    "\"text\": \"いいえ、それは長い長い長い長い話でございます\"}"));
	cr_expect_not(fits(of,
	    "{\"conversation\": \"c1\", \"start\": 1.5, "
	    "\"text\": \"\\u306f\\u3044\"}"));
	cr_expect_not(fits(of,
	    "{\"conversation\": \"c1\", \"start\": 1.5, "
	    "\"text\": \"a\tb\"}"));
	cr_expect_not(fits(of,
	    "{\"conversation\": \"c1\", \"start\": 1.5e1, "
	    "\"text\": \"a\"}"));
	cr_expect_not(fits(of, "{\"conversation\": \"c1\", \"start\": 1.5}"));
	cr_expect_not(fits(of, ""));
}

Test(mould, numbers_are_json)
{
	static const char *const bad[] = {"01", "1.", ".5", "-1", "+1", "1e3",
	    "1.5.5", "00.5", "", "0x1", "1234567890123456"};
	static const char *const good[] = {
	    "0", "7", "0.5", "10.25", "0.000999999", "1234.5678901234567"};
	char line[80];

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		snprintf(line, sizeof(line), "{\"start\":%s,\"text\":\"a\"}",
		    bad[i]);
		cr_expect_not(
		    fits("{\"start\":1,\"text\":\"a\"}", line), "%s", line);
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		snprintf(line, sizeof(line), "{\"start\":%s,\"text\":\"a\"}",
		    good[i]);
		cr_expect(
		    fits("{\"start\":1,\"text\":\"a\"}", line), "%s", line);
	}
}

static double
number_of(const struct scalars *values)
{
	const struct scalar *v = &values->at[UTTERANCE_START];

	return v->by_thousandths ? (double)v->thousandths / 1000 : v->number;
}

/* To the last bit, with any number of decimals. */
Test(mould, decimals)
{
	struct mould m;

	cr_assert(take(&m, "{\"start\":1,\"text\":\"a\"}"));
	for (int places = 1; places <= 17; places++) {
		struct buf line = {0};
		struct scalars values = {0};
		char number[40];

		snprintf(number, sizeof(number), "%.*f", places, 7.0 / 3);
		buf_printf(&line, "{\"start\":%s,\"text\":\"a\"}", number);
		buf_room(&line, 64);
		cr_assert(mould_fits(&m, buf_span(&line), &ids, &values));
		cr_expect_eq(
		    number_of(&values), strtod(number, NULL), "%s", number);
		buf_free(&line);
	}
}

/* A number of so many digits before and behind its point, last in its line. */
static void
expect_number(struct mould *m, int before, int behind)
{
	struct buf line = {0};
	struct scalars values = {0};
	char number[40];

	snprintf(number, sizeof(number), "%.*s%s%.*s", before, "1234567890",
	    behind > 0 ? "." : "", behind, "9876543210");
	buf_printf(&line, "{\"text\":\"a\",\"start\":%s}", number);
	/* What stands behind it is no part of it. */
	buf_adds(&line, "\n8888888888888888");
	buf_room(&line, 64);
	line.len -= 17;
	cr_assert(
	    mould_fits(m, buf_span(&line), &ids, &values) > 0, "%s", number);
	cr_expect_eq(number_of(&values), strtod(number, NULL), "%s", number);
	buf_free(&line);
}

Test(mould, numbers_of_any_length)
{
	struct mould m;

	cr_assert(take(&m, "{\"text\":\"a\",\"start\":1}"));
	for (int before = 1; before <= 10; before++)
		for (int behind = 0; behind <= 10; behind++)
			expect_number(&m, before, behind);
}

Test(mould, of_two_members_with_a_key_the_first_counts)
{
	cr_expect(fits("{\"text\":\"a\",\"text\":\"b\"}",
	    "{\"text\":\"はい\",\"text\":\"いいえ\"}"));
	cr_expect(fits("{\"role\":null,\"role\":\"x\",\"text\":\"b\"}",
	    "{\"role\":null,\"role\":\"agent\",\"text\":\"いいえ\"}"));
	cr_expect(fits("{\"conversation\":12,\"x\":true,\"text\":\"b\"}",
	    "{\"conversation\":900,\"x\":true,\"text\":\"いいえ\"}"));
	cr_expect_not(fits("{\"conversation\":12,\"text\":\"b\"}",
	    "{\"conversation\":1.5,\"text\":\"いいえ\"}"));
}

Test(mould, what_has_none)
{
	static const char *const lines[] = {"{}", "[]", "", "{\"a\":1}",
	    "{\"text\":\"a\",\"x\":[]}", "{\"text\":\"a\",\"x\":{}}",
	    "{\"te\\u0078t\":\"a\"}", "{\"text\":\"a\"", "{\"text\"",
	    "{\"text\":\"a\"}}", "{\"text\":\"a\",}",
	    "{\"text\":\"a\",\"at\":-1}"};
	struct mould m;

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		cr_expect_not(take(&m, lines[i]), "%s", lines[i]);
}

/* The voice of a line that fits; its text stands in said. */
static uint64_t
voice_of(struct mould *m, const char *text, struct buf *said)
{
	struct buf line = {0};
	struct scalars values = {0};
	struct voice who;

	buf_adds(&line, text);
	buf_room(&line, 64);
	cr_assert_eq(mould_fits(m, buf_span(&line), &ids, &values), line.len,
	    "%s", text);
	buf_reset(said);
	who = values.voice != NULL ?
	    *values.voice :
	    (struct voice){values.at[UTTERANCE_CONVERSATION].text,
		values.at[UTTERANCE_SPEAKER].text, {0}, 0};
	buf_printf(said, "%.*s/%.*s/%.*s", SPAN_FMT(who.conversation),
	    SPAN_FMT(who.speaker), SPAN_FMT(values.at[UTTERANCE_TEXT].text));
	buf_free(&line);
	return who.number;
}

#define SAYS(id, name, text) \
	"{\"conversation\":\"" id "\",\"speaker\":\"" name \
	"\",\"text\":\"" text "\"}"

/* Lines that begin alike have one voice, as long as two take turns. */
Test(mould, voices)
{
	static const struct {
		const char *line, *said;
		unsigned voice; /* of those before, from 1; 0: none */
	} lines[] = {
	    {SAYS("c1", "a", "x"), "c1/a/x", 1},
	    {SAYS("c1", "b", "y"), "c1/b/y", 2},
	    {SAYS("c1", "a", ""), "c1/a/", 1},
	    {SAYS("c1", "ab", "z"), "c1/ab/z", 3},
	    {SAYS("c1", "a", "\\n"), "c1/a/\n", 1},
	    {SAYS("c10", "a", "w"), "c10/a/w", 4},
	    {SAYS("c1", "ab", "w"), "c1/ab/w", 5},
	    {SAYS("c1", "a\\\"", "w"), "c1/a\"/w", 0},
	    {SAYS("c1", "ab", "v"), "c1/ab/v", 5},
	    {SAYS("c10", "a", "v"), "c10/a/v", 4},
	};
	uint64_t voices[8] = {0}, voice;
	struct buf said = {0};
	struct mould m;

	cr_assert(take(&m, SAYS("c", "s", "t")));
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		const unsigned n = lines[i].voice;

		voice = voice_of(&m, lines[i].line, &said);
		cr_expect_str_eq(buf_cstr(&said), lines[i].said);
		for (unsigned k = 1; k < 8; k++)
			cr_expect(
			    voices[k] == 0 || (voice == voices[k]) == (k == n),
			    "%s", lines[i].line);
		cr_expect_eq(voice == 0, n == 0, "%s", lines[i].line);
		voices[n] = voice;
	}
	/* Who speaks is not told before what is said. */
	cr_assert(take(&m, "{\"text\":\"t\",\"speaker\":\"s\"}"));
	cr_expect_eq(
	    voice_of(&m, "{\"text\":\"u\",\"speaker\":\"s\"}", &said), 0);
	buf_free(&said);
}

static unsigned
roll(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % n;
}

/* A line of members that are sound, or nearly. */
static void
any_line(unsigned *seed, struct buf *b)
{
	static const char *const keys[] = {
	    "text", "conversation", "speaker", "role", "start", "at", "x"};
	static const char *const values[] = {"\"はい\"", "\"a\\nb\"",
	    "\"\\u3042\"", "\"\"", "1", "2.5", "0.1", "1e2", "-1", "null",
	    "true", "\"2026-10-01T10:00\"", "1790816401", "\"a\\\\\"", "[]",
	    "\"\\\"\"", "01", "\"x"};
	const unsigned n = 1 + roll(seed, 4), text = roll(seed, n);

	buf_reset(b);
	buf_adds(b, "{");
	for (unsigned i = 0; i < n; i++) {
		if (i > 0)
			buf_adds(b, roll(seed, 9) == 0 ? " , " : ",");
		buf_printf(b, "\"%s\":%s", keys[i == text ? 0 : roll(seed, 7)],
		    values[roll(seed, 18)]);
	}
	buf_adds(b, roll(seed, 20) == 0 ? "" : "}");
	buf_room(b, 64);
}

Test(mould, any_line_that_fits_any_mould)
{
	struct mould moulds[64];
	struct buf line = {0}, got = {0}, want = {0};
	unsigned seed = 1, n = 0, fitted = 0;

	while (n < 64) {
		any_line(&seed, &line);
		if (said(buf_span(&line), NULL, &want) &&
		    mould_take(&moulds[n], NULL, buf_span(&line)))
			n++;
	}
	for (unsigned i = 0; i < 4000; i++) {
		any_line(&seed, &line);
		for (unsigned k = 0; k < n; k++) {
			if (!said(buf_span(&line), &moulds[k], &got))
				continue;
			fitted++;
			cr_expect(said(buf_span(&line), NULL, &want), "%s",
			    buf_cstr(&line));
			cr_expect_str_eq(buf_cstr(&got), buf_cstr(&want), "%s",
			    buf_cstr(&line));
		}
	}
	cr_expect_gt(fitted, 1000);
	buf_free(&line);
	buf_free(&got);
	buf_free(&want);
}
