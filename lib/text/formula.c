#include "text/formula.h"

#include "text/encoder.h"
#include "text/utf8.h"

static bool
is_sign(uint32_t c)
{
	static const uint32_t signs[] = {'=', '+', '-', '@', '\t', '\r', '\n',
	    0xff1d /* ＝ */, 0xff0b /* ＋ */, 0xff0d /* － */, 0xff20 /* ＠ */,
	    0x2212 /* − */};

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (signs[i] == c)
			return true;
	return false;
}

bool
formula_is(struct span text)
{
	const char *at = text.at, *end = text.at + text.len;

	while (at < end) {
		uint32_t c = utf8_next(&at);

		if (is_sign(c))
			return true;
		if (c != '\'' && !encoder_may_drop(c))
			return false;
	}
	return false;
}

bool
formula_guarded(struct span cell)
{
	return cell.len > 1 && cell.at[0] == '\'' &&
	    formula_is((struct span){cell.at + 1, cell.len - 1});
}
