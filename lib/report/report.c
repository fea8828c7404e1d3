#include "report/report.h"

#define REPORT(name) extern const struct report report_##name;
#include "report/reports.def"
#undef REPORT

const struct report *const reports[] = {
#define REPORT(name) &report_##name,
#include "report/reports.def"
#undef REPORT
};
enum {
#define REPORT(name) REPORT_##name,
#include "report/reports.def"
#undef REPORT
	NREPORTS
};
const size_t nreports = NREPORTS;

const struct report *
report_named(const char *name)
{
	for (size_t i = 0; i < nreports; i++)
		if (strcmp(reports[i]->name, name) == 0)
			return reports[i];
	return NULL;
}
