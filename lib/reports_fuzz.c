/*
 * What ofuku wrote itself and somebody changed: the first byte chooses a
 * report to be summarized or compared, a manifest, settings.
 */
#include "base/fuzz.h"
#include "ofuku.h"

static void
summarize(const char *path, unsigned how)
{
	const char *const paths[] = {path, path};
	const struct ofuku_summary_options o = {.paths = paths,
	    .npaths = how % 2 == 0 ? 1 : 2,
	    .by = how % 3 == 0 ? "agent,day,check" : NULL,
	    .compare = how % 2 == 1,
	    .output = "/dev/null",
	    .lang = how % 5 == 0 ? "ja" : NULL,
	    .output_format = how % 4 == 0 ? "jsonl" : "table"};
	struct ofuku_error err = {0};

	(void)ofuku_summarize(&o, &err);
}

static void
manifest(const char *path)
{
	struct ofuku_error err = {0};
	struct ofuku_manifest *m = ofuku_manifest_load(path, &err);
	FILE *out = m == NULL ? NULL : fopen("/dev/null", "we");

	if (out != NULL) {
		(void)ofuku_manifest_compare(m, m, out);
		fclose(out);
	}
	ofuku_manifest_free(m);
}

int
LLVMFuzzerTestOneInput(const unsigned char *at, size_t n)
{
	struct ofuku_error err = {0};
	char name[32];
	unsigned how = n == 0 ? 0 : at[0];

	if (n > 0)
		at++, n--;
	(void)fuzz_file(at, n, name);
	if (how % 8 < 5) {
		summarize(name, how);
	} else if (how % 8 < 7) {
		ofuku_settings_free(
		    ofuku_settings_load(name, NULL, NULL, &err));
	} else {
		manifest(name);
	}
	return 0;
}
