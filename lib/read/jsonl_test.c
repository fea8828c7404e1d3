#include "read/input_test.h"

static const struct read_options plain = {0};

Test(jsonl, every_key)
{
	gives(
	    SPAN(
		"{\"conversation\":\"c1\",\"speaker\":\"佐藤\","
		"\"role\":\"agent\",\"start\":12.34,\"end\":15.8,"
		"\"text\":\"はい\\n\",\"mood\":{\"a\":[1,{}]}}\n"
		"{\"text\":\"え\",\"conversation\":7,\"role\":null,"
		"\"at\":\"2026-10-01T10:00:00+09:00\",\"until\":1790816401}\n"),
	    plain,
	    "record 1 c1|佐藤|agent|0:00:12.340|0:00:15.800|はい\n\n"
	    "record 2 7|||2026-10-01T10:00:00+09:00|2026-10-01T01:00:01Z|"
	    "え\n");
}

Test(jsonl, wrong_types_say_what_is_wanted)
{
	gives(SPAN("{\"text\":\"a\"}\n{\"text\":5}\n{\"speaker\":\"x\"}\n"
		   "{\"text\":\"a\",\"start\":-0.5}\n"
		   "{\"text\":\"a\",\"end\":\"3\"}\n"
		   "{\"text\":\"a\",\"at\":\"noon\"}\n"
		   "{\"text\":\"a\",\"at\":true}\n"
		   "{\"text\":\"a\",\"conversation\":1.5}\n"
		   "{\"text\":\"a\",\"speaker\":[]}\n[1]\n\"x\"\n"),
	    plain,
	    "record 1 |||||a\n"
	    "reject 2 \"text\" is the number 5: wanted a string\n"
	    "reject 3 no \"text\": wanted a string that holds the "
	    "utterance\n"
	    "reject 4 \"start\" is the number -0.5: wanted a number of "
	    "seconds, 0 or more\n"
	    "reject 5 \"end\" is a string: wanted a number of seconds, 0 or "
	    "more\n"
	    "reject 6 \"at\" is \"noon\": wanted a date and time "
	    "(2026-10-01T10:00:00+09:00, 2026-10-01 10:00) or an epoch "
	    "number\n"
	    "reject 7 \"at\" is true or false: wanted a date and time "
	    "(2026-10-01T10:00:00+09:00, 2026-10-01 10:00) or an epoch "
	    "number\n"
	    "reject 8 \"conversation\" is the number 1.5: wanted a string or "
	    "an integer\n"
	    "reject 9 \"speaker\" is an array: wanted a string\n"
	    "reject 10 an array: wanted an object with \"text\"\n"
	    "reject 11 a string: wanted an object with \"text\"\n");
}

/* As columns of a table: a field that has another key has that one alone. */
Test(jsonl, keys_by_map)
{
	static const struct column_map map[] = {{COLUMN_TEXT, SPAN("message")},
	    {COLUMN_CONVERSATION, SPAN("call")}, {COLUMN_START, SPAN("t")}};
	static const struct read_options options = {.map = map, .nmap = 3};

	gives(
	    SPAN(
		"{\"call\":\"c\",\"speaker\":\"A\",\"t\":1,\"message\":\"a\"}\n"
		"{\"call\":\"c\",\"speaker\":\"A\",\"t\":2,\"message\":\"b\"}\n"
		"{\"call\":\"c\",\"speaker\":\"B\",\"t\":3,\"message\":\"c\"}\n"
		"{\"text\":\"x\",\"call\":\"c\",\"message\":\"d\",\"start\":9}\n"
		"{\"call\":\"c\",\"text\":\"e\"}\n"),
	    options,
	    "record 1 c|A||0:00:01.000||a\nrecord 2 c|A||0:00:02.000||b\n"
	    "record 3 c|B||0:00:03.000||c\nrecord 4 c|||||d\n"
	    "reject 5 no \"text\": wanted a string that holds the utterance\n");
	/* A file that has none of these keys is as ever. */
	gives(SPAN("{\"text\":\"a\",\"start\":1}\n{\"text\":\"b\"}\n"), options,
	    "record 1 |||0:00:01.000||a\nrecord 2 |||||b\n");
	gives(SPAN("[{\"call\":\"c\",\"message\":\"a\"}]"), options,
	    "record 1 c|||||a\n");
	gives(SPAN("call,message\nc,a\n"), options,
	    "note 1 no-such-column t\nrecord 2 c|||||a\n");
}

Test(jsonl, the_first_record_decides_if_the_file_is_one_conversation)
{
	gives(SPAN("{\"text\":\"a\"}\n"
		   "{\"conversation\":\"c\",\"text\":\"b\"}\n"
		   "{\"conversation\":\"d\",\"text\":\"c\"}\n"),
	    plain,
	    "record 1 |||||a\nnote 2 id-unused\nrecord 2 |||||b\n"
	    "record 3 |||||c\n");
	gives(
	    SPAN("{\"conversation\":\"c\",\"text\":\"a\"}\n"
		 "{\"text\":\"b\"}\n{\"conversation\":null,\"text\":\"c\"}\n"),
	    plain,
	    "record 1 c|||||a\n"
	    "reject 2 no \"conversation\": the first record has one, so each "
	    "record needs one\n"
	    "reject 3 no \"conversation\": the first record has one, so each "
	    "record needs one\n");
}

Test(jsonl, blank_text_is_skipped_and_blank_lines_are_nothing)
{
	gives(
	    SPAN("\n{\"text\":\"\"}\r\n  \t\n"
		 "{\"text\":\" \\u3000\\u00a0\\n\"}\n\n{\"text\":\"\\u200b\"}"),
	    plain, "skip 2 blank\nskip 4 blank\nrecord 6 |||||\u200b\n");
}

Test(jsonl, the_wall_clock_wins)
{
	gives(
	    SPAN("{\"text\":\"a\",\"at\":\"2026-10-01 10:00\","
		 "\"start\":5,\"end\":6}\n"
		 "{\"text\":\"b\",\"at\":\"2026-10-01 10:01\",\"start\":5}\n"),
	    plain,
	    "note 1 at-wins\nrecord 1 |||2026-10-01T10:00||a\n"
	    "record 2 |||2026-10-01T10:01||b\n");
	gives(SPAN("{\"text\":\"a\",\"start\":6,\"end\":5.9}\n"), plain,
	    "note 1 end-before-start\nrecord 1 |||0:00:06.000||a\n");
}

Test(jsonl, broken_lines_cost_themselves)
{
	gives(SPAN("{\"text\":\"a\"}\n{\"text\" \"b\"}\n"
		   "{\"text\":\"\\u0000\"}\n{\"text\":\"c\"}\n"
		   "{\"text\":\"d\""),
	    plain,
	    "record 1 |||||a\n"
	    "reject 2 not valid JSON, column 9: expected : after a key, saw "
	    "'\"'\n"
	    "reject 3 a NUL (\\u0000) in the text or a name\n"
	    "record 4 |||||c\n"
	    "reject 5 not valid JSON, column 12: the text ends where , or } "
	    "after a value was expected\n");
}

/* RFC 8259 allows it: whoever wrote it must not look for a syntax error. */
Test(jsonl, a_number_that_no_double_holds_is_said_to_be_one)
{
	gives(SPAN("{\"text\":\"a\"}\n{\"text\":\"b\",\"x\":1e400}\n"
		   "{\"text\":\"c\",\"x\":\"1e400\"}\n"),
	    plain,
	    "record 1 |||||a\n"
	    "reject 2 JSON beyond a limit, column 17: a number too large to "
	    "be read: write it in quotes\n"
	    "record 3 |||||c\n");
	gives(SPAN("[{\"text\":\"b\",\"x\":1e400}]\n"), plain,
	    "error in:1:18: JSON beyond a limit (byte 17): a number too "
	    "large to be read: write it in quotes\n");
}

Test(jsonl, a_byte_that_is_no_text_has_its_place)
{
	struct heard h = hear_bytes(SPAN("{\"text\":\"あい\"}\n"
					 "{\"text\":\"う\x83え\"}\n"),
	    plain);

	cr_assert_str_eq(h.log.at,
	    "note 0 encoding-guessed UTF-8\n"
	    "record 1 |||||あい\n"
	    "reject 2 byte 30 is 0x83, which is not valid UTF-8 (--encoding "
	    "names another)\n");
	cr_assert_eq(h.byte, 18);
	buf_free(&h.log);
	/* The same in CP932: 0x85 0x20 is no character. */
	gives(SPAN("{\"text\":\"\x82\xa0\x82\xa2\"}\n"
		   "{\"text\":\"\x82\xa4\x85 \"}\n"),
	    (struct read_options){.encoding = "CP932"},
	    "record 1 |||||あい\n"
	    "reject 2 byte 27 is 0x85, which is not valid CP932 (--encoding "
	    "names another)\n");
}

Test(jsonl, no_utterance_is_an_error)
{
	gives(SPAN("\n\n"),
	    (struct read_options){.format = format_named("jsonl")},
	    "error in:1: no utterance: every line is blank\n");
	gives(SPAN("{\"a\":1}\n"),
	    (struct read_options){.format = format_named("jsonl")},
	    "reject 1 no \"text\": wanted a "
	    "string that holds the utterance\n"
	    "error in:1: no utterance: no record is one utterance, an object "
	    "with \"text\" (ofuku-formats(5) shows one; "
	    "--map text=KEY takes another key)\n");
	gives(SPAN("{\"a\":1}\n{\"text\":1}\n"), plain,
	    "reject 1 no \"text\": wanted a "
	    "string that holds the utterance\n"
	    "reject 2 \"text\" is the number 1: wanted a string\n");
}

static void
is_refused(const char *text, const char *with)
{
	struct heard h = hear_bytes(span_of(text), plain);

	cr_expect_eq(h.records + h.rejects, 0, "%s", h.log.at);
	cr_expect(span_starts(buf_span(&h.log),
		      SPAN("error in:1:1: no utterance: it is valid "
			   "JSON, an object with ")),
	    "%s: %s", text, h.log.at);
	cr_expect_not_null(strstr(h.log.at, with), "%s", h.log.at);
	buf_free(&h.log);
}

/* One line or many: what is said of a document does not hang on blanks. */
Test(jsonl, one_object_of_another_shape_is_a_stranger)
{
	is_refused("{\"a\":1,\"b\":2}\n", "an object with \"a\", \"b\", but");
	is_refused("{\n\"a\":1,\"b\":2}\n", "an object with \"a\", \"b\", but");
	is_refused("{\"results\":{\"channels\":[]}}",
	    "deepgram: no results.channels with alternatives");
	is_refused("{\"language_code\":\"ja\",\"text\":\"はい\",\"words\":["
		   "{\"text\":\"はい\",\"start\":0.1,\"end\":0.5}]}\n",
	    "an object with \"language_code\", \"text\", \"words\", but");
	is_refused("{\"id\":\"t1\",\"text\":\"はい\",\"utterances\":["
		   "{\"speaker\":\"A\",\"text\":\"はい\"}]}",
	    "jsonl: the one object lists its parts beside \"text\"");
}

Test(jsonl, a_document_is_no_utterance)
{
	gives(
	    SPAN("{\"id\":1,\"text\":\"a\",\"utterances\":[{\"text\":\"a\"}]}\n"
		 "{\"text\":\"b\",\"words\":[{\"text\":\"b\"}]}\n"),
	    plain,
	    "reject 1 \"utterances\" beside \"text\": a whole document, and no "
	    "utterance: give it a file of its own, if its format is known, or "
	    "write each of its utterances as a record\n"
	    "reject 2 \"words\" beside \"text\": a whole document, and no "
	    "utterance: give it a file of its own, if its format is known, or "
	    "write each of its words as a record\n"
	    "error in:1: no utterance: no record is one utterance, an object "
	    "with \"text\" (ofuku-formats(5) shows one; "
	    "--map text=KEY takes another key)\n");
	gives(SPAN("[{\"text\":\"a\"},{\"text\":\"b\",\"segments\":"
		   "[{\"text\":\"b\"}]}]"),
	    plain,
	    "record 1 |||||a\n"
	    "reject 1 \"segments\" beside \"text\": a whole document, and no "
	    "utterance: give it a file of its own, if its format is known, or "
	    "write each of its segments as a record\n");
}

/* Whose words stand beside it, and whose lists are of other things. */
Test(jsonl, an_utterance_may_have_lists)
{
	gives(SPAN("{\"text\":\"a\",\"words\":[\"a\"],\"segments\":[1,2]}\n"
		   "{\"text\":\"b\",\"results\":[{\"label\":\"x\"}]}\n"
		   "{\"text\":\"c\",\"x\":[{\"text\":\"c\"}]}\n"
		   "{\"text\":\"d\",\"utterances\":[]}\n"),
	    plain,
	    "record 1 |||||a\nrecord 2 |||||b\nrecord 3 |||||c\n"
	    "record 4 |||||d\n");
	gives(SPAN("{\"start\":1,\"end\":2,\"text\":\"a\",\"words\":["
		   "{\"word\":\"a\",\"start\":1}],\"speaker\":\"S\"}\n"
		   "{\"start\":2,\"text\":\"b\",\"words\":["
		   "{\"word\":\"b\",\"start\":1}]}\n"),
	    plain,
	    "record 1 |S||0:00:01.000|0:00:02.000|a\n"
	    "record 2 |||0:00:02.000||b\n");
	gives(SPAN("[{\"start\":1,\"text\":\"a\",\"words\":["
		   "{\"word\":\"a\",\"start\":1}]}]"),
	    plain, "record 1 |||0:00:01.000||a\n");
}

Test(jsonl, the_first_of_two_equal_keys_counts)
{
	gives(SPAN("{\"text\":\"a\",\"text\":\"b\"}\n"), plain,
	    "record 1 |||||a\n");
}

Test(jsonl, an_endless_line_is_an_error)
{
	gives(SPAN("{\"text\":\"0123456789\"}\n{\"text\":\"0123456789"
		   "0123456789\"}\n"),
	    (struct read_options){.record_max = 25},
	    "record 1 |||||0123456789\n"
	    "error in:2: the line is longer than 25 bytes: "
	    "--max-record raises the limit\n");
}

Test(jsonarray, elements_have_their_lines)
{
	gives(SPAN("[\n {\"text\":\"a\"},\n 5, {\n\"speaker\":\"[\\\"\","
		   "\"n\":[1,-2.5e3,\"}\"],\"text\":\"b\"},\n{}]\n"),
	    plain,
	    "record 2 |||||a\n"
	    "reject 3 a number: wanted an object with \"text\"\n"
	    "record 3 |[\"||||b\n"
	    "reject 5 no \"text\": wanted a string that holds the "
	    "utterance\n");
}

Test(jsonarray, bytes_are_those_of_the_input)
{
	/* UTF-16: two bytes a character, and a mark of two. */
	struct heard h = hear_bytes(
	    SPAN(
		"\xff\xfe[\0{\0\"\0t\0e\0x\0t\0\"\0"
		":\0\"\0\x42\x30\"\0}\0,\0{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0\x44\x30"
		"\"\0}\0]\0"),
	    plain);

	cr_assert_str_eq(h.log.at, "record 1 |||||あ\nrecord 1 |||||い\n");
	cr_assert_eq(h.byte, 30);
	buf_free(&h.log);
}

Test(jsonarray, faults_have_their_place)
{
	gives(SPAN("[{\"text\":\"a\"},\n {\"text\":\"b\"]\n"), plain,
	    "error in:2:13: not valid JSON (byte 27): expected , or } after "
	    "a value, saw ']'\n");
	gives(SPAN("[]"), plain,
	    "error in:1: no utterance: the array is "
	    "empty\n");
	gives(SPAN("{\"a\":1}"),
	    (struct read_options){.format = format_named("json")},
	    "error in:1: an object: wanted an array of utterance objects\n");
}
