/* What a language pack knows: columns, role names, backchannels. */
#include <assert.h>

#include "rule/rules.h"

static const char *const column_names[COLUMN_N] = {
    [COLUMN_CONVERSATION] = "conversation",
    [COLUMN_SPEAKER] = "speaker",
    [COLUMN_ROLE] = "role",
    [COLUMN_TEXT] = "text",
    [COLUMN_START] = "start",
    [COLUMN_END] = "end",
    [COLUMN_AT] = "at",
    [COLUMN_UNTIL] = "until",
};

const char *
column_name(enum column c)
{
	assert((unsigned)c < COLUMN_N);
	return column_names[c];
}

void
column_key(struct viewer *viewer, struct span name, struct buf *out)
{
	struct view v = {0};
	size_t n = 0;

	view_plain(viewer, name, &v);
	for (size_t i = 0; i < v.len; i++) {
		uint16_t c = v.at[i];

		/* A byte order mark that a spreadsheet left in front. */
		if (c <= ' ' || c == '_' || c == '-' || c == 0xfeff)
			continue;
		v.at[n++] = c;
	}
	utf16_utf8(v.at, n, out);
	view_free(&v);
}

static enum column
find_column(const struct pack *p, struct span key)
{
	for (size_t i = 0; i < p->ncolumns; i++) {
		if (span_eq(p->columns[i].name, key))
			return p->columns[i].column;
	}
	for (size_t i = 0; i < COLUMN_N; i++) {
		if (span_eq(span_of(column_names[i]), key))
			return (enum column)i;
	}
	return COLUMN_N;
}

enum column
pack_column(const struct pack *p, struct viewer *viewer, struct span name)
{
	struct buf key = {0};
	enum column c;

	column_key(viewer, name, &key);
	c = find_column(p, buf_span(&key));
	buf_free(&key);
	return c;
}

/* ASCII letters and those of Latin-1 and Latin Extended; no digit, no _. */
static bool
is_latin(uint16_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7);
}

/* Does the name stand at unit i, not in the middle of a Latin word? */
static bool
stands_at(const struct role_name *r, const struct view *v, size_t i)
{
	size_t end = i + r->len;

	if (memcmp(v->at + i, r->at, r->len * sizeof(*r->at)) != 0)
		return false;
	if (!r->latin)
		return true;
	if (is_latin(r->at[0]) && i > 0 && is_latin(v->at[i - 1]))
		return false;
	return !is_latin(r->at[r->len - 1]) || end >= v->len ||
	    !is_latin(v->at[end]);
}

static bool
holds_name(const struct role_name *r, const struct view *v)
{
	for (size_t i = 0; i + r->len <= v->len; i++) {
		if (v->at[i] == r->at[0] && stands_at(r, v, i))
			return true;
	}
	return false;
}

/* The names are sorted: the longest first, of two alike the agent's. */
enum role
pack_role(const struct pack *p, struct viewer *viewer, struct span text)
{
	struct view v = {0};
	enum role role = ROLE_UNKNOWN;

	view_plain(viewer, text, &v);
	for (size_t i = 0; i < p->nrole_names; i++) {
		if (holds_name(&p->role_names[i], &v)) {
			role = p->role_names[i].role;
			break;
		}
	}
	view_free(&v);
	return role;
}

void
pack_alphabet(struct pack *p, struct arena *a)
{
	p->alphabet = arena_alloc(a, ALPHABET_BYTES);
	for (size_t i = 0; i < p->nbackchannels; i++)
		for (size_t k = 0; k < p->backchannel_len[i]; k++)
			alphabet_add(p->alphabet, p->backchannels[i][k]);
	fold_alphabet(p->fold, p->alphabet);
}

/* One bit for each end that a backchannel at at[0..len) may have. */
static uint64_t
backchannel_ends(const struct pack *p, const uint16_t *at, size_t len)
{
	uint64_t ends = 0;

	for (size_t i = 0; i < p->nbackchannels; i++) {
		size_t n = p->backchannel_len[i];

		if (n <= len && p->backchannels[i][0] == at[0] &&
		    memcmp(p->backchannels[i], at, n * sizeof(*at)) == 0)
			ends |= (uint64_t)1 << n;
	}
	return ends;
}

/* Bit k of the window: units i + k can be reached; none is longer than 63. */
bool
pack_backchannel(const struct pack *p, const uint16_t *at, size_t len)
{
	uint64_t window = 1;

	for (size_t i = 0; i < len && window != 0; i++) {
		if (window & 1)
			window |= backchannel_ends(p, at + i, len - i);
		window >>= 1;
	}
	return window & 1;
}
