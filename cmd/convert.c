/* ofuku convert: transcripts from any format to one that others read. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "log.h"
#include "message.h"
#include "sandbox.h"

struct convert {
	struct shared shared;
	const char *to, *output, *output_encoding;
};

#define AT(field) offsetof(struct convert, field)

static const struct option rows[] = {
    {.name = "to",
	.arg = "NAME",
	.kind = OPTION_NAME,
	.offset = AT(to),
	.names = ofuku_target_name,
	.help = "jsonl, csv, vtt, srt or txt (default: what the output's "
		"name ends in, else jsonl)"},
    {.letter = 'o',
	.name = "output",
	.arg = "FILE",
	.kind = OPTION_TEXT,
	.offset = AT(output),
	.help = "write here, in one step at the end (default: standard "
		"output)"},
    {.name = "output-encoding",
	.arg = "NAME",
	.kind = OPTION_TEXT,
	.offset = AT(output_encoding),
	.help = "encoding of all that is written, such as CP932 "
		"(default: UTF-8)"},
    {0},
};

static const struct option_group convert_rows = {"Convert", rows};
static const struct option_group *const groups[] = {&convert_rows, &group_input,
    &group_rejects, &group_privacy, &group_rules, &group_settings,
    &group_progress, &group_common, NULL};

static void
print_counts(const struct ofuku_counts *c)
{
	log_counts_begin();
	count_of("", c->audited, "utterance", "utterances");
	log_counts_text(" written");
	count_if_any(c->skipped, "record skipped", "records skipped");
	count_if_any(c->filtered, "record filtered", "records filtered");
	count_if_any(c->rejected, "record rejected", "records rejected");
	log_counts_end();
}

static int
convert(const struct convert *c, const struct ofuku_rules *rules)
{
	struct messages messages = {.who = c->shared.who,
	    .quiet = c->shared.quiet,
	    .verbose = c->shared.verbose};
	struct ofuku_convert_options options = {
	    .input = c->shared.input,
	    .to = c->to,
	    .output = c->output,
	    .output_encoding = c->output_encoding,
	    .rejects = c->shared.rejects,
	    .max_rejects = c->shared.max_rejects.n,
	    .max_rejects_percent = c->shared.max_rejects.percent,
	    .say = messages_say,
	    .ctx = &messages,
	};
	struct ofuku_counts counts = {0};
	struct ofuku_error err = {0};
	int r;

	options.input.watch = progress_show;
	options.input.watch_ctx = &messages.progress;
	/* Its files written aside are to be removed: see report_error. */
	signal(SIGPIPE, SIG_IGN);
	progress_begin(&messages.progress, c->shared.who, NULL,
	    (enum when)c->shared.progress, c->shared.no_color, false);
	r = (int)ofuku_convert(rules, &options, &counts, &err);
	messages_end(&messages);
	if (err.text[0] != '\0')
		report_error(c->shared.who, &err);
	if (c->shared.stats)
		print_record_stats(&counts, "written");
	/* What was given up has written nothing. */
	if (!c->shared.quiet && err.text[0] == '\0')
		print_counts(&counts);
	return r;
}

static int
run(void *settings)
{
	struct sandbox box = {0};
	struct convert *c = settings;
	struct ofuku_rules *rules;
	int r;

	if (shared_input(&c->shared) == -1)
		return OFUKU_TROUBLE;
	rules = shared_rules(&c->shared, &r);
	if (rules == NULL)
		return r;
	sandbox_reads(&box, c->shared.input.pseudonymize);
	sandbox_writes(&box, c->output);
	sandbox_writes(&box, c->shared.rejects);
	sandbox_enter(&c->shared, &box);
	r = convert(c, rules);
	ofuku_rules_free(rules);
	return r;
}

const struct command command_convert = {
    .name = "convert",
    .operands = "[FILE|DIR|-]...",
    .help = "write transcripts in another format",
    .more = "Reads what audit reads and writes it as JSON Lines, CSV, "
	    "WebVTT, SRT or plain text. What the format cannot hold is "
	    "counted on standard error.",
    .groups = groups,
    .size = sizeof(struct convert),
    .run = run,
};
