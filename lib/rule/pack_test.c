#include <criterion/criterion.h>

#include "rule/rules.h"

/* What is built in: the policy and the Japanese pack. */
static struct rules *rules;
static struct matcher *m;

static void
say(void *ctx, const char *line)
{
	(void)ctx;
	cr_log_error("%s", line);
}

static void
setup(void)
{
	struct err err;

	cr_assert_eq(rules_load(&rules, NULL, 0, true, say, NULL, &err), 0);
	cr_assert_eq(
	    matcher_open(&m, &MATCH_LIMITS_DEFAULT, rules->pack.fold, &err), 0);
}

static void
teardown(void)
{
	matcher_close(m);
	rules_free(rules);
}

TestSuite(pack, .init = setup, .fini = teardown);

Test(pack, names_are_unique)
{
	for (size_t i = 0; i < COLUMN_N; i++) {
		for (size_t k = 0; k < i; k++)
			cr_expect_str_neq(column_name((enum column)i),
			    column_name((enum column)k));
	}
	for (size_t i = 0; i < MEASURE_N; i++) {
		cr_expect_not_null(measures[i].name);
		cr_expect_gt(strlen(measures[i].help), 0);
		for (size_t k = 0; k < i; k++)
			cr_expect_str_neq(measures[i].name, measures[k].name);
	}
}

Test(pack, finds_roles_in_names)
{
	static const struct {
		const char *name;
		enum role role;
	} rows[] = {
	    {"オペレーター", ROLE_AGENT},
	    {"ｵﾍﾟﾚｰﾀｰ1", ROLE_AGENT},
	    {"お客様", ROLE_CUSTOMER},
	    {"お客様相談室 佐藤", ROLE_AGENT},
	    {"AGENT", ROLE_AGENT},
	    {"Agent2", ROLE_AGENT},
	    {"operator_1", ROLE_AGENT},
	    {"agentic", ROLE_UNKNOWN},
	    {"reagent", ROLE_UNKNOWN},
	    {"Customer (A)", ROLE_CUSTOMER},
	    {"chat bot", ROLE_OTHER},
	    {"自動応答", ROLE_OTHER},
	    {"佐藤", ROLE_UNKNOWN},
	    {"", ROLE_UNKNOWN},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_eq(pack_role(&rules->pack, matcher_viewer(m),
				 span_of(rows[i].name)),
		    rows[i].role, "%s", rows[i].name);
}

Test(pack, finds_columns)
{
	static const struct {
		const char *name;
		enum column c;
	} rows[] = {
	    {"会話ID", COLUMN_CONVERSATION},
	    {" 会話ＩＤ ", COLUMN_CONVERSATION},
	    {"Call-ID", COLUMN_CONVERSATION},
	    {"\xef\xbb\xbf話者", COLUMN_SPEAKER},
	    {"TEXT", COLUMN_TEXT},
	    {"開始時刻", COLUMN_START},
	    {"until", COLUMN_UNTIL},
	    {"備考", COLUMN_N},
	    {"", COLUMN_N},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect_eq(pack_column(&rules->pack, matcher_viewer(m),
				 span_of(rows[i].name)),
		    rows[i].c, "%s", rows[i].name);
}

Test(pack, knows_backchannels)
{
	static const struct {
		const char *text;
		bool is;
	} rows[] = {
	    {"はい", true},
	    {"はい、はい。", true},
	    {"うーん、そう", true},
	    {"ハイ!", true},
	    {"はーい", true},
	    {"", true},
	    {"…", true},
	    {"えー", true},
	    {"なるほどですね", false},
	    {"はいはいは", false},
	    {"さようでございますか、ええ", true},
	    {"いいえ", false},
	    {"そうですかね", false},
	    {"訴えます", false},
	};
	struct subject s = {0};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct view *v;

		subject_set(&s, span_of(rows[i].text));
		v = subject_folded(m, &s);
		cr_expect_eq(pack_backchannel(&rules->pack, v->at, v->len),
		    rows[i].is, "%s", rows[i].text);
	}
	subject_free(&s);
}

Test(pack, the_shipped_phrase_folds_to_39)
{
	const struct phrase *p = rules_phrase(rules, SPAN("entrust"));
	struct buf b = {0};

	cr_assert_not_null(p);
	for (size_t i = 0; i < p->wordings[0].npoints; i++)
		utf16_utf8(
		    &(uint16_t){(uint16_t)p->wordings[0].points[i]}, 1, &b);
	cr_expect_str_eq(buf_cstr(&b),
	    "おきゃくさまのおきもちにごむりをいう"
	    "わけにもまいりませんのでおまかせいたします");
	cr_expect_eq(p->wordings[0].npoints, 39);
	cr_expect_eq(p->wordings[0].max_distance, 7);
	buf_free(&b);
}
