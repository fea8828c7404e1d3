/*
 * WebVTT, read as the standard has it (W3C WebVTT, section 6.1, "WebVTT file
 * parsing"; the times are read in vtttime.c). Two things go beyond it, so that
 * nothing is silently lost: a cue whose timing line is malformed is rejected,
 * and text that a blank line parts from its cue, as Google Meet writes it, is
 * an utterance of its own at the cue's time.
 */
#include "read/cue.h"
#include "read/cuetext.h"
#include "read/metacue.h"
#include "read/vtttime.h"

/* What a block was, for the one behind it. */
enum block { BLOCK_OTHER, BLOCK_CUE, BLOCK_BAD };

struct webvtt {
	struct lines lines;
	struct message message;
	struct cuetext text;
	struct metacues objects;
	bool held;           /* the lines are */
	bool clean;          /* and none of them holds a NUL */
	struct span block;   /* its lines: as they are held, or */
	struct buf buffer;   /* put together (W3C's name) */
	struct buf sound;    /* the same without NUL */
	struct span speaker; /* of the last part, as long as the next one is
			      * not parsed; at NULL: none, or the message's */
	struct timing {
		bool sound;
		bool early; /* a time before the start */
		struct moment start, end;
	} timing; /* of the line that may be one */
	enum block before;
	uint64_t line, byte; /* where the block begins */
};

static bool
has_signature(struct span line)
{
	return span_starts(line, SPAN("WEBVTT")) &&
	    (line.len == 6 || line.at[6] == ' ' || line.at[6] == '\t');
}

static int
sniff(const struct sample *s, const char **why)
{
	enum { ENOUGH = sizeof("WEBVTT") };
	struct span line = {
	    s->text.at, s->text.len < ENOUGH ? s->text.len : ENOUGH};

	*why = "the first line is not WEBVTT";
	line.len = span_find(line, '\n');
	line.len = span_find(line, '\r');
	return has_signature(line) ? 100 : 0;
}

static void
note(const struct webvtt *w, enum note_id id, uint64_t line)
{
	const struct sink *sink = w->message.emitter.reader->sink;

	sink->note(sink->ctx, id, line, (struct span){"", 0});
}

/* NUL stands as U+FFFD, the standard says; a note tells. */
static struct span
without_nul(struct webvtt *w, struct span s)
{
	if (w->clean || s.len == 0 || memchr(s.at, '\0', s.len) == NULL)
		return s;
	buf_reset(&w->sound);
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '\0')
			buf_adds(&w->sound, "\xef\xbf\xbd");
		else
			buf_addc(&w->sound, s.at[i]);
	note(w, NOTE_NUL_REPLACED, w->message.line);
	return buf_span(&w->sound);
}

/* Several voices in a cue: each part is an utterance at the cue's time. */
static int
say_parts(struct webvtt *w, struct err *err)
{
	const struct cuetext *t = &w->text;

	for (size_t i = 0; i < t->n; i++) {
		const struct cuepart *p = &t->parts[i];
		struct span text = {t->text.at + p->text, p->text_len};

		w->speaker = (struct span){
		    t->names.at + p->voice, p->voice_len};
		w->message.voice = p->number;
		/* Between two voices blanks are no utterance. */
		if (t->n > 1 && (text = span_trim(text)).len == 0)
			continue;
		if (message_say(&w->message, w->speaker, text, w->message.line,
			err) == -1)
			return -1;
	}
	return 0;
}

/* A cue's text as JSON: 1: said, or rejected; 0: it is text; -1. */
static int
say_object(struct webvtt *w, struct span raw, struct err *err)
{
	struct metacues *objects = &w->objects;
	struct message *m = &w->message;
	size_t nesting_max = m->emitter.reader->options->nesting_max;
	int rc;

	if (objects->decided && !objects->are)
		return 0;
	if (metacue_read(objects, raw, nesting_max))
		rc = message_say(
		    m, objects->speaker, objects->text, m->line, err);
	else if (objects->are && span_trim(raw).len > 0)
		rc = emit_reject(&m->emitter, m->line, m->byte, raw, err,
		    "no JSON object with \"spokenText\", as the cues before "
		    "are");
	else
		return 0;
	return rc == -1 ? -1 : 1;
}

static int
say_cue(struct webvtt *w, struct err *err)
{
	struct message *m = &w->message;
	struct span raw = without_nul(w, w->block);
	int rc = stream_is_sound(w->lines.in) ?
	    0 :
	    emit_unless_text(&m->emitter, raw, m->line, m->byte, err);

	m->sound = false; /* JSON may name a NUL */
	if (rc == 0)
		rc = say_object(w, raw, err);
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	m->sound = true;
	cuetext_parse(&w->text, raw);
	if (w->text.n > 1 || (w->text.n == 1 && w->text.parts[0].voice_len > 0))
		return say_parts(w, err);
	return cue_say(m, buf_span(&w->text.text), err);
}

/* A block without a timing line: what it is, and whom it concerns. */
static int
other_block(struct webvtt *w, struct err *err)
{
	static const char *const kinds[] = {"NOTE", "STYLE", "REGION"};
	const struct sink *sink = w->message.emitter.reader->sink;
	struct span text = w->block;

	for (size_t i = 0; i < 3; i++) {
		size_t n = strlen(kinds[i]);

		if (span_starts(text, span_of(kinds[i])) &&
		    (text.len == n || strchr(" \t\n", text.at[n]) != NULL)) {
			w->before = BLOCK_OTHER;
			return 0;
		}
	}
	if (w->before != BLOCK_CUE) {
		w->message.emitter.read++;
		return sink->skip(
		    sink->ctx, w->line, "text without a cue", err);
	}
	note(w, NOTE_BLANK_IN_CUE, w->line);
	if (w->speaker.at != NULL)
		message_speaker(&w->message, w->speaker);
	w->speaker.at = NULL;
	w->message.line = w->line;
	w->message.byte = w->byte;
	return say_cue(w, err);
}

static void
begin_block(struct webvtt *w)
{
	buf_reset(&w->buffer);
	w->block = (struct span){"", 0};
}

/* Is it held right behind the block, but for a LF? */
static bool
goes_on(const struct webvtt *w, struct span line)
{
	return w->held && w->buffer.len == 0 &&
	    (w->block.len == 0 || w->block.at + w->block.len + 1 == line.at);
}

static void
add_line(struct webvtt *w, struct span line)
{
	if (goes_on(w, line)) {
		w->block.at = w->block.len == 0 ? line.at : w->block.at;
		w->block.len = (size_t)(line.at + line.len - w->block.at);
		return;
	}
	if (w->buffer.len == 0)
		buf_add(&w->buffer, w->block);
	if (w->buffer.len > 0)
		buf_addc(&w->buffer, '\n');
	buf_add(&w->buffer, line);
	w->block = buf_span(&w->buffer);
}

/* Lines are short: memmem takes longer to begin than they are to read. */
static bool
has_arrow(struct span line)
{
	const char *at = line.at, *end = line.at + line.len;

	while ((at = memchr(at, '-', (size_t)(end - at))) != NULL) {
		if (end - at > 2 && at[1] == '-' && at[2] == '>')
			return true;
		at++;
	}
	return false;
}

/* A line that is sound has an arrow. */
static bool
is_timing(struct webvtt *w, struct span line)
{
	struct timing *t = &w->timing;

	t->sound = vtt_timings(line, &t->start, &t->end, &t->early);
	return t->sound || has_arrow(line);
}

/* The timing line: of a cue, or of one that is rejected. */
static int
timing_line(struct webvtt *w, struct err *err)
{
	const struct lines *l = &w->lines;
	const struct timing *t = &w->timing;

	w->speaker.at = NULL;
	if (t->sound) {
		w->before = BLOCK_CUE;
		message_begin(
		    &w->message, l->number, l->byte, t->start, t->end);
		w->message.open = false;
		if (t->early)
			note(w, NOTE_BEFORE_START, l->number);
		return 0;
	}
	w->before = BLOCK_BAD;
	return emit_reject(&w->message.emitter, l->number, l->byte, l->line,
	    err,
	    "the cue's timing line is malformed: wanted 00:00.000 --> "
	    "00:00.000, with 00: for hours in front");
}

/*
 * "Collect a WebVTT block" from its first line on, which is read. A timing
 * line is its first or its second line; any further one begins the next
 * block. 1; 0: the input has ended; -1.
 */
static int
read_block(struct webvtt *w, struct err *err)
{
	struct lines *l = &w->lines;
	bool arrow = false;
	int rc = 1;

	begin_block(w);
	w->line = l->number;
	w->byte = l->byte;
	for (size_t n = 1; rc == 1 && l->line.len > 0; n++) {
		const bool first = !arrow && n <= 2;

		if (first ? !is_timing(w, l->line) : !has_arrow(l->line)) {
			add_line(w, l->line);
		} else if (!first) {
			l->again = true;
			break;
		} else {
			arrow = true;
			if (timing_line(w, err) == -1)
				return -1;
			begin_block(w);
		}
		rc = lines_next(l, err);
	}
	if (rc == -1)
		return -1;
	if (!arrow)
		return other_block(w, err) == -1 ? -1 : rc;
	if (w->before == BLOCK_CUE && say_cue(w, err) == -1)
		return -1;
	return rc;
}

/* The header: up to the first blank line, or to a timing line. */
static int
read_header(struct webvtt *w, struct err *err)
{
	struct lines *l = &w->lines;
	int rc = lines_next(l, err);

	if (rc == -1)
		return -1;
	if (rc == 0 || !has_signature(l->line))
		return fail(err,
		    "%.*s:1: no utterance: the first line is not "
		    "WEBVTT",
		    SPAN_FMT(stream_path(l->in)));
	while ((rc = lines_next(l, err)) == 1)
		if (l->line.len == 0 || has_arrow(l->line))
			break;
	if (rc == 1 && l->line.len > 0)
		l->again = true;
	return rc;
}

static int
read_cues(struct webvtt *w, struct err *err)
{
	int rc;

	w->held = lines_hold(&w->lines);
	w->clean = w->held &&
	    span_find(w->lines.rest, '\0') == w->lines.rest.len;
	rc = read_header(w, err);
	while (rc == 1 && (rc = lines_next(&w->lines, err)) == 1)
		if (w->lines.line.len > 0)
			rc = read_block(w, err);
	if (rc == -1)
		return -1;
	return emit_end(&w->message.emitter, "no block has a timing line", err);
}

static int
read_webvtt(struct reader *r, struct err *err)
{
	struct webvtt w = {
	    .lines = {.in = r->in,
		.max = r->options->record_max,
		.record = &w.block.len},
	    .message = {.emitter = {.reader = r}},
	};
	int rc = read_cues(&w, err);

	message_free(&w.message);
	cuetext_free(&w.text);
	metacues_free(&w.objects);
	buf_free(&w.buffer);
	buf_free(&w.sound);
	return rc;
}

const struct format format_webvtt = {
    .name = "webvtt",
    .help = "WebVTT captions, with the voices of Teams, Zoom and others",
    .sniff = sniff,
    .signs = true,
    .read = read_webvtt,
};
