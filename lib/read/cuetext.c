#include "read/cuetext.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

/* In the order in which they are looked for. */
enum tag {
	TAG_V,
	TAG_C,
	TAG_I,
	TAG_B,
	TAG_U,
	TAG_RUBY,
	TAG_RT,
	TAG_LANG,
	TAG_NONE
};

static const struct span tag_names[TAG_NONE] = {{"v", 1}, {"c", 1}, {"i", 1},
    {"b", 1}, {"u", 1}, {"ruby", 4}, {"rt", 2}, {"lang", 4}};

/* An open tag; what is said in it is said in the voice. */
struct cuenode {
	enum tag tag;
	size_t voice, voice_len;
	uint64_t number; /* as struct cuepart has it */
};

enum {
	NAMES_ENOUGH = 4096, /* bytes of them that are kept */
	ROOM = 512           /* to begin with */
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static enum tag
tag_named(struct span name)
{
	for (int i = 0; i < TAG_NONE; i++)
		if (span_eq(name, tag_names[i]))
			return (enum tag)i;
	return TAG_NONE;
}

/* The innermost open tag; one that stands for none where none is open. */
static struct cuenode
current(const struct cuetext *t)
{
	return t->depth > 0 ? t->nodes[t->depth - 1] :
			      (struct cuenode){.tag = TAG_NONE};
}

static void
open_tag(struct cuetext *t, struct cuenode node)
{
	t->nodes = mem_grow(
	    t->nodes, &t->nodes_cap, t->depth + 1, sizeof(*t->nodes));
	t->nodes[t->depth++] = node;
}

/* The text from byte from on is in the voice of the innermost <v>. */
static void
note_voice(struct cuetext *t, size_t from)
{
	const struct cuenode node = current(t);
	struct cuepart *last = t->n > 0 ? &t->parts[t->n - 1] : NULL;
	size_t len = t->text.len - from;

	if (len == 0)
		return;
	if (last != NULL &&
	    span_eq((struct span){t->names.at + last->voice, last->voice_len},
		(struct span){t->names.at + node.voice, node.voice_len})) {
		last->text_len += len;
		return;
	}
	t->parts = mem_grow(t->parts, &t->cap, t->n + 1, sizeof(*t->parts));
	t->parts[t->n++] = (struct cuepart){
	    from, len, node.voice, node.voice_len, node.number};
}

/* Text up to the next tag; returns where that begins. */
static size_t
read_text(struct cuetext *t, struct span raw, size_t i)
{
	size_t from = t->text.len;
	struct span rest = {raw.at + i, raw.len - i};

	if (*rest.at == '<')
		return i;
	rest.len = span_find(rest, '<');
	while (rest.len > 0) {
		size_t n = *rest.at == '&' ? charref(rest, 0, &t->text) : 0;

		if (n == 0) {
			struct span behind = {rest.at + 1, rest.len - 1};

			n = 1 + span_find(behind, '&');
			buf_add(&t->text, (struct span){rest.at, n});
		}
		rest = (struct span){rest.at + n, rest.len - n};
	}
	note_voice(t, from);
	return (size_t)(rest.at - raw.at);
}

/* An annotation with its references put in. */
static struct span
unreferenced(struct cuetext *t, struct span s)
{
	struct buf *b = &t->scratch;

	if (span_find(s, '&') == s.len)
		return s;
	buf_reset(b);
	for (size_t i = 0; i < s.len;) {
		struct span rest = {s.at + i, s.len - i};
		size_t n = s.at[i] == '&' ? charref(rest, '>', b) : 0;

		if (n == 0)
			buf_addc(b, s.at[i]);
		i += n > 0 ? n : 1;
	}
	return buf_span(b);
}

/* A tag's annotation, blanks run together, appended to the names. */
static void
read_annotation(struct cuetext *t, struct span s)
{
	char *first, *to;
	bool apart = false;

	s = unreferenced(t, s);
	first = to = buf_room(&t->names, s.len);
	for (size_t i = 0; i < s.len; i++) {
		if (is_space(s.at[i])) {
			apart = to > first;
			continue;
		}
		if (apart)
			*to++ = ' ';
		*to++ = s.at[i];
		apart = false;
	}
	t->names.len += (size_t)(to - first);
}

/* "name.class annotation": only a voice's annotation is of use. */
static void
start_tag(struct cuetext *t, struct span tag)
{
	struct cuenode node = current(t);
	size_t name = 0, end;

	while (name < tag.len && !is_space(tag.at[name]) && tag.at[name] != '.')
		name++;
	for (end = name; end < tag.len && !is_space(tag.at[end]);)
		end++;
	node.tag = tag_named((struct span){tag.at, name});
	if (node.tag == TAG_NONE ||
	    (node.tag == TAG_RT && current(t).tag != TAG_RUBY))
		return;
	if (node.tag == TAG_V) {
		node.voice = t->names.len;
		node.number = ++t->nvoices;
		read_annotation(t, (struct span){tag.at + end, tag.len - end});
		node.voice_len = t->names.len - node.voice;
	}
	open_tag(t, node);
}

/* The tag, with its < and >, has opened the innermost voice. */
static void
keep_voice(struct cuetext *t, struct span tag)
{
	const struct cuenode node = current(t);

	t->voices[(node.number - 1) % CUEVOICES] = (struct cuevoice){
	    t->names.len, tag.len, node.voice, node.voice_len, node.number};
	buf_add(&t->names, tag);
}

/* A tag that has been met opens its voice; returns its length; 0: none. */
static size_t
open_known(struct cuetext *t, struct span raw)
{
	for (size_t i = 0; i < CUEVOICES; i++) {
		const struct cuevoice *v = &t->voices[i];
		const struct span tag = {t->names.at + v->tag, v->tag_len};

		if (tag.len == 0 || !span_starts(raw, tag))
			continue;
		open_tag(t,
		    (struct cuenode){TAG_V, v->name, v->name_len, v->number});
		return tag.len;
	}
	return 0;
}

/* An end tag that fits the innermost open tag closes it; </ruby> also closes
 * an open <rt>; all others are ignored. */
static void
end_tag(struct cuetext *t, enum tag tag)
{
	enum tag inner = current(t).tag;

	if (tag == TAG_NONE)
		return;
	if (tag == inner)
		t->depth--;
	else if (tag == TAG_RUBY && inner == TAG_RT)
		t->depth -= 2;
}

/* A tag without < and >: its first character says of which kind. */
static void
read_tag(struct cuetext *t, struct span tag)
{
	if (tag.len == 0 || (tag.at[0] >= '0' && tag.at[0] <= '9'))
		return; /* nothing, or a timestamp */
	if (tag.at[0] == '/')
		end_tag(t, tag_named((struct span){tag.at + 1, tag.len - 1}));
	else
		start_tag(t, tag);
}

/* The tag at the beginning; returns its length. */
static size_t
take_tag(struct cuetext *t, struct span raw)
{
	static const struct span close = SPAN("</v>");
	const uint64_t before = t->nvoices;
	size_t end;

	if (span_starts(raw, close)) {
		end_tag(t, TAG_V);
		return close.len;
	}
	end = open_known(t, raw);
	if (end > 0)
		return end;
	end = span_find(raw, '>');
	read_tag(t, (struct span){raw.at + 1, end - 1});
	if (end == raw.len)
		return end;
	if (t->nvoices > before)
		keep_voice(t, (struct span){raw.at, end + 1});
	return end + 1;
}

static void
begin(struct cuetext *t, size_t len)
{
	buf_reset(&t->text);
	buf_room(&t->text, len < ROOM ? ROOM : len);
	t->n = t->depth = 0;
	if (t->names.len > 0 && t->names.len < NAMES_ENOUGH)
		return;
	buf_reset(&t->names);
	buf_room(&t->names, ROOM);
	memset(t->voices, 0, sizeof(t->voices));
}

void
cuetext_parse(struct cuetext *t, struct span raw)
{
	size_t i = 0;

	begin(t, raw.len);
	while (i < raw.len) {
		i = read_text(t, raw, i);
		if (i < raw.len)
			i += take_tag(
			    t, (struct span){raw.at + i, raw.len - i});
	}
}

void
cuetext_free(struct cuetext *t)
{
	buf_free(&t->text);
	buf_free(&t->names);
	buf_free(&t->scratch);
	free(t->parts);
	free(t->nodes);
}
