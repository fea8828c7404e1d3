/* ofuku show: exchanges as annotated transcripts. */
#include <stdio.h>

#include "command.h"
#include "message.h"
#include "sandbox.h"
#include "terminal.h"

struct show {
	struct shared shared;
	const char *conversation, *verdict, *check, *of_agent;
	unsigned color;
	bool list, all, no_pager;
	const char *lang;
};

static const char *
verdict_name(size_t i, const char **help)
{
	static const char *const names[] = {"pass", "fail", "unknown", NULL};

	(void)help;
	return names[i];
}

#define AT(field) offsetof(struct show, field)

static const struct option rows[] = {
    {.name = "conversation",
	.arg = "ID",
	.kind = OPTION_TEXT,
	.offset = AT(conversation),
	.help = "only of this conversation"},
    {.name = "verdict",
	.arg = "NAME",
	.kind = OPTION_NAME,
	.offset = AT(verdict),
	.names = verdict_name,
	.help = "only exchanges that pass, fail or are unknown"},
    {.name = "check",
	.arg = "ID",
	.kind = OPTION_TEXT,
	.offset = AT(check),
	.help = "only where this check failed or could not be judged"},
    {.name = "of-agent",
	.arg = "NAME",
	.kind = OPTION_TEXT,
	.offset = AT(of_agent),
	.help = "only of agents whose name holds this; says nothing of who "
		"is one"},
    {.name = "list",
	.kind = OPTION_FLAG,
	.offset = AT(list),
	.help = "where, the verdict, what was found and the threat, without "
		"the transcript"},
    {.name = "all",
	.kind = OPTION_FLAG,
	.offset = AT(all),
	.help = "the whole conversation, not its exchanges alone"},
    {.name = "color",
	.arg = "WHEN",
	.kind = OPTION_CHOICE,
	.offset = AT(color),
	.names = when_name,
	.optional = true,
	.help = "auto (default: on a terminal), always or never"},
    {.name = "lang",
	.arg = "LANG",
	.kind = OPTION_NAME,
	.offset = AT(lang),
	.names = ofuku_lang_name,
	.help = "of the remarks: en (default) or ja"},
    {.name = "no-pager",
	.kind = OPTION_FLAG,
	.offset = AT(no_pager),
	.help = "print on the terminal at once, not through $PAGER"},
    {0},
};

static const struct option_group show_rows = {"Show", rows};
static const struct option_group *const groups[] = {&show_rows, &group_input,
    &group_privacy, &group_limits, &group_rules, &group_settings,
    &group_progress, &group_common, NULL};

static int
show(const struct show *s, const struct ofuku_rules *rules)
{
	struct messages messages = {.who = s->shared.who,
	    .quiet = s->shared.quiet,
	    .verbose = s->shared.verbose};
	struct ofuku_show_options options = {
	    .input = s->shared.input,
	    .conversation = s->conversation,
	    .verdict = s->verdict,
	    .check = s->check,
	    .agent = s->of_agent,
	    .by_agent = s->shared.input.agent != NULL,
	    .lang = s->lang,
	    .match_limit = s->shared.match_limit,
	    .match_heap = s->shared.match_heap,
	    .list = s->list,
	    .all = s->all,
	    .color = terminal_color(
		s->shared.no_color ? WHEN_NEVER : (enum when)s->color),
	    .width = terminal_width(),
	    .out = stdout,
	    .say = messages_say,
	    .ctx = &messages,
	};
	struct ofuku_error err = {0};
	pid_t pager = s->no_pager ? 0 : pager_begin();
	struct sandbox box = {0};
	int r;

	sandbox_reads(&box, s->shared.input.pseudonymize);
	sandbox_enter(&s->shared, &box);
	options.input.watch = progress_show;
	options.input.watch_ctx = &messages.progress;
	progress_begin(&messages.progress, s->shared.who, NULL,
	    (enum when)s->shared.progress, s->shared.no_color, true);
	r = (int)ofuku_show(rules, &options, &err);
	progress_end(&messages.progress);

	if (pager == 0)
		r = flush_output(s->shared.who, r);
	pager_end(pager);
	messages_end(&messages);
	/* What could not be written has been told when it was flushed. */
	if (err.text[0] != '\0' && (pager != 0 || !ferror(stdout)))
		report_error(s->shared.who, &err);
	return r;
}

static int
run(void *settings)
{
	struct show *s = settings;
	struct ofuku_rules *rules;
	int r;

	if (s->list && s->all) {
		usage_error(
		    s->shared.who, "--list and --all exclude each other");
		return OFUKU_TROUBLE;
	}
	if (shared_input(&s->shared) == -1)
		return OFUKU_TROUBLE;
	rules = shared_rules(&s->shared, &r);
	if (rules == NULL)
		return r;
	r = show(s, rules);
	ofuku_rules_free(rules);
	return r;
}

const struct command command_show = {
    .name = "show",
    .operands = "[FILE|DIR|-]...",
    .help = "print exchanges as annotated transcripts",
    .more = "Prints each exchange as it was said, with a remark below "
	    "what opened it, each press, each repetition, near misses, "
	    "and what closed it. Exit status: 0 something was shown, 1 "
	    "nothing was, 2 trouble, 3 invalid rules.",
    .groups = groups,
    .size = sizeof(struct show),
    .run = run,
};
