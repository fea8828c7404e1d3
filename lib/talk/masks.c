#include "talk/masks.h"

/* How many utterances of others one is looked for behind; the bytes of one
 * that only asks to go on (はい、どうぞ); ms that part no sentence. */
enum { BETWEEN_MAX = 16, SHORT_MAX = 45, JOIN_GAP = 300 };

/* Utterances of one speaker, with little between them. */
struct thread {
	const struct conversation *c;
	bool *taken; /* each utterance: it is of this or another thread */
	uint32_t *members;
	size_t n;
	struct passage passage;
};

static bool
has_side(const struct utterance *u)
{
	return u->role == ROLE_AGENT || u->role == ROLE_CUSTOMER;
}

static bool
same_speaker(const struct utterance *a, const struct utterance *b)
{
	return a->role == b->role &&
	    (has_side(a) || span_eq(a->speaker, b->speaker));
}

static bool
is_notice(const struct utterance *u)
{
	return u->speaker.len == 0 && span_eq(u->role_field, SPAN("system"));
}

/* Digits of another's number said after him, and no more. */
static bool
is_echo(const struct utterance *u, struct arena *a, struct redaction *digits)
{
	return redact_dictated(u->text, a, digits);
}

/* May a speaker's number go on behind it? */
static bool
goes_past(
    const struct utterance *from, const struct utterance *u, struct arena *a)
{
	struct redaction digits;

	return u->backchannel || (has_side(from) && !has_side(u)) ||
	    u->text.len <= SHORT_MAX || is_echo(u, a, &digits);
}

/* Takes i and what goes on with it; each utterance is of one thread. */
static void
follow(struct thread *t, size_t i, struct arena *a)
{
	const struct utterance *from = &t->c->at[i];
	size_t between = 0;

	t->n = 0;
	for (; i < t->c->n && between <= BETWEEN_MAX; i++) {
		const struct utterance *u = &t->c->at[i];

		if (!t->taken[i] && same_speaker(from, u) && !u->backchannel) {
			t->members[t->n++] = (uint32_t)i;
			t->taken[i] = true;
			between = 0;
		} else if (goes_past(from, u, a)) {
			between++;
		} else {
			break;
		}
	}
}

/* An echo says digits of the number again, while it is said or just after; it
 * is no number of its own then. */
static void
mask_echoes(const struct thread *t, size_t first, size_t last,
    enum redact_kind kind, struct arena *a, struct redactions *all)
{
	const struct utterance *said = t->c->at, *from = &said[*t->members];
	size_t end = t->members[last] + 2;

	for (size_t i = t->members[first] + 1; i < end && i < t->c->n; i++) {
		struct redaction digits;

		if (all[i].n > 0 || same_speaker(&said[i], from) ||
		    !is_echo(&said[i], a, &digits))
			continue;
		digits.kind = kind;
		redact_unite(&all[i], digits, a);
		t->taken[i] = true;
	}
}

/* What was asked of whom i answers: what states it is before the answer, and
 * none of it. */
static void
find_answer(struct span text, struct span states, struct arena *a,
    struct redactions *all)
{
	char *at = arena_take(a, states.len + text.len + 1);
	struct redactions found;

	memcpy(at, states.at, states.len);
	memcpy(at + states.len, text.at, text.len);
	redact_find((struct span){at, states.len + text.len}, a, &found);
	for (size_t i = 0; i < found.n; i++) {
		struct redaction r = found.at[i];

		if (r.start < states.len)
			continue;
		r.start -= (uint32_t)states.len;
		r.end -= (uint32_t)states.len;
		redact_unite(all, r, a);
	}
}

/* The utterance that i answers: another's, with at most a short one (はい)
 * between them; n: it answers none. */
static size_t
question_of(const struct conversation *c, size_t i)
{
	const struct utterance *u = &c->at[i];

	for (size_t k = i; k > 0 && i - k < 3; k--) {
		const struct utterance *q = &c->at[k - 1];

		if (!same_speaker(q, u) && !q->backchannel)
			return k - 1;
		if (q->text.len > SHORT_MAX)
			break;
	}
	return c->n;
}

static void
find_answers(
    const struct conversation *c, struct arena *a, struct redactions *all)
{
	for (size_t i = 1; i < c->n; i++) {
		struct span states[REDACT_ASKED];
		size_t q = question_of(c, i), n = 0;

		if (q < c->n && !c->at[i].backchannel && !is_notice(&c->at[i]))
			n = redact_asked(c->at[q].text, states);
		for (size_t k = 0; k < n; k++)
			find_answer(c->at[i].text, states[k], a, &all[i]);
	}
}

/* The parts of what is masked in the passage, each where it was said; *first
 * is the piece that it may begin in. */
static void
spread(const struct thread *t, const struct redaction *r, size_t *first,
    struct arena *a, struct redactions *all)
{
	const struct passage *p = &t->passage;
	size_t i;

	while (*first + 1 < p->n && p->pieces[*first + 1].at <= r->start)
		++*first;
	for (i = *first; i < p->n && p->pieces[i].at < r->end; i++) {
		uint32_t at = p->pieces[i].at, u = p->pieces[i].utterance;
		uint32_t len = (uint32_t)t->c->at[u].text.len;
		struct redaction part = {.kind = r->kind};

		part.start = r->start > at ? r->start - at : 0;
		part.end = r->end - at < len ? r->end - at : len;
		part.cut = r->end - at > len;
		if (part.start < part.end)
			redact_unite(&all[u], part, a);
	}
	if (i - *first > 1 && r->kind != REDACT_NAME && r->kind != REDACT_EMAIL)
		mask_echoes(t, *first, i - 1, r->kind, a, all);
}

static void
find_cut(const struct thread *t, struct arena *a, struct redactions *all)
{
	struct redactions found;
	size_t first = 0;

	redact_find(t->passage.raw, a, &found);
	for (size_t i = 0; i < found.n; i++)
		spread(t, &found.at[i], &first, a, all);
}

static void
find_each(const struct conversation *c, bool notices, struct arena *a,
    struct redactions *all)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct utterance *u = &c->at[i];

		all[i] = (struct redactions){0};
		if (is_notice(u))
			redact_notice(u->text, a, &all[i]);
		else if (!notices)
			redact_find(u->text, a, &all[i]);
	}
}

void
masks_find(const struct conversation *c, bool notices, struct arena *a,
    struct redactions *all)
{
	struct thread t = {.c = c};

	find_each(c, notices, a, all);
	if (!notices)
		find_answers(c, a, all);
	t.taken = arena_alloc(a, c->n * sizeof(*t.taken) + 1);
	t.members = arena_alloc(a, c->n * sizeof(*t.members) + 1);
	for (size_t i = 0; i < c->n && !notices; i++) {
		if (t.taken[i] || c->at[i].backchannel)
			continue;
		follow(&t, i, a);
		if (t.n < 2)
			continue;
		passage_make(c, t.members, t.n, JOIN_GAP, a, &t.passage);
		find_cut(&t, a, all);
	}
}

void
masks_of_passage(const struct redactions *all, const struct passage *p,
    struct arena *a, struct redactions *out)
{
	bool cut = false;

	*out = (struct redactions){0};
	for (size_t i = 0; i < p->n; i++) {
		const struct redactions *of = &all[p->pieces[i].utterance];

		for (size_t k = 0; k < of->n; k++) {
			struct redaction r = of->at[k];

			r.start += p->pieces[i].at;
			r.end += p->pieces[i].at;
			/* Its part before ends here, or at a line break. */
			if (cut && k == 0 && of->at[k].start == 0)
				r.start = out->at[out->n - 1].start;
			redact_unite(out, r, a);
			cut = r.cut;
		}
	}
}
