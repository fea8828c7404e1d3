/*
 * A YAML document as a tree that knows its places. What an alias stands for
 * is the same node, so the tree may hold itself: who walks it goes no deeper
 * than the schema it reads.
 */
#ifndef OFUKU_RULE_YAML_H
#define OFUKU_RULE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
	enum node_kind kind;
	unsigned line, column; /* from 1; columns in characters */
	struct span text;      /* of a scalar */
	bool quoted;           /* so that "~" is no null */
	struct node **keys;    /* of a map */
	struct node **items;   /* of a list or map */
	size_t n;
};

struct place {
	unsigned line, column;
};

/*
 * Reads one document; *root is NULL where the text holds none. -1: no YAML;
 * err says why and *at where.
 */
int yaml_read(struct arena *, struct span text, const struct node **root,
    struct place *at, struct err *);

#endif
