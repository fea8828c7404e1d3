/* The page from transcripts, and the same from the reports of an audit. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "ofuku.h"

static const char *const demo[] = {"testdata/demo"};

static struct ofuku_rules *
rules(void)
{
	struct ofuku_error err;
	struct ofuku_rules *r = ofuku_rules_load(NULL, 0, NULL, NULL, &err);

	cr_assert_not_null(r);
	return r;
}

static void
audit(const struct ofuku_rules *r, struct ofuku_audit_options o)
{
	struct ofuku_counts counts;
	struct ofuku_error err = {0};

	o.input.paths = demo;
	o.input.npaths = 1;
	o.fail_on = OFUKU_FAIL_NEVER;
	cr_expect_eq(
	    ofuku_audit(r, &o, &counts, &err), OFUKU_PASS, "%s", err.text);
	cr_expect_eq(counts.exchanges, 5);
}

/* The text of a file, which goes. */
static char *
take(const char *folder, const char *name)
{
	struct buf path = {0}, text = {0};
	char *at;
	FILE *f;
	int c;

	buf_printf(&path, "%s/%s", folder, name);
	f = fopen(buf_cstr(&path), "r");
	cr_assert_not_null(f, "%s is not there", name);
	while ((c = getc(f)) != EOF)
		buf_addc(&text, (char)c);
	fclose(f);
	unlink(buf_cstr(&path));
	buf_free(&path);
	at = strdup(buf_cstr(&text));
	buf_free(&text);
	return at;
}

/* How often it stands in the text. */
static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

static void
expect_whole(const char *page, const char *lang, const char *failed)
{
	cr_expect(strncmp(page, "<!doctype html>\n", 16) == 0);
	cr_expect_eq(count(page, lang), 1);
	cr_expect_eq(count(page, "\n[\"x\","), 5);
	cr_expect_eq(count(page, "\n[\"f\","), 8);
	cr_expect_eq(count(page, ",\"repetition\","), 12);
	cr_expect_eq(count(page, failed), 1);
	cr_expect_eq(count(page,
			 "\"id\":\"too-long\",\"measure\":\"duration\","
			 "\"max\":1200000"),
	    1);
	cr_expect_str_eq(page + strlen(page) - 8, "</html>\n");
}

static char *
summarize(const struct ofuku_rules *r, const char *folder)
{
	const char *const paths[] = {folder};
	struct ofuku_error err = {0};
	struct buf html = {0};
	struct ofuku_summary_options o = {
	    .paths = paths, .npaths = 1, .rules = r};

	buf_printf(&html, "%s/again.html", folder);
	o.html = buf_cstr(&html);
	cr_expect_eq(ofuku_summarize(&o, &err), OFUKU_PASS, "%s", err.text);
	buf_free(&html);
	return take(folder, "again.html");
}

Test(page, of_an_audit_and_of_its_reports)
{
	static const char *const written[] = {"exchanges.csv", "findings.csv",
	    "log.csv", "conversations.csv", "agents.csv"};
	char folder[] = "/tmp/ofuku-page-XXXXXX";
	struct ofuku_rules *r = rules();
	struct buf html = {0};
	char *page, *again;

	cr_assert_not_null(mkdtemp(folder));
	buf_printf(&html, "%s/page.html", folder);
	audit(r,
	    (struct ofuku_audit_options){
		.html = buf_cstr(&html), .lang = "ja"});
	page = take(folder, "page.html");
	expect_whole(page, "<html lang=\"ja\">", "<li>違反: 3</li>");
	audit(r, (struct ofuku_audit_options){.output_dir = folder});
	again = summarize(r, folder);
	expect_whole(again, "<html lang=\"en\">", "<li>fail: 3</li>");
	free(page);
	free(again);
	for (size_t i = 0; i < sizeof(written) / sizeof(*written); i++)
		free(take(folder, written[i]));
	rmdir(folder);
	buf_free(&html);
	ofuku_rules_free(r);
}

Test(page, languages_by_name)
{
	const char *help;

	cr_expect_str_eq(ofuku_lang_name(0, &help), "en");
	cr_expect_str_eq(ofuku_lang_name(1, &help), "ja");
	cr_expect_null(ofuku_lang_name(2, &help));
}
