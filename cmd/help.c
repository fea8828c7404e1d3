/* ofuku help: the manual page of a command, else its --help. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "message.h"

extern char **environ;

static const struct option_group *const groups[] = {&group_common, NULL};

/* Runs a program; silent: without any output. Its exit status, or -1. */
static int
run_program(char *const *argv, bool silent)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int status, r;

	posix_spawn_file_actions_init(&actions);
	if (silent) {
		posix_spawn_file_actions_addopen(
		    &actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
		posix_spawn_file_actions_adddup2(
		    &actions, STDOUT_FILENO, STDERR_FILENO);
	}
	r = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (r != 0 || waitpid(pid, &status, 0) == -1)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Pages that are of no command, and the sections of the manual they are in. */
const char *const help_topics[] = {
    "config", "formats", "nightly", "scale", NULL};
static const char *const sections[] = {"5", "5", "7", "7"};

/* -1: there is no manual, or no such page in it. */
static int
open_page(const char *name, const char *number)
{
	char page[64], section[8], man[] = "man", where[] = "-w";
	char *const look[] = {man, where, section, page, NULL};
	char *const show[] = {man, section, page, NULL};

	snprintf(page, sizeof(page), "ofuku-%s", name);
	snprintf(section, sizeof(section), "%s", number);
	if (run_program(look, true) != 0)
		return -1;
	return run_program(show, false);
}

/* Its index, or -1. */
static int
topic_named(const char *name)
{
	for (int i = 0; help_topics[i] != NULL; i++)
		if (strcmp(help_topics[i], name) == 0)
			return i;
	return -1;
}

static int
show_topic(const char *who, int topic)
{
	if (open_page(help_topics[topic], sections[topic]) == 0)
		return OFUKU_PASS;
	complain(who,
	    "the page ofuku-%s(%s) cannot be shown: are man(1) and the "
	    "manual installed?",
	    help_topics[topic], sections[topic]);
	return OFUKU_TROUBLE;
}

static int
run(void *settings)
{
	struct shared *s = settings;
	const struct command *c;
	int topic;

	if (s->operands.n == 0) {
		print_overview(stdout);
		return OFUKU_PASS;
	}
	topic = topic_named(s->operands.at[0]);
	if (topic != -1)
		return show_topic(s->who, topic);
	c = command_find(commands, s->who, s->operands.at[0], help_topics);
	if (c == NULL)
		return OFUKU_TROUBLE;
	if (c->below != NULL && s->operands.n > 1) {
		c = command_find(c->below, s->who, s->operands.at[1], NULL);
		if (c == NULL)
			return OFUKU_TROUBLE;
	} else if (open_page(c->name, "1") == 0)
		return OFUKU_PASS;
	command_print_help(c);
	return OFUKU_PASS;
}

const struct command command_help = {
    .name = "help",
    .operands = "[COMMAND|TOPIC]",
    .help = "open the manual page of a command or a topic",
    .more = "Topics are config, formats, nightly and scale. Where there is "
	    "no manual, a command's --help is printed.",
    .groups = groups,
    .size = sizeof(struct shared),
    .run = run,
};
