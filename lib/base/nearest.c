/* "did you mean": the name at the least distance (optimal alignment). */
#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static unsigned char
lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* One cell: what came before, two rows back for two letters swapped. */
static size_t
cell(const char *a, const char *b, size_t i, size_t j, size_t *const rows[3])
{
	unsigned char x = lower(a[i - 1]), y = lower(b[j - 1]);
	size_t d = least(rows[1][j], rows[0][j - 1]) + 1;

	d = least(d, rows[1][j - 1] + (x != y));
	if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y)
		d = least(d, rows[2][j - 2] + 1);
	return d;
}

/* In bytes, letters of either case alike; rows has room for 3 (m + 1). */
static size_t
distance(const char *a, size_t n, const char *b, size_t m, size_t *room)
{
	size_t *rows[3] = {room, room + m + 1, room + 2 * (m + 1)};

	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *oldest = rows[2];

		rows[2] = rows[1];
		rows[1] = rows[0];
		rows[0] = oldest;
		rows[0][0] = i;
		for (size_t j = 1; j <= m; j++)
			rows[0][j] = cell(a, b, i, j, rows);
	}
	return rows[0][m];
}

const char *
nearest_name(const char *word, const char *const *names, size_t n)
{
	size_t len = strlen(word), best = len / 3 + 1;
	const char *found = NULL;

	/* Who writes that much has not mistyped a name. */
	if (len > 100)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		size_t m = strlen(names[i]), d;
		size_t *room;

		if (m > len + best || len > m + best)
			continue;
		room = mem_alloc(3 * (m + 1) * sizeof(*room));
		d = distance(word, len, names[i], m, room);
		free(room);
		if (d < best || (found == NULL && d == best && d < len)) {
			best = d;
			found = names[i];
		}
	}
	return found;
}
