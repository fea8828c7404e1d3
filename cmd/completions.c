/*
 * ofuku completions: what shells offer, from the tables that --help comes
 * from. bash and zsh get two functions of tables, one of the words behind a
 * command and one of the values of an option, and a few lines that ask them;
 * fish has rows of its own. A value that is no word is named by its kind:
 * :file, :folder, :id, :pattern.
 */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "message.h"

/* What help opens. */
static void
print_pages(void)
{
	for (size_t i = 0; commands[i] != NULL; i++)
		printf("%s ", commands[i]->name);
	for (size_t i = 0; help_topics[i] != NULL; i++)
		printf("%s%s", i == 0 ? "" : " ", help_topics[i]);
}

static void
print_keys(void)
{
	const char *name;

	for (size_t i = 0; (name = ofuku_summary_key(i)) != NULL; i++)
		printf("%s%s", i == 0 ? "" : " ", name);
}

/* What stands behind a command or an option. */
static const struct kind {
	const char *arg;     /* as --help has it */
	const char *kind;    /* or the words that it can be */
	const char *fish;    /* NULL: words */
	void (*words)(void); /* prints them, where kind is NULL */
} kinds[] = {
    {"PATTERN", ":pattern", "-a '(__ofuku_patterns)'", NULL},
    {"FILE", ":file", "-F", NULL},
    {"MANIFEST", ":file", "-F", NULL},
    {"SAMPLE", ":file", "-F", NULL},
    {"rules|REPORT", "rules exchanges findings log conversations agents", NULL,
	NULL},
    {"REPORT", ":file", "-F", NULL},
    {"DIR", ":folder", "-a '(__fish_complete_directories)'", NULL},
    {"ID", ":id", "-a '(__ofuku_ids)'", NULL},
    {"COMMAND", NULL, NULL, print_pages},
    {"KEYS", NULL, NULL, print_keys},
    {"CHAR", "comma tab semicolon", NULL, NULL},
    {"bash|zsh|fish", "bash zsh fish", NULL, NULL},
    {"kasuhara.yaml", "kasuhara.yaml kiriden.yaml ja.yaml", NULL, NULL},
};

static const char encodings[] = "UTF-8 UTF-16 CP932 EUC-JP ISO-2022-JP";

static const struct kind *
kind_of(const char *arg)
{
	for (size_t i = 0; arg != NULL && i < sizeof(kinds) / sizeof(*kinds);
	     i++)
		if (strstr(arg, kinds[i].arg) != NULL)
			return &kinds[i];
	return NULL;
}

static void
print_kind(const struct kind *k)
{
	if (k->kind == NULL)
		k->words();
	else
		fputs(k->kind, stdout);
}

static void
print_fish_kind(const struct kind *k)
{
	if (k->fish != NULL) {
		fputs(k->fish, stdout);
		return;
	}
	fputs("-f -a '", stdout);
	print_kind(k);
	putchar('\'');
}

static bool
is_encoding(const struct option *o)
{
	const char *at = strstr(o->name, "encoding");

	return at != NULL && at[8] == '\0';
}

/* The words that a value can be; false where it is of another kind. */
static bool
print_words(const struct option *o)
{
	const char *name, *help;

	if (is_encoding(o))
		printf("%s%s", o->name[0] == 'e' ? "auto " : "", encodings);
	else if (o->names == NULL)
		return false;
	else
		for (size_t i = 0; (name = o->names(i, &help)) != NULL; i++)
			printf("%s%s", i == 0 ? "" : " ", name);
	return true;
}

/* Within ' of a shell; a colon ends a word that zsh describes. */
static void
print_help(const char *help)
{
	for (; *help != '\0'; help++)
		if (*help == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*help);
}

/* fn is called for each command that does work, and those below others. */
static void
each(const struct command *const *list, void (*fn)(const struct command *))
{
	for (; *list != NULL; list++)
		if ((*list)->below != NULL)
			each((*list)->below, fn);
		else
			fn(*list);
}

static void
each_option(const struct command *c,
    void (*fn)(const struct command *, const struct option *))
{
	for (size_t i = 0; c->groups[i] != NULL; i++)
		for (const struct option *o = c->groups[i]->rows;
		     o->name != NULL; o++)
			fn(c, o);
}

static void
print_option(const struct command *c, const struct option *o)
{
	(void)c;
	printf(" '--%s%s:", o->name, o->arg != NULL && !o->optional ? "=" : "");
	print_help(o->help);
	putchar('\'');
}

static void
print_options(const struct command *c)
{
	printf("\t'%s') printf '%%s\\n'", c->name);
	each_option(c, print_option);
	fputs(" ;;\n", stdout);
}

static void
print_values(const struct command *c, const struct option *o)
{
	const struct kind *kind = kind_of(o->arg);

	if (o->arg == NULL)
		return;
	printf("\t'%s --%s'", c->name, o->name);
	if (o->letter != 0)
		printf(" | '%s -%c'", c->name, o->letter);
	fputs(") echo '", stdout);
	if (!print_words(o) && kind != NULL)
		print_kind(kind);
	fputs("' ;;\n", stdout);
}

static void
print_all_values(const struct command *c)
{
	const struct kind *kind = kind_of(c->operands);

	each_option(c, print_values);
	if (kind == NULL)
		return;
	printf("\t'%s ') echo '", c->name);
	print_kind(kind);
	fputs("' ;;\n", stdout);
}

static void
print_names_of(const struct command *const *list)
{
	for (; *list != NULL; list++) {
		const char *space = strrchr((*list)->name, ' ');

		printf(" '%s:", space == NULL ? (*list)->name : space + 1);
		print_help((*list)->help);
		putchar('\'');
	}
}

/* __ofuku_words COMMAND, __ofuku_values "COMMAND OPTION", in any sh. */
static void
print_tables(void)
{
	fputs("__ofuku_words() {\n\tcase \"$1\" in\n\t'') printf '%s\\n'",
	    stdout);
	print_names_of(commands);
	fputs(" ;;\n", stdout);
	for (size_t i = 0; commands[i] != NULL; i++)
		if (commands[i]->below != NULL) {
			printf("\t'%s') printf '%%s\\n'", commands[i]->name);
			print_names_of(commands[i]->below);
			fputs(" ;;\n", stdout);
		}
	each(commands, print_options);
	fputs("\tesac\n}\n__ofuku_values() {\n\tcase \"$1\" in\n", stdout);
	each(commands, print_all_values);
	fputs("\tesac\n}\n"
	      "__ofuku_ids() {\n"
	      "\tofuku rules list 2>/dev/null | cut -f 2\n"
	      "}\n",
	    stdout);
}

static const char bash_end[] =
    "_ofuku() {\n"
    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} command= option= i word values\n"
    "\tlocal start=1 IFS=$' \\t\\n'\n"
    "\tCOMPREPLY=()\n"
    "\tif [[ $COMP_CWORD -gt 1 ]]; then\n"
    "\t\tcommand=${COMP_WORDS[1]} start=2\n"
    "\tfi\n"
    "\tif [[ $command = @(rules|state) && $COMP_CWORD -gt 2 ]]; then\n"
    "\t\tcommand=\"$command ${COMP_WORDS[2]}\" start=3\n"
    "\tfi\n"
    "\tif [[ $COMP_CWORD -gt $start ]]; then\n"
    "\t\toption=${COMP_WORDS[COMP_CWORD-1]}\n"
    "\tfi\n"
    "\tif [[ $cur = '=' ]]; then\n"
    "\t\tcur=\n"
    "\telif [[ $option = '=' ]]; then\n"
    "\t\toption=${COMP_WORDS[COMP_CWORD-2]}\n"
    "\tfi\n"
    "\t[[ $option = -* ]] || option=\n"
    "\tvalues=$(__ofuku_values \"$command $option\")\n"
    "\t[[ -n $values || -z $option ]] || values=$(__ofuku_values "
    "\"$command \")\n"
    "\tif [[ $cur = -* || -z $values && -z $option ]]; then\n"
    "\t\twhile IFS= read -r word; do\n"
    "\t\t\t[[ ${word%%:*} = \"$cur\"* ]] && COMPREPLY+=(\"${word%%:*}\")\n"
    "\t\tdone < <(__ofuku_words \"$command\")\n"
    "\t\t[[ ${COMPREPLY-} = *= ]] && compopt -o nospace\n"
    "\t\treturn\n"
    "\tfi\n"
    "\tcase $values in\n"
    "\t:file) compopt -o filenames; COMPREPLY=($(IFS=$'\\n'; compgen -f -- "
    "\"$cur\")) ;;\n"
    "\t:folder) compopt -o filenames; COMPREPLY=($(compgen -d -- "
    "\"$cur\")) ;;\n"
    "\t:id) COMPREPLY=($(compgen -W \"$(__ofuku_ids)\" -- \"$cur\")) ;;\n"
    "\t:pattern)\n"
    "\t\tif [[ $cur = @* ]]; then\n"
    "\t\t\tCOMPREPLY=($(compgen -W \"$(__ofuku_ids | sed 's/^/@/')\" -- "
    "\"$cur\"))\n"
    "\t\telse\n"
    "\t\t\tcompopt -o filenames; COMPREPLY=($(IFS=$'\\n'; compgen -f -- "
    "\"$cur\"))\n"
    "\t\tfi ;;\n"
    "\t*) COMPREPLY=($(compgen -W \"$values\" -- \"$cur\")) ;;\n"
    "\tesac\n"
    "}\n"
    "complete -F _ofuku ofuku\n";

static const char zsh_end[] =
    "_ofuku() {\n"
    "\tlocal command= option= values\n"
    "\tlocal -i start=2\n"
    "\tlocal -a offered\n"
    "\t(( CURRENT > 2 )) && { command=$words[2]; start=3 }\n"
    "\tif [[ $command = (rules|state) ]] && (( CURRENT > 3 )); then\n"
    "\t\tcommand=\"$command $words[3]\" start=4\n"
    "\tfi\n"
    "\tif [[ $words[CURRENT] = --*=* ]]; then\n"
    "\t\toption=${words[CURRENT]%%=*}\n"
    "\t\tcompset -P '*='\n"
    "\telif (( CURRENT > start )) && [[ $words[CURRENT-1] = -* ]]; then\n"
    "\t\toption=$words[CURRENT-1]\n"
    "\tfi\n"
    "\tvalues=$(__ofuku_values \"$command $option\")\n"
    "\t[[ -n $values || -z $option ]] || values=$(__ofuku_values "
    "\"$command \")\n"
    "\tif [[ $PREFIX = -* ]] || [[ -z $values && -z $option ]]; then\n"
    "\t\toffered=(\"${(@f)$(__ofuku_words \"$command\")}\")\n"
    "\t\tif [[ $PREFIX = -* ]]; then\n"
    "\t\t\t_describe -o option offered -S ''\n"
    "\t\telse\n"
    "\t\t\t_describe command offered\n"
    "\t\tfi\n"
    "\t\treturn\n"
    "\tfi\n"
    "\tcase $values in\n"
    "\t:file) _files ;;\n"
    "\t:folder) _files -/ ;;\n"
    "\t:id) compadd -- ${(f)\"$(__ofuku_ids)\"} ;;\n"
    "\t:pattern)\n"
    "\t\tif [[ $PREFIX = @* ]]; then\n"
    "\t\t\tcompadd -- @${^${(f)\"$(__ofuku_ids)\"}}\n"
    "\t\telse\n"
    "\t\t\t_files\n"
    "\t\tfi ;;\n"
    "\t*) compadd -- ${=values} ;;\n"
    "\tesac\n"
    "}\n"
    "if [[ $funcstack[1] = _ofuku ]]; then\n"
    "\t_ofuku \"$@\"\n"
    "else\n"
    "\tcompdef _ofuku ofuku\n"
    "fi\n";

static void
print_bash(void)
{
	print_tables();
	fputs(bash_end, stdout);
}

static void
print_zsh(void)
{
	fputs("#compdef ofuku\n", stdout);
	print_tables();
	fputs(zsh_end, stdout);
}

/* The condition under which a row of fish counts. */
static void
print_fish_when(const struct command *c)
{
	const char *space = strchr(c->name, ' ');

	printf("complete -c ofuku -n '__fish_seen_subcommand_from %.*s",
	    space == NULL ? (int)strlen(c->name) : (int)(space - c->name),
	    c->name);
	if (space != NULL)
		printf("; and __fish_seen_subcommand_from %s", space + 1);
	putchar('\'');
}

static void
print_fish_option(const struct command *c, const struct option *o)
{
	const struct kind *kind = kind_of(o->arg);

	print_fish_when(c);
	printf(" -l %s", o->name);
	if (o->letter != 0)
		printf(" -s %c", o->letter);
	if (o->arg != NULL && !o->optional)
		fputs(" -r", stdout);
	if (is_encoding(o) || o->names != NULL) {
		fputs(" -f -a '", stdout);
		print_words(o);
		putchar('\'');
	} else if (kind != NULL) {
		putchar(' ');
		print_fish_kind(kind);
	} else if (o->arg != NULL)
		fputs(" -f", stdout);
	fputs(" -d '", stdout);
	for (const char *p = o->help; *p != '\0'; p++)
		printf(*p == '\'' ? "\\%c" : "%c", *p);
	fputs("'\n", stdout);
}

static void
print_fish_command(const struct command *c)
{
	const struct kind *kind = kind_of(c->operands);

	each_option(c, print_fish_option);
	if (kind == NULL)
		return;
	print_fish_when(c);
	putchar(' ');
	print_fish_kind(kind);
	putchar('\n');
}

static void
print_fish_names(const struct command *const *list, const char *when)
{
	for (; *list != NULL; list++) {
		const char *space = strrchr((*list)->name, ' ');

		printf("complete -c ofuku -n '%s' -a %s -d '%s'\n", when,
		    space == NULL ? (*list)->name : space + 1, (*list)->help);
	}
}

/* What goes on behind a command, until it does. */
static void
print_fish_below(const struct command *c)
{
	char when[500];
	size_t n = (size_t)snprintf(when, sizeof(when),
	    "__fish_seen_subcommand_from %s; and not "
	    "__fish_seen_subcommand_from",
	    c->name);

	for (size_t i = 0; c->below[i] != NULL && n < sizeof(when); i++)
		n += (size_t)snprintf(when + n, sizeof(when) - n, "%s",
		    strrchr(c->below[i]->name, ' '));
	print_fish_names(c->below, when);
}

static void
print_fish(void)
{
	fputs("function __ofuku_ids\n"
	      "\tofuku rules list 2>/dev/null | cut -f 2\n"
	      "end\n"
	      "function __ofuku_patterns\n"
	      "\t__ofuku_ids | sed 's/^/@/'\n"
	      "end\n"
	      "complete -c ofuku -f\n",
	    stdout);
	print_fish_names(commands, "__fish_use_subcommand");
	for (size_t i = 0; commands[i] != NULL; i++)
		if (commands[i]->below != NULL)
			print_fish_below(commands[i]);
	each(commands, print_fish_command);
}

static const struct {
	const char *name;
	void (*print)(void);
} shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};

static int
run(void *settings)
{
	struct shared *s = settings;
	const char *name = s->operands.n == 1 ? s->operands.at[0] : "";

	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++)
		if (strcmp(shells[i].name, name) == 0) {
			shells[i].print();
			return OFUKU_PASS;
		}
	usage_error(s->who, "for which shell: bash, zsh or fish?");
	return OFUKU_TROUBLE;
}

static const struct option_group *const groups[] = {&group_common, NULL};

const struct command command_completions = {
    .name = "completions",
    .operands = "bash|zsh|fish",
    .help = "print what a shell completes commands and options with",
    .groups = groups,
    .size = sizeof(struct shared),
    .run = run,
};
