/* ofuku rules: check, test, list, show, explain, init. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "message.h"

static const struct option_group *const groups[] = {
    &group_rules, &group_settings, &group_common, NULL};

/*
 * Files may be named without --rules where nothing else is an operand; then
 * those of settings are not meant.
 */
static void
take_operands(struct shared *s)
{
	if (s->operands.n > 0 && !shared_given(s, "rules"))
		s->rules.n = 0;
	for (size_t i = 0; i < s->operands.n; i++)
		list_add(&s->rules, s->operands.at[i]);
}

static int
run_check(void *settings)
{
	struct shared *s = settings;
	struct ofuku_error err = {.status = OFUKU_BAD_RULES};

	take_operands(s);
	shared_rule_paths(s);
	if (ofuku_rules_check(
		s->rules.at, s->rules.n, mistake_say, NULL, &err) == 0)
		return OFUKU_PASS;
	report_error(s->who, &err);
	return (int)err.status;
}

static int
run_test(void *settings)
{
	struct shared *s = settings;
	struct ofuku_error err = {0};
	struct ofuku_rules *rules;
	size_t n = 0;
	int r, failed;

	take_operands(s);
	rules = shared_rules(s, &r);
	if (rules == NULL)
		return r;
	failed = ofuku_rules_test(rules, s->verbose, stdout, &n, &err);
	ofuku_rules_free(rules);
	if (failed == -1) {
		report_error(s->who, &err);
		return OFUKU_TROUBLE;
	}
	fflush(stdout); /* the count is to be the last line */
	if (!s->quiet)
		sum_up("", "%zu examples, %d fail", n, failed);
	return failed > 0 ? OFUKU_FINDINGS : OFUKU_PASS;
}

static int
run_list(void *settings)
{
	struct shared *s = settings;
	struct ofuku_rules *rules;
	int r;

	take_operands(s);
	rules = shared_rules(s, &r);
	if (rules == NULL)
		return r;
	ofuku_rules_list(rules, stdout);
	ofuku_rules_free(rules);
	return OFUKU_PASS;
}

static int
run_show(void *settings)
{
	struct shared *s = settings;
	struct ofuku_error err = {0};
	struct ofuku_rules *rules;
	int r = OFUKU_PASS;

	if (s->operands.n == 0) {
		usage_error(s->who,
		    "which id? \"ofuku rules list\" lists "
		    "them");
		return OFUKU_TROUBLE;
	}
	rules = shared_rules(s, &r);
	if (rules == NULL)
		return r;
	for (size_t i = 0; i < s->operands.n; i++)
		if (ofuku_rules_show(rules, s->operands.at[i], stdout, &err) ==
		    -1) {
			report_error(s->who, &err);
			r = OFUKU_TROUBLE;
		}
	ofuku_rules_free(rules);
	return r;
}

/* One text after another; 1 where one is not hit, as grep has it. */
static int
explain(const struct shared *s, const struct ofuku_rules *rules)
{
	struct ofuku_error err = {0};
	int r = OFUKU_PASS;

	for (size_t i = 1; i < s->operands.n; i++) {
		const char *text = s->operands.at[i];
		int hit = ofuku_rules_explain(
		    rules, s->operands.at[0], text, strlen(text), stdout, &err);

		if (hit == -1) {
			report_error(s->who, &err);
			return OFUKU_TROUBLE;
		}
		if (hit == 0)
			r = OFUKU_FINDINGS;
	}
	return r;
}

static int
run_explain(void *settings)
{
	struct shared *s = settings;
	struct ofuku_rules *rules;
	int r;

	if (s->operands.n < 2) {
		usage_error(s->who, "which id, and which text?");
		return OFUKU_TROUBLE;
	}
	rules = shared_rules(s, &r);
	if (rules == NULL)
		return r;
	r = explain(s, rules);
	ofuku_rules_free(rules);
	return r;
}

struct init {
	struct shared shared;
	const char *output;
	const char *policy;
	bool force;
};

static const struct option init_rows[] = {
    {.name = "policy",
	.arg = "NAME",
	.kind = OPTION_NAME,
	.offset = offsetof(struct init, policy),
	.names = ofuku_policy_name,
	.help = "which policy: kasuhara (default) or kiriden"},
    {.letter = 'o',
	.name = "output",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = offsetof(struct init, output),
	.help = "write it here; - is standard output (default: under "
		"its own name in this folder)"},
    {.letter = 'f',
	.name = "force",
	.kind = OPTION_FLAG,
	.offset = offsetof(struct init, force),
	.help = "overwrite a file that is there"},
    {0},
};

static const struct option_group init_group = {"Init", init_rows};
static const struct option_group *const init_groups[] = {
    &init_group, &group_common, NULL};

static int
write_file(const struct init *s, const char *name, const char *path)
{
	struct ofuku_error err = {0};

	if (ofuku_rules_write(name, path, s->force, &err) == -1) {
		complain(s->shared.who, "%s", err.text);
		return OFUKU_TROUBLE;
	}
	if (!s->shared.quiet)
		sum_up("", "wrote %s: edit it, then audit with --rules=%s",
		    path, path);
	return OFUKU_PASS;
}

static int
run_init(void *settings)
{
	struct init *s = settings;
	char policy[64];
	const char *name = policy, *text;
	size_t len;

	snprintf(policy, sizeof(policy), "%s.yaml",
	    s->policy == NULL ? "kasuhara" : s->policy);

	if (s->shared.operands.n > 1) {
		usage_error(s->shared.who, "one file at a time");
		return OFUKU_TROUBLE;
	}
	if (s->shared.operands.n == 1 && s->policy != NULL) {
		usage_error(s->shared.who,
		    "--policy names the file already: leave out %s",
		    s->shared.operands.at[0]);
		return OFUKU_TROUBLE;
	}
	if (s->shared.operands.n == 1)
		name = s->shared.operands.at[0];
	text = ofuku_rules_builtin(name, &len);
	if (text == NULL) {
		usage_error(s->shared.who,
		    "no such file in the program: "
		    "%s (there are kasuhara.yaml, kiriden.yaml and "
		    "ja.yaml)",
		    name);
		return OFUKU_TROUBLE;
	}
	if (s->output == NULL || strcmp(s->output, "-") != 0)
		return write_file(
		    s, name, s->output == NULL ? name : s->output);
	fwrite(text, 1, len, stdout);
	return OFUKU_PASS;
}

static const struct command rules_check = {
    .name = "rules check",
    .operands = "[FILE|-]...",
    .help = "say every mistake in rule files",
    .more = "Says each mistake and each doubtful thing as "
	    "FILE:LINE:COLUMN: MESSAGE. Exit status: 0 none, 3 "
	    "mistakes.",
    .groups = groups,
    .size = sizeof(struct shared),
    .run = run_check,
};
static const struct command rules_test = {
    .name = "rules test",
    .operands = "[FILE]...",
    .help = "run every example in rule files",
    .more = "Prints the examples that do not do what they should (-v: "
	    "all). Exit status: 0 none, 1 some, 2 trouble, 3 invalid "
	    "rules.",
    .groups = groups,
    .size = sizeof(struct shared),
    .run = run_test,
};
static const struct command rules_list = {
    .name = "rules list",
    .operands = "[FILE]...",
    .help = "list policies, phrases, patterns and checks",
    .groups = groups,
    .size = sizeof(struct shared),
    .run = run_list,
};
static const struct command rules_show = {
    .name = "rules show",
    .operands = "ID...",
    .help = "print what a phrase, pattern or check compiled to",
    .groups = groups,
    .size = sizeof(struct shared),
    .run = run_show,
};
static const struct command rules_explain = {
    .name = "rules explain",
    .operands = "ID TEXT...",
    .help = "say why a phrase or pattern hits a text, or not",
    .more = "Prints what rules see of the text, each match with its "
	    "alternative, which condition dropped it, and how a phrase "
	    "differs. Exit status: 0 hit, 1 not, 2 trouble, 3 invalid "
	    "rules.",
    .groups = groups,
    .size = sizeof(struct shared),
    .run = run_explain,
};
static const struct command rules_init = {
    .name = "rules init",
    .operands = "[kasuhara.yaml|kiriden.yaml|ja.yaml]",
    .help = "write a policy in the program to a file, to edit",
    .groups = init_groups,
    .size = sizeof(struct init),
    .run = run_init,
};

static const struct command *const below[] = {&rules_check, &rules_test,
    &rules_list, &rules_show, &rules_explain, &rules_init, NULL};

const struct command command_rules = {
    .name = "rules",
    .help = "check, test, list, show or begin rule files",
    .below = below,
};
