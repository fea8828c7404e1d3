/*
 * A pattern: PCRE2 alternatives over the plain view of a passage, and the
 * conditions a match must meet to be a hit (SPEC section 3). Compiled once,
 * immutable; what changes while matching is in a struct matcher, one a worker.
 */
#ifndef OFUKU_RULE_PATTERN_H
#define OFUKU_RULE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/span.h"
#include "rule/prefilter.h"
#include "rule/role.h"
#include "text/view.h"
#include "text/words.h"

struct pack;
struct prefilter;
struct regex; /* one compiled PCRE2 pattern */

struct near {
	const struct regex *pattern; /* NULL: any of these */
	struct regex *const *any;
	size_t nany;
	uint32_t within; /* words */
};

struct example {
	struct span text;
	struct {
		unsigned line, column;
	} at; /* in its rule file */
};

struct examples {
	struct example *hit, *miss;
	size_t nhit, nmiss;
};

/* Where a prefilter has what its alternatives require. */
struct filtered {
	const struct prefilter *by; /* NULL: nowhere */
	uint32_t first;             /* number of any[0] in it */
};

struct pattern {
	struct span id;
	enum role by;
	struct regex **any;
	size_t nany;
	struct regex **unless;
	size_t nunless;
	struct near *near;
	size_t nnear;
	const struct pattern *after; /* NULL: nothing asked */
	bool words;
	struct examples examples;
	unsigned line;                 /* of its key in the file */
	struct filtered among;         /* all patterns; nowhere: always tried */
	struct filtered among_threats; /* those that open exchanges */
};

/* A text that is being matched: its views and words are made when asked. */
struct subject {
	struct span raw;
	struct view plain, folded;
	struct words words;
	bool have_plain, have_folded, have_words;
	bool threats_alone; /* most that is asked are patterns that open
			     * exchanges: their filter is smaller */
	struct prefilter_scratch scratch;
	const uint64_t *may;             /* what the filter below says */
	const struct prefilter *scanned; /* NULL: not yet */
};

struct hit {
	uint32_t start, end;         /* units of the plain view */
	uint32_t raw_start, raw_end; /* bytes of the raw text */
	uint32_t alternative;        /* index into any */
};

struct hits {
	struct hit *at;
	size_t n, cap;
};

/* Limits of one match; a match that hits one is an error. */
struct match_limits {
	uint32_t match; /* PCRE2 match limit */
	uint32_t heap_kib;
	bool no_jit;
	bool no_prefilter; /* try every pattern */
};
#define MATCH_LIMITS_DEFAULT \
	((struct match_limits){5000000, 65536, false, false})

void hits_free(struct hits *);

struct matcher;

int matcher_open(struct matcher **, const struct match_limits *,
    const struct fold *, struct err *);
void matcher_close(struct matcher *);
struct viewer *matcher_viewer(struct matcher *);
/* pack_role and pack_backchannel (rule/rules.h) of raw texts, remembered. */
enum role matcher_role(struct matcher *, const struct pack *, struct span);
bool matcher_backchannel(struct matcher *, const struct pack *, struct span);
/* Another text than that before: the time that patterns take begins anew. */
void matcher_text_begins(struct matcher *);
/* Is every pattern to be tried, whatever a prefilter says? */
bool matcher_unfiltered(const struct matcher *);

/* Points the subject at another raw text, of which anything may be asked; its
 * views' memory is kept. */
void subject_set(struct subject *, struct span raw);
void subject_free(struct subject *);
const struct view *subject_plain(struct matcher *, struct subject *);
const struct view *subject_folded(struct matcher *, struct subject *);
int subject_words(
    struct matcher *, struct subject *, const struct words **, struct err *);

/*
 * All hits of a pattern in a subject, in order, none overlapping: the
 * leftmost match, of two that begin together the one listed first. Appends
 * to out. Error: a limit was hit (the text names the pattern, the caller
 * adds source and line).
 */
int pattern_hits(struct matcher *, const struct pattern *, struct subject *,
    struct hits *out, struct err *);

/* 1: it has a hit; 0: it has none; -1: a limit. For those who count texts. */
int pattern_is_hit(
    struct matcher *, const struct pattern *, struct subject *, struct err *);

/*
 * Does one of its alternatives match that the filter of threats has in may,
 * whatever the conditions say of it? False: there is no hit. Of a text that
 * was begun (matcher_text_begins).
 */
bool pattern_may_threaten(struct matcher *, const struct pattern *,
    const uint64_t *may, const struct view *plain);

/* What became of a match: it is a hit, or which condition dropped it. */
enum match_fate { MATCH_HIT, MATCH_UNLESS, MATCH_NEAR, MATCH_AFTER };

struct match_teller {
	void (*tell)(
	    void *ctx, const struct hit *, enum match_fate, size_t which);
	void *ctx;
};
/*
 * As pattern_hits, but each match is told, kept or dropped, in the order in
 * which it is met; a dropped one has no place in the raw text.
 */
int pattern_explain(struct matcher *, const struct pattern *, struct subject *,
    const struct match_teller *, struct err *);

/*
 * Can the pattern hit at all? False: surely not, as the texts that it requires
 * are not there (rule/prefilter.h).
 */
bool pattern_may_hit(
    struct matcher *, const struct pattern *, struct subject *);

/* How a regex is compiled. */
enum {
	REGEX_WORDS = 1,   /* begins and ends on word boundaries */
	REGEX_LITERAL = 2, /* no metacharacters; NFKC case-folded */
	REGEX_FOLDED = 4,  /* for the folded view: literals folded */
	REGEX_EMPTY = 8,   /* a match of nothing is one, too */
	REGEX_TRUSTED = 16 /* in the program, and tested with it: what is
			    * wrong with it is not told; its source lives as
			    * long as the regex, and is no copy */
};

/*
 * Compiles source (UTF-8), its literal characters NFKC-normalised, escapes
 * untouched. Owned by the arena. Error: the text holds PCRE2's message and
 * *offset the byte of source where it stands.
 */
struct regex *regex_compile(struct arena *, struct viewer *, struct span source,
    unsigned flags, size_t *offset, struct err *);
struct span regex_source(const struct regex *);
/*
 * The leftmost match at or behind unit from in at[0..len), never an empty one
 * (but for REGEX_EMPTY).
 * 1: found, in *start and *end; 0: none; -1: a limit was hit. words: NULL
 * unless the regex was compiled with REGEX_WORDS.
 */
int regex_find(struct matcher *, const struct regex *, const uint16_t *at,
    size_t len, size_t from, const struct words *words, size_t *start,
    size_t *end, struct err *);
const char *pcre2_version_text(void); /* "10.42" */

#endif
