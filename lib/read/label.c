#include "read/label.h"

#include <stdint.h>

#include "text/encoding.h"
#include "text/utf8.h"

/* Characters and blanks of a name, at most; with more it is a sentence. */
enum { NAME_MAX_POINTS = 40, NAME_MAX_BLANKS = 4 };

/* What subtitles put in brackets that is no name. */
static const char *const sounds[] = {
    "音楽",
    "拍手",
    "笑",
    "笑い",
    "笑い声",
    "無音",
    "沈黙",
    "雑音",
    "騒音",
    "保留",
    "保留音",
    "不明",
    "聞き取り不能",
    "聞取不能",
    "咳",
    "ため息",
    "音声なし",
    "music",
    "applause",
    "laughter",
    "laughs",
    "silence",
    "noise",
    "inaudible",
    "unintelligible",
    "crosstalk",
    "blank_audio",
    "no audio",
    "cough",
    "sigh",
    "beep",
};

static bool
is_sound(struct span name)
{
	for (size_t i = 0; i < sizeof(sounds) / sizeof(*sounds); i++)
		if (span_caseeq(name, span_of(sounds[i])))
			return true;
	return false;
}

/* A mark that ends or divides a sentence, or a line break: none in names. */
static bool
is_sentence_mark(uint32_t c)
{
	static const uint32_t marks[] = {'!', '?', '"', '<', '>', '{', '}', '=',
	    '\t', '\n', 0x3001, 0x3002, 0xff01, 0xff0c, 0xff0e, 0xff1f, 0x300c,
	    0x300d, 0x300e, 0x300f, 0x2026};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (c == marks[i])
			return true;
	return false;
}

static bool
is_letter(uint32_t c)
{
	return (c | 0x20) - 'a' < 26 ||
	    (c >= 0xaa && c != 0x3000 && (c < 0xff10 || c > 0xff19));
}

static bool
is_name(struct span s)
{
	const char *at = s.at, *end = s.at + s.len;
	bool letter = false;
	size_t blanks = 0;

	if (s.len == 0 || s.len > NAME_MAX_POINTS * 4 ||
	    utf8_valid(s) < s.len || memmem(s.at, s.len, "//", 2) != NULL)
		return false;
	for (size_t n = 0; at < end; n++) {
		uint32_t c = utf8_next(&at);

		if (n == NAME_MAX_POINTS || is_sentence_mark(c))
			return false;
		letter |= is_letter(c);
		blanks += c == ' ' || c == 0x3000;
	}
	return letter && blanks <= NAME_MAX_BLANKS;
}

static struct span
behind(struct span s, size_t n)
{
	return (struct span){s.at + n, s.len - n};
}

/* Without blanks at either end, the wide ones among them. */
static struct span
trim(struct span s)
{
	static const struct span wide = {"\xe3\x80\x80", 3};

	for (;;) {
		s = span_trim(s);
		if (span_starts(s, wide))
			s = behind(s, wide.len);
		else if (span_ends(s, wide))
			s.len -= wide.len;
		else
			return s;
	}
}

/* Bytes of a colon at i that can end a name, 0 for none. */
static size_t
colon_at(struct span s, size_t i)
{
	if (span_starts(behind(s, i), SPAN("：")))
		return 3;
	if (s.at[i] != ':')
		return 0;
	/* "10:30", "https://": no blank, and ASCII goes on. */
	if (i + 1 < s.len && (unsigned char)s.at[i + 1] < 0x80 &&
	    s.at[i + 1] != ' ' && s.at[i + 1] != '\t')
		return 0;
	return 1;
}

static bool
split_colon(struct span s, struct label *out)
{
	for (size_t i = 0; i < s.len && i <= NAME_MAX_POINTS * 4; i++) {
		size_t n = colon_at(s, i);
		struct span name = trim((struct span){s.at, i});

		if (n == 0)
			continue;
		if (!is_name(name))
			return false;
		*out = (struct label){name, trim(behind(s, i + n))};
		return true;
	}
	return false;
}

static bool
split_bracket(struct span s, struct label *out)
{
	size_t close = span_find(s, ']');
	struct span name, rest;

	if (s.len == 0 || s.at[0] != '[' || close == s.len)
		return false;
	name = trim((struct span){s.at + 1, close - 1});
	rest = trim(behind(s, close + 1));
	if (!is_name(name))
		return false;
	if (span_starts(rest, SPAN(":")))
		rest = trim(behind(rest, 1));
	else if (span_starts(rest, SPAN("：")))
		rest = trim(behind(rest, 3));
	else if (is_sound(name))
		return false;
	*out = (struct label){name, rest};
	return true;
}

bool
label_split(struct span line, struct label *out)
{
	struct span s = trim(line);
	size_t arrows = 0;

	while (arrows < s.len && arrows < 3 && s.at[arrows] == '>')
		arrows++;
	if (arrows >= 2)
		s = trim(behind(s, arrows));
	if (split_bracket(s, out) || split_colon(s, out))
		return true;
	*out = (struct label){{"", 0}, s};
	return arrows >= 2;
}
