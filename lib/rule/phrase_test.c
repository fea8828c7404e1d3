#include "rule/phrase.h"

#include <criterion/criterion.h>

#include <stdlib.h>

#include "rule/regex.h"

/* A phrase as a test has it, with a matcher; no fold but hiragana's. */
struct fixture {
	struct arena arena;
	struct matcher *m;
	struct wording wordings[3];
	struct phrase p;
	struct subject s;
	struct phrase_result r;
	struct err err;
};

static void
setup(struct fixture *f, uint32_t ppm, const char *keep, size_t n,
    const char *const *say)
{
	size_t offset;

	*f = (struct fixture){0};
	cr_assert_eq(
	    matcher_open(&f->m, &MATCH_LIMITS_DEFAULT, NULL, &f->err), 0);
	f->p = (struct phrase){.id = SPAN("p"),
	    .wordings = f->wordings,
	    .nwordings = n,
	    .tolerance_ppm = ppm};
	for (size_t i = 0; i < n; i++)
		f->wordings[i].say = span_of(say[i]);
	phrase_prepare(&f->arena, matcher_viewer(f->m), NULL, &f->p);
	if (keep != NULL)
		f->p.keep = regex_compile(&f->arena, matcher_viewer(f->m),
		    span_of(keep), REGEX_FOLDED, &offset, &f->err);
	cr_assert(keep == NULL || f->p.keep != NULL);
}

static void
match(struct fixture *f, struct span text)
{
	subject_set(&f->s, text);
	cr_assert_eq(phrase_match(f->m, &f->p, &f->s, &f->r, &f->err), 0);
}

static void
teardown(struct fixture *f)
{
	subject_free(&f->s);
	phrase_result_free(&f->r);
	matcher_close(f->m);
	arena_free(&f->arena);
}

/* The reference: every substring, by the textbook's table. */
struct reference {
	const uint32_t *text;
	size_t n;
	struct phrase *p;
	bool keep[256];          /* a keep match begins at this point */
	uint32_t d[3][257][257]; /* wording, start, end */
	bool taken[256];
};

static uint32_t
least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Distances of the wording to every substring that begins at start. */
static void
fill_from(struct reference *ref, size_t w, size_t start)
{
	const struct wording *word = &ref->p->wordings[w];
	uint32_t col[257], diagonal;

	for (uint32_t i = 0; i <= word->npoints; i++)
		col[i] = i;
	ref->d[w][start][start] = col[word->npoints];
	for (size_t e = start; e < ref->n; e++) {
		diagonal = col[0]++;
		for (size_t i = 1; i <= word->npoints; i++) {
			uint32_t up = col[i];

			col[i] = least(least(col[i], col[i - 1]) + 1,
			    diagonal + (word->points[i - 1] != ref->text[e]));
			diagonal = up;
		}
		ref->d[w][start][e + 1] = col[word->npoints];
	}
}

static bool
is_candidate(const struct reference *ref, size_t w, size_t s, size_t e)
{
	bool kept = ref->p->keep == NULL;

	if (ref->d[w][s][e] > ref->p->wordings[w].max_distance)
		return false;
	for (size_t i = s; i < e; i++) {
		kept |= ref->keep[i];
		if (ref->taken[i])
			return false;
	}
	return kept;
}

/* The next occurrence as SPEC section 3 orders them; false: none counts. */
static bool
choose(const struct reference *ref, struct occurrence *best)
{
	bool found = false;

	for (size_t e = 1; e <= ref->n; e++) {
		for (size_t s = 0; s < e; s++) {
			for (uint32_t w = 0; w < ref->p->nwordings; w++) {
				struct similarity sim = {ref->d[w][s][e],
				    (uint32_t)ref->p->wordings[w].npoints};

				if (!is_candidate(ref, w, s, e) ||
				    (found &&
					similarity_cmp(sim, best->similarity) <=
					    0))
					continue;
				*best = (struct occurrence){
				    .start = (uint32_t)s,
				    .end = (uint32_t)e,
				    .similarity = sim,
				    .wording = w};
				found = true;
			}
		}
	}
	return found;
}

static struct similarity
best_of_all(const struct reference *ref)
{
	struct similarity best = {0};

	for (uint32_t w = 0; w < ref->p->nwordings; w++) {
		for (size_t s = 0; s <= ref->n; s++) {
			for (size_t e = s; e <= ref->n; e++) {
				struct similarity sim = {ref->d[w][s][e],
				    (uint32_t)ref->p->wordings[w].npoints};

				if (similarity_cmp(sim, best) > 0)
					best = sim;
			}
		}
	}
	return best;
}

static int
by_start(const void *x, const void *y)
{
	const struct occurrence *a = x, *b = y;

	return (a->start > b->start) - (a->start < b->start);
}

/* かきくけ and one character outside the BMP, none of which the fold changes. */
static const char *const letters[] = {"か", "き", "く", "け", "𠮷"};
static const uint32_t points[] = {0x304b, 0x304d, 0x304f, 0x3051, 0x20bb7};

/* Knuth's MMIX generator: the same numbers everywhere. */
static unsigned
random_below(uint64_t *seed, unsigned n)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % n;
}

/* A random text of n letters, at times a garbled piece of another. */
static void
make_text(uint64_t *seed, size_t n, const char *like, struct buf *out)
{
	size_t like_len = strlen(like), at = 0;

	out->len = 0;
	for (size_t i = 0; i < n; i++) {
		bool copy = at + 3 <= like_len && random_below(seed, 8) > 0;

		if (copy && (unsigned char)like[at] < 0xf0)
			buf_add(out, (struct span){like + at, 3});
		else
			buf_adds(out, letters[random_below(seed, 5)]);
		at += at < like_len && (unsigned char)like[at] >= 0xf0 ? 4 : 3;
		if (at >= like_len && like_len > 0)
			at = 0;
	}
	buf_cstr(out);
}

static size_t
point_of(const struct view *v, uint32_t unit)
{
	size_t n = 0;

	for (uint32_t i = 0; i < unit; i++)
		n += (v->at[i] & 0xfc00) != 0xdc00;
	return n;
}

static size_t
read_points(const char *at, uint32_t *out)
{
	size_t n = 0;

	while (*at != '\0') {
		size_t i = 0;

		while (strncmp(at, letters[i], strlen(letters[i])) != 0)
			i++;
		out[n++] = points[i];
		at += strlen(letters[i]);
	}
	return n;
}

/* Returns how many occurrences there are. */
static size_t
compare(struct fixture *f, const char *text)
{
	static struct reference ref;
	static uint32_t read[256];
	struct occurrence want[256];
	struct similarity best;
	size_t n = 0;

	ref = (struct reference){.text = read, .p = &f->p};
	ref.n = read_points(text, read);
	for (size_t i = 0; i < ref.n; i++)
		ref.keep[i] = read[i] == 0x304b;
	for (size_t w = 0; w < f->p.nwordings; w++) {
		for (size_t s = 0; s <= ref.n; s++)
			fill_from(&ref, w, s);
	}
	best = best_of_all(&ref);
	while (choose(&ref, &want[n])) {
		memset(ref.taken + want[n].start, true,
		    want[n].end - want[n].start);
		n++;
	}
	if (n > 0)
		best = want[0].similarity;
	qsort(want, n, sizeof(*want), by_start);
	match(f, span_of(text));
	cr_assert_eq(f->r.n, n, "%s: %zu, not %zu", text, f->r.n, n);
	for (size_t i = 0; i < n; i++) {
		const struct occurrence *got = &f->r.at[i];

		cr_expect_eq(point_of(&f->s.folded, got->start), want[i].start);
		cr_expect_eq(point_of(&f->s.folded, got->end), want[i].end);
		cr_expect_eq(
		    got->similarity.distance, want[i].similarity.distance);
		cr_expect_eq(got->wording, want[i].wording);
	}
	if (ref.n > 0)
		cr_expect_eq(similarity_cmp(f->r.best, best), 0,
		    "%s: %u/%u, not %u/%u", text, f->r.best.distance,
		    f->r.best.length, best.distance, best.length);
	return n;
}

static size_t
compare_random(uint64_t *seed, unsigned longest, unsigned longest_text)
{
	struct buf say = {0}, also = {0}, text = {0};
	const char *both[2];
	struct fixture f;
	size_t n = 0;

	make_text(seed, 1 + random_below(seed, longest), "", &say);
	make_text(seed, 1 + random_below(seed, longest), say.at, &also);
	both[0] = say.at;
	both[1] = also.at;
	setup(&f, random_below(seed, 51) * 10000,
	    random_below(seed, 2) ? "か.*" : NULL, 1 + random_below(seed, 2),
	    both);
	for (int i = 0; i < 4; i++) {
		make_text(
		    seed, random_below(seed, longest_text), say.at, &text);
		n += compare(&f, text.at);
	}
	teardown(&f);
	buf_free(&say);
	buf_free(&also);
	buf_free(&text);
	return n;
}

Test(phrase, agrees_with_every_substring)
{
	uint64_t seed = 20261124;
	size_t n = 0;

	for (int i = 0; i < 200; i++)
		n += compare_random(&seed, 8, 40);
	cr_expect_gt(n, 1000, "%zu", n);
	n = 0;
	for (int i = 0; i < 20; i++)
		n += compare_random(&seed, 100, 150);
	cr_expect_gt(n, 20, "%zu", n);
}

static const char stock[] = "お客様のお気持にご無理を言うわけにもまいりません"
			    "ので、お任せいたします";

Test(phrase, tolerance_is_rounded_down)
{
	/* Unfolded kanji: what counts here is the arithmetic alone. */
	const char *say[] = {"おきゃくさまのおきもちにごむりをいうわけにも"
			     "まいりませんのでおまかせいたします"};
	struct fixture f;

	setup(&f, 200000, NULL, 1, say);
	cr_expect_eq(f.wordings[0].npoints, 39);
	cr_expect_eq(f.wordings[0].max_distance, 7);
	teardown(&f);
}

Test(phrase, keep_must_begin_inside)
{
	const char *say[] = {"お任せいたします"};
	struct fixture f;

	setup(&f, 250000, "いたします(?!か)", 1, say);
	match(&f, SPAN("お任せいたします。"));
	cr_assert_eq(f.r.n, 1);
	cr_expect_eq(f.r.at[0].raw_end, sizeof("お任せいたします") - 1);
	match(&f, SPAN("お任せいたしますか。"));
	cr_expect_eq(f.r.n, 0);
	cr_expect_eq(f.r.best.distance, 0, "best is seen all the same");
	cr_expect_eq(f.r.seen.raw_end, sizeof("お任せいたします") - 1);
	teardown(&f);
}

/* What follows a sentence takes nothing back, though the fold drops 。. */
Test(phrase, keep_is_not_undone_by_the_next_sentence)
{
	static const char *const kept[] = {"お任せいたします。カードです。",
	    "お任せいたします!か", "はい。お任せいたします\nかけ直します",
	    "お任せいたしますか。お任せいたします。カード"};
	const char *say[] = {"お任せいたします"};
	struct fixture f;

	setup(&f, 250000, "いたします(?!か)", 1, say);
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		match(&f, span_of(kept[i]));
		cr_expect_eq(f.r.n, 1, "%s", kept[i]);
	}
	match(&f, SPAN("お任せいたします、カードです。"));
	cr_expect_eq(f.r.n, 0);
	match(&f, SPAN("お任せいたしますか。よろしいでしょうか。"));
	cr_expect_eq(f.r.n, 0);
	teardown(&f);
}

Test(phrase, counts_each_time)
{
	const char *say[] = {stock};
	struct fixture f;
	struct buf text = {0};

	setup(&f, 200000, NULL, 1, say);
	for (int i = 0; i < 3; i++) {
		buf_adds(&text, stock);
		buf_adds(&text, "。はい。");
	}
	match(&f, buf_span(&text));
	cr_assert_eq(f.r.n, 3);
	cr_expect_eq(f.r.at[0].raw_start, 0);
	cr_expect_eq(f.r.at[0].raw_end, sizeof(stock) - 1);
	cr_expect_eq(
	    f.r.at[1].raw_start, sizeof(stock) - 1 + strlen("。はい。"));
	buf_free(&text);
	teardown(&f);
}

Test(phrase, nothing_to_see_in_an_empty_turn)
{
	const char *say[] = {stock};
	struct fixture f;

	setup(&f, 200000, NULL, 1, say);
	match(&f, SPAN("…。!"));
	cr_expect_eq(f.r.n, 0);
	cr_expect_eq(f.r.best.length, 0);
	match(&f, (struct span){0});
	cr_expect_eq(f.r.best.length, 0);
	teardown(&f);
}

Test(phrase, keep_that_hits_a_limit_is_an_error)
{
	const char *say[] = {
	    "ああああああああああああああああああああああああ"
	    "ああああああああああああああああああああああああい"};
	struct fixture f;

	setup(&f, 200000, "(?:あ|ああ)+[うえ]", 1, say);
	subject_set(&f.s, f.wordings[0].say);
	cr_assert_eq(phrase_match(f.m, &f.p, &f.s, &f.r, &f.err), -1);
	cr_expect(
	    strstr(f.err.text, "phrase p: keep: ") != NULL, "%s", f.err.text);
	cr_expect(strstr(f.err.text, "(?:あ|ああ)+[うえ]") != NULL);
	teardown(&f);
}

Test(similarity, is_compared_and_printed_exactly)
{
	struct similarity a = {1, 3}, b = {2, 6}, c = {7, 39}, none = {0};

	cr_expect_eq(similarity_cmp(a, b), 0);
	cr_expect_eq(similarity_cmp(c, a), 1);
	cr_expect_eq(similarity_cmp(none, a), -1);
	cr_expect_eq(similarity_cmp(none, none), 0);
	cr_expect_eq(similarity_milli(a), 667);
	cr_expect_eq(similarity_milli(c), 821);
	cr_expect_eq(similarity_milli(none), 0);
	cr_expect(similarity_least((struct similarity){4, 10}, 60));
	cr_expect_not(similarity_least((struct similarity){41, 100}, 60));
	cr_expect_not(similarity_least(none, 0));
}
