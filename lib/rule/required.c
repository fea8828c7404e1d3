#include "rule/required.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rule/piece.h"
#include "text/class.h"

/* What a parser has met. */
enum {
	MET_BREAK = 1,   /* may consume a line break */
	MET_RESUMES = 2, /* looks at where the search began */
	MET_NARROWS = 4, /* does not match each of its texts */
	MET_EDGE = 8,    /* matches more where a line is the whole text */
	MET_HEEDS = 16,  /* may match more where it is not */
	MET_ATOMIC = 32  /* gives nothing back: more may come to less */
};

struct parser {
	const uint16_t *at;
	size_t len, i;
	bool lost;    /* met what it does not understand */
	unsigned met; /* MET_… */
	struct required_memo *memo;
	unsigned depth;
};

enum { DEPTH_MAX = 40 };

static void parse_choice(struct parser *, struct piece *);
static void parse_sequence(struct parser *, struct piece *);

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
		x->met |= c == 'n' ? MET_BREAK : 0;
	} else if (is_one_of(c, "bBAzZG")) {
		piece_empty(out);
		x->met |= MET_NARROWS | (c == 'G' ? MET_RESUMES : 0) |
		    (is_one_of(c, "AzZ") ? MET_EDGE : 0);
	} else if (is_one_of(c, "pP")) {
		x->met |= MET_BREAK;
		if (peek(x) == '{')
			skip_behind(x, '}');
		else
			x->i++;
	} else if (is_one_of(c, "DHsvWRX")) {
		x->met |= MET_BREAK;
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
parse_members(struct parser *x, bool negated, struct piece *out)
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
		plain = plain && (c & 0xf800) != 0xd800 && piece_member(out, c);
		x->i++;
	}
	x->met |= (negated ? !bars : holds) ? MET_BREAK : 0;
	return plain;
}

/* A small set of characters is as good as an alternation. */
static void
parse_class(struct parser *x, struct piece *out)
{
	bool negated;

	piece_class(out);
	x->i++;
	negated = peek(x) == '^';
	x->i += negated;
	if (!parse_members(x, negated, out))
		piece_any(out);
	x->i++;
}

/* A group consumes text, or looks at it, or bars what stands there: what
 * follows, or what is before it. */
enum group {
	GROUP_CONSUMES,
	GROUP_LOOKS,
	GROUP_LOOKS_BEFORE,
	GROUP_BARS,
	GROUP_BARS_BEFORE
};

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
	if (starts(x, "<!")) {
		x->i += 2;
		return GROUP_BARS_BEFORE;
	}
	/* "*": as "=", but not atomic. */
	if (starts(x, "=") || starts(x, "*")) {
		x->i++;
		return GROUP_LOOKS;
	}
	if (starts(x, "<=") || starts(x, "<*")) {
		x->i += 2;
		return GROUP_LOOKS_BEFORE;
	}
	x->met |= starts(x, ">") ? MET_NARROWS | MET_ATOMIC : 0;
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

/* Where the ")" of the group that x is in stands, or what comes before it in
 * no group of its own; or the end. */
static size_t
part_end(const struct parser *x, uint16_t what)
{
	size_t i = x->i, depth = 0;

	while (i < x->len) {
		uint16_t c = x->at[i];

		if (c == '[') {
			i = class_end(x, i);
			continue;
		}
		if (c == what && depth == 0)
			return i;
		if (c == ')' && depth-- == 0)
			return i;
		depth += c == '(';
		i += c == '\\' ? 2 : 1;
	}
	return x->len;
}

static size_t
group_end(const struct parser *x)
{
	return part_end(x, ')');
}

/* What a group's inside came to: its sets alone, as there are many groups. */
struct kept {
	struct required_starts starts;
	bool exact, nullable, single;
	unsigned met;
	uint16_t lead;
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
	free(m->clauses);
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
	k->lead = p->lead;
	k->met = x->met;
	k->n = p->r.n;
	memcpy(k->sets, p->r.sets, k->n * sizeof(*k->sets));
	*slot = k;
}

static void
recall(struct parser *x, const struct kept *k, struct piece *out)
{
	out->r.starts = k->starts;
	out->exact = k->exact;
	out->nullable = k->nullable;
	out->single = k->single;
	out->lead = k->lead;
	x->met |= k->met;
	out->r.n = k->n;
	memcpy(out->r.sets, k->sets, k->n * sizeof(*k->sets));
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
	sub.met = 0;
	parse_choice(&sub, out);
	if (!sub.lost && sub.i == end)
		keep(&sub, inside, out);
	x->i = sub.i;
	x->lost = sub.lost;
	x->met |= sub.met;
}

bool
required_text_is_plain(const struct required_text *t)
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
		bool narrows;

		x->i += peek(x) == '|';
		x->met &= ~(unsigned)MET_NARROWS;
		parse_sequence(x, &p);
		s = &p.r.sets[0];
		narrows = (x->met & MET_NARROWS) != 0;
		for (size_t i = 0; p.exact && !narrows && i < s->n; i++)
			if (required_text_is_plain(&s->at[i]) &&
			    s->at[i].bar == 0)
				bar_put(&texts, s->at[i].at, s->at[i].len);
	} while (!x->lost && peek(x) == '|');
	buf_add(&texts, (struct span){(const char *)&end, sizeof(end)});
	number = x->lost ? 0 :
			   bars_number(&x->memo->bars,
			       (const uint16_t *)(const void *)texts.at);
	buf_free(&texts);
	return number;
}

/*
 * What a group that consumes nothing comes to by what its inside has met. A
 * line break in sight lets more match where one looks for it, and less where
 * it is barred; of the line's edge, which is no break, the reverse is true.
 */
static unsigned
met_looking(enum group group, unsigned inside)
{
	const bool at_break = (inside & MET_BREAK) != 0;
	unsigned met = MET_NARROWS |
	    (inside & ~(unsigned)(MET_BREAK | MET_EDGE));

	if (group == GROUP_LOOKS || group == GROUP_LOOKS_BEFORE)
		return met | (inside & MET_EDGE) | (at_break ? MET_HEEDS : 0);
	return met | ((inside & MET_EDGE) != 0 ? MET_HEEDS : 0) |
	    (at_break ? MET_EDGE : 0);
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

/* One character at i, of any kind but a group; 0: there is another thing. */
static size_t
behind_character(const struct parser *x, size_t i)
{
	const uint16_t c = x->at[i];

	if (c == '[')
		return class_end(x, i);
	if (c == '\\')
		return i + 1 < x->len && x->at[i + 1] == 'n' ? i + 2 : 0;
	return is_meta(c) ? 0 : i + 1;
}

/*
 * Does a look ahead, whose inside begins here, ask for one character or for the
 * end: "(?=[,.\n]|$)"? Where the line break is one of these, it finds the same
 * behind a line that stands among others and one that stands alone.
 */
static bool
looks_for_end(const struct parser *x)
{
	bool at_end = false;
	size_t i = x->i;

	while (i > 0 && i < x->len) {
		const bool end = x->at[i] == '$';

		at_end |= end;
		i = end ? i + 1 : behind_character(x, i);
		if (i == 0 || i >= x->len || x->at[i] != '|')
			break;
		i++;
	}
	return at_end && i > 0 && i < x->len && x->at[i] == ')';
}

static void
parse_group(struct parser *x, struct piece *out)
{
	const unsigned before = x->met;
	uint16_t bar = 0;
	enum group group;
	bool for_end;

	x->i++;
	x->met = 0;
	group = group_head(x);
	for_end = group == GROUP_LOOKS && looks_for_end(x);
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
		x->met = for_end && (x->met & MET_BREAK) != 0 ?
		    MET_NARROWS :
		    met_looking(group, x->met);
	}
	x->met |= before;
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
	x->met |= c == '\n' ? MET_BREAK : 0;
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
		x->met |= MET_NARROWS | MET_EDGE;
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
apply_quantifier(struct parser *x, struct piece *p)
{
	uint16_t c = peek(x);
	bool optional = false, once = false;

	if (is_one_of(c, "?*+"))
		x->i++;
	else if (c != '{' || !braces(x, &optional, &once))
		return;
	if (c != '?' && !once)
		piece_repeat_starts(p);
	if (c == '?' || c == '*' || optional)
		piece_optional(p, c == '?');
	else if (!once)
		piece_loosen(p);
	x->met |= peek(x) == '+' ? MET_NARROWS | MET_ATOMIC : 0;
	if (is_one_of(peek(x), "?+"))
		x->i++; /* lazy, possessive: the same texts */
}

static bool
is_quantifier(uint16_t c)
{
	return c == '?' || c == '*' || c == '+' || c == '{';
}

/* Is here a plain character that nothing repeats? */
static bool
is_single(const struct parser *x)
{
	uint16_t c = peek(x), next = x->i + 1 < x->len ? x->at[x->i + 1] : 0;

	return !is_meta(c) && c != '\n' && (c & 0xfc00) != 0xd800 &&
	    !is_quantifier(next);
}

static struct bars *
bars_of(const struct parser *x)
{
	return x->memo != NULL ? &x->memo->bars : NULL;
}

static void
parse_sequence(struct parser *x, struct piece *out)
{
	struct sequence s;
	struct piece p;

	sequence_begin(&s, bars_of(x));
	while (!x->lost && x->i < x->len && peek(x) != '|' && peek(x) != ')') {
		if (is_single(x) && sequence_extend(&s, peek(x))) {
			x->i++;
			continue;
		}
		parse_atom(x, &p);
		apply_quantifier(x, &p);
		sequence_add(&s, &p);
	}
	sequence_end(&s, out);
}

static void
parse_choice(struct parser *x, struct piece *out)
{
	struct piece other;

	parse_sequence(x, out);
	while (!x->lost && peek(x) == '|') {
		x->i++;
		parse_sequence(x, &other);
		piece_unite(out, &other);
	}
}

static void
tell_lines(unsigned met, struct required *out)
{
	out->spans_lines = (met & MET_BREAK) != 0;
	out->by_line = (met & (MET_BREAK | MET_HEEDS | MET_RESUMES)) == 0 &&
	    (met & (MET_EDGE | MET_ATOMIC)) != (MET_EDGE | MET_ATOMIC);
}

bool
required_find(const uint16_t *source, size_t len, struct required_memo *memo,
    struct required *out)
{
	struct parser x = {.at = source, .len = len, .memo = memo};
	struct piece p;

	parse_choice(&x, &p);
	out->starts = p.r.starts;
	tell_lines(x.met, out);
	out->bars = memo != NULL ? &memo->bars : NULL;
	if (x.lost || x.i < x.len) {
		out->starts.first.any = out->spans_lines = true;
		out->by_line = false;
		return false;
	}
	out->starts.first.any |= p.nullable || (x.met & MET_RESUMES) != 0;
	out->starts.second.any |= p.nullable || p.single;
	piece_loosen(&p);
	required_copy(out, &p.r);
	return out->n > 0;
}

/* What one clause comes to. */
struct clause {
	struct piece piece;
	unsigned met;
};

/* So many of one alternative beside others, which want room, too. */
enum { ALTERNATIVE_CLAUSES = 6 };

/* Clauses on their way: each is a sequence that goes on. */
struct courses {
	struct sequence *at;
	unsigned *met;
	size_t n, most;
};

static bool clauses_of(
    struct parser *, struct clause *, size_t *n, size_t most);

static void
courses_add(struct courses *c, const struct piece *p, unsigned met)
{
	for (size_t i = 0; i < c->n; i++) {
		sequence_add(&c->at[i], p);
		c->met[i] |= met;
	}
}

static void
courses_extend(struct courses *c, uint16_t unit)
{
	struct piece p;

	piece_char(&p, unit, 0);
	for (size_t i = 0; i < c->n; i++)
		if (!sequence_extend(&c->at[i], unit))
			sequence_add(&c->at[i], &p);
}

/* Each goes on with each clause of a group. */
static void
courses_fork(struct courses *c, const struct clause *group, size_t n)
{
	const size_t before = c->n;

	for (size_t k = n; k-- > 0;)
		for (size_t i = 0; i < before; i++) {
			const size_t to = k * before + i;

			c->at[to] = c->at[i];
			c->met[to] = c->met[i] | group[k].met;
			sequence_add(&c->at[to], &group[k].piece);
		}
	c->n = before * n;
}

/* One clause that requires nothing makes the others needless. */
static bool
all_tell(const struct clause *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!piece_tells(&c[i].piece))
			return false;
	return true;
}

/*
 * The clauses of a group that nothing repeats, at most so many, behind which
 * the parser stands then; 0: it says as much as one piece.
 */
static size_t
group_clauses(struct parser *x, struct clause *out, size_t most)
{
	struct parser whole = *x, each;
	struct piece p;
	size_t n = 0;

	whole.met = 0;
	whole.i++;
	if (group_head(&whole) != GROUP_CONSUMES || whole.lost ||
	    x->depth >= DEPTH_MAX)
		return 0;
	whole.depth++;
	each = whole;
	parse_inside(&whole, &p);
	if (whole.lost || peek(&whole) != ')' || p.exact)
		return 0;
	whole.i++;
	if (is_quantifier(peek(&whole)) || !clauses_of(&each, out, &n, most) ||
	    n < 2 || !all_tell(out, n))
		return 0;
	for (size_t i = 0; i < n; i++)
		out[i].met |= each.met; /* of the group's head */
	x->i = whole.i;
	return n;
}

static void
parse_course(struct parser *x, struct courses *c, struct clause *scratch)
{
	const unsigned before = x->met;
	struct piece p;
	size_t n;

	if (is_single(x)) {
		courses_extend(c, peek(x));
		x->i++;
		return;
	}
	n = peek(x) == '(' ? group_clauses(x, scratch, c->most / c->n) : 0;
	if (n > 0) {
		courses_fork(c, scratch, n);
		return;
	}
	x->met = 0;
	parse_atom(x, &p);
	apply_quantifier(x, &p);
	courses_add(c, &p, x->met);
	x->met |= before;
}

/* All courses in one clause. */
static void
courses_unite(const struct courses *c, struct clause *out)
{
	struct piece p;

	sequence_end(&c->at[0], &out->piece);
	out->met = c->met[0];
	for (size_t i = 1; i < c->n; i++) {
		sequence_end(&c->at[i], &p);
		piece_unite(&out->piece, &p);
		out->met |= c->met[i];
	}
}

/* Another clause; texts that are alternatives of each other are one. False:
 * there is no room. */
static bool
add_clause(
    struct clause *out, size_t *n, size_t most, const struct clause *another)
{
	for (size_t i = 0; i < *n; i++)
		if (piece_unite_exact(&out[i].piece, &another->piece)) {
			out[i].met |= another->met;
			return true;
		}
	if (*n == most)
		return false;
	out[(*n)++] = *another;
	return true;
}

/* Adds the clauses of a sequence, as one where there is no room for all.
 * False: there is none for that. */
static bool
sequence_clauses(struct parser *x, struct clause *out, size_t *n, size_t most,
    bool alternative)
{
	struct clause *scratch;
	struct courses c = {.n = 1, .most = most};
	bool fits = true;

	if (alternative && most > ALTERNATIVE_CLAUSES)
		c.most = ALTERNATIVE_CLAUSES;
	/* Large, and most of them are not used. */
	scratch = mem_resize(NULL, c.most * sizeof(*scratch));
	c.at = mem_resize(NULL, c.most * sizeof(*c.at));
	c.met = mem_alloc(c.most * sizeof(*c.met));
	sequence_begin(&c.at[0], bars_of(x));
	while (!x->lost && x->i < x->len && peek(x) != '|' && peek(x) != ')')
		parse_course(x, &c, scratch);
	if (*n + c.n > most) {
		courses_unite(&c, scratch);
		fits = add_clause(out, n, most, scratch);
		c.n = 0;
	}
	for (size_t i = 0; i < c.n; i++) {
		sequence_end(&c.at[i], &scratch->piece);
		scratch->met = c.met[i];
		fits &= add_clause(out, n, most, scratch);
	}
	free(c.met);
	free(c.at);
	free(scratch);
	return fits;
}

/* The same of an alternation. */
static bool
clauses_of(struct parser *x, struct clause *out, size_t *n, size_t most)
{
	const size_t first = part_end(x, '|');
	const bool choice = first < x->len && x->at[first] == '|';
	bool fits = sequence_clauses(x, out, n, most, choice);

	while (fits && !x->lost && peek(x) == '|') {
		x->i++;
		fits = sequence_clauses(x, out, n, most, choice);
	}
	return fits && !x->lost;
}

/* Puts them into out; 0: the pattern as one says as much. */
static size_t
split(const uint16_t *source, size_t len, struct required_memo *memo,
    struct required *out)
{
	struct clause *all = mem_resize(NULL, REQUIRED_CLAUSES * sizeof(*all));
	struct parser x = {.at = source, .len = len, .memo = memo};
	size_t n = 0;
	bool tells = clauses_of(&x, all, &n, REQUIRED_CLAUSES) &&
	    x.i == x.len && n > 1;

	for (size_t i = 0; i < n && tells; i++) {
		piece_loosen(&all[i].piece);
		required_copy(&out[i], &all[i].piece.r);
		tell_lines(all[i].met, &out[i]);
		out[i].bars = &memo->bars;
		tells = out[i].n > 0;
	}
	free(all);
	return tells ? n : 0;
}

size_t
required_clauses(const uint16_t *source, size_t len, struct required_memo *memo,
    const struct required **out, struct required_starts *starts)
{
	struct required whole;
	const bool any = required_find(source, len, memo, &whole);
	size_t n;

	if (memo->clauses == NULL)
		memo->clauses = mem_resize(
		    NULL, REQUIRED_CLAUSES * sizeof(*memo->clauses));
	*out = memo->clauses;
	*starts = whole.starts;
	if (!any)
		return 0;
	n = split(source, len, memo, memo->clauses);
	if (n > 0)
		return n;
	memo->clauses[0] = whole;
	return 1;
}
