/*
 * Plain text: "話者: 発話", one utterance a line, the colon ASCII or full
 * width. A time may stand before the speaker: "[00:01:02]", "(10:05)",
 * "2026-10-01 10:00". A line without a speaker goes on with the utterance
 * before it; before the first speaker or time each is an utterance of its own.
 * "?" is a speaker whom nobody knows.
 */
#include "read/draft.h"
#include "read/label.h"
#include "read/lines.h"
#include "read/timecell.h"
#include "text/encoding.h"

enum {
	TIME_MAX = 48, /* bytes */
	LINES_LOOKED_AT = 200,
	SPEAKERS_LOOKED_AT = 64,
	SPOKEN_LEAST = 4, /* lines, where no name says a role */
	SPEAKERS_MOST = 8
};

/* A line taken apart. */
struct said {
	struct moment time;
	struct span speaker; /* len 0: none */
	struct span text;
	bool begins; /* it begins an utterance */
};

static struct span
behind(struct span s, size_t n)
{
	return (struct span){s.at + n, s.len - n};
}

/* Without blanks at the front, the ideographic one among them. */
static struct span
skip_blanks(struct span s)
{
	for (;;) {
		if (s.len > 0 && (s.at[0] == ' ' || s.at[0] == '\t'))
			s = behind(s, 1);
		else if (span_starts(s, SPAN("\u3000")))
			s = behind(s, 3);
		else
			return s;
	}
}

/* Offset of a string within the first max bytes, or s.len. */
static size_t
find(struct span s, const char *what, size_t max)
{
	size_t n = strlen(what), have = s.len < max ? s.len : max;
	const char *at = have < n ? NULL : memmem(s.at, have, what, n);

	return at == NULL ? s.len : (size_t)(at - s.at);
}

static const struct {
	const char *open, *close;
} brackets[] = {
    {"[", "]"},
    {"(", ")"},
    {"（", "）"},
    {"【", "】"},
    {"［", "］"},
    {"<", ">"},
};

/* "[00:01:02]": moves line behind it. */
static bool
bracketed_time(struct timecell *t, struct span *line, struct moment *m)
{
	for (size_t i = 0; i < sizeof(brackets) / sizeof(*brackets); i++) {
		struct span open = span_of(brackets[i].open), rest;
		size_t n;

		if (!span_starts(*line, open))
			continue;
		rest = behind(*line, open.len);
		n = find(rest, brackets[i].close, TIME_MAX);
		if (n == rest.len ||
		    timecell_read(t, (struct span){rest.at, n}, false, m) !=
			TIMECELL_TIME)
			return false;
		*line = skip_blanks(
		    behind(rest, n + strlen(brackets[i].close)));
		return true;
	}
	return false;
}

/* A time that is the line's first words, n bytes long, with a colon in it. */
static bool
words_are_time(struct timecell *t, struct span line, size_t n, struct moment *m)
{
	struct span s = {line.at, n};

	return n > 0 && n < line.len && n <= TIME_MAX &&
	    (span_find(s, ':') < n || find(s, "：", n) < n ||
		find(s, "時", n) < n) &&
	    timecell_read(t, s, false, m) == TIMECELL_TIME;
}

static size_t
word_end(struct span line, size_t from)
{
	size_t i = from;

	while (i < line.len && line.at[i] != ' ' && line.at[i] != '\t' &&
	    !span_starts(behind(line, i), SPAN("\u3000")))
		i++;
	return i;
}

/* "00:01:02 " or "2026-10-01 10:00 ": of two words, or of one. */
static bool
bare_time(struct timecell *t, struct span *line, struct moment *m)
{
	size_t one = word_end(*line, 0);
	size_t gap = line->len - skip_blanks(behind(*line, one)).len;
	size_t two = word_end(*line, gap);

	if (line->len == 0 || line->at[0] < '0' || line->at[0] > '9' ||
	    one > TIME_MAX)
		return false;
	if (!words_are_time(t, *line, two, m)) {
		if (!words_are_time(t, *line, one, m))
			return false;
		two = one;
	}
	*line = skip_blanks(behind(*line, two));
	return true;
}

/* "?: text", as convert writes it. */
static bool
is_nobodys(struct span *line)
{
	if (!span_starts(*line, SPAN("?: ")))
		return false;
	*line = skip_blanks(behind(*line, 2));
	return true;
}

static void
take_apart(struct timecell *t, struct span line, struct said *out)
{
	struct span whole = label_trim(line), rest = whole;
	struct label label;

	out->time = (struct moment){0};
	out->begins = bracketed_time(t, &rest, &out->time);
	if (!out->begins && !bare_time(t, &rest, &out->time))
		out->time = (struct moment){0};
	if (label_colon(rest, &label)) {
		out->speaker = label.name;
		out->text = label.text;
		out->begins = true;
		return;
	}
	out->speaker = (struct span){"", 0};
	out->begins |= is_nobodys(&rest);
	if (!out->begins) {
		/* "10:30 に伺います" is said, not timed. */
		out->time = (struct moment){0};
		rest = whole;
	}
	out->text = rest;
}

/* Who speaks in a sample. */
struct cast {
	struct span names[SPEAKERS_LOOKED_AT];
	size_t n;
	size_t lines, spoken; /* with anything; with a speaker */
	size_t roles;         /* names that say a role */
};

static void
cast_add(struct cast *c, const struct sample *s, struct span name)
{
	c->spoken++;
	for (size_t i = 0; i < c->n; i++)
		if (span_eq(c->names[i], name))
			return;
	if (c->n == SPEAKERS_LOOKED_AT)
		return;
	c->names[c->n++] = name;
	c->roles += pack_role(s->pack, s->viewer, name) != ROLE_UNKNOWN;
}

static void
cast_of(const struct sample *s, struct cast *c)
{
	struct timecell times = {0};
	struct span rest = s->text;
	struct said said;

	while (rest.len > 0 && c->lines < LINES_LOOKED_AT) {
		size_t n = span_find(rest, '\n');
		struct span line = {rest.at, n};

		rest = behind(rest, n < rest.len ? n + 1 : n);
		if (utf8_valid(line) < line.len || span_trim(line).len == 0)
			continue;
		take_apart(&times, line, &said);
		c->lines++;
		if (said.speaker.len > 0 && !label_is_level(said.speaker))
			cast_add(c, s, said.speaker);
	}
	timecell_free(&times);
}

/* Do they speak twice on average? */
static bool
recurs(const struct cast *c)
{
	return c->n * 2 <= c->spoken;
}

/* What is missing for a transcript whose names say no role. */
static const char *
missing(const struct cast *c)
{
	if (c->spoken * 10 < c->lines * 6 || c->spoken == 0)
		return "fewer than six lines in ten begin with a speaker and a "
		       "colon";
	if (c->spoken < SPOKEN_LEAST)
		return "no name says a role, and fewer than four lines begin "
		       "with a speaker";
	if (!recurs(c))
		return "no name says a role, and the speakers do not speak "
		       "twice on average";
	if (c->n > SPEAKERS_MOST)
		return "no name says a role, and there are more than eight "
		       "speakers";
	return NULL;
}

/*
 * Licences and manuals have colons, too: a transcript has a speaker in most
 * lines, and few of them, who recur, or whose names say what they are.
 */
static int
sniff(const struct sample *s, const char **why)
{
	struct cast c = {.n = 0};
	const char *lack;

	cast_of(s, &c);
	if (c.roles > 0 && c.spoken * 10 >= c.lines * 3 &&
	    (c.n <= SPEAKERS_MOST || recurs(&c)))
		return 60;
	lack = missing(&c);
	if (lack == NULL)
		return 45;
	*why = lack;
	return 0;
}

/* The utterance that the next lines may go on with. */
struct talk {
	struct lines lines;
	struct emitter emitter;
	struct timecell times;
	struct draft draft;
	struct buf speaker, text;
	bool open;   /* there is one */
	bool marked; /* a speaker or a time has been seen */
};

static int
finish(struct talk *t, struct err *err)
{
	if (!t->open)
		return 0;
	t->open = false;
	t->draft.record.speaker = buf_span(&t->speaker);
	t->draft.record.text = buf_span(&t->text);
	return draft_emit(&t->emitter, &t->draft, err);
}

static int
begin(struct talk *t, const struct said *s, struct err *err)
{
	if (finish(t, err) == -1)
		return -1;
	t->open = true;
	t->marked = t->marked || s->begins;
	t->draft = (struct draft){
	    .record = {.line = t->lines.number, .byte = t->lines.byte}};
	if (moment_wall(s->time))
		t->draft.at = s->time;
	else
		t->draft.start = s->time;
	buf_reset(&t->speaker);
	buf_add(&t->speaker, s->speaker);
	buf_reset(&t->text);
	buf_add(&t->text, s->text);
	return 0;
}

static int
read_line(struct talk *t, struct err *err)
{
	const struct reader *r = t->emitter.reader;
	const struct span line = t->lines.line;
	struct said said;
	int rc;

	if (span_trim(line).len == 0)
		return 0;
	rc = emit_unless_text(
	    &t->emitter, line, t->lines.number, t->lines.byte, err);
	if (rc != 0)
		return rc == -1 ? -1 : 0;
	take_apart(&t->times, line, &said);
	if (said.begins || !t->open || !t->marked)
		return begin(t, &said, err);
	if (t->text.len + said.text.len > r->options->record_max)
		return fail(err,
		    "%.*s:%llu: the utterance is longer than %zu bytes: "
		    "--max-record raises the limit",
		    SPAN_FMT(stream_path(r->in)),
		    (unsigned long long)t->draft.record.line,
		    r->options->record_max);
	if (t->text.len > 0)
		buf_addc(&t->text, '\n');
	buf_add(&t->text, said.text);
	return 0;
}

static int
read_lines(struct reader *r, struct err *err)
{
	struct talk t = {.lines = {.in = r->in, .max = r->options->record_max},
	    .emitter = {.reader = r}};
	int rc;

	while ((rc = lines_next(&t.lines, err)) == 1)
		if ((rc = read_line(&t, err)) == -1)
			break;
	if (rc == 0)
		rc = finish(&t, err);
	buf_free(&t.speaker);
	buf_free(&t.text);
	timecell_free(&t.times);
	return rc == -1 ? -1 : emit_end(&t.emitter, "every line is blank", err);
}

const struct format format_text = {
    .name = "text",
    .help = "plain text: \"speaker: what was said\", one a line",
    .sniff = sniff,
    .read = read_lines,
};
