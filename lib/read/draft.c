#include "read/draft.h"

#include <stdarg.h>
#include <stdio.h>

#include "text/encoding.h"
#include "text/utf8.h"

/* The White_Space property of Unicode above ASCII. */
static bool
is_wide_space(uint32_t c)
{
	return c == 0x85 || c == 0xa0 || c == 0x1680 ||
	    (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
	    c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Does it begin with what surely is no space: ASCII, or above U+303F? */
static inline bool
begins_dark(struct span s)
{
	const unsigned char *at = (const unsigned char *)s.at;

	return s.len > 0 &&
	    ((at[0] > ' ' && at[0] < 0x80) || (at[0] == 0xe3 && at[1] > 0x80) ||
		at[0] > 0xe3);
}

bool
text_is_blank(struct span s)
{
	const char *at = s.at, *end = s.at + s.len;

	while (at < end) {
		uint32_t c = utf8_next(&at);

		if (c > 0x20 ? !is_wide_space(c) :
			       c != ' ' && (c < '\t' || c > '\r'))
			return false;
	}
	return true;
}

int
emit_reject(struct emitter *e, uint64_t line, uint64_t byte,
    struct span excerpt, struct err *err, const char *fmt, ...)
{
	const struct sink *sink = e->reader->sink;
	char reason[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(reason, sizeof(reason), fmt, ap);
	va_end(ap);
	e->read++;
	e->rejected++;
	return sink->reject(sink->ctx, line, byte, reason, excerpt, err);
}

int
emit_skip(struct emitter *e, uint64_t line, const char *why, struct err *err)
{
	const struct sink *sink = e->reader->sink;

	e->read++;
	return sink->skip(sink->ctx, line, why, err);
}

int
emit_end(const struct emitter *e, const char *what, struct err *err)
{
	if (e->read > 0 && e->read == e->foreign)
		what = ALL_FOREIGN;
	else if (e->read > 0)
		return 0;
	return emit_nothing(stream_path(e->reader->in), what, err);
}

int
emit_nothing(struct span path, const char *what, struct err *err)
{
	return fail(err, "%.*s:1: no utterance: %s", SPAN_FMT(path), what);
}

void
emit_begin_part(struct emitter *e)
{
	const struct part *part = e->reader->part;

	e->decided = part->decided;
	e->single = part->single;
}

void
emit_end_part(const struct emitter *e)
{
	struct part *part = e->reader->part;

	part->decided = e->decided;
	part->single = e->single;
	part->read += e->read;
	part->foreign += e->foreign;
}

/* Where and what the byte is; of a text that was copied only the record's
 * place is known, and the byte itself where nothing was decoded. */
static void
describe_byte(const struct emitter *e, const char *at, uint64_t byte, char *out,
    size_t size)
{
	const struct stream *in = e->reader->in;

	if (stream_holds(in, at))
		snprintf(out, size, "byte %llu is 0x%02X",
		    (unsigned long long)stream_origin(in, at),
		    stream_raw(in, at));
	else if (*at != BAD_BYTE)
		snprintf(out, size, "in the record at byte %llu is 0x%02X",
		    (unsigned long long)byte, (unsigned char)*at);
	else
		snprintf(out, size, "in the record at byte %llu is one",
		    (unsigned long long)byte);
}

int
emit_unless_text(struct emitter *e, struct span text, uint64_t line,
    uint64_t byte, struct err *err)
{
	size_t valid = utf8_valid(text), nul = span_find(text, '\0');
	size_t bad = nul < valid ? nul : valid;
	char where[80];
	bool guessed;
	int rc;

	if (bad == text.len)
		return 0;
	describe_byte(e, text.at + bad, byte, where, sizeof(where));
	if (nul == bad)
		rc = emit_reject(e, line, byte, text, err,
		    "%s, NUL: text "
		    "holds none",
		    where);
	else
		rc = emit_reject(e, line, byte, text, err,
		    "%s, which is not "
		    "valid %s (--encoding names another)",
		    where, stream_encoding(e->reader->in, &guessed));
	return rc == -1 ? -1 : 1;
}

static void
note(const struct emitter *e, enum note_id id, uint64_t line)
{
	const struct sink *sink = e->reader->sink;

	sink->note(sink->ctx, id, line, (struct span){"", 0});
}

/* One clock a record: the wall wins, and a note says what was left out. */
static void
choose_clock(struct emitter *e, struct draft *d)
{
	struct record *r = &d->record;
	bool wall = moment_known(d->at) || !moment_known(d->start);

	if (wall && !moment_known(d->at) && !moment_known(d->until))
		wall = false;
	r->start = wall ? d->at : d->start;
	r->end = wall ? d->until : d->end;
	/* A file that has both has them in each record: one note will do. */
	if (wall && !e->both_clocks &&
	    (moment_known(d->start) || moment_known(d->end))) {
		e->both_clocks = true;
		note(e, NOTE_AT_WINS, r->line);
	}
	if (moment_known(r->start) && moment_known(r->end) &&
	    r->end.ms < r->start.ms) {
		note(e, NOTE_END_BEFORE_START, r->line);
		r->end = (struct moment){0};
	}
}

int
draft_emit(struct emitter *e, struct draft *d, struct err *err)
{
	const struct sink *sink = e->reader->sink;
	struct record *r = &d->record;

	if (!begins_dark(r->text) && text_is_blank(r->text)) {
		e->read++;
		return sink->skip(sink->ctx, r->line, "blank", err);
	}
	if (!e->decided) {
		e->decided = true;
		e->single = r->conversation.len == 0;
	}
	if (e->single) {
		if (r->conversation.len > 0 && !e->unused_id)
			note(e, NOTE_ID_UNUSED, r->line);
		e->unused_id |= r->conversation.len > 0;
		r->conversation.len = 0;
	} else if (r->conversation.len == 0) {
		return emit_reject(e, r->line, r->byte, r->text, err,
		    "no \"conversation\": the first record has one, so each "
		    "record needs one");
	}
	choose_clock(e, d);
	e->read++;
	return sink->record(sink->ctx, r, err);
}
