/* The table of commands, and what it says of itself. */
#include <stdio.h>
#include <string.h>

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

/* "rules explain" for "explain"; NULL: no command has one of that name. */
static const struct command *
find_below(const struct command *const *list, const char *word)
{
	for (; *list != NULL; list++)
		for (size_t i = 0;
		     (*list)->below != NULL && (*list)->below[i] != NULL; i++)
			if (strcmp(last_word((*list)->below[i]), word) == 0)
				return (*list)->below[i];
	return NULL;
}

const struct command *
command_find(
    const struct command *const *list, const char *who, const char *word)
{
	struct nearest near = nearest_to(word);
	const struct command *below = find_below(list, word);

	for (; *list != NULL; list++) {
		if (strcmp(last_word(*list), word) == 0)
			return *list;
		nearest_try(&near, last_word(*list));
	}
	if (below != NULL)
		near.name = below->name;
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
	      "complaint-handling policy.\n\n",
	    out);
	print_commands(commands, out);
	fputs("\nofuku COMMAND --help says what a command takes, "
	      "ofuku help COMMAND opens its\nmanual page, ofuku --version "
	      "names the versions.\n",
	    out);
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
