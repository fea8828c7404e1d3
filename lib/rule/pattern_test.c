#include "rule/pattern.h"

#include <criterion/criterion.h>

#include <pthread.h>

#include "rule/regex.h"

struct fixture {
	struct arena arena;
	struct matcher *m;
	struct subject s;
	struct hits h;
	struct err err;
};

static void
setup(struct fixture *f, struct match_limits limits)
{
	*f = (struct fixture){0};
	cr_assert_eq(matcher_open(&f->m, &limits, NULL, &f->err), 0);
}

static void
teardown(struct fixture *f)
{
	subject_free(&f->s);
	hits_free(&f->h);
	matcher_close(f->m);
	arena_free(&f->arena);
}

static struct regex *
regex(struct fixture *f, const char *source, unsigned flags)
{
	size_t offset;
	struct regex *re = regex_compile(&f->arena, matcher_viewer(f->m),
	    span_of(source), flags, &offset, &f->err);

	cr_assert(re != NULL, "%s: %s", source, f->err.text);
	return re;
}

/* A pattern of up to two alternatives. */
static struct pattern *
pattern(struct fixture *f, const char *a, const char *b, unsigned flags)
{
	struct pattern *p = arena_alloc(&f->arena, sizeof(*p));

	p->id = SPAN("p");
	p->any = arena_alloc(&f->arena, 2 * sizeof(*p->any));
	p->any[p->nany++] = regex(f, a, flags);
	if (b != NULL)
		p->any[p->nany++] = regex(f, b, flags);
	p->words = flags & REGEX_WORDS;
	return p;
}

static void
add_unless(struct fixture *f, struct pattern *p, const char *source)
{
	p->unless = arena_alloc(&f->arena, sizeof(*p->unless));
	p->unless[p->nunless++] = regex(f, source, 0);
}

static void
add_near(
    struct fixture *f, struct pattern *p, const char *source, uint32_t within)
{
	p->near = arena_alloc(&f->arena, sizeof(*p->near));
	p->near[p->nnear++] = (struct near){
	    .pattern = regex(f, source, 0), .within = within};
}

/* The raw texts of the hits, each in brackets. */
static const char *
found(struct fixture *f, const struct pattern *p, const char *text)
{
	struct buf b = {0};
	const char *out;

	f->h.n = 0;
	subject_set(&f->s, span_of(text));
	cr_assert_eq(
	    pattern_hits(f->m, p, &f->s, &f->h, &f->err), 0, "%s", f->err.text);
	for (size_t i = 0; i < f->h.n; i++)
		buf_printf(&b, "[%.*s]",
		    (int)(f->h.at[i].raw_end - f->h.at[i].raw_start),
		    text + f->h.at[i].raw_start);
	out = arena_cstr(&f->arena, buf_span(&b));
	buf_free(&b);
	return out;
}

#define FOUND(f, p, text, want) \
	do { \
		const char *got = found((f), (p), (text)); \
		cr_expect_str_eq( \
		    got, (want), "%s: %s, not %s", (text), got, (want)); \
	} while (0)

/* The same by machine code and by the interpreter. */
#define BOTH(f) \
	for (int no_jit = 0; no_jit < 2; no_jit++) \
		for (int once = (setup((f), \
				     (struct match_limits){ \
					 5000000, 65536, no_jit, false}), \
			 1); \
		     once; teardown(f), once = 0)

Test(pattern, takes_the_leftmost_then_the_first_listed)
{
	struct fixture f;

	BOTH(&f)
	{
		struct pattern *p = pattern(&f, "いう", "あい", 0);

		FOUND(&f, p, "あいうあいう", "[あい][あい]");
		cr_expect_eq(f.h.at[0].alternative, 1);
		p = pattern(&f, "あ", "あい", 0);
		FOUND(&f, p, "あいう", "[あ]");
		p = pattern(&f, "あい", "あ", 0);
		FOUND(&f, p, "あいああい", "[あい][あ][あい]");
		cr_expect_eq(f.h.at[1].alternative, 1);
	}
}

Test(pattern, finds_nothing_in_nothing)
{
	struct fixture f;

	BOTH(&f)
	{
		struct pattern *p = pattern(&f, "あ", "$", 0);

		FOUND(&f, p, "", "");
		FOUND(&f, p, "い", "");
	}
}

Test(pattern, words_try_other_ways)
{
	struct fixture f;

	BOTH(&f)
	{
		struct pattern *p = pattern(
		    &f, "foo|foobar", NULL, REGEX_WORDS);

		FOUND(&f, p, "foobar foo xfoo foob", "[foobar][foo]");
		/* A shorter repeat ends on a boundary. */
		p = pattern(&f, "[a-z ]{1,6}", NULL, REGEX_WORDS);
		FOUND(&f, p, "abc def", "[abc ][def]");
		p = pattern(&f, "\\w+", NULL, REGEX_WORDS);
		FOUND(&f, p, "ab cd", "[ab][cd]");
		p = pattern(&f, "fo{1,2}?", NULL, REGEX_WORDS);
		FOUND(&f, p, "foo", "[foo]");
		p = pattern(&f, "弁護", "士", REGEX_WORDS);
		FOUND(&f, p, "弁護士に相談", "");
		p = pattern(&f, "弁護", "弁護士", REGEX_WORDS);
		FOUND(&f, p, "弁護士に相談", "[弁護士]");
	}
}

Test(pattern, words_source_stays_one_group)
{
	struct fixture f;
	size_t offset;

	setup(&f, MATCH_LIMITS_DEFAULT);
	cr_expect_null(regex_compile(&f.arena, matcher_viewer(f.m),
	    SPAN("a)(b"), REGEX_WORDS, &offset, &f.err));
	cr_expect_eq(offset, 1);
	teardown(&f);
}

Test(pattern, unless_looks_at_the_sentence)
{
	struct fixture f;

	BOTH(&f)
	{
		struct pattern *p = pattern(&f, "弁護士", NULL, 0);

		add_unless(&f, p, "特約");
		FOUND(&f, p, "弁護士の特約。弁護士を呼ぶ。特約", "[弁護士]");
		FOUND(&f, p, "弁護士\n特約", "[弁護士]");
		FOUND(&f, p, "弁護士と弁護士の特約", "");
		p = pattern(&f, "う", NULL, 0);
		add_unless(&f, p, "^え");
		FOUND(&f, p, "あ。えう。あえう。", "[う]");
		p = pattern(&f, "う", NULL, 0);
		add_unless(&f, p, "え。$");
		FOUND(&f, p, "うえ。うあ。", "[う]");
	}
}

Test(pattern, near_counts_words_from_the_nearer_ends)
{
	struct fixture f;

	BOTH(&f)
	{
		struct pattern *p = pattern(&f, "hit", NULL, 0);

		/* Blanks are words of their own to the iterator. */
		add_near(&f, p, "mark", 4);
		FOUND(&f, p, "hit a mark", "[hit]");
		FOUND(&f, p, "hit a b mark", "");
		FOUND(&f, p, "mark a hit b c mark", "[hit]");
		FOUND(&f, p, "mark a b hit b c mark", "");
		FOUND(&f, p, "hit! mark", "");
		p = pattern(&f, "a hit", NULL, 0);
		add_near(&f, p, "hit", 0);
		FOUND(&f, p, "a hit", "[a hit]");
		p = pattern(&f, "hit", NULL, 0);
		/* The nearer match begins inside the farther one. */
		add_near(&f, p, "mark( x)*|x", 2);
		FOUND(&f, p, "mark x x hit", "[hit]");
	}
}

Test(pattern, after_wants_a_hit_that_begins_before)
{
	struct fixture f;

	BOTH(&f)
	{
		struct pattern *p = pattern(&f, "い", NULL, 0);
		struct pattern *first = pattern(&f, "あ", NULL, 0);

		p->after = first;
		FOUND(&f, p, "いあい", "[い]");
		FOUND(&f, p, "あ。い。い", "[い][い]");
		FOUND(&f, p, "いい", "");
		add_unless(&f, first, "う");
		FOUND(&f, p, "あう。い", "");
		FOUND(&f, p, "あう。あ。い", "[い]");
		p->after = p;
		p = pattern(&f, "あ", NULL, 0);
		p->after = first;
		FOUND(&f, p, "ああ", "[あ]");
	}
}

Test(pattern, a_dropped_match_is_passed_over)
{
	struct fixture f;

	BOTH(&f)
	{
		struct pattern *p = pattern(&f, "ああ", NULL, 0);

		p->after = pattern(&f, "いい", NULL, 0);
		FOUND(&f, p, "あああいいあああ", "[ああ]");
	}
}

/* A pattern, and a text in whose plain view it stands. */
struct in_text {
	const char *source, *text;
};

static void
expect_found(const struct in_text *rows, size_t n)
{
	struct fixture f;

	setup(&f, MATCH_LIMITS_DEFAULT);
	for (size_t i = 0; i < n; i++) {
		const struct view *v;
		size_t start, end;

		subject_set(&f.s, span_of(rows[i].text));
		v = subject_plain(f.m, &f.s);
		cr_expect_eq(regex_find(f.m, regex(&f, rows[i].source, 0),
				 v->at, v->len, 0, NULL, &start, &end, &f.err),
		    1, "%s in %s", rows[i].source, rows[i].text);
	}
	teardown(&f);
}

Test(literal, is_written_as_the_view_has_it)
{
	static const struct in_text rows[] = {
	    {"か゛", "か゛"},
	    {"か\xe3\x82\x99", "が"},
	    {"が", "か\xe3\x82\x99"},
	    {"ＳＮＳ", "sns"},
	    {"SNS", "ｓｎｓ"},
	    {"ｾﾝﾀｰ", "センター"},
	    {"センター", "ｾﾝﾀｰ"},
	    {"ｶﾞ+$", "ガガガ"},
	    {"^㌢{2}$", "センチセンチ"},
	    {"^㌢?x$", "x"},
	    {"^[ｱ-ﾝ]+$", "アイウ"},
	    {"^[ａ-ｃ]+$", "abc"},
	    {"^[か\xe3\x82\x99]$", "が"},
	    {"？$", "本当?"},
	    {"^…$", "..."},
	    {"^（株）$", "(株)"},
	    {"^[［－］]+$", "[-]"},
	    {"^\\！$", "!"},
	    {"^\\x{304b}$", "か"},
	    {"^\\Q.*\\E$", ".*"},
	    {"^\\p{Han}{2}$", "漢字"},
	    {"^[[:alpha:]ｂ-]+$", "b-"},
	    {"^(?<名前>あ)\\k<名前>$", "ああ"},
	    {"^(?i:Ａ)$", "a"},
	    {"^(?#コメント)(?=ｱ)ア$", "ア"},
	    {"^(?U)あ+い?", "あ"},
	    {"^あ{,2}$", "あ{,2}"},
	    {"^ｘ{2}y{$", "xxy{"},
	    {"^(?x) あ # note ）\n い $", "あい"},
	    {"^(?(?=あ)あい|う)$", "あい"},
	    {"^[]ａ]$", "]"},
	    {"^[^]ａ]$", "b"},
	    {"^𠮷{2}$", "𠮷𠮷"},
	    {"^[𠮷]$", "𠮷"},
	    {"^\\N{U+304b}$", "か"},
	    {"ＳＮＳ$", "ﾈｯﾄやSNS"},
	    {"^窓口 鈴木$", "窓口 鈴木"},
	    {"^窓口　ｽｽﾞｷ$", "窓口スズキ"},
	    {"^窓口 ?鈴木$", "窓口鈴木"},
	    {"^窓口 a$", "窓口 A"},
	};

	expect_found(rows, sizeof(rows) / sizeof(*rows));
}

/* Views hold small letters, patterns may ask for capitals; and what looks like
 * a class, or is one, is told apart from what is. */
Test(literal, is_told_from_what_only_looks_so)
{
	static const struct in_text rows[] = {
	    {"^窓\\[口 鈴木$", "窓[口鈴木"},
	    {"^[\\]窓]口 鈴木$", "窓口鈴木"},
	    {"^[窓 口]口 鈴木$", "窓口鈴木"},
	    {"^(?#[)窓口 鈴木$", "窓口鈴木"},
	    {"^SNSに$", "snsに"},
	    {"^sns$", "ＳＮＳ"},
	    {"^[A-Z]ns$", "SNS"},
	    {"^\\x53ns$", "SNS"},
	    {"^\\QSNS\\E$", "sns"},
	    {"^\\x{c9}$", "É"},
	    {"^É[À-Ö]$", "éã"},
	    {"^Ωσ$", "ως"},
	    {"^ß$", "SS"},
	    {"^Ꮳ$", "ꮳ"},
	    {"^\\wX\\b$", "ax"},
	};

	expect_found(rows, sizeof(rows) / sizeof(*rows));
}

Test(literal, all_of_a_fixed_string)
{
	struct fixture f;
	struct pattern *p;

	setup(&f, MATCH_LIMITS_DEFAULT);
	p = pattern(&f, "a.(ｂ)*[", NULL, REGEX_LITERAL);
	FOUND(&f, p, "xＡ.(b)*[y axbb", "[Ａ.(b)*[]");
	p = pattern(&f, "Q&A #1", NULL, REGEX_LITERAL | REGEX_WORDS);
	FOUND(&f, p, "q&a #1", "[q&a #1]");
	teardown(&f);
}

Test(literal, folds_for_the_folded_view)
{
	struct fixture f;
	const struct view *v;
	size_t start, end;

	setup(&f, MATCH_LIMITS_DEFAULT);
	subject_set(&f.s, SPAN("オマカセ、シマース"));
	v = subject_folded(f.m, &f.s);
	cr_expect_eq(
	    regex_find(f.m, regex(&f, "マカセ、?シマス$", REGEX_FOLDED), v->at,
		v->len, 0, NULL, &start, &end, &f.err),
	    1);
	cr_expect_eq(start, 1);
	teardown(&f);
}

Test(regex, tells_where_a_pattern_is_wrong)
{
	static const struct {
		const char *source;
		size_t offset;
	} rows[] = {
	    {"あ(い", 7},
	    {"あ)", 3},
	    {"[㌢]", 1},
	    {"あ[いｶﾞ㍻]", 13},
	    {"*", 0},
	    {"[", 1},
	    {"あ\\", 4},
	    {"\\x{zz}", 3},
	    {"\xff", 0},
	    {"ｶﾞｶﾞ(", 13},
	};
	struct fixture f;

	setup(&f, MATCH_LIMITS_DEFAULT);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		size_t offset = 99;

		cr_expect_null(regex_compile(&f.arena, matcher_viewer(f.m),
		    span_of(rows[i].source), 0, &offset, &f.err));
		cr_expect_eq(offset, rows[i].offset, "%s: %zu: %s",
		    rows[i].source, offset, f.err.text);
		cr_expect_neq(f.err.text[0], '\0');
	}
	cr_expect(
	    regex_matches_empty(regex(&f, "あ*", 0), matcher_viewer(f.m)));
	cr_expect_not(
	    regex_matches_empty(regex(&f, "あ*い", 0), matcher_viewer(f.m)));
	cr_expect(regex_matches_empty(
	    regex(&f, "あ*", REGEX_WORDS), matcher_viewer(f.m)));
	cr_expect_not(regex_matches_empty(
	    regex(&f, "あ", REGEX_WORDS), matcher_viewer(f.m)));
	teardown(&f);
}

static int
find_in_many(struct fixture *f, const char *source, const char *piece, size_t n,
    const char *tail)
{
	struct buf b = {0};
	const struct view *v;
	size_t start, end;
	int rc;

	for (size_t i = 0; i < n; i++)
		buf_adds(&b, piece);
	buf_adds(&b, tail);
	subject_set(&f->s, buf_span(&b));
	v = subject_plain(f->m, &f->s);
	rc = regex_find(f->m, regex(f, source, 0), v->at, v->len, 0, NULL,
	    &start, &end, &f->err);
	buf_free(&b);
	return rc;
}

Test(regex, a_limit_is_an_error_never_no_match)
{
	struct fixture f;

	BOTH(&f)
	{
		cr_expect_eq(
		    find_in_many(&f, "^(?:あ|ああ)+$", "あ", 60, "い"), -1);
		cr_expect(strstr(f.err.text, "^(?:あ|ああ)+$") != NULL);
		cr_expect(strstr(f.err.text, "5000000 steps") != NULL, "%s",
		    f.err.text);
		cr_expect_eq(
		    find_in_many(&f, "^(?:あ|ああ)+$", "あ", 60, ""), 1);
	}
}

Test(regex, machine_code_and_interpreter_agree)
{
	struct fixture f;

	/* A stack that machine code has not: the interpreter takes over. */
	BOTH(&f)
	cr_expect_eq(find_in_many(&f, "^(?:(あ)|い)*う", "あい", 60000, "う"),
	    1, "%s", f.err.text);
	BOTH(&f)
	cr_expect_eq(find_in_many(&f, "^(?:あ|ああ)+$", "あ", 26, "い"), 0,
	    "%s", f.err.text);
}

Test(hits, know_their_raw_bytes)
{
	struct fixture f;
	struct pattern *p;

	setup(&f, MATCH_LIMITS_DEFAULT);
	p = pattern(&f, "センチ?", "訴えます", 0);
	/* Half a ㌢ is the whole character of the raw text. */
	FOUND(&f, p, "5㌢です", "[㌢]");
	p = pattern(&f, "セン", "訴えます", 0);
	FOUND(&f, p, "5㌢です", "[㌢]");
	FOUND(&f, p, "訴え ます 。", "[訴え ます]");
	FOUND(&f, p, "ｾ ﾝ", "[ｾ ﾝ]");
	teardown(&f);
}

/* A thread that looks for a pattern none has looked for yet. */
struct finder {
	pthread_t thread;
	const struct regex *re;
	int found;
	size_t start, end;
};

static void *
find(void *ctx)
{
	struct finder *t = ctx;
	struct fixture f;
	const struct view *v;

	setup(&f, MATCH_LIMITS_DEFAULT);
	subject_set(&f.s, SPAN("ぜんぶ、弁護士ガ決めます"));
	v = subject_plain(f.m, &f.s);
	t->found = regex_find(
	    f.m, t->re, v->at, v->len, 0, NULL, &t->start, &t->end, &f.err);
	teardown(&f);
	return NULL;
}

Test(regex, trusted_is_made_by_whoever_is_first)
{
	struct finder threads[4] = {0};
	struct fixture f;
	const struct view *v, *w;
	const struct regex *re;

	setup(&f, MATCH_LIMITS_DEFAULT);
	re = regex(&f, "弁護士ｶﾞ", REGEX_TRUSTED);
	for (size_t i = 0; i < 4; i++) {
		threads[i].re = re;
		cr_assert_eq(
		    pthread_create(&threads[i].thread, NULL, find, &threads[i]),
		    0);
	}
	for (size_t i = 0; i < 4; i++) {
		pthread_join(threads[i].thread, NULL);
		cr_expect_eq(threads[i].found, 1);
		cr_expect_eq(threads[i].start, 4);
		cr_expect_eq(threads[i].end, 8);
	}
	v = regex_normal(re, matcher_viewer(f.m));
	w = regex_normal(regex(&f, "弁護士ｶﾞ", 0), matcher_viewer(f.m));
	cr_assert_eq(v->len, w->len);
	cr_expect_arr_eq(v->at, w->at, v->len * sizeof(*v->at));
	teardown(&f);
}
