#include "rule/required.h"

#include <string.h>

#include "rule/pairbits.h"
#include "text/class.h"

/*
 * What is known of a piece of a pattern. exact: the piece matches one of the
 * texts of its only set (here a text may be empty) and nothing else.
 * Otherwise each match of it holds one text of each set; none has an empty
 * text, and where there is none nothing is known.
 */
struct piece {
	struct required r;
	bool exact;
	bool nullable; /* may match nothing: what follows it starts, too */
	bool single;   /* may match one unit: what follows it is second */
};

struct parser {
	const uint16_t *at;
	size_t len, i;
	bool lost;        /* met what it does not understand */
	bool spans_lines; /* met what may consume a line break */
	bool resumes;     /* met what looks at where the search began */
	bool narrows;     /* met what does not match each of its texts */
	struct required_memo *memo;
	unsigned depth;
};

enum { DEPTH_MAX = 40 };

static void parse_choice(struct parser *, struct piece *);
static void parse_sequence(struct parser *, struct piece *);

static void
piece_nothing(struct piece *p)
{
	p->r.n = 0;
	p->exact = false;
}

static void
add_unit(struct required_units *u, uint16_t c)
{
	set_bit(u->bits,
	    required_unit_hash(
		c >= 'A' && c <= 'Z' ? (uint16_t)(c | 0x20) : c));
}

static void
add_units(struct required_units *u, const struct required_units *also)
{
	for (size_t i = 0; i < 4; i++)
		u->bits[i] |= also->bits[i];
	u->any |= also->any;
}

static void
start_as(struct required_starts *s, const struct required_starts *also)
{
	add_units(&s->first, &also->first);
	add_units(&s->second, &also->second);
}

/* One character, of two units perhaps, of which nothing more is known. */
static void
piece_any(struct piece *p)
{
	piece_nothing(p);
	p->r.starts = (struct required_starts){{{0}, true}, {{0}, true}};
	p->nullable = false;
	p->single = true;
}

/* Matches nothing but where it stands, as an anchor does. */
static void
piece_empty(struct piece *p)
{
	p->r.n = 1;
	p->r.sets[0].n = 1;
	p->r.sets[0].cost = 0;
	p->r.sets[0].at[0] = (struct required_text){{0}, 0, 0};
	p->r.starts = (struct required_starts){0};
	p->exact = true;
	p->nullable = true;
	p->single = false;
}

/* Matches one character: low is 0, or the second half of a pair. */
static void
piece_char(struct piece *p, uint16_t c, uint16_t low)
{
	piece_empty(p);
	p->r.sets[0].at[0] = (struct required_text){
	    {c, low}, (uint16_t)(1 + (low != 0)), 0};
	add_unit(&p->r.starts.first, c);
	if (low != 0)
		add_unit(&p->r.starts.second, low);
	p->nullable = false;
	p->single = low == 0;
}

static bool
append(struct required_set *r, const struct required_text *t)
{
	if (r->n == REQUIRED_TEXTS)
		return false;
	r->at[r->n++] = *t;
	return true;
}

static bool
add_text(struct required_set *r, const struct required_text *t)
{
	for (size_t i = 0; i < r->n; i++)
		if (memcmp(&r->at[i], t, sizeof(*t)) == 0)
			return true;
	return append(r, t);
}

/* What stands in a set, a bit for each hash: most texts are new. */
struct known {
	uint64_t bits[4];
};

/* Has a text with its hash been here? From now on one has. */
static bool
known_add(struct known *k, const struct required_text *t)
{
	uint64_t a, b, bit;
	unsigned h;
	bool was;

	memcpy(&a, t->at, sizeof(a));
	memcpy(&b, t->at + 4, sizeof(b));
	b += t->len + ((uint64_t)t->bar << 32);
	a = (a ^ b * UINT64_C(0xff51afd7ed558ccd)) *
	    UINT64_C(0x9e3779b97f4a7c15);
	h = (unsigned)(a >> 56);
	bit = (uint64_t)1 << h % 64;
	was = (k->bits[h / 64] & bit) != 0;
	k->bits[h / 64] |= bit;
	return was;
}

static bool
add_known(
    struct required_set *r, const struct required_text *t, struct known *k)
{
	return known_add(k, t) ? add_text(r, t) : append(r, t);
}

static void
set_copy(struct required_set *to, const struct required_set *from)
{
	to->n = from->n;
	to->cost = from->cost;
	memcpy(to->at, from->at, from->n * sizeof(*from->at));
}

static void
required_copy(struct required *to, const struct required *from)
{
	to->n = from->n;
	for (size_t i = 0; i < from->n; i++)
		set_copy(&to->sets[i], &from->sets[i]);
}

double
required_share(uint16_t c)
{
	if (c >= 0x3041 && c <= 0x309f)
		return 0.1;
	if (c >= 0x30a0 && c <= 0x30ff)
		return 0.006;
	if (c >= 0x4e00 && c <= 0x9fff)
		return 0.002;
	return 0.01;
}

static double
cost(const struct required_set *r)
{
	double sum = 0;

	for (size_t i = 0; i < r->n; i++) {
		double p = 1;

		for (size_t k = 0; k < r->at[i].len; k++)
			p *= required_share(r->at[i].at[k]);
		sum += p;
	}
	return sum;
}

static bool
has_empty(const struct required_set *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->at[i].len == 0)
			return true;
	return r->n == 0;
}

/*
 * Keeps the rarest sets. One that stands in most texts tells something only
 * where there is no other.
 */
static void
offer(struct required *r, const struct required_set *s)
{
	const double common = 0.015;
	double c = cost(s);
	size_t at = r->n;

	if (has_empty(s) || (r->n > 0 && c > common && c >= r->sets[0].cost))
		return;
	while (at > 0 && r->sets[at - 1].cost > c)
		at--;
	if (at == REQUIRED_SETS)
		return;
	if (r->n < REQUIRED_SETS)
		r->n++;
	for (size_t i = r->n - 1; i > at; i--)
		set_copy(&r->sets[i], &r->sets[i - 1]);
	set_copy(&r->sets[at], s);
	r->sets[at].cost = c;
	while (r->n > 1 && r->sets[r->n - 1].cost > common)
		r->n--;
}

/* The bar behind a and b: that of a holds there where b is nothing. */
static uint16_t
joined_bar(const struct parser *x, const struct required_text *a,
    const struct required_text *b)
{
	if (a->bar == 0 || b->len > 0)
		return b->bar;
	return b->bar == 0 ? a->bar : bars_both(&x->memo->bars, a->bar, b->bar);
}

/* The last units of a with b behind it; whole: there was room for all. */
static struct required_text
join(const struct parser *x, const struct required_text *a,
    const struct required_text *b, bool *whole)
{
	struct required_text out = {{0}, 0, joined_bar(x, a, b)};
	size_t len = (size_t)a->len + b->len, over;

	*whole = len <= REQUIRED_UNITS;
	over = *whole ? 0 : len - REQUIRED_UNITS;
	/* Half a character is none. */
	over += over > 0 && over < a->len && (a->at[over] & 0xfc00) == 0xdc00;
	out.len = (uint16_t)(len - over);
	memcpy(out.at, a->at + over, (a->len - over) * sizeof(*a->at));
	memcpy(out.at + a->len - over, b->at, b->len * sizeof(*b->at));
	return out;
}

/*
 * All of a followed by all of b, of those that are too long the ends: false;
 * or there are too many: false, too, and out is empty.
 */
static bool
cross(const struct parser *x, const struct required_set *a,
    const struct required_set *b, struct required_set *out)
{
	/* One text before or behind all of a set makes no two alike. */
	const bool alike = a->n > 1 && b->n > 1;
	struct known known = {{0}};
	bool all = true, whole;

	out->n = 0;
	out->cost = 0;
	for (size_t i = 0; i < a->n; i++)
		for (size_t k = 0; k < b->n; k++) {
			struct required_text both = join(
			    x, &a->at[i], &b->at[k], &whole);

			all &= whole;
			if (alike || !all ? !add_known(out, &both, &known) :
					    !append(out, &both)) {
				out->n = 0;
				return false;
			}
		}
	return all;
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

static void
parse_escape(struct parser *x, struct piece *out)
{
	uint16_t c = x->i + 1 < x->len ? x->at[x->i + 1] : 0;

	x->i += 2;
	piece_any(out);
	if (c == 0) {
		x->lost = true;
	} else if (!unit_is_alnum(c)) {
		piece_char(out, c, 0);
	} else if (c == 'n' || c == 't') {
		piece_char(out, c == 'n' ? '\n' : '\t', 0);
		x->spans_lines |= c == 'n';
	} else if (is_one_of(c, "bBAzZG")) {
		piece_empty(out);
		x->narrows = true;
		x->resumes |= c == 'G';
	} else if (is_one_of(c, "pP")) {
		x->spans_lines = true;
		if (peek(x) == '{')
			skip_behind(x, '}');
		else
			x->i++;
	} else if (is_one_of(c, "DHsvWRX")) {
		x->spans_lines = true;
	} else if (!is_one_of(c, "dhSVwN")) {
		x->lost = true; /* \x, \Q, \K, references and the rest */
	}
}

/* Of a class: has it the line break by this member, which is one that names
 * it or perhaps a range around it? */
static bool
holds_break(uint16_t c, bool escaped)
{
	return escaped ? unit_is_alnum(c) && !is_one_of(c, "dhtSVw") :
			 c <= '\n';
}

/* Of a class of all but its members. */
static bool
bars_break(uint16_t c, bool escaped)
{
	return escaped ? is_one_of(c, "nsv") : c == '\n';
}

/* "[:alpha:]" and its like: true, and it is skipped. What does not end so is
 * a bracket among other members: "[[=]". */
static bool
skip_posix(struct parser *x)
{
	uint16_t mark = x->i + 1 < x->len ? x->at[x->i + 1] : 0;

	if (peek(x) != '[' || !is_one_of(mark, ":.="))
		return false;
	for (size_t i = x->i + 2; i + 1 < x->len && x->at[i] != ']'; i++) {
		x->lost = x->lost || x->at[i] == '\\' || x->at[i] == '[';
		if (x->at[i] == mark && x->at[i + 1] == ']') {
			x->i = i + 2;
			return true;
		}
	}
	return false;
}

/* The members up to "]", into set as long as each is one character: false,
 * one is not. */
static bool
parse_members(struct parser *x, bool negated, struct required_set *set)
{
	bool plain = !negated, holds = false, bars = false;

	for (bool first = true; x->i < x->len; first = false) {
		uint16_t c = x->at[x->i];
		bool escaped = c == '\\';

		if (c == ']' && !first)
			break;
		if (skip_posix(x)) {
			plain = false;
			holds = true;
			continue;
		}
		if (escaped) {
			c = x->i + 1 < x->len ? x->at[x->i + 1] : 0;
			plain = plain && c != 0 && !unit_is_alnum(c);
			x->lost = x->lost || is_one_of(c, "QE");
			x->i++;
		} else if (c == '-' && !first) {
			plain = false;
		}
		holds |= holds_break(c, escaped);
		bars |= bars_break(c, escaped);
		plain = plain && (c & 0xf800) != 0xd800 &&
		    add_text(set, &(struct required_text){{c}, 1, 0});
		x->i++;
	}
	x->spans_lines |= negated ? !bars : holds;
	return plain;
}

/* A small set of characters is as good as an alternation. */
static void
parse_class(struct parser *x, struct piece *out)
{
	struct required_set *set = &out->r.sets[0];
	bool negated;

	piece_empty(out);
	out->nullable = false;
	out->single = true;
	set->n = 0;
	x->i++;
	negated = peek(x) == '^';
	x->i += negated;
	if (!parse_members(x, negated, set))
		piece_any(out);
	else
		for (size_t i = 0; i < set->n; i++)
			add_unit(&out->r.starts.first, set->at[i].at[0]);
	x->i++;
}

/* A group consumes text, or looks at it, or bars what follows. */
enum group { GROUP_CONSUMES, GROUP_LOOKS, GROUP_BARS };

/* Behind "(" and its sort. */
static enum group
group_head(struct parser *x)
{
	if (!starts(x, "?")) {
		x->lost = x->lost || starts(x, "*");
		return GROUP_CONSUMES;
	}
	x->i++;
	if (starts(x, "!")) {
		x->i++;
		return GROUP_BARS;
	}
	/* "*": as "=", but not atomic. */
	if (starts(x, "=") || starts(x, "*") || starts(x, "<=") ||
	    starts(x, "<!") || starts(x, "<*")) {
		x->i += starts(x, "<") ? 2 : 1;
		return GROUP_LOOKS;
	}
	x->narrows |= starts(x, ">");
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
	return GROUP_CONSUMES;
}

/* Behind the "]" of the class at i. */
static size_t
class_end(const struct parser *x, size_t i)
{
	i += i + 1 < x->len && x->at[i + 1] == '^' ? 3 : 2;
	while (i < x->len && x->at[i] != ']') {
		if (x->at[i] == '[')
			return x->len; /* perhaps [:alpha:]: not here */
		i += x->at[i] == '\\' ? 2 : 1;
	}
	return i + 1;
}

/* Where the ")" of the group that x is in stands; or the end. */
static size_t
group_end(const struct parser *x)
{
	size_t i = x->i, depth = 0;

	while (i < x->len) {
		uint16_t c = x->at[i];

		if (c == '[') {
			i = class_end(x, i);
			continue;
		}
		if (c == ')' && depth-- == 0)
			return i;
		depth += c == '(';
		i += c == '\\' ? 2 : 1;
	}
	return x->len;
}

/* What a group's inside came to: its sets alone, as there are many groups. */
struct kept {
	struct required_starts starts;
	bool exact, nullable, single, spans_lines, resumes, narrows;
	size_t n;
	struct required_set sets[];
};

/* A group that is short is parsed as fast as it is found. */
enum { KEPT_UNITS = 48 };

void
required_memo_free(struct required_memo *m)
{
	map_free(&m->groups);
	bars_free(&m->bars);
	arena_free(&m->arena);
}

static void
keep(const struct parser *x, struct span inside, const struct piece *p)
{
	void **slot = map_slot(&x->memo->groups, inside);
	struct kept *k = arena_take(
	    &x->memo->arena, sizeof(*k) + p->r.n * sizeof(*k->sets));

	k->starts = p->r.starts;
	k->exact = p->exact;
	k->nullable = p->nullable;
	k->single = p->single;
	k->spans_lines = x->spans_lines;
	k->resumes = x->resumes;
	k->narrows = x->narrows;
	k->n = p->r.n;
	for (size_t i = 0; i < k->n; i++)
		set_copy(&k->sets[i], &p->r.sets[i]);
	*slot = k;
}

static void
recall(struct parser *x, const struct kept *k, struct piece *out)
{
	out->r.starts = k->starts;
	out->exact = k->exact;
	out->nullable = k->nullable;
	out->single = k->single;
	x->spans_lines |= k->spans_lines;
	x->resumes |= k->resumes;
	x->narrows |= k->narrows;
	out->r.n = k->n;
	for (size_t i = 0; i < k->n; i++)
		set_copy(&out->r.sets[i], &k->sets[i]);
}

/* The inside of a group, up to its end. */
static void
parse_inside(struct parser *x, struct piece *out)
{
	size_t end = x->memo == NULL ? x->i : group_end(x);
	struct span inside = {
	    (const char *)(x->at + x->i), (end - x->i) * sizeof(*x->at)};
	const struct kept *k;
	struct parser sub;

	if (end == x->len || end - x->i < KEPT_UNITS) {
		parse_choice(x, out);
		return;
	}
	k = map_get(&x->memo->groups, inside);
	if (k != NULL) {
		recall(x, k, out);
		x->i = end;
		return;
	}
	sub = *x;
	sub.spans_lines = sub.resumes = sub.narrows = false;
	parse_choice(&sub, out);
	if (!sub.lost && sub.i == end)
		keep(&sub, inside, out);
	x->i = sub.i;
	x->lost = sub.lost;
	x->spans_lines |= sub.spans_lines;
	x->resumes |= sub.resumes;
	x->narrows |= sub.narrows;
}

/* Texts that the view has as they are, wherever they stand. */
static bool
is_plain(const struct required_text *t)
{
	for (size_t i = 0; i < t->len; i++)
		if (!unit_is_plain(t->at[i]))
			return false;
	return t->len > 0;
}

/* The inside of a group that bars what follows: of the alternatives that are
 * understood wholly, the texts. Of the others nothing is barred. */
static uint16_t
parse_bar(struct parser *x)
{
	static const uint16_t end;
	struct buf texts = {0};
	uint16_t number;

	do {
		const struct required_set *s;
		struct piece p;

		x->i += peek(x) == '|';
		x->narrows = false;
		parse_sequence(x, &p);
		s = &p.r.sets[0];
		for (size_t i = 0; p.exact && !x->narrows && i < s->n; i++)
			if (is_plain(&s->at[i]) && s->at[i].bar == 0)
				bar_put(&texts, s->at[i].at, s->at[i].len);
	} while (!x->lost && peek(x) == '|');
	buf_add(&texts, (struct span){(const char *)&end, sizeof(end)});
	number = x->lost ? 0 :
			   bars_number(&x->memo->bars,
			       (const uint16_t *)(const void *)texts.at);
	buf_free(&texts);
	return number;
}

static void
parse_group(struct parser *x, struct piece *out)
{
	const bool before = x->spans_lines;
	uint16_t bar = 0;
	enum group group;

	x->i++;
	group = group_head(x);
	if (x->depth >= DEPTH_MAX)
		x->lost = true;
	if (x->lost) {
		piece_any(out);
		return;
	}
	x->depth++;
	if (group == GROUP_BARS && x->memo != NULL)
		bar = parse_bar(x);
	else
		parse_inside(x, out);
	x->depth--;
	x->i++;
	if (group != GROUP_CONSUMES) {
		piece_empty(out);
		out->r.sets[0].at[0].bar = bar;
		x->spans_lines = before;
		x->narrows = true;
	}
}

static void
parse_char(struct parser *x, struct piece *out)
{
	uint16_t c = x->at[x->i++], next = peek(x);

	if ((c & 0xfc00) == 0xd800 && (next & 0xfc00) == 0xdc00) {
		piece_char(out, c, next);
		x->i++;
		return;
	}
	piece_char(out, c, 0);
	x->spans_lines |= c == '\n';
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
		piece_any(out);
		break;
	case '^':
	case '$':
		piece_empty(out);
		x->narrows = true;
		break;
	default:
		parse_char(x, out);
		return;
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
	if (!p->exact || !at_most_once ||
	    !add_text(&p->r.sets[0], &(struct required_text){{0}, 0, 0}))
		piece_nothing(p);
}

/* No longer exact: what is known of it is what can be required. */
static void
loosen(struct piece *p)
{
	if (p->exact && has_empty(&p->r.sets[0]))
		p->r.n = 0;
	else if (p->exact)
		p->r.sets[0].cost = cost(&p->r.sets[0]);
	p->exact = false;
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
	if (p->single && c != '?' && !once)
		add_units(&p->r.starts.second, &p->r.starts.first);
	if (c == '?' || c == '*' || optional) {
		make_optional(p, c == '?');
		p->nullable = true;
	} else if (!once)
		loosen(p);
	x->narrows |= peek(x) == '+';
	if (is_one_of(peek(x), "?+"))
		x->i++; /* lazy, possessive: the same texts */
}

/* What extend leaves to others: it means something to PCRE2. */
static bool
is_meta(uint16_t c)
{
	static const uint64_t low = 1ull << '(' | 1ull << ')' | 1ull << '*' |
	    1ull << '+' | 1ull << '?' | 1ull << '$' | 1ull << '.';

	return c < 64 ?
	    low >> c & 1 :
	    c == '[' || c == '\\' || c == '^' || c == '|' || c == '{';
}

static bool
is_quantifier(uint16_t c)
{
	return c == '?' || c == '*' || c == '+' || c == '{';
}

/* A plain character that nothing repeats goes behind each text of the run.
 * False: it is none, or there is no room. */
static bool
extend(struct parser *x, struct required_set *run)
{
	uint16_t c = peek(x), next = x->i + 1 < x->len ? x->at[x->i + 1] : 0;

	if (is_meta(c) || c == '\n' || (c & 0xfc00) == 0xd800 ||
	    is_quantifier(next))
		return false;
	for (size_t i = 0; i < run->n; i++)
		if (run->at[i].len == REQUIRED_UNITS)
			return false;
	for (size_t i = 0; i < run->n; i++) {
		run->at[i].at[run->at[i].len++] = c;
		run->at[i].bar = 0;
	}
	x->i++;
	return true;
}

/* What the pieces of a sequence come to. */
struct sequence {
	struct required best; /* large: not set to 0 */
	struct piece run;     /* exact texts, up to here */
	bool whole;           /* so from the first on */
	bool nullable, single;
	struct required_starts starts;
};

static bool
extend_sequence(struct parser *x, struct sequence *s)
{
	uint16_t c = peek(x);

	if (!extend(x, &s->run.r.sets[0]))
		return false;
	if (s->nullable)
		add_unit(&s->starts.first, c);
	if (s->single)
		add_unit(&s->starts.second, c);
	s->single = s->nullable;
	s->nullable = false;
	return true;
}

/* The ends of a with b behind it, where they tell much more than the two. */
static void
offer_ends(struct required *r, const struct required_set *a,
    const struct required_set *b, const struct required_set *ends)
{
	const double much = 0.5;
	double c = cost(ends) / much;

	if (c < cost(a) && c < cost(b))
		offer(r, ends);
}

static void
add_piece(const struct parser *x, struct sequence *s, const struct piece *p)
{
	struct required_set *run = &s->run.r.sets[0], both;

	if (s->nullable)
		start_as(&s->starts, &p->r.starts);
	if (s->single)
		add_units(&s->starts.second, &p->r.starts.first);
	s->single = (s->single && p->nullable) || (s->nullable && p->single);
	s->nullable &= p->nullable;
	if (p->exact && cross(x, run, &p->r.sets[0], &both)) {
		set_copy(run, &both);
		return;
	}
	s->whole = false;
	offer(&s->best, run);
	if (p->exact) {
		offer_ends(&s->best, run, &p->r.sets[0], &both);
		set_copy(run, &p->r.sets[0]);
		return;
	}
	for (size_t i = 0; i < p->r.n; i++)
		offer(&s->best, &p->r.sets[i]);
	piece_empty(&s->run);
}

static void
parse_sequence(struct parser *x, struct piece *out)
{
	struct sequence s;
	struct piece p;

	s.best.n = 0;
	piece_empty(&s.run);
	s.whole = s.nullable = true;
	s.single = false;
	s.starts = (struct required_starts){0};
	while (!x->lost && x->i < x->len && peek(x) != '|' && peek(x) != ')') {
		if (extend_sequence(x, &s))
			continue;
		parse_atom(x, &p);
		apply_quantifier(x, &p);
		add_piece(x, &s, &p);
	}
	out->exact = s.whole;
	out->nullable = s.nullable;
	out->single = s.single;
	out->r.starts = s.starts;
	if (!s.whole)
		offer(&s.best, &s.run.r.sets[0]);
	required_copy(&out->r, s.whole ? &s.run.r : &s.best);
}

static bool
unite_sets(struct required_set *a, const struct required_set *b)
{
	struct known known = {{0}};

	for (size_t i = 0; i < a->n; i++)
		known_add(&known, &a->at[i]);
	for (size_t i = 0; i < b->n; i++)
		if (!add_known(a, &b->at[i], &known))
			return false;
	return true;
}

/* A text's first units; half a character is none. */
static struct required_text
cut(const struct required_text *t, size_t units)
{
	struct required_text out = *t;

	if (out.len > units) {
		out.len = (uint16_t)units;
		out.bar = 0;
	}
	if (out.len < t->len && out.len > 0 &&
	    (out.at[out.len - 1] & 0xfc00) == 0xd800)
		out.len--;
	for (size_t k = out.len; k < t->len; k++)
		out.at[k] = 0;
	return out;
}

/* Adds the first units of each text. */
static bool
add_cut(struct required_set *to, const struct required_set *from, size_t units,
    struct known *known)
{
	for (size_t i = 0; i < from->n; i++) {
		struct required_text t = cut(&from->at[i], units);

		if (!add_known(to, &t, known))
			return false;
	}
	return true;
}

/* Both, with their texts cut short until there is room. */
static bool
unite_cut(const struct required_set *a, const struct required_set *b,
    struct required_set *out)
{
	for (size_t units = REQUIRED_UNITS / 2; units > 0; units /= 2) {
		struct known known = {{0}};

		out->n = 0;
		if (add_cut(out, a, units, &known) &&
		    add_cut(out, b, units, &known))
			return true;
	}
	return false;
}

static bool
unite_exact(struct piece *a, const struct piece *b)
{
	struct required_set both;

	if (!a->exact || !b->exact)
		return false;
	set_copy(&both, &a->r.sets[0]);
	if (!unite_sets(&both, &b->r.sets[0]))
		return false;
	set_copy(&a->r.sets[0], &both);
	return true;
}

/*
 * One of two: exact where both are. Else each set of the one goes with each
 * set of the other: the rarest of all these.
 */
static void
unite(struct piece *a, struct piece *b)
{
	struct required best;
	struct required_set both;

	best.n = 0;
	start_as(&a->r.starts, &b->r.starts);
	a->nullable |= b->nullable;
	a->single |= b->single;
	if (unite_exact(a, b))
		return;
	loosen(a);
	loosen(b);
	for (size_t i = 0; i < a->r.n; i++)
		for (size_t k = 0; k < b->r.n; k++) {
			set_copy(&both, &a->r.sets[i]);
			if (unite_sets(&both, &b->r.sets[k]))
				offer(&best, &both);
		}
	if (best.n == 0 && a->r.n > 0 && b->r.n > 0 &&
	    unite_cut(&a->r.sets[0], &b->r.sets[0], &both))
		offer(&best, &both);
	required_copy(&a->r, &best);
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
required_find(const uint16_t *source, size_t len, struct required_memo *memo,
    struct required *out)
{
	struct parser x = {.at = source, .len = len, .memo = memo};
	struct piece p;

	parse_choice(&x, &p);
	out->starts = p.r.starts;
	out->spans_lines = x.spans_lines;
	out->bars = memo != NULL ? &memo->bars : NULL;
	if (x.lost || x.i < x.len) {
		out->starts.first.any = out->spans_lines = true;
		return false;
	}
	out->starts.first.any |= p.nullable || x.resumes;
	out->starts.second.any |= p.nullable || p.single;
	loosen(&p);
	required_copy(out, &p.r);
	return out->n > 0;
}
