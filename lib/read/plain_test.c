#include "read/input_test.h"

#include <stdio.h>

static const struct read_options plain = {0};

static struct read_options
forced(void)
{
	return (struct read_options){.format = format_named("text")};
}

Test(plain, speakers_with_either_colon)
{
	gives(SPAN("担当: お電話ありがとうございます\n客：訴えます\n"
		   "　担当　：　はい　\r\n"),
	    plain,
	    "record 1 |担当||||お電話ありがとうございます\n"
	    "record 2 |客||||訴えます\nrecord 3 |担当||||はい\n");
}

Test(plain, lines_without_a_speaker_go_on)
{
	gives(SPAN("はい\nええ\n担当: 一\n二、三です：四\n\nhttp://x.example/\n"
		   "10:30に伺います\n10:30 に伺います\n客: 五\n"),
	    forced(),
	    "record 1 |||||はい\nrecord 2 |||||ええ\n"
	    "record 3 |担当||||一\n二、三です：四\nhttp://x.example/\n"
	    "10:30に伺います\n10:30 に伺います\n"
	    "record 9 |客||||五\n");
}

Test(plain, times_before_the_speaker)
{
	gives(SPAN("[00:01:02] 担当: あ\n00:01:03.5 客: い\n(01:10)担当：う\n"
		   "【01:20】 え\n"),
	    plain,
	    "record 1 |担当||0:01:02.000||あ\n"
	    "record 2 |客||0:01:03.500||い\n"
	    "record 3 |担当||0:01:10.000||う\n"
	    "record 4 |||0:01:20.000||え\n");
	gives(SPAN("2026-10-01 10:00 担当: あ\n2026/10/1 10:01:05　客: い\n"
		   "2026-10-01T10:02:00+09:00 担当: う\n"),
	    plain,
	    "record 1 |担当||2026-10-01T10:00||あ\n"
	    "record 2 |客||2026-10-01T10:01:05||い\n"
	    "record 3 |担当||2026-10-01T10:02:00+09:00||う\n");
	gives(SPAN("9:58 担当: あ\n10:03 客: い\n"), plain,
	    "record 1 |担当||9:58:00.000||あ\n"
	    "record 2 |客||10:03:00.000||い\n");
}

Test(plain, nothing_said_is_blank)
{
	gives(SPAN("担当: \n客: あ\n"), plain,
	    "skip 1 blank\nrecord 2 |客||||あ\n");
}

Test(plain, broken_bytes_cost_their_line)
{
	gives(SPAN("担当: あ\n客: い\xff\n担当: う\n"),
	    (struct read_options){.encoding = "UTF-8"},
	    "reject 2 byte 20 is 0xFF, which is not valid UTF-8 (--encoding "
	    "names another)\nrecord 1 |担当||||あ\n"
	    "record 3 |担当||||う\n");
}

/* Found in a folder, these are no transcripts. */
/* One rule for names in front of text, here and in subtitles. */
Test(plain, names_are_those_of_subtitles)
{
	gives(SPAN("お客様: 一\n担当:二\n担当 : 三\nhttps://a: 四\n"
		   "12:30: 五\n- 品目: 六\n"),
	    plain,
	    "record 1 |お客様||||一\nrecord 2 |担当||||二\n"
	    "record 3 |担当||||三\nhttps://a: 四\n12:30: 五\n- 品目: "
	    "六\n");
}

Test(plain, what_is_no_transcript)
{
	static const char *const texts[] = {
	    "MIT License\n\nCopyright: nobody\n\nPermission is hereby "
	    "granted, free of charge, to any person: to deal\n"
	    "in the Software without restriction.\n",
	    "# Notes\n\nTitle: a page\nDate: today\nTags: x, y\n",
	    "ああ\nいい\nうう\n",
	    "name: a\nversion: 1\nlicence: MIT\n",
	    "https://a.example/\nhttps://b.example/\nhttps://c.example/\n",
	    "12:30\n12:31\n12:32\n12:33\n",
	    ("[2026-10-01 10:00:01] local.ERROR: a\n"
	     "[2026-10-01 10:00:02] local.INFO: b\n"
	     "[2026-10-01 10:00:03] local.ERROR: c\n"
	     "[2026-10-01 10:00:04] local.INFO: d\n"),
	    ("2026/10/01 10:00 - server: a\n2026/10/01 10:01 - db: b\n"
	     "2026/10/01 10:02 - server: c\n2026/10/01 10:03 - db: d\n"),
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct heard h = hear_bytes(span_of(texts[i]), plain);

		cr_assert(span_starts(buf_span(&h.log),
			      SPAN("error in:1:1: no "
				   "known transcript format")),
		    "%s", h.log.at);
		buf_free(&h.log);
	}
}

static void
misses(const char *text, const char *what)
{
	struct heard h = hear_bytes(span_of(text), plain);
	char want[200];

	snprintf(want, sizeof(want), "; text: %s;", what);
	cr_expect_not_null(strstr(h.log.at, want), "%s", h.log.at);
	buf_free(&h.log);
}

Test(plain, what_is_missing_is_said_as_it_is)
{
	misses("佐藤: 一\n鈴木: 二\n佐藤: 三\n",
	    "no name says a role, and fewer than four lines begin with a "
	    "speaker");
	misses("佐藤: 一\n鈴木: 二\n佐藤: 三\n高橋: 四\n",
	    "no name says a role, and the speakers do not speak twice on "
	    "average");
	misses("あ: 一\nい: 二\nう: 三\nえ: 四\nお: 五\nか: 六\nき: 七\n"
	       "く: 八\nけ: 九\nあ: 一\nい: 二\nう: 三\nえ: 四\nお: 五\n"
	       "か: 六\nき: 七\nく: 八\nけ: 九\n",
	    "no name says a role, and there are more than eight speakers");
	misses("佐藤: 一\nはい\nはい\n佐藤: 二\n",
	    "fewer than six lines in ten begin with a speaker and a colon");
}

Test(plain, names_that_say_no_role_must_recur)
{
	gives(SPAN("佐藤: 一\n鈴木: 二\n佐藤: 三\n鈴木: 四\n"), plain,
	    "record 1 |佐藤||||一\nrecord 2 |鈴木||||二\n"
	    "record 3 |佐藤||||三\nrecord 4 |鈴木||||四\n");
}

Test(plain, an_utterance_has_a_bound)
{
	gives(SPAN("客: 0123456789\n0123456789\n0123456789\n"),
	    (struct read_options){.record_max = 20},
	    "error in:1: the utterance is longer than 20 bytes: "
	    "--max-record raises the limit\n");
}
