#include "rule/matcher.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "rule/rules.h"
#include "text/utf8.h"

int
matcher_open(struct matcher **out, const struct match_limits *limits,
    const struct fold *fold, struct err *err)
{
	struct matcher *m = mem_alloc(sizeof(*m));

	m->fold = fold;
	m->no_prefilter = limits->no_prefilter;
	engine_open(&m->engine, limits);
	if (viewer_open(&m->viewer, err) == -1) {
		matcher_close(m);
		return -1;
	}
	*out = m;
	return 0;
}

void
matcher_close(struct matcher *m)
{
	if (m == NULL)
		return;
	viewer_close(m->viewer);
	cutter_close(m->cutter);
	engine_close(m->engine);
	phrase_scratch_free(m->phrase);
	subject_free(&m->subject);
	free(m->found);
	free(m);
}

struct viewer *
matcher_viewer(struct matcher *m)
{
	return m->viewer;
}

bool
matcher_unfiltered(const struct matcher *m)
{
	return m->no_prefilter;
}

void
matcher_text_begins(struct matcher *m)
{
	engine_text_begins(m->engine);
}

struct engine *
matcher_engine(struct matcher *m)
{
	return m->engine;
}

/* Where what is known of the text stands, or NULL: it is too long. */
static struct known *
known_of(struct known *table, size_t n, struct span text)
{
	return text.len > sizeof(table->text) ? NULL :
						&table[span_hash(text) % n];
}

static bool
knows(const struct known *k, const struct pack *pack, struct span text)
{
	return k != NULL && k->pack == pack &&
	    span_eq((struct span){k->text, k->len}, text);
}

static void
know(
    struct known *k, const struct pack *pack, struct span text, unsigned answer)
{
	if (k == NULL)
		return;
	k->pack = pack;
	k->len = (uint16_t)text.len;
	k->answer = (uint16_t)answer;
	memcpy(k->text, text.at, text.len);
}

enum role
matcher_role(struct matcher *m, const struct pack *pack, struct span text)
{
	struct known *k = known_of(m->roles, ROLES_KNOWN, text);
	enum role role;

	if (knows(k, pack, text))
		return (enum role)k->answer;
	role = pack_role(pack, m->viewer, text);
	know(k, pack, text, role);
	return role;
}

bool
matcher_backchannel(
    struct matcher *m, const struct pack *pack, struct span text)
{
	struct known *k = known_of(m->backchannels, BACKCHANNELS_KNOWN, text);
	const struct view *folded;
	bool is;

	if (!raw_may_be_of(m->viewer, text, pack->alphabet))
		return false;
	if (knows(k, pack, text))
		return k->answer;
	subject_set(&m->subject, text);
	folded = subject_folded(m, &m->subject);
	is = pack_backchannel(pack, folded->at, folded->len);
	know(k, pack, text, is);
	return is;
}

void
hits_free(struct hits *h)
{
	free(h->at);
	*h = (struct hits){0};
}

void
subject_set(struct subject *s, struct span raw)
{
	s->raw = raw;
	s->have_plain = s->have_folded = s->have_words = false;
	s->threats_alone = false;
	s->scanned = NULL;
}

void
subject_free(struct subject *s)
{
	view_free(&s->plain);
	view_free(&s->folded);
	words_free(&s->words);
	prefilter_scratch_free(&s->scratch);
	*s = (struct subject){0};
}

const struct view *
subject_plain(struct matcher *m, struct subject *s)
{
	if (!s->have_plain) {
		view_plain(m->viewer, s->raw, &s->plain);
		engine_text_begins(m->engine);
	}
	s->have_plain = true;
	return &s->plain;
}

const struct view *
subject_folded(struct matcher *m, struct subject *s)
{
	if (!s->have_folded)
		view_folded(m->viewer, m->fold, s->raw, &s->folded);
	s->have_folded = true;
	return &s->folded;
}

int
subject_words(struct matcher *m, struct subject *s, const struct words **out,
    struct err *err)
{
	if (m->cutter == NULL && cutter_open(&m->cutter, err) == -1)
		return -1;
	if (!s->have_words &&
	    words_cut(m->cutter, subject_plain(m, s), &s->words, err) == -1)
		return -1;
	s->have_words = true;
	*out = &s->words;
	return 0;
}

/* What a view drops, as far as it stands behind matches: blanks, marks. */
static bool
is_trailing(uint32_t c)
{
	return c <= ' ' || (c >= 0x3000 && c <= 0x3002) || c == 0x2026 ||
	    c == 0x30fb || c == 0xff01 || c == 0xff0c || c == 0xff0e ||
	    c == 0xff1f || (c < 0x80 && strchr("!?,.;:", (int)c) != NULL);
}

void
raw_range(const struct view *v, struct span raw, size_t start, size_t end,
    uint32_t *raw_start, uint32_t *raw_end)
{
	size_t last = v->raw[end - 1], byte;

	/* Units of one character all begin where it does. */
	while (end < v->len && v->raw[end] == last)
		end++;
	*raw_start = v->raw[start];
	for (byte = v->raw[end]; byte > last;) {
		size_t before = utf8_before(raw, byte);

		if (before <= last || !is_trailing(utf8_at(raw, before)))
			break;
		byte = before;
	}
	*raw_end = (uint32_t)byte;
}
