/* Checks as rule files have them: bounds on measures. */
#include <assert.h>

#include "rule/schema.h"

enum {
	CHECK_MEASURE,
	CHECK_MIN,
	CHECK_MAX,
	CHECK_SEVERITY,
	CHECK_SCOPE,
	CHECK_FIRST,
	CHECK_LAST,
	CHECK_BEFORE,
	CHECK_MESSAGE,
	CHECK_KEYS
};

static const struct key check_keys[CHECK_KEYS] = {
    [CHECK_MEASURE] = {"measure", true},
    [CHECK_MIN] = {"min", false},
    [CHECK_MAX] = {"max", false},
    [CHECK_SEVERITY] = {"severity", false},
    [CHECK_SCOPE] = {"scope", false},
    [CHECK_FIRST] = {"first", false},
    [CHECK_LAST] = {"last", false},
    [CHECK_BEFORE] = {"before", false},
    [CHECK_MESSAGE] = {"message", false},
};

static const char *const severities[] = {
    [SEVERITY_ERROR] = "error",
    [SEVERITY_WARNING] = "warning",
    [SEVERITY_INFO] = "info",
};

const char *
severity_name(enum severity s)
{
	assert((unsigned)s < sizeof(severities) / sizeof(*severities));
	return severities[s];
}

/* "hits(ID)": the measure, and the ID as a node, for its place in messages;
 * MEASURE_N: it is not written so. */
static enum measure_id
with_argument(const struct node *n, struct node *id)
{
	static const enum measure_id both[] = {MEASURE_HITS, MEASURE_UNTIL};
	struct span s = n->text;

	for (size_t i = 0; i < 2; i++) {
		size_t len = strlen(measures[both[i]].name);

		if (!span_starts(s, span_of(measures[both[i]].name)) ||
		    s.len < len + 2 || s.at[len] != '(' ||
		    !span_ends(s, SPAN(")")))
			continue;
		*id = *n;
		id->text = span_trim(
		    (struct span){s.at + len + 1, s.len - len - 2});
		id->column += (unsigned)len + 1;
		return both[i];
	}
	return MEASURE_N;
}

static bool
read_measure(struct reader *r, const struct node *n, const struct policy *p,
    struct check *c)
{
	const char *names[MEASURE_N];
	struct node id;
	size_t i;

	if (n != NULL && n->kind == NODE_SCALAR &&
	    (c->measure = with_argument(n, &id)) != MEASURE_N)
		return read_pattern_ref(r, &id, p, &c->pattern);
	c->measure = MEASURE_PRESSES;
	for (i = 0; i < MEASURE_N; i++)
		names[i] = measures[i].name;
	if (!read_choice(r, n, "measure", names, MEASURE_N, &i))
		return false;
	c->measure = (enum measure_id)i;
	if (!measure_takes_pattern(c->measure))
		return true;
	mistake(r, n, "%s of which pattern? write %s(ID)", names[i], names[i]);
	return false;
}

static bool
read_bound(
    struct reader *r, const struct node *n, const struct check *c, int64_t *out)
{
	if (n == NULL)
		return false;
	if (measures[c->measure].time)
		return read_duration(r, n, out);
	return read_integer(r, n, 0, 999999999, out);
}

static void
read_bounds(struct reader *r, const struct node *n,
    const struct node *const *found, struct check *c)
{
	c->has_min = read_bound(r, found[CHECK_MIN], c, &c->min);
	c->has_max = read_bound(r, found[CHECK_MAX], c, &c->max);
	if (found[CHECK_MIN] == NULL && found[CHECK_MAX] == NULL)
		mistake(r, n, "check %.*s bounds nothing: write min or max",
		    SPAN_FMT(c->id));
	if (c->has_min && c->has_max && c->min > c->max)
		mistake(r, found[CHECK_MIN],
		    "min is greater than max: "
		    "nothing can pass");
}

static void
read_scope(struct reader *r, const struct node *n, struct check *c)
{
	static const char *const names[] = {
	    [SCOPE_EXCHANGE] = "exchange",
	    [SCOPE_CONVERSATION] = "conversation",
	};
	size_t i;

	if (n == NULL ||
	    !read_choice(r, n, "scope (exchange, conversation)", names, 2, &i))
		return;
	c->scope = (enum scope)i;
	if (c->scope == SCOPE_CONVERSATION &&
	    !measures[c->measure].conversation)
		mistake(r, n,
		    "scope conversation: %s is measured in "
		    "exchanges only; duration and hits(ID) in both",
		    measures[c->measure].name);
}

/* first and last: what hits are narrowed to. */
static void
read_window(struct reader *r, const struct node *n, const char *key,
    const struct check *c, int64_t *out)
{
	*out = -1;
	if (n == NULL || !read_duration(r, n, out))
		return;
	if (c->measure != MEASURE_HITS || c->scope != SCOPE_CONVERSATION)
		mistake(r, n,
		    "%s: only hits(ID) in scope conversation can "
		    "be narrowed",
		    key);
}

/* A pattern by either role, before which hits count. */
static void
read_before(struct reader *r, const struct node *n, const struct policy *p,
    struct check *c)
{
	c->before = SIZE_MAX;
	if (n == NULL || !read_pattern_ref(r, n, p, &c->before))
		return;
	if (c->measure != MEASURE_HITS)
		mistake(r, n, "before: only hits(ID) can be narrowed");
}

/* What {…} at i holds; len 0 and at NULL: no placeholder. */
static struct span
placeholder(struct span s, size_t i)
{
	struct span rest = {s.at + i + 1, s.len - i - 1};
	size_t n;

	if (s.at[i] != '{')
		return (struct span){0};
	n = span_find(rest, '}');
	if (n == rest.len)
		return (struct span){0};
	return (struct span){rest.at, n};
}

static void
note_placeholders(struct reader *r, const struct node *n, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		struct span s = placeholder(text, i);

		if (s.at != NULL && !span_eq(s, SPAN("measured")) &&
		    !span_eq(s, SPAN("limit")))
			mistake(r, n,
			    "unknown placeholder {%.*s}: a message "
			    "may hold {measured} and {limit}",
			    SPAN_FMT(s));
	}
}

/* What a check says that has no words of its own. */
static void
default_messages(struct reader *r, struct check *c)
{
	const struct measure *m = &measures[c->measure];

	c->messages[LANG_EN] = span_of(arena_printf(
	    r->arena, "%s is {measured}, the limit is {limit}", m->name));
	c->messages[LANG_JA] = span_of(arena_printf(
	    r->arena, "%sは{measured}、基準は{limit}です。", m->ja));
}

/* One text, or one a language; what a language lacks, another has. */
static void
read_message(struct reader *r, const struct node *n, struct check *c)
{
	static const struct key keys[LANGS] = {
	    [LANG_EN] = {"en", false}, [LANG_JA] = {"ja", false}};
	const struct node *found[LANGS];
	struct span any = {0};

	if (n == NULL) {
		default_messages(r, c);
		return;
	}
	for (size_t i = 0; i < LANGS; i++)
		found[i] = n;
	if (n->kind == NODE_MAP &&
	    !read_map(r, n, "a message", keys, LANGS, found))
		return;
	if (n->kind == NODE_MAP && n->n == 0)
		mistake(r, n, "a message wants a text: write en or ja");
	for (size_t i = LANGS; i-- > 0;)
		if (found[i] != NULL &&
		    read_text(r, found[i], &c->messages[i])) {
			any = c->messages[i];
			if (i == 0 || found[i] != n)
				note_placeholders(r, found[i], any);
		}
	for (size_t i = 0; i < LANGS; i++)
		if (c->messages[i].at == NULL)
			c->messages[i] = any;
}

static void
read_check(struct reader *r, const struct node *key, const struct node *n,
    const struct policy *p, struct check *c)
{
	const struct node *found[CHECK_KEYS];
	size_t i = SEVERITY_ERROR;

	c->first_ms = c->last_ms = -1;
	c->before = SIZE_MAX;
	if (!read_map(r, n, "a check", check_keys, CHECK_KEYS, found))
		return;
	if (found[CHECK_SEVERITY] != NULL)
		read_choice(r, found[CHECK_SEVERITY],
		    "severity (error, warning, info)", severities, 3, &i);
	c->severity = (enum severity)i;
	if (found[CHECK_MEASURE] == NULL ||
	    !read_measure(r, found[CHECK_MEASURE], p, c))
		return;
	read_bounds(r, key, found, c);
	read_scope(r, found[CHECK_SCOPE], c);
	read_window(r, found[CHECK_FIRST], "first", c, &c->first_ms);
	read_window(r, found[CHECK_LAST], "last", c, &c->last_ms);
	read_before(r, found[CHECK_BEFORE], p, c);
	read_message(r, found[CHECK_MESSAGE], c);
}

void
read_checks(struct reader *r, const struct node *n, struct policy *p)
{
	if (n == NULL || !read_ids(r, n))
		return;
	p->nchecks = n->n;
	p->checks = arena_alloc(r->arena, (n->n + 1) * sizeof(*p->checks));
	for (size_t i = 0; i < n->n; i++) {
		p->checks[i].id = n->keys[i]->text;
		p->checks[i].line = n->keys[i]->line;
		read_check(r, n->keys[i], n->items[i], p, &p->checks[i]);
	}
}
