/*
 * SubRip (.srt): a number, "HH:MM:SS,mmm --> HH:MM:SS,mmm", text, a blank
 * line. No standard defines it; the shape is what its first program writes,
 * leniently: dot or comma, any number of hours or none, no number.
 */
#include "read/cue.h"

static bool
is_timing(struct span line)
{
	return memmem(line.at, line.len, "-->", 3) != NULL;
}

/* Up to a blank: what stands behind the times is where to draw. */
static struct span
word(struct span s)
{
	size_t n = 0;

	s = span_trim(s);
	while (n < s.len && s.at[n] != ' ' && s.at[n] != '\t')
		n++;
	return (struct span){s.at, n};
}

static bool
timing(struct span line, struct moment *start, struct moment *end)
{
	const char *arrow = memmem(line.at, line.len, "-->", 3);
	struct span before = {line.at, (size_t)(arrow - line.at)};
	struct span after = {arrow + 3, line.len - before.len - 3};

	before = span_trim(before);
	after = word(after);
	/* A bare number is no time here. */
	return span_find(before, ':') < before.len &&
	    span_find(after, ':') < after.len &&
	    moment_parse_relative(before, start) &&
	    moment_parse_relative(after, end);
}

static const struct cue_style style = {
    .is_timing = is_timing,
    .timing = timing,
    .wanted = "00:00:00,000 --> 00:00:00,000",
    .numbered = true,
};

static int
sniff(const struct sample *s, const char **why)
{
	*why = "no line such as 00:00:01,000 --> 00:00:02,000";
	return cues_sniff(s, &style);
}

static int
read_srt(struct reader *r, struct err *err)
{
	return cues_read(r, &style, err);
}

const struct format format_srt = {
    .name = "srt",
    .help = "SubRip subtitles: numbered cues with --> between times",
    .sniff = sniff,
    .read = read_srt,
};
