#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdbool.h>

#include "option.h"

/* cppcheck-suppress unknownMacro */
TestSuite(option, .init = cr_redirect_stderr);

struct target {
	bool all, brief;
	const char *text, *name;
	unsigned choice;
	struct list list;
	int number;
};

static const char *
colour_name(size_t i, const char **help)
{
	static const char *const names[] = {"red", "green", NULL};

	(void)help;
	return names[i];
}

static int
parse_digit(const char *value, void *field)
{
	if (value[0] < '0' || value[0] > '9' || value[1] != '\0')
		return -1;
	*(int *)field = value[0] - '0';
	return 0;
}

#define AT(field) offsetof(struct target, field)

static bool
is_digit(const char *value)
{
	return value[0] >= '0' && value[0] <= '9' && value[1] == '\0';
}

static const struct option rows[] = {
    {.letter = 'a',
	.name = "all",
	.help = "all",
	.kind = OPTION_FLAG,
	.offset = AT(all)},
    {.letter = 'b',
	.name = "brief",
	.help = "brief",
	.kind = OPTION_FLAG,
	.offset = AT(brief)},
    {.letter = 't',
	.name = "text",
	.arg = "TEXT",
	.help = "text",
	.kind = OPTION_TEXT,
	.offset = AT(text)},
    {.name = "list",
	.arg = "TEXT",
	.help = "a list, which has a help text so long that it "
		"must be broken",
	.kind = OPTION_LIST,
	.offset = AT(list),
	.goes_on = is_digit},
    {.name = "name",
	.arg = "NAME",
	.help = "name",
	.kind = OPTION_NAME,
	.offset = AT(name),
	.names = colour_name},
    {.name = "choice",
	.arg = "NAME",
	.help = "choice",
	.kind = OPTION_CHOICE,
	.offset = AT(choice),
	.names = colour_name},
    {.letter = 'n',
	.name = "a-number-with-a-long-name",
	.arg = "DIGIT",
	.help = "number",
	.kind = OPTION_PARSE,
	.offset = AT(number),
	.digits = true,
	.parse = parse_digit},
    {0},
};
static const struct option_group group = {"Group", rows};
static const struct option_group *const groups[] = {&group, NULL};

struct parsed {
	struct target target;
	struct list operands;
	int status;
};

/* The words, separated by blanks, are parsed as arguments. */
static struct parsed
parse(const char *words)
{
	static char copy[200], *argv[20];
	struct parsed p = {0};
	char *rest = copy;
	int argc = 0;

	snprintf(copy, sizeof(copy), "%s", words);
	while (*words != '\0' && (argv[argc] = strsep(&rest, " ")) != NULL)
		argc++;
	p.status = options_parse(
	    "test", groups, argc, argv, &p.target, &p.operands, NULL);
	return p;
}

static void
expect_error(const char *words, const char *want)
{
	struct parsed p = parse(words);

	fflush(stderr);
	cr_expect_eq(p.status, -1);
	cr_expect_stderr_eq_str(want);
	list_free(&p.operands);
	list_free(&p.target.list);
}

static void
done(struct parsed *p)
{
	cr_expect_eq(p->status, 0);
	list_free(&p->operands);
	list_free(&p->target.list);
}

Test(option, long_and_short_forms)
{
	struct parsed p = parse("--text=a=b -ab --name green -n7");

	cr_expect_str_eq(p.target.text, "a=b");
	cr_expect(p.target.all && p.target.brief);
	cr_expect_str_eq(p.target.name, "green");
	cr_expect_eq(p.target.number, 7);
	cr_expect_eq(p.operands.n, 0);
	done(&p);
}

Test(option, digits_alone_are_a_value)
{
	struct parsed p = parse("-5 x -- -6");

	cr_expect_eq(p.target.number, 5);
	cr_expect_eq(p.operands.n, 2);
	cr_expect_str_eq(p.operands.at[1], "-6");
	done(&p);
	expect_error(
	    "-5a", "ofuku test: unknown option -5\nTry: ofuku test --help\n");
}

Test(option, bundled_flags_end_in_a_value)
{
	struct parsed p = parse("-abtx -t y");

	cr_expect(p.target.all && p.target.brief);
	cr_expect_str_eq(p.target.text, "y");
	done(&p);
}

Test(option, operands_between_and_behind)
{
	struct parsed p = parse("one -a - --choice=green -- --all -b");

	cr_expect_eq(p.operands.n, 4);
	cr_expect_str_eq(p.operands.at[0], "one");
	cr_expect_str_eq(p.operands.at[1], "-");
	cr_expect_str_eq(p.operands.at[2], "--all");
	cr_expect_str_eq(p.operands.at[3], "-b");
	cr_expect_eq(p.target.choice, 1);
	cr_expect_not(p.target.brief);
	done(&p);
}

Test(option, values_may_be_empty_or_begin_with_a_dash)
{
	struct parsed p = parse("--list= --list --all --list=--");

	cr_expect_eq(p.target.list.n, 3);
	cr_expect_str_eq(p.target.list.at[0], "");
	cr_expect_str_eq(p.target.list.at[1], "--all");
	cr_expect_str_eq(p.target.list.at[2], "--");
	cr_expect_not(p.target.all);
	done(&p);
}

Test(option, values_may_be_of_two_words)
{
	struct parsed p = parse("--list 3 -a --list=4 b --list c d");

	cr_expect_eq(p.status, 0);
	cr_expect_eq(p.target.list.n, 5);
	cr_expect_str_eq(p.target.list.at[1], "-a");
	cr_expect_str_eq(p.target.list.at[3], "b");
	cr_expect_eq(p.operands.n, 1);
	cr_expect_not(p.target.all);
	done(&p);
}

#define TRY "\nTry: ofuku test --help\n"

Test(option, second_word_missing)
{
	expect_error("--list 3", "ofuku test: --list wants a value: TEXT" TRY);
}

Test(option, no_abbreviations)
{
	expect_error("--tex=x",
	    "ofuku test: unknown option --tex: did you mean --text?" TRY);
}

Test(option, far_from_every_name)
{
	expect_error("--zzzzzzzz", "ofuku test: unknown option --zzzzzzzz" TRY);
}

Test(option, of_another_command)
{
	expect_error("--json",
	    "ofuku test: unknown option --json: it is an option of grep, "
	    "segment" TRY);
}

Test(option, of_other_commands_and_near_one_here)
{
	expect_error("--latest",
	    "ofuku test: unknown option --latest: it is an option of "
	    "summarize; did you mean --text?" TRY);
}

Test(option, unknown_letter)
{
	expect_error("-ax", "ofuku test: unknown option -x" TRY);
}

Test(option, letter_that_is_not_ascii)
{
	expect_error("-訴える", "ofuku test: unknown option -訴" TRY);
}

Test(option, value_missing)
{
	expect_error("-a --text", "ofuku test: --text wants a value: TEXT" TRY);
}

Test(option, value_not_wanted)
{
	expect_error("--all=no", "ofuku test: --all takes no value" TRY);
}

Test(option, name_unknown)
{
	expect_error("--name=gren",
	    "ofuku test: --name: unknown name "
	    "\"gren\": did you mean green?" TRY);
}

Test(option, name_far_from_every_one)
{
	expect_error("--name=zzzzzzzz",
	    "ofuku test: --name: unknown name \"zzzzzzzz\": write red or "
	    "green" TRY);
}

Test(option, value_refused)
{
	expect_error("-n 12",
	    "ofuku test: --a-number-with-a-long-name "
	    "wants DIGIT, not \"12\"" TRY);
}

Test(option, help_comes_out_of_the_rows)
{
	char text[2000] = "", *line = text, *at;
	FILE *f = fmemopen(text, sizeof(text), "w");

	options_print(groups, f);
	fclose(f);
	cr_expect_not_null(strstr(text, "\nGroup:\n  -a, --all"));
	cr_expect_not_null(strstr(text,
	    "\n      --list=TEXT           a "
	    "list, which has a help text so long that it must\n"
	    "                            be broken\n"));
	cr_expect_not_null(strstr(text,
	    "\n  -n, --a-number-with-a-long-name=DIGIT\n"
	    "                            number\n"));
	while ((at = strsep(&line, "\n")) != NULL)
		cr_expect_leq(strlen(at), 80);
}
