#include "read/csvrow.h"
#include "read/input_test.h"

static const struct read_options plain = {0};

#define HEAD "通話ID,話者,役割,開始,終了,内容\n"

Test(csv, japanese_headers)
{
	gives(SPAN(HEAD "c1,佐藤,agent,1.5,2,はい\nc1,客,customer,0:01:02,,"
			"\"訴え,ます\"\n"),
	    plain,
	    "record 2 c1|佐藤|agent|0:00:01.500|0:00:02.000|はい\n"
	    "record 3 c1|客|customer|0:01:02.000||訴え,ます\n");
}

Test(csv, delimiters_line_ends_and_a_mark)
{
	static const char *const want = "record 2 |客||||はい\n";

	gives(SPAN("\xef\xbb\xbf話者\t内容\r\n客\tはい\r\n"), plain, want);
	gives(SPAN("話者;内容\n客;はい"), plain, want);
	gives(SPAN("話者,内容\n客,はい\n\n"), plain, want);
	gives(SPAN("話者|内容\n客|はい\n"),
	    (struct read_options){.delimiter = '|'}, want);
	/* A comma in the text does not make it the delimiter. */
	gives(SPAN("話者\t内容\n客\tはい,ええ,うん\n"), plain,
	    "record 2 |客||||はい,ええ,うん\n");
}

Test(csv, a_spreadsheet_in_cp932)
{
	/* 話者,内容 / 客,訴えます */
	gives(SPAN("\x98\x62\x8e\xd2,\x93\xe0\x97\x65\r\n\x8b\x71,\x91\x69"
		   "\x82\xa6\x82\xdc\x82\xb7\r\n"),
	    plain, "record 2 |客||||訴えます\n");
}

Test(csv, times_as_cells_have_them)
{
	gives(SPAN("日時,話者,内容\n２０２６/１０/１　９：０５,客,あ\n"
		   "2026年10月1日(木) 午後1時5分,客,い\n1759280400,客,う\n"
		   "2026/10/1,客,え\n2026/10/2,客,お\n,客,か\nきのう,客,き\n"),
	    plain,
	    "record 2 |客||2026-10-01T09:05||あ\n"
	    "record 3 |客||2026-10-01T13:05||い\n"
	    "record 4 |客||2025-10-01T01:00:00Z||う\n"
	    "note 5 date-only\nrecord 5 |客||||え\n"
	    "record 6 |客||||お\nrecord 7 |客||||か\n"
	    "reject 8 at is \"きのう\": wanted a number of seconds, H:MM:SS, "
	    "or a date and time\n");
	gives(SPAN("開始,終了,内容\n2026-10-01 10:00:00,2026-10-01 10:00:02,"
		   "あ\n"),
	    plain, "record 2 |||2026-10-01T10:00:00|2026-10-01T10:00:02|あ\n");
}

Test(csv, the_first_time_tells_what_short_ones_are)
{
	gives(SPAN("日時,話者,内容\n2026/10/1 10:04,客,あ\n0:05,客,い\n"),
	    plain,
	    "record 2 |客||2026-10-01T10:04||あ\n"
	    "record 3 |客||0:05:00.000||い\n");
	gives(SPAN("日時,開始,内容\n2026/10/1 10:04,,あ\n,10:05,い\n"), plain,
	    "record 2 |||2026-10-01T10:04||あ\n"
	    "record 3 |||0:10:05.000||い\n");
	gives(SPAN("開始,内容\n5,あ\n10:05,い\n"), plain,
	    "record 2 |||0:00:05.000||あ\nrecord 3 |||0:10:05.000||い\n");
	gives(SPAN("開始,内容\n,あ\n10:05,い\n0:30,う\n"), plain,
	    "record 2 |||||あ\nrecord 3 |||10:05:00.000||い\n"
	    "record 4 |||0:30:00.000||う\n");
}

Test(csv, a_date_and_a_time_of_day_in_two_columns)
{
	gives(SPAN("date,time,text\n2026/10/1,9:05:07,あ\n2026/10/1,,い\n"),
	    plain,
	    "record 2 |||2026-10-01T09:05:07||あ\n"
	    "note 3 date-only\nrecord 3 |||||い\n");
}

Test(csv, the_day_and_times_of_the_day_in_columns)
{
	gives(SPAN("日付,時刻,内容\n2026/10/1,9:05:07,あ\n"), plain,
	    "record 2 |||2026-10-01T09:05:07||あ\n");
	/* Past midnight. */
	gives(SPAN("日付,開始時刻,終了時刻,内容\n"
		   "2026/10/1,23:59:50,0:00:10,あ\n2026/10/2,0:00:20,,い\n"),
	    plain,
	    "record 2 |||2026-10-01T23:59:50|2026-10-02T00:00:10|あ\n"
	    "record 3 |||2026-10-02T00:00:20||い\n");
	/* A call has no such hours: the day is that of the call. */
	gives(SPAN("date,start,text\n2026/10/1,0:00:05,あ\n"), plain,
	    "note 2 date-only\nrecord 2 |||0:00:05.000||あ\n");
	gives(SPAN("日,時,内容\n2026/10/1,9:05:07,あ\n"),
	    (struct read_options){
		.map = (struct column_map[]){{COLUMN_AT, SPAN("日+時")}},
		.nmap = 1},
	    "record 2 |||2026-10-01T09:05:07||あ\n");
}

/* As a spreadsheet keeps it: days from 1899-12-30 on. */
Test(csv, days_of_a_spreadsheet)
{
	gives(SPAN("日時,内容\n46296.4166666667,あ\n46296.41681,い\n"
		   "46296.4375,う\n46296,え\n"),
	    plain,
	    "note 2 serial-date\nrecord 2 |||2026-10-01T10:00:00||あ\n"
	    "record 3 |||2026-10-01T10:00:12||い\n"
	    "record 4 |||2026-10-01T10:30:00||う\n"
	    "note 5 date-only\nrecord 5 |||||え\n");
	gives(SPAN("日付,時刻,内容\n46296,0.4168982,あ\n"), plain,
	    "record 2 |||2026-10-01T10:00:20||あ\n");
	/* Seconds of a call that is ten hours long are seconds. */
	gives(SPAN("開始,内容\n36600.5,あ\n"), plain,
	    "record 2 |||10:10:00.500||あ\n");
	gives(SPAN("日時,内容\n19999.5,あ\n"), plain,
	    "record 2 |||1970-01-01T05:33:19.500Z||あ\n");
}

Test(csv, milliseconds_where_the_name_says_so)
{
	gives(SPAN("start_ms,end_ms,text\n0,2500,あ\n"), plain,
	    "record 2 |||0:00:00.000|0:00:02.500|あ\n");
	gives(SPAN("開始(ミリ秒),終了（ms）,内容\n100,2500,あ\n"), plain,
	    "record 2 |||0:00:00.100|0:00:02.500|あ\n");
	gives(SPAN("startMs,endInMs,text\n100,2500,あ\n"), plain,
	    "record 2 |||0:00:00.100|0:00:02.500|あ\n");
	gives(SPAN("t_ms,text\n2500,あ\n"),
	    (struct read_options){
		.map = (struct column_map[]){{COLUMN_START, SPAN("t_ms")}},
		.nmap = 1},
	    "record 2 |||0:00:02.500||あ\n");
	/* whisper.cpp's header does not; nobody speaks for so long. */
	gives(SPAN("start,end,text\n0,2500,\"あ\"\n2500,5000,\"い\"\n"), plain,
	    "record 2 |||0:00:00.000|0:00:02.500|あ\n"
	    "record 3 |||0:00:02.500|0:00:05.000|い\n");
	gives(SPAN("start,end,text\n0,20,\"あ\"\n20,50,\"い\"\n"), plain,
	    "record 2 |||0:00:00.000|0:00:20.000|あ\n"
	    "record 3 |||0:00:20.000|0:00:50.000|い\n");
}

Test(csv, an_id_that_excel_is_to_keep)
{
	gives(SPAN("通話ID,内容\n=\"001\",あ\n\"=\"\"002\"\"\",い\n"), plain,
	    "record 2 001|||||あ\nrecord 3 002|||||い\n");
}

Test(csv, a_column_that_is_not_there)
{
	gives(SPAN("話者,内容\n客,あ\n"),
	    (struct read_options){
		.map = (struct column_map[]){{COLUMN_AT, SPAN("日時")}},
		.nmap = 1},
	    "note 1 no-such-column 日時\nrecord 2 |客||||あ\n");
}

Test(csv, two_parts_are_minutes_or_hours)
{
	gives(SPAN("開始,内容\n00:05,あ\n12:10,い\n"), plain,
	    "record 2 |||0:00:05.000||あ\nrecord 3 |||0:12:10.000||い\n");
	gives(SPAN("時刻,内容\n09:58,あ\n10:03,い\n"), plain,
	    "record 2 |||9:58:00.000||あ\nrecord 3 |||10:03:00.000||い\n");
}

Test(csv, columns_by_map)
{
	const struct column_map named[] = {
	    {COLUMN_TEXT, SPAN("だれが")},
	    {COLUMN_SPEAKER, SPAN("3")},
	};
	const struct column_map numbers[] = {
	    {COLUMN_TEXT, SPAN("2")},
	    {COLUMN_CONVERSATION, SPAN("1")},
	};

	gives(SPAN("内容,だれが,x\nあ,い,う\n"),
	    (struct read_options){.map = named, .nmap = 2},
	    "record 2 |う||||い\n");
	gives(SPAN("c1,あ\nc2,い\n"),
	    (struct read_options){.map = numbers, .nmap = 2, .no_header = true},
	    "record 1 c1|||||あ\nrecord 2 c2|||||い\n");
}

Test(csv, without_a_text_column_the_map_to_write_is_shown)
{
	struct heard h = hear_bytes(
	    SPAN("番号,だれ,なに\n1,客,あ\n2,客,い\n"), plain);

	cr_assert(span_starts(buf_span(&h.log), SPAN("error in:1:1: ")));
	cr_assert_not_null(strstr(h.log.at,
	    "columns seen: 1 番号, 2 だれ, "
	    "3 なに; name it: --map text=NAME"));
	buf_free(&h.log);
	h = hear_bytes(SPAN("番号,だれ\n1,客\n"),
	    (struct read_options){.format = format_named("csv")});
	cr_assert(span_starts(buf_span(&h.log),
	    SPAN("error in:1: no column "
		 "holds the text; columns seen: 1 番号, 2 だれ;")));
	buf_free(&h.log);
}

Test(csv, rows_of_other_lengths)
{
	gives(SPAN("話者,内容,開始\n客,あ\n客,い,1,x\n客,う,2,,\n客\n,,\n"),
	    plain,
	    "note 2 ragged-row 2, not 3\nrecord 2 |客||||あ\n"
	    "note 3 ragged-row 4, not 3\nrecord 3 |客||0:00:01.000||い\n"
	    "record 4 |客||0:00:02.000||う\n"
	    "reject 5 the row ends after column 1: the text is column 2\n"
	    "skip 6 blank\n");
}

Test(csv, a_last_text_goes_on)
{
	gives(SPAN("話者,内容\n客,あ,い\n客,う,,え,,\n客,お,,\n客,,\n"
		   "客,\"か,き\",く\n"),
	    plain,
	    "note 2 ragged-row 3, not 2: taken as one text\n"
	    "record 2 |客||||あ,い\n"
	    "note 3 ragged-row 4, not 2: taken as one text\n"
	    "record 3 |客||||う,,え\n"
	    "record 4 |客||||お\nskip 5 blank\n"
	    "note 6 ragged-row 3, not 2: taken as one text\n"
	    "record 6 |客||||か,き,く\n");
	gives(SPAN("話者\t内容\n客\tあ\tい\n"), plain,
	    "note 2 ragged-row 3, not 2: taken as one text\n"
	    "record 2 |客||||あ\tい\n");
}

Test(csv, quotes_that_are_sound)
{
	gives(SPAN("話者,内容\n客,\"一\r\n二, \"\"三\"\"\n\n四\"\n"
		   "客,彼は\"はい\"と\n客, \"五\" \n\"客\",\"\"\n"),
	    plain,
	    "record 2 |客||||一\r\n二, \"三\"\n\n四\n"
	    "record 6 |客||||彼は\"はい\"と\nrecord 7 |客||||五\n"
	    "skip 8 blank\n");
}

/* A table of 1,000 rows whose row 3 is another; rows quoted or not. */
static struct buf
table(const char *third, const char *cell)
{
	struct buf b = {0};

	buf_adds(&b, "通話ID,話者,開始,内容\n");
	for (int i = 1; i <= 1000; i++) {
		if (i == 3)
			buf_printf(&b, "%s\n", third);
		else
			buf_printf(
			    &b, cell, i / 10, i % 2 ? "客" : "担当", i, i);
	}
	return b;
}
#define BARE "c%d,%s,%d,こんにちは%d\n"
#define QUOTED "\"c%d\",\"%s\",\"%d\",\"こんにちは%d\"\n"

/* The damage costs one record, which is named, and no other. */
static void
costs_one(struct buf b, const char *reason)
{
	struct heard h = hear_bytes(buf_span(&b), plain);

	cr_assert_eq(h.records, 999, "%s: %zu", reason, h.records);
	cr_assert_eq(h.rejects, 1);
	cr_assert_not_null(
	    strstr(h.log.at, reason), "%s", strstr(h.log.at, "reject"));
	buf_free(&h.log);
	buf_free(&b);
}

Test(csv, an_unclosed_quote_costs_its_record)
{
	static const char *const bare = "c0,客,3,\"閉じない";

	costs_one(table(bare, BARE),
	    "reject 4 the quote opened in line 4 is "
	    "not closed\n");
	costs_one(table(bare, QUOTED),
	    "reject 4 the quote opened in line 4 "
	    "is closed before text");
	costs_one(table("\"c0\",\"客,\"3\",\"a\"", QUOTED),
	    "reject 4 the "
	    "quote opened in line 4 is closed before text");
}

Test(csv, a_stray_quote_costs_its_record)
{
	static const char *const stray = "c0,客,3,\"はい\"と言った";

	costs_one(table(stray, BARE),
	    "reject 4 the quote opened in line 4 "
	    "is closed before text: a quote within a cell is written "
	    "twice\n");
	costs_one(table(stray, QUOTED),
	    "reject 4 the quote opened in line "
	    "4 is closed before text");
	costs_one(table("\"c0,客,3,はい", BARE),
	    "reject 4 the quote opened "
	    "in line 4 is not closed");
}

Test(csv, two_stray_quotes_do_not_swallow_what_is_between)
{
	struct buf b = table("c0,客,3,\"閉じない", BARE);

	/* The last cell ends in a quote, which might have been the other. */
	b.len--;
	buf_adds(&b, "\"\n");
	costs_one(b,
	    "reject 4 the quote opened in line 4 takes in the rows "
	    "that follow: it is stray, or not closed\n");
}

/* Most text with a comma would do as a row of such a table. */
Test(csv, a_cell_whose_lines_have_as_many_cells_as_the_table)
{
	gives(SPAN("会話ID,発話\nc1,\"候補は次です\n東京,大阪\"\nc1,次\n"),
	    plain,
	    "record 2 c1|||||候補は次です\n東京,大阪\n"
	    "record 4 c1|||||次\n");
	gives(SPAN("会話ID,話者,発話\nc1,客,\"一\nx,,二\"\nc1,客,三\n"), plain,
	    "record 2 c1|客||||一\nx,,二\n"
	    "record 4 c1|客||||三\n");
	gives(SPAN("会話ID,発話\nc1,\"閉じない\nc1,次\nc1,\"終\"\n"), plain,
	    "reject 2 the quote opened in line 2 is closed before text: a "
	    "quote within a cell is written twice\n"
	    "record 3 c1|||||次\n"
	    "record 4 c1|||||終\n");
	gives(SPAN("会話ID,発話\nc1,\"閉じない\nc1,次\nc1,終\"\nc2,一\n"),
	    plain,
	    "reject 2 the quote opened in line 2 takes in the rows that "
	    "follow: it is stray, or not closed\n"
	    "record 3 c1|||||次\n"
	    "record 4 c1|||||終\"\n"
	    "record 5 c2|||||一\n");
}

Test(csv, the_lines_of_a_damaged_cell_are_lost_with_it)
{
	gives(SPAN("話者,開始,内容\n客,1,\"一\n二\"三\n客,2,\"四\n五\"\n"
		   "客,3,六\n"),
	    plain,
	    "reject 2 the quote opened in line 2 is closed before text: a "
	    "quote within a cell is written twice; lines 2 to 3 are lost\n"
	    "record 4 |客||0:00:02.000||四\n五\n"
	    "record 6 |客||0:00:03.000||六\n");
}

Test(csv, an_unclosed_quote_in_the_last_row)
{
	gives(SPAN("話者,内容\n客,あ\n客,\"い\n"), plain,
	    "record 2 |客||||あ\n"
	    "reject 3 the quote opened in line 3 is not closed\n");
}

Test(csv, a_damaged_header_is_an_error)
{
	gives(SPAN("話者,\"内容\n客,あ\n"),
	    (struct read_options){.format = format_named("csv")},
	    "error in:1: the header cannot be read: the quote opened in line "
	    "1 is not closed\n");
}

Test(csv, long_cells_of_many_lines)
{
	struct buf cell = {0};

	buf_adds(&cell, "c0,客,3,\"");
	for (int i = 0; i < 5000; i++)
		buf_printf(&cell, "長い行, %d, はい\n", i);
	buf_adds(&cell, "終わり\"");
	struct buf b = table(buf_cstr(&cell), BARE);
	struct heard h = hear_bytes(buf_span(&b), plain);

	cr_assert_eq(h.records, 1000);
	cr_assert_eq(h.rejects, 0);
	cr_assert_not_null(strstr(h.log.at, "record 5005 c0|担当"));
	buf_free(&h.log);
	/* Beyond the bound it is a quote that was not closed. */
	h = hear_bytes(
	    buf_span(&b), (struct read_options){.record_max = 10000});
	cr_assert_eq(h.records, 999);
	cr_assert_eq(h.rejects, 1);
	buf_free(&h.log);
	buf_free(&cell);
	buf_free(&b);
}

Test(csv, every_cell_s_bytes_are_checked)
{
	gives(SPAN("話者,内容\n客,あ\n客,い\xffう\n客,え\0\n\"客\",\"お\n"
		   "\xc0\"\n客,か\n"),
	    (struct read_options){.encoding = "UTF-8"},
	    "record 2 |客||||あ\n"
	    "reject 3 byte 29 is 0xFF, which is not valid UTF-8 (--encoding "
	    "names another)\n"
	    "reject 4 byte 41 is 0x00, NUL: text holds none\n"
	    "reject 5 in the record at byte 43 is 0xC0, which is not valid "
	    "UTF-8 (--encoding names another)\n"
	    "record 7 |客||||か\n");
}

Test(csv, a_header_alone_is_no_transcript)
{
	gives(SPAN("話者,内容\n"),
	    (struct read_options){.format = format_named("csv")},
	    "error in:1: no utterance: there is no row but the header\n");
}

/* What stands before the first quote is cut as libcsv cuts it. */
static void
cuts_as_libcsv(const char *letters, char delimiter, unsigned seed)
{
	struct csvrow quick, slow;
	struct span record;
	char text[12];
	size_t n = 0;

	for (; n < (seed >> 20) % 12; n++)
		text[n] = letters[(seed >> (n + 5)) % 13];
	record = (struct span){text, n};
	csvrow_open(&quick, delimiter);
	csvrow_open(&slow, delimiter);
	csvrow_parse(&quick, record);
	csvrow_parse_quoted(&slow, record);
	cr_assert_eq(quick.n, slow.n, "%.*s", (int)n, text);
	for (size_t k = 0; k < slow.n; k++)
		cr_assert(
		    span_eq(csvrow_cell(&quick, k), csvrow_cell(&slow, k)),
		    "%.*s", (int)n, text);
	csvrow_close(&quick);
	csvrow_close(&slow);
}

Test(csv, records_are_cut_as_libcsv_does)
{
	static const char *const letters[] = {
	    "a,; \t\r.,,b  ", "a,; \t\"\",\"b\r; ", "\",\" a\"\t;,\"b,\""};
	static const char delimiters[] = {',', ';', '\t', '|'};
	unsigned seed = 3;

	for (unsigned i = 0; i < 90000; i++) {
		seed = seed * 1103515245 + 12345;
		cuts_as_libcsv(letters[i % 3], delimiters[i / 3 % 4], seed);
	}
}

/* Most seconds are read at once; what only begins like them is not. */
Test(csv, seconds_and_what_looks_like_them)
{
#define NONE "wanted a number of seconds, H:MM:SS, or a date and time\n"

	gives(SPAN("開始,内容\n007,あ\n7.25,い\n7.1255,う\n999999999.999,え\n"
		   "1759280400,お\n７.5,か\n7.,き\n7.5.5,く\n"),
	    plain,
	    "record 2 |||0:00:07.000||あ\nrecord 3 |||0:00:07.250||い\n"
	    "record 4 |||0:00:07.126||う\n"
	    "record 5 |||277777:46:39.999||え\n"
	    "record 6 |||2025-10-01T01:00:00Z||お\n"
	    "record 7 |||0:00:07.500||か\n"
	    "reject 8 start is \"7.\": " NONE
	    "reject 9 start is \"7.5.5\": " NONE);
#undef NONE
}
