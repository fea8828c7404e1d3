/*
 * What openai-whisper writes with --output_format tsv (its README and
 * "WriteTSV"): a header, then start and end in whole milliseconds and a text
 * whose tabs were made blanks.
 */
#include "read/draft.h"

#define HEADER SPAN("start\tend\ttext")

/* Digits up to a tab, which is stepped over; -1: there are none. */
static int64_t
cell(struct span *line)
{
	int64_t n = 0;
	size_t i = 0;

	for (; i < line->len && line->at[i] >= '0' && line->at[i] <= '9' &&
	     i < 15;
	     i++)
		n = n * 10 + (line->at[i] - '0');
	if (i == 0 || i == line->len || line->at[i] != '\t')
		return -1;
	*line = (struct span){line->at + i + 1, line->len - i - 1};
	return n;
}

static struct span
first_line(struct span *text)
{
	struct span line = {text->at, span_find(*text, '\n')};
	size_t taken = line.len < text->len ? line.len + 1 : line.len;

	*text = (struct span){text->at + taken, text->len - taken};
	if (line.len > 0 && line.at[line.len - 1] == '\r')
		line.len--;
	return line;
}

static int
sniff(const struct sample *s, const char **why)
{
	struct span rest = s->text, line;

	*why = "the header is not start, end, text, or no whole milliseconds "
	       "follow";
	if (!span_eq(first_line(&rest), HEADER))
		return 0;
	line = first_line(&rest);
	return cell(&line) >= 0 && cell(&line) >= 0 ? 97 : 0;
}

static int
read_line(struct emitter *e, struct span line, struct err *err)
{
	struct stream *in = e->reader->in;
	struct draft d = {.record = {.line = stream_line_number(in),
			      .byte = stream_byte(in),
			      .text = line}};
	int rc = emit_unless_text(e, line, d.record.line, d.record.byte, err);
	int64_t start, end;

	if (rc != 0)
		return rc == -1 ? -1 : 0;
	start = cell(&d.record.text);
	end = start < 0 ? -1 : cell(&d.record.text);
	if (end < 0)
		return emit_reject(e, d.record.line, d.record.byte, line, err,
		    "wanted start and end in milliseconds, and a text, with "
		    "tabs between");
	d.start = moment_relative((double)start / 1e3);
	d.end = moment_relative((double)end / 1e3);
	return draft_emit(e, &d, err);
}

static int
read_lines(struct reader *r, struct err *err)
{
	struct emitter e = {.reader = r};
	struct span line;
	bool header = true;
	int rc;

	while ((rc = stream_line(r->in, r->options->record_max, &line, err)) ==
	    1) {
		if (header && span_eq(line, HEADER)) {
			header = false;
			continue;
		}
		header = false;
		if (line.len > 0 && read_line(&e, line, err) == -1)
			return -1;
	}
	return rc == -1 ? -1 : emit_end(&e, "no line follows the header", err);
}

const struct format format_whispertsv = {
    .name = "whispertsv",
    .help = "openai-whisper's TSV: start and end in milliseconds, text",
    .sniff = sniff,
    .read = read_lines,
};
