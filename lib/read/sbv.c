/*
 * SubViewer as YouTube writes it (.sbv): "H:MM:SS.mmm,H:MM:SS.mmm", text, a
 * blank line.
 */
#include "read/cue.h"

/* Digits, colons and dots with one comma within, and a colon. */
static bool
is_timing(struct span line)
{
	struct span s = span_trim(line);
	size_t comma = span_find(s, ',');
	size_t colon = span_find(s, ':');

	if (comma == s.len || colon > comma || s.at[0] < '0' || s.at[0] > '9')
		return false;
	/* What has letters in it may still be meant as one. */
	return comma + 1 < s.len && s.at[comma + 1] >= '0' &&
	    s.at[comma + 1] <= '9' &&
	    memmem(s.at + comma, s.len - comma, ":", 1) != NULL &&
	    memchr(s.at, ' ', s.len) == NULL;
}

static bool
timing(struct span line, struct moment *start, struct moment *end)
{
	struct span s = span_trim(line);
	size_t comma = span_find(s, ',');

	return moment_parse_relative((struct span){s.at, comma}, start) &&
	    moment_parse_relative(
		(struct span){s.at + comma + 1, s.len - comma - 1}, end);
}

static const struct cue_style style = {
    .is_timing = is_timing,
    .timing = timing,
    .wanted = "0:00:00.000,0:00:00.000",
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no line such as 0:00:01.000,0:00:02.000";
	return cues_sniff(s, &style);
}

static int
read_sbv(struct reader *r, struct err *err)
{
	return cues_read(r, &style, err);
}

const struct format format_sbv = {
    .name = "sbv",
    .help = "SubViewer captions (YouTube): times with a comma between",
    .sniff = sniff,
    .read = read_sbv,
};
