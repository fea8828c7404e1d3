/* Patterns and phrases as rule files have them. */
#include "rule/define.h"
#include "rule/regex.h"
#include "rule/schema.h"
#include "text/utf8.h"

const struct key pattern_keys[PATTERN_KEYS] = {
    [PATTERN_ANY] = {"any", true},
    [PATTERN_UNLESS] = {"unless", false},
    [PATTERN_NEAR] = {"near", false},
    [PATTERN_WORDS] = {"words", false},
    [PATTERN_EXAMPLES] = {"examples", false},
    [PATTERN_BY] = {"by", true},
    [PATTERN_AFTER] = {"after", false},
};

static size_t
points_before(struct span s, size_t byte)
{
	size_t n = 0;

	for (const char *at = s.at; at < s.at + byte && at < s.at + s.len; n++)
		utf8_next(&at);
	return n;
}

static bool
within_bounds(struct reader *r, const struct node *n)
{
	if (++r->mistakes->patterns == PATTERNS_MAX + 1)
		mistake(r, n,
		    "more than %d patterns in all: do aliases "
		    "repeat them?",
		    PATTERNS_MAX);
	return r->mistakes->patterns <= PATTERNS_MAX;
}

static struct regex *
compile_once(struct reader *r, struct span source, unsigned flags,
    size_t *offset, struct err *err)
{
	struct buf b = {0};
	struct span key;
	struct regex *re;

	buf_addc(&b, (char)flags);
	buf_add(&b, source);
	key = buf_span(&b);
	re = map_get(r->regexes, key);
	if (re == NULL) {
		re = regex_compile(
		    r->arena, r->viewer, source, flags, offset, err);
		if (re != NULL)
			*map_slot(r->regexes, arena_dup(r->arena, key)) = re;
	}
	buf_free(&b);
	return re;
}

static struct regex *
compile(struct reader *r, struct span source, unsigned flags, size_t *offset,
    struct err *err)
{
	if ((flags & (REGEX_FOLDED | REGEX_TRUSTED)) == 0)
		return compile_once(r, source, flags, offset, err);
	return regex_compile_folded(r->arena, r->viewer,
	    flags & REGEX_FOLDED ? r->spellings : NULL, source, flags, offset,
	    err);
}

struct regex *
read_regex(struct reader *r, const struct node *n, unsigned flags)
{
	struct span s, whole;
	struct regex *re;
	struct err err;
	size_t offset;

	if (!read_text(r, n, &s) || !within_bounds(r, n) ||
	    !definitions_write_out(r, n, s, &whole))
		return NULL;
	/* What other spellings make of it was not tested with the program. */
	if (r->source->builtin &&
	    ((flags & REGEX_FOLDED) == 0 || !r->own_spellings))
		flags |= REGEX_TRUSTED;
	re = compile(r, whole, flags, &offset, &err);
	if (re == NULL)
		mistake(r, n, "%s (at character %zu of the pattern)", err.text,
		    points_before(
			s, definitions_origin(r->defined, s, offset)) +
			1);
	else if (!r->source->builtin && regex_matches_empty(re, r->viewer))
		mistake(r, n,
		    "the pattern can match nothing at all, which "
		    "never counts: ask for one character or more");
	return re;
}

bool
read_regexes(struct reader *r, const struct node *n, size_t min, unsigned flags,
    struct regex ***out, size_t *nout)
{
	if (!read_list(r, n, min))
		return false;
	*out = arena_alloc(r->arena, (n->n + 1) * sizeof(struct regex *));
	*nout = n->n;
	for (size_t i = 0; i < n->n; i++)
		(*out)[i] = read_regex(r, n->items[i], flags);
	return true;
}

static void
read_texts(
    struct reader *r, const struct node *n, struct example **out, size_t *nout)
{
	if (n == NULL || !read_list(r, n, 0))
		return;
	*out = arena_alloc(r->arena, (n->n + 1) * sizeof(**out));
	*nout = n->n;
	for (size_t i = 0; i < n->n; i++) {
		read_text(r, n->items[i], &(*out)[i].text);
		(*out)[i].at.line = n->items[i]->line;
		(*out)[i].at.column = n->items[i]->column;
	}
}

void
read_examples(struct reader *r, const struct node *n, struct examples *out)
{
	static const struct key keys[] = {{"hit", false}, {"miss", false}};
	const struct node *found[2];

	if (n == NULL || !read_map(r, n, "examples", keys, 2, found))
		return;
	read_texts(r, found[0], &out->hit, &out->nhit);
	read_texts(r, found[1], &out->miss, &out->nmiss);
}

static void
read_near(struct reader *r, const struct node *n, struct near *out)
{
	static const struct key keys[] = {{"pattern", true}, {"within", true}};
	const struct node *found[2];
	int64_t within = 0;

	if (!read_map(r, n, "near", keys, 2, found))
		return;
	out->pattern = read_regex(r, found[0], 0);
	if (read_integer(r, found[1], 0, 1000, &within))
		out->within = (uint32_t)within;
}

/* One mapping, or a list of them. */
static void
read_nears(struct reader *r, const struct node *n, struct pattern *p)
{
	if (n == NULL || (n->kind == NODE_LIST && !read_list(r, n, 1)))
		return;
	p->nnear = n->kind == NODE_LIST ? n->n : 1;
	p->near = arena_alloc(r->arena, p->nnear * sizeof(*p->near));
	for (size_t i = 0; i < p->nnear; i++)
		read_near(
		    r, n->kind == NODE_LIST ? n->items[i] : n, &p->near[i]);
}

void
read_conditions(
    struct reader *r, const struct node *const *found, struct pattern *p)
{
	if (found[PATTERN_WORDS] != NULL)
		read_bool(r, found[PATTERN_WORDS], &p->words);
	read_regexes(r, found[PATTERN_ANY], 1, p->words ? REGEX_WORDS : 0,
	    &p->any, &p->nany);
	if (found[PATTERN_UNLESS] != NULL)
		read_regexes(
		    r, found[PATTERN_UNLESS], 0, 0, &p->unless, &p->nunless);
	read_nears(r, found[PATTERN_NEAR], p);
	read_examples(r, found[PATTERN_EXAMPLES], &p->examples);
}

/* Does following `after` from pattern i come back to it? */
static bool
is_circle(const struct policy *p, size_t i)
{
	const struct pattern *at = p->patterns[i].after;

	for (size_t n = 0; at != NULL && n < p->npatterns; n++) {
		if (at == &p->patterns[i])
			return true;
		at = at->after;
	}
	return false;
}

static void
link_after(struct reader *r, const struct node *n, struct policy *p, size_t i)
{
	struct pattern *pattern = &p->patterns[i];
	size_t other;

	if (n == NULL || !read_pattern_ref(r, n, p, &other))
		return;
	if (p->patterns[other].by != pattern->by)
		mistake(r, n,
		    "after: %.*s is said by the %s, %.*s by the %s: "
		    "they never stand in one turn",
		    SPAN_FMT(p->patterns[other].id),
		    role_name(p->patterns[other].by), SPAN_FMT(pattern->id),
		    role_name(pattern->by));
	pattern->after = &p->patterns[other];
}

/* The first of a circle tells it, and opens it for the others. */
static void
break_circles(struct reader *r, const struct policy_draft *d, struct policy *p)
{
	for (size_t i = 0; i < p->npatterns; i++) {
		if (!is_circle(p, i))
			continue;
		mistake(r, d->after[i], "after: %.*s comes back to itself",
		    SPAN_FMT(p->patterns[i].id));
		p->patterns[i].after = NULL;
	}
}

void
read_patterns(struct reader *r, struct policy_draft *d, struct policy *p)
{
	const struct node *n = d->patterns, *found[PATTERN_KEYS];

	if (n == NULL || !read_ids(r, n))
		return;
	p->npatterns = n->n;
	p->patterns = arena_alloc(r->arena, (n->n + 1) * sizeof(*p->patterns));
	d->after = arena_alloc(
	    &r->mistakes->arena, (n->n + 1) * sizeof(struct node *));
	for (size_t i = 0; i < n->n; i++) {
		struct pattern *pattern = &p->patterns[i];

		pattern->id = n->keys[i]->text;
		pattern->line = n->keys[i]->line;
		if (!read_map(r, n->items[i], "a pattern", pattern_keys,
			PATTERN_KEYS, found))
			continue;
		read_by(r, found[PATTERN_BY], &pattern->by);
		d->after[i] = found[PATTERN_AFTER];
		read_conditions(r, found, pattern);
	}
	for (size_t i = 0; i < n->n; i++)
		link_after(r, d->after[i], p, i);
	break_circles(r, d, p);
}
