/*
 * Labelled sentences: {kind:…} in them is what has to be masked. Precision
 * and recall are printed for each list; they must not fall.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "text/redact.h"

struct score {
	unsigned right, missed, wrong;
};

/* Takes {kind:…} out of a line. */
static void
read_labels(
    char *line, struct buf *text, struct redactions *want, struct arena *a)
{
	want->at = arena_alloc(a, 16 * sizeof(*want->at));
	want->n = 0;
	for (char *p = line; *p != '\0'; p++) {
		char *colon;
		enum redact_kind k = REDACT_PHONE;

		if (*p == '}') {
			want->at[want->n++].end = (uint32_t)text->len;
			continue;
		}
		if (*p != '{') {
			buf_addc(text, *p);
			continue;
		}
		colon = strchr(p, ':');
		*colon = '\0';
		while (k < REDACT_N && strcmp(redact_name(k), p + 1) != 0)
			k++;
		cr_assert(k < REDACT_N, "%s: no such kind", p + 1);
		want->at[want->n].kind = k;
		want->at[want->n].start = (uint32_t)text->len;
		p = colon;
	}
}

static bool
has(const struct redactions *all, const struct redaction *r)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].start == r->start && all->at[i].end == r->end &&
		    all->at[i].kind == r->kind)
			return true;
	return false;
}

static void
say(const char *what, const struct redaction *r, struct span text)
{
	fprintf(stderr, "%s %s \"%.*s\" in: %.*s\n", what, redact_name(r->kind),
	    (int)(r->end - r->start), text.at + r->start, SPAN_FMT(text));
}

static void
score_line(char *line, struct score *s)
{
	struct arena a = {0};
	struct buf text = {0};
	struct redactions want, got;

	read_labels(line, &text, &want, &a);
	redact_find(buf_span(&text), &a, &got);
	for (size_t i = 0; i < want.n; i++)
		if (has(&got, &want.at[i]))
			s->right++;
		else {
			s->missed++;
			say("missed", &want.at[i], buf_span(&text));
		}
	for (size_t i = 0; i < got.n; i++)
		if (!has(&want, &got.at[i])) {
			s->wrong++;
			say("wrongly", &got.at[i], buf_span(&text));
		}
	buf_free(&text);
	arena_free(&a);
}

static void
score_list(const char *name, double floor)
{
	char path[200], *line = NULL, *tab;
	struct score s = {0};
	size_t cap = 0;
	double precision, recall;
	FILE *f;

	snprintf(path, sizeof(path), "testdata/redact/%s.tsv", name);
	f = fopen(path, "r");
	cr_assert(f != NULL, "%s: not found", path);
	while (getline(&line, &cap, f) != -1) {
		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' || *line == '\0')
			continue;
		tab = strchr(line, '\t');
		cr_assert(tab != NULL, "%s: no tab in: %s", path, line);
		score_line(tab + 1, &s);
	}
	fclose(f);
	free(line);
	precision = (double)s.right / (s.right + s.wrong);
	recall = (double)s.right / (s.right + s.missed);
	fprintf(stderr, "redact %s: precision %.3f recall %.3f (%u of %u)\n",
	    name, precision, recall, s.right, s.right + s.missed);
	cr_expect(precision >= floor, "precision %.3f", precision);
	cr_expect(recall >= floor, "recall %.3f", recall);
}

Test(redact, tuning)
{
	score_list("tuning", 0.99);
}

Test(redact, second)
{
	score_list("second", 0.98);
}

Test(redact, third)
{
	score_list("third", 0.98);
}

Test(redact, fourth)
{
	score_list("fourth", 0.98);
}

/* Given names alone (妻の美咲) and names in running talk are left to people. */
Test(redact, fifth)
{
	score_list("fifth", 0.95);
}

/* Names that no table has are left where nothing tells that they are names. */
Test(redact, sixth)
{
	score_list("sixth", 0.96);
}

static struct span
masked(const char *text, size_t start, size_t end, struct arena *a)
{
	struct redactions all;

	redact_find(span_of(text), a, &all);
	return redact_piece(span_of(text), &all, start, end, a);
}

Test(redact, masks_stay_as_they_are)
{
	struct arena a = {0};
	const char *text = "佐藤と申します、090-1234-5678です";
	struct span once = masked(text, 0, strlen(text), &a), twice;
	char *copy = arena_cstr(&a, once);

	cr_expect(span_eq(once, SPAN("[氏名]と申します、[電話番号]です")),
	    "%.*s", SPAN_FMT(once));
	twice = masked(copy, 0, once.len, &a);
	cr_expect(span_eq(once, twice), "%.*s", SPAN_FMT(twice));
	arena_free(&a);
}

/* Labelled sentences have no second line. */
Test(redact, names_and_numbers_go_on_in_the_next_line)
{
	struct arena a = {0};
	const char *text = "佐藤\n花子様、090\n4417\n2036";
	struct span got = masked(text, 0, strlen(text), &a);

	cr_expect(
	    span_eq(got, SPAN("[氏名]様、[電話番号]")), "%.*s", SPAN_FMT(got));
	text = "佐藤\n田中様";
	got = masked(text, 0, strlen(text), &a);
	cr_expect(span_eq(got, SPAN("佐藤\n[氏名]様")), "%.*s", SPAN_FMT(got));
	arena_free(&a);
}

Test(redact, piece_that_cuts_a_number_masks_it)
{
	struct arena a = {0};
	const char *text = "a 090-1234-5678 b";

	cr_expect(span_eq(masked(text, 0, 6, &a), SPAN("a [電話番号]")));
	cr_expect(span_eq(masked(text, 6, 17, &a), SPAN("[電話番号] b")));
	cr_expect(span_eq(masked(text, 0, 1, &a), SPAN("a")));
	cr_expect(span_eq(masked(text, 5, 5, &a), SPAN("")));
	arena_free(&a);
}

Test(redact, places_move_with_masks)
{
	struct arena a = {0};
	const char *text = "a 090-1234-5678 b";
	size_t mask = redact_mask(REDACT_PHONE).len;
	struct redactions all;

	redact_find(span_of(text), &a, &all);
	cr_expect_eq(redact_place(&all, 0, false), 0);
	cr_expect_eq(redact_place(&all, 2, false), 2);
	cr_expect_eq(redact_place(&all, 6, false), 2);
	cr_expect_eq(redact_place(&all, 6, true), 2 + mask);
	cr_expect_eq(redact_place(&all, 16, false), 3 + mask);
	arena_free(&a);
}

static size_t
found(struct arena *a, const char *piece, size_t times, const char *then)
{
	struct buf text = {0};
	struct redactions all;

	for (size_t i = 0; i < times; i++)
		buf_adds(&text, piece);
	buf_adds(&text, then);
	redact_find(arena_dup(a, buf_span(&text)), a, &all);
	buf_free(&text);
	return all.n;
}

/* What repeats a sign of a name or an address is searched once, not once a
 * sign, and what stands behind it is found. */
Test(redact, signs_without_end)
{
	struct arena a = {0};
	const char *mail = "、taroアットマークexampleドットcom",
		   *name = "。山田様", *none = "。";

	cr_expect_eq(found(&a, "アットマーク", 9000, mail), 1);
	cr_expect_eq(found(&a, "アットマーク", 9000, none), 0);
	cr_expect_eq(found(&a, "aアットマーク", 9000, none), 0);
	cr_expect_eq(found(&a, "a@", 9000, mail), 1);
	cr_expect_eq(found(&a, "様", 9000, name), 1);
	cr_expect_eq(found(&a, "さま", 9000, name), 1);
	cr_expect_eq(found(&a, "山田様、", 9000, name), 9001);
	arena_free(&a);
}
