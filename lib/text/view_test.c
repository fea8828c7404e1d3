#include <criterion/criterion.h>

#include "text/view.h"
#include "text/words.h"

static struct viewer *v;
static struct err err;

static void
setup(void)
{
	cr_assert_eq(viewer_open(&v, &err), 0);
}

static void
teardown(void)
{
	viewer_close(v);
}

TestSuite(view, .init = setup, .fini = teardown);

static void
same(const struct view *got, const char *want)
{
	struct buf b = {0};

	view_utf8(got, &b);
	cr_expect_str_eq(buf_cstr(&b), want);
	buf_free(&b);
}

static void
plain(const char *raw, const char *want)
{
	struct view out = {0};

	view_plain(v, span_of(raw), &out);
	same(&out, want);
	view_free(&out);
}

static const struct spelling spellings[] = {
    {SPAN("気持ち"), SPAN("きもち")},
    {SPAN("気持"), SPAN("きもち")},
    {SPAN("客様"), SPAN("きゃくさま")},
    {SPAN("無理"), SPAN("むり")},
    {SPAN("言う"), SPAN("いう")},
    {SPAN("任せ"), SPAN("まかせ")},
    {SPAN("御"), SPAN("ご")},
    {SPAN("参り"), SPAN("まいり")},
};
static const struct span fillers[] = {
    SPAN("えー"),
    SPAN("えーと"),
    SPAN("えっと"),
    SPAN("あの"),
    SPAN("あのー"),
    SPAN("その"),
    SPAN("まあ"),
    SPAN("ま"),
    SPAN("おー"),
    SPAN("い"),
};
static const struct fold_spec spec = {spellings, 8, fillers, 10};

static void
folded(const char *raw, const char *want)
{
	struct view out = {0};
	struct fold *f = fold_new(v, &spec);

	view_folded(v, f, span_of(raw), &out);
	same(&out, want);
	view_free(&out);
	fold_free(f);
}

Test(view, plain_folds_width_and_case)
{
	plain("ＳＮＳ ﾈｯﾄ", "sns ネット");
	plain("ｶﾞｷﾞｸﾞﾊﾟ", "ガギグパ");
	plain("か\xe3\x82\x99き", "がき"); /* U+3099 */
	plain("㈱ﾃｽﾄ①", "(株)テスト1");
	plain("𠮷野家", "𠮷野家");
	plain("", "");
}

Test(view, plain_drops_blanks_between_cjk_only)
{
	plain("お客 様　の", "お客様の");
	plain("call  me 明日", "call me 明日");
	plain("  お客様 ", " お客様 ");
	plain("お客様\n の", "お客様\n の");
	plain("\xe2\x80\x8bお\xe2\x80\x8b客", "お客"); /* U+200B */
	plain("𠮷 野", "𠮷野");
}

Test(view, map_leads_back_to_the_raw_text)
{
	struct view out = {0};
	struct span raw = SPAN("ｶﾞ a　客");

	view_plain(v, raw, &out);
	cr_assert_eq(out.len, 5); /* ガ, blank, a, blank, 客 */
	cr_expect_eq(out.raw[0], 0);
	cr_expect_eq(out.raw[1], 6);
	cr_expect_eq(out.raw[2], 7);
	cr_expect_eq(out.raw[4], 11);
	cr_expect_eq(out.raw[5], raw.len);
	view_free(&out);
}

Test(view, folded_stock_phrase)
{
	folded("お客様のお気持にご無理を言うわけにもまいりませんので、"
	       "お任せいたします",
	    "おきゃくさまのおきもちにごむりをいうわけにもまいりませんので"
	    "おまかせいたします");
	folded("お客様のお気持ちに、御無理をいうわけにも参りませんので……"
	       "オマカセいたします。",
	    "おきゃくさまのおきもちにごむりをいうわけにもまいりませんので"
	    "おまかせいたします");
}

Test(view, folded_lengths_and_iteration)
{
	folded("うーん", "うん");
	folded("ううん", "ううん");
	folded("ねぇ、かぁ〜", "ねか");
	folded("すゞき こゝろ", "すずきこころ");
	folded("人々", "人人");
	folded("ていねい", "ていねい");
}

Test(view, folded_fillers_want_bounds_in_the_raw_text)
{
	folded("えーと、お任せ", "おまかせ");
	folded("あの お任せ", "おまかせ");
	folded("あのー、その、まあ", "");
	folded("あの人", "あの人");
	folded("お任せ、えっと、します", "おまかせします");
	folded("えーーと。はい", "はい");
	folded("そのお任せ", "そのおまかせ");
	/* A word that is written out has no bounds within. */
	folded("任せ", "まかせ");
	folded("お 任せ、言う 参り。", "おまかせいうまいり");
	folded("㌃ ㍑", "あるりっとる");
	folded("ま 任せ", "まかせ");
	/* A short vowel is no long one. */
	folded("おー お 気持 おーー、ｵｰ", "おきもち");
	folded("えー、え", "え");
}

Test(view, sentence_of_a_unit)
{
	struct view out = {0};
	struct span raw = SPAN("a.b。訴える！？ネット\n次");
	size_t s, e;

	view_plain(v, raw, &out); /* a.b。訴える!?ネット\n次 */
	view_sentence(&out, raw, 4, &s, &e);
	cr_expect_eq(s, 4);
	cr_expect_eq(e, 9);
	view_sentence(&out, raw, 8, &s, &e);
	cr_expect_eq(s, 4);
	view_sentence(&out, raw, 0, &s, &e);
	cr_expect_eq(e, 4);
	view_sentence(&out, raw, 13, &s, &e);
	cr_expect_eq(s, 13);
	cr_expect_eq(e, 14);
	cr_expect(raw_ends_sentence(SPAN("はい。 ")));
	cr_expect(raw_ends_sentence(SPAN("ok.")));
	cr_expect_not(raw_ends_sentence(SPAN("それで")));
	view_free(&out);
}

Test(view, words_are_those_of_the_dictionary)
{
	struct cutter *c;
	struct view out = {0};
	struct words w = {0};

	cr_assert_eq(cutter_open(&c, &err), 0);
	view_plain(v, SPAN("ネットに書く。京都"), &out);
	cr_assert_eq(words_cut(c, &out, &w, &err), 0);
	cr_expect(words_boundary(&w, 3));
	cr_expect_not(words_boundary(&w, 2));
	cr_expect_not(words_boundary(&w, 8)); /* within 京都 */
	cr_expect_eq(words_index(&w, 0), 0);
	cr_expect_eq(words_index(&w, 3), 1);
	words_free(&w);
	view_free(&out);
	cutter_close(c);
}
