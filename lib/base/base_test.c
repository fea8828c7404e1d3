#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/quote.h"
#include "base/walk.h"

Test(base, arena_keeps_and_forgets)
{
	struct arena a = {0};
	char *big;

	for (int i = 0; i < 10000; i++) {
		struct span s = arena_dup(&a, SPAN("お客様"));

		cr_assert(span_eq(s, SPAN("お客様")));
		cr_assert_eq((uintptr_t)s.at % 16, 0);
	}
	big = arena_alloc(&a, 5 << 20);
	cr_expect_eq(big[(5 << 20) - 1], 0);
	arena_reset(&a);
	cr_expect_eq(a.used, 0);
	cr_expect_str_eq(arena_printf(&a, "%d-%s", 7, "x"), "7-x");
	arena_free(&a);
}

static int released;

static void
release(void *handle)
{
	cr_expect_eq(*(int *)handle, released);
	released++;
}

Test(base, arena_releases_what_it_owns_last_first)
{
	struct arena a = {0};
	int first = 1, second = 0;

	arena_own(&a, &first, release);
	arena_own(&a, &second, release);
	arena_free(&a);
	cr_expect_eq(released, 2);
}

Test(base, map_finds_thousands)
{
	struct map m = {0};
	struct arena a = {0};
	char key[16];

	for (int i = 0; i < 5000; i++) {
		snprintf(key, sizeof(key), "call-%d", i);
		*map_slot(&m,
		    arena_dup(&a, span_of(key))) = (void *)(uintptr_t)(i + 1);
	}
	for (int i = 0; i < 5000; i++) {
		snprintf(key, sizeof(key), "call-%d", i);
		cr_assert_eq(
		    (uintptr_t)map_get(&m, span_of(key)), (uintptr_t)i + 1);
	}
	cr_expect_null(map_get(&m, SPAN("call-5000")));
	map_free(&m);
	arena_free(&a);
}

Test(base, errors_are_cut_at_a_character)
{
	struct err err;
	struct buf b = {0};

	for (int i = 0; i < 700; i++)
		buf_adds(&b, "訴");
	cr_expect_eq(fail(&err, "x%s", buf_cstr(&b)), -1);
	cr_expect_eq((strlen(err.text) - 1) % 3, 0);
	cr_expect_eq(err.kind, ERR_TROUBLE);
	fail_rules(&err, "y");
	cr_expect_eq(err.kind, ERR_RULES);
	buf_free(&b);
}

Test(base, spans)
{
	cr_expect_lt(span_cmp(SPAN("a"), SPAN("ab")), 0);
	cr_expect(span_ends(SPAN("a.gz"), SPAN(".gz")));
	cr_expect_not(span_starts(SPAN("a"), SPAN("ab")));
	cr_expect(span_eq(span_trim(SPAN(" \tx y\r\n")), SPAN("x y")));
	cr_expect(span_caseeq(SPAN("UTF-8"), SPAN("utf-8")));
	cr_expect_eq(span_find(SPAN("a=b"), '='), 1);
	cr_expect_eq(span_find(SPAN("ab"), '='), 2);
}

Test(base, quoted_for_json)
{
	struct buf b = {0};

	json_quote(&b, SPAN("a\"\\\n\t\x01客"));
	cr_expect_str_eq(buf_cstr(&b), "\"a\\\"\\\\\\n\\t\\u0001客\"");
	buf_free(&b);
}

Test(base, labels_show_bytes_that_are_no_text)
{
	struct arena a = {0};

	cr_expect(
	    span_eq(path_label(&a, "通話\xff/a\n"), SPAN("通話\\xFF/a\\x0A")));
	cr_expect(span_eq(path_label(&a, "\xe3\x81"), SPAN("\\xE3\\x81")));
	arena_free(&a);
}

static unsigned troubles;

static void
on_trouble(void *ctx, const char *line)
{
	(void)ctx;
	cr_expect_not_null(strstr(line, "nowhere"));
	troubles++;
}

Test(base, walks_in_byte_order_without_hidden_files)
{
	char dir[] = "/tmp/ofuku-walk-XXXXXX", command[400];
	struct walk w = {.trouble = on_trouble};
	const char *const exclude[] = {"*.bak"};
	const char *paths[3] = {dir, "/nowhere", NULL};

	cr_assert_not_null(mkdtemp(dir));
	snprintf(command, sizeof(command),
	    "cd %s && mkdir b .git && "
	    "touch B a b/c .hidden .git/x d.bak && ln a z && "
	    "ln -s ../b b/loop && ln -s a later",
	    dir);
	cr_assert_eq(system(command), 0);
	w.exclude = exclude;
	w.nexclude = 1;
	paths[2] = paths[0];
	cr_expect_eq(walk_paths(&w, paths, 3), -1);
	cr_expect_eq(troubles, 1);
	cr_assert_eq(w.n, 10);
	cr_expect(span_ends(w.at[0].label, SPAN("/B")));
	cr_expect(span_ends(w.at[1].label, SPAN("/a")));
	cr_expect(span_ends(w.at[2].label, SPAN("/b/c")));
	cr_expect(w.at[3].repeated); /* later, a link to a */
	cr_expect(w.at[4].repeated); /* z, the same inode */
	cr_expect(w.at[5].repeated);
	walk_free(&w);
	snprintf(command, sizeof(command), "rm -r %s", dir);
	cr_expect_eq(system(command), 0);
}
