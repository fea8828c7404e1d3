/* The same over real conversations: CORPORA names the folder. */
#include "text/detection_test.h"

Test(corpora_detection, real_conversations_in_every_encoding)
{
	static const char *const files[] = {
	    "asdc/asdc-001-150.jsonl", "jmultiwoz/jmultiwoz-0001-1500.jsonl"};
	const char *root = getenv("CORPORA");
	struct texts t = {0};
	struct buf path = {0};

	cr_assert_not_null(root, "CORPORA is not set");
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		buf_reset(&path);
		buf_printf(&path, "%s/%s", root, files[i]);
		texts_add(&t, buf_cstr(&path));
	}
	cr_assert_gt(t.n, 20000);
	detect_all(&t, 7);
	buf_free(&path);
	texts_free(&t);
}
