#include <criterion/criterion.h>

#include <stdlib.h>

#include "base/mem.h"
#include "read/json.h"
#include "read/stream.h"

static struct json json;
static char *padded;

static void
setup(void)
{
	json_open(&json, JSON_DEPTH);
}

static void
teardown(void)
{
	json_close(&json);
	free(padded);
}

TestSuite(json, .init = setup, .fini = teardown);

static bool
parse(const char *text)
{
	const char *why;

	padded = mem_resize(padded, strlen(text) + STREAM_PADDING);
	memset(padded, 0, strlen(text) + STREAM_PADDING);
	memcpy(padded, text, strlen(text));
	return json_parse(&json, (struct span){padded, strlen(text)}, &why);
}

Test(json, values_by_key_and_in_order)
{
	struct json_value v;
	struct json_walk w;
	struct span s;
	int64_t n;
	double d;
	bool b;

	cr_assert(parse("{\"a\":{\"b\":[1,2.5,\"x\\u3042\",true,null]},"
			"\"n\":-9007199254740993}"));
	v = json_get(json_get(json_root(&json), "a"), "b");
	cr_assert_eq(json_type(v), JSON_ARRAY);
	w = json_each(v);
	cr_assert(json_next(&w, NULL, &v) && json_integer(v, &n) && n == 1);
	cr_assert(json_next(&w, NULL, &v) && !json_integer(v, &n) &&
	    json_double(v, &d) && d == 2.5);
	cr_assert(json_next(&w, NULL, &v) && json_string(v, &s));
	cr_assert(span_eq(s, SPAN("xあ")));
	cr_assert(json_next(&w, NULL, &v) && json_bool(v, &b) && b);
	cr_assert(json_next(&w, NULL, &v) && json_type(v) == JSON_NULL);
	cr_assert_not(json_next(&w, NULL, &v));
	cr_assert(json_integer(json_get(json_root(&json), "n"), &n));
	cr_assert_eq(n, INT64_C(-9007199254740993));
	v = json_get(json_root(&json), "none");
	cr_assert_eq(json_type(v), JSON_NONE);
	cr_assert_eq(json_type(json_get(v, "deeper")), JSON_NONE);
}

Test(json, ids)
{
	struct buf buf = {0};
	struct span s;

	cr_assert(parse("[\"a\",18446744073709551615,-1,1.5,null]"));
	struct json_walk w = json_each(json_root(&json));
	struct json_value v;
	static const char *const want[] = {"a", "18446744073709551615", "-1"};

	for (size_t i = 0; i < 3; i++) {
		cr_assert(json_next(&w, NULL, &v) && json_id(v, &buf, &s));
		cr_assert(span_eq(s, span_of(want[i])));
	}
	while (json_next(&w, NULL, &v))
		cr_assert_not(json_id(v, &buf, &s));
	buf_free(&buf);
}

Test(json, a_parser_is_used_again)
{
	struct span s;

	for (int i = 0; i < 3; i++) {
		cr_assert(parse("{\"text\":\"あ\"}"));
		cr_assert_not(parse("{\"text\":"));
		cr_assert(parse("{\"text\":\"い\"}"));
		cr_assert(json_string(json_get(json_root(&json), "text"), &s));
		cr_assert(span_eq(s, SPAN("い")));
	}
}

static const struct fault {
	const char *text;
	unsigned line, column, byte;
	const char *reason;
} faults[] = {
    {"", 1, 1, 0, "the text ends where a value was expected"},
    {"[1 2]", 1, 4, 3, "expected , or ] after a value, saw '2'"},
    {"[\n\"あ\" 1]", 2, 5, 8, "expected , or ] after a value, saw '1'"},
    {"{\"a\" 1}", 1, 6, 5, "expected : after a key, saw '1'"},
    {"{\"a\":1,}", 1, 8, 7,
	"expected a key in double quotes, saw '}': the comma before it is "
	"one too many"},
    {"{a:1}", 1, 2, 1, "expected a key in double quotes, saw 'a'"},
    {"[1,]", 1, 4, 3,
	"expected a value, saw ']': the comma before it is one too many"},
    {"{}{}", 1, 3, 2,
	"expected nothing more after the value, saw '{': JSON Lines has one "
	"object a line, as jq -c . writes them"},
    {"[{},NaN]", 1, 5, 4,
	"expected a value, saw 'N': NaN is no number in JSON: write null"},
    {"[-Infinity]", 1, 3, 2,
	"expected a digit, saw 'I': Infinity is no number in JSON: write "
	"null"},
    {"[1", 1, 3, 2,
	"the text ends where , or ] after a value was "
	"expected"},
    {"[\"a", 1, 2, 1, "the string that begins here is not closed"},
    {"[\"\\x\"]", 1, 4, 3,
	"expected one of \" \\ / b f n r t u after a "
	"backslash, saw 'x'"},
    {"[\"\\u12G4\"]", 1, 7, 6,
	"expected four hexadecimal digits after "
	"\\u, saw 'G'"},
    {"[\"\\ud800\"]", 1, 3, 2,
	"half of a surrogate pair: \\uD800 to "
	"\\uDFFF come in twos: write \\uFFFD for what is lost"},
    {"[\"a\nb\"]", 1, 4, 3,
	"a control character in a string: write it "
	"as an escape (\\n for a line break)"},
    {"[01]", 1, 3, 2, "a number must not begin with 0"},
    {"[1.]", 1, 4, 3, "expected a digit, saw ']'"},
    {"[-]", 1, 3, 2, "expected a digit, saw ']'"},
    {"[1e+]", 1, 5, 4, "expected a digit, saw ']'"},
    {"[nul]", 1, 2, 1, "expected a value, saw 'n'"},
    {"[１]", 1, 2, 1,
	"expected a value, saw a character that belongs "
	"into a string"},
    {"{} x", 1, 4, 3, "expected nothing more after the value, saw 'x'"},
    {"[\"a\xff\"]", 1, 4, 3, "byte 0xFF is not valid UTF-8"},
    {"[1 \xff]", 1, 4, 3, "byte 0xFF is not valid UTF-8"},
    {"[x\xff]", 1, 2, 1, "expected a value, saw 'x'"},
};

Test(json, faults_have_a_place_and_a_reason)
{
	for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		const struct fault *want = &faults[i];
		struct json_fault f;

		cr_assert_not(parse(want->text), "%s", want->text);
		cr_assert(json_locate(span_of(want->text), JSON_DEPTH, &f));
		cr_assert_str_eq(f.reason, want->reason);
		cr_assert_eq(f.line, want->line, "%s", want->text);
		cr_assert_eq(f.column, want->column, "%s", want->text);
		cr_assert_eq(f.byte, want->byte, "%s", want->text);
	}
}

Test(json, depth_is_bounded)
{
	char text[2 * JSON_DEPTH + 3];
	struct json_fault f;

	for (size_t n = JSON_DEPTH - 1; n <= JSON_DEPTH + 1; n++) {
		memset(text, '[', n);
		memset(text + n, ']', n);
		text[2 * n] = '\0';
		cr_assert_eq(parse(text),
		    !json_locate(span_of(text), JSON_DEPTH, &f),
		    "depth %zu: %s", n, f.reason);
	}
	cr_assert_eq(f.byte, JSON_DEPTH);
}

Test(json, sound_texts_have_no_fault)
{
	static const char *const sound[] = {"0", "-0.5e-7", " \"\" ", "[]",
	    "{\"\":{}}", "[[],{},\"\\ud83d\\ude00\",1E5]", "true"};
	struct json_fault f;

	for (size_t i = 0; i < sizeof(sound) / sizeof(*sound); i++) {
		cr_assert(parse(sound[i]), "%s", sound[i]);
		cr_assert_not(json_locate(span_of(sound[i]), JSON_DEPTH, &f),
		    "%s: %s", sound[i], f.reason);
	}
}

/* What a line comes to: its "text", or "-" where it is refused. */
static void
put_line(struct json *j, bool parsed, struct buf *out)
{
	struct span text = SPAN("?");

	if (parsed)
		json_string(json_get(json_root(j), "text"), &text);
	buf_add(out, parsed ? text : SPAN("-"));
	buf_addc(out, '\n');
}

/* Reads lines one by one, in a run as long as it lasts where run is true. */
static void
read_lines(struct span all, bool run, struct buf *out)
{
	struct json j;
	const char *why;

	json_open(&j, JSON_DEPTH);
	if (run)
		cr_expect(json_run_begin(&j, all));
	while (all.len > 0) {
		size_t n = span_find(all, '\n');
		struct span line = {all.at, n};
		bool parsed;

		n += n < all.len;
		all.at += n;
		all.len -= n;
		if (span_trim(line).len == 0)
			continue;
		parsed = json_run_next(&j, line);
		if (!parsed) {
			json_run_end(&j);
			parsed = json_parse(&j, line, &why);
		}
		put_line(&j, parsed, out);
	}
	json_close(&j);
}

/* Wherever an odd line stands, a run says of each line what json_parse says. */
Test(json, a_run_is_as_line_by_line)
{
	static const char *const odd[] = {"{\"text\":\"a\"}{\"text\":\"b\"}",
	    "{\"text\":", "\"x\"}", "{\"text\":\"open}", "[1,2]", "7", "\"s\"",
	    "{\"text\":\"a\"} x", " \t{\"text\":\"blanks\"} \t\r", "   ", "nul",
	    "{\"text\":\"\\ud800\"}", "{\"text\":\"\xff\"}", "{}",
	    "{\"a\":1e999}", "{\"text\":\"a\nb\"}", "{\"text\":\"a\"},"};

	for (size_t k = 0; k < sizeof(odd) / sizeof(*odd); k++) {
		struct buf text = {0}, one = {0}, many = {0};

		for (int i = 0; i < 300; i++)
			buf_printf(&text,
			    "%s\n{\"n\":%d,\"text\":\"発言%d\"}\n",
			    i % 97 == 50 ? odd[k] : "", i, i);
		buf_room(&text, STREAM_PADDING);
		read_lines(buf_span(&text), false, &one);
		read_lines(buf_span(&text), true, &many);
		cr_expect_str_eq(buf_cstr(&one), buf_cstr(&many), "%s", odd[k]);
		buf_free(&text);
		buf_free(&one);
		buf_free(&many);
	}
}
