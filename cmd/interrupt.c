#include "interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

/* Seconds that the library may take to clean up. */
enum { PATIENCE = 5 };

/* What handlers see; there is one process, and so one of each. */
static struct ofuku_stop *asked_of;
static volatile sig_atomic_t caught, erases;

static const int signals[] = {SIGINT, SIGTERM};

/* Ends by the signal; the first process of a container ignores it. */
static void
die_of(int sig)
{
	signal(sig, SIG_DFL);
	raise(sig);
}

static void
on_signal(int sig)
{
	static const char erase[] = "\r\033[K";
	int before = errno;

	if (caught == 0) {
		caught = sig;
		ofuku_stop_ask(asked_of);
		alarm(PATIENCE);
		errno = before;
		return;
	}
	if (erases && write(STDERR_FILENO, erase, sizeof(erase) - 1) == -1)
		erases = 0;
	/* Delivered when this handler returns. */
	die_of(sig == SIGALRM ? caught : sig);
}

struct ofuku_stop *
interrupt_catch(void)
{
	struct sigaction action = {.sa_handler = on_signal};

	asked_of = ofuku_stop_new();
	sigemptyset(&action.sa_mask);
	sigaction(SIGALRM, &action, NULL);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		sigaction(signals[i], &action, NULL);
	return asked_of;
}

bool
interrupted(void)
{
	return caught != 0;
}

void
interrupt_leave_to_reader(void)
{
	alarm(0);
	signal(SIGINT, SIG_IGN);
}

void
interrupt_too_late(void)
{
	alarm(0);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		signal(signals[i], SIG_IGN);
	caught = 0;
	/* They stay ignored until the process has ended. */
	ofuku_stop_free(asked_of);
	asked_of = NULL;
}

void
interrupt_erases(bool yes)
{
	erases = yes;
}

void
interrupt_end(void)
{
	sigset_t all;

	if (asked_of == NULL)
		return;
	alarm(0);
	if (caught != 0) {
		fflush(stderr);
		sigemptyset(&all);
		sigprocmask(SIG_SETMASK, &all, NULL);
		die_of(caught);
		_exit(128 + caught);
	}
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		signal(signals[i], SIG_DFL);
	ofuku_stop_free(asked_of);
	asked_of = NULL;
}
