/* show: what is to be said of an utterance: press, repetition, closing. */
#include <stdio.h>

#include "base/mem.h"
#include "rule/align.h"
#include "show.h"

/* One exchange that is being told. */
struct teller {
	struct remarks *out;
	struct matcher *matcher;
	const struct policy *policy;
	const struct exchange *exchange;
	bool numbered; /* there are others, too */
	struct arena *arena;
	struct subject subject;
	struct hits hits;
	struct phrase_result result;
	struct buf text;
	enum lang lang;
};

static const enum paint paint_of[] = {
    [EVENT_PRESS] = PAINT_PRESS,
    [EVENT_GOES_ON] = PAINT_PRESS,
    [EVENT_ANSWER] = PAINT_DIM,
    [EVENT_REPETITION] = PAINT_REPEAT,
    [EVENT_NEAR_MISS] = PAINT_NEAR,
    [EVENT_CLOSING] = PAINT_CLOSE,
};

static void
add(struct remarks *r, const struct utterance *at, enum paint paint,
    struct span text)
{
	r->at = mem_grow(r->at, &r->cap, r->n + 1, sizeof(*r->at));
	r->at[r->n++] = (struct remark){at, paint, text};
}

static const struct pattern *
pattern_named(const struct policy *p, struct span id)
{
	for (size_t i = 0; i < p->npatterns; i++)
		if (span_eq(p->patterns[i].id, id))
			return &p->patterns[i];
	return NULL;
}

static struct span
item_next(struct span *list)
{
	size_t n = span_find(*list, ';');
	struct span item = {list->at, n};

	n += n < list->len;
	*list = (struct span){list->at + n, list->len - n};
	return item;
}

/* Part of what was said, as it may be shown. */
static struct span
piece(struct teller *t, const struct event *e, uint32_t start, uint32_t end)
{
	return redact_piece(e->text, &e->masks, start, end, t->arena);
}

/* ": sue 「訴えます」, lawyer 「…」": each pattern's first hit. */
static int
tell_patterns(struct teller *t, const struct event *e, struct err *err)
{
	struct span list = e->patterns;
	const char *before = ": ";

	while (list.len > 0) {
		const struct pattern *p = pattern_named(
		    t->policy, item_next(&list));

		t->hits.n = 0;
		if (p == NULL)
			continue;
		if (pattern_hits(t->matcher, p, &t->subject, &t->hits, err) ==
		    -1)
			return -1;
		buf_printf(&t->text, "%s%.*s", before, SPAN_FMT(p->id));
		before = ", ";
		if (t->hits.n > 0)
			buf_printf(&t->text, " 「%.*s」",
			    SPAN_FMT(piece(t, e, t->hits.at[0].raw_start,
				t->hits.at[0].raw_end)));
	}
	return 0;
}

/* The similarity, and where the words differ from the phrase's. */
static int
tell_phrase(struct teller *t, const struct event *e, struct err *err)
{
	const struct phrase *phrase = t->policy->exchange.answered_by;
	const struct occurrence *best = &t->result.seen;
	struct span said;
	unsigned m = similarity_milli(e->similarity);

	buf_printf(&t->text,
	    lang_pick(t->lang, ", similarity %u.%03u", "、近さ %u.%03u"),
	    m / 1000, m % 1000);
	if (phrase_match(t->matcher, phrase, &t->subject, &t->result, err) ==
	    -1)
		return -1;
	for (size_t i = 0; i < t->result.n; i++)
		if (similarity_cmp(
			t->result.at[i].similarity, t->result.best) == 0) {
			best = &t->result.at[i];
			break;
		}
	if (best->similarity.length == 0 || best->similarity.distance == 0)
		return 0;
	buf_adds(&t->text, ": ");
	said = piece(t, e, best->raw_start, best->raw_end);
	/* Aligned is the folded text, in which nothing is masked. */
	if (said.at != e->text.at + best->raw_start) {
		buf_add(&t->text, said);
		return 0;
	}
	phrase_align(&phrase->wordings[best->wording],
	    subject_folded(t->matcher, &t->subject)->at + best->start,
	    best->end - best->start, &t->text);
	return 0;
}

static int
tell_press(struct teller *t, const struct event *e, struct err *err)
{
	buf_printf(
	    &t->text, lang_pick(t->lang, "press %u", "きっかけ%u回目"), e->n);
	if (e->at == t->exchange->opening)
		buf_adds(&t->text, lang_pick(t->lang, ", opens", "、始まり"));
	return tell_patterns(t, e, err);
}

static int
tell_goes_on(struct teller *t, const struct event *e, struct err *err)
{
	buf_adds(&t->text, lang_pick(t->lang, "goes on", "続く言葉"));
	return tell_patterns(t, e, err);
}

static int
tell_answer(struct teller *t, const struct event *e, struct err *err)
{
	(void)e, (void)err;
	buf_adds(&t->text,
	    lang_pick(t->lang, "answer without the phrase", "文句のない応答"));
	return 0;
}

static int
tell_repetition(struct teller *t, const struct event *e, struct err *err)
{
	buf_printf(&t->text,
	    lang_pick(t->lang, "repetition %u", "決まり文句%u回目"), e->n);
	return tell_phrase(t, e, err);
}

static int
tell_near_miss(struct teller *t, const struct event *e, struct err *err)
{
	buf_printf(&t->text,
	    lang_pick(t->lang, "near miss %u", "言い間違い%u回目"), e->n);
	return tell_phrase(t, e, err);
}

static int
tell_closing(struct teller *t, const struct event *e, struct err *err)
{
	static const char *const why[][LANGS] = {
	    [CLOSED_CLOSED] = {"closes", "終わり"},
	    [CLOSED_CALM] = {"calm: closes the exchange", "落ち着いて終わり"},
	    [CLOSED_IDLE] = {"a long silence closes the exchange",
		"長い沈黙で終わり"},
	    [CLOSED_END] = {"the exchange is open to the end",
		"終わらないまま会話の終わり"},
	};

	buf_adds(&t->text, why[t->exchange->closed_by][t->lang]);
	return t->exchange->closed_by == CLOSED_CLOSED ?
	    tell_patterns(t, e, err) :
	    0;
}

static int
tell(struct teller *t, const struct event *e, struct err *err)
{
	static int (*const tells[])(
	    struct teller *, const struct event *, struct err *) = {
	    [EVENT_PRESS] = tell_press,
	    [EVENT_GOES_ON] = tell_goes_on,
	    [EVENT_ANSWER] = tell_answer,
	    [EVENT_REPETITION] = tell_repetition,
	    [EVENT_NEAR_MISS] = tell_near_miss,
	    [EVENT_CLOSING] = tell_closing,
	};

	buf_reset(&t->text);
	buf_adds(&t->text, "^ ");
	if (t->numbered)
		buf_printf(&t->text,
		    lang_pick(t->lang, "exchange %u: ", "やりとり%u: "),
		    t->exchange->number);
	if (e->round_trip > 0)
		buf_printf(&t->text,
		    lang_pick(t->lang, "round trip %u, ", "%u往復目、"),
		    e->round_trip);
	subject_set(&t->subject, e->text);
	if (tells[e->kind](t, e, err) == -1)
		return -1;
	add(t->out, e->at, paint_of[e->kind],
	    arena_dup(t->arena, buf_span(&t->text)));
	return 0;
}

void
remarks_add_findings(
    struct remarks *out, const struct finding *f, size_t n, struct arena *a)
{
	for (size_t i = 0; i < n; i++)
		if (f[i].at != NULL)
			add(out, f[i].at, PAINT_FAULT,
			    span_of(arena_printf(a, "! %s%s", f[i].name,
				f[i].outcome == OUTCOME_UNKNOWN ? "?" : "")));
}

int
remarks_add(struct remarks *out, const struct run *r, const struct judgement *j,
    const struct exchange *x, bool numbered, enum lang lang, struct arena *a,
    struct err *err)
{
	struct teller t = {.out = out,
	    .matcher = r->matcher,
	    .policy = j->policy,
	    .exchange = x,
	    .numbered = numbered && x->number > 0,
	    .lang = lang,
	    .arena = a};
	int rc = 0;

	for (size_t i = 0; i < x->nevents && rc == 0; i++)
		rc = tell(&t, &x->events[i], err);
	remarks_add_findings(out, x->findings, x->nfindings, a);
	subject_free(&t.subject);
	hits_free(&t.hits);
	phrase_result_free(&t.result);
	buf_free(&t.text);
	return rc;
}
