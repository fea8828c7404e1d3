#include <criterion/criterion.h>

#include "text/encoding.h"

/* "客: 訴えますよ", "担当: お任せします", a line each, in four encodings. */
static const char chat_utf8[] = "客: 訴えますよ\n担当: お任せします\n";
static const char chat_cp932[] = "\x8bq: \x91i\x82\xa6\x82\xdc\x82\xb7\x82\xe6"
				 "\n\x92S\x93\x96: \x82\xa8\x94\x43\x82\xb9\x82"
				 "\xb5\x82\xdc\x82\xb7\n";
static const char chat_eucjp[] =
    "\xb5\xd2: \xc1\xca\xa4\xa8\xa4\xde\xa4\xb9\xa4\xe8"
    "\n\xc3\xb4\xc5\xf6: \xa4\xaa\xc7\xa4\xa4\xbb\xa4"
    "\xb7\xa4\xde\xa4\xb9\n";
static const char chat_jis[] = "\x1b$B5R\x1b(B: \x1b$BA"
			       "J$($^$9$h\x1b(B\n\x1b"
			       "$BC4Ev\x1b(B: \x1b$B"
			       "$*G$$;$7$^$9\x1b("
			       "B\n";
/* Half-width kana beside full-width text. */
static const char kana_cp932[] =
    "\x8e\x81\x96\xbc,\x93\xe0\x97\x65\n\xd4\xcf\xc0\xde"
    " \xc0\xdb\xb3,\x93\x64\x98\x62\x82\xf0\x82\xad\x82"
    "\xbe\x82\xb3\x82\xa2\n";
/* NEC row 13, IBM extensions, and the codes that Windows maps its own way. */
static const char extras_cp932[] = "\x87@\x87\x8a\xee\xe0\xed\x95\x81`\x81|\n";

static const char *
detect(const char *at, size_t len)
{
	size_t bom;

	return encoding_label(
	    encoding_detect((struct span){at, len}, true, &bom));
}
#define DETECT(a) detect((a), sizeof(a) - 1)

/* Decodes in pieces of step bytes. */
static struct buf
decode(const char *name, struct span in, size_t step)
{
	struct decoder *d;
	struct buf out = {0};
	struct err err;

	cr_assert_eq(decoder_open(&d, name, &err), 0);
	for (size_t i = 0; i <= in.len; i += step) {
		size_t n = in.len - i < step ? in.len - i : step;

		decoder_feed(d, (struct span){in.at + i, n}, i + n == in.len,
		    &out, NULL, NULL);
	}
	decoder_close(d);
	return out;
}

static void
decodes(const char *name, struct span in, const char *want)
{
	for (size_t step = 1; step < in.len + 2; step++) {
		struct buf out = decode(name, in, step);

		cr_assert_str_eq(buf_cstr(&out), want);
		buf_free(&out);
	}
}

Test(encoding, short_chats_are_told_apart)
{
	cr_assert_str_eq(DETECT(chat_utf8), "UTF-8");
	cr_assert_str_eq(DETECT(chat_cp932), "CP932");
	cr_assert_str_eq(DETECT(chat_eucjp), "EUC-JP");
	cr_assert_str_eq(DETECT(chat_jis), "ISO-2022-JP");
	cr_assert_str_eq(DETECT(kana_cp932), "CP932");
	cr_assert_str_eq(DETECT("plain ASCII\n"), "UTF-8");
	cr_assert_str_eq(DETECT(""), "UTF-8");
}

Test(encoding, marks_and_nuls)
{
	size_t bom;

	cr_assert_str_eq(
	    encoding_detect(SPAN("\xef\xbb\xbf{"), true, &bom), "UTF-8");
	cr_assert_eq(bom, 3);
	cr_assert_str_eq(
	    encoding_detect(SPAN("\xff\xfe{\0"), true, &bom), "UTF-16LE");
	cr_assert_eq(bom, 2);
	cr_assert_str_eq(DETECT("[\0\"\0\xe9\0\"\0]\0"), "UTF-16LE");
	cr_assert_str_eq(DETECT("\0[\0\"\0\xe9\0\"\0]"), "UTF-16BE");
	/* One stray NUL in sixty bytes of ASCII is not UTF-16. */
	cr_assert_str_eq(DETECT("{\"text\":\"a\0b\",\"speaker\":\"x\"}\n"
				"{\"text\":\"c\",\"speaker\":\"operator\"}\n"
				"{\"text\":\"d\",\"speaker\":\"customer\"}\n"),
	    "UTF-8");
}

Test(encoding, nuls_on_both_sides_are_utf16_still)
{
	/* "一　はい" and a line end: U+4E00 and U+3000 end in a NUL. */
	cr_expect_str_eq(
	    DETECT("\0\x4e\0\x30\x6f\x30\x44\x30\n\0"), "UTF-16LE");
	cr_expect_str_eq(
	    DETECT("\x4e\0\x30\0\x30\x6f\x30\x44\0\n"), "UTF-16BE");
	/* Cells that an old export pads with NULs are CP932. */
	cr_expect_str_eq(DETECT("\x82\xa0\x82\xa2\x82\xa4\0\0\n"), "CP932");
	cr_expect_str_eq(DETECT("\x82\xa0\x82\xa2\x82\xa4\0\n"), "CP932");
}

Test(encoding, half_width_kana_alone)
{
	/* ﾃﾞﾝﾜ; in EUC-JP each behind a single shift; 客様 is kanji there. */
	cr_expect_str_eq(DETECT("\xc3\xde\xdd\xdc\n"), "CP932");
	cr_expect_str_eq(
	    DETECT("\x8e\xc3\x8e\xde\x8e\xdd\x8e\xdc\n"), "EUC-JP");
	cr_expect_str_eq(DETECT("\xb5\xd2\xcd\xcd\n"), "EUC-JP");
}

Test(encoding, utf8_with_a_broken_byte_stays_utf8)
{
	cr_assert_str_eq(
	    DETECT("客: 訴えます\x83よ\n担当: お任せします\n"), "UTF-8");
	/* A sample that was cut within a character is whole UTF-8 so far. */
	size_t bom;
	struct span cut = {chat_utf8, sizeof("客: 訴") - 2};

	cr_assert_str_eq(encoding_detect(cut, false, &bom), "UTF-8");
}

Test(encoding, a_line_of_another_encoding_leaves_utf8)
{
	/* "客: 訴えますよ" in CP932, in EUC-JP, among two lines of UTF-8. */
	cr_expect_str_eq(DETECT("客: 訴えますよ\n\x8bq: \x91i\x82\xa6\x82"
				"\xdc\x82\xb7\x82\xe6\n担当: はい\n"),
	    "UTF-8");
	cr_expect_str_eq(DETECT("客: 訴えますよ\n\xb5\xd2: \xc1\xca\xa4\xa8"
				"\xa4\xde\xa4\xb9\xa4\xe8\n担当: はい\n"),
	    "UTF-8");
	/* One line of UTF-8 among two of CP932: CP932. */
	cr_expect_str_eq(DETECT("\x8bq: \x91i\x82\xa6\x82\xdc\x82\xb7\n"
				"\x8bq: \x91i\x82\xa6\x82\xdc\x82\xb7\n"
				"客: 訴えますよ\n"),
	    "CP932");
	/* A document of one line in which a character is cut in two. */
	cr_expect_str_eq(DETECT("{\"text\":\"お客様の\xe6\x84\"}"), "UTF-8");
}

Test(encoding, decodes_in_any_pieces)
{
	decodes("CP932", (struct span){chat_cp932, sizeof(chat_cp932) - 1},
	    chat_utf8);
	decodes("EUC-JP", (struct span){chat_eucjp, sizeof(chat_eucjp) - 1},
	    chat_utf8);
	decodes("ISO-2022-JP", (struct span){chat_jis, sizeof(chat_jis) - 1},
	    chat_utf8);
	decodes("UTF-16LE", SPAN("\x3d\xd8\x00\xde\x42\x30"), "😀あ");
}

Test(encoding, cp932_as_windows_maps_it)
{
	decodes("Shift_JIS",
	    (struct span){extras_cp932, sizeof(extras_cp932) - 1},
	    "①㈱髙﨑～－\n");
}

Test(encoding, cp932_is_ascii_below_0x80)
{
	char all[128], want[129] = {0};

	for (int i = 0; i < 128; i++)
		all[i] = want[i] = (char)i;
	want[0] = all[0] = ' ';
	decodes("CP932", (struct span){all, 128}, want);
}

Test(encoding, bad_bytes_stand_where_they_were)
{
	/* 82 20: a lead byte and what cannot follow it; 82 at the end. */
	decodes("CP932", SPAN("a\x82 b\x82"), "a\xff b\xff");
	/* Half of a surrogate pair. */
	decodes("UTF-16LE", SPAN("\x3d\xd8\x42\x30"),
	    "\xff\xff"
	    "あ");
}

struct seen {
	const struct buf *out;
	size_t lines, bad;
	uint64_t line_at, bad_at;
	int value;
};

static void
origin(void *ctx, size_t out_at, uint64_t in_at, int bad)
{
	struct seen *s = ctx;

	if (bad >= 0) {
		s->bad++;
		s->bad_at = in_at;
		s->value = bad;
	} else if (out_at > 0 && s->out->at[out_at - 1] == '\n') {
		s->lines++;
		s->line_at = in_at;
	}
}

Test(encoding, origins_of_lines_and_bad_bytes)
{
	struct decoder *d;
	struct buf out = {0};
	struct err err;
	struct seen seen = {.out = &out};

	cr_assert_eq(decoder_open(&d, "CP932", &err), 0);
	decoder_feed(
	    d, SPAN("\x82\xa0\n\x82\xa2\x85 "), true, &out, origin, &seen);
	cr_assert_eq(seen.lines, 1);
	cr_assert_eq(seen.line_at, 3);
	cr_assert_eq(seen.bad, 1);
	cr_assert_eq(seen.bad_at, 5);
	cr_assert_eq(seen.value, 0x85);
	cr_assert_eq(decoder_length(d, SPAN("aあｱ")), 4);
	decoder_close(d);
	buf_free(&out);
}

Test(encoding, unknown_names_are_refused)
{
	struct decoder *d;
	struct err err = {0};

	cr_assert_eq(decoder_open(&d, "KLINGON", &err), -1);
	cr_assert_not_null(strstr(err.text, "KLINGON"));
}

Test(encoding, utf8_validity)
{
	static const char *const sound[] = {"", "abcdefgh ijklmnop",
	    "あいうえお", "é", "😀", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"};
	static const struct {
		const char *text;
		size_t at;
	} broken[] = {
	    {"\x80", 0},
	    {"abcdefghi\xff", 9},
	    {"あ\xe3\x81", 3},
	    {"\xc0\x80", 0},
	    {"\xe0\x80\x80", 0},
	    {"\xed\xa0\x80", 0},
	    {"\xf4\x90\x80\x80", 0},
	    {"\xf0\x80\x80\x80", 0},
	    {"\xf5\x80\x80\x80", 0},
	    {"\xc3(", 0},
	};

	for (size_t i = 0; i < sizeof(sound) / sizeof(*sound); i++)
		cr_assert_eq(utf8_valid(span_of(sound[i])), strlen(sound[i]),
		    "%s", sound[i]);
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++)
		cr_assert_eq(utf8_valid(span_of(broken[i].text)), broken[i].at,
		    "broken %zu", i);
}

/* What a decoder makes of bytes that come in pieces, and where bad bytes and
 * line ends are said to be. */
static void
note_origin(void *ctx, size_t out_at, uint64_t in_at, int bad)
{
	struct buf *b = ctx;

	if (bad >= 0)
		buf_printf(b, "<%zu %llu %02x>", out_at,
		    (unsigned long long)in_at, (unsigned)bad);
}

static void
decoded_in_pieces(const char *name, bool icu, struct span bytes, size_t piece,
    struct buf *out)
{
	struct decoder *d;
	struct err err;
	struct buf news = {0};

	cr_assert_eq(decoder_open(&d, name, &err), 0);
	if (icu)
		decoder_by_icu(d);
	buf_reset(out);
	for (size_t i = 0; i < bytes.len; i += piece) {
		size_t n = bytes.len - i < piece ? bytes.len - i : piece;

		decoder_feed(d, (struct span){bytes.at + i, n},
		    i + n == bytes.len, out, note_origin, &news);
	}
	buf_add(out, buf_span(&news));
	buf_free(&news);
	decoder_close(d);
}

static void
codes_are_as_icu(const char *name, struct span bytes, size_t piece)
{
	struct buf quick = {0}, slow = {0};

	decoded_in_pieces(name, false, bytes, piece, &quick);
	decoded_in_pieces(name, true, bytes, piece, &slow);
	cr_expect_str_eq(buf_cstr(&quick), buf_cstr(&slow),
	    "%s: %02x %02x %02x %02x", name, (unsigned char)bytes.at[0],
	    bytes.len > 1 ? (unsigned char)bytes.at[1] : 0,
	    bytes.len > 2 ? (unsigned char)bytes.at[2] : 0,
	    bytes.len > 3 ? (unsigned char)bytes.at[3] : 0);
	buf_free(&quick);
	buf_free(&slow);
}

/* Each pair of bytes with what stands around it, and strings at random. */
Test(encoding, codes_are_as_icu_has_them)
{
	static const char *const names[] = {"CP932", "EUC-JP"};
	unsigned seed = 5;
	char bytes[40];

	for (unsigned k = 0; k < 2; k++) {
		for (unsigned pair = 0; pair < 65536; pair += k == 0 ? 1 : 3) {
			bytes[0] = 'a';
			bytes[1] = (char)(pair >> 8);
			bytes[2] = (char)pair;
			bytes[3] = 'z';
			codes_are_as_icu(names[k], (struct span){bytes, 4}, 4);
		}
		for (unsigned i = 0; i < 20000; i++) {
			size_t n = 1 + i % sizeof(bytes);

			for (size_t b = 0; b < n; b++) {
				seed = seed * 1103515245 + 12345;
				bytes[b] = (char)(seed >> 16 |
				    (seed >> 24 & 3 ? 0x80 : 0));
			}
			codes_are_as_icu(
			    names[k], (struct span){bytes, n}, 1 + i % 7);
		}
	}
}
