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

/* -1: there is no manual, or no such page in it. */
static int
open_page(const char *command)
{
	char page[64], man[] = "man", where[] = "-w", section[] = "1";
	char *const look[] = {man, where, section, page, NULL};
	char *const show[] = {man, section, page, NULL};

	snprintf(page, sizeof(page), "ofuku-%s", command);
	if (run_program(look, true) != 0)
		return -1;
	return run_program(show, false);
}

static int
run(void *settings)
{
	struct shared *s = settings;
	const struct command *c;

	if (s->operands.n == 0) {
		print_overview(stdout);
		return OFUKU_PASS;
	}
	c = command_find(commands, s->who, s->operands.at[0]);
	if (c == NULL)
		return OFUKU_TROUBLE;
	if (c->below != NULL && s->operands.n > 1) {
		c = command_find(c->below, s->who, s->operands.at[1]);
		if (c == NULL)
			return OFUKU_TROUBLE;
	} else if (open_page(c->name) == 0)
		return OFUKU_PASS;
	command_print_help(c);
	return OFUKU_PASS;
}

const struct command command_help = {
    .name = "help",
    .operands = "[COMMAND]",
    .help = "open the manual page of a command",
    .groups = groups,
    .size = sizeof(struct shared),
    .run = run,
};
