/* Language packs as rule files have them, merged into one. */
#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "rule/schema.h"

enum {
	PACK_OFUKU,
	PACK_LANGUAGE,
	PACK_SPELLINGS,
	PACK_FILLERS,
	PACK_BACKCHANNELS,
	PACK_ROLES,
	PACK_AGENT_SAYS,
	PACK_COLUMNS,
	PACK_KEYS
};

static const struct key pack_keys[PACK_KEYS] = {
    [PACK_OFUKU] = {"ofuku", true},
    [PACK_LANGUAGE] = {"language", true},
    [PACK_SPELLINGS] = {"spellings", false},
    [PACK_FILLERS] = {"fillers", false},
    [PACK_BACKCHANNELS] = {"backchannels", false},
    [PACK_ROLES] = {"roles", false},
    [PACK_AGENT_SAYS] = {"agent_says", false},
    [PACK_COLUMNS] = {"columns", false},
};

enum { BACKCHANNEL_MAX = 63 }; /* units; see pack_backchannel */

struct backchannel {
	const struct node *node;
	const struct source *source;
};

/* What has been read of all packs, before the fold can be made. */
struct gathering {
	struct spelling *spellings;
	size_t nspellings, spellings_cap;
	struct map variants; /* to the node of the form */
	struct span *fillers;
	size_t nfillers, fillers_cap;
	struct backchannel *backchannels;
	size_t nbackchannels, backchannels_cap;
	struct map columns; /* keys; value: 1 + column */
	struct map names;   /* role names; to their node */
	size_t columns_cap, role_names_cap;
	struct view view;
};

static void
read_spelling(struct reader *r, const struct node *n, struct gathering *g)
{
	struct spelling s;

	if (!read_list(r, n, 2) || !read_text(r, n->items[n->n - 1], &s.form))
		return;
	for (size_t i = 0; i + 1 < n->n; i++) {
		void **known;

		if (!read_text(r, n->items[i], &s.variant))
			continue;
		known = map_slot(&g->variants, s.variant);
		if (*known != NULL) {
			mistake(r, n->items[i],
			    "\"%.*s\" is brought to a "
			    "form already, on line %u",
			    SPAN_FMT(s.variant),
			    ((const struct node *)*known)->line);
			continue;
		}
		*known = n->items[i];
		g->spellings = mem_grow(g->spellings, &g->spellings_cap,
		    g->nspellings + 1, sizeof(*g->spellings));
		g->spellings[g->nspellings++] = s;
	}
}

static void
read_fillers(struct reader *r, const struct node *n, struct gathering *g)
{
	if (n == NULL || !read_list(r, n, 0))
		return;
	for (size_t i = 0; i < n->n; i++) {
		g->fillers = mem_grow(g->fillers, &g->fillers_cap,
		    g->nfillers + 1, sizeof(*g->fillers));
		g->nfillers += read_text(
		    r, n->items[i], &g->fillers[g->nfillers]);
	}
}

static void
read_column(struct reader *r, const struct node *n, enum column c,
    struct pack *p, struct gathering *g)
{
	struct buf b = {0};
	struct span name, key;
	void **known;

	if (!read_text(r, n, &name))
		return;
	column_key(r->viewer, name, &b);
	key = arena_dup(r->arena, buf_span(&b));
	buf_free(&b);
	known = map_slot(&g->columns, key);
	if (*known != NULL) {
		enum column other = (enum column)((uintptr_t)*known - 1);

		if (other != c)
			mistake(r, n, "\"%.*s\" is a name of %s already",
			    SPAN_FMT(name), column_name(other));
		return;
	}
	*known = (void *)((uintptr_t)c + 1);
	p->columns = mem_grow(
	    p->columns, &g->columns_cap, p->ncolumns + 1, sizeof(*p->columns));
	p->columns[p->ncolumns++] = (struct column_synonym){key, c};
}

static void
read_columns(
    struct reader *r, const struct node *n, struct pack *p, struct gathering *g)
{
	struct key keys[COLUMN_N];
	const struct node *found[COLUMN_N];

	for (size_t i = 0; i < COLUMN_N; i++)
		keys[i] = (struct key){column_name((enum column)i), false};
	if (n == NULL || !read_map(r, n, "columns", keys, COLUMN_N, found))
		return;
	for (size_t i = 0; i < COLUMN_N; i++) {
		if (found[i] == NULL || !read_list(r, found[i], 0))
			continue;
		for (size_t k = 0; k < found[i]->n; k++)
			read_column(
			    r, found[i]->items[k], (enum column)i, p, g);
	}
}

static bool
is_ascii_letter(uint16_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void
add_role_name(
    struct reader *r, enum role role, struct pack *p, struct gathering *g)
{
	const struct view *v = &g->view;
	struct role_name *name;

	p->role_names = mem_grow(p->role_names, &g->role_names_cap,
	    p->nrole_names + 1, sizeof(*p->role_names));
	name = &p->role_names[p->nrole_names++];
	*name = (struct role_name){.len = v->len, .role = role};
	name->at = arena_alloc(r->arena, (v->len + 1) * sizeof(*name->at));
	memcpy(name->at, v->at, v->len * sizeof(*name->at));
	name->latin = is_ascii_letter(v->at[0]) ||
	    is_ascii_letter(v->at[v->len - 1]);
}

static void
read_role_name(struct reader *r, const struct node *n, enum role role,
    struct pack *p, struct gathering *g)
{
	struct span s;
	void **known;

	if (!read_text(r, n, &s))
		return;
	known = map_slot(&g->names, s);
	if (*known != NULL) {
		mistake(r, n, "\"%.*s\" is a role name already, on line %u",
		    SPAN_FMT(s), ((const struct node *)*known)->line);
		return;
	}
	*known = (void *)(uintptr_t)n;
	view_plain(r->viewer, s, &g->view);
	if (g->view.len > 0)
		add_role_name(r, role, p, g);
}

static void
read_roles(
    struct reader *r, const struct node *n, struct pack *p, struct gathering *g)
{
	static const enum role roles[] = {
	    ROLE_AGENT, ROLE_CUSTOMER, ROLE_OTHER};
	struct key keys[3];
	const struct node *found[3];

	for (size_t i = 0; i < 3; i++)
		keys[i] = (struct key){role_name(roles[i]), false};
	if (n == NULL || !read_map(r, n, "roles", keys, 3, found))
		return;
	for (size_t i = 0; i < 3; i++) {
		if (found[i] == NULL || !read_list(r, found[i], 0))
			continue;
		for (size_t k = 0; k < found[i]->n; k++)
			read_role_name(r, found[i]->items[k], roles[i], p, g);
	}
}

static void *
joined(struct arena *a, const void *x, size_t nx, const void *y, size_t ny,
    size_t size)
{
	char *both = arena_alloc(a, (nx + ny + 1) * size);

	if (nx > 0)
		memcpy(both, x, nx * size);
	if (ny > 0)
		memcpy(both + nx * size, y, ny * size);
	return both;
}

#define JOIN(a, to, from, at, n, type) \
	do { \
		(to)->at = joined(a, (to)->at, (to)->n, (from)->at, (from)->n, \
		    sizeof(type)); \
		(to)->n += (from)->n; \
	} while (0)

/* The greetings of several packs are one pattern. */
static void
read_agent_says(struct reader *r, const struct node *n, struct pack *p)
{
	const struct node *found[PATTERN_KEYS] = {0};
	struct pattern *all = &p->agent_says, says = {0};

	if (n == NULL ||
	    !read_map(r, n, "agent_says", pattern_keys, PATTERN_BY, found))
		return;
	says.line = n->line;
	read_conditions(r, found, &says);
	all->id = SPAN("agent_says");
	all->by = ROLE_UNKNOWN;
	all->line = all->nany == 0 ? says.line : all->line;
	all->words |= says.words;
	JOIN(r->arena, all, &says, any, nany, struct regex *);
	JOIN(r->arena, all, &says, unless, nunless, struct regex *);
	JOIN(r->arena, all, &says, near, nnear, struct near);
	JOIN(r->arena, &all->examples, &says.examples, hit, nhit,
	    struct example);
	JOIN(r->arena, &all->examples, &says.examples, miss, nmiss,
	    struct example);
}

static void
gather_backchannels(struct reader *r, const struct node *n, struct gathering *g)
{
	if (n == NULL || !read_list(r, n, 0))
		return;
	for (size_t i = 0; i < n->n; i++) {
		struct span s;

		if (!read_text(r, n->items[i], &s))
			continue;
		g->backchannels = mem_grow(g->backchannels,
		    &g->backchannels_cap, g->nbackchannels + 1,
		    sizeof(*g->backchannels));
		g->backchannels[g->nbackchannels++] = (struct backchannel){
		    n->items[i], r->source};
	}
}

static void
read_pack(struct reader *r, struct pack *p, struct gathering *g)
{
	const struct node *found[PACK_KEYS], *spellings;
	struct span id;

	if (!read_map(r, r->source->root, "a language pack", pack_keys,
		PACK_KEYS, found))
		return;
	read_id(r, found[PACK_LANGUAGE], &id);
	spellings = found[PACK_SPELLINGS];
	if (spellings != NULL && read_list(r, spellings, 0)) {
		for (size_t i = 0; i < spellings->n; i++)
			read_spelling(r, spellings->items[i], g);
	}
	read_fillers(r, found[PACK_FILLERS], g);
	gather_backchannels(r, found[PACK_BACKCHANNELS], g);
	read_roles(r, found[PACK_ROLES], p, g);
	read_columns(r, found[PACK_COLUMNS], p, g);
	read_agent_says(r, found[PACK_AGENT_SAYS], p);
}

static void
release_fold(void *handle)
{
	fold_free(handle);
}

static void
make_folds(struct reader *r, struct pack *p, const struct gathering *g)
{
	struct fold_spec spec = {g->spellings, g->nspellings, NULL, 0};
	struct fold *spellings = fold_new(r->viewer, &spec);

	arena_own(r->arena, spellings, release_fold);
	spec.fillers = g->fillers;
	spec.nfillers = g->nfillers;
	p->fold = fold_new(r->viewer, &spec);
	arena_own(r->arena, p->fold, release_fold);
	r->spellings = spellings;
	r->fold = p->fold;
}

/* A backchannel is what is left of it when it is folded. */
static void
fold_backchannels(struct reader *r, struct pack *p, struct gathering *g)
{
	struct view *v = &g->view;

	p->backchannels = arena_alloc(
	    r->arena, (g->nbackchannels + 1) * sizeof(*p->backchannels));
	p->backchannel_len = arena_alloc(
	    r->arena, (g->nbackchannels + 1) * sizeof(*p->backchannel_len));
	for (size_t i = 0; i < g->nbackchannels; i++) {
		const struct node *n = g->backchannels[i].node;
		uint16_t *at;

		r->source = g->backchannels[i].source;
		view_folded(r->viewer, r->spellings, n->text, v);
		if (v->len > BACKCHANNEL_MAX)
			mistake(r, n,
			    "a backchannel of more than %d "
			    "characters: is it not a turn?",
			    BACKCHANNEL_MAX);
		if (v->len == 0 || v->len > BACKCHANNEL_MAX)
			continue;
		at = arena_alloc(r->arena, v->len * sizeof(*at));
		memcpy(at, v->at, v->len * sizeof(*at));
		p->backchannels[p->nbackchannels] = at;
		p->backchannel_len[p->nbackchannels++] = v->len;
	}
}

static int
by_length_then_role(const void *x, const void *y)
{
	const struct role_name *a = x, *b = y;

	if (a->len != b->len)
		return a->len > b->len ? -1 : 1;
	if (a->role != b->role)
		return a->role < b->role ? -1 : 1;
	return memcmp(a->at, b->at, a->len * sizeof(*a->at));
}

/* What was grown on the heap goes to where the rule set lives. */
static void
settle(struct reader *r, struct pack *p, struct gathering *g)
{
	void *names = p->role_names, *columns = p->columns;

	p->role_names = joined(
	    r->arena, names, p->nrole_names, NULL, 0, sizeof(*p->role_names));
	p->columns = joined(
	    r->arena, columns, p->ncolumns, NULL, 0, sizeof(*p->columns));
	qsort(p->role_names, p->nrole_names, sizeof(*p->role_names),
	    by_length_then_role);
	free(names);
	free(columns);
	free(g->spellings);
	free(g->fillers);
	free(g->backchannels);
	map_free(&g->variants);
	map_free(&g->columns);
	map_free(&g->names);
	view_free(&g->view);
}

void
read_packs(
    struct reader *r, const struct source *sources, size_t n, struct pack *p)
{
	struct gathering g = {0};

	for (size_t i = 0; i < n; i++) {
		if (sources[i].language == NULL)
			continue;
		r->source = &sources[i];
		r->own_spellings |= !sources[i].builtin;
		read_pack(r, p, &g);
	}
	make_folds(r, p, &g);
	fold_backchannels(r, p, &g);
	settle(r, p, &g);
}
