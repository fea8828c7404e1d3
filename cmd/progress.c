#include "progress.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "interrupt.h"

enum {
	DELAY = 1000,     /* ms before a terminal shows it */
	LINES_GAP = 1000, /* ms between the lines in a file */
	BAR_LEAST = 8,
	BAR_MOST = 40,
	OTHERS = 78, /* columns of all, with a bar of the least */
	READING = 3  /* tenths of the work; the rest is what comes behind */
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

/* A process in the background leaves the terminal to the one before it. */
static bool
on_terminal(void)
{
	pid_t front = tcgetpgrp(STDERR_FILENO);

	return isatty(STDERR_FILENO) && (front == -1 || front == getpgrp());
}

void
progress_begin(struct progress *p, const char *who, const char *found,
    enum when when, bool no_color, bool shares)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
	bool dumb = term == NULL || strcmp(term, "dumb") == 0;

	if (when == WHEN_AUTO &&
	    (!isatty(STDERR_FILENO) || dumb ||
		(shares && isatty(STDOUT_FILENO))))
		when = WHEN_NEVER;
	*p = (struct progress){.who = who,
	    .found = found,
	    .when = when,
	    .color = !no_color && !dumb && (no == NULL || *no == '\0') &&
		isatty(STDERR_FILENO),
	    .began = now_ms()};
	pthread_mutex_init(&p->lock, NULL);
}

/* Of all the work, from 0 to 1; -1: not known. */
static double
fraction(const struct ofuku_progress *at)
{
	double read, done;

	if (at->total == 0)
		return -1;
	read = (double)at->bytes / (double)at->total;
	done = at->records == 0 ? 0 : (double)at->done / (double)at->records;
	read = read > 1 ? 1 : read;
	return read * (READING + (10 - READING) * (done > 1 ? 1 : done)) / 10;
}

struct text {
	char *at;
	size_t len, size, width;
};

static void add(struct text *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds a part where there is room for all of it; all are ASCII. */
static void
add(struct text *t, const char *fmt, ...)
{
	char part[100];
	va_list ap;
	size_t n;

	va_start(ap, fmt);
	vsnprintf(part, sizeof(part), fmt, ap);
	va_end(ap);
	n = strlen(part);
	if (t->len + n > t->width || t->len + n >= t->size)
		return;
	memcpy(t->at + t->len, part, n + 1);
	t->len += n;
}

/* "  512.0 B", "  1.2 GiB/s"; of a total (0: none) "  0.4 of 1.2 GiB". */
static void
add_bytes(struct text *t, double n, double total, const char *after)
{
	static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
	double most = total > n ? total : n, unit = 1;
	size_t i = 0;

	for (; most / unit >= 1024 && i < 4; i++)
		unit *= 1024;
	if (total > 0)
		add(t, "  %.1f of %.1f %s%s", n / unit, total / unit, units[i],
		    after);
	else
		add(t, "  %.1f %s%s", n / unit, units[i], after);
}

static void
add_bar(struct text *t, double part)
{
	char bar[BAR_MOST + 1];
	size_t n = t->width < OTHERS ? BAR_LEAST :
				       BAR_LEAST + (t->width - OTHERS);
	size_t full;

	n = n > BAR_MOST ? BAR_MOST : n;
	full = (size_t)(part * (double)n);
	memset(bar, '-', n);
	memset(bar, '#', full);
	bar[n] = '\0';
	if (t->width >= OTHERS - 10)
		add(t, "  [%s]", bar);
	add(t, "  %3.0f%%", part * 100 > 99 && part < 1 ? 99. : part * 100);
}

static void
add_eta(struct text *t, double part, int64_t ms)
{
	int64_t left = (int64_t)((double)ms * (1 - part) / part / 1000 + 0.5);

	if (left >= 3600)
		add(t, "  ETA %" PRId64 ":%02d:%02d", left / 3600,
		    (int)(left / 60 % 60), (int)(left % 60));
	else
		add(t, "  ETA %d:%02d", (int)(left / 60), (int)(left % 60));
}

size_t
progress_line(
    const struct progress *p, int64_t ms, size_t width, char *out, size_t size)
{
	struct text t = {out, 0, size, width};
	const struct ofuku_progress *at = &p->at;
	double part = fraction(at);

	*out = '\0';
	add(&t, "%s", p->who);
	if (part >= 0)
		add_bar(&t, part);
	add_bytes(&t, (double)at->bytes, (double)at->total, "");
	if (ms > 0)
		add_bytes(&t, (double)at->bytes * 1000 / (double)ms, 0, "/s");
	if (part > 0)
		add_eta(&t, part, ms);
	if (p->found != NULL)
		add(&t, "  %" PRIu64 " %s", at->found, p->found);
	return t.len;
}

/* Of the terminal that standard error is; its last column stays free. */
static size_t
line_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long n = columns == NULL ? 0 : strtol(columns, NULL, 10);

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col - 1u;
	return n > 1 && n < 10000 ? (size_t)n - 1 : 79;
}

static void
draw(struct progress *p, int64_t ms)
{
	char line[256];
	bool tty = isatty(STDERR_FILENO);
	const char *color = p->color ?
	    p->at.found > 0 ? "\033[33m" : "\033[32m" :
	    "";

	progress_line(p, ms, line_width(), line, sizeof(line));
	interrupt_erases(tty);
	if (tty)
		fprintf(stderr, "\r%s%s%s\033[K", color, line,
		    p->color ? "\033[0m" : "");
	else
		fprintf(stderr, "%s\n", line);
	fflush(stderr);
	p->drawn = tty;
}

/* Is it time for it? */
static bool
due(const struct progress *p, int64_t now)
{
	bool tty = isatty(STDERR_FILENO);

	if (p->when == WHEN_AUTO)
		return now - p->began >= DELAY && on_terminal();
	return p->when == WHEN_ALWAYS &&
	    (tty || p->last == 0 || now - p->last >= LINES_GAP);
}

static void
erase(struct progress *p)
{
	if (!p->drawn)
		return;
	fputs("\r\033[K", stderr);
	fflush(stderr);
	interrupt_erases(false);
	p->drawn = false;
}

void
progress_show(void *ctx, const struct ofuku_progress *at)
{
	struct progress *p = ctx;
	int64_t now = now_ms();

	pthread_mutex_lock(&p->lock);
	p->at = *at;
	if (at->hide) {
		if (isatty(STDOUT_FILENO))
			erase(p);
	} else if (due(p, now)) {
		draw(p, now - p->began);
		p->last = now;
	}
	pthread_mutex_unlock(&p->lock);
}

void
progress_erase(struct progress *p)
{
	if (p->who == NULL)
		return;
	pthread_mutex_lock(&p->lock);
	erase(p);
	pthread_mutex_unlock(&p->lock);
}

void
progress_end(struct progress *p)
{
	progress_erase(p);
	if (p->when == WHEN_ALWAYS && !isatty(STDERR_FILENO))
		draw(p, now_ms() - p->began);
	p->when = WHEN_NEVER;
}
