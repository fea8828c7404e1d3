/*
 * A rule set: what one or more rule files compile to (SPEC section 5).
 * Immutable once loaded; every thread reads it.
 */
#ifndef OFUKU_RULE_RULES_H
#define OFUKU_RULE_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/nearest.h"
#include "base/span.h"
#include "rule/measure.h"
#include "rule/pattern.h"
#include "rule/phrase.h"
#include "text/lang.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO };
const char *severity_name(enum severity);

enum scope { SCOPE_EXCHANGE, SCOPE_CONVERSATION };

struct check {
	struct span id;
	enum measure_id measure;
	size_t pattern; /* of hits(ID), until(ID): index in the policy */
	size_t before;  /* hits count before this one's first hit alone;
			 * SIZE_MAX: wherever */
	bool has_min, has_max;
	int64_t min, max; /* milliseconds where it is a time */
	enum severity severity;
	enum scope scope;
	int64_t first_ms, last_ms;   /* -1: not narrowed */
	struct span messages[LANGS]; /* hold {measured} and {limit} */
	unsigned line;
};

struct exchange_rule {
	size_t *opens_on, *continues_on, *closes_on; /* indexes */
	size_t nopens, ncontinues, ncloses;
	const struct phrase *answered_by; /* NULL: none named */
	unsigned patience;                /* presses; default 3 */
	unsigned calm_turns;              /* default 4 */
	int64_t idle_ms;                  /* default 15 min */
	int64_t join_gap_ms;              /* default 300 */
};

struct policy {
	struct span id, title;
	struct phrase *phrases;
	size_t nphrases;
	struct pattern *patterns;
	size_t npatterns;
	struct exchange_rule exchange; /* nopens 0: no exchanges */
	struct check *checks;
	size_t nchecks;
	struct span file;
};

/* A field of a record that a table's column can be. */
enum column {
	COLUMN_CONVERSATION,
	COLUMN_SPEAKER,
	COLUMN_ROLE,
	COLUMN_TEXT,
	COLUMN_START,
	COLUMN_END,
	COLUMN_AT,
	COLUMN_UNTIL,
	COLUMN_N
};
/* "conversation", …: what --map calls it. */
const char *column_name(enum column);

struct role_name {
	uint16_t *at; /* plain view */
	size_t len;
	enum role role;
	bool latin; /* wants no Latin letter on either side */
};

/* All language packs in use, merged. */
struct pack {
	struct fold *fold;
	uint16_t **backchannels; /* folded views */
	size_t *backchannel_len;
	size_t nbackchannels;
	uint8_t *alphabet;            /* see pack_alphabet */
	struct role_name *role_names; /* longest first, then agent */
	size_t nrole_names;
	struct pattern agent_says; /* nany 0: none */
	struct column_synonym {
		struct span name; /* column_key() of it */
		enum column column;
	} * columns;
	size_t ncolumns;
};

struct rule_file {
	struct span path; /* or "builtin:kasuhara.yaml" */
	struct span text;
};

struct rules {
	struct arena arena;
	char hash[65];          /* SHA-256 in hex */
	struct span short_hash; /* its first 12 digits */
	struct pack pack;
	struct policy *policies;
	size_t npolicies;
	const struct prefilter *all;     /* of every pattern */
	const struct prefilter *threats; /* of the opens_on patterns */
	int64_t join_gap_ms;             /* the longest of a policy */
	struct rule_file *files;
	size_t nfiles;
};

/*
 * Loads rule files; n 0 takes the policy compiled into the binary. Each
 * mistake is told to say as "file:line:col: message", all of them in one run;
 * then the result is -1 and err says how many. Warnings (of rules check) come
 * only where lint is true. Free with rules_free.
 */
int rules_load(struct rules **, const char *const *paths, size_t n, bool lint,
    void (*say)(void *, const char *line), void *ctx, struct err *);
void rules_free(struct rules *);
/* One more text that counts in the hash, as a file of that path. */
void rules_add_file(struct rules *, struct span path, struct span text);
/* The whole of a file of at most 16 MiB. -1: errno says why. */
int rules_read_file(struct arena *, const char *path, struct span *);

/* The files compiled into the binary, e.g. "kasuhara.yaml"; NULL: none. */
const struct rule_file *rules_builtin(struct span name);
extern const struct rule_file rules_builtins[];
extern const size_t rules_nbuiltins;

/* The pattern or phrase of any policy with that id; NULL where none is. */
const struct pattern *rules_pattern(const struct rules *, struct span id);
const struct phrase *rules_phrase(const struct rules *, struct span id);

/* How header names compare: plain view without blanks, _ and -. UTF-8. */
void column_key(struct viewer *, struct span name, struct buf *out);
/* COLUMN_N where the name is no synonym. */
enum column pack_column(const struct pack *, struct viewer *, struct span name);
/* ROLE_UNKNOWN where no role name is found in the text. */
enum role pack_role(const struct pack *, struct viewer *, struct span text);
/*
 * Fills alphabet, a bit for each unit of a plain view that a backchannel can
 * hold: a text with any other is none, and need not be folded.
 */
void pack_alphabet(struct pack *, struct arena *);
/* Is the folded view empty or a sequence of backchannels? */
bool pack_backchannel(const struct pack *, const uint16_t *at, size_t len);

#endif
