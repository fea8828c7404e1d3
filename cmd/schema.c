/* ofuku schema: JSON Schemas of rule files and reports. */
#include <stdio.h>

#include "command.h"
#include "message.h"

static const struct option_group *const groups[] = {&group_common, NULL};

static int
list_schemas(void)
{
	const char *name, *help;

	for (size_t i = 0; (name = ofuku_schema_name(i, &help)) != NULL; i++)
		printf("%-14s%s\n", name, help);
	return OFUKU_PASS;
}

static int
run(void *settings)
{
	const struct shared *s = settings;
	struct ofuku_error err = {0};

	if (s->operands.n == 0)
		return list_schemas();
	if (s->operands.n > 1) {
		usage_error(s->who, "one schema at a time");
		return OFUKU_TROUBLE;
	}
	if (ofuku_schema(s->operands.at[0], stdout, &err) == 0)
		return OFUKU_PASS;
	report_error(s->who, &err);
	return OFUKU_TROUBLE;
}

const struct command command_schema = {
    .name = "schema",
    .operands = "[rules|REPORT]",
    .help = "print a JSON Schema of rule files or of a report",
    .more = "Without a name it lists them. Editors check and complete rule "
	    "files by it; programs check what they are given.",
    .groups = groups,
    .size = sizeof(struct shared),
    .run = run,
};
