#include "read/speech.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "read/documents.h"
#include "read/refuse.h"
#include "text/utf8.h"
#include "text/view.h"

/* Silence that parts two utterances of one speaker, in ms. */
#define WORD_GAP 1000
/* What is shown of a value that is rejected, in bytes. */
#define EXCERPT_MAX 200

/* Is it an array, and not a document of a format that has such? */
static bool
lists_documents(struct json_value root, const char *key)
{
	struct json_walk w = json_each(root);
	struct json_value first = {0};

	json_next(&w, NULL, &first);
	return json_type(root) == JSON_ARRAY &&
	    (key == NULL || json_type(json_get(first, key)) != JSON_NONE);
}

static int
read_parsed(struct speech *s, const char *key, const struct document *d,
    struct err *err)
{
	struct reader *r = s->reader;
	const char *why;

	if (stream_all(r->in, r->options->document_max, &s->text, err) == -1)
		return -1;
	if (!json_parse(&s->json, s->text, &why))
		return documents_are_lines(s) ?
		    documents_read_lines(s, d, err) :
		    json_refuse(
			r->in, s->text, r->options->nesting_max, why, err);
	s->root = json_root(&s->json);
	s->cursor = s->begin = json_cursor_at(s->text);
	s->before = stream_line_number(r->in) - 1;
	if (lists_documents(s->root, key))
		return documents_read_array(s, d, err);
	if (d->body(s, err) == -1 || speech_flush(s, err) == -1)
		return -1;
	if (s->listed)
		return 0;
	return emit_end(&s->emitter, d->missing, err);
}

int
speech_read_array(struct reader *r, const char *key,
    int (*body)(struct speech *, struct err *), const char *missing,
    struct err *err)
{
	struct speech s = {.reader = r, .emitter = {.reader = r}};
	const struct document d = {body, missing};
	int rc;

	json_open(&s.json, r->options->nesting_max);
	rc = read_parsed(&s, key, &d, err);
	json_close(&s.json);
	map_free(&s.names);
	buf_free(&s.scratch);
	buf_free(&s.words);
	return rc;
}

int
speech_read(struct reader *r, int (*body)(struct speech *, struct err *),
    const char *missing, struct err *err)
{
	return speech_read_array(r, NULL, body, missing, err);
}

int
speech_identify(struct speech *s, struct json_value v, struct err *err)
{
	const struct sink *sink = s->reader->sink;
	struct span id;

	if (!json_id(v, &s->scratch, &id) || text_is_blank(id))
		return 0;
	if (s->many) {
		s->conversation = arena_dup(s->reader->arena, id);
		return 0;
	}
	return sink->identify(sink->ctx, id, err);
}

bool
speech_lists(struct json_value v)
{
	struct json_walk w = json_each(v);
	struct json_value first;

	return json_type(v) == JSON_ARRAY && json_next(&w, NULL, &first);
}

struct json_walk
speech_list(struct speech *s, struct json_value v)
{
	s->listed |= json_type(v) == JSON_ARRAY;
	return json_each(v);
}

/* The first thing that is wrong is the one that is told. */
static void wrong(struct speech *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static void
wrong(struct speech *s, const char *fmt, ...)
{
	char reason[sizeof(s->wrong)];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(reason, sizeof(reason), fmt, ap);
	va_end(ap);
	if (s->wrong[0] == '\0')
		memcpy(s->wrong, reason, sizeof(reason));
}

static bool
absent(struct json_value v)
{
	return json_type(v) == JSON_NONE || json_type(v) == JSON_NULL;
}

/* A time that is not known may stand as an empty string, too. */
static bool
no_time(struct json_value v)
{
	struct span text;

	return absent(v) || (json_string(v, &text) && text.len == 0);
}

struct span
speech_text(struct speech *s, struct json_value object, const char *key)
{
	if (object.doc != NULL && json_type(object) != JSON_OBJECT)
		wrong(s, "%s: wanted an object with \"%s\"",
		    json_type_name(object), key);
	else if (json_type(json_get(object, key)) == JSON_NONE)
		wrong(s, "no \"%s\"", key);
	return speech_field(s, object, key);
}

struct span
speech_field(struct speech *s, struct json_value object, const char *key)
{
	struct json_value v = json_get(object, key);
	struct span text = {"", 0};

	if (!json_string(v, &text) && !absent(v))
		wrong(
		    s, "\"%s\" is %s: wanted a string", key, json_type_name(v));
	return text;
}

/* A text that lives as long as the document, each one once. */
static struct span
keep(struct speech *s, struct span text)
{
	struct span *kept = map_get(&s->names, text);

	if (kept == NULL) {
		kept = arena_alloc(s->reader->arena, sizeof(*kept));
		*kept = arena_dup(s->reader->arena, text);
		*map_slot(&s->names, *kept) = kept;
	}
	return *kept;
}

struct span
speech_name(struct speech *s, struct json_value object, const char *key,
    const char *prefix)
{
	struct json_value v = json_get(object, key);
	int64_t number;

	if (!json_integer(v, &number))
		return span_trim(speech_field(s, object, key));
	buf_reset(&s->scratch);
	buf_printf(&s->scratch, "%s%lld", prefix, (long long)number);
	return keep(s, buf_span(&s->scratch));
}

/* Digits with a fraction and nothing else, which strtod sees to the end. */
static bool
parse_number(struct span text, double *out)
{
	char copy[40], *end;

	if (text.len == 0 || text.len >= sizeof(copy) ||
	    (*text.at != '-' && (*text.at < '0' || *text.at > '9')))
		return false;
	memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	*out = strtod(copy, &end);
	return end == copy + text.len && isfinite(*out);
}

static bool
number(struct json_value v, double *out)
{
	struct span text;

	return json_double(v, out) ||
	    (json_string(v, &text) && parse_number(text, out));
}

static struct moment
relative(struct speech *s, const char *key, double seconds)
{
	struct moment m = {0};

	if (seconds >= 0)
		m = moment_relative(seconds);
	if (!moment_known(m))
		wrong(s, "\"%s\" is no time of a conversation", key);
	return m;
}

struct moment
speech_time(
    struct speech *s, struct json_value object, const char *key, double unit)
{
	struct json_value v = json_get(object, key);
	double n;

	if (no_time(v))
		return (struct moment){0};
	if (number(v, &n))
		return relative(s, key, n * unit);
	wrong(s, "\"%s\" is %s: wanted a number", key, json_type_name(v));
	return (struct moment){0};
}

struct moment
speech_proto(struct speech *s, struct json_value object, const char *key)
{
	struct json_value v = json_get(object, key);
	double seconds = 0, nanos = 0;
	struct span text;

	if (no_time(v))
		return (struct moment){0};
	if (json_type(v) == JSON_OBJECT) {
		struct json_value whole = json_get(v, "seconds");
		struct json_value part = json_get(v, "nanos");

		if ((absent(whole) || number(whole, &seconds)) &&
		    (absent(part) || number(part, &nanos)))
			return relative(s, key, seconds + nanos / 1e9);
	} else if (json_string(v, &text) && span_ends(text, SPAN("s"))) {
		text.len--;
		if (parse_number(text, &seconds))
			return relative(s, key, seconds);
	}
	wrong(s, "\"%s\" is no duration such as \"1.5s\"", key);
	return (struct moment){0};
}

struct moment
speech_wall(struct speech *s, struct json_value object, const char *key)
{
	struct json_value v = json_get(object, key);
	struct moment m = {0};
	struct span text;
	double n;

	if (no_time(v))
		return m;
	if (json_double(v, &n))
		m = moment_epoch(n);
	else if (json_string(v, &text))
		moment_parse_wall(text, &m);
	if (!moment_known(m))
		wrong(s, "\"%s\" is no date and time", key);
	return m;
}

struct moment
moment_later(struct moment m, int64_t ms)
{
	if (!moment_known(m))
		return m;
	m.ms += ms;
	/* A clock of whole seconds may be printed so where it has parts. */
	if (m.precision == PRECISION_SECOND && ms % 1000 != 0)
		m.precision = PRECISION_MILLI;
	return m;
}

struct span
role_translate(const struct role_word *words, struct span role)
{
	for (; words->vendor != NULL; words++)
		if (span_caseeq(role, span_of(words->vendor)))
			return span_of(words->role);
	return role;
}

/* Where v begins. Going back means reading the text again: only formats
 * that list their utterances twice do. */
static struct span
place(struct speech *s, struct json_value v, uint64_t *line, uint64_t *byte)
{
	struct span rest;

	if (v.at < s->cursor.tape)
		s->cursor = s->begin;
	json_cursor_to(&s->cursor, v);
	*line = s->before + s->cursor.line;
	rest = (struct span){
	    s->text.at + s->cursor.byte, s->text.len - s->cursor.byte};
	*byte = stream_origin(s->reader->in, rest.at);
	return rest;
}

static struct span
excerpt(struct span rest)
{
	struct span cut = rest;

	if (cut.len > EXCERPT_MAX)
		cut.len = EXCERPT_MAX;
	cut.len = span_find(cut, '\n');
	while (cut.len > 0 && cut.len < rest.len &&
	    ((unsigned char)rest.at[cut.len] & 0xc0) == 0x80)
		cut.len--;
	return cut;
}

int
speech_say(struct speech *s, const struct said *said, struct err *err)
{
	struct draft d = {
	    .record = {.conversation = said->conversation.len > 0 ?
		    said->conversation :
		    s->conversation,
		.speaker = said->speaker,
		.role = said->role,
		.text = said->text}};
	bool wall = moment_wall(
	    moment_known(said->start) ? said->start : said->end);
	struct span rest;
	int rc;

	rest = place(s, said->at, &d.record.line, &d.record.byte);
	if (s->wrong[0] != '\0') {
		rc = emit_reject(&s->emitter, d.record.line, d.record.byte,
		    excerpt(rest), err, "%s", s->wrong);
		s->wrong[0] = '\0';
		return rc;
	}
	*(wall ? &d.at : &d.start) = said->start;
	*(wall ? &d.until : &d.end) = said->end;
	return draft_emit(&s->emitter, &d, err);
}

void
speech_note(
    struct speech *s, struct json_value v, enum note_id id, struct span detail)
{
	const struct sink *sink = s->reader->sink;
	uint64_t line, byte;

	place(s, v, &line, &byte);
	sink->note(sink->ctx, id, line, detail);
}

void
speech_more(struct speech *s, struct json_value object, const char *key)
{
	struct json_value v = json_get(object, key);
	struct span text;
	bool more;

	if ((json_string(v, &text) && text.len > 0) ||
	    (json_bool(v, &more) && more))
		speech_note(s, v, NOTE_MORE_PAGES, span_of(key));
}

int
speech_reject(struct speech *s, struct json_value v, struct err *err,
    const char *fmt, ...)
{
	char reason[sizeof(s->wrong)];
	uint64_t line, byte;
	struct span rest = place(s, v, &line, &byte);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(reason, sizeof(reason), fmt, ap);
	va_end(ap);
	s->wrong[0] = '\0';
	return emit_reject(
	    &s->emitter, line, byte, excerpt(rest), err, "%s", reason);
}

int
speech_skip(
    struct speech *s, struct json_value v, const char *why, struct err *err)
{
	const struct sink *sink = s->reader->sink;
	uint64_t line, byte;

	place(s, v, &line, &byte);
	s->emitter.read++;
	s->wrong[0] = '\0';
	return sink->skip(sink->ctx, line, why, err);
}

/* Of a script that is written without blanks: kana, Han, full-width forms
 * and CJK punctuation. Hangul has blanks. */
static bool
is_unspaced(uint32_t c)
{
	return (c >= 0x2e80 && c <= 0x30ff) || (c >= 0x31f0 && c <= 0x9fff) ||
	    (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff01 && c <= 0xffee) ||
	    (c >= 0x20000 && c <= 0x3ffff);
}

static void
join(struct buf *words, struct span word, bool mark)
{
	struct span had = buf_span(words);
	uint32_t last, first;

	if (had.len == 0 || word.len == 0) {
		buf_add(words, word);
		return;
	}
	last = utf8_at(had, utf8_before(had, had.len));
	first = utf8_at(word, 0);
	if (!mark && last != ' ' && first != ' ' && !is_unspaced(last) &&
	    !is_unspaced(first))
		buf_addc(words, ' ');
	buf_add(words, word);
}

static bool
begins_anew(const struct speech *s, const struct said *w)
{
	const struct said *open = &s->open;

	if (open->speaker.len > 0 && w->speaker.len > 0 &&
	    !span_eq(open->speaker, w->speaker))
		return true;
	if (moment_known(open->end) && moment_known(w->start) &&
	    w->start.ms - open->end.ms > WORD_GAP)
		return true;
	return raw_ends_sentence(buf_span(&s->words));
}

int
speech_word(struct speech *s, const struct said *w, bool mark, struct err *err)
{
	char wrong_word[sizeof(s->wrong)];

	/* What is wrong with this word is not the fault of those before. */
	memcpy(wrong_word, s->wrong, sizeof(wrong_word));
	s->wrong[0] = '\0';
	if (s->open.at.doc != NULL && !mark && begins_anew(s, w) &&
	    speech_flush(s, err) == -1)
		return -1;
	if (s->open.at.doc == NULL)
		s->open = *w;
	if (s->open_wrong[0] == '\0')
		memcpy(s->open_wrong, wrong_word, sizeof(wrong_word));
	if (s->open.speaker.len == 0) {
		s->open.speaker = w->speaker;
		s->open.role = w->role;
	}
	if (!moment_known(s->open.start))
		s->open.start = w->start;
	if (moment_known(w->end))
		s->open.end = w->end;
	join(&s->words, w->text, mark);
	return 0;
}

int
speech_flush(struct speech *s, struct err *err)
{
	int rc;

	if (s->open.at.doc == NULL)
		return 0;
	s->open.text = span_trim(buf_span(&s->words));
	memcpy(s->wrong, s->open_wrong, sizeof(s->wrong));
	s->open_wrong[0] = '\0';
	rc = speech_say(s, &s->open, err);
	s->open = (struct said){0};
	buf_reset(&s->words);
	return rc;
}
