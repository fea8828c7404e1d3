#include "rule/guard.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/class.h"

enum {
	GUARD_FROM = 12, /* alternatives: fewer are tried as fast */
	GUARD_UNITS = 96,
	DEPTH_MAX = 60
};

/* Units that something can begin with. */
struct firsts {
	uint16_t at[GUARD_UNITS];
	size_t n;
	bool any;   /* others, too */
	bool empty; /* it may match nothing */
};

/* What is put in front of a unit: a guard with "(?:", or the ")" of that. */
struct guard {
	size_t at;
	struct firsts *firsts; /* NULL: the end of one */
};

struct scan {
	const uint16_t *at;
	size_t len, i;
	unsigned depth;
	bool lost; /* met what is not understood */
	struct guard *guards;
	size_t n, cap;
};

static uint16_t
unit(const struct scan *x, size_t ahead)
{
	return x->len - x->i > ahead ? x->at[x->i + ahead] : 0;
}

static bool
is_of(uint16_t c, const char *set)
{
	return c != 0 && c < 0x80 && strchr(set, (int)c) != NULL;
}

static void
add(struct firsts *f, uint16_t c)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->at[i] == c)
			return;
	/* Half a character is none; some mean something in a class. */
	if (f->n == GUARD_UNITS || (c & 0xf800) == 0xd800 || is_of(c, "^-]\\["))
		f->any = true;
	else
		f->at[f->n++] = c;
}

static void
add_all(struct firsts *f, const struct firsts *also)
{
	for (size_t i = 0; i < also->n; i++)
		add(f, also->at[i]);
	f->any |= also->any;
}

static void scan_choice(struct scan *, struct firsts *, bool guarded);

/* A class of single characters, or of any. */
static void
scan_class(struct scan *x, struct firsts *f)
{
	x->i++;
	f->any = unit(x, 0) == '^';
	x->i += f->any;
	for (bool first = true; !x->lost; first = false) {
		const uint16_t c = unit(x, 0);

		if (c == 0 || c == '[') {
			x->lost = true; /* no end; perhaps [:alpha:] */
		} else if (c == ']' && !first) {
			break;
		} else if (c == '\\') {
			f->any = true;
			x->lost = is_of(unit(x, 1), "QE") || unit(x, 1) == 0;
			x->i += 2;
			continue;
		} else if (c == '-' && !first) {
			f->any = true;
		}
		add(f, c);
		x->i++;
	}
	x->i++;
}

/* Behind "(": true: what is in it is not consumed. */
static bool
scan_head(struct scan *x, bool *behind)
{
	*behind = false;
	if (unit(x, 0) != '?') {
		x->lost = unit(x, 0) == '*';
		return false;
	}
	x->i++;
	if (is_of(unit(x, 0), ":>")) {
		x->i++;
		return false;
	}
	if (unit(x, 0) == '<' && is_of(unit(x, 1), "=!")) {
		*behind = true;
		x->i++;
	} else if (!is_of(unit(x, 0), "=!")) {
		x->lost = true; /* names, options, conditions, recursion */
	}
	x->i++;
	return true;
}

static void
scan_group(struct scan *x, struct firsts *f)
{
	bool behind, looks;

	x->i++;
	looks = scan_head(x, &behind);
	if (x->lost || ++x->depth > DEPTH_MAX) {
		x->lost = true;
		return;
	}
	scan_choice(x, f, !behind);
	x->depth--;
	x->lost |= unit(x, 0) != ')';
	x->i++;
	if (looks)
		*f = (struct firsts){.empty = true};
}

static void
scan_escape(struct scan *x, struct firsts *f)
{
	const uint16_t c = unit(x, 1);

	x->i += 2;
	if (is_of(c, "bBAzZ"))
		f->empty = true;
	else if (is_of(c, "wWdDsShHvVnNtR"))
		f->any = true;
	else if (c == 0 || unit_is_alnum(c))
		x->lost = true;
	else
		add(f, c);
}

static void
scan_atom(struct scan *x, struct firsts *f)
{
	const uint16_t c = unit(x, 0);

	*f = (struct firsts){0};
	if (c == '(') {
		scan_group(x, f);
	} else if (c == '[') {
		scan_class(x, f);
	} else if (c == '\\') {
		scan_escape(x, f);
	} else {
		if (c == '^' || c == '$')
			f->empty = true;
		else if (c == '.')
			f->any = true;
		else
			add(f, c);
		x->i++;
	}
}

/* "{" with numbers: true: it may be none. */
static bool
scan_braces(struct scan *x)
{
	size_t i = 1;
	bool none = true;

	for (; is_of(unit(x, i), "0123456789"); i++)
		none &= unit(x, i) == '0';
	/* As a character, or as newer versions have it. */
	x->lost = i == 1;
	while (is_of(unit(x, i), "0123456789,"))
		i++;
	x->lost |= unit(x, i) != '}';
	x->i += i + 1;
	return none;
}

/* Does what stands in front of it may match nothing by it? */
static bool
scan_quantifier(struct scan *x)
{
	const uint16_t c = unit(x, 0);
	bool none = c == '?' || c == '*';

	if (c == '{')
		none = scan_braces(x);
	else if (none || c == '+')
		x->i++;
	else
		return false;
	x->i += is_of(unit(x, 0), "?+");
	return none;
}

static void
scan_sequence(struct scan *x, struct firsts *f)
{
	struct firsts one;
	bool open = true; /* nothing is consumed so far */

	while (!x->lost && x->i < x->len && !is_of(unit(x, 0), "|)")) {
		scan_atom(x, &one);
		one.empty |= scan_quantifier(x);
		if (open)
			add_all(f, &one);
		open &= one.empty;
	}
	f->empty |= open;
}

static void
put(struct scan *x, size_t at, struct firsts *f)
{
	x->guards = mem_grow(x->guards, &x->cap, x->n + 1, sizeof(*x->guards));
	x->guards[x->n++] = (struct guard){at, f};
}

static void
put_guard(struct scan *x, size_t from, const struct firsts *f)
{
	struct firsts *copy = mem_resize(NULL, sizeof(*copy));

	*copy = *f;
	put(x, from, copy);
	put(x, x->i, NULL);
}

static void
scan_choice(struct scan *x, struct firsts *f, bool guarded)
{
	const size_t from = x->i;
	size_t n = 1;

	*f = (struct firsts){0};
	scan_sequence(x, f);
	for (; !x->lost && unit(x, 0) == '|'; n++) {
		x->i++;
		scan_sequence(x, f);
	}
	if (guarded && n >= GUARD_FROM && n > f->n / 4 && !f->any && !f->empty)
		put_guard(x, from, f);
}

static void
put_units(struct buf *b, const uint16_t *at, size_t n)
{
	buf_add(b, (struct span){(const char *)at, n * sizeof(*at)});
}

static int
by_place(const void *a, const void *b)
{
	const struct guard *one = a, *other = b;

	return (one->at > other->at) - (one->at < other->at);
}

static void
put_before(const struct guard *g, struct buf *out)
{
	static const uint16_t begin[] = {'(', '?', '=', '['},
			      end[] = {']', ')', '(', '?', ':'}, close = ')';

	if (g->firsts == NULL) {
		put_units(out, &close, 1);
		return;
	}
	put_units(out, begin, sizeof(begin) / sizeof(*begin));
	put_units(out, g->firsts->at, g->firsts->n);
	put_units(out, end, sizeof(end) / sizeof(*end));
}

static void
put_guarded(const struct scan *x, struct buf *out)
{
	size_t done = 0;

	for (size_t i = 0; i < x->n; i++) {
		put_units(out, x->at + done, x->guards[i].at - done);
		put_before(&x->guards[i], out);
		done = x->guards[i].at;
	}
	put_units(out, x->at + done, x->len - done);
}

bool
guard_alternatives(const uint16_t *source, size_t len, struct buf *out)
{
	struct scan x = {.at = source, .len = len};
	struct firsts f;
	bool guards;

	scan_choice(&x, &f, false);
	guards = !x.lost && x.i == len && x.n > 0;
	if (guards) {
		qsort(x.guards, x.n, sizeof(*x.guards), by_place);
		put_guarded(&x, out);
	}
	for (size_t i = 0; i < x.n; i++)
		free(x.guards[i].firsts);
	free(x.guards);
	return guards;
}
