#include "rule/branches.h"

#include <stdbool.h>
#include <string.h>

struct splitter {
	struct span source;
	size_t i, depth;
	struct span *out;
	size_t n, most;
	size_t from; /* where the branch at hand begins */
};

static char
peek(const struct splitter *s, size_t ahead)
{
	return s->i + ahead < s->source.len ? s->source.at[s->i + ahead] : '\0';
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/* Quoting, references to groups, what moves the start of the match. */
static bool
escape(struct splitter *s)
{
	if (is_one_of(peek(s, 1), "QEgkKG123456789"))
		return false;
	s->i += 2;
	return true;
}

/* "[:alpha:]" within a class. */
static void
posix_class(struct splitter *s)
{
	char mark = peek(s, 1);
	size_t k = 2;

	while (
	    is_one_of(mark, ":.=") && peek(s, k) != '\0' && peek(s, k) != ']')
		k++;
	if (k > 2 && peek(s, k) == ']' && peek(s, k - 1) == mark)
		s->i += k;
	s->i++;
}

static bool class(struct splitter *s)
{
	s->i += peek(s, 1) == '^' ? 2 : 1;
	s->i += peek(s, 0) == ']';
	while (s->i < s->source.len && peek(s, 0) != ']') {
		if (peek(s, 0) == '[')
			posix_class(s);
		else if (peek(s, 0) != '\\')
			s->i++;
		else if (!escape(s))
			return false;
	}
	s->i++;
	return true;
}

/* A group that has no name and changes no option. */
static bool
group(struct splitter *s)
{
	s->depth++;
	s->i++;
	if (peek(s, 0) == '*')
		return false;
	if (peek(s, 0) != '?')
		return true;
	s->i += peek(s, 1) == '<' ? 2 : 1;
	return is_one_of(
	    peek(s, 0), s->source.at[s->i - 1] == '<' ? "=!" : ":=!>");
}

static bool
add(struct splitter *s, size_t end)
{
	if (end == s->from || s->n == s->most)
		return false;
	s->out[s->n++] = (struct span){s->source.at + s->from, end - s->from};
	s->from = end + 1;
	return true;
}

static bool
step(struct splitter *s)
{
	char c = peek(s, 0);

	if (c == '\\')
		return escape(s);
	if (c == '[')
		return class(s);
	if (c == '(')
		return group(s);
	if (c == ')' && s->depth-- == 0)
		return false;
	if (c == '|' && s->depth == 0 && !add(s, s->i))
		return false;
	s->i++;
	return true;
}

size_t
branches_split(struct span source, struct span *out, size_t most)
{
	struct splitter s = {.source = source, .out = out, .most = most};

	while (s.i < source.len)
		if (!step(&s))
			return 0;
	return s.depth == 0 && s.i == source.len && add(&s, source.len) ? s.n :
									  0;
}
