#include "text/detection_test.h"

Test(detection, sentences_in_every_encoding)
{
	struct texts t = {0};

	texts_add(&t, "testdata/sentences/threats.tsv");
	texts_add(&t, "testdata/sentences/field.tsv");
	cr_assert_gt(t.n, 1000);
	detect_all(&t, 1);
	texts_free(&t);
}
