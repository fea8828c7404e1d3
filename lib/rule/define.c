#include "rule/define.h"

#include "base/buf.h"
#include "rule/regex.h"

/* Definitions of definitions could double without end. */
enum { WRITTEN_OUT_MAX = 65536 /* bytes */ };

/* One reference: (?&name) at from, up to to. */
struct reference {
	size_t from, to;
	struct span name;
};

/* Behind the set that begins at i; the first character may be a ]. */
static size_t
set_end(struct span s, size_t i)
{
	i += i + 1 < s.len && s.at[i + 1] == '^' ? 2 : 1;
	for (bool first = true; i < s.len; i++, first = false) {
		if (s.at[i] == '\\')
			i++;
		else if (s.at[i] == ']' && !first)
			return i + 1;
	}
	return s.len;
}

static bool
next_reference(struct span s, size_t i, struct reference *out)
{
	while (i < s.len) {
		struct span rest = {s.at + i, s.len - i};

		if ((unsigned char)*rest.at > '\\') {
			i++; /* most are Japanese letters */
		} else if (*rest.at == '\\') {
			i += 2;
		} else if (*rest.at == '[') {
			i = set_end(s, i);
		} else if (*rest.at == '(' && span_starts(rest, SPAN("(?&"))) {
			out->from = i;
			out->name = (struct span){rest.at + 3, rest.len - 3};
			out->name.len = span_find(out->name, ')');
			out->to = i + 3 + out->name.len + 1;
			return out->to <= s.len;
		} else {
			i++;
		}
	}
	return false;
}

static size_t
find_definition(const struct definitions *d, struct span name)
{
	size_t i = 0;

	while (i < d->n && !span_eq(d->names[i], name))
		i++;
	return i;
}

static void
note_unknown(struct reader *r, const struct node *n, struct span name)
{
	const struct definitions *d = r->defined;
	struct node at = *n;
	const char **names = arena_alloc(
	    &r->mistakes->arena, (d->n + 1) * sizeof(*names));

	for (size_t i = 0; i < d->n; i++)
		names[i] = arena_cstr(&r->mistakes->arena, d->names[i]);
	at.text = name;
	mistake_unknown(r, &at, "definition", names, d->n);
}

static bool
add(struct reader *r, const struct node *n, struct buf *b, struct span s)
{
	if (b->len + s.len > WRITTEN_OUT_MAX) {
		mistake(r, n,
		    "more than %d bytes with its definitions written out",
		    WRITTEN_OUT_MAX);
		return false;
	}
	buf_add(b, s);
	return true;
}

/* Does the pattern define a group of that name itself, as PCRE2 has it? */
static bool
has_group(struct reader *r, struct span s, struct span name)
{
	const char *text = arena_cstr(&r->mistakes->arena, s);
	const char *group = arena_printf(
	    &r->mistakes->arena, "<%.*s>", SPAN_FMT(name));

	return strstr(text, group) != NULL;
}

static bool
add_reference(struct reader *r, const struct node *n, struct buf *b,
    struct span s, const struct reference *ref)
{
	const struct definitions *d = r->defined;
	size_t i = find_definition(d, ref->name);

	if (i < d->n) {
		d->used[i] = true;
		return add(r, n, b, SPAN("(?:")) && add(r, n, b, d->texts[i]) &&
		    add(r, n, b, SPAN(")"));
	}
	if (has_group(r, s, ref->name))
		return add(r, n, b,
		    (struct span){s.at + ref->from, ref->to - ref->from});
	note_unknown(r, n, ref->name);
	return false;
}

static bool
write_out(struct reader *r, const struct node *n, struct span s, struct buf *b)
{
	struct reference ref;
	size_t i = 0;

	for (; next_reference(s, i, &ref); i = ref.to) {
		struct span before = {s.at + i, ref.from - i};

		if (!add(r, n, b, before) || !add_reference(r, n, b, s, &ref))
			return false;
	}
	return add(r, n, b, (struct span){s.at + i, s.len - i});
}

bool
definitions_write_out(
    struct reader *r, const struct node *n, struct span s, struct span *out)
{
	struct reference ref;
	struct buf b = {0};
	bool good;

	*out = s;
	if (r->defined == NULL || !next_reference(s, 0, &ref))
		return true;
	good = write_out(r, n, s, &b);
	*out = arena_dup(r->arena, buf_span(&b));
	buf_free(&b);
	return good;
}

size_t
definitions_origin(const struct definitions *d, struct span s, size_t byte)
{
	struct reference ref;
	size_t i = 0, len = 0;

	if (d == NULL)
		return byte;
	for (; next_reference(s, i, &ref); i = ref.to) {
		size_t k = find_definition(d, ref.name);

		if (byte < len + (ref.from - i))
			break;
		len += ref.from - i;
		len += k < d->n ? d->texts[k].len + sizeof("(?:)") - 1 :
				  ref.to - ref.from;
		if (byte < len)
			return ref.from;
	}
	return i + (byte - len) < s.len ? i + (byte - len) : s.len;
}

/* Each may use those above it, so that none comes back to itself. */
void
read_definitions(struct reader *r, const struct node *n, struct definitions *d)
{
	struct span s;

	if (n == NULL || !read_ids(r, n))
		return;
	d->names = arena_alloc(r->arena, (n->n + 1) * sizeof(*d->names));
	d->texts = arena_alloc(r->arena, (n->n + 1) * sizeof(*d->texts));
	d->used = arena_alloc(r->arena, (n->n + 1) * sizeof(*d->used));
	r->defined = d;
	for (size_t i = 0; i < n->n; i++) {
		d->used[i] = !read_text(r, n->items[i], &s) ||
		    !definitions_write_out(
			r, n->items[i], s, &d->texts[i]); /* told already */
		d->names[i] = n->keys[i]->text;
		d->n = i + 1;
	}
}

void
check_unused_definitions(
    struct reader *r, const struct node *n, const struct definitions *d)
{
	for (size_t i = 0; i < d->n; i++) {
		if (d->used[i])
			continue;
		read_regex(r, n->items[i], 0);
		warning(r, n->keys[i], "definition \"%.*s\" is used nowhere",
		    SPAN_FMT(d->names[i]));
	}
}
