/* A policy as its rule file has it: its parts, and how they name each other. */
#include "rule/define.h"
#include "rule/schema.h"

enum {
	POLICY_OFUKU,
	POLICY_POLICY,
	POLICY_TITLE,
	POLICY_USES,
	POLICY_DEFINE,
	POLICY_PHRASES,
	POLICY_PATTERNS,
	POLICY_EXCHANGE,
	POLICY_CHECKS,
	POLICY_KEYS
};

static const struct key policy_keys[POLICY_KEYS] = {
    [POLICY_OFUKU] = {"ofuku", true},
    [POLICY_POLICY] = {"policy", true},
    [POLICY_TITLE] = {"title", false},
    [POLICY_USES] = {"uses", false},
    [POLICY_DEFINE] = {"define", false},
    [POLICY_PHRASES] = {"phrases", false},
    [POLICY_PATTERNS] = {"patterns", false},
    [POLICY_EXCHANGE] = {"exchange", false},
    [POLICY_CHECKS] = {"checks", false},
};

size_t
policy_pattern(const struct policy *p, struct span id)
{
	size_t i = 0;

	while (i < p->npatterns && !span_eq(p->patterns[i].id, id))
		i++;
	return i;
}

size_t
policy_phrase(const struct policy *p, struct span id)
{
	size_t i = 0;

	while (i < p->nphrases && !span_eq(p->phrases[i].id, id))
		i++;
	return i;
}

bool
read_pattern_ref(
    struct reader *r, const struct node *n, const struct policy *p, size_t *out)
{
	const char **names;
	struct span id;

	if (!read_text(r, n, &id))
		return false;
	*out = policy_pattern(p, id);
	if (*out < p->npatterns)
		return true;
	if (policy_phrase(p, id) < p->nphrases) {
		mistake(r, n,
		    "\"%.*s\" is a phrase: a pattern is wanted "
		    "here",
		    SPAN_FMT(id));
		return false;
	}
	names = arena_alloc(
	    &r->mistakes->arena, (p->npatterns + 1) * sizeof(*names));
	for (size_t i = 0; i < p->npatterns; i++)
		names[i] = arena_cstr(&r->mistakes->arena, p->patterns[i].id);
	mistake_unknown(r, n, "pattern", names, p->npatterns);
	return false;
}

bool
read_phrase_ref(
    struct reader *r, const struct node *n, const struct policy *p, size_t *out)
{
	const char **names;
	struct span id;

	if (!read_text(r, n, &id))
		return false;
	*out = policy_phrase(p, id);
	if (*out < p->nphrases)
		return true;
	names = arena_alloc(
	    &r->mistakes->arena, (p->nphrases + 1) * sizeof(*names));
	for (size_t i = 0; i < p->nphrases; i++)
		names[i] = arena_cstr(&r->mistakes->arena, p->phrases[i].id);
	mistake_unknown(r, n, "phrase", names, p->nphrases);
	return false;
}

/* A pattern and a phrase of one name: `@name` could not say which. */
static void
note_shared_names(
    struct reader *r, const struct policy_draft *d, const struct policy *p)
{
	for (size_t i = 0; i < p->npatterns; i++) {
		if (policy_phrase(p, p->patterns[i].id) < p->nphrases)
			mistake(r, d->patterns->keys[i],
			    "\"%.*s\" is a "
			    "phrase already: choose another id",
			    SPAN_FMT(p->patterns[i].id));
	}
}

void
read_policy(struct reader *r, struct policy *p)
{
	const struct node *found[POLICY_KEYS];
	struct policy_draft d = {0};
	struct definitions defined = {0};

	p->file = r->source->path;
	if (!read_map(r, r->source->root, "a policy", policy_keys, POLICY_KEYS,
		found))
		return;
	read_id(r, found[POLICY_POLICY], &p->id);
	if (found[POLICY_TITLE] != NULL)
		read_text(r, found[POLICY_TITLE], &p->title);
	d.phrases = found[POLICY_PHRASES];
	d.patterns = found[POLICY_PATTERNS];
	d.exchange = found[POLICY_EXCHANGE];
	d.checks = found[POLICY_CHECKS];
	read_definitions(r, found[POLICY_DEFINE], &defined);
	read_phrases(r, d.phrases, p);
	read_patterns(r, &d, p);
	check_unused_definitions(r, found[POLICY_DEFINE], &defined);
	r->defined = NULL;
	note_shared_names(r, &d, p);
	read_exchange(r, d.exchange, p);
	read_checks(r, d.checks, p);
	lint_policy(r, &d, p);
}
