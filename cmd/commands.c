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

static void
append(char *out, size_t size, const char *between, const char *text)
{
	size_t n = strlen(out);

	snprintf(out + n, size - n, "%s%s", n == 0 ? "" : between, text);
}

/* "state list or rules list" for "list"; "": no command has one so called. */
static void
find_below(
    const struct command *const *list, const char *word, char *out, size_t size)
{
	for (; *list != NULL; list++)
		for (size_t i = 0;
		     (*list)->below != NULL && (*list)->below[i] != NULL; i++)
			if (strcmp(last_word((*list)->below[i]), word) == 0)
				append(
				    out, size, " or ", (*list)->below[i]->name);
}

void
commands_with_option(const struct command *const *list, const char *option,
    char *out, size_t size)
{
	for (; *list != NULL; list++)
		if ((*list)->below != NULL)
			commands_with_option((*list)->below, option, out, size);
		else if (options_have((*list)->groups, option))
			append(out, size, ", ", (*list)->name);
}

const struct command *
command_find(const struct command *const *list, const char *who,
    const char *word, const char *const *also)
{
	struct nearest near = nearest_to(word);
	const struct command *const *first = list;
	char below[100] = "";

	for (; *list != NULL; list++) {
		if (strcmp(last_word(*list), word) == 0)
			return *list;
		nearest_try(&near, last_word(*list));
	}
	for (; also != NULL && *also != NULL; also++)
		nearest_try(&near, *also);
	find_below(first, word, below, sizeof(below));
	if (*below != '\0')
		near.name = below;
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
