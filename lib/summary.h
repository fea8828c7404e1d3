/* What summarizing and comparing share: how their rows are written. */
#ifndef OFUKU_SUMMARY_H
#define OFUKU_SUMMARY_H

#include "report/sheet.h"
#include "run.h"
#include "verdicts.h"

int summary_write(
    const struct sheet *, const struct ofuku_summary_options *, struct err *);

/* compare.c */
enum ofuku_status compare_reports(
    const struct ofuku_summary_options *, struct ofuku_error *);

#endif
