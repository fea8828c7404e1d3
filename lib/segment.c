/* segment: the views and words of texts, as everything else sees them. */
#include <stdio.h>

#include "base/quote.h"
#include "run.h"
#include "text/encoding.h"
#include "text/width.h"

struct segmenter {
	struct matcher *matcher;
	struct subject subject;
	struct buf line;
	bool json;
	FILE *out;
};

/* "key": before a value, or key and a tab. */
static void
key(struct segmenter *s, const char *name)
{
	if (s->json)
		buf_printf(
		    &s->line, "%s\"%s\":", s->line.len == 0 ? "{" : ",", name);
	else
		buf_printf(&s->line, "%s\t", name);
}

/* A view is one line, and none moves the cursor of a terminal. */
static void
value(struct segmenter *s, struct span text)
{
	if (s->json)
		json_quote(&s->line, text);
	else
		width_escaped(text, &s->line);
}

static void
end_value(struct segmenter *s)
{
	if (!s->json)
		buf_addc(&s->line, '\n');
}

static void
view_line(struct segmenter *s, const char *name, const struct view *v)
{
	struct buf text = {0};

	view_utf8(v, &text);
	key(s, name);
	value(s, buf_span(&text));
	end_value(s);
	buf_free(&text);
}

static void
words_line(struct segmenter *s, const struct view *plain, const struct words *w)
{
	struct buf word = {0};

	key(s, "words");
	if (s->json)
		buf_addc(&s->line, '[');
	for (size_t i = 0; i + 1 < w->n; i++) {
		if (i > 0)
			buf_addc(&s->line, s->json ? ',' : '|');
		buf_reset(&word);
		utf16_utf8(
		    plain->at + w->at[i], w->at[i + 1] - w->at[i], &word);
		value(s, buf_span(&word));
	}
	if (s->json)
		buf_addc(&s->line, ']');
	end_value(s);
	buf_free(&word);
}

static int
segment(struct segmenter *s, struct span text, struct err *err)
{
	const struct words *words;
	const struct view *plain;

	subject_set(&s->subject, text);
	buf_reset(&s->line);
	plain = subject_plain(s->matcher, &s->subject);
	if (subject_words(s->matcher, &s->subject, &words, err) == -1)
		return -1;
	key(s, "raw");
	value(s, text);
	end_value(s);
	view_line(s, "plain", plain);
	view_line(s, "folded", subject_folded(s->matcher, &s->subject));
	words_line(s, plain, words);
	buf_adds(&s->line, s->json ? "}\n" : "\n");
	fwrite(s->line.at, 1, s->line.len, s->out);
	return 0;
}

static void
segmenter_free(struct segmenter *s)
{
	subject_free(&s->subject);
	buf_free(&s->line);
}

int
ofuku_segment_text(const struct ofuku_rules *r, const char *text, size_t len,
    bool json, FILE *out, struct ofuku_error *error)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct segmenter s = {.json = json, .out = out};
	struct span span = {text, len};
	struct err err = {0};
	int rc = -1;

	if (utf8_valid(span) < len)
		fail(&err, "the text is not UTF-8: byte %zu does not decode",
		    utf8_valid(span) + 1);
	else
		rc = matcher_open(
		    &s.matcher, &limits, r->rules->pack.fold, &err);
	if (rc == 0)
		rc = segment(&s, span, &err);
	if (rc == -1)
		error_out(error, &err);
	segmenter_free(&s);
	matcher_close(s.matcher);
	return rc;
}

static int
on_record(void *hook, struct run *r, const struct record *rec, struct err *err)
{
	struct segmenter *s = hook;

	s->matcher = r->matcher;
	return segment(s, rec->text, err);
}

enum ofuku_status
ofuku_segment(const struct ofuku_rules *rules, const struct ofuku_input *in,
    bool json, FILE *out, ofuku_say say, void *ctx, struct ofuku_error *error)
{
	struct match_limits limits = MATCH_LIMITS_DEFAULT;
	struct segmenter s = {.json = json, .out = out};
	struct run r;
	struct err err = {0};
	enum ofuku_status status = OFUKU_TROUBLE;

	if (run_open(&r, rules, in, &limits, say, ctx, &err) == -1) {
		error_out(error, &err);
		return status;
	}
	r.record = on_record;
	r.hook = &s;
	if (run_gather(&r, &err) == -1)
		error_out(error, &err);
	else if (!r.trouble && r.counts.rejected == 0)
		status = OFUKU_PASS;
	segmenter_free(&s);
	run_close(&r);
	return status;
}
