/*
 * A strict, slow check of JSON text (RFC 8259) that is run only where
 * simdjson has refused it: it knows the place and a reason in words.
 */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"
#include "read/json.h"
#include "text/encoding.h"

struct checker {
	struct span text;
	size_t at;
	struct json_fault *fault;
};

/* Always false, so that a check can end with it. */
static bool
wrong(struct checker *c, const char *reason)
{
	snprintf(c->fault->reason, sizeof(c->fault->reason), "%s", reason);
	return false;
}

static bool
at_end(const struct checker *c)
{
	return c->at >= c->text.len;
}

/* The same of what RFC 8259 allows, and leaves to each reader to bound. */
static bool
beyond(struct checker *c, const char *reason)
{
	c->fault->kind = "JSON beyond a limit";
	return wrong(c, reason);
}

/* The byte that is next, 0 at the end. */
static unsigned char
look(const struct checker *c)
{
	return at_end(c) ? 0 : (unsigned char)c->text.at[c->at];
}

/* "wanted" and what stands there instead. */
static bool
expected(struct checker *c, const char *wanted)
{
	unsigned char ch = look(c);
	char *to = c->fault->reason;
	size_t size = sizeof(c->fault->reason);

	if (at_end(c))
		snprintf(
		    to, size, "the text ends where %s was expected", wanted);
	else if (ch > ' ' && ch < 0x7f)
		snprintf(to, size, "expected %s, saw '%c'", wanted, ch);
	else if (ch >= 0x80)
		snprintf(to, size,
		    "expected %s, saw a character that "
		    "belongs into a string",
		    wanted);
	else
		snprintf(to, size,
		    "expected %s, saw the control character "
		    "0x%02X",
		    wanted, ch);
	return false;
}

static void
blanks(struct checker *c)
{
	while (!at_end(c) &&
	    (look(c) == ' ' || look(c) == '\t' || look(c) == '\n' ||
		look(c) == '\r'))
		c->at++;
}

/* Four hex digits. */
static bool
hex4(struct checker *c, unsigned *out)
{
	*out = 0;
	for (int i = 0; i < 4; i++, c->at++) {
		unsigned char ch = look(c);

		if (ch >= '0' && ch <= '9')
			*out = *out * 16 + ch - '0';
		else if ((ch | 0x20) >= 'a' && (ch | 0x20) <= 'f')
			*out = *out * 16 + (ch | 0x20u) - 'a' + 10;
		else
			return expected(c, "four hexadecimal digits after \\u");
	}
	return true;
}

static bool
escape(struct checker *c)
{
	const size_t start = c->at - 1;
	unsigned unit, low = 0;

	if (look(c) != 'u') {
		if (look(c) == 0 || strchr("\"\\/bfnrt", look(c)) == NULL)
			return expected(c,
			    "one of \" \\ / b f n r t u "
			    "after a backslash");
		c->at++;
		return true;
	}
	c->at++;
	if (!hex4(c, &unit))
		return false;
	if (unit < 0xd800 || unit > 0xdfff)
		return true;
	if (unit < 0xdc00 && c->text.len - c->at >= 6 &&
	    memcmp(c->text.at + c->at, "\\u", 2) == 0) {
		c->at += 2;
		if (!hex4(c, &low))
			return false;
	}
	if (low >= 0xdc00 && low <= 0xdfff)
		return true;
	c->at = start;
	return wrong(c,
	    "half of a surrogate pair: \\uD800 to \\uDFFF come "
	    "in twos: write \\uFFFD for what is lost");
}

static bool
string(struct checker *c)
{
	const size_t start = c->at++;

	while (!at_end(c) && look(c) != '"') {
		if (look(c) < 0x20)
			return wrong(c,
			    "a control character in a string: "
			    "write it as an escape (\\n for a line break)");
		if (c->text.at[c->at++] == '\\' && !escape(c))
			return false;
	}
	if (at_end(c)) {
		c->at = start;
		return wrong(c, "the string that begins here is not closed");
	}
	c->at++;
	return true;
}

static bool
digits(struct checker *c)
{
	if (look(c) < '0' || look(c) > '9')
		return expected(c, "a digit");
	while (look(c) >= '0' && look(c) <= '9')
		c->at++;
	return true;
}

/*
 * What no reader holds: an integer of more than 64 bits, or a number that is
 * no double. RFC 8259 leaves the limit to each reader.
 */
static bool
fits(const struct checker *c, size_t from, bool integer)
{
	struct arena a = {0};
	const char *text = arena_cstr(
	    &a, (struct span){c->text.at + from, c->at - from});
	bool holds;

	errno = 0;
	if (!integer)
		holds = isfinite(strtod(text, NULL));
	else if (*text == '-')
		holds = strtoll(text, NULL, 10) != LLONG_MIN || errno == 0;
	else
		holds = strtoull(text, NULL, 10) != ULLONG_MAX || errno == 0;
	arena_free(&a);
	return holds;
}

static bool
number(struct checker *c)
{
	size_t from = c->at;
	bool integer = true;

	if (look(c) == '-')
		c->at++;
	if (look(c) == '0') {
		c->at++;
		if (look(c) >= '0' && look(c) <= '9')
			return wrong(c, "a number must not begin with 0");
	} else if (!digits(c)) {
		return false;
	}
	if (look(c) == '.') {
		integer = false;
		c->at++;
		if (!digits(c))
			return false;
	}
	if ((look(c) | 0x20) == 'e') {
		integer = false;
		c->at++;
		if (look(c) == '+' || look(c) == '-')
			c->at++;
		if (!digits(c))
			return false;
	}
	if (fits(c, from, integer))
		return true;
	c->at = from;
	return beyond(c, "a number too large to be read: write it in quotes");
}

static bool
word(struct checker *c)
{
	static const char *const words[] = {"true", "false", "null"};

	for (size_t i = 0; i < 3; i++) {
		size_t n = strlen(words[i]);

		if (c->text.len - c->at < n ||
		    memcmp(c->text.at + c->at, words[i], n) != 0)
			continue;
		c->at += n;
		return true;
	}
	return expected(c, "a value");
}

static bool
scalar(struct checker *c)
{
	unsigned char ch = look(c);

	if (ch == '"')
		return string(c);
	if (ch == '-' || (ch >= '0' && ch <= '9'))
		return number(c);
	return word(c);
}

/* A key and its colon. */
static bool
key(struct checker *c)
{
	blanks(c);
	if (look(c) != '"')
		return expected(c, "a key in double quotes");
	if (!string(c))
		return false;
	blanks(c);
	if (look(c) != ':')
		return expected(c, ": after a key");
	c->at++;
	return true;
}

/* What closes each open array and object, innermost last. */
struct nest {
	char *close;
	size_t depth, most;
};

/* '[' or '{' is next. *empty: it closes at once, which is then done. */
static bool
enter(struct checker *c, struct nest *n, bool *empty)
{
	char close = look(c) == '[' ? ']' : '}';

	if (n->depth == n->most) {
		beyond(c, "");
		snprintf(c->fault->reason, sizeof(c->fault->reason),
		    "arrays and objects nest deeper than %zu: --max-nesting "
		    "raises the limit",
		    n->most);
		return false;
	}
	c->at++;
	blanks(c);
	*empty = !at_end(c) && c->text.at[c->at] == close;
	if (*empty) {
		c->at++;
		return true;
	}
	n->close[n->depth++] = close;
	return close == ']' || key(c);
}

/* Behind a value: closes what closes; *more: another value follows. */
static bool
leave(struct checker *c, struct nest *n, bool *more)
{
	*more = false;
	while (n->depth > 0) {
		char close = n->close[n->depth - 1];

		blanks(c);
		if (look(c) == ',') {
			c->at++;
			*more = true;
			return close == ']' || key(c);
		}
		if (at_end(c) || c->text.at[c->at] != close)
			return expected(c,
			    close == ']' ? ", or ] after a value" :
					   ", or } after a value");
		c->at++;
		n->depth--;
	}
	return true;
}

static bool
values(struct checker *c, struct nest *n)
{
	bool more = true, empty;

	while (more) {
		blanks(c);
		empty = true;
		if (look(c) != '[' && look(c) != '{') {
			if (!scalar(c))
				return false;
		} else if (!enter(c, n, &empty)) {
			return false;
		}
		if (empty && !leave(c, n, &more))
			return false;
	}
	return true;
}

static bool
document(struct checker *c, size_t depth)
{
	struct nest n = {.most = depth};
	bool good;

	n.close = mem_alloc(n.most);
	good = values(c, &n);
	free(n.close);
	if (!good)
		return false;
	blanks(c);
	return at_end(c) || expected(c, "nothing more after the value");
}

/* What other writers of "JSON" write, and what it should be. */
static const struct {
	const char *at;     /* what stands at the fault */
	const char *reason; /* what the reason has in it, or NULL */
	char before;        /* the last byte before that is no blank, or 0 */
	const char *advice;
} advices[] = {
    {"NaN", NULL, 0, "NaN is no number in JSON: write null"},
    {"Infinity", NULL, 0, "Infinity is no number in JSON: write null"},
    {"None", NULL, 0, "JSON writes null"},
    {"undefined", NULL, 0, "JSON writes null"},
    {"True", NULL, 0, "JSON writes true"},
    {"False", NULL, 0, "JSON writes false"},
    {"/", NULL, 0, "JSON has no comments"},
    {"#", NULL, 0, "JSON has no comments"},
    {"]", NULL, ',', "the comma before it is one too many"},
    {"}", NULL, ',', "the comma before it is one too many"},
    {",", "nothing more", 0,
	"JSON Lines has no commas between objects, an array has them "
	"within [ and ]"},
    {"{", "nothing more", 0,
	"JSON Lines has one object a line, as jq -c . writes them"},
    {"[", "nothing more", 0,
	"JSON Lines has one object a line, with \"text\" in it"},
};

static char
byte_before(const struct checker *c)
{
	struct span s = span_trim((struct span){c->text.at, c->at});

	return s.len == 0 ? '\0' : s.at[s.len - 1];
}

/* What to do, behind what was expected. */
static void
advise(struct checker *c)
{
	struct span there = {c->text.at + c->at, c->text.len - c->at};
	char *reason = c->fault->reason;
	size_t n = strlen(reason);

	for (size_t i = 0; i < sizeof(advices) / sizeof(*advices); i++)
		if (span_starts(there, span_of(advices[i].at)) &&
		    (advices[i].reason == NULL ||
			strstr(reason, advices[i].reason) != NULL) &&
		    (advices[i].before == 0 ||
			advices[i].before == byte_before(c))) {
			snprintf(reason + n, sizeof(c->fault->reason) - n,
			    ": %s", advices[i].advice);
			return;
		}
}

static void
place(struct json_fault *f, struct span text)
{
	f->line = f->column = 1;
	for (size_t i = 0; i < f->byte && i < text.len; i++) {
		if (text.at[i] == '\n') {
			f->line++;
			f->column = 1;
		} else if (((unsigned char)text.at[i] & 0xc0) != 0x80) {
			f->column++;
		}
	}
}

bool
json_locate(struct span text, size_t depth, struct json_fault *f)
{
	struct checker c = {text, 0, f};
	size_t valid = utf8_valid(text);
	bool sound;

	*f = (struct json_fault){.kind = "not valid JSON"};
	c.text.len = valid;
	sound = document(&c, depth);
	if (!sound && strncmp(f->reason, "expected", 8) == 0)
		advise(&c);
	/* A byte that is no UTF-8 is the fault, unless one lies before it. */
	if (valid < text.len &&
	    (sound || c.at >= valid ||
		strncmp(f->reason, "the string that", 15) == 0)) {
		c.at = valid;
		snprintf(f->reason, sizeof(f->reason),
		    "byte 0x%02X is not "
		    "valid UTF-8",
		    (unsigned char)text.at[valid]);
		f->kind = "not valid JSON";
		sound = false;
	}
	f->byte = c.at;
	place(f, text);
	return !sound;
}
