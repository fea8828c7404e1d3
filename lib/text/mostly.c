#include "text/mostly.h"

#include "text/encoding.h"

/* So many characters make up for a byte that is broken. */
enum { FOR_ONE = 2 };

/* What a text, or a line of it, holds above ASCII. */
struct holds {
	size_t characters; /* of three bytes, kana and kanji among them */
	size_t broken;     /* bytes */
	size_t sound_lines, broken_lines;
};

/* Lead bytes of U+3000 to U+9FFF and of full-width forms. */
static size_t
count_characters(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.at;
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += (p[i] >= 0xe3 && p[i] <= 0xe9) || p[i] == 0xef;
	return n;
}

static void
count_line(struct span line, struct holds *h)
{
	size_t characters = 0, broken = 0;

	while (line.len > 0) {
		size_t n = utf8_run(line);

		characters += count_characters((struct span){line.at, n});
		broken += n < line.len;
		n += n < line.len;
		line = (struct span){line.at + n, line.len - n};
	}
	h->characters += characters;
	h->broken += broken;
	h->sound_lines += broken == 0 && characters > 0;
	h->broken_lines += broken > 0;
}

static size_t
line_end(struct span s)
{
	size_t n = span_find(s, '\n');

	return span_find((struct span){s.at, n}, '\r');
}

bool
mostly_utf8(struct span s)
{
	struct holds h = {0};

	while (s.len > 0) {
		size_t n = line_end(s);

		count_line((struct span){s.at, n}, &h);
		n += n < s.len;
		s = (struct span){s.at + n, s.len - n};
	}
	return h.sound_lines > h.broken_lines ||
	    h.characters > h.broken * FOR_ONE;
}
