#include "option.h"

#include <string.h>

#include "command.h"
#include "message.h"
#include "nearest.h"

#define HELP_COLUMN 28
#define WIDTH 80

struct parser {
	const char *who;
	const struct option_group *const *groups;
	char **argv;
	int argc, next;
	void *target;
	struct list *operands, *given;
};

static const struct option *
by_name(const struct option_group *const *g, const char *name, size_t n)
{
	for (; *g != NULL; g++)
		for (const struct option *o = (*g)->rows; o->name != NULL; o++)
			if (strlen(o->name) == n &&
			    memcmp(o->name, name, n) == 0)
				return o;
	return NULL;
}

static const struct option *
by_letter(const struct option_group *const *g, char letter)
{
	for (; *g != NULL; g++)
		for (const struct option *o = (*g)->rows; o->name != NULL; o++)
			if (o->letter == letter)
				return o;
	return NULL;
}

static const struct option *
by_digits(const struct option_group *const *g, const char *word)
{
	if (*word == '\0' || word[strspn(word, "0123456789")] != '\0')
		return NULL;
	for (; *g != NULL; g++)
		for (const struct option *o = (*g)->rows; o->name != NULL; o++)
			if (o->digits)
				return o;
	return NULL;
}

/* Options of other programs that hands know, and what does it here. */
static const char *
stranger(const char *name)
{
	static const char *const strangers[][2] = {
	    {"include",
		"name the files, as in *.csv, or with find; --exclude "
		"leaves some out"},
	};

	for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++)
		if (strcmp(name, strangers[i][0]) == 0)
			return strangers[i][1];
	return NULL;
}

static int
unknown_name(const struct parser *p, const char *name, size_t len)
{
	char word[64], owners[200] = "";
	struct nearest near;

	snprintf(word, sizeof(word), "%.*s", (int)len, name);
	if (stranger(word) != NULL)
		return usage_error(
		    p->who, "no option --%s: %s", word, stranger(word));
	near = nearest_to(word);
	for (const struct option_group *const *g = p->groups; *g != NULL; g++)
		for (const struct option *o = (*g)->rows; o->name != NULL; o++)
			nearest_try(&near, o->name);
	commands_with_option(commands, word, owners, sizeof(owners));
	if (len >= sizeof(word) || (near.name == NULL && *owners == '\0'))
		return usage_error(
		    p->who, "unknown option --%.*s", (int)len, name);
	if (near.name == NULL)
		return usage_error(p->who,
		    "unknown option --%s: it is an option of %s", word, owners);
	return usage_error(p->who,
	    "unknown option --%s: %s%s%sdid you mean --%s?", word,
	    *owners == '\0' ? "" : "it is an option of ", owners,
	    *owners == '\0' ? "" : "; ", near.name);
}

/* All the names that a value can be: "any or grouped". */
static void
join_names(const struct option *o, char *out, size_t size)
{
	const char *name, *next;
	size_t n = 0;

	for (size_t i = 0; (name = o->names(i, NULL)) != NULL; i++) {
		next = o->names(i + 1, NULL);
		n += (size_t)snprintf(out + n, size - n, "%s%s",
		    i == 0           ? "" :
			next == NULL ? " or " :
				       ", ",
		    name);
		if (n >= size)
			return;
	}
}

/* Index of value in the option's names, or -1 after saying so. */
static int
name_index(const struct parser *p, const struct option *o, const char *value)
{
	struct nearest near = nearest_to(value);
	const char *name;
	char all[600] = "";

	for (size_t i = 0; (name = o->names(i, NULL)) != NULL; i++) {
		if (strcmp(name, value) == 0)
			return (int)i;
		nearest_try(&near, name);
	}
	join_names(o, all, sizeof(all));
	if (near.name == NULL)
		return usage_error(p->who,
		    "--%s: unknown name \"%s\": write %s", o->name, value, all);
	return usage_error(p->who,
	    "--%s: unknown name \"%s\": did you mean %s?", o->name, value,
	    near.name);
}

static int
set_flag(struct parser *p, const struct option *o, const char *v, void *field)
{
	(void)p, (void)o, (void)v;
	*(bool *)field = true;
	return 0;
}

static int
set_text(struct parser *p, const struct option *o, const char *v, void *field)
{
	(void)p, (void)o;
	*(const char **)field = v;
	return 0;
}

static int
set_list(struct parser *p, const struct option *o, const char *v, void *field)
{
	list_add(field, v);
	if (o->goes_on == NULL || !o->goes_on(v))
		return 0;
	if (p->next == p->argc)
		return usage_error(
		    p->who, "--%s wants a value: %s", o->name, o->arg);
	list_add(field, p->argv[p->next++]);
	return 0;
}

static int
set_name(struct parser *p, const struct option *o, const char *v, void *field)
{
	if (name_index(p, o, v) == -1)
		return -1;
	return set_text(p, o, v, field);
}

static int
set_choice(struct parser *p, const struct option *o, const char *v, void *field)
{
	int i = v == NULL ? 0 : name_index(p, o, v);

	if (i == -1)
		return -1;
	*(unsigned *)field = (unsigned)i;
	return 0;
}

/* How a value is written that its name alone does not say. */
static const char *
form_of(const char *arg)
{
	static const char *const forms[][2] = {
	    {"SIZE", ": write 512M; K, M and G are powers of 1024"},
	    {"AGE", ": write 90m, 36h or 2d"},
	    {"I/N", ": write 1/4 for the first of four"},
	    {"N|N%", ": write 20, or 0.5% of the records"},
	    {"CHAR", ": write comma, tab, semicolon or an ASCII character"},
	    {"SECONDS", ": write a whole number"},
	    {"N", ": write a whole number"},
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
		if (strcmp(arg, forms[i][0]) == 0)
			return forms[i][1];
	return "";
}

static int
set_parsed(struct parser *p, const struct option *o, const char *v, void *field)
{
	if (o->parse(v, field) == 0)
		return 0;
	if (o->takes != NULL)
		return usage_error(p->who, "--%s wants %s %s, not \"%s\"",
		    o->name, o->arg, o->takes, v);
	return usage_error(p->who, "--%s wants %s, not \"%s\"%s", o->name,
	    o->arg, v, form_of(o->arg));
}

static int
set(struct parser *p, const struct option *o, const char *value)
{
	static int (*const setters[])(
	    struct parser *, const struct option *, const char *, void *) = {
	    [OPTION_FLAG] = set_flag,
	    [OPTION_TEXT] = set_text,
	    [OPTION_LIST] = set_list,
	    [OPTION_NAME] = set_name,
	    [OPTION_CHOICE] = set_choice,
	    [OPTION_PARSE] = set_parsed,
	};

	if (p->given != NULL)
		list_add(p->given, o->name);
	return setters[o->kind](p, o, value, (char *)p->target + o->offset);
}

/* The next word is the value; that it may begin with - is GNU's habit too. */
static int
set_from_next(struct parser *p, const struct option *o)
{
	if (p->next == p->argc)
		return usage_error(
		    p->who, "--%s wants a value: %s", o->name, o->arg);
	return set(p, o, p->argv[p->next++]);
}

/* Is the next word one that this choice has? Then it is its value, and not what
 * follows a choice that has none. */
static bool
next_is_choice(const struct parser *p, const struct option *o)
{
	const char *help, *name;

	if (o->kind != OPTION_CHOICE || p->next == p->argc)
		return false;
	for (size_t i = 0; (name = o->names(i, &help)) != NULL; i++)
		if (strcmp(name, p->argv[p->next]) == 0)
			return true;
	return false;
}

static int
long_option(struct parser *p, const char *name)
{
	const char *eq = strchrnul(name, '=');
	size_t n = (size_t)(eq - name);
	const struct option *o = by_name(p->groups, name, n);

	if (o == NULL)
		return unknown_name(p, name, n);
	if (o->kind == OPTION_FLAG && *eq == '=')
		return usage_error(p->who, "--%s takes no value", o->name);
	if (o->kind == OPTION_FLAG ||
	    (o->optional && *eq == '\0' && !next_is_choice(p, o)))
		return set(p, o, NULL);
	return *eq == '=' ? set(p, o, eq + 1) : set_from_next(p, o);
}

/* Bytes of the character that s begins with, so that it is quoted whole. */
static int
character_len(const char *s)
{
	int n = 1;

	while (((unsigned char)s[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static int
short_options(struct parser *p, const char *letters)
{
	const struct option *o;

	for (; *letters != '\0'; letters++) {
		o = by_letter(p->groups, *letters);
		if (o == NULL)
			return usage_error(p->who, "unknown option -%.*s",
			    character_len(letters), letters);
		if (o->kind != OPTION_FLAG)
			return letters[1] != '\0' ? set(p, o, letters + 1) :
						    set_from_next(p, o);
		if (set(p, o, NULL) == -1)
			return -1;
	}
	return 0;
}

int
options_parse(const char *who, const struct option_group *const *groups,
    int argc, char **argv, void *target, struct list *operands,
    struct list *given)
{
	struct parser p = {.who = who,
	    .groups = groups,
	    .argv = argv,
	    .argc = argc,
	    .target = target,
	    .operands = operands,
	    .given = given};
	const struct option *o;
	const char *word;
	bool ended = false;
	int r = 0;

	while (r == 0 && p.next < argc) {
		word = argv[p.next++];
		if (ended || word[0] != '-' || word[1] == '\0')
			list_add(operands, word);
		else if (strcmp(word, "--") == 0)
			ended = true;
		else if (word[1] == '-')
			r = long_option(&p, word + 2);
		else if ((o = by_digits(groups, word + 1)) != NULL)
			r = set(&p, o, word + 1);
		else
			r = short_options(&p, word + 1);
	}
	return r;
}

bool
options_have(const struct option_group *const *groups, const char *name)
{
	return by_name(groups, name, strlen(name)) != NULL;
}

int
options_set(const char *who, const struct option_group *const *groups,
    const char *name, const char *value, void *target)
{
	struct parser p = {.who = who, .groups = groups, .target = target};
	const struct option *o = by_name(groups, name, strlen(name));

	return o == NULL ? 0 : set(&p, o, value);
}

void
print_wrapped(const char *text, int indent, int col, FILE *out)
{
	int n;

	while (*text != '\0') {
		n = (int)strcspn(text, " ");
		if (col > indent && col + 1 + n > WIDTH - 1) {
			fprintf(out, "\n%*s", indent, "");
			col = indent;
		} else if (col > indent) {
			putc(' ', out);
			col++;
		}
		fprintf(out, "%.*s", n, text);
		col += n;
		text += n;
		text += strspn(text, " ");
	}
	putc('\n', out);
}

static void
print_row(const struct option *o, FILE *out)
{
	int col;

	if (o->letter != 0)
		col = fprintf(out, "  -%c, --%s", o->letter, o->name);
	else
		col = fprintf(out, "      --%s", o->name);
	if (o->arg != NULL)
		col += fprintf(out, o->optional ? "[=%s]" : "=%s", o->arg);
	if (col + 2 > HELP_COLUMN)
		fprintf(out, "\n%*s", HELP_COLUMN, "");
	else
		fprintf(out, "%*s", HELP_COLUMN - col, "");
	print_wrapped(o->help, HELP_COLUMN, HELP_COLUMN, out);
}

void
options_print(const struct option_group *const *groups, FILE *out)
{
	for (; *groups != NULL; groups++) {
		fprintf(out, "\n%s:\n", (*groups)->title);
		for (const struct option *o = (*groups)->rows; o->name != NULL;
		     o++)
			print_row(o, out);
	}
}
