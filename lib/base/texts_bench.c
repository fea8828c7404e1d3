#include <stdio.h>
#include <stdlib.h>

#include "base/bench.h"
#include "base/mem.h"

/* "…","text":"TEXT"}: the generator escapes nothing. */
static struct span
text_of(struct span line)
{
	static const char key[] = "\"text\":\"";
	const char *at = memmem(line.at, line.len, key, sizeof(key) - 1);

	if (at == NULL || line.len < 2)
		bench_failed("a line without a text");
	at += sizeof(key) - 1;
	return (struct span){at, (size_t)(line.at + line.len - 2 - at)};
}

struct bench_texts
bench_texts(struct span rest)
{
	struct bench_texts t = {0};
	size_t cap = 0;

	while (rest.len > 0) {
		struct span line = {rest.at, span_find(rest, '\n')};

		t.at = mem_grow(t.at, &cap, t.n + 1, sizeof(*t.at));
		t.at[t.n] = text_of(line);
		t.bytes += t.at[t.n++].len;
		rest.at += line.len + (line.len < rest.len);
		rest.len -= line.len + (line.len < rest.len);
	}
	return t;
}

void
bench_failed(const char *why)
{
	fprintf(stderr, "bench: %s\n", why);
	exit(2);
}
