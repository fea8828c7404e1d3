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

static struct seen
look(const char *text)
{
	const struct who nobody = {0};

	return glance(&f.glancer, f.matcher, f.rules, &nobody, span_of(text));
}

static enum quiet
at(const char *text)
{
	return look(text).quiet;
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

/* No pattern of the shipped policy runs over the end of an utterance. */
Test(glance, at_half_a_threat)
{
	cr_expect_eq(at("ネットの掲示板に"), QUIET_WITH_OTHERS);
	cr_expect_eq(at("弁護士に"), QUIET_WITH_OTHERS);
	cr_expect_eq(at("口コミを見て電話しました"), QUIET_WITH_OTHERS);
}

/* Where the phrase counts, the folded view has まかせ. */
Test(glance, at_what_may_be_the_phrase)
{
	cr_expect_not(look("お客様にお任せいたします。").phraseless);
	cr_expect_not(look("オマカセします").phraseless);
	cr_expect_not(look("ｵﾏｶｾ").phraseless);
	cr_expect_not(look("ま、えー、かせ").phraseless);
	cr_expect_not(look("まあまー…かせ").phraseless);
	cr_expect_not(look("お客さま").phraseless);
	/* The plain view has no blank before the filler. */
	cr_expect_not(look("マ まあ、カセ").phraseless);
	cr_expect(look("スマートフォンが動かないんです。").phraseless);
	cr_expect(look("構いません、また電話します。").phraseless);
	/* Behind a mark as far as the next that is none. */
	cr_expect_not(look("おマーカセします").phraseless);
	cr_expect_not(look("おまーーかせします").phraseless);
	cr_expect_not(look("おまー").phraseless);
	cr_expect_not(look("おまー かせ").phraseless);
	cr_expect_not(look("おまー、かせ").phraseless);
	cr_expect_not(look("まー、えーとかせ").phraseless);
	cr_expect(look("マートで").phraseless);
}

/* By its role field, where the phrase is told by what customers say. */
Test(glance, at_agents_later)
{
	const struct span threat = SPAN("弁護士を立てますよ。");
	struct utterance u = {.text = threat, .role_field = SPAN("agent")};

	utterance_glance(&u, &f.glancer, f.matcher, f.rules);
	cr_expect_eq(u.quiet, QUIET_UNSEEN);
	cr_expect_not(u.phraseless);
	u.role_field = SPAN("オペレーター");
	utterance_glance(&u, &f.glancer, f.matcher, f.rules);
	cr_expect_eq(u.quiet, QUIET_UNSEEN);
	u.role_field = SPAN("customer");
	utterance_glance(&u, &f.glancer, f.matcher, f.rules);
	cr_expect_eq(u.quiet, QUIET_NOT);
	cr_expect(u.phraseless);
}

/* The same by a name, which --agent and its like are asked about first. */
Test(glance, at_agents_by_name)
{
	struct utterance u = {.text = SPAN("弁護士を立てますよ。"),
	    .speaker = SPAN("オペレーター 清水")};

	utterance_glance(&u, &f.glancer, f.matcher, f.rules);
	cr_expect_eq(u.quiet, QUIET_UNSEEN);
	f.glancer.by_options = true;
	utterance_glance(&u, &f.glancer, f.matcher, f.rules);
	cr_expect_eq(u.quiet, QUIET_NOT);
	f.glancer.by_options = false;
	u.speaker = SPAN("清水");
	utterance_glance(&u, &f.glancer, f.matcher, f.rules);
	cr_expect_eq(u.quiet, QUIET_NOT);
	/* What a field says that is no role leaves it to the name. */
	u.speaker = SPAN("オペレーター");
	u.role_field = SPAN("外線");
	utterance_glance(&u, &f.glancer, f.matcher, f.rules);
	cr_expect_eq(u.quiet, QUIET_NOT);
}

static unsigned seed = 1;

static unsigned
roll(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % n;
}

/* Pieces that the fold turns into まか, or drops, and others. */
static void
put_text(struct buf *b)
{
	static const char *const pieces[] = {"ま", "か", "せ", "マ", "カ", "ﾏ",
	    "ｶ", "任せ", "任", "様", "必ず", "構", "畏", "御", "、", "。", " ",
	    "\u3000", "ー", "〜", "～", "…", "!", "ぁ", "ァ", "ゝ", "ヽ", "々",
	    "゛", "\u3099", "えー", "えーと", "あの", "まあ", "\n", "x", "1",
	    "★", "𠮟", "😀", "の", "います", "㍍", "\u200b"};

	for (unsigned i = roll(7) + 1; i > 0; i--)
		buf_adds(b, pieces[roll(sizeof(pieces) / sizeof(*pieces))]);
}

static bool
has_pair(const struct view *v)
{
	for (size_t i = 0; i + 1 < v->len; i++)
		if (v->at[i] == u'ま' && v->at[i + 1] == u'か')
			return true;
	return false;
}

/* Of a text, and of two, on lines of their own or joined by nothing. */
Test(glance, tells_each_text_that_folds_to_the_phrase)
{
	struct view folded = {0};
	struct buf text = {0};
	size_t found = 0, without = 0;

	for (int i = 0; i < 200000; i++) {
		bool phraseless;
		size_t second;

		buf_reset(&text);
		put_text(&text);
		phraseless = look(buf_cstr(&text)).phraseless;
		if (roll(2) == 0) {
			if (roll(2) == 0)
				buf_addc(&text, '\n');
			second = text.len;
			put_text(&text);
			phraseless &= look(buf_cstr(&text) + second).phraseless;
		}
		view_folded(matcher_viewer(f.matcher), f.rules->pack.fold,
		    buf_span(&text), &folded);
		cr_assert(
		    !phraseless || !has_pair(&folded), "%s", buf_cstr(&text));
		found += has_pair(&folded);
		without += phraseless;
	}
	cr_expect_gt(found, 5000);
	cr_expect_gt(without, 5000);
	view_free(&folded);
	buf_free(&text);
}

Test(glance, without_filters)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	const struct who nobody = {0};
	struct matcher *m;
	struct seen seen;
	struct err err;

	limits.no_prefilter = true;
	cr_assert_eq(matcher_open(&m, &limits, f.rules->pack.fold, &err), 0);
	seen = glance(&f.glancer, m, f.rules, &nobody, SPAN("はい"));
	cr_expect_eq(seen.quiet, QUIET_UNSEEN);
	cr_expect_not(seen.phraseless);
	matcher_close(m);
}

#define SAID(r, t, q) \
	{ \
		.text = SPAN(t), .role = (r), .quiet = (q), .phraseless = true \
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

/* Where a customer may say the phrase, agents are to be looked at. */
Test(glance, turns_of_agents)
{
	struct utterance u[] = {
	    SAID(ROLE_CUSTOMER, "動きません", QUIET_WITH_OTHERS),
	    SAID(ROLE_AGENT, "訴えますよ", QUIET_UNSEEN),
	};
	const struct conversation c = {.at = u, .n = 2};

	cr_expect(quiet_turns(u, 2));
	cr_expect(conversation_quiet(&c));
	u[0].phraseless = false;
	cr_expect_not(quiet_turns(u, 2));
	cr_expect_not(conversation_quiet(&c));
	/* The name has a role field elsewhere. */
	u[0].phraseless = true;
	u[0].role_field = SPAN("customer");
	cr_expect_not(conversation_quiet(&c));
	u[1].role = ROLE_CUSTOMER;
	cr_expect_not(quiet_turns(u, 2));
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

/* A stretch that is hushed is quiet and not seamless as a conversation; most of
 * those that are have been found. */
Test(glance, at_stretches)
{
	static const char *const texts[] = {"はい", "動きません。", "弁護士に",
	    "そうです。 ", "ネットに書くぞ", "お待ちください"};
	static const char *const names[] = {"", "", "お客様", "オペレーター"};
	const struct span source = SPAN("in");
	size_t hushed = 0, quiet = 0;

	for (unsigned i = 0; i < 20000; i++) {
		struct batch *b = batch_new(NULL, 0);
		struct utterance u[6];
		struct conversation c = {.at = u, .n = 1 + roll(6)};
		struct arena a = {0};
		struct hush h;
		int64_t ms = 0;

		for (size_t k = 0; k < c.n; k++) {
			struct record r = {
			    .text = span_of(texts[roll(roll(4) == 0 ? 6 : 4)]),
			    .speaker = span_of(names[roll(4)])};
			struct spoken *s;

			if (roll(9) == 0)
				r.role = SPAN("agent");

			ms += (int64_t)roll(8) * 200 - 100;
			if (roll(9) > 0)
				r.start = moment_relative_ms(ms);
			ms += roll(3) * 300;
			if (roll(9) > 0)
				r.end = moment_relative_ms(ms);
			s = batch_record(b, &r, source);
			spoken_utterance(s, &u[k]);
			utterance_glance(&u[k], &f.glancer, f.matcher, f.rules);
			s->quiet = (uint8_t)u[k].quiet;
			s->phraseless = u[k].phraseless;
			stretch_glanced(b->stretches, &h, s, 300);
		}
		conversation_sort(&c, &a);
		hushed += b->stretches[0].hushed;
		if (conversation_quiet(&c) &&
		    !conversation_seamless(&c, f.rules))
			quiet++;
		else
			cr_assert_not(b->stretches[0].hushed);
		batch_drop(b);
		arena_free(&a);
	}
	cr_expect_gt(hushed, 2000);
	cr_expect_gt(hushed * 10, quiet * 5);
}
