/*
 * Views: any text has a plain and a folded one, valid; each unit comes from a
 * byte of the text, in order.
 */
#include "base/fuzz.h"
#include "text/encoding.h"
#include "text/view.h"

static void
check_view(const struct view *v, size_t len)
{
	for (size_t i = 0; i < v->len; i++)
		FUZZ_PROMISE(v->raw[i] <= v->raw[i + 1] && v->raw[i] <= len);
	FUZZ_PROMISE(v->len == 0 || v->raw[v->len] == len);
}

int
LLVMFuzzerTestOneInput(const unsigned char *at, size_t n)
{
	static const struct spelling spellings[] = {
	    {SPAN("御客様"), SPAN("お客様")},
	    {SPAN("おまかせ"), SPAN("お任せ")}};
	static const struct span fillers[] = {SPAN("えー"), SPAN("あの")};
	static const struct fold_spec spec = {spellings, 2, fillers, 2};
	static struct viewer *viewer;
	static struct fold *fold;
	static struct view plain, folded;
	static struct buf text;
	struct span in = {(const char *)at, n};
	struct err err;

	if (viewer == NULL) {
		if (viewer_open(&viewer, &err) == -1)
			abort();
		fold = fold_new(viewer, &spec);
	}
	in.len = utf8_valid(in);
	view_plain(viewer, in, &plain);
	view_folded(viewer, fold, in, &folded);
	check_view(&plain, in.len);
	check_view(&folded, in.len);
	buf_reset(&text);
	view_utf8(&plain, &text);
	FUZZ_PROMISE(utf8_valid(buf_span(&text)) == text.len);
	return 0;
}
