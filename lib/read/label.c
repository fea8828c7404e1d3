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

/* What begins an item of a list, a comment, a path or markup. */
static bool
begins_otherwise(char c)
{
	return strchr("#-*|/%;$\\", c) != NULL;
}

static bool
is_name(struct span s)
{
	const char *at = s.at, *end = s.at + s.len;
	bool letter = false;
	size_t blanks = 0;

	if (s.len == 0 || s.len > NAME_MAX_POINTS * 4 ||
	    begins_otherwise(s.at[0]) || utf8_valid(s) < s.len ||
	    memmem(s.at, s.len, "//", 2) != NULL)
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

struct span
label_trim(struct span s)
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

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* "3: " behind a colon, as in "calls.csv:3: message". */
static bool
is_line_number(struct span s)
{
	size_t i = 0;

	while (i < s.len && is_digit(s.at[i]))
		i++;
	return i > 0 && i + 1 < s.len && s.at[i] == ':' &&
	    is_blank(s.at[i + 1]);
}

/*
 * Can the ASCII colon at i end a name? Not in "10:30", "https://", "C:\\",
 * "std::map" or " :smile:".
 */
static bool
colon_ends_name(struct span s, size_t i)
{
	char before = i > 0 ? s.at[i - 1] : ' ', next;

	if (i + 1 == s.len)
		return true;
	next = s.at[i + 1];
	if (next == ':' || next == '\\' || is_line_number(behind(s, i + 1)) ||
	    span_starts(behind(s, i + 1), SPAN("//")))
		return false;
	if (is_digit(before) && is_digit(next))
		return false;
	return !is_blank(before) || is_blank(next) ||
	    (unsigned char)next >= 0x80;
}

bool
label_colon(struct span s, struct label *out)
{
	size_t max = s.len < NAME_MAX_POINTS * 4 + 1 ? s.len :
						       NAME_MAX_POINTS * 4 + 1;
	struct span name;
	size_t i, n;

	for (i = 0; i < max; i++)
		if (s.at[i] == ':' || span_starts(behind(s, i), SPAN("：")))
			break;
	if (i == max || (s.at[i] == ':' && !colon_ends_name(s, i)))
		return false;
	n = s.at[i] == ':' ? 1 : strlen("：");
	name = label_trim((struct span){s.at, i});
	if (!is_name(name))
		return false;
	*out = (struct label){name, label_trim(behind(s, i + n))};
	return true;
}

static bool
split_bracket(struct span s, struct label *out)
{
	size_t close = span_find(s, ']');
	struct span name, rest;

	if (s.len == 0 || s.at[0] != '[' || close == s.len)
		return false;
	name = label_trim((struct span){s.at + 1, close - 1});
	rest = label_trim(behind(s, close + 1));
	if (!is_name(name))
		return false;
	if (span_starts(rest, SPAN(":")))
		rest = label_trim(behind(rest, 1));
	else if (span_starts(rest, SPAN("：")))
		rest = label_trim(behind(rest, 3));
	else if (is_sound(name))
		return false;
	*out = (struct label){name, rest};
	return true;
}

/* whisper.cpp's "(speaker 0)", and "(speaker ?)" where it could not tell. */
static bool
split_speaker(struct span s, struct label *out)
{
	const size_t from = strlen("(speaker "), close = span_find(s, ')');
	size_t i = from;

	if (!span_starts(s, SPAN("(speaker ")) || close == s.len)
		return false;
	while (i < close && is_digit(s.at[i]))
		i++;
	*out = (struct label){
	    {s.at + 1, close - 1}, label_trim(behind(s, close + 1))};
	if (i == from && close == from + 1 && s.at[from] == '?')
		out->name.len = 0;
	return i > from ? i == close : out->name.len == 0;
}

/* A line of a dialogue may begin with a dash. */
static struct span
without_dash(struct span s)
{
	if (span_starts(s, SPAN("-")))
		return label_trim(behind(s, 1));
	if (span_starts(s, SPAN("–")) || span_starts(s, SPAN("—")))
		return label_trim(behind(s, strlen("–")));
	return s;
}

bool
label_split(struct span line, struct label *out)
{
	struct span s = label_trim(line), said;
	size_t arrows = 0;

	while (arrows < s.len && arrows < 3 && s.at[arrows] == '>')
		arrows++;
	if (arrows >= 2)
		s = label_trim(behind(s, arrows));
	said = without_dash(s);
	if (split_bracket(said, out) || split_speaker(said, out) ||
	    label_colon(said, out))
		return true;
	*out = (struct label){{"", 0}, s};
	return arrows >= 2;
}

static const char *const levels[] = {"DEBUG", "INFO", "NOTICE", "WARN",
    "WARNING", "ERROR", "CRITICAL", "FATAL", "ALERT", "EMERGENCY", "TRACE"};

static bool
is_level(struct span s, bool (*same)(struct span, struct span))
{
	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		if (same(s, span_of(levels[i])))
			return true;
	return false;
}

bool
label_is_level(struct span name)
{
	size_t n = span_find(name, ' ');
	const char *dot = name.len == 0 ? NULL :
					  memrchr(name.at, '.', name.len);
	struct span word = {name.at, n};

	if (n < name.len) {
		if (word.len > 2 && word.at[0] == '[' && word.at[n - 1] == ']')
			word = (struct span){word.at + 1, word.len - 2};
		return is_level(word, span_eq);
	}
	if (dot != NULL)
		word = behind(name, (size_t)(dot + 1 - name.at));
	return is_level(word, span_caseeq);
}

bool
label_may_be_program(struct span name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] <= ' ' ||
		    (unsigned char)name.at[i] >= 0x7f ||
		    (name.at[i] >= 'A' && name.at[i] <= 'Z'))
			return false;
	return name.len > 0 && name.at[0] >= 'a' && name.at[0] <= 'z';
}
