/*
 * An audit's parts: where its reports go (outlet.c), how conversations become
 * rows of them in several threads (judging.c), or night by night (nights.c),
 * and the whole of it (pipeline.c).
 */
#ifndef OFUKU_AUDIT_H
#define OFUKU_AUDIT_H

#include <pthread.h>

#include "flow.h"
#include "fresh.h"
#include "judge/judge.h"
#include "rejects.h"
#include "report/excelfit.h"
#include "report/output.h"
#include "report/report.h"
#include "report/workbook.h"
#include "talk/spill.h"

/* A report on its way to its file. */
struct outlet {
	const struct report *report;
	const char *path;      /* NULL or "-": standard output */
	struct output *output; /* NULL: a sheet or the caller takes the rows */
	struct worksheet *sheet; /* of the audit's workbook; NULL: none */
	struct table table; /* for its header, and of a report at the end */
	struct buf rows;
	void *state;         /* of a report over all judgements */
	struct excelfit fit; /* with --excel */
};

/* A line that the judging of a conversation said. */
struct remark {
	uint64_t order; /* of the conversation */
	enum ofuku_level level;
	char *line;
	bool undated; /* no clock to be selected by: said once a run */
};

struct remarks {
	struct remark *at;
	size_t n, cap;
};

struct audit {
	const struct ofuku_audit_options *options;
	struct run *run;
	struct report_run report_run;
	struct table_style style;
	struct outlet *outlets;
	size_t noutlets;
	struct workbook *workbook;    /* NULL: not asked for */
	struct output *workbook_file; /* where it goes in the end */
	const char *workbook_path;    /* NULL or "-": standard output */
	struct rejects *rejects;      /* NULL: not asked for */
	struct output_encoding encoding;
	struct digests *digests; /* of what is written; NULL: not wanted */
	struct output *manifest; /* NULL: not asked for, or written */
	struct unencoded unencoded;
	pthread_mutex_t output; /* what is written counts unencoded */
	struct judge_how how;
	struct ofuku_counts counts; /* of what has been written */
	bool trouble;
	uint64_t findings; /* written */
	int64_t now;       /* ms of 1970; 0: nobody asks */
	struct newest newest;
	bool undated;            /* it was said of one conversation */
	struct spill *spill;     /* rows of partitions */
	struct remarks remarks;  /* on their conversations */
	size_t *lengths;         /* scratch: of a conversation's rows */
	struct statefile *state; /* NULL: --state was not given */
	bool over;               /* another night's rows are written over */
	/* Of conversations that tonight's inputs hold, judged or not. */
	uint64_t arrived;
	struct newest arrived_newest;
};

/* Reads, judges and writes rows; reports over all judgements have states. */
int judging_run(struct audit *, unsigned threads, struct err *);
void judging_free(struct audit *);

/* What has been reported of a conversation; see lib/nights.c. */
struct once {
	struct span issued; /* "POLICY=NUMBER;…": the last exchange of each */
	struct span marks;  /* of all rows, 16 hexadecimal digits each */
	struct arena *arena;
	bool failed; /* set: a policy could not judge it */
};
/* Conversations that are judged one by one, on this thread. */
struct lone_judge;
int lone_judge_open(struct lone_judge **, struct audit *, struct err *);
/*
 * Judges it, and writes of its rows those that once does not know; of the
 * conversation, the row as it is now. Then once knows them.
 */
int lone_judge_take(
    struct lone_judge *, struct conversation *, struct once *, struct err *);
void lone_judge_close(struct lone_judge *);

/* nights.c: reads, remembers, and judges what has ended. */
int nights_run(struct audit *, struct err *);
/* Behind the reports' commit: what was remembered is, for good. */
/* Behind it, hardly anything of nights_commit can fail. */
int nights_settle(struct audit *, struct err *);
int nights_commit(struct audit *, struct err *);

/* outlet.c. Opens it, where a report's header goes at once. */
int outlet_open(struct audit *, struct outlet *, const struct report *,
    const char *path, struct err *);
/* Writes what stands in its rows. */
int outlet_flush(struct audit *, struct outlet *, struct err *);
/* What stands at a report's end, and its name: the output is there. */
int outlet_commit(struct audit *, struct outlet *, struct err *);
/* What was not committed is dropped. */
void outlet_close(struct outlet *);

#endif
