#include "base/quote.h"

/* JSON as RFC 8259 wants it; all but controls, quote and \ stays as it is. */
static void
json_escape(struct buf *out, char c)
{
	static const char shorts[] = "btnvfr"; /* from 0x08 on; \v is none */
	unsigned char u = (unsigned char)c;

	if (c == '"' || c == '\\')
		buf_printf(out, "\\%c", c);
	else if (u >= 0x08 && u <= 0x0d && u != 0x0b)
		buf_printf(out, "\\%c", shorts[u - 0x08]);
	else
		buf_printf(out, "\\u%04x", u);
}

void
json_quote(struct buf *out, struct span s)
{
	size_t from = 0;

	buf_addc(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		if ((unsigned char)s.at[i] >= 0x20 && s.at[i] != '"' &&
		    s.at[i] != '\\')
			continue;
		buf_add(out, (struct span){s.at + from, i - from});
		json_escape(out, s.at[i]);
		from = i + 1;
	}
	buf_add(out, (struct span){s.at + from, s.len - from});
	buf_addc(out, '"');
}
