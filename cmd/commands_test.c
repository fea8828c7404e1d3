#include <criterion/criterion.h>
#include <ctype.h>

#include "command.h"

/* Names that this command's rows already have, and letters. */
struct seen {
	struct list names;
	bool letters[128];
};

static bool
listed(const struct list *list, const char *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->at[i], name) == 0)
			return true;
	return false;
}

static void
check_row(const struct command *c, const struct option *o, struct seen *seen)
{
	unsigned char letter = (unsigned char)o->letter;

	cr_expect_not(
	    listed(&seen->names, o->name), "%s: --%s twice", c->name, o->name);
	list_add(&seen->names, o->name);
	cr_expect(letter == 0 || !seen->letters[letter], "%s: -%c twice",
	    c->name, letter);
	cr_expect(letter == 0 || isalpha(letter));
	seen->letters[letter] = true;
	cr_expect(
	    o->help != NULL && *o->help != '\0', "--%s: no help", o->name);
	cr_expect_eq(o->kind == OPTION_FLAG, o->arg == NULL, "--%s", o->name);
	cr_expect_eq(o->kind == OPTION_NAME || o->kind == OPTION_CHOICE,
	    o->names != NULL, "--%s", o->name);
	cr_expect_eq(
	    o->kind == OPTION_PARSE, o->parse != NULL, "--%s", o->name);
	cr_expect_lt(o->offset, c->size, "--%s", o->name);
}

static void
check_commands(const struct command *const *list)
{
	for (; *list != NULL; list++) {
		const struct command *c = *list;
		struct seen seen = {0};

		cr_expect(*c->help != '\0', "%s", c->name);
		if (c->below != NULL) {
			check_commands(c->below);
			continue;
		}
		cr_expect(c->size >= sizeof(struct shared), "%s", c->name);
		for (size_t i = 0; c->groups[i] != NULL; i++)
			for (const struct option *o = c->groups[i]->rows;
			     o->name != NULL; o++)
				check_row(c, o, &seen);
		list_free(&seen.names);
	}
}

Test(commands, every_row_is_whole)
{
	check_commands(commands);
}

Test(commands, are_found_by_name)
{
	const struct command *rules = command_find(commands, "", "rules", NULL);

	cr_assert_not_null(rules);
	cr_expect_str_eq(rules->name, "rules");
	cr_expect_str_eq(
	    command_find(rules->below, "", "check", NULL)->name, "rules check");
	cr_expect_null(command_find(commands, "", "check", NULL));
}
