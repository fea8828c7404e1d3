#include "terminal.h"

#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "interrupt.h"

extern char **environ;

const char *
when_name(size_t i, const char **help)
{
	static const char *const names[] = {"auto", "always", "never", NULL};

	(void)help;
	return names[i];
}

/* https://no-color.org: set and not empty. */
bool
terminal_color(enum when when)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	if (when != WHEN_AUTO)
		return when == WHEN_ALWAYS;
	return (no == NULL || *no == '\0') &&
	    (term == NULL || strcmp(term, "dumb") != 0) &&
	    isatty(STDOUT_FILENO);
}

size_t
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long n = columns == NULL ? 0 : strtol(columns, NULL, 10);

	if (n > 0 && n < 10000)
		return (size_t)n;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

/* The read end of ends becomes the program's standard input. */
static pid_t
spawn_reader(char *const *argv, const int *ends)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int r;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	posix_spawn_file_actions_addclose(&actions, ends[1]);
	r = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return r == 0 ? pid : 0;
}

/*
 * The shell says that there is no such program, or that it cannot be run, and
 * by then nothing of the output has been read: it is printed as it comes.
 */
static pid_t
spawn_pager(const char *pager, const int *ends)
{
	char less[] = "less", raw[] = "-R", sh[] = "/bin/sh", c[] = "-c";
	char *const standard[] = {less, raw, NULL};
	char *shell[] = {sh, c, NULL, NULL};
	pid_t pid;

	if (pager == NULL)
		return spawn_reader(standard, ends);
	if (asprintf(&shell[2], "%s\ncase $? in 126|127) exec cat;; esac",
		pager) == -1)
		return 0;
	pid = spawn_reader(shell, ends);
	free(shell[2]);
	return pid;
}

bool
binary_to_terminal(const char *format, const char *output)
{
	return format != NULL && strcmp(format, "xlsx") == 0 &&
	    (output == NULL || strcmp(output, "-") == 0) &&
	    isatty(STDOUT_FILENO);
}

pid_t
pager_begin(void)
{
	const char *pager = getenv("PAGER");
	int ends[2];
	pid_t pid;

	if (!isatty(STDOUT_FILENO) ||
	    (pager != NULL && (*pager == '\0' || strcmp(pager, "cat") == 0)) ||
	    pipe(ends) == -1)
		return 0;
	/* What fits is not paged, and the screen is left as it is. */
	setenv("LESS", "FRX", 0);
	setenv("LESSCHARSET", "utf-8", 0);
	pid = spawn_pager(pager, ends);
	if (pid != 0) {
		dup2(ends[1], STDOUT_FILENO);
		/* Who has read enough leaves, and that is no failure. */
		signal(SIGPIPE, SIG_IGN);
	}
	close(ends[0]);
	close(ends[1]);
	return pid;
}

void
pager_end(pid_t pid)
{
	if (pid == 0)
		return;
	fflush(stdout);
	__fpurge(stdout);
	clearerr(stdout);
	close(STDOUT_FILENO);
	interrupt_leave_to_reader();
	waitpid(pid, NULL, 0);
}
