/* ofuku summarize: the month on one page. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "message.h"
#include "sandbox.h"
#include "terminal.h"

struct summarize {
	struct shared shared;
	const char *by, *output, *output_format, *html, *lang;
	bool mix, latest, compare;
};

static const char *
shape_name(size_t i, const char **help)
{
	static const char *const names[] = {
	    "csv", "tsv", "jsonl", "table", "xlsx", NULL};

	(void)help;
	return names[i];
}

#define AT(field) offsetof(struct summarize, field)

static const struct option rows[] = {
    {.name = "by",
	.arg = "KEYS",
	.kind = OPTION_TEXT,
	.offset = AT(by),
	.help = "a line for each value of these, separated by commas: "
		"agent, day, week, month, trigger, check, source, "
		"verdict, rules (default: a line for each policy)"},
    {.name = "mix",
	.kind = OPTION_FLAG,
	.offset = AT(mix),
	.help = "count reports of different rule sets together (default: "
		"apart)"},
    {.name = "latest",
	.kind = OPTION_FLAG,
	.offset = AT(latest),
	.help = "of rows of one exchange count the one that is read last, as "
		"in the reports of nights of one state"},
    {.name = "compare",
	.kind = OPTION_FLAG,
	.offset = AT(compare),
	.help = "of two reports, OLD and NEW: which exchanges changed, "
		"and why; with --by, the counts side by side"},
    {.name = "output-format",
	.arg = "NAME",
	.kind = OPTION_NAME,
	.offset = AT(output_format),
	.names = shape_name,
	.help = "csv, tsv, jsonl, xlsx (an Excel workbook) or table, which "
		"is aligned (default: table on a terminal, else csv)"},
    {.name = "html",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = AT(html),
	.help = "instead, write a page for a browser here; log and findings "
		"reports beside the exchanges say what was said"},
    {.name = "lang",
	.arg = "LANG",
	.kind = OPTION_NAME,
	.offset = AT(lang),
	.names = ofuku_lang_name,
	.help = "en (default) or ja: names of columns and their values in "
		"reports, messages, and the page"},
    {.letter = 'o',
	.name = "output",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = AT(output),
	.help = "write it here, in one step at the end (default: "
		"standard output)"},
    {0},
};

static const struct option_group summarize_rows = {"Summary", rows};
static const struct option_group *const groups[] = {&summarize_rows,
    &group_sandbox, &group_rules, &group_settings, &group_common, NULL};

static int
check(const struct summarize *s)
{
	const char *who = s->shared.who;

	if (s->compare && s->shared.operands.n != 2)
		return usage_error(who,
		    "--compare wants two reports: OLD "
		    "NEW");
	if (s->compare && s->mix)
		return usage_error(who,
		    "--compare counts each report as it is: leave out --mix");
	if (s->compare && s->latest)
		return usage_error(who,
		    "--compare counts each report as it is: leave out "
		    "--latest");
	if (s->html != NULL &&
	    (s->compare || s->mix || s->by != NULL || s->output != NULL ||
		s->output_format != NULL))
		return usage_error(who,
		    "--html writes a page and nothing else: leave out --by, "
		    "--mix, --compare, --output and --output-format");
	if (check_workbook(who, s->output, s->output_format) == -1)
		return -1;
	if (binary_to_terminal(s->output_format, s->output))
		return usage_error(who, BINARY_TO_TERMINAL);
	return 0;
}

static int
summarize(const struct summarize *s, const struct ofuku_rules *rules)
{
	struct messages messages = {.who = s->shared.who,
	    .quiet = s->shared.quiet,
	    .verbose = s->shared.verbose};
	struct ofuku_summary_options options = {
	    .paths = s->shared.operands.at,
	    .npaths = s->shared.operands.n,
	    .by = s->by,
	    .mix = s->mix,
	    .latest = s->latest,
	    .compare = s->compare,
	    .stop = s->shared.input.stop,
	    .output = s->output,
	    .output_format = s->output_format,
	    .html = s->html,
	    .lang = s->lang,
	    .rules = rules,
	    .settings = s->shared.config,
	    .width = isatty(STDOUT_FILENO) || getenv("COLUMNS") != NULL ?
		terminal_width() :
		0,
	    .say = messages_say,
	    .ctx = &messages,
	};
	struct ofuku_error err = {0};
	int r;

	if (options.output_format == NULL && s->output == NULL &&
	    isatty(STDOUT_FILENO))
		options.output_format = "table";
	/* What is written aside is to be removed: see report_error. */
	signal(SIGPIPE, SIG_IGN);
	r = (int)ofuku_summarize(&options, &err);
	messages_end(&messages);
	if (err.text[0] != '\0')
		report_error(s->shared.who, &err);
	return r;
}

static int
run(void *settings)
{
	struct sandbox box = {0};
	struct summarize *s = settings;
	struct ofuku_rules *rules = NULL;
	int r;

	if (check(s) == -1 || shared_input(&s->shared) == -1)
		return OFUKU_TROUBLE;
	/* Only the page draws limits. */
	if (s->html != NULL) {
		rules = shared_rules(&s->shared, &r);
		if (rules == NULL)
			return r;
	}
	sandbox_writes(&box, s->output);
	sandbox_writes(&box, s->html);
	sandbox_enter(&s->shared, &box);
	r = summarize(s, rules);
	ofuku_rules_free(rules);
	return r;
}

const struct command command_summarize = {
    .name = "summarize",
    .operands = "[REPORT]...",
    .help = "reduce exchanges reports to counts and rates",
    .more = "Reads exchanges reports of any number, in CSV, TSV or JSON "
	    "Lines, and prints how many exchanges there were, how many "
	    "failed, and how long they took. Exit status: 0 done, 2 "
	    "trouble; with --compare 0 nothing changed, 1 something "
	    "did.",
    .groups = groups,
    .size = sizeof(struct summarize),
    .run = run,
};
