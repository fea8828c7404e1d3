/*
 * libxlsxwriter, loaded when a workbook is asked for: it brings libcrypto
 * with it, which would cost every other run some 2 ms to start.
 */
#ifndef OFUKU_REPORT_XLSXWRITER_H
#define OFUKU_REPORT_XLSXWRITER_H

#include <xlsxwriter.h>

#include "base/err.h"

/* Its functions by their names; each is as the library declares it. */
struct xlsxwriter {
#define XLSXWRITER(name) __typeof__(name) *name;
#include "report/xlsxwriter.def"
#undef XLSXWRITER
};

/* NULL: it is not installed. What is loaded stays. */
const struct xlsxwriter *xlsxwriter_load(struct err *);

#endif
