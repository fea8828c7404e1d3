/*
 * grep in three parts: a query says where a text matches, a printer shows
 * it, grep.c brings utterances to both.
 */
#ifndef OFUKU_GREP_H
#define OFUKU_GREP_H

#include "base/buf.h"
#include "rule/phrase.h"
#include "run.h"

/* A match: bytes of the raw text, and what the user asked for. */
struct mark {
	uint32_t start, end;
	struct span asked;
	const struct phrase *phrase; /* NULL: of a pattern */
	struct occurrence said;      /* of a phrase */
	bool masked;                 /* not all of it may be shown */
};

/* By start; of those that begin together the longest first. */
struct marks {
	struct mark *at;
	size_t n, cap;
};

struct query; /* the patterns, compiled; owns scratch */

/* The arena of the run owns it. */
int query_open(struct query **, struct run *, const struct ofuku_grep_options *,
    struct err *);
/* A query for one pattern, or "@ID", that --before and --after name. */
int query_open_one(struct query **, struct run *,
    const struct ofuku_grep_options *, const char *pattern, struct err *);
/*
 * 1: it matches, in marks (none where nothing matched); 0: no; -1: a limit.
 * NULL for marks: one match is enough.
 */
int query_match(struct query *, struct span raw, struct marks *, struct err *);
/*
 * How what was said, a mark of the text just matched, differs from its
 * phrase, as rule/align.h has it.
 */
void query_align(struct query *, const struct mark *, struct buf *out);

struct printer {
	const struct ofuku_grep_options *o;
	struct query *query;
	struct buf line, text;
};

/* An utterance and whose it is. */
struct sighting {
	const struct utterance *u;
	struct span conversation;
	const struct marks *marks;
	bool context; /* not selected itself */
};

void print_utterance(struct printer *, const struct sighting *);
void print_matches(struct printer *, const struct sighting *);
void print_kwic(struct printer *, const struct sighting *);
void print_drift(struct printer *, const struct sighting *);
void print_json(struct printer *, const struct sighting *);
/* "--" between groups of context. */
void print_gap(struct printer *);
/* An input's line of -c, -l, -L. */
void print_count(struct printer *, struct span source, uint64_t n);
void print_source(struct printer *, struct span source);
void printer_free(struct printer *);

#endif
