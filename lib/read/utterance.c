#include "read/utterance.h"

#include <stdio.h>
#include <string.h>

/* One that is being read: what went wrong, if anything, stands in reason. */
struct reading {
	struct draft draft;
	struct buf *ids;
	unsigned seen; /* bits by index in fields */
	bool document; /* a whole one */
	const struct read_options *options;
	char reason[200];
};

struct field {
	const char *key;
	size_t len;
	const char *wanted;
};

static bool
set_string(const struct scalar *v, struct span *to)
{
	if (v->type != JSON_STRING)
		return false;
	*to = v->text;
	return true;
}

static bool
set_conversation(const struct scalar *v, struct buf *ids, struct span *to)
{
	if (v->doc.doc != NULL)
		return json_id(v->doc, ids, to);
	*to = v->text;
	return v->type == JSON_STRING || v->text.len > 0;
}

static bool
set_decimal(const struct scalar *v, struct moment *m)
{
	if (v->type != JSON_NUMBER || !(v->number >= 0))
		return false;
	*m = moment_relative(v->number);
	return moment_known(*m);
}

static inline bool
set_relative(const struct scalar *v, struct moment *m)
{
	if (v->type != JSON_NUMBER || !v->by_thousandths)
		return set_decimal(v, m);
	*m = moment_relative_ms(v->thousandths);
	return moment_known(*m);
}

static bool
set_wall(const struct scalar *v, struct moment *m)
{
	if (v->type == JSON_STRING)
		return moment_parse_wall(v->text, m);
	if (v->type != JSON_NUMBER)
		return false;
	*m = moment_epoch(
	    v->by_thousandths ? (double)v->thousandths / 1000 : v->number);
	return moment_known(*m);
}

/* False: the value is not what is wanted. ids: for a value in a document. */
static inline bool
set_field(struct draft *d, enum utterance_field field, const struct scalar *v,
    struct buf *ids)
{
	switch (field) {
	case UTTERANCE_TEXT:
		return set_string(v, &d->record.text);
	case UTTERANCE_CONVERSATION:
		return set_conversation(v, ids, &d->record.conversation);
	case UTTERANCE_SPEAKER:
		return set_string(v, &d->record.speaker);
	case UTTERANCE_ROLE:
		return set_string(v, &d->record.role);
	case UTTERANCE_START:
		return set_relative(v, &d->start);
	case UTTERANCE_END:
		return set_relative(v, &d->end);
	case UTTERANCE_AT:
		return set_wall(v, &d->at);
	case UTTERANCE_UNTIL:
		return set_wall(v, &d->until);
	case UTTERANCE_FIELDS:
		break;
	}
	return true;
}

#define KEY(k) k, sizeof(k) - 1
#define WANT_STRING "a string"
#define WANT_SECONDS "a number of seconds, 0 or more"
#define WANT_WALL \
	"a date and time (2026-10-01T10:00:00+09:00, " \
	"2026-10-01 10:00) or an epoch number"

static const struct field fields[] = {
    [UTTERANCE_TEXT] = {KEY("text"), WANT_STRING},
    [UTTERANCE_CONVERSATION] = {KEY("conversation"), "a string or an integer"},
    [UTTERANCE_SPEAKER] = {KEY("speaker"), WANT_STRING},
    [UTTERANCE_ROLE] = {KEY("role"), WANT_STRING},
    [UTTERANCE_START] = {KEY("start"), WANT_SECONDS},
    [UTTERANCE_END] = {KEY("end"), WANT_SECONDS},
    [UTTERANCE_AT] = {KEY("at"), WANT_WALL},
    [UTTERANCE_UNTIL] = {KEY("until"), WANT_WALL},
};

static enum utterance_field
canonical(struct span key)
{
	for (unsigned i = 0; i < UTTERANCE_FIELDS; i++)
		if (fields[i].len == key.len && fields[i].key[0] == key.at[0] &&
		    memcmp(fields[i].key, key.at, key.len) == 0)
			return (enum utterance_field)i;
	return UTTERANCE_FIELDS;
}

static enum utterance_field
field_of(const struct column_map *m)
{
	return canonical(span_of(column_name(m->column)));
}

enum utterance_field
utterance_field(const struct read_options *o, struct span key)
{
	const enum utterance_field own = canonical(key);
	bool given = false;

	for (size_t i = 0; o != NULL && i < o->nmap; i++) {
		if (span_eq(o->map[i].name, key))
			return field_of(&o->map[i]);
		given |= field_of(&o->map[i]) == own;
	}
	return given ? UTTERANCE_FIELDS : own;
}

const struct read_options *
utterance_map(const struct read_options *o, struct json_value object)
{
	struct json_walk w = json_each(object);
	struct json_value v;
	struct span key;

	while (o->nmap > 0 && json_next(&w, &key, &v))
		for (size_t i = 0; i < o->nmap; i++)
			if (span_eq(o->map[i].name, key))
				return o;
	return NULL;
}

bool
utterance_has_text(const struct read_options *o, struct json_value object)
{
	const struct read_options *map = utterance_map(o, object);
	struct json_walk w = json_each(object);
	struct json_value v;
	struct span key;

	while (json_next(&w, &key, &v))
		if (utterance_field(map, key) == UTTERANCE_TEXT)
			return true;
	return false;
}

/* The name between quotes. */
static bool
is_quoted_in(struct span seen, struct span name)
{
	const char *at = seen.at, *end = seen.at + seen.len;

	while (
	    (at = memmem(at, (size_t)(end - at), name.at, name.len)) != NULL) {
		if (at > seen.at && at[-1] == '"' && at + name.len < end &&
		    at[name.len] == '"')
			return true;
		at++;
	}
	return false;
}

bool
utterance_may_have_text(const struct read_options *o, struct span seen)
{
	for (size_t i = 0; i < o->nmap; i++)
		if (field_of(&o->map[i]) == UTTERANCE_TEXT &&
		    is_quoted_in(seen, o->map[i].name))
			return true;
	return is_quoted_in(seen, SPAN("text"));
}

static bool
bad_value(struct reading *r, const struct field *f, struct json_value v)
{
	struct span text = {0};
	double n = 0;

	if (json_string(v, &text) && strcmp(f->wanted, WANT_WALL) == 0) {
		text = value_shown(r->options, text);
		snprintf(r->reason, sizeof(r->reason),
		    "\"%s\" is \"%.*s\": "
		    "wanted %s",
		    f->key, (int)(text.len < 40 ? text.len : 0), text.at,
		    f->wanted);
	} else if (json_double(v, &n) && !r->options->discreet)
		snprintf(r->reason, sizeof(r->reason),
		    "\"%s\" is the number "
		    "%.15g: wanted %s",
		    f->key, n, f->wanted);
	else
		snprintf(r->reason, sizeof(r->reason),
		    "\"%s\" is %s: wanted "
		    "%s",
		    f->key, json_type_name(v), f->wanted);
	return false;
}

static bool
has_nul(struct span s)
{
	return s.len > 0 && memchr(s.at, '\0', s.len) != NULL;
}

static struct scalar
scalar_of(struct json_value v)
{
	struct scalar s = {.type = json_type(v), .doc = v};

	if (s.type == JSON_STRING)
		json_string(v, &s.text);
	else if (s.type == JSON_NUMBER)
		json_double(v, &s.number);
	return s;
}

/* Of two members with one key the first counts; null is an absent one. */
static bool
set_fields(struct reading *r, struct json_value object)
{
	const struct read_options *map = utterance_map(r->options, object);
	struct json_walk w = json_each(object);
	struct json_value v;
	struct span key;

	while (json_next(&w, &key, &v)) {
		enum utterance_field i = utterance_field(map, key);
		struct scalar s;

		if (i == UTTERANCE_FIELDS || (r->seen >> i & 1) != 0 ||
		    json_type(v) == JSON_NULL)
			continue;
		r->seen |= 1u << i;
		s = scalar_of(v);
		if (!set_field(&r->draft, i, &s, r->ids))
			return bad_value(r, &fields[i], v);
	}
	return true;
}

/* Under what keys documents list what was said, finest last. */
static const struct list {
	const char *key;
	bool details; /* an utterance may have it, too */
} lists[] = {
    {"utterances", false},
    {"segments", false},
    {"phrases", false},
    {"results", false},
    {"sentences", false},
    {"transcripts", false},
    {"transcription", false},
    {"monologues", false},
    {"chunks", false},
    {"turns", false},
    {"messages", false},
    {"dialogue", false},
    {"words", true},
    {"tokens", true},
};

static const struct list *
list_named(struct span key)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (span_eq(key, span_of(lists[i].key)))
			return &lists[i];
	return NULL;
}

/* Is the first of an array's values an object with a piece of speech? */
static bool
holds_speech(struct json_value array)
{
	static const char *const keys[] = {"text", "word", "words", "content",
	    "transcript", "sentence", "written", "tokens", "alternatives",
	    "message", "msg", "start"};
	struct json_walk w = json_each(array);
	struct json_value first;

	if (json_type(array) != JSON_ARRAY || !json_next(&w, NULL, &first))
		return false;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (json_type(json_get(first, keys[i])) != JSON_NONE)
			return true;
	return false;
}

/* Does it say itself who spoke, or when? */
static bool
stands_alone(struct json_value object)
{
	return json_type(json_get(object, "speaker")) == JSON_STRING ||
	    json_type(json_get(object, "start")) == JSON_NUMBER ||
	    json_type(json_get(object, "at")) != JSON_NONE;
}

struct span
utterance_parts(struct json_value object)
{
	struct json_walk w = json_each(object);
	struct json_value v;
	struct span key;

	while (w.keys && json_next(&w, &key, &v)) {
		const struct list *l = json_type(v) == JSON_ARRAY ?
		    list_named(key) :
		    NULL;

		if (l != NULL && holds_speech(v) &&
		    !(l->details && stands_alone(object)))
			return key;
	}
	return (struct span){"", 0};
}

/* Taken as one utterance, who spoke and when would be lost. */
static bool
is_document(struct reading *r, struct json_value v)
{
	struct span parts = utterance_parts(v);

	r->document = parts.len > 0;
	if (r->document)
		snprintf(r->reason, sizeof(r->reason),
		    "\"%.*s\" beside \"text\": a whole document, and no "
		    "utterance: give it a file of its own, if its format is "
		    "known, or write each of its %.*s as a record",
		    SPAN_FMT(parts), SPAN_FMT(parts));
	return r->document;
}

static bool
read_object(struct reading *r, struct json_value v)
{
	const struct record *rec = &r->draft.record;

	if (json_type(v) != JSON_OBJECT) {
		snprintf(r->reason, sizeof(r->reason),
		    "%s: wanted an object "
		    "with \"text\"",
		    json_type_name(v));
		return false;
	}
	if (!set_fields(r, v))
		return false;
	if ((r->seen >> UTTERANCE_TEXT & 1) == 0)
		snprintf(r->reason, sizeof(r->reason),
		    "no \"text\": wanted a "
		    "string that holds the utterance");
	else if (!is_document(r, v) &&
	    (has_nul(rec->text) || has_nul(rec->conversation) ||
		has_nul(rec->speaker) || has_nul(rec->role)))
		snprintf(r->reason, sizeof(r->reason),
		    "a NUL (\\u0000) in "
		    "the text or a name");
	return r->reason[0] == '\0';
}

static inline void
set_voice(struct record *r, const struct voice *v)
{
	r->conversation = v->conversation;
	r->speaker = v->speaker;
	r->role = v->role;
	r->voice = v->number;
}

int
utterance_emit_scalars(struct emitter *e, const struct scalars *values,
    uint64_t line, uint64_t byte, struct err *err)
{
	struct draft d;

	draft_begin(&d, line, byte);
	if (values->voice != NULL)
		set_voice(&d.record, values->voice);
	/* From the last on: times are copied soon, and have been written by
	 * then. */
	for (unsigned set = values->set, i; set != 0; set ^= 1u << i) {
		i = 31 - (unsigned)__builtin_clz(set);
		if (!set_field(
			&d, (enum utterance_field)i, &values->at[i], NULL))
			return 0;
	}
	return draft_emit(e, &d, err) == -1 ? -1 : 1;
}

int
utterance_emit(struct emitter *e, struct json_value v, uint64_t line,
    uint64_t byte, struct span excerpt, struct buf *ids, struct err *err)
{
	struct reading r = {.ids = ids, .options = e->reader->options};

	draft_begin(&r.draft, line, byte);
	if (!read_object(&r, v)) {
		e->foreign += r.document ||
		    ((r.seen >> UTTERANCE_TEXT & 1) == 0 &&
			json_type(json_get(v, "text")) == JSON_NONE);
		return emit_reject(e, line, byte, excerpt, err, "%s", r.reason);
	}
	return draft_emit(e, &r.draft, err);
}
