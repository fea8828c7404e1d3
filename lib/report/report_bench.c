#include "report/report.h"

#include <stdlib.h>

#include "base/bench.h"
#include "base/mem.h"
#include "read/transcript_bench.h"

/* Every conversation's judgement, and a table that is emptied. */
struct state {
	struct bench_reading reading;
	struct arena arena;
	struct judgement *at;
	struct table table;
	struct buf rows;
};

static void *
open_judgements(struct span transcript)
{
	struct state *s = mem_alloc(sizeof(*s));
	struct err err;

	bench_reading_open(&s->reading, transcript);
	bench_reading_conversations(&s->reading);
	s->at = mem_alloc(s->reading.n * sizeof(*s->at));
	for (size_t i = 0; i < s->reading.n; i++)
		if (judge(s->reading.matcher, &s->reading.rules->policies[0],
			&s->reading.at[i],
			(struct judge_how){JUDGE_ALL, LANG_EN}, &s->arena,
			&s->at[i], &err) == -1)
			bench_failed(err.text);
	s->table.out = &s->rows;
	return s;
}

/* Two reports: a row an exchange, and a row a conversation. */
static size_t
run_reports(void *state)
{
	static const char *const names[] = {"exchanges", "conversations"};
	struct state *s = state;
	struct report_run run = {s->reading.rules->short_hash, SPAN("bench")};
	size_t bytes = 0;

	for (size_t k = 0; k < 2; k++) {
		const struct report *r = report_named(names[k]);

		s->table.columns = r->columns;
		s->table.ncolumns = r->ncolumns;
		for (size_t i = 0; i < s->reading.n; i++) {
			r->rows(&s->table, &run, &s->at[i]);
			bytes += s->rows.len;
			buf_reset(&s->rows);
		}
	}
	return bytes;
}

static void
close_judgements(void *state)
{
	struct state *s = state;

	table_free(&s->table);
	buf_free(&s->rows);
	free(s->at);
	bench_reading_close(&s->reading);
	arena_free(&s->arena);
	free(s);
}

const struct bench bench_report = {"report",
    "rows of exchanges and of conversations, in CSV", open_judgements,
    run_reports, close_judgements};
