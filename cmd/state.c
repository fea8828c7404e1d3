/* ofuku state: what an audit with --state remembers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "message.h"
#include "sandbox.h"

struct state {
	struct shared shared;
	const char *before;
	unsigned wait;
	bool waiting, all;
};

#define AT(field) offsetof(struct state, field)

int
parse_seconds(const char *value, void *field)
{
	unsigned *seconds = field;
	size_t digits = strspn(value, "0123456789");

	if (digits == 0 || digits > 7 || value[digits] != '\0')
		return -1;
	*seconds = (unsigned)strtoul(value, NULL, 10);
	return 0;
}

#define WAIT_ROW \
	{ \
		.name = "wait", .arg = "SECONDS", .kind = OPTION_PARSE, \
		.offset = AT(wait), .parse = parse_seconds, \
		.help = "wait so long for another run to end (default: 0)" \
	}

static const struct option look_rows[] = {
    {.name = "waiting",
	.kind = OPTION_FLAG,
	.offset = AT(waiting),
	.help = "only conversations that may go on"},
    WAIT_ROW,
    {0},
};
static const struct option forget_rows[] = {
    {.name = "before",
	.arg = "DATE",
	.kind = OPTION_TEXT,
	.offset = AT(before),
	.help = "all that ended before this day"},
    WAIT_ROW,
    {0},
};
static const struct option undo_rows[] = {WAIT_ROW, {0}};

static const struct option_group look_group = {"State", look_rows};
static const struct option_group forget_group = {"State", forget_rows};
static const struct option_group undo_group = {"State", undo_rows};
static const struct option_group *const look_groups[] = {
    &look_group, &group_sandbox, &group_common, NULL};
static const struct option_group *const forget_groups[] = {
    &forget_group, &group_sandbox, &group_common, NULL};
static const struct option_group *const undo_groups[] = {
    &undo_group, &group_sandbox, &group_common, NULL};

static void
say_missing(void *ctx, const char *id)
{
	const struct state *s = ctx;

	if (!s->shared.quiet)
		complain(s->shared.who, "%s: no conversation %s in it",
		    s->shared.operands.at[0], id);
}

static struct ofuku_state_options
options_of(struct state *s)
{
	return (struct ofuku_state_options){
	    .ids = s->shared.operands.at + 1,
	    .nids = s->shared.operands.n - 1,
	    .waiting = s->waiting,
	    .before = s->before,
	    .wait = s->wait,
	    .table = isatty(STDOUT_FILENO),
	    .out = stdout,
	    .missing = say_missing,
	    .ctx = s,
	};
}

static bool
has_state(const struct state *s)
{
	if (s->shared.operands.n > 0)
		return true;
	usage_error(s->shared.who, "which state? name its file");
	return false;
}

static int
told(const struct state *s, enum ofuku_status status,
    const struct ofuku_error *err)
{
	if (status == OFUKU_TROUBLE)
		report_error(s->shared.who, err);
	return (int)status;
}

static int
look(struct state *s, enum ofuku_state_how how)
{
	struct ofuku_state_options options;
	struct ofuku_error err = {0};
	uint64_t found;

	if (!has_state(s))
		return OFUKU_TROUBLE;
	options = options_of(s);
	sandbox_state(&s->shared);
	return told(s,
	    ofuku_state_look(
		s->shared.operands.at[0], how, &options, &found, &err),
	    &err);
}

static int
run_list(void *settings)
{
	return look(settings, OFUKU_STATE_LIST);
}

static int
run_show(void *settings)
{
	return look(settings, OFUKU_STATE_SHOW);
}

static int
run_export(void *settings)
{
	return look(settings, OFUKU_STATE_EXPORT);
}

static int
run_forget(void *settings)
{
	struct state *s = settings;
	struct ofuku_state_options options;
	struct ofuku_error err = {0};
	uint64_t found = 0;
	int r;

	if (!has_state(s))
		return OFUKU_TROUBLE;
	options = options_of(s);
	if (options.nids == 0 && s->before == NULL) {
		usage_error(s->shared.who,
		    "which conversations? name their ids, or --before DATE");
		return OFUKU_TROUBLE;
	}
	sandbox_state(&s->shared);
	r = told(s,
	    ofuku_state_forget(
		s->shared.operands.at[0], &options, &found, &err),
	    &err);
	if (r != OFUKU_TROUBLE && !s->shared.quiet)
		sum_up("", "%s: %llu conversation%s forgotten",
		    s->shared.operands.at[0], (unsigned long long)found,
		    found == 1 ? "" : "s");
	return r;
}

static int
run_undo(void *settings)
{
	struct state *s = settings;
	struct ofuku_error err = {0};
	char when[64];
	enum ofuku_status r;

	if (!has_state(s))
		return OFUKU_TROUBLE;
	sandbox_state(&s->shared);
	r = ofuku_state_undo(s->shared.operands.at[0], s->wait, when, &err);
	if (r == OFUKU_TROUBLE)
		report_error(s->shared.who, &err);
	else if (r == OFUKU_FINDINGS)
		complain(s->shared.who,
		    "%s: there is no run to take back: only the last one can "
		    "be, once",
		    s->shared.operands.at[0]);
	else if (!s->shared.quiet)
		sum_up("", "%s: the run of %s is taken back",
		    s->shared.operands.at[0], when);
	return (int)r;
}

static const struct command state_list = {
    .name = "state list",
    .operands = "FILE [ID]...",
    .help = "list the conversations of a state",
    .groups = look_groups,
    .size = sizeof(struct state),
    .run = run_list,
};
static const struct command state_show = {
    .name = "state show",
    .operands = "FILE [ID]...",
    .help = "print what is known of conversations",
    .groups = look_groups,
    .size = sizeof(struct state),
    .run = run_show,
};
static const struct command state_export = {
    .name = "state export",
    .operands = "FILE [ID]...",
    .help = "print conversations as JSON Lines",
    .groups = look_groups,
    .size = sizeof(struct state),
    .run = run_export,
};
static const struct command state_forget = {
    .name = "state forget",
    .operands = "FILE [ID]...",
    .help = "erase conversations from a state",
    .groups = forget_groups,
    .size = sizeof(struct state),
    .run = run_forget,
};
static const struct command state_undo = {
    .name = "state undo",
    .operands = "FILE",
    .help = "take the last run back",
    .groups = undo_groups,
    .size = sizeof(struct state),
    .run = run_undo,
};

static const struct command *const below[] = {
    &state_list, &state_show, &state_export, &state_forget, &state_undo, NULL};

const struct command command_state = {
    .name = "state",
    .help = "look at what audits remember, erase it, take it back",
    .below = below,
};
