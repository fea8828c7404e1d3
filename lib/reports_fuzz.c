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
		free(ofuku_manifest_arguments(name, &err));
	}
	return 0;
}
