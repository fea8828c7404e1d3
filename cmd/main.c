/* ofuku: finds the command and hands it its options. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "interrupt.h"
#include "log.h"
#include "message.h"
#include "nearest.h"

/* argv[0] is the first word behind the command's name. */
static int
command_run(const struct command *c, int argc, char **argv)
{
	struct shared *s = calloc(1, c->size);
	int r = OFUKU_TROUBLE;

	if (s == NULL)
		out_of_memory(c->size);
	s->who = c->name;
	s->argc = argc;
	s->argv = argv;
	if (options_parse(c->name, c->groups, argc, argv, s, &s->operands,
		&s->given) == 0) {
		log_use((enum log_format)s->log_format);
		if (s->help) {
			command_print_help(c);
			r = OFUKU_PASS;
		} else if (shared_settings(s, c->groups) == 0) {
			r = c->run(s);
		}
	}
	shared_free(s);
	r = flush_output(c->name, r);
	interrupt_end();
	return r;
}

/* What may stand instead of a command. */
static const char *const options[] = {"--help", "--version", NULL};

/* Walks down to the command that does the work. */
static int
dispatch(
    const struct command *const *list, const char *who, int argc, char **argv)
{
	const struct command *c = command_find(
	    list, who, argv[0], list == commands ? options : NULL);

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

static void
no_option(const char *word)
{
	struct nearest near = nearest_to(word);

	for (size_t i = 0; options[i] != NULL && word[1] == '-'; i++)
		nearest_try(&near, options[i]);
	if (near.name != NULL)
		usage_error(
		    "", "unknown option %s: did you mean %s?", word, near.name);
	else
		usage_error(
		    "", "unknown option %s: a command comes first", word);
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
	/* Beyond `ulimit -f` a write fails with EFBIG instead. */
	signal(SIGXFSZ, SIG_IGN);
	ofuku_on_exhausted(out_of_memory);
	if (argc < 2) {
		print_overview(stderr);
		return OFUKU_TROUBLE;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
		ofuku_versions(stdout);
		return flush_output("", OFUKU_PASS);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		print_overview(stdout);
		return flush_output("", OFUKU_PASS);
	}
	if (argv[1][0] == '-') {
		no_option(argv[1]);
		return OFUKU_TROUBLE;
	}
	return dispatch(commands, "", argc - 1, argv + 1);
}
