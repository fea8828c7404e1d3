/* Warnings about single regular expressions: what hardly does what it says. */
#include "rule/lint_regex.h"

#include <stdint.h>

#include "text/utf8.h"

enum { DEPTH_MAX = 64 };

/* A branch of a group, as far as it has been read. */
struct branch {
	bool unbounded; /* holds an atom that repeats without end */
	bool wide;      /* and that atom is of many characters */
	bool fixed;     /* holds an atom that must be there */
};

struct group {
	struct branch branch; /* the one being read */
	bool ambiguous;       /* a branch can match in many ways */
	bool atomic;          /* it never goes back */
};

struct scan {
	struct span s;
	size_t i;
	struct group groups[DEPTH_MAX];
	size_t depth;
};

/* What stands behind an atom. */
struct repeat {
	bool unbounded, optional, possessive;
};

static char
peek(const struct scan *x)
{
	return x->i < x->s.len ? x->s.at[x->i] : '\0';
}

/* Behind the end of a class; a ] that comes first is one of it. */
static void
skip_class(struct scan *x)
{
	x->i++;
	x->i += peek(x) == '^';
	x->i += peek(x) == ']';
	while (x->i < x->s.len && x->s.at[x->i] != ']') {
		if (x->s.at[x->i] == '\\')
			x->i++;
		x->i++;
	}
	x->i++;
}

/* "{2,}" and its like; false: the brace is text. */
static bool
read_braces(struct scan *x, struct repeat *r)
{
	size_t i = x->i + 1, digits = i;
	bool comma = false;

	while (i < x->s.len &&
	    ((x->s.at[i] >= '0' && x->s.at[i] <= '9') ||
		(x->s.at[i] == ',' && !comma))) {
		comma |= x->s.at[i] == ',';
		i++;
	}
	if (i >= x->s.len || x->s.at[i] != '}' || i == digits)
		return false;
	r->optional = x->s.at[digits] == '0' || x->s.at[digits] == ',';
	r->unbounded = x->s.at[i - 1] == ',';
	x->i = i + 1;
	return true;
}

static struct repeat
read_repeat(struct scan *x)
{
	struct repeat r = {0};
	char c = peek(x);

	if (c == '{') {
		if (!read_braces(x, &r))
			return r;
	} else if (c == '*' || c == '+' || c == '?') {
		r.unbounded = c != '?';
		r.optional = c != '+';
		x->i++;
	} else {
		return r;
	}
	r.possessive = peek(x) == '+';
	x->i += peek(x) == '+' || peek(x) == '?';
	return r;
}

static void
end_branch(struct group *g)
{
	g->ambiguous |= g->branch.unbounded &&
	    (!g->branch.fixed || g->branch.wide);
	g->branch = (struct branch){0};
}

static void
open_group(struct scan *x)
{
	struct span rest = {x->s.at + x->i, x->s.len - x->i};
	struct group *g = &x->groups[++x->depth];

	*g = (struct group){.atomic = span_starts(rest, SPAN("(?>"))};
	x->i++;
	if (peek(x) != '?')
		return;
	/* What follows is no atom, up to its last mark. */
	x->i++;
	while (x->i < x->s.len && strchr(":=!>)", peek(x)) == NULL)
		x->i++;
	x->i += peek(x) != ')' && x->i < x->s.len;
}

/* Closes a group and reads what repeats it. True: it blows up. */
static bool
close_group(struct scan *x)
{
	struct group *g = &x->groups[x->depth--];
	struct branch *outer = &x->groups[x->depth].branch;
	struct repeat r;

	end_branch(g);
	x->i++;
	r = read_repeat(x);
	outer->fixed |= !r.optional && !g->ambiguous;
	outer->unbounded |= (r.unbounded || g->ambiguous) && !r.possessive;
	return r.unbounded && !r.possessive && g->ambiguous && !g->atomic;
}

static void
read_atom(struct scan *x)
{
	struct branch *b = &x->groups[x->depth].branch;
	const char *at = x->s.at + x->i;
	char c = peek(x);
	bool wide = c == '.' || c == '[';
	struct repeat r;

	if (c == '\\') {
		wide = x->i + 1 < x->s.len &&
		    strchr("DSWNXwp", x->s.at[x->i + 1]) != NULL;
		x->i += 2;
	} else if (c == '[') {
		skip_class(x);
	} else {
		utf8_next(&at);
		x->i = (size_t)(at - x->s.at);
	}
	r = read_repeat(x);
	b->fixed |= !r.optional && !r.unbounded;
	b->unbounded |= r.unbounded && !r.possessive;
	b->wide |= r.unbounded && !r.possessive && wide;
}

bool
regex_blows_up(struct span source)
{
	struct scan x = {.s = source};

	while (x.i < source.len) {
		char c = peek(&x);

		if (c == '(' && x.depth + 1 < DEPTH_MAX) {
			open_group(&x);
		} else if (c == ')' && x.depth > 0) {
			if (close_group(&x))
				return true;
		} else if (c == '|') {
			end_branch(&x.groups[x.depth]);
			x.i++;
		} else {
			read_atom(&x);
		}
	}
	return false;
}

static bool
is_japanese(uint32_t c)
{
	return (c >= 0x3041 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
	    (c >= 0xff66 && c <= 0xff9f) || (c >= 0x20000 && c <= 0x3ffff);
}

bool
regex_bounds_japanese(struct span source)
{
	const char *at = source.at;
	bool boundary = false, japanese = false;

	while (at < source.at + source.len) {
		uint32_t c = utf8_next(&at);

		japanese |= is_japanese(c);
		if (c == '\\' && at < source.at + source.len)
			boundary |= utf8_next(&at) == 'b';
	}
	return boundary && japanese;
}
