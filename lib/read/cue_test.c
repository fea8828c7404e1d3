/* Subtitles: WebVTT, SubRip, SubViewer, and the labels in their texts. */
#include <stdio.h>

#include "read/input_test.h"

#include "read/cuetext.h"
#include "read/label.h"

static struct read_options
as(const char *format)
{
	return (struct read_options){.format = format_named(format)};
}

static void
splits(const char *line, const char *name, const char *text)
{
	struct label l;

	cr_assert(label_split(span_of(line), &l), "%s", line);
	cr_assert(
	    span_eq(l.name, span_of(name)), "%s: %.*s", line, SPAN_FMT(l.name));
	cr_assert(
	    span_eq(l.text, span_of(text)), "%s: %.*s", line, SPAN_FMT(l.text));
}

Test(label, names_in_all_shapes)
{
	splits("窓口 1: はい: そう", "窓口 1", "はい: そう");
	splits("お客様：もしもし", "お客様", "もしもし");
	splits("お客様:もしもし", "お客様", "もしもし");
	splits("[お客様] もしもし", "お客様", "もしもし");
	splits("[SPEAKER_00]: hello", "SPEAKER_00", "hello");
	splits(">> Dr. Smith: hello", "Dr. Smith", "hello");
	splits(">>> hello", "", "hello");
	splits(" 　佐藤　： はい　", "佐藤", "はい");
	splits("- お客様: はい", "お客様", "はい");
	splits("-[お客様] はい", "お客様", "はい");
	splits("Agent:Hello", "Agent", "Hello");
	splits("Agent : Hello", "Agent", "Hello");
	splits("時刻: 10:30", "時刻", "10:30");
	splits("(speaker 0) もしもし", "speaker 0", "もしもし");
	splits("(speaker 12)はい: そう", "speaker 12", "はい: そう");
	splits("(speaker ?) え", "", "え");
}

Test(label, what_is_no_name)
{
	static const char *const lines[] = {"", "はい", "10:30 に予約した",
	    "10：30 に予約した", "https://example.com/a: b", ": はい",
	    "はい、そうです: なので", "本当ですか？: はい", "[音楽]",
	    "[Music] la la", "10:30 A: B", "std::map", "C:\\\\x",
	    "very :smile: indeed", "# 見出し: 一", "12345: 番号", "- はい",
	    "(speaker) はい", "(speaker )", "(speaker 0", "(speaker 0x) a",
	    "(speaker ?!) a", "(笑) はい", "\xff: はい",
	    "this is a whole sentence that ends: here"};
	struct label l;

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		cr_assert(!label_split(span_of(lines[i]), &l), "%s", lines[i]);
}

static void
reads_as(const char *raw, const char *want)
{
	struct cuetext t = {.n = 0};
	struct buf got = {0};

	cuetext_parse(&t, span_of(raw));
	for (size_t i = 0; i < t.n; i++)
		buf_printf(&got, "[%.*s|%.*s]", (int)t.parts[i].voice_len,
		    t.names.at + t.parts[i].voice, (int)t.parts[i].text_len,
		    t.text.at + t.parts[i].text);
	cr_assert_str_eq(buf_cstr(&got), want, "%s", raw);
	buf_free(&got);
	cuetext_free(&t);
}

Test(cuetext, voices_tags_and_references)
{
	reads_as("", "");
	reads_as("<v 窓口>はい</v>", "[窓口|はい]");
	reads_as("<v.loud.far  A \t B >x", "[A B|x]");
	reads_as("a<v A>b<v B>c</v>d</v>e", "[|a][A|b][B|c][A|d][|e]");
	reads_as("<v A>x</v><v A>y</v>", "[A|xy]");
	reads_as("<v A&amp;B>x</v>", "[A&B|x]");
	reads_as("<ruby>訴<rt>うった</ruby>え", "[|訴うったえ]");
	reads_as("<rt>x</rt></b></x><>y", "[|xy]");
	reads_as("<00:01.000>x<b", "[|x]");
	reads_as("&lt;&#x3042;&#65;&notit;&nosuch;&#;&#xd800;&",
	    "[|<あA¬it;"
	    "&nosuch;&#;\xef\xbf\xbd&]");
}

/* The number of the voice that says all of the cue. */
static uint64_t
voice_of(struct cuetext *t, const char *raw, const char *name)
{
	cuetext_parse(t, span_of(raw));
	cr_assert_eq(t->n, 1, "%s", raw);
	cr_assert(span_eq((struct span){t->names.at + t->parts[0].voice,
			      t->parts[0].voice_len},
		      span_of(name)),
	    "%s", raw);
	return t->parts[0].number;
}

Test(cuetext, voices_from_cue_to_cue)
{
	struct cuetext t = {.n = 0};
	const uint64_t a = voice_of(&t, "<v A>x</v>", "A");
	const uint64_t b = voice_of(&t, "<v.loud  B>x", "B");
	char raw[64], name[32];

	cr_assert(a != 0 && b != 0 && a != b);
	cr_assert_eq(voice_of(&t, "x", ""), 0);
	cr_assert_eq(voice_of(&t, "<v A>y", "A"), a);
	cr_assert_eq(voice_of(&t, "<v.loud  B>y</v>", "B"), b);
	cr_assert_eq(voice_of(&t, "<c>x</c></v>", ""), 0);
	cr_assert(voice_of(&t, "<v A >x", "A") != b);
	for (int i = 0; i < 1000; i++) {
		snprintf(raw, sizeof(raw), "<v.c%d N &amp; %d>x</v>", i, i);
		snprintf(name, sizeof(name), "N & %d", i);
		cr_assert(voice_of(&t, raw, name) > b);
	}
	cr_assert(voice_of(&t, "<v A>z", "A") > b);
	cuetext_free(&t);
}

Test(webvtt, blocks)
{
	gives(SPAN("WEBVTT\r\r1\r00:01.000 --> 00:02.000\r甲: 一\r二\r\r三"),
	    as("webvtt"),
	    "record 4 |甲||0:00:01.000|0:00:02.000|一\n二\n"
	    "note 8 blank-in-cue\n"
	    "record 8 |甲||0:00:01.000|0:00:02.000|三\n");
	gives(SPAN("WEBVTT\n00:01.000 --> 00:02.000\nx\n0:3 --> 4\ny\n"
		   "00:05.000-->00:06.000\nz"),
	    as("webvtt"),
	    "record 2 |||0:00:01.000|0:00:02.000|x\n"
	    "reject 4 the cue's timing line is malformed: wanted 00:00.000 "
	    "--> 00:00.000, with 00: for hours in front\n"
	    "record 6 |||0:00:05.000|0:00:06.000|z\n");
	gives(SPAN("WEBVTT\n\norphan\n\nNOTE\n\nSTYLE\n"), as("webvtt"),
	    "skip 3 text without a cue\n");
	gives(SPAN("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>a\n"
		   "\xef\xbb\xbf"
		   "b\n\n<v B>c</v>d\n\ne"),
	    as("webvtt"),
	    "record 3 |A||0:00:01.000|0:00:02.000|a\nb\n"
	    "note 7 blank-in-cue\n"
	    "record 7 |B||0:00:01.000|0:00:02.000|c\n"
	    "record 7 |||0:00:01.000|0:00:02.000|d\n"
	    "note 9 blank-in-cue\n"
	    "record 9 |||0:00:01.000|0:00:02.000|e\n");
	gives(SPAN("WEBVTT"), as("webvtt"),
	    "error in:1: no utterance: no block has a timing line\n");
	gives(SPAN("WEBVTTS\n"), as("webvtt"),
	    "error in:1: no utterance: the first line is not WEBVTT\n");
}

Test(webvtt, times_as_graph_writes_them)
{
	gives(SPAN("WEBVTT\n\n-0:0:1.0 --> 0:0:2.0\n<v 窓口>はい</v>\n\n"
		   "0:0:3.5 --> 0:10:5.32\n<v お客様>もしもし</v>\n\n"
		   "-00:01:00.000 --> -0:0:0.1 \nえ\n\n"
		   "11:0:59.123 --> 00:11:1.1\nx\n\n"
		   "-0:0:0.0 --> 0:0:5.320 align:start\ny\n\n"
		   "0:0:60.0 --> 0:1:1.0\nz\n"),
	    as("webvtt"),
	    "note 3 before-start\n"
	    "record 3 |窓口||0:00:00.000|0:00:02.000|はい\n"
	    "record 6 |お客様||0:00:03.500|0:10:05.320|もしもし\n"
	    "note 9 before-start\n"
	    "record 9 |||0:00:00.000|0:00:00.000|え\n"
	    "reject 12 the cue's timing line is malformed: wanted 00:00.000 "
	    "--> 00:00.000, with 00: for hours in front\n"
	    "reject 15 the cue's timing line is malformed: wanted 00:00.000 "
	    "--> 00:00.000, with 00: for hours in front\n"
	    "reject 18 the cue's timing line is malformed: wanted 00:00.000 "
	    "--> 00:00.000, with 00: for hours in front\n");
}

Test(webvtt, objects_of_graph_s_metadata)
{
	gives(SPAN("WEBVTT\n\n00:00:16.246 --> 00:00:17.726\n"
		   "{\"startDateTime\":\"2026-10-01T08:22:30.0461639+00:00\","
		   "\"speakerName\":\"窓口: 佐藤\",\"spokenText\":\"A &amp; "
		   "<v B>\\n甲: はい\",\"spokenLanguage\":\"ja-jp\"}\n\n"
		   "00:18.000 --> 00:19.000\n\n"
		   "00:19.000 --> 00:20.000\n{\"spokenText\":\"\"}\n\n"
		   "00:20.000 --> 00:21.000\n{\n\"speakerName\":null,\n"
		   "\"spokenText\":\"え\"\n}\n\n"
		   "00:21.000 --> 00:22.000\n甲: 一\n\n"
		   "00:22.000 --> 00:23.000\n{\"spokenText\":5}\n"),
	    as("webvtt"),
	    "record 3 |窓口: 佐藤||0:00:16.246|0:00:17.726|A &amp; <v B>\n"
	    "甲: はい\n"
	    "skip 6 blank\n"
	    "skip 8 blank\n"
	    "record 11 |||0:00:20.000|0:00:21.000|え\n"
	    "reject 17 no JSON object with \"spokenText\", as the cues before "
	    "are\n"
	    "reject 20 no JSON object with \"spokenText\", as the cues before "
	    "are\n");
	gives(SPAN("WEBVTT\n\n00:01.000 --> 00:02.000\n一\n\n"
		   "00:02.000 --> 00:03.000\n{\"spokenText\":\"二\"}\n"),
	    as("webvtt"),
	    "record 3 |||0:00:01.000|0:00:02.000|一\n"
	    "record 6 |||0:00:02.000|0:00:03.000|{\"spokenText\":\"二\"}\n");
}

Test(srt, numbers_and_blank_lines)
{
	gives(SPAN("7\n0:00:01,5 --> 123:00:02.25\n>> 甲: 一\n2\n"
		   "00:03,000 --> 00:04,000\n2024"),
	    (struct read_options){0},
	    "record 2 |甲||0:00:01.500|123:00:02.250|一\n"
	    "record 5 |||0:00:03.000|0:00:04.000|2024\n");
	gives(SPAN("1\n00:00:01,000 --> 00:00:02,000\nx\n\n2\ny\n"), as("srt"),
	    "record 2 |||0:00:01.000|0:00:02.000|x\n"
	    "reject 6 the cue has a number and a text, but no timing line\n");
}

Test(srt, speakers_as_whisper_cpp_writes_them)
{
	gives(SPAN("1\n00:00:00,000 --> 00:00:02,000\n(speaker 0) はい\n\n"
		   "2\n00:00:02,000 --> 00:00:03,000\n(speaker ?) え\n\n"
		   "3\n00:00:03,000 --> 00:00:04,000\n(speaker 1)訴えますよ\n"),
	    (struct read_options){0},
	    "record 2 |speaker 0||0:00:00.000|0:00:02.000|はい\n"
	    "record 6 |||0:00:02.000|0:00:03.000|え\n"
	    "record 10 |speaker 1||0:00:03.000|0:00:04.000|訴えますよ\n");
	gives(SPAN("WEBVTT\n\n00:01.000 --> 00:02.000\n(speaker 1) はい\n"),
	    (struct read_options){0},
	    "record 3 |speaker 1||0:00:01.000|0:00:02.000|はい\n");
}

Test(srt, a_timetable_is_none)
{
	static const char *const tables[] = {
	    "10:00 --> 11:00 会議\n",
	    "10:00 --> 11:00 会議\n11:00 --> 12:00 面談\n",
	    "10:00 --> 11:00 会議\n第一会議室\n",
	    "1\n10:00 --> 11:00\n\n2\n11:00 --> 12:00\n",
	    "0:00:01.000,0:00:02.000\n",
	};
	static const char *const cues[] = {
	    "00:01,000 --> 00:02,000 X1:40 X2:50\r\nはい\r\n",
	    "00:01,000 --> 00:02,000\n\n2\n00:03,000 --> 00:04,000\nはい\n",
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		cr_expect_null(detected(span_of(tables[i])), "%s", tables[i]);
	for (size_t i = 0; i < sizeof(cues) / sizeof(*cues); i++)
		cr_expect_eq(detected(span_of(cues[i])), format_named("srt"),
		    "%s", cues[i]);
}

Test(sbv, a_comma_in_a_text_is_no_timing)
{
	gives(SPAN("0:00:01.000,0:00:02.000\n10,000 円: です\n"),
	    (struct read_options){0},
	    "record 1 |10,000 円||0:00:01.000|0:00:02.000|です\n");
}

Test(srt, markup_is_no_text)
{
	gives(SPAN("1\n00:00:01,000 --> 00:00:02,000\n<i>客: A < B > C</i> "
		   "<font color=\"red\">訴え</font>ます {\\an8}\n"),
	    (struct read_options){0},
	    "record 2 |客||0:00:01.000|0:00:02.000|A < B > C 訴えます\n");
	gives(SPAN("1\n00:00:01,000 -> 00:00:02,000\n客: はい\n\n2\n"
		   "00:00:03,000 --> 00:00:04,000\n客: うん"),
	    (struct read_options){0},
	    "reject 2 text before the first timing line\n"
	    "record 6 |客||0:00:03.000|0:00:04.000|うん\n");
}
