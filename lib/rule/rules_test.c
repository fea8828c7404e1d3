#include "rule/rules.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A folder of rule files, what loading them says, and the rules. */
struct fixture {
	char dir[64];
	struct arena arena;
	struct buf said;
	struct rules *rules;
	struct err err;
};

static void
setup(struct fixture *f)
{
	*f = (struct fixture){0};
	strcpy(f->dir, "/tmp/ofuku-rules-XXXXXX");
	cr_assert_not_null(mkdtemp(f->dir));
}

static void
teardown(struct fixture *f)
{
	rules_free(f->rules);
	buf_free(&f->said);
	unlink(arena_printf(&f->arena, "%s/a.yaml", f->dir));
	unlink(arena_printf(&f->arena, "%s/b.yaml", f->dir));
	unlink(arena_printf(&f->arena, "%s/ja.yaml", f->dir));
	rmdir(f->dir);
	arena_free(&f->arena);
}

static const char *
write_file(struct fixture *f, const char *name, const char *text)
{
	const char *path = arena_printf(&f->arena, "%s/%s", f->dir, name);
	FILE *out = fopen(path, "w");

	cr_assert_not_null(out);
	fputs(text, out);
	fclose(out);
	return path;
}

/* Keeps what is said behind the folder's name. */
static void
say(void *ctx, const char *line)
{
	struct fixture *f = ctx;
	size_t dir = strlen(f->dir);

	if (strncmp(line, f->dir, dir) == 0)
		line += dir + 1;
	buf_printf(&f->said, "%s\n", line);
}

static int
load(struct fixture *f, const char *const *paths, size_t n, bool lint)
{
	int rc;

	rules_free(f->rules);
	f->rules = NULL;
	f->said.len = 0;
	rc = rules_load(&f->rules, paths, n, lint, say, f, &f->err);
	buf_cstr(&f->said);
	return rc;
}

static int
load_text(struct fixture *f, const char *text)
{
	const char *path = write_file(f, "a.yaml", text);

	return load(f, &path, 1, false);
}

#define HEAD "ofuku: 1\npolicy: p\n"

static const char whole[] = HEAD
    "title: 題\n"
    "phrases:\n"
    "  calm: {by: agent, say: お任せいたします, also: [おまかせします],\n"
    "    tolerance: 12.5%, keep: ます, examples: {hit: [お任せいたします]}}\n"
    "patterns:\n"
    "  sue: {by: customer, any: [訴え(る|ます), 裁判], unless: [痛み]}\n"
    "  abuse: {by: customer, any: [馬鹿], words: true, after: sue,\n"
    "    near: {pattern: お前, within: 5}}\n"
    "  money: {by: agent, any: [返金], near: [{pattern: 今, within: 3},\n"
    "    {pattern: 全額, within: 0}]}\n"
    "exchange: {opens_on: [sue], continues_on: [abuse], closes_on: [money],\n"
    "  answered_by: calm, patience: 2, calm_turns: 5, idle: 1.5m,\n"
    "  join_gap: 250ms}\n"
    "checks:\n"
    "  few: {measure: round_trips, max: 3, message: '{measured} > {limit}'}\n"
    "  short: {measure: duration, max: 20m, scope: conversation}\n"
    "  free: {measure: hits(money), max: 0, severity: warning,\n"
    "    scope: conversation, first: 60s}\n";

Test(rules, compile_to_what_they_say)
{
	struct fixture f;
	const struct policy *p;

	setup(&f);
	cr_assert_eq(load_text(&f, whole), 0, "%s", f.said.at);
	cr_assert_eq(f.rules->npolicies, 1);
	p = f.rules->policies;
	cr_expect(span_eq(p->id, SPAN("p")));
	cr_expect(span_eq(p->title, SPAN("題")));
	cr_expect_eq(p->phrases[0].nwordings, 2);
	cr_expect_eq(p->phrases[0].tolerance_ppm, 125000);
	cr_expect_eq(p->phrases[0].examples.nhit, 1);
	cr_expect_eq(p->phrases[0].examples.hit[0].at.line, 6);
	cr_expect_eq(p->patterns[0].nany, 2);
	cr_expect_eq(p->patterns[0].nunless, 1);
	cr_expect(p->patterns[1].words);
	cr_expect_eq(p->patterns[1].after, &p->patterns[0]);
	cr_expect_eq(p->patterns[1].nnear, 1);
	cr_expect_eq(p->patterns[2].nnear, 2);
	cr_expect_eq(p->patterns[2].near[0].within, 3);
	cr_expect_eq(p->exchange.answered_by, p->phrases);
	cr_expect_eq(p->exchange.idle_ms, 90000);
	cr_expect_eq(p->exchange.join_gap_ms, 250);
	cr_expect_eq(p->exchange.closes_on[0], 2);
	cr_expect_eq(p->checks[0].max, 3);
	cr_expect_eq(p->checks[0].severity, SEVERITY_ERROR);
	cr_expect_eq(p->checks[1].max, 1200000);
	cr_expect_eq(p->checks[2].measure, MEASURE_HITS);
	cr_expect_eq(p->checks[2].pattern, 2);
	cr_expect_eq(p->checks[2].first_ms, 60000);
	cr_expect_eq(p->checks[2].last_ms, -1);
	cr_expect_not_null(rules_pattern(f.rules, SPAN("abuse")));
	cr_expect_null(rules_pattern(f.rules, SPAN("calm")));
	cr_expect_not_null(rules_phrase(f.rules, SPAN("calm")));
	teardown(&f);
}

Test(rules, write_definitions_out)
{
	struct fixture f;
	const struct pattern *p;
	const char *path;

	setup(&f);
	path = write_file(&f, "a.yaml",
	    HEAD
	    "define: {ma: ます|る, end: '(?&ma)[。!]', no: '(?<g>x)(?&g)'}\n"
	    "patterns: {b: {by: agent, any: ['訴え(?&end)']}}\n");
	cr_assert_eq(load(&f, &path, 1, true), 0, "%s", f.said.at);
	p = rules_pattern(f.rules, SPAN("b"));
	cr_expect(
	    span_eq(regex_source(p->any[0]), SPAN("訴え(?:(?:ます|る)[。!])")));
	cr_expect_not_null(
	    strstr(f.said.at,
		"a.yaml:3:39: warning: definition \"no\" is used nowhere\n"),
	    "%s", f.said.at);
	teardown(&f);
}

Test(rules, bound_what_definitions_repeat)
{
	struct fixture f;
	struct buf b = {0};

	setup(&f);
	buf_adds(&b, HEAD "define:\n  d0: 訴えます\n");
	for (int i = 1; i < 40; i++)
		buf_printf(&b, "  d%d: (?&d%d)(?&d%d)\n", i, i - 1, i - 1);
	cr_expect_eq(load_text(&f, buf_cstr(&b)), -1);
	cr_expect_not_null(strstr(f.said.at,
			       "more than 65536 bytes with its "
			       "definitions written out\n"),
	    "%s", f.said.at);
	buf_free(&b);
	teardown(&f);
}

/* A file and the lines that loading it must say. */
static const struct {
	const char *text, *said;
} wrong[] = {
    {"",
	"a.yaml:1:1: the file is empty: `ofuku rules init` writes one to "
	"start from\n"},
    {"# nothing\n",
	"a.yaml:1:1: the file is empty: `ofuku rules init` writes "
	"one to start from\n"},
    {"- a\n",
	"a.yaml:1:1: a rule file is a mapping of keys, such as "
	"policy: ID\n"},
    {"ofuku: 2\npolicy: p\n",
	"a.yaml:1:8: this ofuku reads rule files of "
	"version 1: write ofuku: 1\n"},
    {"ofuku: 1\n",
	"a.yaml:1:1: neither a policy nor a language pack: "
	"write policy: ID, or language: ID\n"},
    {HEAD "tittle: x\nuses: []\n",
	"a.yaml:3:1: unknown key of a policy "
	"\"tittle\"; did you mean \"title\"?\n"},
    {HEAD "title: a\ntitle: b\n",
	"a.yaml:4:1: \"title\" stands twice, "
	"first on line 3\n"},
    {HEAD "patterns:\n\ta: b\n",
	"a.yaml:4:1: while scanning for the next token: found character "
	"that cannot start any token (indent by blanks, not by tabs)\n"},
    {"{\"ofuku\":1}\n{\"ofuku\":1}\n",
	"a.yaml:2:1: did not find expected <document start> (is it a YAML "
	"file?)\n"},
    {HEAD "title: [a]\n", "a.yaml:3:8: expected a text, found a list\n"},
    {HEAD "patterns: []\n",
	"a.yaml:3:11: expected a mapping, such as "
	"{key: value}, found a list\n"},
    {HEAD "patterns: {a b: {by: agent, any: [x]}}\n",
	"a.yaml:3:12: "
	"\"a b\" is no id: write letters, digits, - and _\n"},
    {HEAD "patterns: {a: {by: agnet, any: []}}\n",
	"a.yaml:3:20: unknown role (agent, customer) \"agnet\"; did you "
	"mean \"agent\"?\na.yaml:3:32: the list is empty\n"},
    {HEAD "patterns: {a: {by: agent, any: x}}\n",
	"a.yaml:3:32: expected "
	"a list, such as [a, b], found a text\n"},
    {HEAD "patterns: {a: {by: agent, any: ['あ(い', 'あ*']}}\n",
	"a.yaml:3:33: missing closing parenthesis (at character 4 of the "
	"pattern)\n"
	"a.yaml:3:40: the pattern can match nothing at all, which never "
	"counts: ask for one character or more\n"},
    {HEAD "patterns: {a: {by: agent, any: [x], near: {pattern: y}}}\n",
	"a.yaml:3:43: near wants the key \"within\"\n"},
    {HEAD "patterns:\n  a: {by: agent, any: [x], after: b}\n"
	  "  b: {by: agent, any: [x], after: a}\n"
	  "  c: {by: agent, any: [x], after: c}\n"
	  "  d: {by: agent, any: [x], after: zzz}\n"
	  "  e: {by: customer, any: [x], after: a}\n",
	"a.yaml:4:35: after: a comes back to itself\n"
	"a.yaml:6:35: after: c comes back to itself\n"
	"a.yaml:7:35: unknown pattern \"zzz\"\n"
	"a.yaml:8:38: after: a is said by the agent, e by the customer: "
	"they never stand in one turn\n"},
    {HEAD "phrases: {a: {by: agent, say: x, tolerance: 20}}\n",
	"a.yaml:3:45: \"20\" has no %: write 20%\n"},
    {HEAD "phrases: {a: {by: agent, say: x, tolerance: 0.2}}\n",
	"a.yaml:3:45: \"0.2\" has no %: write 20%\n"},
    {HEAD "phrases: {a: {by: agent, say: x, tolerance: 60%}}\n",
	"a.yaml:3:45: expected a percentage from 0% to 50%, found "
	"\"60%\"\n"},
    {HEAD "phrases: {a: {by: agent, say: '。'}}\n",
	"a.yaml:3:31: nothing "
	"is left of \"。\" when it is folded\n"},
    {HEAD "patterns: {sue: {by: customer, any: [x]}, m: {by: agent, any: "
	  "[x]}}\nexchange: {opens_on: [seu, m], idle: 15, patience: 0,\n"
	  "  answered_by: m}\n",
	"a.yaml:4:23: unknown pattern \"seu\"; did you mean \"sue\"?\n"
	"a.yaml:4:28: opens_on: \"m\" is not said by the customer\n"
	"a.yaml:4:38: \"15\" has no unit: write 15s, 15m or 15h\n"
	"a.yaml:4:52: expected a whole number from 1 to 1000000, found "
	"\"0\"\n"
	"a.yaml:5:16: unknown phrase \"m\"\n"},
    {HEAD "checks:\n  a: {measure: round_trip, max: 1}\n"
	  "  b: {measure: duration, max: 3}\n"
	  "  c: {measure: presses}\n"
	  "  d: {measure: presses, min: 3, max: 2}\n"
	  "  e: {measure: presses, max: 1, scope: conversation}\n"
	  "  f: {measure: presses, max: 1, first: 60s}\n"
	  "  g: {measure: presses, max: 1, message: '{limt} {limit}'}\n"
	  "  h: {measure: hits(x), max: 1}\n"
	  "  i: {measure: hits, max: 1}\n"
	  "  j: {measure: presses, max: -1, severity: eror}\n",
	"a.yaml:4:16: unknown measure \"round_trip\"; did you mean "
	"\"round_trips\"?\n"
	"a.yaml:5:31: \"3\" has no unit: write 3s, 3m or 3h\n"
	"a.yaml:6:3: check c bounds nothing: write min or max\n"
	"a.yaml:7:30: min is greater than max: nothing can pass\n"
	"a.yaml:8:40: scope conversation: presses is measured in "
	"exchanges only; duration and hits(ID) in both\n"
	"a.yaml:9:40: first: only hits(ID) in scope conversation can be "
	"narrowed\n"
	"a.yaml:10:42: unknown placeholder {limt}: a message may hold "
	"{measured} and {limit}\n"
	"a.yaml:11:21: unknown pattern \"x\"\n"
	"a.yaml:12:16: hits of which pattern? write hits(ID)\n"
	"a.yaml:13:30: expected a whole number from 0 to 999999999, "
	"found \"-1\"\n"
	"a.yaml:13:44: unknown severity (error, warning, info) "
	"\"eror\"; did you mean \"error\"?\n"},
    {HEAD "define:\n  ma: ます|る\n  odd: (?&mu)\n  bad: x(\n"
	  "patterns:\n  b: {by: customer, any: [a(?&ned), 'b(?&ma)c(',\n"
	  "    'q(?&bad)q', '\\(?&zz\\)[(?&zz)]']}\n",
	"a.yaml:5:8: unknown definition \"mu\"; did you mean \"ma\"?\n"
	"a.yaml:8:27: unknown definition \"ned\"; did you mean \"odd\"?\n"
	"a.yaml:8:37: missing closing parenthesis (at character 10 of the "
	"pattern)\n"
	"a.yaml:9:5: missing closing parenthesis (at character 10 of the "
	"pattern)\n"},
    {HEAD "uses: [xx, ../ja]\n", NULL},
    {HEAD "title: {a\n", NULL},
    {HEAD "title: \"\x01\"\n", NULL},
    {HEAD "title: \xff\n", NULL},
    {HEAD "---\na: b\n",
	"a.yaml:4:1: a second document: a rule file holds "
	"one; move it to a file of its own\n"},
    {HEAD "patterns: &a {b: *a}\n",
	"a.yaml:3:11: a pattern wants the key "
	"\"any\"\na.yaml:3:11: a pattern wants the key \"by\"\n"
	"a.yaml:3:15: unknown key of a pattern \"b\"\n"},
    {"ofuku: 1\nlanguage: xx\nspellings: [[a], [b, c], [b, d]]\n"
     "roles: {agent: [x], customer: [x]}\n"
     "columns: {text: [本 文], speaker: [本文], txt: []}\n"
     "agent_says: {any: [a], by: agent}\n",
	NULL},
    {"ofuku: 1\nlanguage: xx\nspellings: [[う, え, ab]]\n",
	"builtin:kasuhara.yaml:166:11: \"え\" stands for several characters "
	"and cannot be in a class: write it as an alternative (at character "
	"79 of the pattern)\n"},
};

Test(rules, tell_every_mistake_with_its_place)
{
	struct fixture f;

	setup(&f);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		cr_expect_eq(
		    load_text(&f, wrong[i].text), -1, "%s", wrong[i].text);
		cr_expect_eq(f.err.kind, ERR_RULES);
		if (wrong[i].said != NULL)
			cr_expect_str_eq(
			    f.said.at, wrong[i].said, "%s", f.said.at);
		cr_expect_gt(f.said.len, 0);
	}
	teardown(&f);
}

Test(rules, survive_being_cut_anywhere)
{
	struct fixture f;
	char *text = strdup(whole);

	setup(&f);
	for (size_t n = strlen(text); n > 0; n -= n > 7 ? 7 : n) {
		text[n] = '\0';
		if (load_text(&f, text) == -1)
			cr_expect_gt(f.said.len, 0);
	}
	free(text);
	teardown(&f);
}

Test(rules, take_a_pack_given_beside_or_built_in)
{
	static const char policy[] = HEAD "uses: [ja]\n";
	static const char pack[] = "ofuku: 1\nlanguage: ja\n"
				   "backchannels: [ほい]\n";
	static const uint16_t hoi[] = {0x307b, 0x3044},
			      hai[] = {0x306f, 0x3044};
	struct fixture f;
	const char *paths[2];

	setup(&f);
	paths[0] = write_file(&f, "a.yaml", policy);
	cr_assert_eq(load(&f, paths, 1, false), 0, "%s", f.said.at);
	cr_expect(span_eq(f.rules->files[1].path, SPAN("builtin:ja.yaml")));
	cr_expect(pack_backchannel(&f.rules->pack, hai, 2));
	paths[1] = write_file(&f, "b.yaml", pack);
	cr_assert_eq(load(&f, paths, 2, false), 0, "%s", f.said.at);
	cr_expect(pack_backchannel(&f.rules->pack, hoi, 2));
	cr_expect_not(pack_backchannel(&f.rules->pack, hai, 2));
	cr_expect_eq(f.rules->nfiles, 2);
	write_file(&f, "ja.yaml", pack);
	cr_assert_eq(load(&f, paths, 1, false), 0, "%s", f.said.at);
	cr_expect(pack_backchannel(&f.rules->pack, hoi, 2));
	/* A pack alone is used by the policy that is built in. */
	cr_assert_eq(load(&f, paths + 1, 1, false), 0, "%s", f.said.at);
	cr_expect_eq(f.rules->npolicies, 1);
	cr_expect_eq(f.rules->nfiles, 2);
	teardown(&f);
}

Test(rules, hash_the_contents_alone)
{
	struct fixture f;
	const char *path;
	char first[65];

	setup(&f);
	cr_assert_eq(load_text(&f, HEAD), 0);
	strcpy(first, f.rules->hash);
	cr_expect_eq(strlen(first), 64);
	cr_expect_eq(f.rules->short_hash.len, 12);
	path = write_file(&f, "b.yaml", HEAD);
	cr_assert_eq(load(&f, &path, 1, false), 0);
	cr_expect_str_eq(f.rules->hash, first);
	cr_assert_eq(load_text(&f, HEAD "# x\n"), 0);
	cr_expect_str_neq(f.rules->hash, first);
	teardown(&f);
}

Test(rules, say_what_cannot_be_read)
{
	struct fixture f;
	const char *paths[2];

	setup(&f);
	paths[0] = arena_printf(&f.arena, "%s/none.yaml", f.dir);
	paths[1] = f.dir;
	cr_expect_eq(load(&f, paths, 2, false), -1);
	cr_expect_not_null(strstr(f.said.at,
			       "none.yaml: cannot be read: No "
			       "such file"),
	    "%s", f.said.at);
	cr_expect_not_null(strstr(f.said.at,
			       " cannot be read: Is a "
			       "directory"),
	    "%s", f.said.at);
	teardown(&f);
}

Test(rules, note_what_is_given_twice)
{
	struct fixture f;
	const char *paths[2];

	setup(&f);
	paths[0] = write_file(&f, "a.yaml", HEAD);
	paths[1] = write_file(&f, "b.yaml", HEAD);
	cr_expect_eq(load(&f, paths, 2, false), -1);
	cr_expect_not_null(strstr(f.said.at,
			       "b.yaml:2:9: policy \"p\" is "
			       "in "),
	    "%s", f.said.at);
	teardown(&f);
}

Test(rules, bound_what_aliases_repeat)
{
	struct fixture f;
	struct buf b = {0};

	setup(&f);
	buf_adds(&b, HEAD "patterns:\n  p0: &p {by: agent, any: &a [");
	for (int i = 0; i < 300; i++)
		buf_adds(&b, "x, ");
	buf_adds(&b, "x]}\n");
	for (int i = 1; i < 300; i++)
		buf_printf(&b, "  p%d: *p\n", i);
	cr_expect_eq(load_text(&f, buf_cstr(&b)), -1);
	cr_expect_not_null(strstr(f.said.at, "more than 20000 patterns"));
	buf_free(&b);
	teardown(&f);
}

/* Of two policies: 弁護士 opens in both, and 裁判 in the second alone. */
Test(rules, policies_share_what_is_the_same)
{
	static const char *const texts[] = {HEAD
	    "patterns:\n  a: {by: customer, any: [弁護士]}\n"
	    "  b: {by: customer, any: [裁判]}\n"
	    "exchange: {opens_on: [a]}\n",
	    "ofuku: 1\npolicy: q\n"
	    "patterns:\n  b: {by: customer, any: [裁判], unless: [弁護士]}\n"
	    "  c: {by: customer, any: [弁護士, 訴え]}\n"
	    "  a: {by: customer, any: [弁護士]}\n"
	    "exchange: {opens_on: [b, a]}\n"};
	struct fixture f;
	const struct pattern *p, *q;
	const char *paths[2];

	setup(&f);
	paths[0] = write_file(&f, "a.yaml", texts[0]);
	paths[1] = write_file(&f, "b.yaml", texts[1]);
	cr_assert_eq(load(&f, paths, 2, false), 0, "%s", f.said.at);
	p = f.rules->policies[0].patterns;
	q = f.rules->policies[1].patterns;
	cr_expect_eq(p[0].any[0], q[2].any[0]);
	cr_expect_eq(p[1].any[0], q[0].any[0]);
	cr_expect_eq(q[0].unless[0], q[2].any[0]);
	cr_expect_eq(q[0].among.first, p[1].among.first);
	cr_expect_eq(q[2].among.first, p[0].among.first);
	cr_expect_eq(q[2].among_threats.first, p[0].among_threats.first);
	/* What opens nothing is none of those that open. */
	cr_expect_null(p[1].among_threats.by);
	cr_expect_neq(q[0].among_threats.first, q[2].among_threats.first);
	cr_expect_null(q[1].among_threats.by);
	cr_expect_neq(q[1].among.first, q[2].among.first);
	teardown(&f);
}

Test(rules, lint_what_is_hardly_meant)
{
	struct fixture f;
	const char *path;

	setup(&f);
	path = write_file(&f, "a.yaml",
	    HEAD "phrases: {a: {by: agent, say: お任せします, keep: ません}}\n"
		 "patterns: {b: {by: agent, any: [x]}}\n");
	cr_assert_eq(load(&f, &path, 1, false), 0);
	cr_expect_eq(f.said.len, 0);
	cr_assert_eq(load(&f, &path, 1, true), 0);
	cr_expect_str_eq(f.said.at,
	    "a.yaml: warning: the policy has no checks: everything passes\n"
	    "a.yaml:3:11: warning: phrase \"a\" has no examples: `ofuku rules "
	    "test` cannot try it\n"
	    "a.yaml:3:11: warning: phrase \"a\" does not count in \"お任せ"
	    "します\": keep refuses it\n"
	    "a.yaml:4:12: warning: pattern \"b\" has no examples: `ofuku "
	    "rules test` cannot try it\n"
	    "a.yaml:4:12: warning: pattern \"b\" is used by no exchange and "
	    "no check\n",
	    "%s", f.said.at);
	teardown(&f);
}
