#include "judge/judge.h"

#include <stdlib.h>

#include "base/bench.h"
#include "base/mem.h"
#include "read/transcript_bench.h"

struct state {
	struct bench_reading reading;
	struct arena arena;
};

static void *
open_conversations(struct span transcript)
{
	struct state *s = mem_alloc(sizeof(*s));

	bench_reading_open(&s->reading, transcript);
	bench_reading_conversations(&s->reading);
	return s;
}

static size_t
run_judge(void *state)
{
	struct state *s = state;
	struct judgement j;
	struct err err;

	for (size_t i = 0; i < s->reading.n; i++) {
		if (judge(s->reading.matcher, &s->reading.rules->policies[0],
			&s->reading.at[i],
			(struct judge_how){JUDGE_ALL, LANG_EN}, &s->arena, &j,
			&err) == -1)
			bench_failed(err.text);
		arena_reset(&s->arena);
	}
	return s->reading.bytes;
}

static void
close_conversations(void *state)
{
	struct state *s = state;

	bench_reading_close(&s->reading);
	arena_free(&s->arena);
	free(s);
}

const struct bench bench_judge = {"judge",
    "turns, all patterns, phrase, exchanges, checks", open_conversations,
    run_judge, close_conversations};
