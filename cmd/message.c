#include "message.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "interrupt.h"
#include "log.h"

/* Rejected records and notes that are shown without -v, each. */
#define SHOWN 10

static void
put(const char *level, const char *who, const char *fmt, va_list ap)
{
	char *text = NULL;

	if (vasprintf(&text, fmt, ap) == -1)
		text = NULL;
	log_line(level, who, text == NULL ? "out of memory" : text);
	free(text);
}

void
complain(const char *who, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put("error", who, fmt, ap);
	va_end(ap);
}

void
sum_up(const char *who, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put("summary", who, fmt, ap);
	va_end(ap);
}

int
usage_error(const char *who, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put("error", who, fmt, ap);
	va_end(ap);
	if (!log_is_json())
		fprintf(stderr, "Try: ofuku%s%s --help\n",
		    *who == '\0' ? "" : " ", who);
	return -1;
}

static bool
say_error(struct messages *m)
{
	(void)m;
	return true;
}

static bool
say_reject(struct messages *m)
{
	return m->rejects++ < SHOWN || m->verbose;
}

static bool
say_note(struct messages *m)
{
	return !m->quiet && (m->notes++ < SHOWN || m->verbose);
}

static bool
say_detail(struct messages *m)
{
	return m->verbose;
}

static bool
say_summary(struct messages *m)
{
	return !m->quiet;
}

void
messages_say(void *ctx, enum ofuku_level level, const char *line)
{
	static const struct {
		const char *name;
		bool (*says)(struct messages *);
		bool named; /* "ofuku audit: " stands before it */
	} levels[] = {
	    [OFUKU_SAY_ERROR] = {"error", say_error, true},
	    [OFUKU_SAY_REJECT] = {"reject", say_reject, false},
	    [OFUKU_SAY_NOTE] = {"note", say_note, false},
	    [OFUKU_SAY_DETAIL] = {"detail", say_detail, false},
	    [OFUKU_SAY_SUMMARY] = {"summary", say_summary, true},
	};

	struct messages *m = ctx;

	if (!levels[level].says(m))
		return;
	progress_erase(&m->progress);
	log_line(levels[level].name,
	    levels[level].named || log_is_json() ? m->who : NULL, line);
}

static void
held_back(const char *what, uint64_t n, const char *hint)
{
	if (n > SHOWN)
		sum_up("", "%llu more %s: %s", (unsigned long long)n - SHOWN,
		    what, hint);
}

void
messages_end(struct messages *m)
{
	progress_end(&m->progress);
	if (m->verbose)
		return;
	held_back(
	    "rejected", m->rejects, "-v shows them, --rejects=FILE keeps them");
	held_back("notes", m->notes, "-v shows them");
}

void
count_of(const char *before, uint64_t n, const char *one, const char *many)
{
	char text[80];

	snprintf(text, sizeof(text), "%s%" PRIu64 " %s", before, n,
	    n == 1 ? one : many);
	log_counts_text(text);
	log_counts_member(many, n);
}

void
count_if_any(uint64_t n, const char *one, const char *many)
{
	if (n > 0)
		count_of(", ", n, one, many);
	else
		log_counts_member(many, n);
}

void
print_record_stats(const struct ofuku_counts *c, const char *done)
{
	sum_up(NULL,
	    "records read %" PRIu64 " = %s %" PRIu64 " + skipped %" PRIu64
	    " + filtered %" PRIu64 " + rejected %" PRIu64,
	    c->read, done, c->audited, c->skipped, c->filtered, c->rejected);
}

void
mistake_say(void *ctx, enum ofuku_level level, const char *line)
{
	(void)ctx, (void)level;
	log_line("error", NULL, line);
}

/* Messages are never translated: no locale is set. */
static bool
is_pipe(const struct ofuku_error *err)
{
	const char *why = strerror(EPIPE);
	size_t n = strlen(err->text), end = strlen(why);

	return n >= end && strcmp(err->text + n - end, why) == 0;
}

/* audit ignores SIGPIPE until here: what it wrote aside has been removed. */
void
report_error(const char *who, const struct ofuku_error *err)
{
	if (is_pipe(err)) {
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	/* Who searches or looks knows where it ended. */
	if (interrupted() && strcmp(who, "audit") != 0 &&
	    strcmp(who, "convert") != 0)
		return;
	complain(who, "%s", err->text);
}

int
flush_output(const char *who, int status)
{
	static bool told; /* of this process's one output */
	struct ofuku_error err = {0};
	int before = ferror(stdout);

	if (fflush(stdout) == 0 && before == 0)
		return status;
	snprintf(err.text, sizeof(err.text),
	    "standard output: cannot write: %s", strerror(errno));
	if (!told)
		report_error(who, &err);
	told = true;
	return status > OFUKU_TROUBLE ? status : OFUKU_TROUBLE;
}
