/* Cells that several reports have in common; not for use outside report/. */
#ifndef OFUKU_REPORT_ROW_H
#define OFUKU_REPORT_ROW_H

#include "report/report.h"

/* policy, rules, engine */
void row_run(struct table *, const struct report_run *, const struct policy *);
/* A number that may be unknown, or a time (in seconds). */
void row_value(struct table *, struct value);
void row_time(struct table *, struct value);
/* Empty where nothing was seen. */
void row_similarity(struct table *, struct similarity);
/* The exchange's number; empty for a doubtful row or none. */
void row_number(struct table *, const struct exchange *);
/*
 * Of an exchange: opened_at to duration_s; presses to similarity (a doubtful
 * row has measured nothing); its failed checks, the unknown ones with a ?.
 */
void row_when(struct table *, const struct exchange *);
void row_measured(struct table *, const struct exchange *);
void row_found(struct table *, const struct exchange *);
/* Of a finding's utterance, if any: line; role, speaker and time. */
void row_line(struct table *, const struct utterance *);
void row_who(struct table *, const struct utterance *);
/* Measured and limit; doubtful roles are no check, and have neither. */
void row_bound(struct table *, const struct finding *);
/* How many of the findings are failed checks. */
size_t row_failed(const struct finding *, size_t n);

#endif
