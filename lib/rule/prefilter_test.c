#include <criterion/criterion.h>

#include "rule/pairbits.h"
#include "rule/prefilter.h"
#include "rule/required.h"
#include "text/utf8.h"
#include "text/viewer.h"

static struct viewer *viewer;
static struct err err;
static struct required_memo memo; /* of what a test adds */

static void
setup(void)
{
	cr_assert_eq(viewer_open(&viewer, &err), 0);
}

static void
teardown(void)
{
	viewer_close(viewer);
	required_memo_free(&memo);
}

TestSuite(prefilter, .init = setup, .fini = teardown);

/* What is barred: "!" in front of each. */
static void
put_bar(const uint16_t *texts, struct buf *b)
{
	for (; *texts != 0; texts += 1 + *texts) {
		buf_addc(b, '!');
		utf16_utf8(texts + 1, *texts, b);
	}
}

/* Texts of a set are joined by a blank, sets by " & ". */
static void
put_set(const struct required *r, size_t set, struct buf *b)
{
	const struct required_set *s = &r->sets[set];

	for (size_t i = 0; i < s->n; i++) {
		if (i > 0)
			buf_addc(b, ' ');
		utf16_utf8(s->at[i].at, s->at[i].len, b);
		put_bar(bars_texts(r->bars, s->at[i].bar), b);
	}
}

/* "-" where nothing is required. */
static void requires(const char *source, const char *want)
{
	struct view v = {0};
	struct required r;
	struct buf b = {0};

	view_plain(viewer, span_of(source), &v);
	if (!required_find(v.at, v.len, &memo, &r))
		buf_addc(&b, '-');
	else
		for (size_t i = 0; i < r.n; i++) {
			if (i > 0)
				buf_adds(&b, " & ");
			put_set(&r, i, &b);
		}
	cr_expect_str_eq(buf_cstr(&b), want, "%s: %s", source, b.at);
	buf_free(&b);
	view_free(&v);
}

Test(prefilter, required_texts)
{
	requires("弁護士", "弁護士");
	requires("(訴|うった)えます", "訴えます うったえます");
	requires("(?:訴|うった)える?", "訴える 訴え うったえる うったえ");
	requires("[弁便]護[士し]", "弁護士 弁護し 便護士 便護し");
	requires("訴.*裁判", "裁判 & 訴");
	requires("ます?か+", "か");
	requires("弁護士\\w{0,12}?(立てる|呼ぶ)", "弁護士 & 立てる 呼ぶ");
	requires("(弁護士.*裁判|訴え.訟)",
	    "弁護士 訴え & 裁判 訴え & 弁護士 訟 & 裁判 訟");
	requires("(?<!お)客(?=様)", "客");
	requires("a\\.b", "a.b");
	requires("^訴訟$", "訴訟");
	requires("(弁護士){1,3}", "弁護士");
	requires("訴{1}え", "訴え");
	/* Too many texts are cut short, but not within a character. */
	requires(
	    "え𠮟(?:一|二|三|四|五|六|七|八|九|十|百|千|万|億|兆|京|甲|乙|丙|"
	    "丁|戊|己|庚|辛|壬|癸|子|丑|寅|卯|辰|巳|午|未|申|酉)|"
	    "お𠮟(?:一|二|三|四|五|六|七|八|九|十|百|千|万|億|兆|京|甲|乙|丙|"
	    "丁|戊|己|庚|辛|壬|癸|子|丑|寅|卯|辰|巳|午|未|申|酉)",
	    "え お");
	/* A bracket that begins no [:name:] is a member. */
	requires("[[=]訴|え", "[訴 =訴 え");
	requires("[[:]訴", "[訴 :訴");
	requires("か(?<*か)|訴", "か 訴");
	requires("(?*か)訴", "訴");
	requires("[[:alpha:]か]訴", "訴");
	requires("𠮟え", "𠮟え");
	requires("𠮟?訴え", "𠮟訴え 訴え");
}

/* What stands behind a text says that the match is not there. */
Test(prefilter, barred_texts)
{
	requires("ネット(?!回線|ワーク)", "ネット!回線!ワーク");
	requires("(?:ネット(?!回線)|口コミ)(?!見)[にで]?.*書",
	    "ネットに ネットで ネット!回線!見 口コミに 口コミで 口コミ!見 & 書");
	requires("ネット(?!回線)(?!から)", "ネット!回線!から");
	requires("弁護士(?!(?:費用)?(?:特約|保険)|会(?!の))",
	    "弁護士!費用特約!費用保険!特約!保険");
	requires("(?:(?!ない)え|訴(?!え))", "え 訴!え");
	/* A bar behind which something else is required is known to be none. */
	requires("ネット(?!回線)に", "ネットに");
	/* What does not match each of its texts bars none of them. */
	requires("訴(?!え$|る\\b|(?=ま)ま|か(?!ら))", "訴");
	requires("訴(?!(?>え|えま)す|っ?+て|.)", "訴");
	requires("訴(?!えA|え x)", "訴");
	requires("訴(?<!え)", "訴");
	requires("訴(?!え)?", "訴!え 訴");
	requires("訴(?!え)*る?", "訴");
}

/* Texts that are too long are required as far as their ends go. */
Test(prefilter, ends_of_long_texts)
{
	requires("(?:消費生活センター|弁護士)(?:だ|です)",
	    "費生活センターだ 生活センターです 弁護士だ 弁護士です & "
	    "消費生活センター 弁護士");
	/* Half a character is none. */
	requires("あいうえおかき𠮟", "いうえおかき𠮟 & あいうえおかき & 𠮟");
}

Test(prefilter, nothing_is_required)
{
	requires("", "-");
	requires("訴?", "-");
	requires("訴*", "-");
	requires("(訴|)", "-");
	requires("(訴|.)", "-");
	requires("\\w+", "-");
	requires("[^訴]", "-");
	requires("[ぁ-ん]", "-");
	requires("訴{0,3}", "-");
	requires("(?i)訴", "-");
	requires("\\Q訴\\E", "-");
	requires("\\x{8a34}", "-");
	requires("(訴)\\1", "-");
}

/* Escapes as they are written, which the plain view would fold. */
static bool
find(const char *source, struct required *r)
{
	uint16_t units[64];
	size_t n = 0;

	for (const char *at = source; *at != '\0';)
		units[n++] = (uint16_t)utf8_next(&at);
	return required_find(units, n, NULL, r);
}

static bool
spans(const char *source)
{
	struct required r;

	cr_expect(find(source, &r), "%s", source);
	return r.spans_lines;
}

/* "*": any unit; else each of these, and no others. */
static void
expect_units(
    const struct required_units *u, const char *with, const char *source)
{
	struct required_units want = {.any = with[0] == '*'};

	cr_expect_eq(u->any, want.any, "%s", source);
	for (const char *at = with; !want.any && *at != '\0';)
		set_bit(
		    want.bits, required_unit_hash((uint16_t)utf8_next(&at)));
	if (!want.any)
		cr_expect_arr_eq(
		    u->bits, want.bits, sizeof(want.bits), "%s", source);
}

static void
starts(const char *source, const char *first, const char *second)
{
	struct required r;

	find(source, &r);
	expect_units(&r.starts.first, first, source);
	expect_units(&r.starts.second, second, source);
}

Test(prefilter, units_that_matches_start_with)
{
	starts("弁護士", "弁", "護");
	starts("弁?護士", "弁護", "護士");
	starts("(?:弁|訴え*)?[護の]", "弁訴護の", "*");
	starts("(?:弁|訴え*)?[護の]る", "弁訴護の", "護のえる");
	starts("弁*護{0,2}士{1,2}", "弁護士", "*");
	starts("弁*護{0,2}士{1,2}に", "弁護士", "弁護士に");
	starts("(?<!a)(?=b)\\b^SNS", "s", "n");
	starts("\\.[^a]", ".", "*");
	starts("(?>弁|(訴|さ))護", "弁訴さ", "護");
	starts("(?:ネッ|ね)?(?:ト|っと)+に", "ネねトっ", "ットっとに");
	starts("(?:弁?訴?)+える", "弁訴え", "弁訴える");
	starts("弁{1}護", "弁", "護");
	starts("弁+|訴", "弁訴", "*");
	starts("弁", "弁", "*");
	starts("弁(?=護)士", "弁", "士");
	starts("弁.", "弁", "*");
	starts("弁.?護", "弁", "*");
	starts("弁*", "*", "*");
	starts(".弁", "*", "*");
	starts("弁?.", "*", "*");
	starts("[^あ]弁", "*", "*");
	starts("[あ-ん]弁", "*", "*");
	starts("\\w弁", "*", "*");
	starts("弁|", "*", "*");
}

Test(prefilter, units_that_are_not_known_to_start)
{
	static const char *const sources[] = {"\\G弁", "(?i)弁", "(*COMMIT)弁"};

	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		struct required r;

		find(sources[i], &r);
		cr_expect(r.starts.first.any, "%s", sources[i]);
	}
}

/* A character of two units starts with the first of them. */
Test(prefilter, halves_that_matches_start_with)
{
	const uint16_t source[] = {0xd842, 0xdfb7, u'る'};
	struct required r;

	required_find(source, 3, NULL, &r);
	cr_expect(required_units_hold(&r.starts.first, 0xd842));
	cr_expect(required_units_hold(&r.starts.second, 0xdfb7));
	cr_expect_not(required_units_hold(&r.starts.second, u'る'));
}

static void
expect_each(
    const char *const *sources, size_t n, bool (*is)(const char *), bool want)
{
	for (size_t i = 0; i < n; i++)
		cr_expect_eq(is(sources[i]), want, "%s", sources[i]);
}

/* May a match hold a line break? */
Test(prefilter, matches_over_lines)
{
	static const char *const over[] = {"弁[^護]士", "弁\\s士", "弁\\n士",
	    "弁\\W?士", "弁\\D士", "弁\\R士", "弁[\\s、]士", "弁[[:space:]]士",
	    "弁[^\\S]士", "弁\\P{L}士", "(?:弁|[^。]*)士", "弁[\\x00-ん]士",
	    "弁[^]。]士", "弁[\t-ん]士"};
	static const char *const within[] = {"弁護士", "弁.{0,9}士", "弁\\w士",
	    "弁\\S士", "弁[^\\n。]士", "弁[^\\s]士", "弁[、ん]士",
	    "弁(?=[^護])士", "弁(?<![^護]\\n)士", "弁\\N士", "弁\\h士",
	    "弁[\\w\\d]士", "弁[、-ん]士"};

	expect_each(over, sizeof(over) / sizeof(*over), spans, true);
	expect_each(within, sizeof(within) / sizeof(*within), spans, false);
}

static bool
is_by_line(const char *source)
{
	struct required r;

	find(source, &r);
	return r.by_line;
}

/* Does a line alone match wherever it does among others? */
Test(prefilter, matches_in_a_line_alone)
{
	static const char *const alone[] = {"弁護士", "弁.{0,9}士", "弁[^\n]士",
	    "弁(?!護)", "弁護(?![^士])", "弁護(?!の(?!人))", "^弁$",
	    "弁(?=$|。)", "弁(?=[。\n]|$)", "弁(?!士(?=\n|$))",
	    "弁(?=$|。|[^か])", "(?<=^|、)弁", "\\b弁", "\\A弁\\z",
	    "(?>弁護?)士", "(?<![^。\n])弁", "弁++"};
	static const char *const heeding[] = {"弁[^護]士", "弁\\s",
	    "弁(?=[^護])", "(?<=[^護])弁", "弁(?!$)", "(?<!^)弁",
	    "弁(?!(?![^護]))", "\\G弁", "(?>弁$|弁護)士", "弁(?:護|$)++士",
	    "弁(?=\n)", "弁(?=\n士|$)", "弁(?=[^か]?\n|$)", "弁(?=\n$)",
	    "弁(?=(?:\n|$))", "弁(?=\n|$)?\n", "(?i)弁"};

	expect_each(alone, sizeof(alone) / sizeof(*alone), is_by_line, true);
	expect_each(
	    heeding, sizeof(heeding) / sizeof(*heeding), is_by_line, false);
}

static bool
may(const struct prefilter *f, const char *text, uint32_t pattern)
{
	struct view v = {0};
	struct prefilter_scratch s = {0};
	bool is;

	view_plain(viewer, span_of(text), &v);
	is = prefilter_may(prefilter_scan(f, v.at, v.len, &s), pattern);
	prefilter_scratch_free(&s);
	view_free(&v);
	return is;
}

static uint32_t
add(struct prefilter_builder *b, const char *source)
{
	struct view v = {0};
	uint32_t bit;

	view_plain(viewer, span_of(source), &v);
	bit = prefilter_add(b, &memo, v.at, v.len);
	view_free(&v);
	return bit;
}

/* A filter that glances, of so many patterns. */
static const struct prefilter *
filter_of(struct arena *a, const char *const *sources, size_t n)
{
	struct prefilter_builder *b = prefilter_begin(viewer);

	for (size_t i = 0; i < n; i++)
		add(b, sources[i]);
	return prefilter_finish(b, true, a);
}

static enum quiet
hush(const struct prefilter *f, const char *text)
{
	struct prefilter_scratch scratch = {0};
	struct view plain = {0};
	enum quiet is = prefilter_quiet(
	    f, viewer, span_of(text), &plain, &scratch);

	prefilter_scratch_free(&scratch);
	view_free(&plain);
	return is;
}

static bool
quiet(const struct prefilter *f, const char *text)
{
	return hush(f, text) != QUIET_NOT;
}

Test(prefilter, finds_texts_within_texts)
{
	struct arena a = {0};
	struct prefilter_builder *b = prefilter_begin(viewer);
	uint32_t lawyer = add(b, "弁護士"), any = add(b, ".");
	uint32_t she = add(b, "she"), he = add(b, "he"), his = add(b, "his");
	uint32_t hers = add(b, "HERS");
	const struct prefilter *f = prefilter_finish(b, true, &a);

	cr_expect(may(f, "もう弁護士だ", lawyer));
	cr_expect_not(may(f, "弁護人", lawyer));
	cr_expect(may(f, "ushers", she));
	cr_expect(may(f, "ushers", he));
	cr_expect(may(f, "uShErS", hers));
	cr_expect_not(may(f, "ushers", his));
	cr_expect(may(f, "", any));
	cr_expect(prefilter_always(f, any));
	cr_expect_not(prefilter_always(f, he));
	arena_free(&a);
}

Test(prefilter, of_no_patterns)
{
	struct arena a = {0};
	const struct prefilter *f = prefilter_finish(
	    prefilter_begin(viewer), true, &a);
	struct prefilter_scratch s = {0};

	prefilter_scan(f, (const uint16_t[]){0x8a34}, 1, &s);
	prefilter_scratch_free(&s);
	cr_expect_eq(prefilter_words(f), 0);
	arena_free(&a);
}

/* Pieces of texts, in spellings that the plain view makes one. */
static const char *const pieces[] = {"裁判", "所", "裁 判", "会", "裁判所",
    "弁護士", "弁 護士", "弁　護\n士", "ﾈｯﾄ", "ネット", "SNS", "ＳＮＳ",
    "s n s", "べき", "へ\u3099き", "㈱", "に", "ます", "Ⅲ", "😀", "訴", "え",
    "が", "か\u3099", "、", " ", "　", "\n", "x", "Ｘ", "消", "費", "!", "①",
    "ー", "𠮟"};

static unsigned
roll(unsigned *seed, unsigned n)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % n;
}

/* Where a text is quiet, no pattern may match in it. */
Test(prefilter, a_quiet_text_has_nothing)
{
	static const char *const sources[] = {"弁護士",
	    "(ネット|sns).{0,9}訴え", "べき(か|が)", "s n s", "株", "訴",
	    "消費.*ます", "𠮟え", "x[,、]", "iii", "裁判(?!所|に(?!ま))",
	    "会(?!社|が)"};
	struct arena a = {0};
	const unsigned n = sizeof(sources) / sizeof(*sources);
	unsigned seed = 7, silent = 0, loud = 0;
	const struct prefilter *f = filter_of(&a, sources, n);
	struct buf text = {0};

	for (unsigned i = 0; i < 20000; i++) {
		bool may_any = false;

		buf_reset(&text);
		for (unsigned k = roll(&seed, 6); k > 0; k--)
			buf_adds(&text,
			    pieces[roll(
				&seed, sizeof(pieces) / sizeof(*pieces))]);
		for (unsigned k = 0; k < n; k++)
			may_any |= may(f, buf_cstr(&text), k);
		if (quiet(f, buf_cstr(&text))) {
			cr_expect_not(may_any, "%s", buf_cstr(&text));
			silent++;
		} else {
			cr_expect(may_any, "%s", buf_cstr(&text));
			loud++;
		}
	}
	cr_expect_gt(silent, 1000);
	cr_expect_gt(loud, 1000);
	buf_free(&text);
	arena_free(&a);
}

/* What one match wants may stand in two utterances: one is not quiet then. */
Test(prefilter, utterances_of_one_match)
{
	static const char *const sources[] = {"弁護士[^。]*訴え", "警察.*届け"};
	struct arena a = {0};
	const struct prefilter *f = filter_of(&a, sources, 2);

	cr_expect(hush(f, "弁護士に") != QUIET_WITH_OTHERS ||
	    hush(f, "訴えます") != QUIET_WITH_OTHERS);
	cr_expect_neq(hush(f, "弁護士に"), QUIET_NOT);
	cr_expect_eq(hush(f, "警察に"), QUIET_WITH_OTHERS);
	cr_expect_eq(hush(f, "届けます"), QUIET_WITH_OTHERS);
	cr_expect_eq(hush(f, "警察に届け"), QUIET_NOT);
	cr_expect_eq(hush(f, "弁護士が訴え"), QUIET_NOT);
	arena_free(&a);
}

/* A text of blanks has no units to be looked for first. */
Test(prefilter, a_required_blank)
{
	struct arena a = {0};
	const struct prefilter *f = filter_of(
	    &a, (const char *const[]){"[ ]"}, 1);

	cr_expect_not(quiet(f, "a b"));
	cr_expect(quiet(f, "弁護士"));
	arena_free(&a);
}

Test(prefilter, plain_units_are_as_they_are)
{
	struct classes *cs = &viewer->classes;

	for (uint32_t c = 1; c < 0x10000; c++) {
		uint32_t cell = classes_cell(cs, c);

		if (unit_is_plain((uint16_t)c))
			cr_expect((cell & 0xffff) == c &&
				!(cell_bits(cell) &
				    (CLASS_SLOW | CLASS_JOINS | CLASS_BLANK)),
			    "U+%04X", c);
	}
}
