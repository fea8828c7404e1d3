/*
 * A command is one file with one const struct command, and one line in
 * commands.def. What it does is in the library; here it is asked for.
 */
#ifndef OFUKU_CMD_COMMAND_H
#define OFUKU_CMD_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "list.h"
#include "ofuku.h"
#include "option.h"

struct command {
	const char *name;     /* "audit"; "rules check" below rules */
	const char *operands; /* "[FILE|DIR|-]..." */
	const char *help;     /* one line */
	const char *more;     /* a paragraph for its own --help */
	const struct option_group *const *groups; /* NULL at the end */
	size_t size;                /* of its settings, a struct shared
					 * or one that begins with it */
	int (*run)(void *settings); /* exit status */
	/* Instead of run, ends with NULL: "ofuku rules check". */
	const struct command *const *below;
};

/* What the option groups that commands share are parsed into. */
struct shared {
	const char *who; /* the command's name */
	int argc;        /* of all that the command was given */
	char **argv;
	struct list operands;
	struct list rules, maps, exclude;
	struct ofuku_input input;
	unsigned ids;
	const char *rejects;
	struct max_rejects {
		uint64_t n;
		double percent;
	} max_rejects;
	bool stats, no_sandbox;
	uint32_t match_limit; /* 0: the default, and below */
	size_t match_heap;
	unsigned progress; /* enum when */
	bool no_color;
	unsigned log_format; /* enum log_format */
	bool help, quiet, verbose;
	char *rules_path;                /* a copy of $OFUKU_RULES */
	const char *config;              /* of the settings; "": none */
	char *config_path;               /* where nobody named it */
	struct ofuku_settings *settings; /* NULL: none */
	bool repeats;      /* an audit of a manifest: no environment counts */
	struct list given; /* names of options of argv */
	struct list arguments; /* see shared_arguments */
	char **rule_arguments; /* those that were made for it */
};

/*
 * Audits once more as the manifest says, for verify, all that is written going
 * into the folder, the manifest as manifest.json; verify's operand can be read
 * afterwards, and the folder removed. Returns an exit status.
 */
int audit_again(const struct shared *verify, const struct ofuku_manifest *,
    const char *folder);

/* group_sandbox is for commands without group_input, which has it. */
extern const struct option_group group_input, group_sandbox, group_rejects,
    group_privacy, group_limits, group_rules, group_progress, group_settings,
    group_common;

/* -1, after saying so: the output is called a workbook and would be none. */
int check_workbook(const char *who, const char *output, const char *format);
/* An option's value: "512M" to a size_t; K, M and G are powers of 1024. */
int parse_size(const char *value, void *field);
/* "30" to a uint32_t, not 0. */
int parse_nonzero(const char *value, void *field);
/* "30" to an unsigned. */
int parse_seconds(const char *value, void *field);
/*
 * The inputs that were named, else standard input. -1: none was, and that is a
 * terminal, which has been said.
 */
int shared_input(struct shared *);
/* The inputs that were named, which may be none. */
void shared_operands(struct shared *);
/*
 * Makes rules the files to use: those named, else those of $OFUKU_RULES,
 * else none, which is the policy in the library.
 */
void shared_rule_paths(struct shared *);
/*
 * Takes the settings of --config or of the usual place for what argv did not
 * say. -1 after saying each mistake.
 */
int shared_settings(struct shared *, const struct option_group *const *);
/* Takes those of a manifest, and nothing of the environment. */
int shared_settings_again(struct shared *, const struct option_group *const *,
    const struct ofuku_manifest *);
/* Was the option among argv's? */
bool shared_given(const struct shared *, const char *name);
/* How often? */
size_t shared_times_given(const struct shared *, const char *name);
/* Fills arguments: argv, with the rule files that it did not name. */
void shared_arguments(struct shared *);
/* Loads them. NULL after saying each mistake; *status is the exit status. */
struct ofuku_rules *shared_rules(struct shared *, int *status);
/* Prints what names yields, each with its help. Returns 0. */
int print_names(const char *(*names)(size_t, const char **));

/* What help opens besides the pages of commands; NULL at the end. */
extern const char *const help_topics[];
/* Every command, in the order of commands.def; NULL at the end. */
extern const struct command *const commands[];
/*
 * The one of the list that is called word; NULL after saying so. also: what
 * else it may have been meant for, ends with NULL.
 */
const struct command *command_find(const struct command *const *list,
    const char *who, const char *word, const char *const *also);
/* Appends the names of those that have this option: "grep, segment". */
void commands_with_option(
    const struct command *const *, const char *option, char *out, size_t size);
void shared_free(struct shared *);
void command_print_help(const struct command *);
void print_overview(FILE *);

#endif
