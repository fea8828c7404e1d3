/* ofuku grep: the archive is asked a question. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "message.h"
#include "sandbox.h"

struct number {
	bool set;
	size_t n;
};

struct grep {
	struct shared shared;
	struct list patterns, files, near;
	struct list lines; /* of files and --near: ours to free */
	struct tolerance {
		bool set;
		double percent;
	} fuzzy;
	const char *speaker, *said_before, *said_after;
	unsigned role, color;
	struct number max, before, after, context, kwic;
	bool fixed, words, whole, invert, ignore_case, near_misses;
	bool count, with, without, only, json, drift;
	bool line, no_line, source, no_source, bare;
	bool silent, stats, no_jit, line_buffered;
	bool habit; /* of nobody's interest */
};

enum { KWIC_COLUMNS = 24, TOLERANCE_PERCENT = 20, TOLERANCE_MAX = 50 };

/* In the order of enum ofuku_role. */
static const char *
role_name(size_t i, const char **help)
{
	static const char *const names[] = {
	    [OFUKU_ROLE_ANY] = "any",
	    [OFUKU_ROLE_AGENT] = "agent",
	    [OFUKU_ROLE_CUSTOMER] = "customer",
	    [OFUKU_ROLE_OTHER] = "other",
	    [OFUKU_ROLE_UNKNOWN] = "unknown",
	    [OFUKU_ROLE_UNKNOWN + 1] = NULL,
	};

	(void)help;
	return names[i];
}

enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

static const char *
color_name(size_t i, const char **help)
{
	static const char *const names[] = {
	    [COLOR_AUTO] = "auto",
	    [COLOR_ALWAYS] = "always",
	    [COLOR_NEVER] = "never",
	    [COLOR_NEVER + 1] = NULL,
	};

	(void)help;
	return names[i];
}

/* strtoull alone would take " 1" and "-1". */
static int
parse_number(const char *value, void *field)
{
	struct number *out = field;
	size_t digits = strspn(value, "0123456789");

	errno = 0;
	if (digits == 0 || value[digits] != '\0')
		return -1;
	out->set = true;
	out->n = strtoull(value, NULL, 10);
	return errno == 0 ? 0 : -1;
}

static bool
is_number(const char *value)
{
	return *value != '\0' && value[strspn(value, "0123456789")] == '\0';
}

static int
parse_kwic(const char *value, void *field)
{
	struct number *out = field;

	*out = (struct number){true, KWIC_COLUMNS};
	if (value != NULL && parse_number(value, field) == -1)
		return -1;
	return out->n <= 10000 ? 0 : -1;
}

static int
parse_tolerance(const char *value, void *field)
{
	struct tolerance *out = field;
	char *end;

	*out = (struct tolerance){true, TOLERANCE_PERCENT};
	if (value == NULL)
		return 0;
	if (strspn(value, "0123456789.") == 0)
		return -1;
	out->percent = strtod(value, &end);
	return strcmp(end, "%") == 0 && out->percent <= TOLERANCE_MAX ? 0 : -1;
}

#define AT(field) offsetof(struct grep, field)

static const struct option pattern_rows[] = {
    {.letter = 'e',
	.name = "regexp",
	.arg = "PATTERN",
	.kind = OPTION_LIST,
	.offset = AT(patterns),
	.help = "look for this, too; then no operand is a pattern"},
    {.letter = 'f',
	.name = "file",
	.arg = "FILE",
	.kind = OPTION_LIST,
	.offset = AT(files),
	.help = "look for the patterns in this file, one a line"},
    {.letter = 'F',
	.name = "fixed-strings",
	.kind = OPTION_FLAG,
	.offset = AT(fixed),
	.help = "patterns are texts: no character has a meaning"},
    {.name = "fuzzy",
	.arg = "N%",
	.kind = OPTION_PARSE,
	.offset = AT(fuzzy),
	.parse = parse_tolerance,
	.takes = "from 0% to 50%",
	.optional = true,
	.help = "patterns are texts, matched approximately: up to this "
		"part of their length may differ (default: 20%, at "
		"most 50%)"},
    {.letter = 'w',
	.name = "word-regexp",
	.kind = OPTION_FLAG,
	.offset = AT(words),
	.help = "a match begins and ends where words do"},
    {.letter = 'x',
	.name = "line-regexp",
	.kind = OPTION_FLAG,
	.offset = AT(whole),
	.help = "a match is the whole utterance"},
    {.name = "near",
	.arg = "N PATTERN",
	.kind = OPTION_LIST,
	.offset = AT(near),
	.goes_on = is_number,
	.help = "this pattern, or @ID of a pattern, has to match, too, at "
		"most N words away in the same sentence; also "
		"--near=N:PATTERN"},
    {.name = "near-misses",
	.kind = OPTION_FLAG,
	.offset = AT(near_misses),
	.help = "of phrases: only what comes near without counting "
		"(similarity 0.600 or more)"},
    {.letter = 'i',
	.name = "ignore-case",
	.kind = OPTION_FLAG,
	.offset = AT(ignore_case),
	.help = "case never counts; for those who are used to -i"},
    {.letter = 'v',
	.name = "invert-match",
	.kind = OPTION_FLAG,
	.offset = AT(invert),
	.help = "print the utterances that do not match"},
    {0},
};

static const struct option whose_rows[] = {
    {.name = "role",
	.arg = "ROLE",
	.kind = OPTION_CHOICE,
	.offset = AT(role),
	.names = role_name,
	.help = "only what agent, customer, other or unknown says"},
    {.name = "speaker",
	.arg = "PATTERN",
	.kind = OPTION_TEXT,
	.offset = AT(speaker),
	.help = "only speakers whose name matches (PCRE2)"},
    {.name = "before",
	.arg = "PATTERN",
	.kind = OPTION_TEXT,
	.offset = AT(said_before),
	.help = "only what is said before the first utterance of its "
		"conversation that matches this, or this @ID"},
    {.name = "after",
	.arg = "PATTERN",
	.kind = OPTION_TEXT,
	.offset = AT(said_after),
	.help = "only what is said after the first that matches this"},
    {.letter = 'm',
	.name = "max-count",
	.arg = "NUM",
	.kind = OPTION_PARSE,
	.offset = AT(max),
	.parse = parse_number,
	.takes = "from 0 to 18446744073709551615",
	.help = "stop after this many utterances of an input"},
    {0},
};

static const struct option output_rows[] = {
    {.letter = 'c',
	.name = "count",
	.kind = OPTION_FLAG,
	.offset = AT(count),
	.help = "print how many utterances match, for each input"},
    {.letter = 'l',
	.name = "files-with-matches",
	.kind = OPTION_FLAG,
	.offset = AT(with),
	.help = "print the inputs that match"},
    {.letter = 'L',
	.name = "files-without-match",
	.kind = OPTION_FLAG,
	.offset = AT(without),
	.help = "print the inputs that do not match"},
    {.letter = 'q',
	.name = "quiet",
	.kind = OPTION_FLAG,
	.offset = offsetof(struct shared, quiet),
	.help = "print nothing; stop at the first match, with status 0"},
    {.letter = 'o',
	.name = "only-matching",
	.kind = OPTION_FLAG,
	.offset = AT(only),
	.help = "print only what matched"},
    {.name = "kwic",
	.arg = "N",
	.kind = OPTION_PARSE,
	.offset = AT(kwic),
	.parse = parse_kwic,
	.takes = "from 0 to 10000",
	.optional = true,
	.help = "print a concordance: each match below the other, with N "
		"columns (default: 24) of its text on either side"},
    {.name = "drift",
	.kind = OPTION_FLAG,
	.offset = AT(drift),
	.help = "of phrases: print how near each saying comes, and what "
		"differs, near misses too"},
    {.name = "json",
	.kind = OPTION_FLAG,
	.offset = AT(json),
	.help = "print an object for each match, with the bytes of the "
		"text that matched"},
    {.letter = 'n',
	.name = "line-number",
	.kind = OPTION_FLAG,
	.offset = AT(line),
	.help = "print the line (default)"},
    {.letter = 'N',
	.name = "no-line-number",
	.kind = OPTION_FLAG,
	.offset = AT(no_line),
	.help = "do not print the line"},
    {.letter = 'H',
	.name = "with-filename",
	.kind = OPTION_FLAG,
	.offset = AT(source),
	.help = "print the input (default; with -c, for several inputs)"},
    {.letter = 'h',
	.name = "no-filename",
	.kind = OPTION_FLAG,
	.offset = AT(no_source),
	.help = "do not print the input"},
    {.name = "bare",
	.kind = OPTION_FLAG,
	.offset = AT(bare),
	.help = "print the text alone, without where, when and who"},
    {.letter = 'A',
	.name = "after-context",
	.arg = "NUM",
	.kind = OPTION_PARSE,
	.offset = AT(after),
	.parse = parse_number,
	.takes = "from 0 to 18446744073709551615",
	.help = "print what is said next, too: NUM utterances"},
    {.letter = 'B',
	.name = "before-context",
	.arg = "NUM",
	.kind = OPTION_PARSE,
	.offset = AT(before),
	.parse = parse_number,
	.takes = "from 0 to 18446744073709551615",
	.help = "print what was said before"},
    {.letter = 'C',
	.name = "context",
	.arg = "NUM",
	.kind = OPTION_PARSE,
	.offset = AT(context),
	.digits = true,
	.parse = parse_number,
	.takes = "from 0 to 18446744073709551615",
	.help = "print both; -NUM is the same"},
    {.name = "color",
	.arg = "WHEN",
	.kind = OPTION_CHOICE,
	.offset = AT(color),
	.names = color_name,
	.optional = true,
	.help = "mark what matched: always, never, or auto (default): "
		"on a terminal, without NO_COLOR"},
    {.name = "colour",
	.arg = "WHEN",
	.kind = OPTION_CHOICE,
	.offset = AT(color),
	.names = color_name,
	.optional = true,
	.help = "the same"},
    {.name = "stats",
	.kind = OPTION_FLAG,
	.offset = AT(stats),
	.help = "say how much was found, and what became of the records "
		"read"},
    {.name = "no-jit",
	.kind = OPTION_FLAG,
	.offset = AT(no_jit),
	.help = "match patterns without compiling them to machine code"},
    {0},
};

/* As audit has them, but their letters mean to grep what they always did. */
static const struct option message_rows[] = {
    {.letter = 's',
	.name = "no-messages",
	.kind = OPTION_FLAG,
	.offset = AT(silent),
	.help = "say nothing of inputs and records that cannot be read"},
    {.name = "verbose",
	.kind = OPTION_FLAG,
	.offset = offsetof(struct shared, verbose),
	.help = "every message, and what is done with each input"},
    {.name = "help",
	.kind = OPTION_FLAG,
	.offset = offsetof(struct shared, help),
	.help = "print this help"},
    {0},
};

/* What the hands of who greps add, and what is so here anyway. */
static const struct option habit_rows[] = {
    {.letter = 'r',
	.name = "recursive",
	.kind = OPTION_FLAG,
	.offset = AT(habit),
	.help = "folders are read with all below them"},
    {.letter = 'R',
	.name = "dereference-recursive",
	.kind = OPTION_FLAG,
	.offset = AT(habit),
	.help = "the same"},
    {.letter = 'E',
	.name = "extended-regexp",
	.kind = OPTION_FLAG,
	.offset = AT(habit),
	.help = "patterns are PCRE2, which has all of it"},
    {.letter = 'P',
	.name = "perl-regexp",
	.kind = OPTION_FLAG,
	.offset = AT(habit),
	.help = "patterns are PCRE2"},
    {.name = "line-buffered",
	.kind = OPTION_FLAG,
	.offset = AT(line_buffered),
	.help = "print each line at once"},
    {0},
};

static const struct option_group patterns = {"Patterns", pattern_rows};
static const struct option_group whose = {"Whose", whose_rows};
static const struct option_group output = {"Output", output_rows};
static const struct option_group habits = {"Habits of grep", habit_rows};
static const struct option_group messages_group = {"Messages", message_rows};
static const struct option_group *const groups[] = {&patterns, &whose, &output,
    &habits, &group_input, &group_privacy, &group_limits, &group_rules,
    &group_settings, &group_progress, &messages_group, NULL};

/* A line without its end; a byte order mark may stand before the first. */
static char *
trim_line(char *line, size_t len, bool first)
{
	if (len > 0 && line[len - 1] == '\n')
		line[--len] = '\0';
	if (len > 0 && line[len - 1] == '\r')
		line[--len] = '\0';
	if (first && strncmp(line, "\xef\xbb\xbf", 3) == 0)
		memmove(line, line + 3, len - 2);
	return line;
}

static int
read_lines(struct grep *g, const char *path, FILE *in)
{
	char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	for (bool first = true; (n = getline(&line, &cap, in)) != -1;
	     first = false) {
		if (strlen(line) != (size_t)n) {
			free(line);
			return usage_error(g->shared.who,
			    "%s: a NUL in a "
			    "pattern: is it a text file?",
			    path);
		}
		trim_line(line, (size_t)n, first);
		list_add(&g->lines, line);
		list_add(&g->patterns, line);
		line = NULL;
		cap = 0;
	}
	free(line);
	return 0;
}

static int
read_file(struct grep *g, const char *path)
{
	bool standard = strcmp(path, "-") == 0;
	FILE *in = standard ? stdin : fopen(path, "re");
	int r;

	if (in == NULL) {
		complain(g->shared.who, "%s: %s", path, strerror(errno));
		return -1;
	}
	r = read_lines(g, path, in);
	if (r == 0 && ferror(in)) {
		complain(g->shared.who, "%s: %s", path, strerror(errno));
		r = -1;
	}
	if (!standard)
		fclose(in);
	return r;
}

/* The first operand is the pattern where no option gave one. */
static int
gather_patterns(struct grep *g)
{
	struct list *operands = &g->shared.operands;

	for (size_t i = 0; i < g->files.n; i++)
		if (read_file(g, g->files.at[i]) == -1)
			return -1;
	if (g->patterns.n > 0 || g->files.n > 0)
		return 0;
	if (operands->n == 0)
		return usage_error(g->shared.who, "what to look for?");
	list_add(&g->patterns, operands->at[0]);
	memmove(operands->at, operands->at + 1,
	    --operands->n * sizeof(*operands->at));
	return 0;
}

/* "N" and "PATTERN" are one item of the library's list: "N:PATTERN". */
static void
join_near(struct grep *g)
{
	size_t n = 0;
	char *both;

	for (size_t i = 0; i < g->near.n; i++) {
		const char *item = g->near.at[i];

		if (is_number(item)) {
			if (asprintf(&both, "%s:%s", item, g->near.at[++i]) ==
			    -1)
				abort();
			list_add(&g->lines, both);
			item = both;
		}
		g->near.at[n++] = item;
	}
	g->near.n = n;
}

/* What is printed of a match, or instead of it. */
static int
check_shows(const struct grep *g, int shows)
{
	const char *who = g->shared.who;
	bool lists = g->count || g->with || g->without;

	if (shows > 1)
		return usage_error(who,
		    "--only-matching, --kwic, --drift and --json "
		    "exclude one another");
	if (shows > g->only && lists)
		return usage_error(who,
		    "--count and the lists of files "
		    "print no matches");
	if (g->invert && (g->kwic.set || g->drift))
		return usage_error(who,
		    "--invert-match has no match to "
		    "print");
	if (shows > 0 && (g->before.n | g->after.n | g->context.n) > 0)
		return usage_error(who,
		    "context is for whole utterances: "
		    "not with --only-matching, --kwic, --drift or --json");
	return 0;
}

/* Options that contradict one another. */
static int
check(const struct grep *g)
{
	const char *who = g->shared.who;

	if (g->fixed && g->fuzzy.set)
		return usage_error(who,
		    "--fixed-strings and --fuzzy exclude "
		    "each other");
	if (g->with && g->without)
		return usage_error(who,
		    "--files-with-matches and "
		    "--files-without-match exclude each other");
	if (g->bare && (g->source || g->line))
		return usage_error(who,
		    "--bare prints no place: not with --with-filename or "
		    "--line-number");
	return check_shows(g, g->only + g->json + g->kwic.set + g->drift);
}

static enum ofuku_grep_show
show_of(const struct grep *g)
{
	const struct {
		bool asked;
		enum ofuku_grep_show show;
	} shows[] = {
	    {g->shared.quiet, OFUKU_GREP_NOTHING},
	    {g->with, OFUKU_GREP_INPUTS},
	    {g->without, OFUKU_GREP_INPUTS_WITHOUT},
	    {g->count, OFUKU_GREP_COUNTS},
	    {g->only && g->invert, OFUKU_GREP_NOTHING},
	    {g->only, OFUKU_GREP_MATCHES},
	    {g->kwic.set, OFUKU_GREP_KWIC},
	    {g->drift, OFUKU_GREP_DRIFT},
	    {g->json, OFUKU_GREP_JSON},
	};

	for (size_t i = 0; i < sizeof(shows) / sizeof(*shows); i++)
		if (shows[i].asked)
			return shows[i].show;
	return OFUKU_GREP_UTTERANCES;
}

/* https://no-color.org: set and not empty. */
static bool
wants_color(const struct grep *g)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (g->shared.no_color || g->color != COLOR_AUTO)
		return !g->shared.no_color && g->color == COLOR_ALWAYS;
	return (no == NULL || *no == '\0') && isatty(STDOUT_FILENO) &&
	    (term == NULL || strcmp(term, "dumb") != 0);
}

/* More than one input, or a folder, which may hold more. */
static bool
names_several(const struct list *operands)
{
	struct stat st;

	return operands->n > 1 ||
	    (stat(operands->at[0], &st) == 0 && S_ISDIR(st.st_mode));
}

/* A line says where it stands; a count alone is a number to reckon with. */
static bool
names_source(const struct grep *g)
{
	return !g->no_source &&
	    (g->source || !g->count || names_several(&g->shared.operands));
}

static struct ofuku_grep_options
options_of(const struct grep *g)
{
	return (struct ofuku_grep_options){
	    .input = g->shared.input,
	    .patterns = g->patterns.at,
	    .npatterns = g->patterns.n,
	    .literal = g->fixed,
	    .fuzzy = g->fuzzy.set,
	    .tolerance = g->fuzzy.percent,
	    .words = g->words,
	    .whole = g->whole,
	    .near = g->near.at,
	    .nnear = g->near.n,
	    .near_misses = g->near_misses,
	    .invert = g->invert,
	    .speaker = g->speaker,
	    .said_before = g->said_before,
	    .said_after = g->said_after,
	    .role = (enum ofuku_role)g->role,
	    .max = g->max.n,
	    .show = show_of(g),
	    .matches = g->stats,
	    .source = names_source(g),
	    .line = g->line || !g->no_line,
	    .bare = g->bare,
	    .color = wants_color(g),
	    .before = g->before.set ? g->before.n : g->context.n,
	    .after = g->after.set ? g->after.n : g->context.n,
	    .kwic = g->kwic.n,
	    .no_jit = g->no_jit,
	    .match_limit = g->shared.match_limit,
	    .match_heap = g->shared.match_heap,
	    .out = stdout,
	};
}

static void
print_stats(const struct ofuku_grep_counts *c)
{
	const struct ofuku_counts *n = &c->records;

	sum_up(NULL,
	    "utterances that match %" PRIu64 ", matches %" PRIu64
	    ", inputs %" PRIu64,
	    c->utterances, c->matches, n->inputs);
	print_record_stats(n, "searched");
}

static int
grep(const struct grep *g, const struct ofuku_rules *rules)
{
	struct messages messages = {.who = g->shared.who,
	    .quiet = g->shared.quiet,
	    .verbose = g->shared.verbose};
	struct ofuku_grep_options options = options_of(g);
	struct ofuku_grep_counts counts = {0};
	struct ofuku_error err = {0};
	int r;

	options.input.watch = progress_show;
	options.input.watch_ctx = &messages.progress;
	progress_begin(&messages.progress, g->shared.who, "found",
	    (enum when)g->shared.progress, g->shared.no_color, true);
	if (!g->silent) {
		options.say = messages_say;
		options.ctx = &messages;
	}
	r = (int)ofuku_grep(rules, &options, &counts, &err);
	messages_end(&messages);
	if (err.text[0] != '\0')
		report_error(g->shared.who, &err);
	else if (g->stats)
		print_stats(&counts);
	return r;
}

static int
search(struct grep *g)
{
	struct sandbox box = {0};
	struct ofuku_rules *rules;
	int r;

	if (check(g) == -1 || gather_patterns(g) == -1 ||
	    shared_input(&g->shared) == -1)
		return OFUKU_TROUBLE;
	join_near(g);
	if (g->line_buffered)
		setvbuf(stdout, NULL, _IOLBF, 0);
	if (g->max.set && g->max.n == 0)
		return OFUKU_FINDINGS;
	rules = shared_rules(&g->shared, &r);
	if (rules == NULL)
		return OFUKU_TROUBLE;
	sandbox_reads(&box, g->shared.input.pseudonymize);
	sandbox_enter(&g->shared, &box);
	r = grep(g, rules);
	ofuku_rules_free(rules);
	return r;
}

static int
run(void *settings)
{
	struct grep *g = settings;
	int r = search(g);

	for (size_t i = 0; i < g->lines.n; i++)
		free((char *)g->lines.at[i]);
	list_free(&g->lines);
	list_free(&g->patterns);
	list_free(&g->files);
	list_free(&g->near);
	return r;
}

const struct command command_grep = {
    .name = "grep",
    .operands = "PATTERN [FILE|DIR|-]...",
    .help = "print the utterances that match a pattern",
    .more = "PATTERN is PCRE2, or @ID for a pattern or phrase of the "
	    "rule set. It sees every spelling as one: half and full "
	    "width, composed and decomposed, upper and lower case. "
	    "Exits with 0 if something matches, 1 if nothing does, 2 "
	    "in trouble.",
    .groups = groups,
    .size = sizeof(struct grep),
    .run = run,
};
