/*
 * What the built-in rule files come to, as far as it is known when ofuku is
 * built: rules_embed.c prints it as C, which is linked with everything but
 * that program, where nothing is embedded. Immutable; trees hold no addresses,
 * so that they cost nothing where they are not used.
 */
#ifndef OFUKU_RULE_EMBEDDED_H
#define OFUKU_RULE_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "rule/prefilter.h"
#include "rule/required.h"
#include "rule/yaml.h"

/* A struct node, its text and its items as numbers. */
struct embedded_node {
	uint32_t at; /* of a scalar: its byte in the file, or behind its end
		      * in the other texts; else its first link */
	uint32_t n;  /* bytes of a scalar; items */
	uint16_t line, column;
	uint8_t kind; /* enum node_kind */
	bool quoted;
};

struct embedded_tree {
	const struct embedded_node *nodes; /* the root first */
	size_t nnodes;
	const uint16_t *links; /* nodes: items; of a map keys, then items */
	size_t nlinks;
	const unsigned char *texts; /* that the file has in another form */
};

/* A pattern as PCRE2 compiled and serialised it. */
struct embedded_code {
	uint64_t key;   /* regex_key */
	uint32_t words; /* where it begins, in words */
};

struct embedded_rules {
	const struct embedded_tree *trees; /* of rules_builtins, in order */
	/* Of the set that is loaded where no file is named: */
	const size_t *files; /* indexes of rules_builtins, in order */
	size_t nfiles;       /* 0: nothing is embedded */
	const char *hash;
	/* Of each alternative of each pattern, agent_says last. */
	const struct required_starts *starts;
	const struct prefilter *all, *threats;
	/* Of every built-in rule file, by key: */
	const struct embedded_code *codes;
	size_t ncodes;
	const uint64_t *code_words;
	const char *pcre2; /* whose they are: regex_pcre2_version */
};
extern const struct embedded_rules embedded_rules;

/*
 * The tree of the rule file that rules_builtins[i] is, in the arena, its texts
 * in the program. NULL: it is not embedded, or is no YAML.
 */
const struct node *embedded_tree(size_t i, struct arena *);
/* What PCRE2 decodes to the pattern that has the key; NULL: there is none. */
const uint64_t *embedded_code(uint64_t key);

#endif
