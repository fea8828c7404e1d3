/*
 * Is an encoding found out? Sentences, made into texts of many lengths and
 * kinds, are written in each encoding and detected. A text that an encoding
 * cannot hold is not tried in it.
 */
#ifndef OFUKU_TEXT_DETECTION_TEST_H
#define OFUKU_TEXT_DETECTION_TEST_H

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>

#include "text/encoder.h"
#include "text/encoding.h"
#include "text/utf8.h"

/* mark: what stands before the text. */
static const struct target {
	const char *name, *shown, *mark;
} targets[] = {
    {"UTF-8", "UTF-8", ""},
    {"UTF-8", "UTF-8", "\xef\xbb\xbf"},
    {"CP932", "CP932", ""},
    {"EUC-JP", "EUC-JP", ""},
    {"ISO-2022-JP", "ISO-2022-JP", ""},
    {"UTF-16LE", "UTF-16LE", ""},
    {"UTF-16LE", "UTF-16LE", "\xef\xbb\xbf"},
    {"UTF-16BE", "UTF-16BE", ""},
    {"UTF-16BE", "UTF-16BE", "\xef\xbb\xbf"},
};
enum { NTARGETS = sizeof(targets) / sizeof(*targets), MANY = 1u << 16 };

struct texts {
	struct buf bytes;
	struct span *at;
	size_t n;
};

/* The third column of a table, or the "text" of JSON Lines. */
static struct span
text_of_line(struct span line)
{
	static const char key[] = "\"text\": \"";
	const char *end = line.at + line.len;
	const char *at = memmem(line.at, line.len, key, sizeof(key) - 1);

	if (at == NULL)
		at = memrchr(line.at, '\t', line.len);
	else
		at += sizeof(key) - 2;
	if (at == NULL)
		return (struct span){0};
	at++;
	for (const char *c = at; c < end; c++)
		if (*c == '"' || *c == '\\')
			end = c;
	return (struct span){at, (size_t)(end - at)};
}

static void
texts_add(struct texts *t, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	cr_assert_not_null(f, "%s", path);
	if (t->at == NULL)
		t->at = calloc(MANY, sizeof(*t->at));
	while ((n = getline(&line, &room, f)) > 0 && t->n < MANY) {
		struct span s = text_of_line(
		    (struct span){line, (size_t)n - (line[n - 1] == '\n')});

		if (s.len > 0)
			t->at[t->n++] = (struct span){
			    memcpy(malloc(s.len), s.at, s.len), s.len};
	}
	free(line);
	fclose(f);
}

static void
texts_free(struct texts *t)
{
	for (size_t i = 0; i < t->n; i++)
		free((char *)t->at[i].at);
	free(t->at);
}

/* The longest run of characters between first and last. */
static struct span
run_of(struct span s, uint32_t first, uint32_t last)
{
	const char *at = s.at, *end = s.at + s.len;
	struct span best = {s.at, 0};

	while (at < end) {
		const char *from = at, *next = at;

		while (next < end) {
			uint32_t c = utf8_next(&next);

			if (c < first || c > last)
				break;
			at = next;
		}
		if ((size_t)(at - from) > best.len)
			best = (struct span){from, (size_t)(at - from)};
		at = next;
	}
	return best;
}

/* Half-width kana from U+FF66 on; ゛ and ゜ stand behind their letter. */
static void
put_half(struct buf *out, uint32_t c)
{
	static const char *const half[] = {"ｧ", "ｱ", "ｨ", "ｲ", "ｩ", "ｳ", "ｪ",
	    "ｴ", "ｫ", "ｵ", "ｶ", "ｶﾞ", "ｷ", "ｷﾞ", "ｸ", "ｸﾞ", "ｹ", "ｹﾞ", "ｺ",
	    "ｺﾞ", "ｻ", "ｻﾞ", "ｼ", "ｼﾞ", "ｽ", "ｽﾞ", "ｾ", "ｾﾞ", "ｿ", "ｿﾞ", "ﾀ",
	    "ﾀﾞ", "ﾁ", "ﾁﾞ", "ｯ", "ﾂ", "ﾂﾞ", "ﾃ", "ﾃﾞ", "ﾄ", "ﾄﾞ", "ﾅ", "ﾆ",
	    "ﾇ", "ﾈ", "ﾉ", "ﾊ", "ﾊﾞ", "ﾊﾟ", "ﾋ", "ﾋﾞ", "ﾋﾟ", "ﾌ", "ﾌﾞ", "ﾌﾟ",
	    "ﾍ", "ﾍﾞ", "ﾍﾟ", "ﾎ", "ﾎﾞ", "ﾎﾟ", "ﾏ", "ﾐ", "ﾑ", "ﾒ", "ﾓ", "ｬ", "ﾔ",
	    "ｭ", "ﾕ", "ｮ", "ﾖ", "ﾗ", "ﾘ", "ﾙ", "ﾚ", "ﾛ", "ﾜ", "ﾜ", "ｲ", "ｴ",
	    "ｦ", "ﾝ"};

	if (c >= 0x30a1 && c <= 0x30f3)
		buf_adds(out, half[c - 0x30a1]);
	else if (c >= 0x3041 && c <= 0x3093)
		buf_adds(out, half[c - 0x3041]);
	else if (c == 0x30fc)
		buf_adds(out, "ｰ");
}

static void
put_half_all(struct buf *out, struct span s)
{
	for (const char *at = s.at; at < s.at + s.len;)
		put_half(out, utf8_next(&at));
}

/* What is made of the sentences from the i-th on; empty: not of these. */
static void
sentence(const struct texts *t, size_t i, struct buf *out)
{
	buf_add(out, t->at[i]);
}

static void
sentence_line(const struct texts *t, size_t i, struct buf *out)
{
	sentence(t, i, out);
	buf_adds(out, "\n");
}

static void
chat(const struct texts *t, size_t i, struct buf *out, size_t lines)
{
	for (size_t n = 0; n < lines; n++) {
		buf_adds(out, n % 2 == 0 ? "客: " : "担当: ");
		sentence_line(t, (i + n) % t->n, out);
	}
}

static void
chat_two(const struct texts *t, size_t i, struct buf *out)
{
	chat(t, i, out, 2);
}

static void
chat_five(const struct texts *t, size_t i, struct buf *out)
{
	chat(t, i, out, 5);
}

static void
table(const struct texts *t, size_t i, struct buf *out)
{
	buf_adds(out, "会話ID,話者,日時,発話\n");
	for (size_t n = 0; n < 3; n++) {
		buf_printf(out, "c1,%s,2026-10-01 10:0%zu,",
		    n % 2 == 0 ? "お客様" : "担当", n);
		sentence_line(t, (i + n) % t->n, out);
	}
}

static void
only(const struct texts *t, size_t i, struct buf *out, uint32_t first,
    uint32_t last)
{
	struct span s = run_of(t->at[i], first, last);

	if (s.len >= 6) {
		buf_add(out, s);
		buf_adds(out, "\n");
	}
}

static void
only_hiragana(const struct texts *t, size_t i, struct buf *out)
{
	only(t, i, out, 0x3041, 0x3096);
}

static void
only_katakana(const struct texts *t, size_t i, struct buf *out)
{
	only(t, i, out, 0x30a1, 0x30fc);
}

static void
only_kanji(const struct texts *t, size_t i, struct buf *out)
{
	only(t, i, out, 0x4e00, 0x9fff);
}

static void
only_half_kana(const struct texts *t, size_t i, struct buf *out)
{
	put_half_all(out, run_of(t->at[i], 0x3041, 0x30fc));
	if (out->len < 6)
		buf_reset(out);
	else
		buf_adds(out, "\n");
}

/* A name in half-width kana beside a sentence, as bank exports have it. */
static void
half_kana_beside(const struct texts *t, size_t i, struct buf *out)
{
	put_half_all(out, run_of(t->at[i], 0x3041, 0x30fc));
	if (out->len == 0)
		return;
	buf_adds(out, ",");
	sentence_line(t, i, out);
}

static void
word_in_ascii(const struct texts *t, size_t i, struct buf *out)
{
	struct span s = run_of(t->at[i], 0x3041, 0x9fff);

	if (s.len < 6)
		return;
	s.len -= s.len > 15 ? s.len - 15 : 0;
	buf_adds(out, "agent: please wait for ");
	buf_add(out, s);
	buf_adds(out, ", thank you.\n");
}

/* NEC row 13 and the IBM extensions that people type. */
static void
with_extensions(const struct texts *t, size_t i, struct buf *out)
{
	static const char *const signs[] = {
	    "①", "㈱", "髙", "﨑", "Ⅳ", "№", "㍻", "∑", "彅", "鄧"};

	buf_adds(out, signs[i % 10]);
	buf_adds(out, "〜");
	sentence_line(t, i, out);
}

/* A character of the user's own, one each line. */
static void
with_gaiji(const struct texts *t, size_t i, struct buf *out)
{
	out->len += utf8_put(0xe000 + (uint32_t)(i % 1880), buf_room(out, 4));
	sentence_line(t, i, out);
}

/* Characters of JIS X 0213 that CP932 does not have, EUC-JP in part. */
static void
with_jisx0213(const struct texts *t, size_t i, struct buf *out)
{
	static const char *const signs[] = {"𠮷", "鷗", "か゚", "剝", "俱"};

	buf_adds(out, signs[i % 5]);
	sentence_line(t, i, out);
}

static const struct kind {
	const char *name;
	void (*make)(const struct texts *, size_t, struct buf *);
	/* Right ones asked for, in thousandths: UTF-16 without a mark and
	 * a line end, and words of a few bytes, are told by luck alone. */
	unsigned cp932, eucjp, utf16;
	bool cut; /* the last byte is missing */
} kinds[] = {
    {"sentence", sentence, 1000, 1000, 970, false},
    {"sentence and line end", sentence_line, 1000, 1000, 1000, false},
    {"sentence, cut", sentence, 995, 990, 970, true},
    {"chat of 2 lines", chat_two, 1000, 1000, 1000, false},
    {"chat of 5 lines", chat_five, 1000, 1000, 1000, false},
    {"table", table, 1000, 1000, 1000, false},
    {"table, cut", table, 1000, 1000, 1000, true},
    {"hiragana", only_hiragana, 1000, 1000, 1000, false},
    {"katakana", only_katakana, 1000, 1000, 1000, false},
    {"kanji", only_kanji, 1000, 980, 780, false},
    {"half-width kana", only_half_kana, 850, 950, 1000, false},
    {"half-width kana beside", half_kana_beside, 1000, 1000, 1000, false},
    {"a word in ASCII", word_in_ascii, 1000, 990, 1000, false},
    {"NEC and IBM signs", with_extensions, 1000, 1000, 1000, false},
    {"private use", with_gaiji, 995, 1000, 1000, false},
    {"JIS X 0213", with_jisx0213, 1000, 1000, 1000, false},
};
enum { NKINDS = sizeof(kinds) / sizeof(*kinds) };

struct score {
	size_t right, n, bytes;
};

/* Encodes, with the mark; false: the encoding does not have the text. */
static bool
in_encoding(const struct target *to, struct span text, struct buf *out)
{
	struct encoder *e;
	struct unencoded lost = {0};
	struct err err;
	bool whole;

	cr_assert_eq(encoder_open(&e, to->name, false, &lost, &err), 0);
	encoder_feed(e, span_of(to->mark), false, out);
	encoder_feed(e, text, true, out);
	encoder_close(e);
	whole = lost.n == 0;
	unencoded_free(&lost);
	return whole;
}

static bool
is_ascii(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.at[i] & 0x80) != 0)
			return false;
	return true;
}

static void
try_one(const struct target *to, struct span text, struct score *score,
    const struct kind *kind)
{
	struct buf bytes = {0};
	size_t bom;
	const char *found;

	if (!is_ascii(text) && in_encoding(to, text, &bytes)) {
		bytes.len -= kind->cut;
		found = encoding_label(
		    encoding_detect(buf_span(&bytes), true, &bom));
		score->n++;
		score->bytes += bytes.len;
		score->right += strcmp(found, to->shown) == 0;
		if (getenv("DETECTION_SHOW") != NULL &&
		    strcmp(found, to->shown) != 0)
			fprintf(stderr, "%s: %s, not %s: %.*s\n", kind->name,
			    found, to->shown, SPAN_FMT(text));
	}
	buf_free(&bytes);
}

/* The thousandths that a kind asks for in an encoding. */
static unsigned
floor_of(const struct kind *k, const struct target *to)
{
	if (*to->mark != '\0')
		return 1000;
	if (strncmp(to->name, "UTF-16", 6) == 0)
		return k->utf16;
	if (strcmp(to->name, "CP932") == 0)
		return k->cp932;
	return strcmp(to->name, "EUC-JP") == 0 ? k->eucjp : 1000;
}

static void
judge(const struct kind *k, const struct score *scores)
{
	struct buf line = {0};

	for (size_t e = 0; e < NTARGETS; e++) {
		const struct score *s = &scores[e];

		if (s->n == 0)
			continue;
		buf_printf(&line, "%s %s%s %zu/%zu of %zu bytes",
		    line.len == 0 ? "" : ",", targets[e].name,
		    *targets[e].mark != '\0' ? " marked" : "", s->right, s->n,
		    s->bytes / s->n);
		cr_expect(s->right * 1000 >= s->n * floor_of(k, &targets[e]),
		    "%s in %s: %zu of %zu are found out", k->name,
		    targets[e].name, s->right, s->n);
	}
	fprintf(stderr, "%s:%s\n", k->name, buf_cstr(&line));
	buf_free(&line);
}

/* Each sentence in every kind and encoding; the figures are printed. */
static void
detect_all(const struct texts *t, size_t step)
{
	for (size_t k = 0; k < NKINDS; k++) {
		struct score scores[NTARGETS] = {{0}};
		struct buf text = {0};

		for (size_t i = 0; i < t->n; i += step) {
			buf_reset(&text);
			kinds[k].make(t, i, &text);
			for (size_t e = 0; e < NTARGETS && text.len > 0; e++)
				try_one(&targets[e], buf_span(&text),
				    &scores[e], &kinds[k]);
		}
		buf_free(&text);
		judge(&kinds[k], scores);
	}
}

#endif
