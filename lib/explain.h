/* Why a text is hit or not: views, matches, conditions, similarity. */
#ifndef OFUKU_EXPLAIN_H
#define OFUKU_EXPLAIN_H

#include <stdio.h>

#include "ofuku.h"
#include "rule/rules.h"

struct explainer {
	struct matcher *matcher;
	FILE *out;
	const char *indent; /* before each line */
	struct subject subject;
	struct phrase_result result;
	struct buf text;
	const struct pattern *pattern;
	bool hit, dropped;
};

/* Lines of a name, a tab and what it is. 1: the text is hit; 0: not; -1. */
int explain_pattern(
    struct explainer *, const struct pattern *, struct span text, struct err *);
int explain_phrase(
    struct explainer *, const struct phrase *, struct span text, struct err *);
/* A text on one line, its controls escaped (text/width.h). */
void explain_text(struct span, FILE *out);
void explainer_free(struct explainer *);
/* rules_api.c: says it, with the nearest one, of checks, too. Returns -1. */
int rules_no_such_id(
    const struct rules *, const char *id, bool checks, struct ofuku_error *);
/* The same: "@ID", as grep takes it, is ID. */
const char *rules_id(const char *name);

#endif
