#include <criterion/criterion.h>

#include "talk/masks.h"

static struct arena arena;

static void
teardown(void)
{
	arena_free(&arena);
}

TestSuite(masks, .fini = teardown);

/* A line of a talk: who says it (a, c: sides; s: the program; another letter:
 * a speaker without a role), what, and what is to be shown. */
struct line {
	char who;
	const char *text, *shown;
};

static void
fill(struct utterance *u, const struct line *line)
{
	char *name = arena_alloc(&arena, 1);

	*name = line->who;
	u->text = span_of(line->text);
	u->role = line->who == 'a' ? ROLE_AGENT :
	    line->who == 'c'       ? ROLE_CUSTOMER :
	    line->who == 's'       ? ROLE_OTHER :
				     ROLE_UNKNOWN;
	u->backchannel = strcmp(line->text, "はい") == 0;
	if (line->who == 's')
		u->role_field = SPAN("system");
	else
		u->speaker = (struct span){name, 1};
}

static struct conversation
talk(const struct line *lines, size_t n)
{
	struct conversation c = {.n = n};

	c.at = arena_alloc(&arena, n * sizeof(*c.at));
	for (size_t i = 0; i < n; i++)
		fill(&c.at[i], &lines[i]);
	return c;
}

static void
check(const struct line *lines, size_t n, bool notices)
{
	struct conversation c = talk(lines, n);
	struct redactions *all = arena_alloc(&arena, n * sizeof(*all));

	masks_find(&c, notices, &arena, all);
	for (size_t i = 0; i < n; i++) {
		struct span text = c.at[i].text,
			    got = redact_piece(
				text, &all[i], 0, text.len, &arena);
		const char *want = lines[i].shown == NULL ? lines[i].text :
							    lines[i].shown;

		cr_expect(span_eq(got, span_of(want)), "%.*s, not %s",
		    SPAN_FMT(got), want);
	}
}

#define CHECK(lines) check(lines, sizeof(lines) / sizeof(*(lines)), false)

Test(masks, number_that_is_cut_is_masked_in_each_part)
{
	static const struct line backchannel[] = {
	    {'c', "電話は090の1234の", "電話は[電話番号]"}, {'a', "はい", NULL},
	    {'c', "5678です", "[電話番号]です"}};
	static const struct line asked[] = {{'c', "090", "[電話番号]"},
	    {'a', "はい、どうぞ", NULL}, {'c', "4417の", "[電話番号]"},
	    {'c', "えっと", "[電話番号]"}, {'c', "2036です", "[電話番号]です"},
	    {'a', "3500円です", NULL}};
	static const struct line unknown[] = {
	    {'x', "カードは4111-1111", "カードは[カード番号]"},
	    {'y', "はい", NULL}, {'x', "1111-1111", "[カード番号]"}};

	CHECK(backchannel);
	CHECK(asked);
	CHECK(unknown);
}

Test(masks, echo_of_a_cut_number_is_masked_with_it)
{
	static const struct line lines[] = {{'c', "4111", "[カード番号]"},
	    {'a', "4111", "[カード番号]"}, {'c', "1111", "[カード番号]"},
	    {'a', "1111、はい", "[カード番号]、はい"},
	    {'c', "1111の", "[カード番号]"},
	    {'a', "はい、1111", "はい、[カード番号]"},
	    {'c', "1111です", "[カード番号]です"},
	    {'a', "1111ですね", "[カード番号]ですね"},
	    {'a', "4500でございます", NULL}};

	CHECK(lines);
}

/* What others say at length parts what is said. */
Test(masks, numbers_of_two_are_none)
{
	static const struct line lines[] = {{'c', "会議室は090です", NULL},
	    {'a', "かしこまりました、ほかにご用件はございますでしょうか", NULL},
	    {'c', "1234の5678です", NULL}, {'a', "12345678", NULL}};

	CHECK(lines);
}

Test(masks, answer_is_what_was_asked_for)
{
	static const struct line lines[] = {{'a', "お名前をお願いします", NULL},
	    {'c', "千葉です", "[氏名]です"},
	    {'a', "お名前をフルネームで伺えますか", NULL}, {'c', "はい", NULL},
	    {'c', "さとうはなこです", "[氏名]です"},
	    {'a', "お電話番号をお願いいたします", NULL},
	    {'c', "4417の2036です", "[電話番号]です"},
	    {'a', "どちらのお店ですか", NULL}, {'c', "千葉です", NULL},
	    {'a', "お店のお名前は何でしょうか", NULL},
	    {'c', "山田です", "[氏名]です"},
	    {'a', "お店のお名前は何でしょうか", NULL}, {'c', "千葉です", NULL},
	    {'a', "何番ですか", NULL}, {'c', "4417の2036です", NULL}};

	CHECK(lines);
}

Test(masks, notices_name_nobody)
{
	static const struct line lines[] = {
	    {'s', "けんた☆が退出しました", "[氏名]が退出しました"},
	    {'s', "けんた☆が山本 花子、ゆうを招待しました。",
		"[氏名]が[氏名]、[氏名]を招待しました。"},
	    {'s', "お客様が退出しました。", NULL},
	    {'s', "メッセージの送信を取り消しました", NULL},
	    {'s', "通話に応答がありませんでした", NULL},
	    {'s', "Ken joined the group.", "[氏名] joined the group."}};
	static const struct line said[] = {
	    {'c', "090-1234-5678です", NULL}, {'c', "娘が退出しました", NULL}};

	CHECK(lines);
	check(lines, sizeof(lines) / sizeof(*lines), true);
	check(said, sizeof(said) / sizeof(*said), true);
}

Test(masks, passage_has_a_cut_number_once)
{
	static const struct line lines[] = {{'c', "佐藤様、090の1234の", NULL},
	    {'a', "はい", NULL}, {'c', "5678です。", NULL}};
	struct conversation c = talk(lines, 3);
	struct redactions all[3], of;
	struct turns turns;
	const struct passage *p;
	struct span got;

	masks_find(&c, false, &arena, all);
	turns_make(&c, 900000, 300, &arena, &turns);
	p = &turns.at[0].passage;
	masks_of_passage(all, p, &arena, &of);
	got = redact_piece(p->raw, &of, 0, p->raw.len, &arena);
	cr_expect(span_eq(got, SPAN("[氏名]様、[電話番号]です。")), "%.*s",
	    SPAN_FMT(got));
}
