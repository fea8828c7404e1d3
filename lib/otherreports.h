/*
 * The other reports of an audit read back: log and findings, beside the
 * exchanges reports that verdicts.h reads.
 */
#ifndef OFUKU_OTHERREPORTS_H
#define OFUKU_OTHERREPORTS_H

#include "verdicts.h"

/* Columns that log and findings reports have in common stand first. */
enum {
	DETAIL_POLICY,
	DETAIL_RULES,
	DETAIL_SOURCE,
	DETAIL_CONVERSATION,
	DETAIL_EXCHANGE,
	DETAIL_LINE,
	DETAIL_AT,
	DETAIL_ROLE,
	DETAIL_SPEAKER,
	DETAIL_OWN
};

enum {
	LOG_EVENT = DETAIL_OWN,
	LOG_N,
	LOG_ROUND_TRIP,
	LOG_PATTERN,
	LOG_SIMILARITY,
	LOG_TEXT,
	LOG_COLUMNS
};

enum {
	FINDING_CHECK = DETAIL_OWN,
	FINDING_SEVERITY,
	FINDING_OUTCOME,
	FINDING_MEASURED,
	FINDING_LIMIT,
	FINDING_MESSAGE,
	FINDING_EVIDENCE,
	FINDING_COLUMNS
};

enum other_kind { OTHER_LOG, OTHER_FINDINGS };

/*
 * Gives each row of the file to take, with the file's path, which lives as
 * long as in's arena. Rows that cannot be read are said and counted as those
 * of exchanges reports are. False: it is no such report.
 */
bool otherreport_read(struct verdicts *in, enum other_kind,
    const struct walked *,
    void (*take)(void *hook, const struct reportrows *, const char *path),
    void *hook);

/* Is the row of a findings report of a check of scope conversation? */
bool finding_of_conversation(const struct reportrows *);

/* A finding of a conversation as a whole; its cells are those of its row. */
struct talkfinding {
	struct span cells[FINDING_COLUMNS];
	const char *path; /* the file that has it */
};

/* Findings of conversations as wholes, each once, in order of appearance. */
struct talkfindings {
	bool latest; /* of two that are one, the one read last counts */
	struct arena arena;
	struct map map;
	struct talkfinding **at;
	size_t n, cap;
	struct buf key;
};

/* Takes a row of which finding_of_conversation is true. */
void talkfindings_add(
    struct talkfindings *, const struct reportrows *, const char *path);
/* Does it say that the check holds, after all (ofuku-state(1))? */
bool talkfinding_held(const struct talkfinding *);
/* How many conversations failed. */
uint64_t talkfindings_failed(const struct talkfindings *);
void talkfindings_free(struct talkfindings *);

#endif
