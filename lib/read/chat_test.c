/* Chats as text and as CSV: LINE, LINE WORKS, WhatsApp, Zoom. */
#include "read/input_test.h"

#include "read/chatclock.h"

static struct read_options
as(const char *format)
{
	return (struct read_options){.format = format_named(format)};
}

static const struct read_options detect;

static void
time_is(const char *text, int minutes, bool twelve)
{
	struct scan s = scan_of(span_of(text));
	struct chat_time t;

	cr_assert(scan_time(&s, true, &t), "%s", text);
	cr_assert_eq(t.ms, minutes * 60000, "%s: %d", text, t.ms);
	cr_assert_eq(t.twelve, twelve, "%s", text);
}

Test(chatclock, times)
{
	static const char *const none[] = {
	    "", "9", "9:3", "24:00", "9:60", "午後13:00", "123:00", "9:00:60"};
	struct chat_time t;

	time_is("0:03", 3, false);
	time_is("午前0:03", 3, true);
	time_is("午後0:03", 12 * 60 + 3, true);
	time_is("12:03 AM", 3, true);
	time_is("12:03\u202fPM", 12 * 60 + 3, true);
	time_is("11.59 p.m.", 23 * 60 + 59, true);
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		struct scan s = scan_of(span_of(none[i]));

		cr_assert(!scan_time(&s, true, &t), "%s", none[i]);
	}
}

Test(chatclock, weekdays)
{
	int64_t day;

	cr_assert(moment_civil(2026, 10, 1, 0, 0, 0, 0, &day));
	cr_assert_eq(weekday_of(day), 4);
	cr_assert(moment_civil(1969, 12, 31, 0, 0, 0, 0, &day));
	cr_assert_eq(weekday_of(day), 3);
}

Test(linetalk, the_weekday_tells_day_from_month)
{
	gives(SPAN("[LINE] Chat history with A\nSaved on: x\n\n"
		   "Tue, 03/11/2025\n8:00AM\tA\tMarch\n\nMon, 03/11/2025\n"
		   "8:00AM\tA\tNovember\n"),
	    detect,
	    "record 5 |A||2025-03-11T08:00||March\n"
	    "record 8 |A||2025-11-03T08:00||November\n");
}

static void
is_linetalk(const char *text, bool want)
{
	const struct sample s = {.text = span_of(text), .whole = true};
	const char *why;

	cr_expect_eq(
	    format_named("linetalk")->sniff(&s, &why) > 0, want, "%s", text);
}

Test(linetalk, a_diary_is_none)
{
	is_linetalk("2026/10/01(木)\n10:00 会議 第一会議室\n", false);
	is_linetalk("2026/10/01(木)\n10:00 会議 第一会議室\n"
		    "11:10 電話 田中様\n",
	    false);
	is_linetalk("2026/10/01(木)\n10:00 会議 第一会議室\n"
		    "11:30 電話 田中様\n14:15 会議 第二会議室\n",
	    false);
	is_linetalk("2026/10/01(木)\n10:00\t窓口\tはい\n", true);
	is_linetalk("2026/10/01(木)\n10:00 窓口 はい\n10:01 お客様 え\n"
		    "\n2026/10/02(金)\n9:00 窓口 はい\n",
	    true);
}

Test(linetalk, quotes_and_dates_that_were_said)
{
	gives(SPAN("[LINE] x\n2026/10/01(木)\n9:00\t甲\t\"一\n\n"
		   "2026/10/02\n二\n9:01\t乙\t三\n"),
	    detect,
	    "record 3 |甲||2026-10-01T09:00||一\n\n2026/10/02\n二\n"
	    "record 7 |乙||2026-10-01T09:01||三\n");
	gives(SPAN("[LINE] x\n9:00\t甲\tはい\n"), detect,
	    "reject 2 no date line stands before this message: its day is "
	    "not known\n");
	gives(SPAN("[LINE] x\n保存日時：y\n"), detect,
	    "error in:1: no utterance: no line has HH:MM, a name and a "
	    "text\n");
}

Test(whatsapp, the_order_of_day_and_month)
{
	gives(SPAN("1/2/26, 10:00 - A: x\n1/13/26, 10:00 - A: y\n"), detect,
	    "record 1 |A||2026-01-02T10:00||x\n"
	    "record 2 |A||2026-01-13T10:00||y\n");
	gives(SPAN("1/2/26, 10:00 - A: x\n"), detect,
	    "record 1 |A||2026-02-01T10:00||x\n");
	gives(SPAN("1/2/26, 10:00 AM - A: x\n"), detect,
	    "record 1 |A||2026-01-02T10:00||x\n");
	gives(SPAN("[1.2.26, 10:00:01] A left\nx\n"), detect,
	    "record 1 ||system|2026-02-01T10:00:01||A left\nx\n");
}

static void
is_whatsapp(const char *text, bool want)
{
	const struct sample s = {.text = span_of(text), .whole = true};
	const char *why;

	cr_expect_eq(
	    format_named("whatsapp")->sniff(&s, &why) > 0, want, "%s", text);
}

Test(whatsapp, a_log_is_none)
{
	is_whatsapp("[2026-10-01 10:00:01] local.ERROR: Connection refused "
		    "{\"a\":1}\n[stacktrace]\n#0 /app/x.php(7): y()\n"
		    "[2026-10-01 10:00:02] local.INFO: 接続\n",
	    false);
	is_whatsapp("[2026/10/01 10:00:01] INFO: up\n"
		    "[2026/10/01 10:00:02] warn: slow\n",
	    false);
	is_whatsapp("10/1/26, 10:00 - ERROR main: up\n"
		    "10/1/26, 10:01 - [INFO] main: up\n",
	    false);
	is_whatsapp("2026/10/01 10:00 - server: started\n"
		    "2026/10/01 10:00 - db: ready\n",
	    false);
	is_whatsapp("2026/10/01 10:00 - server: 起動しました\n", false);
	/* Whoever is called so still chats with others. */
	is_whatsapp("[2026/10/01 10:00:01] tanaka: はい\n"
		    "[2026/10/01 10:00:02] suzuki: いいえ\n",
	    true);
	is_whatsapp("[2026/10/01 10:00:01] Info: up\n"
		    "[2026/10/01 10:00:02] 鈴木: down\n",
	    true);
	is_whatsapp("1/2/26, 10:00 - mom: hi\n", true);
	is_whatsapp("2026/10/01, 10:00 - mom: hi\n", true);
	is_whatsapp("2026/10/01 10:00 - +81 90 1234 5678: hi\n", true);
}

Test(zoomchat, midnight_without_a_date)
{
	gives(SPAN("23:59:59 From A : x\n00:00:01 From A to B : y\n"), detect,
	    "record 1 |A||23:59:59.000||x\n"
	    "record 2 |A||24:00:01.000||y\n");
}

Test(lineoa, zone_bot_and_guard)
{
	gives(SPAN("a,b\nタイムゾーン,+09:00\n"
		   "送信者タイプ,送信者名,送信日,送信時刻,内容\n"
		   "Account,応答メッセージ,2026/10/01,10:00:00,x\n"
		   "User,甲,2026/10/01,9:00,'+y\n"),
	    detect,
	    "record 4 |応答メッセージ|bot|2026-10-01T10:00:00+09:00||x\n"
	    "record 5 |甲|customer|2026-10-01T09:00:00+09:00||+y\n");
	/* A zone that says nothing leaves the clock naive. */
	gives(SPAN("タイムゾーン,どこか\n"
		   "送信者タイプ,送信者名,送信日,送信時刻,内容\n"
		   "User,甲,2026/10/01,9:00,y\n"),
	    detect, "record 3 |甲|customer|2026-10-01T09:00||y\n");
}

Test(lineworks, the_order_of_time)
{
	gives(SPAN("日時,送信者,受信者,トークルームID,トーク\n"
		   "2026-10-01 10:00:00,乙,甲,1,後\n"
		   "2026-10-01 10:00:00,甲,乙,1,先\n"),
	    detect,
	    "record 3 1|甲||2026-10-01T10:00:00||先\n"
	    "record 2 1|乙||2026-10-01T10:00:00||後\n");
	gives(SPAN("日時,送信者,受信者,トークルームID,トーク\n"
		   "2026-10-01 10:00:00,甲,乙,1,先\n"
		   "2026-10-01 10:00:01,乙,甲,1,後\n"),
	    detect,
	    "record 2 1|甲||2026-10-01T10:00:00||先\n"
	    "record 3 1|乙||2026-10-01T10:00:01||後\n");
}

/* What looks a little like a chat is left to others, or to nobody. */
Test(detection, of_what_is_none_of_these)
{
	static const char *const texts[] = {
	    "MIT License\n\nCopyright (c) 2026\n",
	    "# README\n\n10:00 is the time\n",
	    "2026/10/01\n10:00 meeting\n",
	    "name,age\nA,3\n",
	    "[1] A reference\n[2] Another\n",
	    "WEBVTTS\n",
	    "{\"users\": [{\"id\": \"U1\", \"name\": \"a\"}]}\n",
	    "[{\"id\": \"C1\", \"name\": \"general\", \"members\": []}]\n",
	};
	static const char *const mine[] = {"webvtt", "srt", "sbv", "linetalk",
	    "whatsapp", "zoomchat", "lineoa", "lineworks", "slack", "zendesk",
	    "zendeskcsv", "chatwork"};
	const struct read_options options = {0};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct viewer *viewer;
		struct sample s = {.text = span_of(texts[i]),
		    .whole = true,
		    .path = SPAN("x"),
		    .pack = shipped_pack(&viewer),
		    .options = &options};

		s.viewer = viewer;
		for (size_t k = 0; k < sizeof(mine) / sizeof(*mine); k++) {
			const char *why = NULL;

			cr_assert_eq(format_named(mine[k])->sniff(&s, &why), 0,
			    "%s: %s", mine[k], texts[i]);
			cr_assert_not_null(why);
		}
		viewer_close(viewer);
	}
}

Test(slack, events_names_and_references)
{
	gives(SPAN("[{\"type\":\"message\",\"user\":\"U1\",\"text\":"
		   "\"a &lt;b&gt; &amp;amp;\",\"ts\":\"1790816400.250000\"},"
		   "{\"type\":\"message\",\"subtype\":\"channel_join\","
		   "\"user\":\"U1\",\"text\":\"x\",\"ts\":\"1790816401.0\"}]"),
	    as("slack"),
	    "record 1 |U1||2026-10-01T01:00:00.250Z||a <b> &amp;\n"
	    "skip 1 no message\n");
}
