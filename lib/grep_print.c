/*
 * Utterances as lines: source:line:conversation:time:speaker:text. One
 * utterance is one line: text/width.h says what stands for a line break.
 */
#include "base/quote.h"
#include "grep.h"
#include "text/utf8.h"
#include "text/width.h"

static const char match_color[] = "\033[1;31m", source_color[] = "\033[35m",
		  line_color[] = "\033[32m", mark_color[] = "\033[36m",
		  speaker_color[] = "\033[1m", plain_color[] = "\033[m";

static void
color(struct printer *p, const char *code)
{
	if (p->o->color)
		buf_adds(&p->line, code);
}

static void
end_line(struct printer *p)
{
	buf_addc(&p->line, '\n');
	fwrite(p->line.at, 1, p->line.len, p->o->out);
	buf_reset(&p->line);
}

static void
put(struct printer *p, const char *code, struct span text)
{
	if (text.len == 0)
		return;
	color(p, code);
	width_visible(text, &p->line);
	color(p, plain_color);
}

static void
separator(struct printer *p, bool context)
{
	put(p, mark_color, context ? SPAN("-") : SPAN(":"));
}

static void
put_source(struct printer *p, struct span source)
{
	color(p, source_color);
	buf_add(&p->line, source);
	color(p, plain_color);
}

/* Where, in which conversation, when and who; nothing at its end. */
static void
put_place(struct printer *p, const struct sighting *s)
{
	const struct utterance *u = s->u;
	struct buf *b = &p->text;

	buf_reset(b);
	if (p->o->source) {
		put_source(p, u->source);
		separator(p, s->context);
	}
	if (p->o->line) {
		buf_printf(b, "%llu", (unsigned long long)u->line);
		put(p, line_color, buf_span(b));
		separator(p, s->context);
		buf_reset(b);
	}
	width_visible(s->conversation, &p->line);
	separator(p, s->context);
	moment_print(u->start, false, b);
	buf_add(&p->line, buf_span(b));
	separator(p, s->context);
	put(p, speaker_color, u->speaker);
}

static void
put_prefix(struct printer *p, const struct sighting *s)
{
	if (p->o->bare)
		return;
	put_place(p, s);
	separator(p, s->context);
}

static struct span
piece(struct span text, size_t start, size_t end)
{
	return (struct span){text.at + start, end - start};
}

/* The next match that begins behind done; NULL: none. */
static const struct mark *
next_mark(const struct marks *m, size_t *i, size_t done)
{
	while (*i < m->n) {
		const struct mark *mark = &m->at[(*i)++];

		if (mark->start >= done && mark->end > mark->start)
			return mark;
	}
	return NULL;
}

void
print_utterance(struct printer *p, const struct sighting *s)
{
	const struct mark *m;
	size_t i = 0, done = 0;

	put_prefix(p, s);
	while (p->o->color && s->marks != NULL &&
	    (m = next_mark(s->marks, &i, done)) != NULL) {
		width_visible(piece(s->u->text, done, m->start), &p->line);
		put(p, match_color, piece(s->u->text, m->start, m->end));
		done = m->end;
	}
	width_visible(piece(s->u->text, done, s->u->text.len), &p->line);
	end_line(p);
}

void
print_matches(struct printer *p, const struct sighting *s)
{
	const struct mark *m;
	size_t i = 0, done = 0;

	while ((m = next_mark(s->marks, &i, done)) != NULL) {
		put_prefix(p, s);
		put(p, match_color, piece(s->u->text, m->start, m->end));
		done = m->end;
		end_line(p);
	}
}

static void
pad(struct printer *p, size_t columns)
{
	for (size_t i = 0; i < columns; i++)
		buf_addc(&p->line, ' ');
}

/* Bytes of a text that can stand on one side of a match, with marks that take
 * no room. */
static size_t
shown_most(const struct printer *p)
{
	return 16 * (size_t)p->o->kwic + 1024;
}

/* What stands before a match, cut at its left, aligned to its right. */
static void
put_left(struct printer *p, struct span raw)
{
	struct span s, cut;
	size_t wide, most = p->o->kwic;

	if (raw.len > shown_most(p))
		raw = piece(
		    raw, utf8_before(raw, raw.len - shown_most(p)), raw.len);
	buf_reset(&p->text);
	width_visible(raw, &p->text);
	s = buf_span(&p->text);
	wide = width_of(s);
	for (size_t drop = wide > most ? wide - most : 0; wide > most; drop++) {
		cut = width_prefix(s, drop);
		s = piece(buf_span(&p->text), cut.len, p->text.len);
		wide = width_of(s);
		if (wide > most)
			s = buf_span(&p->text);
	}
	pad(p, most - wide);
	buf_add(&p->line, s);
}

static void
put_right(struct printer *p, struct span raw)
{
	struct span s;

	if (raw.len > shown_most(p))
		raw.len = utf8_before(raw, shown_most(p));
	buf_reset(&p->text);
	width_visible(raw, &p->text);
	s = width_prefix(buf_span(&p->text), p->o->kwic);
	buf_add(&p->line, s);
	if (!p->o->bare)
		pad(p, p->o->kwic - width_of(s) + 2);
}

void
print_kwic(struct printer *p, const struct sighting *s)
{
	struct span text = s->u->text;
	const struct mark *m;
	size_t i = 0, done = 0;

	while ((m = next_mark(s->marks, &i, done)) != NULL) {
		put_left(p, piece(text, 0, m->start));
		pad(p, 1);
		put(p, match_color, piece(text, m->start, m->end));
		pad(p, 1);
		put_right(p, piece(text, m->end, text.len));
		if (!p->o->bare)
			put_place(p, s);
		done = m->end;
		end_line(p);
	}
}

static void
similarity(struct printer *p, const struct mark *m)
{
	unsigned milli = similarity_milli(m->said.similarity);

	buf_printf(&p->line, "%u.%03u", milli / 1000, milli % 1000);
}

/* What was said where it is the wording; else the two side by side. */
void
print_drift(struct printer *p, const struct sighting *s)
{
	for (size_t i = 0; i < s->marks->n; i++) {
		const struct mark *m = &s->marks->at[i];

		if (!p->o->bare) {
			put_place(p, s);
			separator(p, false);
		}
		similarity(p, m);
		separator(p, false);
		buf_reset(&p->text);
		if (m->said.similarity.distance == 0 || m->masked)
			buf_add(&p->text, piece(s->u->text, m->start, m->end));
		else
			query_align(p->query, m, &p->text);
		put(p, match_color, buf_span(&p->text));
		end_line(p);
	}
}

static void
key(struct printer *p, const char *name, struct span value)
{
	buf_printf(&p->line, ",\"%s\":", name);
	json_quote(&p->line, value);
}

/* As the canonical form has it: a number from the start, or a clock. */
static void
json_moment(
    struct printer *p, struct moment m, const char *number, const char *clock)
{
	buf_reset(&p->text);
	if (m.clock == CLOCK_RELATIVE) {
		buf_printf(&p->line, ",\"%s\":", number);
		duration_print(m.ms, &p->line);
	} else if (moment_known(m)) {
		moment_print(m, false, &p->text);
		key(p, clock, buf_span(&p->text));
	}
}

static void
json_match(struct printer *p, const struct sighting *s, const struct mark *m)
{
	buf_printf(
	    &p->line, ",\"match\":{\"start\":%u,\"end\":%u", m->start, m->end);
	key(p, "text", piece(s->u->text, m->start, m->end));
	key(p, "pattern", m->asked);
	if (m->phrase != NULL) {
		buf_adds(&p->line, ",\"similarity\":");
		similarity(p, m);
	}
	buf_addc(&p->line, '}');
}

/* mark: NULL where nothing matched, or where it is not asked for (-v). */
static void
json_object(struct printer *p, const struct sighting *s, const struct mark *m)
{
	const struct utterance *u = s->u;

	buf_adds(&p->line, "{\"source\":");
	json_quote(&p->line, u->source);
	buf_printf(&p->line, ",\"line\":%llu", (unsigned long long)u->line);
	key(p, "conversation", s->conversation);
	key(p, "role", span_of(role_name(u->role)));
	if (u->speaker.len > 0)
		key(p, "speaker", u->speaker);
	json_moment(p, u->start, "start", "at");
	json_moment(p, u->end, "end", "until");
	key(p, "text", u->text);
	if (m != NULL)
		json_match(p, s, m);
	buf_addc(&p->line, '}');
	end_line(p);
}

/* A mask is told once: the patterns that match within it, one after another,
 * would spell what it hides. */
void
print_json(struct printer *p, const struct sighting *s)
{
	size_t masked = 0;

	if (s->marks->n == 0)
		json_object(p, s, NULL);
	for (size_t i = 0; i < s->marks->n; i++) {
		const struct mark *m = &s->marks->at[i];

		if (m->masked && m->start < masked)
			continue;
		if (m->masked)
			masked = m->end;
		json_object(p, s, m);
	}
}

void
print_gap(struct printer *p)
{
	put(p, mark_color, SPAN("--"));
	end_line(p);
}

void
print_count(struct printer *p, struct span source, uint64_t n)
{
	if (p->o->source) {
		put_source(p, source);
		separator(p, false);
	}
	buf_printf(&p->line, "%llu", (unsigned long long)n);
	end_line(p);
}

void
print_source(struct printer *p, struct span source)
{
	put_source(p, source);
	end_line(p);
}

void
printer_free(struct printer *p)
{
	buf_free(&p->line);
	buf_free(&p->text);
}
