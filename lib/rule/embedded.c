#include "rule/embedded.h"

#include <stdlib.h>

#include "rule/rules.h"

static void
set_node(const struct embedded_node *e, const struct embedded_tree *t,
    struct span file, struct node **links, struct node *n)
{
	*n = (struct node){.kind = (enum node_kind)e->kind,
	    .line = e->line,
	    .column = e->column,
	    .quoted = e->quoted};
	if (n->kind == NODE_SCALAR) {
		n->text.at = e->at < file.len ?
		    file.at + e->at :
		    (const char *)t->texts + (e->at - file.len);
		n->text.len = e->n;
		return;
	}
	n->n = e->n;
	if (n->kind == NODE_MAP)
		n->keys = links + e->at;
	n->items = links + e->at + (n->kind == NODE_MAP ? n->n : 0);
}

const struct node *
embedded_tree(size_t i, struct arena *a)
{
	const struct embedded_tree *t;
	struct node *nodes, **links;

	if (embedded_rules.nfiles == 0)
		return NULL;
	t = &embedded_rules.trees[i];
	if (t->nnodes == 0)
		return NULL;
	nodes = arena_take(a, t->nnodes * sizeof(*nodes));
	links = arena_take(a, (t->nlinks + 1) * sizeof(*links));
	for (size_t k = 0; k < t->nlinks; k++)
		links[k] = &nodes[t->links[k]];
	for (size_t k = 0; k < t->nnodes; k++)
		set_node(
		    &t->nodes[k], t, rules_builtins[i].text, links, &nodes[k]);
	return nodes;
}

static int
by_key(const void *a, const void *b)
{
	uint64_t key = *(const uint64_t *)a;
	const struct embedded_code *code = b;

	return key < code->key ? -1 : key > code->key;
}

const uint64_t *
embedded_code(uint64_t key)
{
	const struct embedded_rules *e = &embedded_rules;
	const struct embedded_code *found = e->ncodes == 0 ?
	    NULL :
	    bsearch(&key, e->codes, e->ncodes, sizeof(*e->codes), by_key);

	return found == NULL ? NULL : e->code_words + found->words;
}
