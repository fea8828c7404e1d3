#include "read/input_test.h"

static const struct read_options plain = {0};

Test(format, the_table_is_sound)
{
	for (size_t i = 0; i < nformats; i++) {
		const struct format *f = formats[i];

		cr_assert(f->name != NULL && f->help != NULL);
		cr_assert(
		    f->help[0] != '\0' && f->sniff != NULL && f->read != NULL,
		    "%s", f->name);
		cr_assert_eq(
		    format_named(f->name), f, "%s stands twice", f->name);
	}
	cr_assert_null(format_named("none-of-them"));
}

Test(format, empty_inputs)
{
	gives(SPAN(""), plain,
	    "error in:1:1: no utterance: the input is empty\n");
	for (size_t i = 0; i < nformats; i++) {
		struct heard h = hear_bytes(
		    SPAN(""), (struct read_options){.format = formats[i]});

		cr_assert(span_starts(buf_span(&h.log), SPAN("error in")),
		    "%s: %s", formats[i]->name, h.log.at);
		buf_free(&h.log);
	}
}

Test(format, where_none_fits_the_message_says_what_was_missing)
{
	struct heard h = hear_bytes(SPAN("\x7f"
					 "EFG\x02\n"),
	    plain);

	cr_assert(
	    span_starts(buf_span(&h.log),
		SPAN(
		    "error in:1:1: no known "
		    "transcript format: it begins \"\\x7FEFG\\x02\\x0A\"; jsonl: the "
		    "first line does not begin with {; ")),
	    "%s", h.log.at);
	buf_free(&h.log);
}

Test(format, a_sample_that_is_cut_anywhere_is_no_trouble)
{
	static const char text[] = "話者,内容\n客,\"訴え\nます\"\n担当,はい\n";

	for (size_t n = 0; n < sizeof(text); n++) {
		struct heard h = hear_bytes((struct span){text, n}, plain);

		cr_assert_gt(h.log.len, 0, "silent at %zu", n);
		buf_free(&h.log);
	}
}

Test(format, an_unknown_encoding_is_an_error)
{
	struct heard h = hear_bytes(SPAN("{\"text\":\"a\"}"),
	    (struct read_options){.encoding = "KLINGON"});

	cr_assert_not_null(strstr(h.log.at, "unknown encoding \"KLINGON\""));
	buf_free(&h.log);
}

Test(format, what_is_guessed_is_noted)
{
	gives(SPAN("{\"text\":\"あいうえお\"}\n{\"text\":\"\xe3\x81\"}\n"),
	    plain,
	    "note 0 encoding-guessed UTF-8\nrecord 1 |||||あいうえお\n"
	    "reject 2 byte 36 is 0xE3, which is not valid UTF-8 (--encoding "
	    "names another)\n");
}
