/*
 * Random patterns on random texts of a few characters: where a pattern matches,
 * the filters in front of it must let the text pass, wherever PCRE2 is asked
 * to begin.
 */
#include <criterion/criterion.h>

#include "base/mem.h"
#include "rule/prefilter.h"
#include "rule/regex.h"
#include "rule/required.h"
#include "text/viewer.h"

static unsigned seed = 1;

static unsigned
roll(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 16) % n;
}

static const char *const letters[] = {"訴", "え", "る", "ネ", "ッ", "ト", "回",
    "線", "に", "か", "か\u3099", "、", "x", "X", "1", "𠮟"};

static const char *
letter(void)
{
	return letters[roll(sizeof(letters) / sizeof(*letters))];
}

static void put_choice(struct buf *, unsigned depth);

static void
put_class(struct buf *b)
{
	buf_adds(b, roll(5) == 0 ? "[^" : "[");
	for (unsigned i = roll(3) + 1; i > 0; i--) {
		const char *c = letter();

		/* One of two characters is not for a class. */
		buf_adds(b, strcmp(c, "か\u3099") == 0 ? "が" : c);
	}
	buf_adds(b, roll(8) == 0 ? "\\s]" : "]");
}

static void
put_group(struct buf *b, unsigned depth)
{
	static const char *const heads[] = {"(?:", "(?:", "(?:", "(", "(?>",
	    "(?!", "(?!", "(?!", "(?=", "(?<!", "(?<="};
	const char *head = heads[roll(sizeof(heads) / sizeof(*heads))];

	buf_adds(b, head);
	/* What looks behind has one length. */
	if (strncmp(head, "(?<", 3) == 0)
		buf_adds(b, roll(4) == 0 ? "^" : letter());
	else
		put_choice(b, depth - 1);
	buf_addc(b, ')');
}

static void
put_atom(struct buf *b, unsigned depth)
{
	static const char *const others[] = {
	    ".", "\\w", "\\s", "^", "$", "\\b", "\\z", "\\n"};

	switch (roll(depth > 0 ? 10 : 6)) {
	case 0:
		put_class(b);
		return;
	case 1:
		buf_adds(b, others[roll(sizeof(others) / sizeof(*others))]);
		return;
	case 2:
	case 3:
	case 4:
	case 5:
		for (unsigned i = roll(4) + 1; i > 0; i--)
			buf_adds(b, letter());
		return;
	default:
		put_group(b, depth);
	}
}

static void
put_sequence(struct buf *b, unsigned depth)
{
	static const char *const quantifiers[] = {
	    "?", "*", "+", "?+", "{0,2}", "{1,3}?", "{2}", "*?"};

	for (unsigned i = roll(4) + 1; i > 0; i--) {
		put_atom(b, depth);
		if (roll(4) == 0)
			buf_adds(b,
			    quantifiers[roll(
				sizeof(quantifiers) / sizeof(*quantifiers))]);
	}
}

static void
put_choice(struct buf *b, unsigned depth)
{
	put_sequence(b, depth);
	while (roll(3) == 0) {
		buf_addc(b, '|');
		put_sequence(b, depth);
	}
}

static void
put_text(struct buf *b)
{
	for (unsigned i = roll(9) + 1; i > 0; i--) {
		unsigned n = roll(12);

		if (n < 9)
			buf_adds(b, letter());
		else
			buf_adds(b, n == 9 ? "ネット" : n == 10 ? "訴え" : " ");
		if (roll(20) == 0)
			buf_addc(b, '\n');
	}
}

struct sound {
	struct matcher *m;
	struct arena arena;
	struct regex *re;
	struct pattern pattern;
	struct prefilter_scratch scratch;
	struct view plain;
	struct subject subject;
	size_t hits, quiet, with_others;
};

/* Compiles it, with its filter: false where it is no pattern. */
static bool
take_pattern(struct sound *s, struct span source)
{
	struct viewer *v = matcher_viewer(s->m);
	struct prefilter_builder *b;
	struct required_memo memo = {0};
	const struct required *clauses;
	struct required_starts starts;
	const struct view *normal;
	size_t offset, n;
	struct err err;

	s->re = regex_compile(&s->arena, v, source, 0, &offset, &err);
	if (s->re == NULL)
		return false;
	normal = regex_normal(s->re, v);
	n = required_clauses(normal->at, normal->len, &memo, &clauses, &starts);
	b = prefilter_begin(v);
	prefilter_add_clauses(b, clauses, n);
	s->pattern = (struct pattern){.id = SPAN("p"),
	    .any = &s->re,
	    .nany = 1,
	    .among = {prefilter_finish(b, true, &s->arena), 0}};
	required_memo_free(&memo);
	/* Asked for at every place first, and then only where it may start. */
	s->pattern.any = arena_alloc(&s->arena, 2 * sizeof(*s->pattern.any));
	s->pattern.any[0] = s->re;
	s->pattern.any[1] = regex_compile(
	    &s->arena, v, source, 0, &offset, &err);
	regex_set_starts(s->pattern.any[1], &starts);
	return true;
}

/* -1: a limit. */
static int
matches(struct sound *s, size_t which, size_t *start, size_t *end)
{
	const struct view *plain = subject_plain(s->m, &s->subject);
	struct err err;

	return regex_find(s->m, s->pattern.any[which], plain->at, plain->len, 0,
	    NULL, start, end, &err);
}

/* What is known of a line by the filter and a try of it alone. */
static enum quiet
glance_at(struct sound *s, struct span line)
{
	struct err err;
	size_t start, end;
	struct prefilter_seen seen;
	enum quiet is = prefilter_ask(s->pattern.among.by, matcher_viewer(s->m),
	    line, &s->plain, &s->scratch, &seen);

	if (seen.asked &&
	    regex_find(s->m, s->pattern.any[0], s->plain.at, s->plain.len, 0,
		NULL, &start, &end, &err) != 0)
		is = QUIET_NOT;
	return is;
}

/* Of no line: where each is quiet with others, they are. */
static bool
lines_are_quiet(struct sound *s, struct span text)
{
	while (text.len > 0) {
		const size_t n = span_find(text, '\n');
		const size_t step = n + (n < text.len);

		if (glance_at(s, (struct span){text.at, n}) !=
		    QUIET_WITH_OTHERS)
			return false;
		text.at += step;
		text.len -= step;
	}
	return true;
}

static void
try_text(struct sound *s, struct span source, struct span text)
{
	const struct prefilter *f = s->pattern.among.by;
	size_t start[2] = {0}, end[2] = {0};
	enum quiet quiet = prefilter_quiet(
	    f, matcher_viewer(s->m), text, &s->plain, &s->scratch);
	const struct view *plain;
	bool may;
	int rc;

	subject_set(&s->subject, text);
	plain = subject_plain(s->m, &s->subject);
	may = prefilter_may(
	    prefilter_scan(f, plain->at, plain->len, &s->scratch), 0);
	cr_assert_eq(may, quiet == QUIET_NOT, "%.*s: %.*s", SPAN_FMT(source),
	    SPAN_FMT(text));
	rc = matches(s, 0, &start[0], &end[0]);
	if (rc == -1) /* too many steps, which it does not take where it may
			 not begin */
		return;
	cr_assert_eq(rc, matches(s, 1, &start[1], &end[1]), "%.*s: %.*s",
	    SPAN_FMT(source), SPAN_FMT(text));
	cr_assert(start[0] == start[1] && end[0] == end[1], "%.*s: %.*s",
	    SPAN_FMT(source), SPAN_FMT(text));
	cr_assert(
	    rc != 1 || may, "%.*s: %.*s", SPAN_FMT(source), SPAN_FMT(text));
	s->hits += rc == 1;
	s->quiet += !may;
	if (!may || !lines_are_quiet(s, text))
		return;
	cr_assert_neq(rc, 1, "%.*s: %.*s", SPAN_FMT(source), SPAN_FMT(text));
	s->with_others++;
}

static void
try_pattern(struct sound *s, struct span source, unsigned texts)
{
	struct buf text = {0};

	if (take_pattern(s, source))
		for (unsigned i = 0; i < texts; i++) {
			buf_reset(&text);
			put_text(&text);
			try_text(s, source, buf_span(&text));
		}
	buf_free(&text);
	arena_reset(&s->arena);
}

/* SOUND_PATTERNS and SOUND_SEED in the environment: more, and others. */
Test(sound, filters_pass_what_matches)
{
	const char *rounds = getenv("SOUND_PATTERNS");
	const char *first = getenv("SOUND_SEED");
	const unsigned n = rounds == NULL ? 4000 : (unsigned)atoi(rounds);
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct sound s = {0};
	struct buf source = {0};
	struct err err;

	seed = first == NULL ? 1 : (unsigned)atoi(first);
	cr_assert_eq(matcher_open(&s.m, &limits, NULL, &err), 0);
	for (unsigned i = 0; i < n; i++) {
		buf_reset(&source);
		put_choice(&source, 3);
		try_pattern(&s, buf_span(&source), 40);
	}
	cr_expect_gt(s.hits, n);
	cr_expect_gt(s.quiet, n);
	cr_expect_gt(s.with_others, n / 4);
	subject_free(&s.subject);
	prefilter_scratch_free(&s.scratch);
	view_free(&s.plain);
	matcher_close(s.m);
	arena_free(&s.arena);
	buf_free(&source);
}
