#include "talk/shard.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* Reports of other machines and versions are joined by these. */
Test(shard, stays_what_it_is)
{
	cr_expect_eq(shard_of(SPAN("c1"), 4), 2);
	cr_expect_eq(shard_of(SPAN("T-1001"), 4), 3);
	cr_expect_eq(shard_of(SPAN("通話7"), 1000), 209);
	cr_expect_eq(shard_of((struct span){0}, 4), 4);
}

Test(shard, one_of_one_is_all)
{
	cr_expect_eq(shard_of(SPAN("anything"), 1), 1);
}

/* Numbered ids spread evenly, over powers of two as over others. */
Test(shard, spreads_numbered_ids)
{
	for (uint64_t n = 2; n <= 16; n++) {
		unsigned count[17] = {0};

		for (unsigned i = 0; i < 16000; i++) {
			char id[16];

			snprintf(id, sizeof(id), "T%09u", i);
			count[shard_of(span_of(id), n)]++;
		}
		for (uint64_t k = 1; k <= n; k++) {
			cr_expect_gt(count[k] * n, 14400);
			cr_expect_lt(count[k] * n, 17600);
		}
	}
}
