/*
 * A stock phrase, matched approximately on the folded view of a whole turn
 * (SPEC section 3): least edit distance in code points against any substring
 * (Myers 1999, bit-parallel, any length).
 */
#ifndef OFUKU_RULE_PHRASE_H
#define OFUKU_RULE_PHRASE_H

#include "rule/pattern.h"

struct wording {
	struct span say;  /* as the rule file has it */
	uint32_t *points; /* its folded view, code points */
	size_t npoints;
	size_t max_distance; /* still counts */
	void *masks;         /* Myers' tables, phrase.c's own */
};

struct phrase {
	struct span id;
	enum role by;
	struct wording *wordings; /* say first, then also */
	size_t nwordings;
	uint32_t tolerance_ppm; /* 20 % is 200000 */
	struct regex *keep;     /* NULL: all count */
	struct examples examples;
	unsigned line;
};

/* Similarity is 1 - distance / length; kept as the two integers. */
struct similarity {
	uint32_t distance, length; /* length 0: nothing seen */
};

struct occurrence {
	uint32_t start, end;         /* units of the folded view */
	uint32_t raw_start, raw_end; /* bytes of the raw text */
	struct similarity similarity;
	uint32_t wording;
};

struct phrase_result {
	struct occurrence *at; /* counted ones in order of place */
	size_t n, cap;
	struct similarity best; /* of a counted one, else best seen */
	struct occurrence seen; /* best span seen, counted or not */
};

/* Builds the wordings' tables; say and also are given as UTF-8. */
void phrase_prepare(
    struct arena *, struct viewer *, const struct fold *, struct phrase *);
/* out is overwritten, its memory kept. Error: keep hit a limit. */
int phrase_match(struct matcher *, const struct phrase *, struct subject *,
    struct phrase_result *out, struct err *);
void phrase_result_free(struct phrase_result *);

/* -1, 0, 1 as a is less, equally, more similar than b. Exact. */
int similarity_cmp(struct similarity a, struct similarity b);
/* At least percent / 100? */
bool similarity_least(struct similarity, unsigned percent);
/* In thousandths, rounded to nearest: what reports print with 3 decimals. */
unsigned similarity_milli(struct similarity);
#define NEAR_MISS_PERCENT 60

#endif
