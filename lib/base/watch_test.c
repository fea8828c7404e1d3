#include "base/watch.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

Test(watch, without_anybody_who_asks_it_goes_on)
{
	struct watch w = {0};
	struct err err = {0};

	cr_expect_eq(watch_go_on(NULL, &err), 0);
	cr_expect_eq(watch_go_on(&w, &err), 0);
	cr_expect_eq(watch_wait(&w, -1, &err), 0);
	watch_read(NULL, 3);
	watch_read(&w, 3);
	watch_read(&w, 4);
	cr_expect_eq(w.bytes, 7);
}

static void *
ask(void *stop)
{
	usleep(20000);
	stop_ask(stop);
	return NULL;
}

Test(watch, a_thread_that_waits_for_input_is_woken, .timeout = 60)
{
	struct watch w = {.stop = stop_new()};
	struct err err = {0};
	pthread_t thread;
	int ends[2];

	cr_assert_eq(pipe(ends), 0);
	cr_assert_eq(write(ends[1], "x", 1), 1);
	cr_expect_eq(watch_wait(&w, ends[0], &err), 0);
	cr_assert_eq(read(ends[0], &(char){0}, 1), 1);
	cr_assert_eq(pthread_create(&thread, NULL, ask, w.stop), 0);
	cr_expect_eq(watch_wait(&w, ends[0], &err), -1);
	cr_expect_str_eq(err.text, "interrupted");
	pthread_join(thread, NULL);
	cr_expect_eq(watch_go_on(&w, &err), -1);
	stop_free(w.stop);
}
