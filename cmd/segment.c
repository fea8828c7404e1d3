/* ofuku segment: the views and words that rules see. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "message.h"
#include "sandbox.h"

struct segment {
	struct shared shared;
	struct list texts;
	bool json;
};

#define AT(field) offsetof(struct segment, field)

static const struct option rows[] = {
    {.letter = 't',
	.name = "text",
	.arg = "TEXT",
	.kind = OPTION_LIST,
	.offset = AT(texts),
	.help = "this text instead of files, several allowed"},
    {.name = "json",
	.kind = OPTION_FLAG,
	.offset = AT(json),
	.help = "one JSON object a text"},
    {0},
};

static const struct option_group segment_rows = {"Segment", rows};
static const struct option_group *const groups[] = {&segment_rows, &group_input,
    &group_rules, &group_settings, &group_common, NULL};

static int
segment_texts(const struct segment *s, const struct ofuku_rules *rules)
{
	struct ofuku_error err = {0};

	for (size_t i = 0; i < s->texts.n; i++) {
		const char *text = s->texts.at[i];

		if (ofuku_segment_text(rules, text, strlen(text), s->json,
			stdout, &err) == -1) {
			report_error(s->shared.who, &err);
			return OFUKU_TROUBLE;
		}
	}
	return OFUKU_PASS;
}

/* Japanese without a point or a slash, and no file of that name. */
static bool
is_text(const char *name)
{
	return (name[0] & 0x80) != 0 && strpbrk(name, "./") == NULL &&
	    access(name, F_OK) == -1;
}

/* A text is easily given where a file is to be named. */
static void
hint_at_text(const struct segment *s)
{
	for (size_t i = 0; i < s->shared.operands.n; i++)
		if (is_text(s->shared.operands.at[i])) {
			complain(s->shared.who,
			    "a text, and not a file, stands behind -t: ofuku "
			    "segment -t TEXT");
			return;
		}
}

static int
segment_inputs(const struct segment *s, const struct ofuku_rules *rules)
{
	struct messages messages = {.who = s->shared.who,
	    .quiet = s->shared.quiet,
	    .verbose = s->shared.verbose};
	struct ofuku_error err = {0};
	int r = (int)ofuku_segment(rules, &s->shared.input, s->json, stdout,
	    messages_say, &messages, &err);

	messages_end(&messages);
	if (err.text[0] != '\0')
		report_error(s->shared.who, &err);
	if (r == OFUKU_TROUBLE)
		hint_at_text(s);
	return r;
}

static int
segment(struct segment *s)
{
	struct sandbox box = {0};
	struct ofuku_rules *rules;
	int r;

	if (s->texts.n > 0 && s->shared.operands.n > 0) {
		usage_error(s->shared.who,
		    "--text and files exclude each "
		    "other");
		return OFUKU_TROUBLE;
	}
	if (s->texts.n == 0 && shared_input(&s->shared) == -1)
		return OFUKU_TROUBLE;
	rules = shared_rules(&s->shared, &r);
	if (rules == NULL)
		return r;
	sandbox_reads(&box, s->shared.input.pseudonymize);
	sandbox_enter(&s->shared, &box);
	r = s->texts.n > 0 ? segment_texts(s, rules) : segment_inputs(s, rules);
	ofuku_rules_free(rules);
	return r;
}

static int
run(void *settings)
{
	struct segment *s = settings;
	int r = segment(s);

	list_free(&s->texts);
	return r;
}

const struct command command_segment = {
    .name = "segment",
    .operands = "[FILE|DIR|-]...",
    .help = "print the views and words of texts or transcripts",
    .more = "Prints, for each text, what patterns see (plain), what "
	    "stock phrases see (folded) and where words end.",
    .groups = groups,
    .size = sizeof(struct segment),
    .run = run,
};
