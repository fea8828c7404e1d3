/* ofuku: finds the command and hands it its options. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "message.h"
#include "nearest.h"

#define COMMAND(name) extern const struct command command_##name;
#include "commands.def"
#undef COMMAND

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "commands.def"
#undef COMMAND
    NULL};

/* "check" of "rules check". */
static const char *
last_word(const struct command *c)
{
	const char *space = strrchr(c->name, ' ');

	return space == NULL ? c->name : space + 1;
}

const struct command *
command_find(const struct command *const *list, const char *who,
    const char *word)
{
	struct nearest near = nearest_to(word);

	for (; *list != NULL; list++) {
		if (strcmp(last_word(*list), word) == 0)
			return *list;
		nearest_try(&near, last_word(*list));
	}
	if (near.name == NULL)
		usage_error(who, "unknown command \"%s\"", word);
	else
		usage_error(who, "unknown command \"%s\": did you mean %s?",
		    word, near.name);
	return NULL;
}

static void
print_commands(const struct command *const *list, FILE *out)
{
	for (; *list != NULL; list++) {
		int col = fprintf(out, "  ofuku %s", (*list)->name);

		fprintf(out, "%*s", 28 - col, "");
		print_wrapped((*list)->help, 28, 28, out);
	}
}

void
print_overview(FILE *out)
{
	fputs("Usage: ofuku COMMAND [OPTION]... [FILE]...\n"
	      "Audits stored call and chat transcripts against a "
	      "complaint-handling policy.\n\n", out);
	print_commands(commands, out);
	fputs("\nofuku COMMAND --help says what a command takes, "
	      "ofuku help COMMAND opens its\nmanual page, ofuku --version "
	      "names the versions.\n", out);
}

void
command_print_help(const struct command *c)
{
	if (c->below != NULL) {
		printf("Usage: ofuku %s COMMAND [OPTION]...\n\n", c->name);
		print_commands(c->below, stdout);
		return;
	}
	printf("Usage: ofuku %s [OPTION]... %s\n", c->name,
	    c->operands == NULL ? "" : c->operands);
	print_wrapped(c->more == NULL ? c->help : c->more, 0, 0, stdout);
	options_print(c->groups, stdout);
}

static void
shared_free(struct shared *s)
{
	list_free(&s->operands);
	list_free(&s->rules);
	list_free(&s->maps);
	list_free(&s->exclude);
	free(s);
}

/* argv[0] is the first word behind the command's name. */
static int
command_run(const struct command *c, int argc, char **argv)
{
	struct shared *s = calloc(1, c->size);
	int r = OFUKU_TROUBLE;

	if (s == NULL)
		out_of_memory(c->size);
	s->who = c->name;
	if (options_parse(c->name, c->groups, argc, argv, s,
	    &s->operands) == 0) {
		if (s->help) {
			command_print_help(c);
			r = OFUKU_PASS;
		} else
			r = c->run(s);
	}
	shared_free(s);
	return flush_output(c->name, r);
}

/* Walks down to the command that does the work. */
static int
dispatch(const struct command *const *list, const char *who, int argc,
    char **argv)
{
	const struct command *c = command_find(list, who, argv[0]);

	if (c == NULL)
		return OFUKU_TROUBLE;
	if (c->below == NULL)
		return command_run(c, argc - 1, argv + 1);
	if (argc == 1) {
		usage_error(c->name, "which command?");
		return OFUKU_TROUBLE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		command_print_help(c);
		return flush_output(c->name, OFUKU_PASS);
	}
	return dispatch(c->below, c->name, argc - 1, argv + 1);
}

/*
 * A standard descriptor that is closed would be given to the next file that
 * is opened. The stand-in can only be used the wrong way, so that use fails.
 */
static void
fill_descriptors(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) == -1)
			(void)!open("/dev/null",
			    fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int
main(int argc, char **argv)
{
	fill_descriptors();
	signal(SIGPIPE, SIG_IGN);
	ofuku_on_exhausted(out_of_memory);
	if (argc < 2) {
		print_overview(stderr);
		return OFUKU_TROUBLE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		ofuku_versions(stdout);
		return flush_output("", OFUKU_PASS);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		print_overview(stdout);
		return flush_output("", OFUKU_PASS);
	}
	if (argv[1][0] == '-')
		return usage_error("", "unknown option %s: a command comes "
		    "first", argv[1]) == -1 ? OFUKU_TROUBLE : OFUKU_PASS;
	return dispatch(commands, "", argc - 1, argv + 1);
}
