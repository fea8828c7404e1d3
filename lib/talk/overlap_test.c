#include <criterion/criterion.h>

#include "talk/overlap.h"

/* A conversation by the minute, or without a clock (m -1): "12a" is what a
 * said in minute 12. */
struct talk {
	struct utterance at[8];
	char text[8][2];
	struct conversation c;
};

static void
set(struct talk *t, const char *words)
{
	*t = (struct talk){.c = {.at = t->at}};
	while (*words != '\0') {
		struct utterance *u = &t->at[t->c.n];
		char *end;
		long minute = strtol(words, &end, 10);

		t->text[t->c.n][0] = *end;
		u->text = span_of(t->text[t->c.n++]);
		u->speaker = SPAN("s");
		if (minute > 0)
			u->start = (struct moment){.ms = minute * 60000,
			    .clock = CLOCK_ZONED,
			    .precision = PRECISION_MINUTE};
		words = end + 1 + (end[1] == ' ');
	}
}

/* What is new of the second, behind the first: the letters. */
static void
gives(const char *old, const char *now, const char *want)
{
	struct arena arena = {0};
	const struct overlap o = {&arena, NULL};
	const struct utterance *out[8];
	char got[9] = "";
	struct talk a, b;
	size_t n;

	set(&a, old);
	set(&b, now);
	n = overlap_by_clock(&o, &a.c, &b.c, out);
	for (size_t i = 0; i < n; i++)
		got[i] = out[i]->text.at[0];
	cr_expect_str_eq(got, want, "%s | %s: %s, not %s", old, now, got, want);
	arena_free(&arena);
}

Test(overlap, exports_that_overlap)
{
	gives("1a 2b", "2b 3c", "c");
	gives("1a 2b 3c", "2b 3c 4d 5e", "de");
	gives("1a 2b", "1a 2b", "");
	gives("1a 3c", "1a 2b 3c", "b");
	gives("2b 3c", "1a 2b", "a");
	/* All of a minute that is known, and what was said in it since. */
	gives("1a 2b 2c", "2b 2c 2b", "b");
	/* The conversation is of one minute. */
	gives("2b 2c", "2b 2c 2d 2b", "db");
}

Test(overlap, pieces_that_were_cut)
{
	gives("1a", "2b", "b");
	gives("1a 2b 2c", "2c 2b", "cb");
	gives("1a 2b 2c 2b", "2c 2b 3a", "cba");
	/* What arrives lies before what is known. */
	gives("2c 2b 3a", "1a 2b 2c 2b", "abcb");
	/* Whoever begins with all of it overlaps, as far as can be told. */
	gives("1a 2b 2c", "2b 2c", "");
	gives("2b 2c 2d", "2b 2c", "bc");
}

static bool
goes_on(const char *old, const char *now, size_t *found)
{
	struct arena arena = {0};
	const struct overlap o = {&arena, NULL};
	const struct utterance *out[8];
	struct talk a, b;
	bool same;

	set(&a, old);
	set(&b, now);
	same = overlap_by_order(&o, &a.c, &b.c, out, found);
	arena_free(&arena);
	return same;
}

Test(overlap, files_without_a_clock)
{
	size_t found;

	cr_expect(goes_on("a b", "a b c", &found));
	cr_expect_eq(found, 1);
	cr_expect(goes_on("a b", "b", &found));
	cr_expect_eq(found, 0);
	cr_expect_not(goes_on("a b", "a c", &found));
	cr_expect_not(goes_on("a b", "b c", &found));
}

/* Letters from several inputs, one of which each number of minutes is. */
Test(overlap, inputs_among_each_other)
{
	struct arena arena = {0};
	const struct overlap o = {&arena, NULL};
	const struct span sources[] = {SPAN("x"), SPAN("y"), SPAN("z")};
	const struct utterance *out[8];
	const struct conversation none = {0};
	char got[9] = "";
	struct talk t;
	size_t n;

	set(&t, "1a 2b 3c 4d 5e 6f 6f");
	for (size_t i = 0; i < t.c.n; i++)
		t.at[i].source = sources[i % 3];
	n = overlap_by_clock_of(&o, &none, &t.c, sources, 3, out);
	for (size_t i = 0; i < n; i++)
		got[i] = out[i]->text.at[0];
	/* Both of x and of z have 6f, which was said once. */
	cr_expect_str_eq(got, "adfbec", "%s", got);
	arena_free(&arena);
}
