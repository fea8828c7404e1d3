#include "text/lang.h"

#include <criterion/criterion.h>
#include <string.h>

#include "judge/judge.h"
#include "report/report.h"

Test(lang, names)
{
	enum lang lang;

	cr_expect(lang_named(NULL, &lang) && lang == LANG_EN);
	cr_expect(lang_named("en", &lang) && lang == LANG_EN);
	cr_expect(lang_named("ja", &lang) && lang == LANG_JA);
	cr_expect_not(lang_named("fr", &lang));
}

/* Every column of every report has a name, and no two of a report the same. */
Test(lang, columns_of_reports)
{
	for (size_t i = 0; i < nreports; i++) {
		const struct report *r = reports[i];

		for (size_t k = 0; k < r->ncolumns; k++) {
			const char *name = r->columns[k];
			const char *ja = heading_in(name, LANG_JA);

			cr_expect_not_null(
			    heading_named(r->name, name), "%s", name);
			cr_expect_str_neq(ja, name);
			cr_expect(heading_is(name, span_of(ja)));
			cr_expect(heading_is(name, span_of(name)));
			for (size_t m = 0; m < k; m++)
				cr_expect_not(
				    heading_is(r->columns[m], span_of(ja)));
		}
	}
}

static void
there_and_back(const char *column, const char *en)
{
	struct span ja = word_in(LANG_JA, column, span_of(en));

	cr_expect_not(span_eq(ja, span_of(en)), "%s: %s", column, en);
	cr_expect(span_eq(word_of(column, ja), span_of(en)));
	cr_expect(span_eq(word_of(column, span_of(en)), span_of(en)));
	cr_expect(span_eq(word_in(LANG_EN, column, span_of(en)), span_of(en)));
}

Test(lang, every_word)
{
	for (int i = 0; i <= OUTCOME_UNKNOWN; i++)
		there_and_back("verdict", outcome_name((enum outcome)i));
	for (int i = 0; i <= CLOSED_END; i++)
		there_and_back("closed_by", closed_by_name((enum closed_by)i));
	for (int i = 0; i <= EVENT_CLOSING; i++)
		there_and_back("event", event_name((enum event_kind)i));
	for (int i = 0; i <= SEVERITY_INFO; i++)
		there_and_back("severity", severity_name((enum severity)i));
	there_and_back("role", role_name(ROLE_AGENT));
	there_and_back("role", role_name(ROLE_CUSTOMER));
	there_and_back("role", role_name(ROLE_OTHER));
	there_and_back("role", role_name(ROLE_UNKNOWN));
}

/* What is no such word stays, in columns of texts as in those of words. */
Test(lang, others_stay)
{
	cr_expect(
	    span_eq(word_in(LANG_JA, "verdict", SPAN("maybe")), SPAN("maybe")));
	cr_expect(
	    span_eq(word_in(LANG_JA, "speaker", SPAN("agent")), SPAN("agent")));
	cr_expect(span_eq(word_of("speaker", SPAN("担当者")), SPAN("担当者")));
	cr_expect_str_eq(heading_in("no such", LANG_JA), "no such");
}
