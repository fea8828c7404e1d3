/*
 * What every command over inputs shares: the inputs are walked, read and put
 * together into conversations; then each conversation is visited in order.
 */
#ifndef OFUKU_RUN_H
#define OFUKU_RUN_H

#include "base/walk.h"
#include "ofuku.h"
#include "read/format.h"
#include "rule/rules.h"
#include "talk/glance.h"
#include "talk/roles.h"
#include "talk/store.h"
#include "text/encoder.h"

struct ofuku_rules {
	struct rules *rules;
};

/* A limit of --since or --until: a wall clock, its zone maybe unknown. */
struct time_limit {
	bool set;
	struct moment at;
};

struct run {
	const struct rules *rules;
	const struct ofuku_input *input;
	ofuku_say say;
	void *ctx;
	struct arena arena;
	struct matcher *matcher;
	struct read_options read;
	struct role_options roles;
	struct time_limit since, until;
	const struct zone *zone; /* --tz, or Japan's */
	struct store *store;
	struct ofuku_counts counts;
	struct walked *current;      /* being read */
	const struct format *format; /* of current */
	struct span conversation;    /* id of current, for
							 * records without */
	bool trouble;                /* exit status 2 */
	bool undated;                /* noted once */
	bool skip_quiet; /* a quiet conversation is counted, not visited */
	struct glancer glancer;
	/* Called for each record instead of the store, where set. */
	int (*record)(
	    void *, struct run *, const struct record *, struct err *);
	/* Called when an input's format is known, where set. */
	void (*began)(void *, struct run *);
	/* Set by the record hook: no more of this input, or of any. */
	bool enough, stop;
	/* Called for each rejected record, where set. */
	int (*reject)(void *, struct run *, uint64_t line, uint64_t byte,
	    const char *reason, struct span excerpt, struct err *);
	void *hook;
};

int run_open(struct run *, const struct ofuku_rules *,
    const struct ofuku_input *, const struct match_limits *, ofuku_say,
    void *ctx, struct err *);
void run_close(struct run *);
void run_say(struct run *, enum ofuku_level, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* What an output's encoding (NULL: UTF-8) did not have, if anything. */
void run_say_unencoded(
    struct run *, const struct unencoded *, const char *encoding);
/* Reads all inputs into the store (or to the record hook). */
int run_gather(struct run *, struct err *);
/* A record that is rejected: counted, said, given to the hook. */
int run_reject(struct run *, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *);
/*
 * Visits the conversations that --since and --until select, roles resolved
 * and backchannels marked; the arena given to visit is emptied behind it.
 */
int run_visit(struct run *,
    int (*visit)(void *, struct run *, struct conversation *, struct arena *,
	struct err *),
    void *ctx, struct err *);

void error_out(struct ofuku_error *, const struct err *);

#endif
