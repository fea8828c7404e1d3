#include "log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static enum log_format format;

/* A line of counts that is being made. */
static struct {
	char text[640], members[768];
} counts;

const char *
log_format_name(size_t i, const char **help)
{
	static const char *const names[] = {"text", "json"};
	static const char *const helps[] = {
	    "lines for people", "a JSON object a line"};

	if (i >= sizeof(names) / sizeof(*names))
		return NULL;
	if (help != NULL)
		*help = helps[i];
	return names[i];
}

void
log_use(enum log_format f)
{
	format = f;
}

bool
log_is_json(void)
{
	return format == LOG_JSON;
}

/* Bytes of the UTF-8 sequence at s, which ends with a NUL; 0: it is none. */
static size_t
sequence(const unsigned char *s)
{
	size_t n = s[0] < 0x80 ? 1 :
	    s[0] < 0xc2        ? 0 :
	    s[0] < 0xe0        ? 2 :
	    s[0] < 0xf0        ? 3 :
	    s[0] < 0xf5        ? 4 :
				 0;

	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return n;
}

/* A path may hold any byte: what is no UTF-8 becomes U+FFFD. */
static void
put_string(const char *text, size_t len)
{
	const unsigned char *s = (const unsigned char *)text;
	const unsigned char *end = s + len;

	putc('"', stderr);
	while (s < end) {
		size_t n = sequence(s);

		if (n == 0)
			fputs("\\ufffd", stderr);
		else if (*s == '"' || *s == '\\')
			fprintf(stderr, "\\%c", *s);
		else if (*s < 0x20 || *s == 0x7f)
			fprintf(stderr, "\\u%04x", *s);
		else
			fwrite(s, 1, n, stderr);
		s += n == 0 ? 1 : n;
	}
	putc('"', stderr);
}

/* "path:3: " or "path:3:7: " at the front: the length of the path, the line,
 * and where the message begins. False: there is no such. */
static bool
place_of(const char *text, size_t *path, unsigned long *line, size_t *behind)
{
	for (const char *c = strchr(text, ':'); c != NULL;
	     c = strchr(c + 1, ':')) {
		size_t digits = strspn(c + 1, "0123456789");
		const char *end = c + 1 + digits;

		if (c == text || digits == 0 || *end != ':')
			continue;
		*path = (size_t)(c - text);
		*line = strtoul(c + 1, NULL, 10);
		digits = strspn(end + 1, "0123456789");
		if (digits > 0 && end[1 + digits] == ':')
			end += 1 + digits;
		if (end[1] != ' ')
			continue;
		*behind = (size_t)(end + 2 - text);
		return true;
	}
	return false;
}

static void
put_time(void)
{
	struct timespec now;
	struct tm tm;
	char day[32];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &tm);
	fprintf(stderr, "\"time\":\"%s.%03ldZ\"", day, now.tv_nsec / 1000000);
}

static void
put_object(
    const char *level, const char *who, const char *text, const char *members)
{
	size_t path = 0, behind = 0;
	unsigned long line;

	flockfile(stderr);
	putc('{', stderr);
	put_time();
	fprintf(stderr, ",\"level\":\"%s\",\"command\":", level);
	put_string(who == NULL ? "" : who, who == NULL ? 0 : strlen(who));
	if (place_of(text, &path, &line, &behind)) {
		fputs(",\"source\":", stderr);
		put_string(text, path);
		fprintf(stderr, ",\"line\":%lu", line);
	}
	fputs(",\"message\":", stderr);
	put_string(text + behind, strlen(text) - behind);
	fprintf(stderr, "%s}\n", members);
	funlockfile(stderr);
}

void
log_line(const char *level, const char *who, const char *text)
{
	if (format == LOG_JSON)
		put_object(level, who, text, "");
	else if (who == NULL)
		fprintf(stderr, "%s\n", text);
	else
		fprintf(stderr, "ofuku%s%s: %s\n", *who == '\0' ? "" : " ", who,
		    text);
}

void
log_counts_begin(void)
{
	counts.text[0] = counts.members[0] = '\0';
}

void
log_counts_text(const char *text)
{
	size_t n = strlen(counts.text);

	snprintf(counts.text + n, sizeof(counts.text) - n, "%s", text);
}

void
log_counts_member(const char *many, uint64_t n)
{
	size_t at = strlen(counts.members), from = at;

	snprintf(counts.members + at, sizeof(counts.members) - at,
	    ",\"%s\":%" PRIu64, many, n);
	for (; counts.members[from] != '\0'; from++)
		if (counts.members[from] == ' ')
			counts.members[from] = '_';
}

void
log_counts_end(void)
{
	if (format == LOG_JSON)
		put_object("summary", "", counts.text, counts.members);
	else
		fprintf(stderr, "ofuku: %s\n", counts.text);
}
