/* Sentences, found in the raw text: an ASCII full stop never ends one. */
#include "text/utf8.h"
#include "text/view.h"

static bool
ends_sentence(uint32_t c)
{
	switch (c) {
	case '!':
	case '?':
	case '\n':
	case '\r':
	case '\v':
	case '\f':
	case 0x85:
	case 0x2028:
	case 0x2029:
	case 0x3002: /* 。 */
	case 0xff61: /* ｡ */
	case 0xff0e: /* ． */
	case 0xff01:
	case 0xff1f: /* ！？ */
	case 0x2026: /* … */
		return true;
	default:
		return false;
	}
}

/* Back to behind the last mark that is not of the run which byte is in. */
static size_t
sentence_start(struct span raw, size_t byte)
{
	while (byte > 0) {
		size_t before = utf8_before(raw, byte);

		if (ends_sentence(utf8_at(raw, before)) &&
		    !ends_sentence(utf8_at(raw, byte)))
			break;
		byte = before;
	}
	return byte;
}

static size_t
sentence_end(struct span raw, size_t byte)
{
	const char *at = raw.at + byte, *end = raw.at + raw.len;

	while (at < end && !ends_sentence(utf8_next(&at)))
		;
	while (at < end) {
		const char *next = at;

		if (!ends_sentence(utf8_next(&next)))
			break;
		at = next;
	}
	return (size_t)(at - raw.at);
}

void
view_sentence(const struct view *plain, struct span raw, size_t unit,
    size_t *start, size_t *end)
{
	size_t byte = plain->raw[unit];

	*start = view_unit_at(plain, sentence_start(raw, byte));
	*end = view_unit_at(plain, sentence_end(raw, byte));
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000;
}

bool
raw_ends_sentence(struct span raw)
{
	while (raw.len > 0) {
		size_t before = utf8_before(raw, raw.len);
		uint32_t c = utf8_at(raw, before);

		if (!is_blank(c))
			return c == '.' || ends_sentence(c);
		raw.len = before;
	}
	return false;
}
