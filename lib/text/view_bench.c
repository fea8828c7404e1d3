#include "text/view.h"

#include <stdlib.h>

#include "base/bench.h"
#include "base/mem.h"

struct state {
	struct bench_texts texts;
	struct viewer *viewer;
	struct view view;
};

static void *
open_texts(struct span transcript)
{
	struct state *s = mem_alloc(sizeof(*s));
	struct err err;

	s->texts = bench_texts(transcript);
	if (viewer_open(&s->viewer, &err) == -1)
		bench_failed(err.text);
	return s;
}

static size_t
run_plain(void *state)
{
	struct state *s = state;

	for (size_t i = 0; i < s->texts.n; i++)
		view_plain(s->viewer, s->texts.at[i], &s->view);
	return s->texts.bytes;
}

static size_t
run_folded(void *state)
{
	struct state *s = state;

	for (size_t i = 0; i < s->texts.n; i++)
		view_folded(s->viewer, NULL, s->texts.at[i], &s->view);
	return s->texts.bytes;
}

static void
close_texts(void *state)
{
	struct state *s = state;

	view_free(&s->view);
	viewer_close(s->viewer);
	free(s->texts.at);
	free(s);
}

const struct bench bench_plain = {"plain",
    "plain view: NFKC, case, blanks, the map to raw bytes", open_texts,
    run_plain, close_texts};
const struct bench bench_folded = {"folded",
    "folded view: kana and marks as well; where agents may answer", open_texts,
    run_folded, close_texts};
