/*
 * Prints, when ofuku is built, what its built-in rule files come to, as C
 * (rule/embedded.h).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "rule/embedded.h"
#include "rule/prefilter_tables.h"
#include "rule/regex.h"
#include "rule/rules.h"

/* In this program there is nothing yet. */
const struct embedded_rules embedded_rules;

/* A tree on its way out. */
struct writing {
	struct span file;
	const struct node *root; /* of the nodes, which are one array */
	size_t nnodes, nlinks;
	size_t found; /* byte of the file where the last text was found */
	struct buf nodes, links, texts;
};

static void
leave(const char *why)
{
	fprintf(stderr, "rules_embed: %s\n", why);
	exit(1);
}

/* Where at or behind byte from; its length: nowhere. */
static size_t
find(struct span in, size_t from, struct span text)
{
	const char *at = from >= in.len ?
	    NULL :
	    memmem(in.at + from, in.len - from, text.at, text.len);

	return at == NULL ? in.len : (size_t)(at - in.at);
}

/* Nodes mostly stand in the order of their texts. */
static size_t
place_text(struct writing *w, struct span text)
{
	size_t at = find(w->file, w->found, text);

	if (at == w->file.len)
		at = find(w->file, 0, text);
	if (at < w->file.len) {
		w->found = at;
		return at;
	}
	at = find(buf_span(&w->texts), 0, text);
	if (at == w->texts.len)
		buf_add(&w->texts, text);
	return w->file.len + at;
}

static void
link_to(struct writing *w, const struct node *n)
{
	size_t i = (size_t)(n - w->root);

	if (i >= w->nnodes)
		w->nnodes = i + 1;
	buf_printf(&w->links, "%zu,\n", i);
	w->nlinks++;
}

static void
put_node(struct writing *w, const struct node *n)
{
	bool scalar = n->kind == NODE_SCALAR;

	buf_printf(&w->nodes, "{%zu, %zu, %u, %u, %d, %d},\n",
	    scalar ? place_text(w, n->text) : w->nlinks,
	    scalar ? n->text.len : n->n, n->line, n->column, (int)n->kind,
	    (int)n->quoted);
	for (size_t i = 0; n->kind == NODE_MAP && i < n->n; i++)
		link_to(w, n->keys[i]);
	for (size_t i = 0; i < n->n; i++)
		link_to(w, n->items[i]);
}

/* The parts of a table are arrays whose names begin with its name. */
static void
put_words(const char *table, const char *part, const uint64_t *at, size_t n)
{
	printf("static const uint64_t %s_%s[] = {\n", table, part);
	for (size_t i = 0; i < n; i++)
		printf("%#" PRIx64 ",\n", at[i]);
	printf("0};\n");
}

static void
put_bytes(const char *table, const char *part, const uint8_t *at, size_t n)
{
	printf("static const uint8_t %s_%s[] = {\n", table, part);
	for (size_t i = 0; i < n; i++)
		printf("%u,\n", at[i]);
	printf("0};\n");
}

static void
put_entries(
    const char *table, const char *part, const struct entry *at, size_t n)
{
	printf("static const struct entry %s_%s[] = {\n", table, part);
	for (size_t i = 0; i < n; i++)
		printf(
		    "{%#" PRIx32 ", %" PRIu32 "},\n", at[i].pair, at[i].state);
	printf("{0}};\n");
}

static void
put_states(const char *table, const struct prefilter *f)
{
	printf("static const struct state %s_states[] = {\n", table);
	for (size_t i = 0; i < f->nstates; i++) {
		const struct state *s = &f->states[i];

		printf("{%#x, %u, %" PRIu32 ", %" PRIu32 ", %" PRIu32 "},\n",
		    s->unit, s->nchildren, s->child, s->out, s->nout);
	}
	printf("};\n");
}

static void
put_outputs(const char *table, const struct prefilter *f)
{
	printf("static const struct output %s_outputs[] = {\n", table);
	for (size_t i = 0; i < f->noutputs; i++) {
		const struct output *o = &f->outputs[i];

		printf("{%#" PRIx64 ", %" PRIu32 ", %" PRIu32 "},\n", o->bits,
		    o->word, o->bar);
	}
	printf("{0}};\n");
}

static void
put_bars(const char *table, const struct prefilter *f)
{
	printf("static const uint16_t %s_bars[] = {\n", table);
	for (size_t i = 0; i < f->nbars; i++)
		printf("%#x,\n", f->bars[i]);
	printf("};\n");
}

static void
put_clauses(const char *table, const struct prefilter *f)
{
	printf("static const struct clause %s_clauses[] = {\n", table);
	for (size_t i = 0; i < f->nclauses; i++) {
		const struct clause *c = &f->clauses[i];

		printf("{{");
		for (size_t k = 0; k < REQUIRED_SETS; k++)
			printf("%" PRIu32 ",", c->sets[k]);
		printf("}, %" PRIu32 ", %u, %d, %d},\n", c->pattern, c->n,
		    (int)c->spans_lines, (int)c->by_line);
	}
	printf("};\n");
}

static void
put_numbers(const char *table, const char *part, const uint32_t *at, size_t n)
{
	printf("static const uint32_t %s_%s[] = {\n", table, part);
	for (size_t i = 0; i < n; i++)
		printf("%" PRIu32 ",\n", at[i]);
	printf("0};\n");
}

static void
put_windows(const char *table, const struct firstlook *f)
{
	printf("static const struct window %s_windows[] = {\n", table);
	for (size_t i = 0; i <= f->mask; i++)
		printf("{%#" PRIx64 ", %" PRIu32 ", %d},\n",
		    f->windows[i].units, f->windows[i].bar,
		    (int)f->windows[i].mark);
	printf("};\n");
}

/* A member that is an array. */
static void
put_member(const char *name, const uint64_t *at, size_t n)
{
	printf(".%s = {\n", name);
	for (size_t i = 0; i < n; i++)
		printf("%#" PRIx64 ",\n", at[i]);
	printf("},\n");
}

/* A member that points to a part; NULL where the table has none. */
static void
put_pointer(const char *table, const char *part, const char *type, bool has)
{
	if (has)
		printf(".%s = (%s *)%s_%s,\n", part, type, table, part);
}

static void
put_set(const char *name, const uint8_t *set)
{
	printf(".%s = {\n", name);
	for (size_t i = 0; i < ALPHABET_BYTES; i++)
		printf("%u,\n", set[i]);
	printf("},\n");
}

static void
put_phrase(const char *table, const struct fold_pair *p)
{
	printf("static const struct fold_pair %s_phrase = {\n", table);
	put_set("heads", p->heads);
	put_set("nexts", p->nexts);
	put_set("alone", p->alone);
	put_set("marks", p->marks);
	put_set("fillers", p->fillers);
	printf("};\n");
}

/* bars: the name of the prefilter's table. */
static void
put_firstlook(const char *table, const char *bars, const struct firstlook *f)
{
	put_windows(table, f);
	if (f->alone != NULL)
		put_bytes(table, "alone", f->alone, ALPHABET_BYTES);
	printf("static const struct firstlook %s = {\n", table);
	put_member("plain", f->plain, sizeof(f->plain) / sizeof(*f->plain));
	put_member("pairs", f->pairs, sizeof(f->pairs) / sizeof(*f->pairs));
	put_member("triples", f->triples, PAIR_BITS / 64);
	put_pointer(table, "windows", "struct window", true);
	put_pointer(bars, "bars", "uint16_t", true);
	put_pointer(table, "alone", "uint8_t", f->alone != NULL);
	if (f->phrase != NULL)
		printf(".phrase = &%s_phrase,\n", bars);
	printf(".mask = %zu};\n", f->mask);
}

static void
put_parts(const char *table, const struct prefilter *f)
{
	put_entries(table, "entries", f->entries, (size_t)f->mask + 1);
	put_entries(table, "alone", f->alone, (size_t)f->mask + 1);
	put_states(table, f);
	put_outputs(table, f);
	put_bars(table, f);
	put_bytes(table, "singles", f->singles, ALPHABET_BYTES);
	put_clauses(table, f);
	put_numbers(table, "leads", f->leads, f->nsets + 1);
	put_numbers(table, "led", f->led, f->leads[f->nsets]);
	put_words(table, "given", f->given, prefilter_words(f));
}

/* look: the name of the first look's table. */
static void
put_prefilter(const char *table, const char *look, const struct prefilter *f)
{
	put_parts(table, f);
	if (f->phrase != NULL)
		put_phrase(table, f->phrase);
	if (f->first != NULL)
		put_firstlook(look, table, f->first);
	printf("static const struct prefilter %s = {\n", table);
	put_member("pairs", f->pairs, PAIR_BITS / 64);
	put_member("triples", f->triples, PAIR_BITS / 64);
	put_pointer(table, "entries", "struct entry", true);
	put_pointer(table, "alone", "struct entry", true);
	put_pointer(table, "states", "struct state", true);
	put_pointer(table, "outputs", "struct output", true);
	put_pointer(table, "singles", "uint8_t", true);
	put_pointer(table, "bars", "uint16_t", true);
	put_pointer(table, "clauses", "struct clause", true);
	put_pointer(table, "leads", "uint32_t", true);
	put_pointer(table, "led", "uint32_t", true);
	put_pointer(table, "given", "uint64_t", true);
	if (f->first != NULL)
		printf(".first = &%s,\n", look);
	if (f->phrase != NULL)
		printf(".phrase = &%s_phrase,\n", table);
	printf(".mask = %" PRIu32 ", .has_singles = %d, .always = %d,\n",
	    f->mask, (int)f->has_singles, (int)f->always);
	printf(".nstates = %zu, .noutputs = %zu, .nbars = %zu,\n", f->nstates,
	    f->noutputs, f->nbars);
	printf(".nsets = %zu, .nclauses = %zu, .npatterns = %zu,\n", f->nsets,
	    f->nclauses, f->npatterns);
	printf(".longest = %zu};\n", f->longest);
}

static void
put_units(const struct required_units *u)
{
	printf("{{%#" PRIx64 ", %#" PRIx64 ", %#" PRIx64 ", %#" PRIx64 "}, %d}",
	    u->bits[0], u->bits[1], u->bits[2], u->bits[3], (int)u->any);
}

static void
put_starts_of(const struct pattern *p)
{
	for (size_t i = 0; i < p->nany; i++) {
		const struct required_starts *s = regex_starts(p->any[i]);

		printf("{");
		put_units(&s->first);
		printf(", ");
		put_units(&s->second);
		printf("},\n");
	}
}

static void
put_starts(const struct rules *r)
{
	printf("static const struct required_starts starts[] = {\n");
	for (size_t i = 0; i < r->npolicies; i++)
		for (size_t k = 0; k < r->policies[i].npatterns; k++)
			put_starts_of(&r->policies[i].patterns[k]);
	put_starts_of(&r->pack.agent_says);
	printf("{{{0}, 0}, {{0}, 0}}};\n");
}

/* The arrays of the tree numbered number. */
static void
put_tree(size_t number, struct arena *a, struct buf *trees)
{
	char table[32];
	struct writing w = {.file = rules_builtins[number].text};
	struct place place;
	struct err err;

	snprintf(table, sizeof(table), "tree%zu", number);
	if (yaml_read(a, w.file, &w.root, &place, &err) == -1)
		leave(err.text);
	w.nnodes = w.root != NULL;
	for (size_t i = 0; i < w.nnodes; i++)
		put_node(&w, &w.root[i]);
	printf("static const struct embedded_node %s_nodes[] = {\n%s};\n",
	    table, buf_cstr(&w.nodes));
	printf("static const uint16_t %s_links[] = {\n%s};\n", table,
	    buf_cstr(&w.links));
	put_bytes(table, "texts", (const uint8_t *)w.texts.at, w.texts.len);
	buf_printf(trees, "{%s_nodes, %zu, %s_links, %zu, %s_texts},\n", table,
	    w.nnodes, table, w.nlinks, table);
	buf_free(&w.nodes);
	buf_free(&w.links);
	buf_free(&w.texts);
}

/* Of all built-in files, in their order: those that are no YAML have none. */
static void
put_trees(struct arena *a)
{
	struct buf trees = {0};

	for (size_t i = 0; i < rules_nbuiltins; i++) {
		if (span_ends(rules_builtins[i].path, SPAN(".yaml")))
			put_tree(i, a, &trees);
		else
			buf_adds(&trees, "{0},\n");
	}
	printf("static const struct embedded_tree trees[] = {\n%s};\n",
	    buf_cstr(&trees));
	buf_free(&trees);
}

/* Codes on their way out. */
struct codes {
	struct viewer *viewer;
	struct embedded_code *at;
	size_t n, cap;
	struct buf words;
};

static bool
has_code(const struct codes *c, uint64_t key)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->at[i].key == key)
			return true;
	return false;
}

static void
add_code(struct codes *c, const struct regex *re)
{
	uint64_t key = regex_key(re);

	if (key == 0 || has_code(c, key))
		return;
	c->at = mem_grow(c->at, &c->cap, c->n + 1, sizeof(*c->at));
	c->at[c->n++] = (struct embedded_code){
	    key, (uint32_t)(c->words.len / sizeof(uint64_t))};
	regex_encode(re, c->viewer, &c->words);
	while (c->words.len % sizeof(uint64_t) != 0)
		buf_addc(&c->words, '\0');
}

static void
add_pattern(struct codes *c, const struct pattern *p)
{
	for (size_t i = 0; i < p->nany; i++)
		add_code(c, p->any[i]);
	for (size_t i = 0; i < p->nunless; i++)
		add_code(c, p->unless[i]);
	for (size_t i = 0; i < p->nnear; i++)
		add_code(c, p->near[i].pattern);
}

static void
add_codes(struct codes *c, const struct rules *r)
{
	for (size_t i = 0; i < r->npolicies; i++)
		for (size_t k = 0; k < r->policies[i].npatterns; k++)
			add_pattern(c, &r->policies[i].patterns[k]);
	add_pattern(c, &r->pack.agent_says);
}

static void
say(void *ctx, const char *line)
{
	(void)ctx;
	fprintf(stderr, "%s\n", line);
}

/* A rule file that is built in; NULL: those that are loaded where no file is
 * named. */
static struct rules *
load(const char *name)
{
	struct rules *r;
	struct err err;

	if (rules_load(&r, &name, name != NULL, false, say, NULL, &err) == -1)
		leave(err.text);
	return r;
}

/* Of every policy that is built in, with the packs that they use. */
static void
add_builtins(struct codes *c, struct arena *a)
{
	for (size_t i = 0; i < rules_nbuiltins; i++) {
		struct span path = rules_builtins[i].path;
		struct rules *r;

		if (!span_ends(path, SPAN(".yaml")) ||
		    span_eq(path, SPAN("builtin:ja.yaml")))
			continue;
		r = load(arena_cstr(a, path));
		add_codes(c, r);
		rules_free(r);
	}
}

static int
by_key(const void *a, const void *b)
{
	const struct embedded_code *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static void
put_codes(struct arena *a)
{
	struct codes c = {0};
	struct err err;

	if (viewer_open(&c.viewer, &err) == -1)
		leave(err.text);
	add_builtins(&c, a);
	qsort(c.at, c.n, sizeof(*c.at), by_key);
	put_words("code", "words", (const uint64_t *)(const void *)c.words.at,
	    c.words.len / sizeof(uint64_t));
	printf("static const struct embedded_code codes[] = {\n");
	for (size_t i = 0; i < c.n; i++)
		printf("{%#" PRIx64 ", %" PRIu32 "},\n", c.at[i].key,
		    c.at[i].words);
	printf("};\n");
	viewer_close(c.viewer);
	buf_free(&c.words);
	free(c.at);
}

static void
put_files(const struct rules *r)
{
	printf("static const size_t files[] = {\n");
	for (size_t i = 0; i < r->nfiles; i++)
		for (size_t k = 0; k < rules_nbuiltins; k++)
			if (rules_builtins[k].text.at == r->files[i].text.at)
				printf("%zu,\n", k);
	printf("};\n");
}

static void
put_rules(const struct rules *r, struct arena *a)
{
	struct buf version = {0};

	regex_pcre2_version(&version);
	put_codes(a);
	put_files(r);
	put_starts(r);
	put_prefilter("all", "all_look", r->all);
	put_prefilter("threats", "threats_look", r->threats);
	printf("const struct embedded_rules embedded_rules = {\n"
	       "trees, files, %zu, \"%s\", starts, &all, &threats,\n"
	       "codes, sizeof(codes) / sizeof(*codes), code_words, \"%s\"};\n",
	    r->nfiles, r->hash, buf_cstr(&version));
	buf_free(&version);
}

int
main(void)
{
	struct arena a = {0};
	struct rules *r = load(NULL);

	printf("/* Made by lib/rule/rules_embed.c: do not edit. */\n"
	       "#include \"rule/embedded.h\"\n"
	       "#include \"rule/prefilter_tables.h\"\n");
	put_trees(&a);
	put_rules(r, &a);
	arena_free(&a);
	rules_free(r);
	return fflush(stdout) == 0 ? 0 : 1;
}
