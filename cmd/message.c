#include "message.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "interrupt.h"

/* Rejected records and notes that are shown without -v, each. */
#define SHOWN 10

static void
put(const char *who, const char *fmt, va_list ap)
{
	fprintf(stderr, "ofuku%s%s: ", *who == '\0' ? "" : " ", who);
	vfprintf(stderr, fmt, ap);
	putc('\n', stderr);
}

void
complain(const char *who, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(who, fmt, ap);
	va_end(ap);
}

int
usage_error(const char *who, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(who, fmt, ap);
	va_end(ap);
	fprintf(
	    stderr, "Try: ofuku%s%s --help\n", *who == '\0' ? "" : " ", who);
	return -1;
}

static bool
say_error(struct messages *m)
{
	progress_erase(&m->progress);
	fprintf(stderr, "ofuku %s: ", m->who);
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
	if (m->quiet)
		return false;
	progress_erase(&m->progress);
	fprintf(stderr, "ofuku %s: ", m->who);
	return true;
}

void
messages_say(void *ctx, enum ofuku_level level, const char *line)
{
	static bool (*const says[])(struct messages *) = {
	    [OFUKU_SAY_ERROR] = say_error,
	    [OFUKU_SAY_REJECT] = say_reject,
	    [OFUKU_SAY_NOTE] = say_note,
	    [OFUKU_SAY_DETAIL] = say_detail,
	    [OFUKU_SAY_SUMMARY] = say_summary,
	};

	struct messages *m = ctx;

	if (!says[level](m))
		return;
	progress_erase(&m->progress);
	fprintf(stderr, "%s\n", line);
}

static void
held_back(const char *what, uint64_t n, const char *hint)
{
	if (n > SHOWN)
		complain("", "%llu more %s: %s", (unsigned long long)n - SHOWN,
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
	fprintf(stderr, "%s%" PRIu64 " %s", before, n, n == 1 ? one : many);
}

void
count_if_any(uint64_t n, const char *one, const char *many)
{
	if (n > 0)
		count_of(", ", n, one, many);
}

void
print_record_stats(const struct ofuku_counts *c, const char *done)
{
	fprintf(stderr,
	    "records read %" PRIu64 " = %s %" PRIu64 " + skipped %" PRIu64
	    " + filtered %" PRIu64 " + rejected %" PRIu64 "\n",
	    c->read, done, c->audited, c->skipped, c->filtered, c->rejected);
}

void
mistake_say(void *ctx, enum ofuku_level level, const char *line)
{
	(void)ctx, (void)level;
	fprintf(stderr, "%s\n", line);
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
	struct ofuku_error err = {0};
	int before = ferror(stdout);

	if (fflush(stdout) == 0 && before == 0)
		return status;
	snprintf(err.text, sizeof(err.text),
	    "standard output: cannot write: %s", strerror(errno));
	report_error(who, &err);
	return status > OFUKU_TROUBLE ? status : OFUKU_TROUBLE;
}
