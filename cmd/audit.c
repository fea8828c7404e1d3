/* ofuku audit: the main job. */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "command.h"
#include "dated.h"
#include "interrupt.h"
#include "log.h"
#include "message.h"
#include "sandbox.h"
#include "terminal.h"

struct audit {
	struct shared shared;
	const char *report, *output, *output_dir, *output_format;
	const char *output_encoding, *html, *lang, *manifest;
	unsigned fail_on;
	bool excel, raw, dated, no_jit, no_prefilter;
	unsigned order, threads;
	size_t memory;
	uint64_t expect, fresh;
	const char *now; /* for fresh; NULL: the clock says it */
	bool list_formats, list_reports;
	const char *state;
	unsigned wait;
	bool flush;
	uint64_t max_conversations, max_findings;
};

static const char *
shape_name(size_t i, const char **help)
{
	static const char *const names[] = {
	    "csv", "tsv", "jsonl", "xlsx", NULL};

	(void)help;
	return names[i];
}

/* In the order of enum ofuku_fail_on. */
static const char *
fail_on_name(size_t i, const char **help)
{
	static const char *const names[] = {
	    [OFUKU_FAIL_UNKNOWN] = "unknown",
	    [OFUKU_FAIL_WARNING] = "warning",
	    [OFUKU_FAIL_ERROR] = "error",
	    [OFUKU_FAIL_NEVER] = "never",
	    [OFUKU_FAIL_NEVER + 1] = NULL,
	};

	(void)help;
	return names[i];
}

enum { ORDER_ANY, ORDER_GROUPED };

static const char *
order_name(size_t i, const char **help)
{
	static const char *const names[] = {
	    [ORDER_ANY] = "any",
	    [ORDER_GROUPED] = "grouped",
	    NULL,
	};

	(void)help;
	return names[i];
}

/* 1 to 256. */
static int
parse_threads(const char *value, void *field)
{
	unsigned *threads = field;
	size_t digits = strspn(value, "0123456789");

	if (digits == 0 || digits > 3 || value[digits] != '\0')
		return -1;
	*threads = (unsigned)strtoul(value, NULL, 10);
	return *threads >= 1 && *threads <= 256 ? 0 : -1;
}

static int
parse_expect(const char *value, void *field)
{
	uint64_t *n = field;
	size_t digits = strspn(value, "0123456789");

	if (digits == 0 || digits > 18 || value[digits] != '\0')
		return -1;
	*n = strtoull(value, NULL, 10);
	return 0;
}

/* "36h": seconds, minutes, hours or days. */
static int
parse_fresh(const char *value, void *field)
{
	static const struct {
		char unit;
		uint64_t seconds;
	} units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
	size_t digits = strspn(value, "0123456789");
	uint64_t *seconds = field;

	if (digits == 0 || digits > 9 || value[digits] == '\0' ||
	    value[digits + 1] != '\0')
		return -1;
	*seconds = 0;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (units[i].unit == value[digits])
			*seconds = strtoull(value, NULL, 10) * units[i].seconds;
	return *seconds > 0 ? 0 : -1;
}

#define AT(field) offsetof(struct audit, field)

static const struct option report_rows[] = {
    {.name = "report",
	.arg = "NAME",
	.kind = OPTION_NAME,
	.offset = AT(report),
	.names = ofuku_report_name,
	.help = "which report (default: exchanges)"},
    {.name = "output-format",
	.arg = "NAME",
	.kind = OPTION_NAME,
	.offset = AT(output_format),
	.names = shape_name,
	.help = "csv (default), tsv, jsonl or xlsx, an Excel workbook with "
		"a sheet a report"},
    {.name = "output-encoding",
	.arg = "NAME",
	.kind = OPTION_TEXT,
	.offset = AT(output_encoding),
	.help = "encoding of all that is written, such as CP932 "
		"(default: UTF-8)"},
    {.letter = 'o',
	.name = "output",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = AT(output),
	.help = "write the report here, in one step at the end "
		"(default: standard output)"},
    {.letter = 'O',
	.name = "output-dir",
	.arg = "DIR",
	.kind = OPTION_TEXT,
	.offset = AT(output_dir),
	.help = "write all reports into this folder"},
    {.name = "dated",
	.kind = OPTION_FLAG,
	.offset = AT(dated),
	.help = "with -O: write them into the day's folder in it, as in "
		"DIR/2026-10-02; none is written over"},
    {.name = "html",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = AT(html),
	.help = "write a page for a browser here: figures, charts, and each "
		"exchange to search and open"},
    {.name = "lang",
	.arg = "LANG",
	.kind = OPTION_NAME,
	.offset = AT(lang),
	.names = ofuku_lang_name,
	.help = "en (default) or ja: names of columns and their values in "
		"reports, messages, and the page"},
    {.name = "manifest",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = AT(manifest),
	.help = "write here, as JSON, what was read, by which rules and "
		"options, and what came out, with hashes: ofuku verify "
		"repeats it"},
    {.name = "excel",
	.kind = OPTION_FLAG,
	.offset = AT(excel),
	.help = "for Excel: byte order mark, CR LF, times as YYYY-MM-DD "
		"hh:mm:ss"},
    {.name = "raw",
	.kind = OPTION_FLAG,
	.offset = AT(raw),
	.help = "no ' before a text that a spreadsheet would run as a "
		"formula"},
    {.name = "list-reports",
	.kind = OPTION_FLAG,
	.offset = AT(list_reports),
	.help = "list the reports"},
    {.name = "list-formats",
	.kind = OPTION_FLAG,
	.offset = AT(list_formats),
	.help = "list the input formats"},
    {0},
};

static const struct option speed_rows[] = {
    {.letter = 'j',
	.name = "threads",
	.arg = "N",
	.kind = OPTION_PARSE,
	.offset = AT(threads),
	.parse = parse_threads,
	.takes = "from 1 to 256",
	.help = "work with so many threads (default: as many as cores); the "
		"report is the same"},
    {.name = "order",
	.arg = "ORDER",
	.kind = OPTION_CHOICE,
	.offset = AT(order),
	.names = order_name,
	.help = "any (default), or grouped: the records of a conversation "
		"stand together, which needs no memory to speak of"},
    {.name = "memory",
	.arg = "SIZE",
	.kind = OPTION_PARSE,
	.offset = AT(memory),
	.parse = parse_size,
	.help = "hold so many bytes of conversations (512M, 4G; default 1G) "
		"and put what is more into a temporary file"},
    {0},
};

static const struct option status_rows[] = {
    {.name = "fail-on",
	.arg = "LEVEL",
	.kind = OPTION_CHOICE,
	.offset = AT(fail_on),
	.names = fail_on_name,
	.help = "exit with status 1 from this on: error, unknown "
		"(default), warning, or never"},
    {.name = "state",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = AT(state),
	.help = "remember here, from run to run, what was read and which "
		"conversations may go on: each exchange is reported once"},
    {.name = "flush",
	.kind = OPTION_FLAG,
	.offset = AT(flush),
	.help = "judge what waits in the state, too"},
    {.name = "wait",
	.arg = "SECONDS",
	.kind = OPTION_PARSE,
	.offset = AT(wait),
	.parse = parse_seconds,
	.help = "wait so long for another run that has the state "
		"(default: 0)"},
    {.name = "expect",
	.arg = "N",
	.kind = OPTION_PARSE,
	.offset = AT(expect),
	.parse = parse_expect,
	.help = "exit with status 2 if fewer conversations were audited"},
    {.name = "fresh",
	.arg = "AGE",
	.kind = OPTION_PARSE,
	.offset = AT(fresh),
	.parse = parse_fresh,
	.help = "exit with status 2 if the newest utterance is older than "
		"this: 90m, 36h, 2d"},
    {.name = "max-conversations",
	.arg = "N",
	.kind = OPTION_PARSE,
	.offset = AT(max_conversations),
	.parse = parse_expect,
	.help = "end with status 2 where more conversations are judged "
		"(default: any number)"},
    {.name = "max-findings",
	.arg = "N",
	.kind = OPTION_PARSE,
	.offset = AT(max_findings),
	.parse = parse_expect,
	.help = "end with status 2 where more checks fail or are unknown "
		"(default: any number)"},
    {.name = "no-jit",
	.kind = OPTION_FLAG,
	.offset = AT(no_jit),
	.help = "match patterns without compiling them to machine code"},
    {.name = "no-prefilter",
	.kind = OPTION_FLAG,
	.offset = AT(no_prefilter),
	.help = "try every pattern on every passage (slow; the report "
		"is the same)"},
    {0},
};

static const struct option_group reports = {"Reports", report_rows};
static const struct option_group speed = {"Speed and memory", speed_rows};
static const struct option_group status = {"Exit status", status_rows};
static const struct option_group *const groups[] = {&group_input, &reports,
    &group_rejects, &group_privacy, &speed, &status, &group_limits,
    &group_rules, &group_settings, &group_progress, &group_common, NULL};

static void
print_counts(const struct ofuku_counts *c)
{
	log_counts_begin();
	count_of("", c->conversations, "conversation", "conversations");
	count_of(", ", c->audited, "utterance", "utterances");
	count_of(": ", c->exchanges, "exchange", "exchanges");
	/* Rows, but no exchanges: with them, verdicts add up. */
	count_if_any(c->pass + c->fail + c->unknown - c->exchanges, "doubtful",
	    "doubtful");
	count_of(", ", c->pass, "pass", "pass");
	count_of(", ", c->fail, "fail", "fail");
	count_of(", ", c->unknown, "unknown", "unknown");
	/* Where no exchange tells why the status is what it is. */
	count_if_any(c->fail == 0 ? c->conversations_failed : 0,
	    "conversation failed", "conversations failed");
	count_if_any(c->unknown == 0 ? c->conversations_unknown : 0,
	    "conversation unknown", "conversations unknown");
	count_if_any(c->warnings, "warning", "warnings");
	count_if_any(c->skipped, "record skipped", "records skipped");
	count_if_any(c->filtered, "record filtered", "records filtered");
	count_if_any(c->rejected, "record rejected", "records rejected");
	log_counts_end();
}

/* Who gives one of these twice wants two, of which one would be missing. */
static int
check_repeated(const struct audit *a)
{
	static const struct {
		const char *name, *what;
	} once[] = {
	    {"report", "one report; --output-dir writes every one"},
	    {"output", "one file"},
	    {"output-dir", "one folder"},
	    {"html", "one page"},
	};

	for (size_t i = 0; i < sizeof(once) / sizeof(*once); i++)
		if (shared_times_given(&a->shared, once[i].name) > 1)
			return usage_error(a->shared.who,
			    "--%s is given twice: a run writes %s",
			    once[i].name, once[i].what);
	return 0;
}

/* Options that contradict one another. */
static int
check(const struct audit *a)
{
	const char *who = a->shared.who;

	if (check_repeated(a) == -1)
		return -1;
	if (a->output != NULL && a->output_dir != NULL)
		return usage_error(who,
		    "--output and --output-dir exclude "
		    "each other");
	if (a->dated && a->output_dir == NULL)
		return usage_error(who, "--dated is for --output-dir");
	if (a->report != NULL && a->output_dir != NULL)
		return usage_error(who,
		    "--output-dir writes every report: "
		    "leave out --report");
	if (a->excel && a->output_format != NULL &&
	    strcmp(a->output_format, "jsonl") == 0)
		return usage_error(who, "--excel is for csv and tsv");
	if (a->state == NULL && (a->flush || shared_given(&a->shared, "wait")))
		return usage_error(who, "--flush and --wait are for --state");
	if (check_workbook(who, a->output, a->output_format) == -1)
		return -1;
	if (a->output_dir == NULL &&
	    binary_to_terminal(a->output_format, a->output))
		return usage_error(who, BINARY_TO_TERMINAL);
	return 0;
}

static struct ofuku_audit_options
options_of(const struct audit *a, struct messages *messages)
{
	return (struct ofuku_audit_options){
	    .input = a->shared.input,
	    .report = a->report,
	    .output = a->output,
	    .output_dir = a->output_dir,
	    .output_format = a->output_format,
	    .output_encoding = a->output_encoding,
	    .html = a->html,
	    .lang = a->lang,
	    .excel = a->excel,
	    .raw = a->raw,
	    .rejects = a->shared.rejects,
	    .max_rejects = a->shared.max_rejects.n,
	    .max_rejects_percent = a->shared.max_rejects.percent,
	    .expect = a->expect,
	    .max_conversations = a->max_conversations,
	    .max_findings = a->max_findings,
	    .match_limit = a->shared.match_limit,
	    .match_heap = a->shared.match_heap,
	    .state = a->state,
	    .flush = a->flush,
	    .wait = a->wait,
	    .fresh = a->fresh,
	    .now = a->now,
	    .manifest = a->manifest,
	    .settings = a->shared.settings,
	    .arguments = a->shared.arguments.at,
	    .narguments = a->shared.arguments.n,
	    .fail_on = (enum ofuku_fail_on)a->fail_on,
	    .grouped = a->order == ORDER_GROUPED,
	    .memory = a->memory,
	    .threads = a->threads,
	    .no_jit = a->no_jit,
	    .no_prefilter = a->no_prefilter,
	    .say = messages_say,
	    .ctx = messages,
	};
}

static int
audit(const struct audit *a, const struct ofuku_rules *rules)
{
	struct messages messages = {.who = a->shared.who,
	    .quiet = a->shared.quiet,
	    .verbose = a->shared.verbose};
	struct ofuku_audit_options options = options_of(a, &messages);
	struct ofuku_counts counts = {0};
	struct ofuku_error err = {0};
	int r;

	options.input.watch = progress_show;
	options.input.watch_ctx = &messages.progress;
	/* Its files written aside are to be removed: see report_error. */
	signal(SIGPIPE, SIG_IGN);
	progress_begin(&messages.progress, a->shared.who, "findings",
	    (enum when)a->shared.progress, a->shared.no_color, false);
	r = (int)ofuku_audit(rules, &options, &counts, &err);
	messages_end(&messages);
	if (err.text[0] != '\0')
		report_error(a->shared.who, &err);
	else if (a->state != NULL)
		interrupt_too_late();
	if (a->shared.stats)
		print_record_stats(&counts, "audited");
	if (!a->shared.quiet)
		print_counts(&counts);
	return r;
}

/* A page alone is written without a report: then there is none to move. */
static void
move_outputs(struct audit *a, char *const paths[4])
{
	if (a->output_dir != NULL)
		a->output_dir = paths[0];
	else if (a->html == NULL || a->report != NULL || a->output != NULL)
		a->output = paths[1];
	if (a->html != NULL)
		a->html = paths[2];
	if (a->shared.rejects != NULL)
		a->shared.rejects = paths[3];
	a->shared.quiet = true;
	a->shared.stats = false;
}

/* also: what else will be read; NULL: nothing. */
static void
confine(const struct audit *a, const char *also)
{
	struct sandbox box = {0};

	sandbox_reads(&box, a->shared.input.pseudonymize);
	sandbox_reads(&box, also);
	sandbox_writes(&box, a->output);
	sandbox_writes(&box, a->output_dir);
	sandbox_writes(&box, a->html);
	sandbox_writes(&box, a->manifest);
	sandbox_writes(&box, a->state);
	sandbox_writes(&box, a->shared.rejects);
	sandbox_enter(&a->shared, &box);
}

/* Is there nothing to read, now or later? A pipe is waited for. */
static bool
stdin_is_empty(void)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	struct stat st;

	if (isatty(STDIN_FILENO) || fstat(STDIN_FILENO, &st) == -1)
		return true;
	if (S_ISREG(st.st_mode))
		return lseek(STDIN_FILENO, 0, SEEK_CUR) >= st.st_size;
	if (S_ISCHR(st.st_mode))
		return st.st_rdev == makedev(1, 3); /* /dev/null, on Linux */
	return poll(&in, 1, -1) == 1 && (in.revents & POLLIN) == 0;
}

/* Who flushes a state need not have anything new. */
static int
take_input(struct audit *a)
{
	if (!a->flush || a->shared.operands.n > 0 || !stdin_is_empty())
		return shared_input(&a->shared);
	shared_operands(&a->shared);
	a->shared.input.nothing = true;
	return 0;
}

static int
again(struct audit *a, const char *folder, const char *before)
{
	static const char *const names[] = {
	    "reports", "report", "page.html", "rejects.csv", "manifest.json"};
	char *paths[5];
	struct ofuku_rules *rules;
	int r = OFUKU_TROUBLE;

	for (size_t i = 0; i < 5; i++)
		if (asprintf(&paths[i], "%s/%s", folder, names[i]) == -1)
			out_of_memory(strlen(folder));
	move_outputs(a, paths);
	a->manifest = paths[4];
	shared_arguments(&a->shared);
	if (check(a) == 0 && take_input(a) == 0 &&
	    (rules = shared_rules(&a->shared, &r)) != NULL) {
		confine(a, before);
		r = audit(a, rules);
		ofuku_rules_free(rules);
	}
	for (size_t i = 0; i < 5; i++)
		free(paths[i]);
	return r;
}

int
audit_again(const struct shared *verify, const struct ofuku_manifest *m,
    const char *folder)
{
	struct audit *a = calloc(1, sizeof(*a));
	struct shared *s = &a->shared;
	int r = OFUKU_TROUBLE;

	if (a == NULL)
		out_of_memory(sizeof(*a));
	s->who = "verify";
	s->argv = ofuku_manifest_arguments(m);
	while (s->argv[s->argc] != NULL)
		s->argc++;
	a->now = ofuku_manifest_now(m);
	if (options_parse(s->who, groups, s->argc, s->argv, a, &s->operands,
		&s->given) == 0 &&
	    shared_settings_again(s, groups, m) == 0) {
		/* A manifest may be anybody's: it does not decide that. */
		s->no_sandbox = verify->no_sandbox;
		r = again(a, folder, verify->operands.at[0]);
	}
	shared_free(s);
	return r;
}

/* With --dated that of the night; *made: to be freed. */
static int
name_folder(struct audit *a, char **made)
{
	if (!a->dated)
		return 0;
	*made = dated_folder(a->output_dir, a->now);
	if (*made == NULL) {
		complain(a->shared.who, "%s: cannot make this folder: %s",
		    a->output_dir, strerror(errno));
		return OFUKU_TROUBLE;
	}
	a->output_dir = *made;
	return 0;
}

static int
run(void *settings)
{
	struct audit *a = settings;
	struct ofuku_rules *rules;
	char *folder = NULL;
	int r;

	if (a->list_formats)
		return print_names(ofuku_format_name);
	if (a->list_reports)
		return print_names(ofuku_report_name);
	if (check(a) == -1 || take_input(a) == -1)
		return OFUKU_TROUBLE;
	a->now = getenv("OFUKU_NOW");
	shared_arguments(&a->shared);
	rules = shared_rules(&a->shared, &r);
	if (rules == NULL)
		return r;
	r = name_folder(a, &folder);
	if (r == 0) {
		confine(a, NULL);
		r = audit(a, rules);
	}
	free(folder);
	ofuku_rules_free(rules);
	return r;
}

const struct command command_audit = {
    .name = "audit",
    .operands = "[FILE|DIR|-]...",
    .help = "audit transcripts and write reports",
    .more = "Finds the exchanges in which customers say that they will "
	    "sue, post or complain elsewhere, counts and times what the "
	    "agents answer, and writes a report. Exit status: 0 all "
	    "pass, 1 one fails or is unknown, 2 trouble, 3 invalid "
	    "rules.",
    .groups = groups,
    .size = sizeof(struct audit),
    .run = run,
};
