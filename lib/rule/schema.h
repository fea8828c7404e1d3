/*
 * Reading values out of a rule file's tree. What is wrong is noted with its
 * place and reading goes on, so that one run tells every mistake. A reader
 * function returns false where the value is absent (NULL) or wrong.
 */
#ifndef OFUKU_RULE_SCHEMA_H
#define OFUKU_RULE_SCHEMA_H

#include <stdint.h>

#include "rule/rules.h"
#include "rule/yaml.h"

struct mistake {
	unsigned order;        /* of its file */
	unsigned line, column; /* 0: the file as a whole */
	size_t number;         /* as noted */
	const char *line_text; /* "file:line:col: message" */
};

struct mistakes {
	struct arena arena;
	struct mistake *at;
	size_t n, cap;
	size_t errors;   /* those that are no warnings */
	bool lint;       /* warnings are wanted */
	size_t patterns; /* compiled so far, see PATTERNS_MAX */
};

/* One rule file that is being read. */
struct source {
	struct span path, text;
	bool builtin;            /* in the program: its patterns are trusted */
	unsigned order;          /* as loaded */
	const struct node *root; /* NULL: nothing to read */
	const struct node *policy, *language; /* its id */
};

struct definitions; /* rule/define.h */

struct reader {
	struct arena *arena; /* of the rule set */
	struct viewer *viewer;
	const struct fold *fold;      /* of the packs in use */
	const struct fold *spellings; /* the same without fillers */
	bool own_spellings; /* of a pack that is not in the program, too */
	const struct source *source;
	const struct definitions *defined; /* of the policy; may be NULL */
	struct mistakes *mistakes;
	/* Of patterns that are no built-in ones, by what they are compiled
	 * from: copies of a policy have them in common. */
	struct map *regexes;
};

/* Aliases can make a small file say very much: a bound for all files. */
#define PATTERNS_MAX 20000

/* node may be NULL: the file as a whole. */
void mistake(struct reader *, const struct node *, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void warning(struct reader *, const struct node *, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* "unknown WHAT "x"; did you mean "y"?" */
void mistake_unknown(struct reader *, const struct node *, const char *what,
    const char *const *names, size_t nnames);
/* Tells them in the order of their places. */
void mistakes_say(
    struct mistakes *, void (*say)(void *, const char *), void *ctx);
void mistakes_free(struct mistakes *);

struct key {
	const char *name;
	bool required;
};

/*
 * A map of known keys: found[i] is the value of keys[i] or NULL. Notes
 * unknown, repeated and missing keys. what: "a pattern", for messages.
 */
bool read_map(struct reader *, const struct node *, const char *what,
    const struct key *keys, size_t nkeys, const struct node **found);
/* A map from ids that the file chooses; notes those that are no ids. */
bool read_ids(struct reader *, const struct node *);
/* A list, of at least min items. */
bool read_list(struct reader *, const struct node *, size_t min);

/* A text that is not empty. */
bool read_text(struct reader *, const struct node *, struct span *);
/* Letters, digits, - and _; anything beyond ASCII. */
bool read_id(struct reader *, const struct node *, struct span *);
bool read_bool(struct reader *, const struct node *, bool *);
bool read_integer(
    struct reader *, const struct node *, int64_t min, int64_t max, int64_t *);
/* "300ms", "60s", "15m", "1h" as milliseconds. */
bool read_duration(struct reader *, const struct node *, int64_t *);
/* "20%" as parts of a million, at most most percent. */
bool read_percent(
    struct reader *, const struct node *, unsigned most, uint32_t *ppm);
/* One of names: its index. */
bool read_choice(struct reader *, const struct node *, const char *what,
    const char *const *names, size_t nnames, size_t *out);
/* Agent or customer: who takes turns. */
bool read_by(struct reader *, const struct node *, enum role *);

/* flags as in regex_compile. */
struct regex *read_regex(struct reader *, const struct node *, unsigned flags);
bool read_regexes(struct reader *, const struct node *, size_t min,
    unsigned flags, struct regex ***out, size_t *nout);
void read_examples(struct reader *, const struct node *, struct examples *);

/* The keys of a pattern but `by` and `after`, which packs have not. */
enum pattern_key {
	PATTERN_ANY,
	PATTERN_UNLESS,
	PATTERN_NEAR,
	PATTERN_WORDS,
	PATTERN_EXAMPLES,
	PATTERN_BY,
	PATTERN_AFTER,
	PATTERN_KEYS
};
extern const struct key pattern_keys[PATTERN_KEYS];
void read_conditions(
    struct reader *, const struct node *const *found, struct pattern *);

/* What a policy's parts are read from, by index of the part. */
struct policy_draft {
	const struct node *phrases, *patterns, *checks, *exchange;
	const struct node **after; /* of each pattern, or NULL */
};
void read_phrases(struct reader *, const struct node *, struct policy *);
void read_patterns(struct reader *, struct policy_draft *, struct policy *);
void read_exchange(struct reader *, const struct node *, struct policy *);
void read_checks(struct reader *, const struct node *, struct policy *);
void read_policy(struct reader *, struct policy *);
void lint_policy(
    struct reader *, const struct policy_draft *, const struct policy *);

/* The index of a pattern id in a policy; npatterns where there is none. */
size_t policy_pattern(const struct policy *, struct span id);
size_t policy_phrase(const struct policy *, struct span id);
/* Notes an unknown pattern or gives its index. */
bool read_pattern_ref(
    struct reader *, const struct node *, const struct policy *, size_t *);
bool read_phrase_ref(
    struct reader *, const struct node *, const struct policy *, size_t *);

/* Reads the packs among the sources into one; r->fold is set from it. */
void read_packs(
    struct reader *, const struct source *, size_t n, struct pack *);

#endif
