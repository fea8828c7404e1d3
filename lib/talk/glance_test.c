#include <criterion/criterion.h>

#include "talk/glance.h"

static struct {
	struct rules *rules;
	struct matcher *matcher;
	struct glancer glancer;
} f;

static void
setup(void)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct err err;

	cr_assert_eq(rules_load(&f.rules, NULL, 0, false, NULL, NULL, &err), 0);
	cr_assert_eq(
	    matcher_open(&f.matcher, &limits, f.rules->pack.fold, &err), 0);
}

static void
teardown(void)
{
	glancer_free(&f.glancer);
	matcher_close(f.matcher);
	rules_free(f.rules);
}

TestSuite(glance, .init = setup, .fini = teardown);

static enum quiet
at(const char *text)
{
	return glance(&f.glancer, f.matcher, f.rules, span_of(text));
}

Test(glance, at_threats_and_at_ordinary_talk)
{
	cr_expect_eq(at("弁護士を立てますよ。"), QUIET_NOT);
	cr_expect_eq(at("ネットに書き込むからな!"), QUIET_NOT);
	cr_expect_eq(at("炊飯器が炊けないんです。"), QUIET_WITH_OTHERS);
	cr_expect_eq(at("はい"), QUIET_WITH_OTHERS);
}

/* The filter lets it pass, and then no pattern matches. */
Test(glance, at_what_has_the_words_of_a_threat)
{
	cr_expect_gt(at("いいレビューを書いておきますね。"), QUIET_NOT);
	cr_expect_gt(at("知り合いに弁護士がいるので大丈夫です。"), QUIET_NOT);
	cr_expect_gt(at("腰の痛みを訴えるんです。"), QUIET_NOT);
}

/* What the next line may go on with. */
Test(glance, at_half_a_threat)
{
	cr_expect_eq(at("ネットの掲示板に"), QUIET_ALONE);
}

Test(glance, without_filters)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct matcher *m;
	struct err err;

	limits.no_prefilter = true;
	cr_assert_eq(matcher_open(&m, &limits, f.rules->pack.fold, &err), 0);
	cr_expect_eq(glance(&f.glancer, m, f.rules, SPAN("はい")), QUIET_NOT);
	matcher_close(m);
}

#define SAID(r, t, q) \
	{ \
		.text = SPAN(t), .role = (r), .quiet = (q) \
	}

static bool
quiet_turns(struct utterance *u, size_t n)
{
	const struct conversation c = {.at = u, .n = n};

	return turns_quiet(&c, f.matcher, &f.rules->pack);
}

Test(glance, turns_of_one_utterance)
{
	struct utterance u[] = {
	    SAID(ROLE_CUSTOMER, "動きません", QUIET_WITH_OTHERS),
	    SAID(ROLE_AGENT, "はい。", QUIET_WITH_OTHERS),
	    SAID(ROLE_AGENT, "左様でしたか", QUIET_WITH_OTHERS),
	    SAID(ROLE_CUSTOMER, "掲示板に", QUIET_ALONE),
	    SAID(ROLE_OTHER, "保留音", QUIET_NOT),
	    SAID(ROLE_AGENT, "お調べします", QUIET_WITH_OTHERS),
	    SAID(ROLE_CUSTOMER, "書いて", QUIET_WITH_OTHERS),
	};

	cr_expect(quiet_turns(u, 7));
	u[0].quiet = QUIET_NOT;
	cr_expect_not(quiet_turns(u, 7));
	u[0].quiet = QUIET_WITH_OTHERS;
	/* A backchannel does not keep them apart. */
	u[5].text = SPAN("ええ");
	cr_expect_not(quiet_turns(u, 7));
	u[5].text = SPAN("お調べします");
	u[2].text = SPAN("ええ");
	cr_expect_not(quiet_turns(u, 7));
	u[0].role = ROLE_UNKNOWN;
	cr_expect(quiet_turns(u, 7));
	u[3].role = ROLE_UNKNOWN;
	cr_expect_not(quiet_turns(u, 7));
}

/* Of three utterances, of which the second one begins when the first ends. */
Test(glance, utterances_joined_by_nothing)
{
	struct utterance u[] = {
	    SAID(ROLE_CUSTOMER, "弁護", QUIET_WITH_OTHERS),
	    SAID(ROLE_CUSTOMER, "士を立てます", QUIET_WITH_OTHERS),
	};
	const struct conversation c = {.at = u, .n = 2};

	cr_expect_not(conversation_seamless(&c, f.rules));
	u[0].end = moment_relative(2);
	u[1].start = moment_relative(2.1);
	cr_expect(conversation_seamless(&c, f.rules));
	u[0].text = SPAN("弁護。");
	cr_expect_not(conversation_seamless(&c, f.rules));
	cr_expect(conversation_quiet(&c));
	u[1].quiet = QUIET_ALONE;
	cr_expect_not(conversation_quiet(&c));
}
