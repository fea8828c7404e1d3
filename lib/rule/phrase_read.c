/* Stock phrases as rule files have them. */
#include "rule/schema.h"

enum {
	PHRASE_BY,
	PHRASE_SAY,
	PHRASE_ALSO,
	PHRASE_TOLERANCE,
	PHRASE_KEEP,
	PHRASE_EXAMPLES,
	PHRASE_KEYS
};

static const struct key phrase_keys[PHRASE_KEYS] = {
    [PHRASE_BY] = {"by", true},
    [PHRASE_SAY] = {"say", true},
    [PHRASE_ALSO] = {"also", false},
    [PHRASE_TOLERANCE] = {"tolerance", false},
    [PHRASE_KEEP] = {"keep", false},
    [PHRASE_EXAMPLES] = {"examples", false},
};

enum { TOLERANCE_PPM = 200000, TOLERANCE_PERCENT_MAX = 50 };

static void
read_wordings(struct reader *r, const struct node *say, const struct node *also,
    struct phrase *p)
{
	size_t n = also != NULL && read_list(r, also, 0) ? also->n : 0;

	p->wordings = arena_alloc(r->arena, (n + 1) * sizeof(*p->wordings));
	p->nwordings = n + 1;
	read_text(r, say, &p->wordings[0].say);
	for (size_t i = 0; i < n; i++)
		read_text(r, also->items[i], &p->wordings[i + 1].say);
	phrase_prepare(r->arena, r->viewer, r->fold, p);
	for (size_t i = 0; i <= n; i++) {
		const struct node *at = i == 0 ? say : also->items[i - 1];

		if (p->wordings[i].say.len > 0 && p->wordings[i].npoints == 0)
			mistake(r, at,
			    "nothing is left of \"%.*s\" when it "
			    "is folded",
			    SPAN_FMT(p->wordings[i].say));
	}
}

static void
read_phrase(struct reader *r, const struct node *n, struct phrase *p)
{
	const struct node *found[PHRASE_KEYS];

	p->tolerance_ppm = TOLERANCE_PPM;
	if (!read_map(r, n, "a phrase", phrase_keys, PHRASE_KEYS, found))
		return;
	read_by(r, found[PHRASE_BY], &p->by);
	if (found[PHRASE_TOLERANCE] != NULL)
		read_percent(r, found[PHRASE_TOLERANCE], TOLERANCE_PERCENT_MAX,
		    &p->tolerance_ppm);
	read_wordings(r, found[PHRASE_SAY], found[PHRASE_ALSO], p);
	if (found[PHRASE_KEEP] != NULL)
		p->keep = read_regex(r, found[PHRASE_KEEP], REGEX_FOLDED);
	read_examples(r, found[PHRASE_EXAMPLES], &p->examples);
}

void
read_phrases(struct reader *r, const struct node *n, struct policy *p)
{
	if (n == NULL || !read_ids(r, n))
		return;
	p->nphrases = n->n;
	p->phrases = arena_alloc(r->arena, (n->n + 1) * sizeof(*p->phrases));
	for (size_t i = 0; i < n->n; i++) {
		p->phrases[i].id = n->keys[i]->text;
		p->phrases[i].line = n->keys[i]->line;
		read_phrase(r, n->items[i], &p->phrases[i]);
	}
}
