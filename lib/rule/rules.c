/* Rule sets: which files are in use, and what they compile to. */
#include "rule/rules.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <sodium.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "rule/embedded.h"
#include "rule/prefilter.h"
#include "rule/regex.h"
#include "rule/schema.h"

#define BUILTIN "builtin:"
#define BUILTIN_POLICY "kasuhara.yaml"
#define FILE_MAX ((size_t)16 << 20)

struct loading {
	struct rules *rules;
	struct reader reader;
	struct mistakes mistakes;
	struct map regexes;
	struct source *sources;
	size_t n, cap;
};

const struct rule_file *
rules_builtin(struct span name)
{
	for (size_t i = 0; i < rules_nbuiltins; i++) {
		struct span path = rules_builtins[i].path;
		struct span base = {path.at + sizeof(BUILTIN) - 1,
		    path.len - (sizeof(BUILTIN) - 1)};

		if (span_eq(base, name))
			return &rules_builtins[i];
	}
	return NULL;
}

/* A source without a text yet; mistakes noted now are about it. */
static struct source *
add_source(struct loading *l, struct span path)
{
	struct source *s;

	l->sources = mem_grow(
	    l->sources, &l->cap, l->n + 1, sizeof(*l->sources));
	s = &l->sources[l->n];
	*s = (struct source){.path = path, .order = (unsigned)l->n};
	l->n++;
	l->reader.source = s;
	return s;
}

static int
read_stream(FILE *f, struct buf *out)
{
	size_t n;

	do {
		n = fread(buf_room(out, 65536), 1, 65536, f);
		out->len += n;
	} while (n > 0 && out->len <= FILE_MAX);
	if (ferror(f))
		return -1;
	errno = EFBIG;
	return out->len > FILE_MAX ? -1 : 0;
}

static int
read_whole(struct arena *a, FILE *f, struct span *out)
{
	struct buf b = {0};
	int rc = read_stream(f, &b), saved = errno;

	*out = arena_dup(a, buf_span(&b));
	buf_free(&b);
	errno = saved;
	return rc;
}

/* 0, or -1 with errno. */
int
rules_read_file(struct arena *a, const char *path, struct span *out)
{
	FILE *f = fopen(path, "rbe");
	int rc, saved;

	if (f == NULL)
		return -1;
	rc = read_whole(a, f, out);
	saved = errno;
	fclose(f);
	errno = saved;
	return rc;
}

/* The value of a key of the document, before anything else is known. */
static const struct node *
value_of(const struct node *map, const char *key)
{
	for (size_t i = 0; map->kind == NODE_MAP && i < map->n; i++) {
		if (map->keys[i]->kind == NODE_SCALAR &&
		    span_eq(map->keys[i]->text, span_of(key)))
			return map->items[i];
	}
	return NULL;
}

static void
read_version(struct reader *r, const struct node *root)
{
	const struct node *n = value_of(root, "ofuku");

	if (n != NULL && !span_eq(n->text, SPAN("1")))
		mistake(r, n,
		    "this ofuku reads rule files of version 1: "
		    "write ofuku: 1");
}

static void
set_kind(struct reader *r, struct source *s)
{
	s->policy = value_of(s->root, "policy");
	s->language = value_of(s->root, "language");
	if (s->policy == NULL && s->language == NULL)
		mistake(r, s->root,
		    "neither a policy nor a language pack: "
		    "write policy: ID, or language: ID");
	if (s->policy != NULL && s->language != NULL) {
		mistake(r, s->language,
		    "a file is a policy or a language "
		    "pack: write a file for each");
		s->language = NULL;
	}
}

/* False: the text is no YAML, which is told. */
static bool
read_tree(struct loading *l, struct source *s)
{
	struct node at = {0};
	struct place place;
	struct err err;

	if (yaml_read(&l->rules->arena, s->text, &s->root, &place, &err) == 0)
		return true;
	at.line = place.line;
	at.column = place.column;
	mistake(&l->reader, &at, "%s", err.text);
	s->root = NULL;
	return false;
}

static void
parse_source(struct loading *l, struct source *s)
{
	static const struct node beginning = {.line = 1, .column = 1};
	struct reader *r = &l->reader;

	if (s->root == NULL && !read_tree(l, s))
		return;
	if (s->root == NULL) {
		mistake(r, &beginning,
		    "the file is empty: `ofuku rules init` "
		    "writes one to start from");
		return;
	}
	if (s->root->kind != NODE_MAP) {
		mistake(r, s->root,
		    "a rule file is a mapping of keys, such "
		    "as policy: ID");
		return;
	}
	read_version(r, s->root);
	set_kind(r, s);
}

static void
load_builtin(struct loading *l, const struct rule_file *f)
{
	struct source *s = add_source(l, f->path);

	s->text = f->text;
	s->builtin = true;
	s->root = embedded_tree((size_t)(f - rules_builtins), &l->rules->arena);
	parse_source(l, s);
}

/* "builtin:kiriden", with or without .yaml; no such file is read then. */
static bool
load_named(struct loading *l, const char *path)
{
	struct span name = span_of(path);
	const struct rule_file *f;

	if (!span_starts(name, SPAN(BUILTIN)))
		return false;
	name.at += sizeof(BUILTIN) - 1;
	name.len -= sizeof(BUILTIN) - 1;
	f = rules_builtin(name);
	if (f == NULL)
		f = rules_builtin(span_of(arena_printf(
		    &l->mistakes.arena, "%.*s.yaml", SPAN_FMT(name))));
	if (f != NULL) {
		load_builtin(l, f);
		return true;
	}
	l->reader.source = add_source(
	    l, arena_dup(&l->rules->arena, span_of(path)));
	mistake(&l->reader, NULL,
	    "is not in the program: `ofuku rules init --help` names what is");
	return true;
}

static void
load_path(struct loading *l, const char *path)
{
	struct arena *a = &l->rules->arena;
	struct source *s;
	int rc;

	if (load_named(l, path))
		return;
	s = add_source(l, arena_dup(a, span_of(path)));
	/* Who audits may read transcripts there. */
	if (l->mistakes.lint && strcmp(path, "-") == 0)
		rc = read_whole(a, stdin, &s->text);
	else
		rc = rules_read_file(a, path, &s->text);
	if (rc == -1)
		mistake(
		    &l->reader, NULL, "cannot be read: %s", strerror(errno));
	else
		parse_source(l, s);
}

static bool
have_pack(const struct loading *l, struct span id)
{
	for (size_t i = 0; i < l->n; i++) {
		if (l->sources[i].language != NULL &&
		    span_eq(l->sources[i].language->text, id))
			return true;
	}
	return false;
}

/* "dir/ID.yaml" for "dir/policy.yaml". */
static char *
path_beside(struct loading *l, struct span policy, struct span id)
{
	size_t dir = policy.len;

	while (dir > 0 && policy.at[dir - 1] != '/')
		dir--;
	return arena_printf(&l->rules->arena, "%.*s%.*s.yaml", (int)dir,
	    policy.at, SPAN_FMT(id));
}

/* The built-in pack that is nearest by its name; NULL: none is. */
static const char *
nearest_pack(struct loading *l, struct span id)
{
	struct arena *a = &l->mistakes.arena;
	const char **names = arena_alloc(a, rules_nbuiltins * sizeof(*names));
	size_t n = 0;

	for (size_t i = 0; i < rules_nbuiltins; i++) {
		const struct rule_file *f = &rules_builtins[i];

		if (memmem(f->text.at, f->text.len, "\nlanguage:", 10) != NULL)
			names[n++] = arena_cstr(a,
			    (struct span){f->path.at + strlen(BUILTIN),
				f->path.len - strlen(BUILTIN ".yaml")});
	}
	return nearest_name(arena_cstr(a, id), names, n);
}

static void
no_pack(
    struct loading *l, const struct node *n, struct span id, const char *beside)
{
	const char *near = nearest_pack(l, id);

	mistake(&l->reader, n,
	    "no language pack \"%.*s\": neither among the rule files, nor as "
	    "%s, nor built in%s%s%s",
	    SPAN_FMT(id), beside, near != NULL ? "; did you mean \"" : "",
	    near != NULL ? near : "", near != NULL ? "\"?" : "");
}

/* The pack that a policy uses: given, beside the policy, or built in. */
static void
load_pack(struct loading *l, size_t policy, const struct node *n)
{
	struct span path = l->sources[policy].path, text, id;
	char *beside;
	const struct rule_file *f;

	l->reader.source = &l->sources[policy];
	if (!read_id(&l->reader, n, &id) || have_pack(l, id))
		return;
	beside = path_beside(l, path, id);
	if (!span_starts(path, SPAN(BUILTIN)) &&
	    (rules_read_file(&l->mistakes.arena, beside, &text) == 0 ||
		errno != ENOENT)) {
		load_path(l, beside);
		return;
	}
	f = rules_builtin(span_of(
	    arena_printf(&l->mistakes.arena, "%.*s.yaml", SPAN_FMT(id))));
	if (f != NULL)
		load_builtin(l, f);
	else
		no_pack(l, n, id, beside);
}

static void
load_uses(struct loading *l, size_t policy)
{
	const struct node *uses = value_of(l->sources[policy].root, "uses");

	l->reader.source = &l->sources[policy];
	if (uses == NULL || !read_list(&l->reader, uses, 0))
		return;
	for (size_t i = 0; i < uses->n; i++)
		load_pack(l, policy, uses->items[i]);
}

static void
load_default(struct loading *l)
{
	const struct rule_file *f = rules_builtin(SPAN(BUILTIN_POLICY));

	if (f != NULL) {
		load_builtin(l, f);
		return;
	}
	add_source(l, SPAN(BUILTIN BUILTIN_POLICY));
	mistake(&l->reader, NULL, "is not built in: name a rule file");
}

/* The second of two files that say they are the same thing. */
static void
note_doubles(struct loading *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct source *a = &l->sources[i];

		for (size_t k = i + 1; k < l->n; k++) {
			const struct source *b = &l->sources[k];

			l->reader.source = b;
			if (a->policy != NULL && b->policy != NULL &&
			    span_eq(a->policy->text, b->policy->text))
				mistake(&l->reader, b->policy,
				    "policy "
				    "\"%.*s\" is in %.*s already",
				    SPAN_FMT(b->policy->text),
				    SPAN_FMT(a->path));
			if (a->language != NULL && b->language != NULL &&
			    span_eq(a->language->text, b->language->text))
				mistake(&l->reader, b->language,
				    "language "
				    "pack \"%.*s\" is in %.*s already",
				    SPAN_FMT(b->language->text),
				    SPAN_FMT(a->path));
		}
	}
}

/* Packs alone stand beside the policy that is built in. */
static void
load_all(struct loading *l, const char *const *paths, size_t n)
{
	size_t policies = 0;

	for (size_t i = 0; i < n; i++)
		load_path(l, paths[i]);
	for (size_t i = 0; i < l->n; i++)
		policies += l->sources[i].language == NULL;
	if (policies == 0)
		load_default(l);
	for (size_t i = 0; i < l->n; i++) {
		if (l->sources[i].policy != NULL)
			load_uses(l, i);
	}
	note_doubles(l);
}

/* Are these the very texts of which more than the trees is embedded? */
static bool
is_embedded(const struct rules *r)
{
	const struct embedded_rules *e = &embedded_rules;

	for (size_t i = 0; i < e->nfiles && i < r->nfiles; i++)
		if (r->files[i].text.at != rules_builtins[e->files[i]].text.at)
			return false;
	return e->nfiles > 0 && e->nfiles == r->nfiles;
}

static bool
opens(const struct policy *p, size_t pattern)
{
	for (size_t i = 0; i < p->exchange.nopens; i++)
		if (p->exchange.opens_on[i] == pattern)
			return true;
	return false;
}

/* Either is NULL where it has the alternatives, or is not to have them. */
static void
filter_pattern(struct viewer *viewer, struct prefilter_builder *b,
    struct prefilter_builder *threats, struct required_memo *memo,
    struct pattern *p)
{
	for (size_t i = 0; i < p->nany; i++) {
		const struct view *v = regex_normal(p->any[i], viewer);
		const struct required *clauses;
		struct required_starts starts;
		size_t n = required_clauses(
		    v->at, v->len, memo, &clauses, &starts);

		regex_set_starts(p->any[i], &starts);
		if (b != NULL)
			prefilter_add_clauses(b, clauses, n);
		if (threats != NULL)
			prefilter_add_clauses(threats, clauses, n);
	}
}

/* Adds the first two units of each text of the smallest set that the phrase's
 * keep requires. False: it tells nothing. */
static bool
add_phrase_pair(const struct rules *r, const struct phrase *phrase,
    struct viewer *viewer, struct fold_pair *pair)
{
	const struct view *v;
	const struct required_set *s = NULL;
	struct required required;

	if (phrase->keep == NULL)
		return false;
	v = regex_normal(phrase->keep, viewer);
	if (!required_find(v->at, v->len, NULL, &required))
		return false;
	for (size_t i = 0; i < required.n; i++)
		if (s == NULL || required.sets[i].n < s->n)
			s = &required.sets[i];
	for (size_t i = 0; s != NULL && i < s->n; i++) {
		if (s->at[i].len < 2)
			return false;
		fold_pair_add(
		    r->pack.fold, viewer, s->at[i].at[0], s->at[i].at[1], pair);
	}
	return s != NULL;
}

/* What tells of every phrase by which exchanges are answered; NULL: nothing
 * does, of one at least. */
static const struct fold_pair *
phrase_pair(struct rules *r, struct viewer *viewer)
{
	struct fold_pair *pair = arena_alloc(&r->arena, sizeof(*pair));

	for (size_t i = 0; i < r->npolicies; i++) {
		const struct phrase *p = r->policies[i].exchange.answered_by;

		if (p != NULL && !add_phrase_pair(r, p, viewer, pair))
			return NULL;
	}
	return pair;
}

/* One for all patterns of all policies, one for those that open exchanges. What
 * has the next number is new: others have that of one before them. */
static void
compute_filters(struct loading *l)
{
	struct rules *r = l->rules;
	struct viewer *viewer = l->reader.viewer;
	struct prefilter_builder *b = prefilter_begin(viewer);
	struct prefilter_builder *threats = prefilter_begin(viewer);
	struct required_memo memo = {0};
	uint32_t all = 0, opened = 0;

	for (size_t i = 0; i < r->npolicies; i++) {
		const struct policy *p = &r->policies[i];

		for (size_t k = 0; k < p->npatterns; k++) {
			struct pattern *q = &p->patterns[k];
			const bool is_new = q->among.first == all;
			const bool opening = opens(p, k) &&
			    q->among_threats.first == opened;

			if (is_new || opening)
				filter_pattern(viewer, is_new ? b : NULL,
				    opening ? threats : NULL, &memo, q);
			all += is_new ? (uint32_t)q->nany : 0;
			opened += opening ? (uint32_t)q->nany : 0;
		}
	}
	filter_pattern(viewer, b, NULL, &memo, &r->pack.agent_says);
	prefilter_phrase(threats, phrase_pair(r, viewer));
	r->threats = prefilter_finish(threats, true, &r->arena);
	r->all = prefilter_finish(b, false, &r->arena);
	required_memo_free(&memo);
}

/* starts: of the pattern's first alternative; it returns those of what
 * follows the pattern. */
static const struct required_starts *
take_starts(struct pattern *p, const struct required_starts *starts)
{
	for (size_t i = 0; i < p->nany; i++)
		regex_set_starts(p->any[i], starts++);
	return starts;
}

/* The same as they were computed when ofuku was built. */
static void
take_filters(struct rules *r)
{
	const struct required_starts *starts = embedded_rules.starts;

	for (size_t i = 0; i < r->npolicies; i++)
		for (size_t k = 0; k < r->policies[i].npatterns; k++)
			starts = take_starts(
			    &r->policies[i].patterns[k], starts);
	take_starts(&r->pack.agent_says, starts);
	r->threats = embedded_rules.threats;
	r->all = embedded_rules.all;
}

/* The next numbers, or those of a pattern that has the same alternatives, as
 * that of a copy of the policy has. */
static void
number(struct map *known, const struct pattern *p, struct filtered *to,
    uint32_t *next)
{
	const struct span key = {
	    (const char *)p->any, p->nany * sizeof(*p->any)};
	void **same = map_slot(known, key);

	if (*same == NULL) {
		*same = to;
		to->first = *next;
		*next += (uint32_t)p->nany;
	} else {
		to->first = ((const struct filtered *)*same)->first;
	}
}

/* Alternatives have numbers in the order in which they are added. */
static void
number_patterns(struct rules *r)
{
	struct map all = {0}, opening = {0};
	uint32_t n = 0, threats = 0;

	for (size_t i = 0; i < r->npolicies; i++)
		for (size_t k = 0; k < r->policies[i].npatterns; k++) {
			struct pattern *p = &r->policies[i].patterns[k];

			number(&all, p, &p->among, &n);
			if (opens(&r->policies[i], k))
				number(
				    &opening, p, &p->among_threats, &threats);
		}
	r->pack.agent_says.among.first = n;
	map_free(&all);
	map_free(&opening);
}

/* Tells each pattern by which filter it is looked for. */
static void
name_filters(struct rules *r)
{
	for (size_t i = 0; i < r->npolicies; i++)
		for (size_t k = 0; k < r->policies[i].npatterns; k++) {
			struct pattern *p = &r->policies[i].patterns[k];

			p->among.by = r->all;
			if (opens(&r->policies[i], k))
				p->among_threats.by = r->threats;
		}
	r->pack.agent_says.among.by = r->all;
}

static void
set_filters(struct loading *l)
{
	number_patterns(l->rules);
	if (is_embedded(l->rules))
		take_filters(l->rules);
	else
		compute_filters(l);
	name_filters(l->rules);
}

static void
set_join_gap(struct rules *r)
{
	for (size_t i = 0; i < r->npolicies; i++) {
		int64_t gap = r->policies[i].exchange.join_gap_ms;

		if (gap > r->join_gap_ms)
			r->join_gap_ms = gap;
	}
}

static void
compile_all(struct loading *l)
{
	struct rules *r = l->rules;

	read_packs(&l->reader, l->sources, l->n, &r->pack);
	r->policies = arena_alloc(&r->arena, l->n * sizeof(*r->policies));
	for (size_t i = 0; i < l->n; i++) {
		l->reader.source = &l->sources[i];
		if (l->sources[i].policy != NULL)
			read_policy(&l->reader, &r->policies[r->npolicies++]);
	}
}

/*
 * SHA-256 over the contents in the order they were loaded, each with its
 * length before it (8 bytes, the lowest first): names and places of the
 * files do not count.
 */
static void
compute_hash(struct rules *r)
{
	crypto_hash_sha256_state state;
	unsigned char sum[crypto_hash_sha256_BYTES];

	crypto_hash_sha256_init(&state);
	for (size_t i = 0; i < r->nfiles; i++) {
		struct span text = r->files[i].text;
		unsigned char len[8];

		for (unsigned k = 0; k < 8; k++)
			len[k] = (unsigned char)((uint64_t)text.len >> 8 * k);
		crypto_hash_sha256_update(&state, len, sizeof(len));
		crypto_hash_sha256_update(
		    &state, (const unsigned char *)text.at, text.len);
	}
	crypto_hash_sha256_final(&state, sum);
	sodium_bin2hex(r->hash, sizeof(r->hash), sum, sizeof(sum));
}

static void
set_hash(struct rules *r)
{
	if (is_embedded(r))
		memcpy(r->hash, embedded_rules.hash, sizeof(r->hash));
	else
		compute_hash(r);
	r->short_hash = (struct span){r->hash, 12};
}

static void
set_files(struct loading *l)
{
	struct rules *r = l->rules;

	r->files = arena_alloc(&r->arena, l->n * sizeof(*r->files));
	r->nfiles = l->n;
	for (size_t i = 0; i < l->n; i++)
		r->files[i] = (struct rule_file){
		    l->sources[i].path, l->sources[i].text};
	set_hash(r);
}

void
rules_add_file(struct rules *r, struct span path, struct span text)
{
	struct rule_file *files = arena_alloc(
	    &r->arena, (r->nfiles + 1) * sizeof(*files));

	memcpy(files, r->files, r->nfiles * sizeof(*files));
	files[r->nfiles++] = (struct rule_file){
	    arena_dup(&r->arena, path), arena_dup(&r->arena, text)};
	r->files = files;
	set_hash(r);
}

static int
finish(struct loading *l, void (*say)(void *, const char *), void *ctx,
    struct err *err)
{
	size_t errors = l->mistakes.errors;

	mistakes_say(&l->mistakes, say, ctx);
	if (errors == 0) {
		set_files(l);
		set_join_gap(l->rules);
		set_filters(l);
		pack_alphabet(&l->rules->pack, &l->rules->arena);
	}
	mistakes_free(&l->mistakes);
	map_free(&l->regexes);
	viewer_close(l->reader.viewer);
	free(l->sources);
	if (errors == 0)
		return 0;
	return fail_rules(
	    err, "%zu mistake%s in the rules", errors, errors == 1 ? "" : "s");
}

int
rules_load(struct rules **out, const char *const *paths, size_t n, bool lint,
    void (*say)(void *, const char *line), void *ctx, struct err *err)
{
	struct loading l = {.rules = mem_alloc(sizeof(*l.rules))};

	l.mistakes.lint = lint;
	l.reader.arena = &l.rules->arena;
	l.reader.mistakes = &l.mistakes;
	l.reader.regexes = &l.regexes;
	if (viewer_open(&l.reader.viewer, err) == -1) {
		rules_free(l.rules);
		return -1;
	}
	load_all(&l, paths, n);
	compile_all(&l);
	if (finish(&l, say, ctx, err) == -1) {
		rules_free(l.rules);
		return -1;
	}
	*out = l.rules;
	return 0;
}

void
rules_free(struct rules *r)
{
	if (r == NULL)
		return;
	arena_free(&r->arena);
	free(r);
}

const struct pattern *
rules_pattern(const struct rules *r, struct span id)
{
	for (size_t i = 0; i < r->npolicies; i++) {
		const struct policy *p = &r->policies[i];
		size_t k = policy_pattern(p, id);

		if (k < p->npatterns)
			return &p->patterns[k];
	}
	return NULL;
}

const struct phrase *
rules_phrase(const struct rules *r, struct span id)
{
	for (size_t i = 0; i < r->npolicies; i++) {
		const struct policy *p = &r->policies[i];
		size_t k = policy_phrase(p, id);

		if (k < p->nphrases)
			return &p->phrases[k];
	}
	return NULL;
}
