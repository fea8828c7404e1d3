#include "read/utterance.h"

#include <stdio.h>
#include <string.h>

/* One that is being read: what went wrong, if anything, stands in reason. */
struct reading {
	struct draft draft;
	struct buf *ids;
	unsigned seen; /* bits by index in fields */
	const struct read_options *options;
	char reason[200];
};

struct field {
	const char *key;
	size_t len;
	const char *wanted;
	/* False: the value is not what is wanted. */
	bool (*set)(struct reading *, const struct scalar *);
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
set_text(struct reading *r, const struct scalar *v)
{
	return set_string(v, &r->draft.record.text);
}

static bool
set_conversation(struct reading *r, const struct scalar *v)
{
	if (v->doc.doc != NULL)
		return json_id(v->doc, r->ids, &r->draft.record.conversation);
	r->draft.record.conversation = v->text;
	return v->type == JSON_STRING || v->text.len > 0;
}

static bool
set_speaker(struct reading *r, const struct scalar *v)
{
	return set_string(v, &r->draft.record.speaker);
}

static bool
set_role(struct reading *r, const struct scalar *v)
{
	return set_string(v, &r->draft.record.role);
}

static bool
set_relative(const struct scalar *v, struct moment *m)
{
	if (v->type != JSON_NUMBER || !(v->number >= 0))
		return false;
	*m = moment_relative(v->number);
	return moment_known(*m);
}

static bool
set_start(struct reading *r, const struct scalar *v)
{
	return set_relative(v, &r->draft.start);
}

static bool
set_end(struct reading *r, const struct scalar *v)
{
	return set_relative(v, &r->draft.end);
}

static bool
set_wall(const struct scalar *v, struct moment *m)
{
	if (v->type == JSON_STRING)
		return moment_parse_wall(v->text, m);
	if (v->type != JSON_NUMBER)
		return false;
	*m = moment_epoch(v->number);
	return moment_known(*m);
}

static bool
set_at(struct reading *r, const struct scalar *v)
{
	return set_wall(v, &r->draft.at);
}

static bool
set_until(struct reading *r, const struct scalar *v)
{
	return set_wall(v, &r->draft.until);
}

#define KEY(k) k, sizeof(k) - 1
#define WANT_STRING "a string"
#define WANT_SECONDS "a number of seconds, 0 or more"
#define WANT_WALL \
	"a date and time (2026-10-01T10:00:00+09:00, " \
	"2026-10-01 10:00) or an epoch number"

static const struct field fields[] = {
    [UTTERANCE_TEXT] = {KEY("text"), WANT_STRING, set_text},
    [UTTERANCE_CONVERSATION] = {KEY("conversation"), "a string or an integer",
	set_conversation},
    [UTTERANCE_SPEAKER] = {KEY("speaker"), WANT_STRING, set_speaker},
    [UTTERANCE_ROLE] = {KEY("role"), WANT_STRING, set_role},
    [UTTERANCE_START] = {KEY("start"), WANT_SECONDS, set_start},
    [UTTERANCE_END] = {KEY("end"), WANT_SECONDS, set_end},
    [UTTERANCE_AT] = {KEY("at"), WANT_WALL, set_at},
    [UTTERANCE_UNTIL] = {KEY("until"), WANT_WALL, set_until},
};

enum utterance_field
utterance_field(struct span key)
{
	for (unsigned i = 0; i < UTTERANCE_FIELDS; i++)
		if (fields[i].len == key.len && fields[i].key[0] == key.at[0] &&
		    memcmp(fields[i].key, key.at, key.len) == 0)
			return (enum utterance_field)i;
	return UTTERANCE_FIELDS;
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
	struct json_walk w = json_each(object);
	struct json_value v;
	struct span key;

	while (json_next(&w, &key, &v)) {
		enum utterance_field i = utterance_field(key);
		struct scalar s;

		if (i == UTTERANCE_FIELDS || (r->seen >> i & 1) != 0 ||
		    json_type(v) == JSON_NULL)
			continue;
		r->seen |= 1u << i;
		s = scalar_of(v);
		if (!fields[i].set(r, &s))
			return bad_value(r, &fields[i], v);
	}
	return true;
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
	else if (has_nul(rec->text) || has_nul(rec->conversation) ||
	    has_nul(rec->speaker) || has_nul(rec->role))
		snprintf(r->reason, sizeof(r->reason),
		    "a NUL (\\u0000) in "
		    "the text or a name");
	return r->reason[0] == '\0';
}

static void
begin(struct reading *r, uint64_t line, uint64_t byte, struct buf *ids)
{
	r->draft = (struct draft){.record = {.line = line, .byte = byte}};
	r->ids = ids;
	r->seen = 0;
	r->reason[0] = '\0';
}

int
utterance_emit_scalars(struct emitter *e, const struct scalars *values,
    uint64_t line, uint64_t byte, struct err *err)
{
	struct reading r;

	begin(&r, line, byte, NULL);
	r.options = e->reader->options;
	for (unsigned set = values->set; set != 0; set &= set - 1) {
		unsigned i = (unsigned)__builtin_ctz(set);

		if (!fields[i].set(&r, &values->at[i]))
			return 0;
	}
	return draft_emit(e, &r.draft, err) == -1 ? -1 : 1;
}

int
utterance_emit(struct emitter *e, struct json_value v, uint64_t line,
    uint64_t byte, struct span excerpt, struct buf *ids, struct err *err)
{
	struct reading r;

	begin(&r, line, byte, ids);
	r.options = e->reader->options;
	if (!read_object(&r, v)) {
		e->foreign += (r.seen >> UTTERANCE_TEXT & 1) == 0 &&
		    json_type(json_get(v, "text")) == JSON_NONE;
		return emit_reject(e, line, byte, excerpt, err, "%s", r.reason);
	}
	return draft_emit(e, &r.draft, err);
}
