/*
 * What every command over inputs shares: the inputs are walked, read and put
 * together into conversations; then each conversation is visited in order.
 */
#ifndef OFUKU_RUN_H
#define OFUKU_RUN_H

#include "base/apart.h"
#include "base/walk.h"
#include "base/watch.h"
#include "disguise.h"
#include "error.h"
#include "ofuku.h"
#include "read/format.h"
#include "rule/rules.h"
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
	struct match_limits limits;
	struct read_options read;
	struct disguise disguise; /* of what is printed */
	struct role_options roles;
	struct time_limit since, until;
	const struct zone *zone; /* --tz, or Japan's */
	struct store_options store_options;
	struct store_hooks hooks;
	struct store *store; /* from the first input on */
	/* Takes each conversation that the store has made. */
	int (*made)(void *ctx, struct assembled *, struct err *);
	void *made_ctx;
	struct ofuku_counts counts;
	struct walk *walk;           /* the operands' files */
	struct walked *current;      /* being read */
	const struct format *format; /* of current */
	struct span conversation;    /* id of current, for
							 * records without */
	bool trouble;                /* exit status 2 */
	bool undated;                /* noted once */
	unsigned noted;              /* 1 << each note of this input */
	struct err failed;           /* what ended the run */
	struct watch watch;          /* who reads adds to it */
	uint64_t expected;           /* bytes of all inputs; 0: not known */

	/* Called for each record instead of the store, where set. */
	int (*record)(
	    void *, struct run *, const struct record *, struct err *);
	/* Called when an input's format is known, where set. */
	void (*began)(void *, struct run *);
	/* Is an input not to be read? Called for each, where set; says why. */
	bool (*skip)(void *, struct run *, const struct walked *);
	void *skip_ctx;
	/* Set by the record hook: no more of this input, or of any. */
	bool enough, stop;
	/* Called for each rejected record, where set. */
	int (*reject)(void *, struct run *, struct span source, uint64_t line,
	    uint64_t byte, const char *reason, struct span excerpt,
	    struct err *);
	void *hook;
};

int run_open(struct run *, const struct ofuku_rules *,
    const struct ofuku_input *, const struct match_limits *, ofuku_say,
    void *ctx, struct err *);
void run_close(struct run *);
/* Of an option's steps and bytes; 0: the default. */
struct match_limits run_limits(uint32_t match, size_t heap);
void run_say(struct run *, enum ofuku_level, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* What an output's encoding (NULL: UTF-8) did not have, if anything. */
void run_say_unencoded(
    struct run *, const struct unencoded *, const char *encoding);
/*
 * For who hands on batches and conversations: tells the watcher how far it
 * is, now and then; -1: the run is to stop.
 */
int run_tick(struct run *, struct err *);
/* Standard output is written next; ctx is the run. */
void run_hide(void *ctx);
/* What the walk found is what will be read. */
void run_expect(struct run *, const struct walk *);
/* Takes a batch, which is dropped: counts, tells, gives it to the store. */
int run_take(struct run *, struct batch *, struct err *);
/* Reads all inputs into the store (or to the record hook). */
int run_gather(struct run *, struct err *);
/* A record that is rejected: counted, said, given to the hook. */
int run_reject(struct run *, uint64_t line, uint64_t byte, const char *reason,
    struct span excerpt, struct err *);
int run_reject_utterance(
    struct run *, const struct utterance *, const char *why, struct err *);
/*
 * Visits the conversations that --since and --until select, roles resolved
 * and backchannels marked; the arena given to visit is emptied behind it.
 */
int run_visit(struct run *,
    int (*visit)(void *, struct run *, struct conversation *, struct arena *,
	struct err *),
    void *ctx, struct err *);

/* What run_prepare makes of a conversation. */
enum prepared {
	PREPARED,
	PREPARED_FILTERED, /* --since, --until */
	PREPARED_QUIET     /* nothing in it can be a threat */
};
/*
 * Makes one ready to be judged: roles, backchannels. glanced: at each of its
 * texts (talk/glance.h), so that one in which nothing can be a threat need not
 * be. *undated: --since or --until could not be asked. Any thread may call it,
 * with a matcher of its own.
 */
int run_prepare(const struct run *, struct matcher *, struct conversation *,
    struct arena *, bool glanced, enum prepared *, bool *undated, struct err *);
/* Said of the first conversation without a wall clock. */
char *run_undated_line(struct span source, struct span id); /* free() it */
/* What is read besides the inputs is not to be written; rules may be NULL. */
void run_reads(
    const struct rules *, const struct ofuku_input *, struct apart *);
/* The walk over the operands, done once. */
struct walk *run_walk(struct run *);
/* Opens the store as store_options and hooks have it. */
void run_open_store(struct run *);
void run_say_nothing_found(struct run *);

#endif
