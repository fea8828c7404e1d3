#include "disguise.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/joined.h"
#include "base/walk.h"
#include "talk/masks.h"
#include "text/utf8.h"

enum { KEY_FILE_MAX = 4096 };

/* -1 and errno; else how many bytes, at most most. */
static ssize_t
read_file(int fd, char *out, size_t most)
{
	size_t n = 0;
	ssize_t got = 1;

	while (n < most && got != 0) {
		got = read(fd, out + n, most - n);
		if (got == -1 && errno != EINTR)
			return -1;
		n += got > 0 ? (size_t)got : 0;
	}
	return (ssize_t)n;
}

static bool
all_the_same(struct span s)
{
	for (size_t i = 1; i < s.len; i++)
		if (s.at[i] != s.at[0])
			return false;
	return true;
}

static int
take_key(struct disguise *d, const char *path, struct span key, struct err *err)
{
	static const char hint[] = "make one with `head -c 32 /dev/urandom`";

	if (key.len < DIGEST_KEY_MIN)
		return fail(err,
		    "--pseudonymize %s: %zu bytes are no key, it takes %d: %s",
		    path, key.len, DIGEST_KEY_MIN, hint);
	if (key.len > KEY_FILE_MAX)
		return fail(err,
		    "--pseudonymize %s: more than %d bytes: that is no key: "
		    "%s",
		    path, KEY_FILE_MAX, hint);
	if (all_the_same(key))
		return fail(err,
		    "--pseudonymize %s: one byte again and again is no key: "
		    "%s",
		    path, hint);
	d->keyed = true;
	d->len = key.len < DIGEST_KEY_MAX ? key.len : DIGEST_KEY_MAX;
	if (key.len > DIGEST_KEY_MAX)
		digest_key(key, d->bytes);
	else
		memcpy(d->bytes, key.at, key.len);
	return 0;
}

static int
read_key(struct disguise *d, const char *path, struct err *err)
{
	char bytes[KEY_FILE_MAX + 1];
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;

	if (fd != -1 && fstat(fd, &st) == 0) {
		d->open = S_ISREG(st.st_mode) &&
		    (st.st_mode & (S_IRWXG | S_IRWXO)) != 0;
		n = read_file(fd, bytes, sizeof(bytes));
	}
	if (n == -1)
		fail(err,
		    "--pseudonymize %s: %s: name a file that holds the key",
		    path, strerror(errno));
	if (fd != -1)
		close(fd);
	return n == -1 ?
	    -1 :
	    take_key(d, path, (struct span){bytes, (size_t)n}, err);
}

int
disguise_open(struct disguise *d, const struct ofuku_input *in, struct err *err)
{
	*d = (struct disguise){.redact = in->redact};
	return in->pseudonymize == NULL ? 0 :
					  read_key(d, in->pseudonymize, err);
}

bool
disguise_is_on(const struct disguise *d)
{
	return d->redact || d->keyed;
}

void
disguise_key_name(const struct disguise *d, char out[DIGEST_NAME + 1])
{
	digest_name((struct span){d->bytes, d->len}, SPAN("key:"), out);
}

/* kind: so that a speaker is not told from a conversation of that name. */
static struct span
pseudonym(const struct disguise *d, const char *kind, struct span text,
    struct arena *a)
{
	char name[DIGEST_NAME + 1];
	struct buf b = {0};
	struct span s;

	if (!d->keyed || text.len == 0)
		return text;
	buf_adds(&b, kind);
	buf_add(&b, text);
	digest_name((struct span){d->bytes, d->len}, buf_span(&b), name);
	s = arena_dup(a, span_of(name));
	buf_free(&b);
	return s;
}

struct span
disguise_id(const struct disguise *d, struct span id, struct arena *a)
{
	return pseudonym(d, "conversation:", id, a);
}

/* --redact of a text in which find finds what is masked. */
static struct span
masked(const struct disguise *d, struct span text,
    void (*find)(struct span, struct arena *, struct redactions *),
    struct arena *a)
{
	struct redactions all;

	if (!d->redact)
		return text;
	find(text, a, &all);
	return redact_piece(text, &all, 0, text.len, a);
}

/* Of what somebody is called. */
static struct span
called(const struct disguise *d, struct span name, struct arena *a)
{
	return masked(d, name, redact_called, a);
}

struct span
disguise_speaker(const struct disguise *d, struct span name, struct arena *a)
{
	return d->keyed ? pseudonym(d, "speaker:", name, a) :
			  called(d, name, a);
}

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

/* "call-17" stands in "call-17.json", but "17" not in "call-175.json". */
static bool
stands_at(struct span s, size_t at, struct span id)
{
	size_t end = at + id.len;

	if (end > s.len || memcmp(s.at + at, id.at, id.len) != 0)
		return false;
	return !(at > 0 && is_word(s.at[at - 1]) && is_word(id.at[0])) &&
	    !(end < s.len && is_word(s.at[end]) && is_word(id.at[id.len - 1]));
}

struct span
disguise_source(const struct disguise *d, struct span source, struct span id,
    struct arena *a)
{
	struct span name;
	struct buf b = {0};
	size_t base = source.len, i;

	if (!d->keyed || id.len == 0)
		return source;
	while (base > 0 && source.at[base - 1] != '/')
		base--;
	name = disguise_id(d, id, a);
	buf_add(&b, (struct span){source.at, base});
	for (i = base; i < source.len;) {
		bool here = stands_at(source, i, id);

		buf_add(&b, here ? name : (struct span){source.at + i, 1});
		i += here ? id.len : 1;
	}
	source = arena_dup(a, buf_span(&b));
	buf_free(&b);
	return source;
}

struct span
disguise_text(const struct disguise *d, struct span text, struct arena *a)
{
	return masked(d, text, redact_find, a);
}

static uint32_t
hex(struct span s, size_t at, size_t digits)
{
	uint32_t n = 0;

	for (size_t i = at; i < at + digits; i++) {
		char c = i < s.len ? s.at[i] : 0;

		if (!isxdigit((unsigned char)c))
			return 0;
		n = n << 4 |
		    (uint32_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
	}
	return n;
}

/* The character of the \u at i; returns how long it is, 0: it is none. */
static size_t
unicode_at(struct span s, size_t i, uint32_t *c)
{
	uint32_t low;

	if (s.len - i < 6 || s.at[i + 1] != 'u' || (*c = hex(s, i + 2, 4)) == 0)
		return 0;
	if (*c < 0xd800 || *c > 0xdfff)
		return 6;
	low = s.len - i >= 12 && s.at[i + 7] == 'u' ? hex(s, i + 8, 4) : 0;
	if (*c > 0xdbff || low < 0xdc00 || low > 0xdfff) {
		*c = 0xfffd;
		return 6;
	}
	*c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
	return 12;
}

/* Appends what the escape at i stands for; returns how long it is. */
static size_t
put_escaped(struct buf *b, struct span s, size_t i)
{
	char next = i + 1 < s.len ? s.at[i + 1] : ' ', utf8[4];
	uint32_t c;
	size_t n = unicode_at(s, i, &c);

	if (n > 0) {
		buf_add(b, (struct span){utf8, utf8_put(c, utf8)});
		return n;
	}
	buf_addc(b, strchr("nrtbfu", next) == NULL ? next : ' ');
	return 2;
}

/* Without the escapes of JSON, and with blanks for controls. */
static struct span
unescaped(struct span s, struct arena *a)
{
	struct buf b = {0};

	for (size_t i = 0; i < s.len;) {
		if (s.at[i] == '\\')
			i += put_escaped(&b, s, i);
		else if ((unsigned char)s.at[i] < ' ' && ++i > 0)
			buf_addc(&b, ' ');
		else
			buf_addc(&b, s.at[i++]);
	}
	s = arena_dup(a, buf_span(&b));
	buf_free(&b);
	return s;
}

/* Bytes that path_label shows as \xHH: who knows what they say. */
static struct span
without_bytes(struct span s, struct arena *a)
{
	struct buf b = {0};

	for (size_t i = 0; i < s.len; i++) {
		bool byte = s.at[i] == '\\';

		buf_add(&b,
		    byte ? SPAN("\xef\xbf\xbd") : (struct span){s.at + i, 1});
		i += byte ? 3 : 0;
	}
	s = arena_dup(a, buf_span(&b));
	buf_free(&b);
	return s;
}

struct span
disguise_excerpt(const struct disguise *d, struct span bytes, struct arena *a)
{
	if (!d->redact)
		return path_label(a, arena_cstr(a, bytes));
	/* JSON in JSON has its escapes escaped. */
	do
		bytes = unescaped(bytes, a);
	while (memchr(bytes.at, '\\', bytes.len) != NULL);
	bytes = path_label(a, arena_cstr(a, bytes));
	return disguise_text(d, without_bytes(bytes, a), a);
}

/* A conversation is mostly of one input, and few speak in it. */
void
disguise_people(
    const struct disguise *d, struct conversation *c, struct arena *a)
{
	struct span id = c->id, source = {0}, shown = {0};

	if (!d->keyed)
		return;
	c->id = disguise_id(d, id, a);
	c->source = disguise_source(d, c->source, id, a);
	for (size_t i = 0; i < c->n; i++) {
		struct utterance *u = &c->at[i];

		if (i == 0 || !span_eq(u->source, source)) {
			source = u->source;
			shown = disguise_source(d, source, id, a);
		}
		u->source = shown;
		u->speaker = disguise_speaker(d, u->speaker, a);
	}
}

const struct redactions *
disguise_find(
    const struct disguise *d, const struct conversation *c, struct arena *a)
{
	struct redactions *found;

	if (!disguise_is_on(d))
		return NULL;
	found = arena_alloc(a, c->n * sizeof(*found) + 1);
	masks_find(c, !d->redact, a, found);
	return found;
}

void
disguise_said(const struct disguise *d, const struct redactions *found,
    struct conversation *c, struct arena *a)
{
	for (size_t i = 0; i < c->n && found != NULL; i++) {
		struct utterance *u = &c->at[i];

		u->text = redact_piece(u->text, &found[i], 0, u->text.len, a);
		u->role_field = called(d, u->role_field, a);
		if (!d->keyed)
			u->speaker = called(d, u->speaker, a);
	}
}

/* Each by itself: NUL stands between them. */
static void
mask_names(const struct disguise *d, struct span *names, struct arena *a)
{
	struct span rest = *names;
	struct buf masked = {0};

	while (rest.len > 0) {
		buf_add(&masked, called(d, joined_next(&rest, '\0'), a));
		if (rest.len > 0)
			buf_addc(&masked, '\0');
	}
	*names = arena_dup(a, buf_span(&masked));
	buf_free(&masked);
}

/* A pseudonym is nothing to be masked. */
void
disguise_names(const struct disguise *d, struct judgement *j, struct arena *a)
{
	if (!d->redact || d->keyed)
		return;
	mask_names(d, &j->agent, a);
	mask_names(d, &j->customer, a);
	for (size_t i = 0; i < j->n; i++) {
		mask_names(d, &j->exchanges[i].agent, a);
		mask_names(d, &j->exchanges[i].customer, a);
	}
}

void
disguise_events(
    const struct redactions *found, struct judgement *j, struct arena *a)
{
	for (size_t i = 0; i < j->n && found != NULL; i++)
		for (size_t k = 0; k < j->exchanges[i].nevents; k++) {
			struct event *e = &j->exchanges[i].events[k];

			if (e->text.len > 0)
				masks_of_passage(found, e->said, a, &e->masks);
		}
}

void
disguise_log(struct judgement *j, struct arena *a)
{
	for (size_t i = 0; i < j->n; i++)
		for (size_t k = 0; k < j->exchanges[i].nevents; k++) {
			struct event *e = &j->exchanges[i].events[k];

			e->text = redact_piece(
			    e->text, &e->masks, 0, e->text.len, a);
		}
}
