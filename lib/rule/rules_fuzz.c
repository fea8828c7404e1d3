/*
 * Rule files: any bytes load, or are refused with a place; what loads has a
 * hash, and says the same when it is loaded again.
 */
#include "base/fuzz.h"
#include "rule/rules.h"

static size_t told;

static void
tell(void *ctx, const char *line)
{
	(void)ctx;
	FUZZ_PROMISE(line[0] != '\0');
	told++;
}

int
LLVMFuzzerTestOneInput(const unsigned char *at, size_t n)
{
	struct rules *rules, *again;
	struct err err = {0};
	char name[32];
	const char *const path = name;

	(void)fuzz_file(at, n, name);
	told = 0;
	if (rules_load(&rules, &path, 1, n % 2 == 0, tell, NULL, &err) == -1) {
		FUZZ_PROMISE(told > 0 && err.text[0] != '\0');
		return 0;
	}
	FUZZ_PROMISE(rules->short_hash.len == 12);
	FUZZ_PROMISE(
	    rules_load(&again, &path, 1, false, tell, NULL, &err) == 0);
	FUZZ_PROMISE(strcmp(rules->hash, again->hash) == 0);
	rules_free(again);
	rules_free(rules);
	return 0;
}
