#include "rule/yaml.h"

#include <yaml.h>

#include "base/mem.h"

static struct place
place_of(yaml_mark_t m)
{
	return (struct place){(unsigned)m.line + 1, (unsigned)m.column + 1};
}

/* The reader of bytes has no marks, only an offset. */
static struct place
place_at(struct span text, size_t offset)
{
	struct place p = {1, 1};

	for (size_t i = 0; i < offset && i < text.len; i++) {
		if (text.at[i] == '\n')
			p = (struct place){p.line + 1, 1};
		else if (((unsigned char)text.at[i] & 0xc0) != 0x80)
			p.column++;
	}
	return p;
}

/* What libyaml's own words do not tell of the mistakes made most. */
static const char *
advice(struct span text, size_t line, const char *problem)
{
	size_t at = 0;

	if (strstr(problem, "<document start>") != NULL)
		return " (is it a YAML file?)";
	while (line > 0 && at < text.len)
		line -= text.at[at++] == '\n';
	while (at < text.len && text.at[at] == ' ')
		at++;
	return at < text.len && text.at[at] == '\t' ?
	    " (indent by blanks, not by tabs)" :
	    "";
}

static int
fail_parser(
    const yaml_parser_t *p, struct span text, struct place *at, struct err *err)
{
	const char *context = p->context == NULL ? "" : p->context;

	/* libyaml forgets to say so where a queue cannot grow. */
	if (p->error == YAML_MEMORY_ERROR || p->error == YAML_NO_ERROR)
		mem_exhausted(0);
	if (p->error == YAML_READER_ERROR) {
		*at = place_at(text, p->problem_offset);
		return fail_rules(err, "%s (a rule file is UTF-8)", p->problem);
	}
	*at = place_of(p->problem_mark);
	return fail_rules(err, "%s%s%s%s", context,
	    *context == '\0' ? "" : ": ", p->problem,
	    advice(text, p->problem_mark.line, p->problem));
}

static void
set_list(
    const yaml_node_t *y, struct arena *a, struct node *nodes, struct node *n)
{
	const yaml_node_item_t *at = y->data.sequence.items.start;

	n->kind = NODE_LIST;
	n->n = (size_t)(y->data.sequence.items.top - at);
	n->items = arena_alloc(a, (n->n + 1) * sizeof(struct node *));
	for (size_t i = 0; i < n->n; i++)
		n->items[i] = &nodes[at[i] - 1];
}

static void
set_map(
    const yaml_node_t *y, struct arena *a, struct node *nodes, struct node *n)
{
	const yaml_node_pair_t *at = y->data.mapping.pairs.start;

	n->kind = NODE_MAP;
	n->n = (size_t)(y->data.mapping.pairs.top - at);
	n->keys = arena_alloc(a, (n->n + 1) * sizeof(struct node *));
	n->items = arena_alloc(a, (n->n + 1) * sizeof(struct node *));
	for (size_t i = 0; i < n->n; i++) {
		n->keys[i] = &nodes[at[i].key - 1];
		n->items[i] = &nodes[at[i].value - 1];
	}
}

static void
set_scalar(const yaml_node_t *y, struct arena *a, struct node *n)
{
	n->kind = NODE_SCALAR;
	n->quoted = y->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	n->text = arena_dup(a,
	    (struct span){
		(const char *)y->data.scalar.value, y->data.scalar.length});
}

/* libyaml numbers the nodes of a document from 1; ours keep the order. */
static const struct node *
copy_tree(yaml_document_t *doc, struct arena *a)
{
	size_t n = (size_t)(doc->nodes.top - doc->nodes.start);
	struct node *nodes = arena_alloc(a, (n + 1) * sizeof(*nodes));

	for (size_t i = 0; i < n; i++) {
		const yaml_node_t *y = &doc->nodes.start[i];
		struct place p = place_of(y->start_mark);

		nodes[i].line = p.line;
		nodes[i].column = p.column;
		if (y->type == YAML_SEQUENCE_NODE)
			set_list(y, a, nodes, &nodes[i]);
		else if (y->type == YAML_MAPPING_NODE)
			set_map(y, a, nodes, &nodes[i]);
		else
			set_scalar(y, a, &nodes[i]);
	}
	return n == 0 ? NULL : nodes;
}

static int
read_documents(yaml_parser_t *p, struct span text, struct arena *a,
    const struct node **root, struct place *at, struct err *err)
{
	yaml_document_t doc;
	yaml_node_t *second;

	if (!yaml_parser_load(p, &doc))
		return fail_parser(p, text, at, err);
	*root = copy_tree(&doc, a);
	yaml_document_delete(&doc);
	if (*root == NULL)
		return 0;
	if (!yaml_parser_load(p, &doc))
		return fail_parser(p, text, at, err);
	second = yaml_document_get_root_node(&doc);
	if (second != NULL)
		*at = place_of(second->start_mark);
	yaml_document_delete(&doc);
	if (second != NULL)
		return fail_rules(err,
		    "a second document: a rule file holds "
		    "one; move it to a file of its own");
	return 0;
}

/* Editors of Windows put one in front; YAML 1.2, 5.2, has it as no content. */
static struct span
without_mark(struct span text)
{
	const struct span mark = SPAN("\xef\xbb\xbf");

	return span_starts(text, mark) ?
	    (struct span){text.at + mark.len, text.len - mark.len} :
	    text;
}

int
yaml_read(struct arena *a, struct span text, const struct node **root,
    struct place *at, struct err *err)
{
	yaml_parser_t parser;
	int rc;

	text = without_mark(text);
	*root = NULL;
	*at = (struct place){1, 1};
	if (!yaml_parser_initialize(&parser))
		mem_exhausted(0);
	yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &parser, (const unsigned char *)text.at, text.len);
	rc = read_documents(&parser, text, a, root, at, err);
	yaml_parser_delete(&parser);
	return rc;
}
