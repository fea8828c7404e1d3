#include "rule/literal.h"

#include "base/mem.h"
#include "text/class.h"
#include "text/utf8.h"

struct lexer {
	const struct literal_spec *spec;
	struct span src;
	size_t i;         /* byte that is looked at */
	size_t run;       /* where the run of literals began */
	struct view form; /* scratch */
	struct view *out;
	size_t *offset;
	struct err *err;
};

/* Room for n units, and one behind the last. */
static void
make_room(struct view *v, size_t n)
{
	size_t cap = v->cap;

	if (v->len + n + 1 <= v->cap)
		return;
	v->at = mem_grow(v->at, &cap, v->len + n + 1, sizeof(*v->at));
	v->raw = mem_resize(v->raw, cap * sizeof(*v->raw));
	v->cap = cap;
}

static inline void
set_unit(struct view *v, uint16_t unit, size_t byte)
{
	v->at[v->len] = unit;
	v->raw[v->len++] = (uint32_t)byte;
}

static void
put_unit(struct view *v, uint16_t unit, size_t byte)
{
	make_room(v, 1);
	set_unit(v, unit, byte);
}

static void
put_ascii(struct lexer *x, const char *s, size_t byte)
{
	for (; *s != '\0'; s++)
		put_unit(x->out, (uint16_t)*s, byte);
}

/* Copies the source up to byte end as it was written. */
static void
copy(struct lexer *x, size_t end)
{
	const char *at = x->src.at + x->i;

	if (end > x->src.len)
		end = x->src.len;
	/* Never more units than bytes, but for a character cut by end. */
	make_room(x->out, end - x->i + 1);
	while (x->i < end) {
		uint32_t c = utf8_next(&at);

		if (c > 0xffff) {
			set_unit(x->out, (uint16_t)(0xd7c0 + (c >> 10)), x->i);
			c = 0xdc00 | (c & 0x3ff);
		}
		set_unit(x->out, (uint16_t)c, x->i);
		x->i = (size_t)(at - x->src.at);
	}
	x->run = x->i;
}

/* Behind the next c at or behind byte from; the end where there is none. */
static size_t
behind(const struct lexer *x, size_t from, char c)
{
	while (from < x->src.len && x->src.at[from] != c)
		from++;
	return from < x->src.len ? from + 1 : x->src.len;
}

static char
peek(const struct lexer *x, size_t ahead)
{
	return x->i + ahead < x->src.len ? x->src.at[x->i + ahead] : '\0';
}

static size_t
next_char(const struct lexer *x, size_t i)
{
	const char *at = x->src.at + i;

	utf8_next(&at);
	return (size_t)(at - x->src.at);
}

static bool
in_set(uint32_t c, const char *set)
{
	return c != 0 && c < 0x80 && strchr(set, (int)c) != NULL;
}

static bool
is_ascii(struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.at[i] >= 0x80)
			return false;
	}
	return true;
}

/* Composes with what stands before it: sound marks and accents. */
static bool
is_mark(uint32_t c)
{
	return c == 0x3099 || c == 0x309a || c == 0xff9e || c == 0xff9f ||
	    (c >= 0x300 && c <= 0x36f);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The source's bytes from..to in the form of the view, in x->form. */
static void
make_form(struct lexer *x, size_t from, size_t to)
{
	struct span s = {x->src.at + from, to - from};

	if (x->spec->folded)
		view_folded(x->spec->viewer, x->spec->fold, s, &x->form);
	else
		view_plain(x->spec->viewer, s, &x->form);
}

/* Puts x->form; what would mean something to PCRE2 is escaped. */
static void
put_form(struct lexer *x, size_t from, const char *meta)
{
	for (size_t i = 0; i < x->form.len; i++) {
		size_t byte = from + x->form.raw[i];

		if (in_set(x->form.at[i], meta))
			put_unit(x->out, '\\', byte);
		put_unit(x->out, x->form.at[i], byte);
	}
}

static const char meta_text[] = "\\^$.[]|()?*+{}# \t";
static const char meta_class[] = "\\^-[]";

/* What a quantifier behind it repeats: the last character, as one thing. */
static void
put_repeated(struct lexer *x, size_t from, size_t to)
{
	make_form(x, from, to);
	if (view_points(&x->form) == 1) {
		put_form(x, from, meta_text);
		return;
	}
	put_ascii(x, "(?:", from);
	put_form(x, from, meta_text);
	put_ascii(x, ")", from);
}

/* Puts bytes from..to where the plain view has each unit as it is: false, and
 * nothing was put: it has another. None of them means anything to PCRE2. */
static bool
put_plain(struct lexer *x, size_t from, size_t to)
{
	const char *at = x->src.at + from, *end = x->src.at + to;
	const size_t before = x->out->len;

	make_room(x->out, to - from);
	while (at < end) {
		const size_t byte = (size_t)(at - x->src.at);
		uint32_t c = utf8_next(&at);

		if (c > 0xffff || !unit_is_plain((uint16_t)c)) {
			x->out->len = before;
			return false;
		}
		set_unit(x->out, (uint16_t)c, byte);
	}
	return true;
}

/* The run of literals up to here; repeated: a quantifier follows it. */
static void
end_run(struct lexer *x, bool repeated)
{
	size_t end = x->i, cut = end;

	if (is_ascii((struct span){x->src.at + x->run, end - x->run})) {
		x->i = x->run;
		copy(x, end);
		return;
	}
	if (!x->spec->folded && put_plain(x, x->run, end)) {
		x->run = end;
		return;
	}
	while (repeated && cut > x->run) {
		cut = utf8_before(x->src, cut);
		if (!is_mark(utf8_at(x->src, cut)))
			break;
	}
	make_form(x, x->run, cut);
	put_form(x, x->run, meta_text);
	if (cut < end)
		put_repeated(x, cut, end);
	x->run = end;
}

/* Bytes of the quantifier in braces at the lexer; 0: it is none. */
static size_t
braces(const struct lexer *x)
{
	size_t i = x->i + 1, digits = 0;

	for (;
	     i < x->src.len && (is_digit(x->src.at[i]) || x->src.at[i] == ',');
	     i++)
		digits += is_digit(x->src.at[i]);
	if (digits == 0 || i == x->src.len || x->src.at[i] != '}')
		return 0;
	return i + 1 - x->i;
}

/* Where a backslash and what belongs to it ends. */
static size_t
escape_end(const struct lexer *x)
{
	static const char open[] = "{<'", shut[] = "}>'";
	char c = peek(x, 1);
	const char *o;

	if (c == 'Q') {
		size_t i = x->i + 2;

		while (i < x->src.len &&
		    !span_starts((struct span){x->src.at + i, x->src.len - i},
			SPAN("\\E")))
			i++;
		return i + 2;
	}
	if (c == 'c')
		return x->i + 3;
	if (in_set((uint32_t)c, "xopPNgk") && peek(x, 2) != '\0' &&
	    (o = strchr(open, peek(x, 2))) != NULL)
		return behind(x, x->i + 3, shut[o - open]);
	return x->i + 2;
}

static void
lex_escape(struct lexer *x)
{
	/* A backslash before a character that never has a meaning. */
	if ((unsigned char)peek(x, 1) >= 0x80) {
		x->run = ++x->i;
		x->i = next_char(x, x->i);
		return;
	}
	copy(x, escape_end(x));
}

/* Where "(?" and what belongs to it ends. */
static size_t
group_end(const struct lexer *x)
{
	char c = peek(x, 2), d = peek(x, 3);
	size_t i = x->i + 2;

	if (c == '<' && !in_set((uint32_t)d, "=!*"))
		return behind(x, i, '>');
	if (c == '<')
		return i + 2;
	if (c == '\'')
		return behind(x, i + 1, '\'');
	if (c == 'P')
		return behind(x, i, d == '<' ? '>' : ')');
	if (c == '(')
		return in_set((uint32_t)d, "?*") ? i : behind(x, i, ')');
	if (in_set((uint32_t)c, "#C&R+") || is_digit(c) ||
	    (c == '-' && is_digit(d)))
		return behind(x, i, ')');
	while (i < x->src.len &&
	    (in_set((uint32_t)x->src.at[i], "^-") ||
		(x->src.at[i] >= 'A' && x->src.at[i] <= 'Z') ||
		(x->src.at[i] >= 'a' && x->src.at[i] <= 'z')))
		i++;
	return i + 1;
}

static void
lex_group(struct lexer *x)
{
	char c = peek(x, 2);

	if (peek(x, 1) == '?')
		copy(x, group_end(x));
	else if (peek(x, 1) == '*')
		copy(x, behind(x, x->i, c >= 'a' && c <= 'z' ? ':' : ')'));
	else
		copy(x, x->i + 1);
}

/* A literal in a class, with the marks that compose with it. */
static int
lex_member(struct lexer *x)
{
	size_t from = x->i, end = next_char(x, from);

	while (end < x->src.len && is_mark(utf8_at(x->src, end)))
		end = next_char(x, end);
	make_form(x, from, end);
	if (view_points(&x->form) > 1) {
		*x->offset = from;
		return fail(x->err,
		    "\"%.*s\" stands for several characters "
		    "and cannot be in a class: write it as an alternative",
		    (int)(end - from), x->src.at + from);
	}
	if (x->form.len == 0 || end == from + 1) {
		copy(x, end);
		return 0;
	}
	put_form(x, from, meta_class);
	x->i = x->run = end;
	return 0;
}

/* Bytes of "[:alpha:]" at the lexer; 0: there is none. */
static size_t
posix_class(const struct lexer *x)
{
	size_t i = x->i + 2;

	if (!in_set((uint32_t)peek(x, 1), ":.="))
		return 0;
	while (
	    i + 1 < x->src.len && x->src.at[i] != ']' && x->src.at[i] != '[') {
		if (x->src.at[i] == peek(x, 1) && x->src.at[i + 1] == ']')
			return i + 2 - x->i;
		i++;
	}
	return 0;
}

static int
lex_in_class(struct lexer *x)
{
	char c = peek(x, 0);
	size_t posix = posix_class(x);

	if (c == '\\' && (unsigned char)peek(x, 1) < 0x80) {
		copy(x, escape_end(x));
		return 0;
	}
	if (c == '[') {
		copy(x, x->i + (posix > 0 ? posix : 1));
		return 0;
	}
	if (c == '\\')
		x->i++;
	return lex_member(x);
}

static int
lex_class(struct lexer *x)
{
	copy(x, x->i + (peek(x, 1) == '^' ? 2 : 1));
	if (peek(x, 0) == ']')
		copy(x, x->i + 1);
	while (x->i < x->src.len && peek(x, 0) != ']') {
		if (lex_in_class(x) == -1)
			return -1;
	}
	copy(x, x->i + 1);
	return 0;
}

/* A blank between Japanese letters: the view has none there. */
static bool
is_inner_blank(const struct lexer *x)
{
	return peek(x, 0) == ' ' && x->i > x->run && x->i + 1 < x->src.len &&
	    utf8_at(x->src, utf8_before(x->src, x->i)) >= 0x3041 &&
	    utf8_at(x->src, x->i + 1) >= 0x3041;
}

/* Is it a literal wherever it stands? */
static bool
is_literal(uint32_t c)
{
	static const uint64_t low = 1ull << '(' | 1ull << '$' | 1ull << '.' |
	    1ull << ')' | 1ull << '*' | 1ull << '+' | 1ull << '?' |
	    1ull << '#' | 1ull << ' ' | 1ull << '\t' | 1ull << '\n' |
	    1ull << '\r' | 1ull << '\v' | 1ull << '\f';

	if (c < 64)
		return (low >> c & 1) == 0;
	return c != '\\' && c != '[' && c != '^' && c != '|' && c != '{';
}

static int
lex(struct lexer *x)
{
	uint32_t c = utf8_at(x->src, x->i);
	size_t n = c == '{' ? braces(x) : 1;

	if (is_literal(c) || n == 0 || is_inner_blank(x)) {
		x->i = next_char(x, x->i);
		return 0;
	}
	end_run(x, in_set(c, "*+?{"));
	if (c == '[')
		return lex_class(x);
	if (c == '\\')
		lex_escape(x);
	else if (c == '(')
		lex_group(x);
	else
		copy(x, x->i + n);
	return 0;
}

/* Is it what it would become, as most patterns in Japanese are? Nothing that
 * has another form, and outside of classes no blank that the view has not. */
static bool
is_normal(const struct lexer *x)
{
	const char *at = x->src.at, *end = x->src.at + x->src.len;
	bool letter = false, class = false; /* before it; within one */

	while (at < end) {
		uint32_t c = utf8_next(&at);

		if (c < 0x80 ? (c >= 'A' && c <= 'Z') || c == '#' :
			       c > 0xffff || !unit_is_plain((uint16_t)c))
			return false;
		if (c == ' ' && letter && !class && at < end &&
		    (unsigned char)*at >= 0x80)
			return false;
		letter = c >= 0x80;
		class = class ? c != ']' : c == '[';
		/* What is escaped is looked at as the next one is. */
		if (c == '\\' && at < end &&
		    (*at == '[' || *at == ']' || *at == '\\'))
			at++;
	}
	return true;
}

static int
lex_all(struct lexer *x)
{
	if (x->spec->all) {
		make_form(x, 0, x->src.len);
		put_form(x, 0, meta_text);
		return 0;
	}
	if (!x->spec->folded && is_normal(x)) {
		copy(x, x->src.len);
		return 0;
	}
	while (x->i < x->src.len) {
		if (lex(x) == -1)
			return -1;
	}
	end_run(x, false);
	return 0;
}

int
literal_normalize(const struct literal_spec *spec, struct span source,
    struct view *out, size_t *offset, struct err *err)
{
	struct lexer x = {.spec = spec,
	    .src = source,
	    .out = out,
	    .offset = offset,
	    .err = err};
	int rc;

	out->len = 0;
	rc = lex_all(&x);
	put_unit(out, 0, source.len);
	out->len--;
	view_free(&x.form);
	return rc;
}
