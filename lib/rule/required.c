#include "rule/required.h"

#include <string.h>

/*
 * What is known of a piece of a pattern. exact: the piece matches one of the
 * texts and nothing else. Otherwise each match of it holds one of them;
 * none at all where n is 0.
 */
struct piece {
	struct required texts; /* here a text may be empty */
	bool exact;
};

struct parser {
	const uint16_t *at;
	size_t len, i;
	bool lost; /* met what it does not understand */
	unsigned depth;
};

enum { DEPTH_MAX = 40 };

static void parse_choice(struct parser *, struct piece *);

static void
piece_nothing(struct piece *p)
{
	p->texts.n = 0;
	p->exact = false;
}

/* Matches the empty text, as an anchor does. */
static void
piece_empty(struct piece *p)
{
	p->texts.n = 1;
	p->texts.len[0] = 0;
	p->exact = true;
}

static void
piece_unit(struct piece *p, uint16_t c)
{
	p->texts.n = 1;
	p->texts.len[0] = 1;
	p->texts.at[0][0] = c;
	p->exact = true;
}

static bool
add_text(struct required *r, const uint16_t *at, size_t len)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->len[i] == len &&
		    memcmp(r->at[i], at, len * sizeof(*at)) == 0)
			return true;
	if (r->n == REQUIRED_TEXTS || len > REQUIRED_UNITS)
		return false;
	memcpy(r->at[r->n], at, len * sizeof(*at));
	r->len[r->n++] = (uint8_t)len;
	return true;
}

/* How often a unit stands in Japanese talk, roughly. */
static double
share(uint16_t c)
{
	if (c >= 0x3041 && c <= 0x309f)
		return 0.03;
	if (c >= 0x30a0 && c <= 0x30ff)
		return 0.006;
	if (c >= 0x4e00 && c <= 0x9fff)
		return 0.002;
	return 0.01;
}

/* How often one of the texts is to be expected; 1 where one is empty. */
static double
cost(const struct required *r)
{
	double sum = 0;

	if (r->n == 0)
		return 1;
	for (size_t i = 0; i < r->n; i++) {
		double p = 1;

		for (size_t k = 0; k < r->len[i]; k++)
			p *= share(r->at[i][k]);
		sum += p;
	}
	return sum;
}

static void
keep_better(struct required *best, const struct required *other)
{
	if (cost(other) < cost(best))
		*best = *other;
}

/* All of a followed by all of b; false where that is too many or too long. */
static bool
cross(const struct required *a, const struct required *b, struct required *out)
{
	out->n = 0;
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++) {
			uint16_t both[2 * REQUIRED_UNITS];
			size_t n = a->len[i];

			memcpy(both, a->at[i], n * sizeof(*both));
			memcpy(both + n, b->at[k], b->len[k] * sizeof(*both));
			if (!add_text(out, both, n + b->len[k]))
				return false;
		}
	return true;
}

static bool
starts(const struct parser *x, const char *s)
{
	size_t n = strlen(s);

	if (x->len - x->i < n)
		return false;
	for (size_t k = 0; k < n; k++)
		if (x->at[x->i + k] != (unsigned char)s[k])
			return false;
	return true;
}

static uint16_t
peek(const struct parser *x)
{
	return x->i < x->len ? x->at[x->i] : 0;
}

static void
skip_behind(struct parser *x, uint16_t c)
{
	while (x->i < x->len && x->at[x->i] != c)
		x->i++;
	x->i += x->i < x->len;
}

static bool
is_one_of(uint16_t c, const char *set)
{
	return c != 0 && c < 0x80 && strchr(set, (int)c) != NULL;
}

static bool
is_alnum(uint16_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z');
}

static void
parse_escape(struct parser *x, struct piece *out)
{
	uint16_t c = x->i + 1 < x->len ? x->at[x->i + 1] : 0;

	x->i += 2;
	piece_nothing(out);
	if (c == 0) {
		x->lost = true;
	} else if (!is_alnum(c)) {
		piece_unit(out, c);
	} else if (c == 'n' || c == 't') {
		piece_unit(out, c == 'n' ? '\n' : '\t');
	} else if (is_one_of(c, "bBAzZG")) {
		piece_empty(out);
	} else if (is_one_of(c, "pP")) {
		if (peek(x) == '{')
			skip_behind(x, '}');
		else
			x->i++;
	} else if (!is_one_of(c, "dDhHsSvVwWRXN")) {
		x->lost = true; /* \x, \Q, \K, references and the rest */
	}
}

/* A small set of characters is as good as an alternation. */
static void
parse_class(struct parser *x, struct piece *out)
{
	bool plain = true;

	out->texts.n = 0;
	out->exact = true;
	x->i++;
	if (peek(x) == '^') {
		plain = false;
		x->i++;
	}
	for (bool first = true; x->i < x->len; first = false) {
		uint16_t c = x->at[x->i];

		if (c == ']' && !first)
			break;
		if (c == '[' && x->i + 1 < x->len &&
		    is_one_of(x->at[x->i + 1], ":.=")) {
			skip_behind(x, ']');
			plain = false;
			continue;
		}
		if (c == '\\') {
			c = x->i + 1 < x->len ? x->at[x->i + 1] : 0;
			plain = plain && c != 0 && !is_alnum(c);
			x->lost = x->lost || is_one_of(c, "QE");
			x->i++;
		} else if (c == '-' && !first) {
			plain = false;
		}
		plain = plain && (c & 0xf800) != 0xd800;
		if (plain)
			plain = add_text(&out->texts, &c, 1);
		x->i++;
	}
	x->i++;
	if (!plain)
		piece_nothing(out);
}

/* Behind "(" and its sort: true where the group consumes text. */
static bool
group_head(struct parser *x)
{
	if (!starts(x, "?")) {
		x->lost = x->lost || starts(x, "*");
		return true;
	}
	x->i++;
	if (starts(x, "=") || starts(x, "!") || starts(x, "<=") ||
	    starts(x, "<!")) {
		x->i += starts(x, "<") ? 2 : 1;
		return false;
	}
	if (starts(x, ":") || starts(x, ">") || starts(x, "|"))
		x->i++;
	else if (starts(x, "P<") || starts(x, "<"))
		skip_behind(x, '>');
	else if (starts(x, "'")) {
		x->i++;
		skip_behind(x, '\'');
	} else {
		x->lost = true; /* options, conditions, recursion, comments */
	}
	return true;
}

static void
parse_group(struct parser *x, struct piece *out)
{
	bool consumes;

	x->i++;
	consumes = group_head(x);
	if (x->depth >= DEPTH_MAX)
		x->lost = true;
	if (x->lost) {
		piece_nothing(out);
		return;
	}
	x->depth++;
	parse_choice(x, out);
	x->depth--;
	x->i++;
	if (!consumes)
		piece_empty(out);
}

static void
parse_atom(struct parser *x, struct piece *out)
{
	uint16_t c = peek(x);

	switch (c) {
	case '(':
		parse_group(x, out);
		return;
	case '[':
		parse_class(x, out);
		return;
	case '\\':
		parse_escape(x, out);
		return;
	case '.':
		piece_nothing(out);
		break;
	case '^':
	case '$':
		piece_empty(out);
		break;
	default:
		piece_unit(out, c);
	}
	x->i++;
}

/* "{n" with its number, and whether it closes as a quantifier does. */
static bool
braces(struct parser *x, bool *optional, bool *once)
{
	size_t i = x->i + 1;
	bool digits = false, zero = true, comma = false;

	while (i < x->len &&
	    ((x->at[i] >= '0' && x->at[i] <= '9') || x->at[i] == ',')) {
		if (x->at[i] == ',')
			comma = true;
		else if (!comma && x->at[i] != '0')
			zero = false;
		digits |= x->at[i] != ',';
		i++;
	}
	if (!digits || i >= x->len || x->at[i] != '}')
		return false;
	*optional = zero;
	*once = !comma && i == x->i + 2 && x->at[x->i + 1] == '1';
	x->i = i + 1;
	return true;
}

static void
make_optional(struct piece *p, bool at_most_once)
{
	uint16_t none = 0;

	if (!p->exact || !at_most_once || !add_text(&p->texts, &none, 0))
		piece_nothing(p);
}

static void
apply_quantifier(struct parser *x, struct piece *p)
{
	uint16_t c = peek(x);
	bool optional = false, once = false;

	if (is_one_of(c, "?*+"))
		x->i++;
	else if (c != '{' || !braces(x, &optional, &once))
		return;
	if (c == '?' || c == '*' || optional)
		make_optional(p, c == '?');
	else if (!once)
		p->exact = false;
	if (is_one_of(peek(x), "?+"))
		x->i++; /* lazy, possessive: the same texts */
}

/* Texts that are no longer exact must each be there to be of use. */
static void
offer(struct required *best, const struct required *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->len[i] == 0)
			return;
	if (r->n > 0)
		keep_better(best, r);
}

static void
parse_sequence(struct parser *x, struct piece *out)
{
	struct required best = {.n = 0}, both;
	struct piece run, p;
	bool whole = true;

	piece_empty(&run);
	while (!x->lost && x->i < x->len && peek(x) != '|' && peek(x) != ')') {
		parse_atom(x, &p);
		apply_quantifier(x, &p);
		if (p.exact && cross(&run.texts, &p.texts, &both)) {
			run.texts = both;
			continue;
		}
		whole = false;
		offer(&best, &run.texts);
		if (p.exact) {
			run.texts = p.texts;
		} else {
			offer(&best, &p.texts);
			piece_empty(&run);
		}
	}
	if (whole) {
		*out = run;
		return;
	}
	offer(&best, &run.texts);
	out->texts = best;
	out->exact = false;
}

static bool
has_empty(const struct required *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->len[i] == 0)
			return true;
	return r->n == 0;
}

/* One of two: exact where both are, else one text of either. */
static void
unite(struct piece *a, const struct piece *b)
{
	bool exact = a->exact && b->exact;

	if (!exact && (has_empty(&a->texts) || has_empty(&b->texts))) {
		piece_nothing(a);
		return;
	}
	for (size_t i = 0; i < b->texts.n; i++)
		if (!add_text(&a->texts, b->texts.at[i], b->texts.len[i])) {
			piece_nothing(a);
			return;
		}
	a->exact = exact;
}

static void
parse_choice(struct parser *x, struct piece *out)
{
	struct piece other;

	parse_sequence(x, out);
	while (!x->lost && peek(x) == '|') {
		x->i++;
		parse_sequence(x, &other);
		unite(out, &other);
	}
}

bool
required_find(const uint16_t *source, size_t len, struct required *out)
{
	struct parser x = {.at = source, .len = len};
	struct piece p;

	parse_choice(&x, &p);
	if (x.lost || x.i < x.len || has_empty(&p.texts))
		return false;
	*out = p.texts;
	return true;
}
