/* ofuku dump: the developers' view of a stage. */
#include <stdio.h>

#include "command.h"
#include "message.h"
#include "sandbox.h"

struct dump {
	struct shared shared;
	const char *stage;
	bool list_stages;
};

static const struct option rows[] = {
    {.name = "stage",
	.arg = "NAME",
	.kind = OPTION_NAME,
	.offset = offsetof(struct dump, stage),
	.names = ofuku_stage_name,
	.help = "what this stage hands to the next"},
    {.name = "list-stages",
	.kind = OPTION_FLAG,
	.offset = offsetof(struct dump, list_stages),
	.help = "list the stages"},
    {0},
};

static const struct option_group dump_rows = {"Dump", rows};
static const struct option_group *const groups[] = {&dump_rows, &group_input,
    &group_rules, &group_settings, &group_common, NULL};

static int
dump(const struct dump *d, const struct ofuku_rules *rules)
{
	struct messages messages = {.who = d->shared.who,
	    .quiet = d->shared.quiet,
	    .verbose = d->shared.verbose};
	struct ofuku_error err = {0};
	int r = (int)ofuku_dump(rules, &d->shared.input, d->stage, stdout,
	    messages_say, &messages, &err);

	messages_end(&messages);
	if (err.text[0] != '\0')
		report_error(d->shared.who, &err);
	return r;
}

static int
run(void *settings)
{
	struct sandbox box = {0};
	struct dump *d = settings;
	struct ofuku_rules *rules;
	int r;

	if (d->list_stages)
		return print_names(ofuku_stage_name);
	if (d->stage == NULL) {
		usage_error(d->shared.who,
		    "which stage? --list-stages "
		    "lists them, --stage=NAME chooses one");
		return OFUKU_TROUBLE;
	}
	if (shared_input(&d->shared) == -1)
		return OFUKU_TROUBLE;
	rules = shared_rules(&d->shared, &r);
	if (rules == NULL)
		return r;
	sandbox_reads(&box, d->shared.input.pseudonymize);
	sandbox_enter(&d->shared, &box);
	r = dump(d, rules);
	ofuku_rules_free(rules);
	return r;
}

const struct command command_dump = {
    .name = "dump",
    .operands = "--stage=NAME [FILE|DIR|-]...",
    .help = "print what a stage hands to the next, as JSON Lines",
    .more = "For developers of rules and formats: shows where between "
	    "the bytes read and the report a result comes from.",
    .groups = groups,
    .size = sizeof(struct dump),
    .run = run,
};
