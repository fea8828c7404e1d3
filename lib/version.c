#include <stdio.h>

#include "base/mem.h"
#include "ofuku.h"
#include "read/format.h"
#include "read/json.h"
#include "report/page.h"
#include "report/report.h"
#include "rule/pattern.h"
#include "text/clip.h"
#include "text/icumemory.h"

const char *
ofuku_version(void)
{
	return OFUKU_VERSION;
}

/* Made once; the same text on every thread, so a race changes nothing. */
const char *
ofuku_engine(void)
{
	static char text[128];

	snprintf(text, sizeof(text), "ofuku %s; ICU %s; PCRE2 %s",
	    OFUKU_VERSION, icu_version(), pcre2_version_text());
	return text;
}

void
ofuku_versions(FILE *out)
{
	fprintf(out, "ofuku %s\nICU %s (Unicode %s)\nPCRE2 %s\n", OFUKU_VERSION,
	    icu_version(), unicode_version(), pcre2_version_text());
}

void
ofuku_on_exhausted(void (*hook)(size_t))
{
	mem_on_exhausted(hook);
	icu_use_memory();
	json_use_memory();
}

const char *
ofuku_format_name(size_t i, const char **help)
{
	if (i >= nformats)
		return NULL;
	if (help != NULL)
		*help = formats[i]->help;
	return formats[i]->name;
}

const char *
ofuku_lang_name(size_t i, const char **help)
{
	return lang_name(i, help);
}

const char *
ofuku_report_name(size_t i, const char **help)
{
	if (i >= nreports)
		return NULL;
	if (help != NULL)
		*help = reports[i]->help;
	return reports[i]->name;
}
