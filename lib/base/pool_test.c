#include <criterion/criterion.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/pool.h"

enum { MANY = 3000 };

static void *
give_all(void *ctx)
{
	void **at = ctx;

	for (size_t i = 0; i < MANY; i++)
		if (at[i] != NULL)
			pool_give(at[i]);
	return NULL;
}

/* Under sanitizers, which could not see into it, there is none. */
static bool
there_is_one(void)
{
	void *at = pool_take(1);

	if (at == NULL)
		return false;
	pool_give(at);
	return true;
}

Test(pool, pieces_do_not_overlap)
{
	static unsigned char *at[MANY];
	static size_t sizes[MANY];

	if (!there_is_one())
		cr_skip("no pool");
	for (size_t i = 0; i < MANY; i++) {
		sizes[i] = 1 + i * 7919 % 40000;
		at[i] = pool_take(sizes[i]);
		cr_assert_not_null(at[i]);
		cr_assert_eq((uintptr_t)at[i] % 16, 0);
		memset(at[i], (int)(i & 0xff), sizes[i]);
	}
	for (size_t i = 0; i < MANY; i++)
		for (size_t k = 0; k < sizes[i]; k++)
			cr_assert_eq(at[i][k], i & 0xff);
	give_all(at);
	pool_leave();
}

Test(pool, another_thread_gives_back)
{
	static void *at[MANY];
	pthread_t other;

	for (int round = 0; round < 5; round++) {
		for (size_t i = 0; i < MANY; i++)
			at[i] = pool_take(8192);
		cr_assert_eq(pthread_create(&other, NULL, give_all, at), 0);
		pthread_join(other, NULL);
	}
	pool_leave();
	pool_leave();
}

Test(pool, what_is_too_much)
{
	cr_expect_null(pool_take(POOL_MOST + 1));
	cr_expect_null(pool_take(SIZE_MAX));
	if (there_is_one()) {
		void *at = pool_take(POOL_MOST);

		cr_expect_not_null(at);
		pool_give(at);
	}
	pool_leave();
}
