#include "read/input_test.h"

static const struct read_options any = {0};

static struct read_options
as(const char *name)
{
	const struct read_options o = {.format = format_named(name)};

	cr_assert_not_null(o.format);
	return o;
}

/* Words [text, start, end, speaker]: as Deepgram has them, in tenths. */
struct word {
	const char *text;
	int start, end, speaker;
};

static void
words_give(const struct word *words, size_t n, const char *want)
{
	struct buf text = {0};

	buf_adds(&text,
	    "{\"results\":{\"channels\":[{\"alternatives\":[{"
	    "\"words\":[");
	for (size_t i = 0; i < n; i++)
		buf_printf(&text,
		    "%s{\"word\":\"%s\",\"start\":%d.%d,\"end\":"
		    "%d.%d,\"speaker\":%d}",
		    i > 0 ? "," : "", words[i].text, words[i].start / 10,
		    words[i].start % 10, words[i].end / 10, words[i].end % 10,
		    words[i].speaker);
	buf_adds(&text, "]}]}]}}");
	gives(buf_span(&text), as("deepgram"), want);
	buf_free(&text);
}

Test(speech, no_blank_stands_next_to_japanese)
{
	static const struct word words[] = {
	    {"SNS", 0, 1, 0},
	    {"に", 1, 2, 0},
	    {"書き込み", 2, 3, 0},
	    {"ます", 3, 4, 0},
	    {"OK", 4, 5, 0},
	    {"go", 5, 6, 0},
	    {"ahead", 6, 7, 0},
	    {"１", 7, 8, 0},
	    {"番", 8, 9, 0},
	    {"감사", 9, 10, 0},
	    {"합니다", 10, 11, 0},
	};

	words_give(words, sizeof(words) / sizeof(*words),
	    "record 1 |Speaker 0||0:00:00.000|0:00:01.100|"
	    "SNSに書き込みますOK go ahead１番감사 합니다\n");
}

Test(speech, speakers_sentences_and_silence_part_utterances)
{
	static const struct word words[] = {
	    {"はい", 0, 5, 0},
	    {"もしもし", 5, 9, 1},
	    {"訴え", 19, 21, 1},
	    {"ます", 32, 33, 1},
	    {"よ。", 33, 34, 1},
	    {"本当", 34, 36, 1},
	    {"か？", 36, 37, 1},
	    {"え", 37, 38, 0},
	};

	words_give(words, sizeof(words) / sizeof(*words),
	    "record 1 |Speaker 0||0:00:00.000|0:00:00.500|はい\n"
	    "record 1 |Speaker 1||0:00:00.500|0:00:02.100|もしもし訴え\n"
	    "record 1 |Speaker 1||0:00:03.200|0:00:03.400|ますよ。\n"
	    "record 1 |Speaker 1||0:00:03.400|0:00:03.700|本当か？\n"
	    "record 1 |Speaker 0||0:00:03.700|0:00:03.800|え\n");
}

Test(speech, a_wrong_word_rejects_its_utterance_only)
{
	gives(
	    SPAN(
		"{\"jobName\":\"j\",\"results\":{\"items\":[\n"
		"{\"start_time\":\"0.5\",\"end_time\":\"1\",\"alternatives\":"
		"[{\"content\":\"はい\"}],\"type\":\"pronunciation\"},\n"
		"{\"alternatives\":[{\"content\":\"。\"}],\"type\":"
		"\"punctuation\"},\n"
		"{\"start_time\":\"x\",\"alternatives\":[{\"content\":\"え\"}],"
		"\"type\":\"pronunciation\"},\n"
		"{\"alternatives\":[{\"content\":\"？\"}],\"type\":"
		"\"punctuation\"},\n"
		"{\"start_time\":\"3.25\",\"end_time\":\"4\",\"alternatives\":"
		"[{\"content\":\"ええ\"}],\"type\":\"pronunciation\"}]}}"),
	    any,
	    "identify j\n"
	    "record 2 |||0:00:00.500|0:00:01.000|はい。\n"
	    "reject 4 \"start_time\" is a string: wanted a number\n"
	    "record 6 |||0:00:03.250|0:00:04.000|ええ\n");
}

Test(speech, the_id_comes_from_the_field_that_the_format_defines)
{
	gives(SPAN("{\"request_id\":\"r-1\",\"ver\":\"1\",\"channels\":[{"
		   "\"transcript\":[{\"sentence\":\"はい\",\"timestamp\":1500,"
		   "\"duration\":500}]}]}"),
	    any,
	    "identify r-1\n"
	    "record 1 |Channel 0||0:00:01.500|0:00:02.000|はい\n");
	gives(SPAN("{\"request_id\":\" \",\"ver\":\"1\",\"channels\":[{"
		   "\"transcript\":[{\"sentence\":\"はい\"}]}]}"),
	    any, "record 1 |Channel 0||||はい\n");
}

Test(speech, lines_count_also_where_lists_are_read_out_of_order)
{
	gives(SPAN("{\"transcripts\":[{\"phrases\":[\n{\"text\":\"一\"},\n"
		   "\n{\"text\":\n\"二\"},{\"text\":5}]}],\n"
		   "\"conversationId\":12}\n"),
	    as("genesys"),
	    "identify 12\n"
	    "record 2 |||||一\nrecord 4 |||||二\n"
	    "reject 5 \"text\" is a number: wanted a string\n");
}

Test(speech, a_document_without_a_list_says_what_was_wanted)
{
	gives(SPAN("{\"a\":1}"), as("vonage"),
	    "error in:1: no utterance: no channels with a transcript\n");
	gives(SPAN("[]"), as("whisper"),
	    "error in:1: no utterance: no segments, transcription, chunks "
	    "or words\n");
	gives(SPAN("{\"segments\":[]}"), as("whisper"), "");
}

Test(speech, a_broken_document_is_refused_with_its_place)
{
	gives(SPAN("{\"segments\":[\n{\"start\":0,\"text\":\"あ\",\n"
		   " ...}]}"),
	    any,
	    "error in:3:2: not valid JSON (byte 40): expected a key in "
	    "double quotes, saw '.'\n");
	gives(SPAN("{\"segments\":[{\"start\":0,\"text\":\"\xff\"}]}"), any,
	    "note 0 encoding-guessed UTF-8\n"
	    "error in:1:33: not valid JSON (byte 32): byte 0xFF is not "
	    "valid UTF-8\n");
}

Test(speech, a_document_beyond_the_limit_is_refused)
{
	struct read_options o = as("whisper");
	struct heard h;

	o.document_max = 30;
	h = hear_bytes(
	    SPAN("{\"segments\":[{\"start\":0,\"text\":\"あ\"}]}"), o);
	cr_assert_eq(h.records, 0);
	cr_assert_not_null(strstr(h.log.at, "longer than 30 bytes"));
	buf_free(&h.log);
}

Test(speech, times_are_checked)
{
	gives(SPAN("{\"segments\":[{\"start\":-1,\"text\":\"a\"},"
		   "{\"start\":1e300,\"text\":\"b\"},"
		   "{\"start\":\"1.5\",\"text\":\"c\"},"
		   "{\"start\":\"1.5s\",\"text\":\"d\"},"
		   "{\"start\":null,\"end\":2,\"text\":\"e\"},"
		   "{\"start\":3,\"end\":2.9994,\"text\":\"f\"}]}"),
	    any,
	    "reject 1 \"start\" is no time of a conversation\n"
	    "reject 1 \"start\" is no time of a conversation\n"
	    "record 1 |||0:00:01.500||c\n"
	    "reject 1 \"start\" is a string: wanted a number\n"
	    "record 1 ||||0:00:02.000|e\n"
	    "note 1 end-before-start\n"
	    "record 1 |||0:00:03.000||f\n");
}

Test(azurestt, times_in_all_forms)
{
	gives(SPAN("{\"duration\":182439,\"combinedPhrases\":[],\"phrases\":["
		   "{\"offset\":720,\"duration\":480,\"text\":\"a\"},"
		   "{\"offset\":1300.6,\"text\":\"b\"},"
		   "{\"offset\":-1,\"text\":\"c\"}]}"),
	    any,
	    "record 1 |||0:00:00.720|0:00:01.200|a\n"
	    "record 1 |||0:00:01.301||b\n"
	    "reject 1 \"offset\" is no time of a conversation\n");
	gives(SPAN("{\"phrases\":[{\"channel\":0,\"offsetInMs\":720,"
		   "\"durationInMs\":480,\"text\":\"a\"}]}"),
	    any, "record 1 |Channel 0||0:00:00.720|0:00:01.200|a\n");
	gives(SPAN("{\"recognizedPhrases\":["
		   "{\"offset\":\"PT1M2.5S\",\"duration\":\"PT2S\","
		   "\"nBest\":[{\"display\":\"a\"}]}]}"),
	    any, "record 1 |||0:01:02.500|0:01:04.500|a\n");
}

Test(azurestt, times_in_no_known_form_are_told_once)
{
	gives(SPAN("{\"recognizedPhrases\":[\n"
		   "{\"offset\":720,\"nBest\":[{\"display\":\"a\"}]},\n"
		   "{\"offset\":\"0:01\",\"nBest\":[{\"display\":\"b\"}]}]}"),
	    any,
	    "note 2 time-unknown\n"
	    "record 2 |||||a\n"
	    "record 3 |||||b\n");
	gives(SPAN("{\"combinedPhrases\":[],\"phrases\":[\n"
		   "{\"offset\":72,\"duration\":[],\"text\":\"a\"}]}"),
	    as("azurestt"),
	    "note 2 time-unknown\n"
	    "record 2 |||0:00:00.072||a\n");
}

#define SID "GT00000000000000000000000000000001"

Test(twilio, the_page_s_address_has_the_id)
{
	gives(
	    SPAN("{\"sentences\":[{\"media_channel\":1,\"transcript\":\"a\"}],"
		 "\"meta\":{\n\"url\":\"https://x.example/v2/Transcripts/" SID
		 "/Sentences?Page=0\",\"next_page_url\":null}}"),
	    any, "identify " SID "\nrecord 1 |Channel 1||||a\n");
	gives(
	    SPAN("{\"sentences\":[{\"media_channel\":1,\"transcript\":\"a\"}],"
		 "\"sid\":\"b\",\"meta\":{\"url\":\"/" SID "\"}}"),
	    any, "identify b\nrecord 1 |Channel 1||||a\n");
	gives(
	    SPAN("{\"sentences\":[{\"media_channel\":1,\"transcript\":\"a\"}],"
		 "\"sid\":null,\"meta\":{\"url\":\"/x/" SID "\"}}"),
	    any, "identify " SID "\nrecord 1 |Channel 1||||a\n");
	gives(
	    SPAN("{\"sentences\":[{\"media_channel\":1,\"transcript\":\"a\"}],"
		 "\"meta\":{\"url\":\"/GT1/x" SID "/" SID "0\"}}"),
	    any, "record 1 |Channel 1||||a\n");
}

Test(speech, a_page_of_several_is_noted)
{
	gives(
	    SPAN("{\"meta\":{\n\"next_page_url\":\"https://x\"},\n"
		 "\"sentences\":[{\"media_channel\":1,\"transcript\":\"a\"}]}"),
	    any,
	    "record 3 |Channel 1||||a\n"
	    "note 2 more-pages next_page_url\n");
	gives(SPAN("{\"messages\":[{\"ts\":\"1790816460\",\"user\":\"U\","
		   "\"type\":\"message\",\"text\":\"a\"}],\n"
		   "\"has_more\":true}"),
	    any,
	    "record 1 |U||2026-10-01T01:01:00Z||a\n"
	    "note 2 more-pages has_more\n");
	gives(SPAN("{\"Segments\":[{\"Transcript\":{\"ParticipantRole\":"
		   "\"AGENT\",\"Content\":\"a\"}}],\n\"NextToken\":\"x\"}"),
	    any,
	    "record 1 |AGENT|AGENT|||a\n"
	    "note 2 more-pages NextToken\n");
	gives(SPAN("{\"Segments\":[],\"NextToken\":\"\"}"), as("contactlens"),
	    "");
	gives(SPAN("{\"messages\":[],\"has_more\":false}"), as("slack"), "");
}

/* What no reader of these documents may claim. */
Test(speech, other_json_is_nobodys)
{
	static const char *const texts[] = {
	    "{\"text\":\"a\",\"speaker\":\"b\"}\n",
	    "{\"conversation\":\"c\",\"start\":1,\"text\":\"a\"}\n",
	    "{\"results\":[{\"name\":\"a\"}],\"status\":\"ok\"}",
	    "{\"results\":{\"items\":[{\"id\":1}]}}",
	    "{\"segments\":[{\"id\":1,\"start\":2}]}",
	    "{\"channels\":[{\"id\":1}],\"request_id\":2}",
	    "{\"name\":\"a\",\"entries\":[{\"text\":\"a\"}]}",
	    "{\"phrases\":[{\"text\":\"a\"}]}",
	    "{\"id\":\"a\",\"status\":\"completed\",\"text\":\"a\"}",
	    "{\"sentences\":[{\"transcript\":\"a\"}]}",
	    "[{\"text\":\"a\",\"start\":1}]",
	    "{\"Version\":1,\"Channel\":2,\"Transcript\":\"none\"}",
	    /* IBM Watson's */
	    "{\"result_index\":0,\"results\":[{\"alternatives\":[{"
	    "\"transcript\":\"a \"}]}]}",
	    "{\"results\":[{\"final\":true,\"alternatives\":[{"
	    "\"transcript\":\"a \",\"confidence\":0.9}]}]}",
	    "{\"results\":[{\"alternatives\":[{\"transcript\":\"a \","
	    "\"timestamps\":[[\"a\",0.5,1]]}]}]}",
	    "{\"results\":[{\"alternatives\":[{\"transcript\":\"a \"}]}],"
	    "\"speaker_labels\":[{\"from\":0.5,\"to\":1,\"speaker\":0}]}",
	};
	const char *why = NULL;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct sample s = {
		    .text = span_of(texts[i]), .whole = true};

		for (size_t k = 0; k < nformats; k++) {
			const char *help = formats[k]->help;

			if (strstr(help, "(JSON)") == NULL)
				continue;
			cr_assert_eq(formats[k]->sniff(&s, &why), 0,
			    "%s claims %s", formats[k]->name, texts[i]);
		}
	}
}

Test(whispertsv, whole_milliseconds_only)
{
	gives(SPAN("start\tend\ttext\n0\t2500\tはい\n2500\t5000\ta\tb\n"), any,
	    "record 2 |||0:00:00.000|0:00:02.500|はい\n"
	    "record 3 |||0:00:02.500|0:00:05.000|a\tb\n");
	gives(SPAN("start\tend\ttext\n1\t2\t\n1.5\t2\tx\n\n"), as("whispertsv"),
	    "skip 2 blank\n"
	    "reject 3 wanted start and end in milliseconds, and a text, "
	    "with tabs between\n");
	gives(SPAN("start\tend\ttext\n"), as("whispertsv"),
	    "error in:1: no utterance: no line follows the header\n");
}

/* As jq -s makes it of files: the same as of each by itself. */
Test(documents, an_array_is_read_document_by_document)
{
	gives(SPAN("[{\"id\":\"t1\",\"audio_url\":\"u\",\"text\":\"はいえ\","
		   "\"utterances\":[\n{\"speaker\":\"A\",\"start\":170,"
		   "\"end\":718,\"text\":\"はい\"},\n{\"speaker\":\"B\","
		   "\"start\":900,\"text\":\"え\"}]},\n"
		   "{\"id\":\"t2\",\"audio_url\":\"u\",\"text\":\"うん\","
		   "\"utterances\":[{\"speaker\":\"A\",\"start\":1000,"
		   "\"text\":\"うん\"}]}]\n"),
	    any,
	    "record 2 t1|A||0:00:00.170|0:00:00.718|はい\n"
	    "record 3 t1|B||0:00:00.900||え\n"
	    "record 4 t2|A||0:00:01.000||うん\n");
	gives(SPAN("[{\"text\":\"はいえ\",\"segments\":[{\"start\":0,"
		   "\"end\":1.5,\"text\":\"はい\"}],\"language\":\"ja\"},"
		   "{\"text\":\"え\",\"segments\":[{\"start\":0.5,"
		   "\"text\":\"え\"}],\"language\":\"ja\"}]"),
	    any,
	    "record 1 in#1|||0:00:00.000|0:00:01.500|はい\n"
	    "record 1 in#2|||0:00:00.500||え\n");
	gives(SPAN("[{\"session_id\":\"s\",\"text\":\"はい\",\"segments\":["
		   "{\"results\":[{\"tokens\":[{\"written\":\"はい\"}],"
		   "\"starttime\":250,\"text\":\"はい\"}]}]}]"),
	    any, "record 1 s|||0:00:00.250||はい\n");
}

Test(documents, one_a_line)
{
	gives(
	    SPAN("{\"text\":\"はい\",\"segments\":[{\"start\":0,\"text\":"
		 "\"はい\"}],\"language\":\"ja\"}\n\n"
		 "{\"text\":\"え\",\"segments\":[{\"start\":1,\"text\":\"え\"},"
		 "{\"text\":5}],\"language\":\"ja\"}\r\n"
		 "{\"segments\":[{\"start\" 1}]}\n[]\n{\"job\":\"queued\"}\n"),
	    any,
	    "record 1 in#1|||0:00:00.000||はい\n"
	    "record 3 in#2|||0:00:01.000||え\n"
	    "reject 3 \"text\" is a number: wanted a string\n"
	    "reject 4 not valid JSON, column 23: expected : after a key, saw "
	    "'1'\n"
	    "reject 5 an array: wanted a document\n"
	    "reject 6 no utterance: no segments, transcription, chunks or "
	    "words\n");
	gives(SPAN("{\"id\":\"1\",\"history\":[{\"type\":\"chat.msg\","
		   "\"sender_type\":\"Visitor\",\"msg\":\"a\"}]}\n"
		   "{\"id\":\"2\",\"history\":[{\"type\":\"chat.msg\","
		   "\"sender_type\":\"Visitor\",\"msg\":\"b\"}]}\n"),
	    any, "record 1 1||customer|||a\nrecord 2 2||customer|||b\n");
}

Test(documents, places_are_those_of_the_input)
{
	/* UTF-16: two bytes a character, and a mark of two. */
	struct heard h = hear_bytes(
	    SPAN("\xff\xfe{\0\"\0s\0e\0g\0m\0e\0n\0t\0s\0\"\0:\0[\0]\0}\0\n\0"
		 "{\0\"\0s\0e\0g\0m\0e\0n\0t\0s\0\"\0:\0[\0"
		 "{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0a\0\"\0}\0]\0}\0\n\0"),
	    as("whisper"));

	cr_assert_str_eq(h.log.at, "record 2 in#2|||||a\n");
	cr_assert_eq(h.byte, 60);
	buf_free(&h.log);
}

/* What an array itself is, in formats that have such. */
Test(documents, arrays_of_a_format_stay_one)
{
	gives(SPAN("[{\"media_channel\":1,\"sentence_index\":0,"
		   "\"transcript\":\"a\"},{\"media_channel\":2,"
		   "\"sentence_index\":1,\"transcript\":\"b\"}]"),
	    any, "record 1 |Channel 1||||a\nrecord 1 |Channel 2||||b\n");
	gives(SPAN("[{\"sid\":\"GT1\",\"sentences\":[{\"media_channel\":1,"
		   "\"transcript\":\"a\"}]},{\"sid\":\"GT2\",\"sentences\":["
		   "{\"media_channel\":2,\"transcript\":\"b\"}]}]"),
	    any, "record 1 GT1|Channel 1||||a\nrecord 1 GT2|Channel 2||||b\n");
}

Test(documents, an_array_of_segments_is_none)
{
	gives(SPAN("[{\"start\":0,\"text\":\"a\",\"words\":[{\"word\":\"a\","
		   "\"start\":0}]}]"),
	    any, "record 1 |||0:00:00.000||a\n");
}
