/* The options that commands share, and what becomes of them. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "log.h"
#include "interrupt.h"
#include "message.h"
#include "terminal.h"

static const char *
ids_name(size_t i, const char **help)
{
	static const char *const names[] = {"content", "file", NULL};

	(void)help;
	return names[i];
}

static int
parse_delimiter(const char *value, void *field)
{
	static const struct {
		const char *name;
		char delimiter;
	} names[] = {
	    {"comma", ','}, {"tab", '\t'}, {"\\t", '\t'}, {"semicolon", ';'}};
	char *delimiter = field;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(value, names[i].name) == 0)
			*delimiter = names[i].delimiter;
	if (*value != '\0' && value[1] == '\0' && *value != '"' &&
	    *value != '\n' && *value != '\r' && (*value & 0x80) == 0)
		*delimiter = *value;
	return *delimiter == '\0' ? -1 : 0;
}

static int
parse_percent(const char *value, const char *end, struct max_rejects *max)
{
	char *stop;

	max->percent = strtod(value, &stop);
	return stop == end && max->percent >= 0 && max->percent <= 100 ? 0 : -1;
}

/* "20" or "0.5%"; strtoull alone would take " 1" and "-1". */
static int
parse_max_rejects(const char *value, void *field)
{
	struct max_rejects *max = field;
	size_t n = strspn(value, "0123456789."), digits;
	char *stop;

	*max = (struct max_rejects){0};
	if (n > 0 && strcmp(value + n, "%") == 0)
		return parse_percent(value, value + n, max);
	digits = strspn(value, "0123456789");
	if (digits == 0 || value[digits] != '\0')
		return -1;
	errno = 0;
	max->n = strtoull(value, &stop, 10);
	return errno == 0 ? 0 : -1;
}

/* "3/16"; whether there is a third of sixteen is the library's to say. */
static int
parse_shard(const char *value, void *field)
{
	struct ofuku_input *input = field;
	size_t i = strspn(value, "0123456789"), n;
	const char *slash = value + i;

	if (i == 0 || i > 18 || *slash != '/')
		return -1;
	n = strspn(slash + 1, "0123456789");
	if (n == 0 || n > 18 || slash[1 + n] != '\0')
		return -1;
	input->shard = strtoull(value, NULL, 10);
	input->shards = strtoull(slash + 1, NULL, 10);
	return input->shards > 0 ? 0 : -1;
}

int
check_workbook(const char *who, const char *output, const char *format)
{
	size_t n = output == NULL ? 0 : strlen(output);

	if (n < 5 || strcasecmp(output + n - 5, ".xlsx") != 0 ||
	    (format != NULL && strcmp(format, "xlsx") == 0))
		return 0;
	return usage_error(who,
	    "-o %s: Excel would not open it as %s: a workbook wants "
	    "--output-format=xlsx",
	    output, format == NULL ? "csv" : format);
}

/* "512M": K, M and G are powers of 1024. */
int
parse_size(const char *value, void *field)
{
	static const char units[] = "KMG";
	size_t *size = field, digits = strspn(value, "0123456789"), k = 0;
	const char *unit = value + digits, *at = units;
	unsigned long long n;

	if (*unit != '\0') {
		at = strchr(units, toupper((unsigned char)*unit));
		if (at == NULL || unit[1] != '\0')
			return -1;
		k = 10 * (size_t)(at - units + 1);
	}
	errno = 0;
	n = strtoull(value, NULL, 10);
	if (digits == 0 || n == 0 || errno != 0 || n > (SIZE_MAX >> 1 >> k))
		return -1;
	*size = (size_t)n << k;
	return 0;
}

/* From 1 to 4294967295. */
int
parse_nonzero(const char *value, void *field)
{
	uint32_t *n = field;
	size_t digits = strspn(value, "0123456789");
	unsigned long long all;

	if (digits == 0 || digits > 10 || value[digits] != '\0')
		return -1;
	all = strtoull(value, NULL, 10);
	if (all == 0 || all > UINT32_MAX)
		return -1;
	*n = (uint32_t)all;
	return 0;
}

#define INPUT(field) offsetof(struct shared, input.field)
#define SHARED(field) offsetof(struct shared, field)

#define NO_SANDBOX_ROW \
	{ \
		.name = "no-sandbox", .kind = OPTION_FLAG, \
		.offset = SHARED(no_sandbox), \
		.help = "do without the sandbox that keeps what is read " \
			"from opening other files, sockets or programs" \
	}

static const struct option input_rows[] = {
    {.name = "format",
	.arg = "NAME",
	.kind = OPTION_NAME,
	.offset = INPUT(format),
	.names = ofuku_format_name,
	.help = "read every input as this format (default: detect each)"},
    {.name = "encoding",
	.arg = "NAME",
	.kind = OPTION_TEXT,
	.offset = INPUT(encoding),
	.help = "read every input in this encoding, such as CP932 "
		"(default: auto)"},
    {.name = "delimiter",
	.arg = "CHAR",
	.kind = OPTION_PARSE,
	.offset = INPUT(delimiter),
	.parse = parse_delimiter,
	.help = "what separates cells: a character, comma, tab or "
		"semicolon"},
    {.name = "no-header",
	.kind = OPTION_FLAG,
	.offset = INPUT(no_header),
	.help = "the first row of a table is data; --map says by number "
		"what is where"},
    {.name = "map",
	.arg = "FIELD=COLUMN",
	.kind = OPTION_LIST,
	.offset = SHARED(maps),
	.help = "which column or key is conversation, speaker, role, "
		"text, start, end, at or until; several, by commas"},
    {.name = "exclude",
	.arg = "GLOB",
	.kind = OPTION_LIST,
	.offset = SHARED(exclude),
	.help = "leave out files and folders whose name or path matches"},
    {.name = "ids",
	.arg = "SCOPE",
	.kind = OPTION_CHOICE,
	.offset = SHARED(ids),
	.names = ids_name,
	.help = "file: an id counts in its file only; content (default): "
		"it is one conversation over all inputs"},
    {.name = "max-record",
	.arg = "SIZE",
	.kind = OPTION_PARSE,
	.offset = INPUT(max_record),
	.parse = parse_size,
	.help = "how long a line, row or message may be: bytes, or K, M, "
		"G (default: 64M)"},
    {.name = "max-document",
	.arg = "SIZE",
	.kind = OPTION_PARSE,
	.offset = INPUT(max_document),
	.parse = parse_size,
	.help = "how long a JSON document may be that is read whole, up "
		"to 4G (default: 512M)"},
    {.name = "max-nesting",
	.arg = "N",
	.kind = OPTION_PARSE,
	.offset = INPUT(max_nesting),
	.parse = parse_nonzero,
	.takes = "from 1 to 1000000",
	.help = "how deep arrays and objects of JSON may nest, up to 1000000 "
		"(default: 1024)"},
    {.name = "max-ratio",
	.arg = "N",
	.kind = OPTION_PARSE,
	.offset = INPUT(max_ratio),
	.parse = parse_nonzero,
	.takes = "from 1 to 4294967295",
	.help = "how many times its size a packed file may unpack to, beyond "
		"64 MiB (default: 1000)"},
    {.name = "max-unpacked",
	.arg = "SIZE",
	.kind = OPTION_PARSE,
	.offset = INPUT(max_unpacked),
	.parse = parse_size,
	.help = "how many bytes a packed input may unpack to (default: 64G)"},
    {.name = "agent",
	.arg = "PATTERN",
	.kind = OPTION_TEXT,
	.offset = INPUT(agent),
	.help = "speakers whose name matches are agents (PCRE2)"},
    {.name = "customer",
	.arg = "PATTERN",
	.kind = OPTION_TEXT,
	.offset = INPUT(customer),
	.help = "speakers whose name matches are customers"},
    {.name = "other",
	.arg = "PATTERN",
	.kind = OPTION_TEXT,
	.offset = INPUT(other),
	.help = "speakers whose name matches are neither (bots, IVR)"},
    {.name = "since",
	.arg = "TIME",
	.kind = OPTION_TEXT,
	.offset = INPUT(since),
	.help = "only conversations that begin at or after this time"},
    {.name = "until",
	.arg = "TIME",
	.kind = OPTION_TEXT,
	.offset = INPUT(until),
	.help = "only conversations that begin before this time, or on "
		"this day"},
    {.name = "shard",
	.arg = "I/N",
	.kind = OPTION_PARSE,
	.offset = offsetof(struct shared, input),
	.parse = parse_shard,
	.help = "only the conversations of shard I, from 1 to N, of N: "
		"each belongs to one, by its id"},
    NO_SANDBOX_ROW,
    {.name = "tz",
	.arg = "ZONE",
	.kind = OPTION_TEXT,
	.offset = INPUT(tz),
	.help = "where clocks without an offset are, in a conversation "
		"that has others too: +09:00 (default) or a name such "
		"as Asia/Tokyo"},
    {0},
};

static const struct option rejects_rows[] = {
    {.name = "rejects",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = SHARED(rejects),
	.help = "write every rejected record here, as CSV"},
    {.name = "max-rejects",
	.arg = "N|N%",
	.kind = OPTION_PARSE,
	.offset = SHARED(max_rejects),
	.parse = parse_max_rejects,
	.help = "exit with status 2 only if more records than this are "
		"rejected (default: 0)"},
    {.name = "stats",
	.kind = OPTION_FLAG,
	.offset = SHARED(stats),
	.help = "say what became of the records read"},
    {0},
};

static const struct option privacy_rows[] = {
    {.name = "redact",
	.kind = OPTION_FLAG,
	.offset = INPUT(redact),
	.help = "print [電話番号], [氏名] and the like in place of telephone, "
		"card, account and postal numbers, My Numbers, addresses of "
		"mail and names in what was said"},
    {.name = "pseudonymize",
	.arg = "KEYFILE",
	.kind = OPTION_TEXT,
	.offset = INPUT(pseudonymize),
	.help = "print keyed hashes in place of speakers and conversation "
		"ids: the same ones for the same key"},
    {0},
};

static const struct option limits_rows[] = {
    {.name = "match-limit",
	.arg = "N",
	.kind = OPTION_PARSE,
	.offset = SHARED(match_limit),
	.parse = parse_nonzero,
	.takes = "from 1 to 4294967295",
	.help = "steps after which the match of a pattern is given up "
		"(default: 5000000)"},
    {.name = "match-heap",
	.arg = "SIZE",
	.kind = OPTION_PARSE,
	.offset = SHARED(match_heap),
	.parse = parse_size,
	.help = "memory that the match of a pattern may take (default: 64M)"},
    {0},
};

static const struct option rules_rows[] = {
    {.name = "rules",
	.arg = "FILE",
	.kind = OPTION_LIST,
	.offset = SHARED(rules),
	.help = "rule file, several allowed (default: $OFUKU_RULES, paths "
		"separated by colons, else the policy in the program)"},
    {0},
};

static const struct option progress_rows[] = {
    {.name = "progress",
	.arg = "WHEN",
	.kind = OPTION_CHOICE,
	.offset = SHARED(progress),
	.names = when_name,
	.help = "show how far it is on standard error: auto (default: on "
		"a terminal, after a second), always or never"},
    {.name = "no-color",
	.kind = OPTION_FLAG,
	.offset = SHARED(no_color),
	.help = "print no colours, as with NO_COLOR in the environment"},
    {0},
};

static const struct option common_rows[] = {
    {.letter = 'q',
	.name = "quiet",
	.kind = OPTION_FLAG,
	.offset = SHARED(quiet),
	.help = "no notes and no counts on standard error"},
    {.letter = 'v',
	.name = "verbose",
	.kind = OPTION_FLAG,
	.offset = SHARED(verbose),
	.help = "every message, and what is done with each input"},
    {.name = "log-format",
	.arg = "FORMAT",
	.kind = OPTION_CHOICE,
	.offset = SHARED(log_format),
	.names = log_format_name,
	.help = "standard error as text (default) or json, an object a line"},
    {.letter = 'h',
	.name = "help",
	.kind = OPTION_FLAG,
	.offset = SHARED(help),
	.help = "print this help"},
    {0},
};

static const struct option sandbox_rows[] = {NO_SANDBOX_ROW, {0}};

const struct option_group group_sandbox = {"Sandbox", sandbox_rows};
const struct option_group group_input = {"Input", input_rows};
const struct option_group group_rejects = {"Rejected records", rejects_rows};
const struct option_group group_privacy = {"Privacy", privacy_rows};
const struct option_group group_limits = {"Limits of a match", limits_rows};
const struct option_group group_rules = {"Rules", rules_rows};
const struct option_group group_progress = {"Terminal", progress_rows};
const struct option_group group_common = {"Messages", common_rows};

void
shared_operands(struct shared *s)
{
	s->input.paths = s->operands.at;
	s->input.npaths = s->operands.n;
	s->input.maps = s->maps.at;
	s->input.nmaps = s->maps.n;
	s->input.exclude = s->exclude.at;
	s->input.nexclude = s->exclude.n;
	s->input.ids_file = s->ids == 1;
	s->input.no_details = !s->verbose;
	s->input.settings = s->config;
	s->input.stop = interrupt_catch();
	if (s->input.encoding != NULL && strcmp(s->input.encoding, "auto") == 0)
		s->input.encoding = NULL;
}

int
shared_input(struct shared *s)
{
	if (s->operands.n == 0) {
		if (isatty(STDIN_FILENO))
			return usage_error(s->who,
			    "no file given, and "
			    "standard input is a terminal: name a file or "
			    "a folder, or pipe a transcript in");
		list_add(&s->operands, "-");
	}
	shared_operands(s);
	return 0;
}

void
shared_rule_paths(struct shared *s)
{
	const char *path = s->repeats ? NULL : getenv("OFUKU_RULES");
	char *rest, *one;

	if (s->rules.n > 0 || s->rules_path != NULL || path == NULL)
		return;
	s->rules_path = strdup(path);
	if (s->rules_path == NULL)
		out_of_memory(strlen(path));
	rest = s->rules_path;
	while ((one = strsep(&rest, ":")) != NULL)
		if (*one != '\0')
			list_add(&s->rules, one);
}

void
shared_arguments(struct shared *s)
{
	bool given = shared_given(s, "rules");
	char *one;

	shared_rule_paths(s);
	s->rule_arguments = calloc(s->rules.n + 1, sizeof(char *));
	if (s->rule_arguments == NULL)
		out_of_memory(s->rules.n);
	for (size_t i = 0; i < s->rules.n && !given; i++) {
		if (asprintf(&one, "--rules=%s", s->rules.at[i]) == -1)
			out_of_memory(strlen(s->rules.at[i]));
		s->rule_arguments[i] = one;
		list_add(&s->arguments, one);
	}
	for (int i = 0; i < s->argc; i++)
		list_add(&s->arguments, s->argv[i]);
}

struct ofuku_rules *
shared_rules(struct shared *s, int *status)
{
	struct ofuku_error err = {.status = OFUKU_BAD_RULES};
	struct ofuku_rules *rules;

	shared_rule_paths(s);
	rules = ofuku_rules_load(
	    s->rules.at, s->rules.n, mistake_say, NULL, &err);
	if (rules == NULL) {
		complain(s->who, "%s", err.text);
		*status = (int)err.status;
	} else if (s->settings != NULL) {
		ofuku_rules_count_settings(
		    rules, s->settings, s->given.at, s->given.n);
	}
	return rules;
}

void
shared_free(struct shared *s)
{
	list_free(&s->operands);
	list_free(&s->rules);
	list_free(&s->maps);
	list_free(&s->exclude);
	list_free(&s->given);
	list_free(&s->arguments);
	ofuku_settings_free(s->settings);
	free(s->config_path);
	for (char **one = s->rule_arguments; one != NULL && *one != NULL; one++)
		free(*one);
	free(s->rule_arguments);
	free(s->rules_path);
	free(s);
}

int
print_names(const char *(*names)(size_t, const char **))
{
	const char *name, *help;

	for (size_t i = 0; (name = names(i, &help)) != NULL; i++)
		printf("%-16s%s\n", name, help);
	return OFUKU_PASS;
}
