/* ofuku setup: settings for a site, from a sample of its export. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "message.h"
#include "sandbox.h"

struct setup {
	struct shared shared;
	const char *output, *lang;
};

#define AT(field) offsetof(struct setup, field)

static const struct option rows[] = {
    {.letter = 'o',
	.name = "output",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = AT(output),
	.help = "write it here (default: standard output)"},
    {.name = "lang",
	.arg = "LANG",
	.kind = OPTION_NAME,
	.offset = AT(lang),
	.names = ofuku_lang_name,
	.help = "of the reports that the settings ask for: en or ja"},
    {0},
};

static const struct option_group setup_rows = {"Setup", rows};
static const struct option_group *const groups[] = {
    &setup_rows, &group_input, &group_rules, &group_common, NULL};

static int
run(void *settings)
{
	struct sandbox box = {0};
	struct setup *s = settings;
	struct messages messages = {.who = s->shared.who,
	    .quiet = s->shared.quiet,
	    .verbose = s->shared.verbose};
	struct ofuku_setup_options options = {.output = s->output,
	    .lang = s->lang,
	    .say = messages_say,
	    .ctx = &messages};
	struct ofuku_error err = {0};
	struct ofuku_rules *rules;
	int r;

	if (s->shared.operands.n != 1 ||
	    strcmp(s->shared.operands.at[0], "-") == 0) {
		usage_error(s->shared.who,
		    "name one file of the export: it is read more than once");
		return OFUKU_TROUBLE;
	}
	if (shared_input(&s->shared) == -1)
		return OFUKU_TROUBLE;
	rules = shared_rules(&s->shared, &r);
	if (rules == NULL)
		return r;
	options.input = s->shared.input;
	sandbox_reads(&box, s->shared.input.pseudonymize);
	sandbox_writes(&box, s->output);
	sandbox_enter(&s->shared, &box);
	r = (int)ofuku_setup(rules, &options, &err);
	messages_end(&messages);
	if (err.text[0] != '\0')
		report_error(s->shared.who, &err);
	ofuku_rules_free(rules);
	return r;
}

const struct command command_setup = {
    .name = "setup",
    .operands = "SAMPLE",
    .help = "propose settings from a sample of an export",
    .more = "Looks at one file of an export and proposes the settings file "
	    "that fits: its format, what its columns are, who is an agent. "
	    "What it could not tell it says on standard error and in the file. "
	    "Exit status: 0 it could tell all, 1 not all, 2 trouble.",
    .groups = groups,
    .size = sizeof(struct setup),
    .run = run,
};
