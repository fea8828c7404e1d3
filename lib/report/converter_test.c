#include <criterion/criterion.h>

#include "report/converter.h"

static struct buf out;
static struct conversion c;

static void
teardown(void)
{
	conversion_close(&c);
	buf_free(&out);
}

TestSuite(converter, .fini = teardown);

static struct moment
wall(const char *text)
{
	struct moment m;

	cr_assert(moment_parse_wall(span_of(text), &m), "%s", text);
	return m;
}

static void
convert(const char *to, struct record r)
{
	conversion_open(&c, converter_named(to), &out);
	r.conversation = SPAN("c");
	c.to->record(&c, &r);
}

static void
expect(const char *want)
{
	cr_expect_str_eq(buf_cstr(&out), want);
}

Test(converter, names_differ_and_all_have_help)
{
	for (size_t i = 0; i < nconverters; i++) {
		cr_expect(*converters[i]->help != '\0');
		cr_expect_eq(
		    converter_named(converters[i]->name), converters[i]);
	}
	cr_expect_null(converter_named("docx"));
}

Test(converter, a_clock_keeps_its_precision_and_offset)
{
	convert("jsonl",
	    (struct record){.text = SPAN("x"),
		.start = wall("2026-10-01 10:00 +09:00"),
		.end = wall("2026-10-01T01:00:05.120Z")});
	expect("{\"conversation\":\"c\",\"at\":\"2026-10-01T10:00+09:00\","
	       "\"until\":\"2026-10-01T01:00:05.120Z\",\"text\":\"x\"}\n");
	for (int i = 0; i < LOSS_N; i++)
		cr_expect_eq(c.losses[i], 0);
}

Test(converter, csv_tells_seconds_from_milliseconds)
{
	struct record r = {.text = SPAN("=1+1")};

	cr_assert(moment_parse_relative(SPAN("0:01:02"), &r.start));
	cr_assert(moment_parse_relative(SPAN("62.5"), &r.end));
	convert("csv", r);
	expect("conversation,speaker,role,start,end,at,until,text\n"
	       "c,,,0:01:02,62.5,,,=1+1\n");
}

Test(converter, vtt_escapes_and_closes_no_cue_early)
{
	convert("vtt",
	    (struct record){.speaker = SPAN("A&B\n>"),
		.text = SPAN("a --> b\n\n<i>\r\nc")});
	expect("WEBVTT\n\n00:00:00.000 --> 00:00:00.001\n"
	       "<v A&amp;B &gt;>a --&gt; b\n&lt;i&gt;\nc\n");
	cr_expect_eq(c.losses[LOSS_START], 1);
	cr_expect_eq(c.losses[LOSS_END], 1);
	cr_expect_eq(c.losses[LOSS_BREAK], 3);
}

Test(converter, srt_has_no_second_timing_line)
{
	convert("srt",
	    (struct record){.role = SPAN("agent"),
		.start = moment_relative(360000),
		.end = moment_relative(360001),
		.text = SPAN("x --> y\nz: w")});
	expect("1\n100:00:00,000 --> 100:00:01,000\nagent: x -- > y z: w\n");
	cr_expect_eq(c.losses[LOSS_ARROW], 1);
	cr_expect_eq(c.losses[LOSS_ROLE_NAMED], 1);
	cr_expect_eq(c.losses[LOSS_BREAK], 1);
}

Test(converter, txt_keeps_utterances_apart)
{
	convert("txt",
	    (struct record){.text = SPAN("はい"), .end = moment_relative(1)});
	expect("?: はい\n");
	cr_expect_eq(c.losses[LOSS_SPEAKER], 1);
	cr_expect_eq(c.losses[LOSS_END_OUT], 1);
}

Test(converter, losses_are_said_in_words)
{
	struct buf text = {0};

	convert("txt",
	    (struct record){.text = SPAN("注意: x"),
		.speaker = SPAN("A"),
		.role = SPAN("agent")});
	conversion_losses(&c, &text);
	cr_expect_str_eq(buf_cstr(&text), "1 role left out");
	c.losses[LOSS_WALL] = 12;
	buf_reset(&text);
	conversion_losses(&c, &text);
	cr_expect_str_eq(
	    buf_cstr(&text), "1 role left out, 12 wall clocks became seconds");
	buf_free(&text);
}
