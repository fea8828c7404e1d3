#include "nearest.h"

#include <string.h>

/* No name is longer; a longer word is nobody's slip of the finger. */
#define LONGEST 63

/* Insertions, deletions and replacements (Wagner and Fischer 1974). */
static size_t
edit_distance(const char *a, const char *b)
{
	size_t row[LONGEST + 1], n = strlen(b), corner, up;

	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		corner = row[0];
		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			up = row[j];
			row[j] = corner + (a[i - 1] != b[j - 1]);
			if (up + 1 < row[j])
				row[j] = up + 1;
			if (row[j - 1] + 1 < row[j])
				row[j] = row[j - 1] + 1;
			corner = up;
		}
	}
	return row[n];
}

struct nearest
nearest_to(const char *word)
{
	/* A third of the letters may be wrong, and one always. */
	return (struct nearest){.word = word, .distance = strlen(word) / 3 + 2};
}

/* A word broken off early ("--output-f") is near, but never the nearest. */
void
nearest_try(struct nearest *near, const char *name)
{
	size_t n = strlen(near->word), d;

	if (n > LONGEST || strlen(name) > LONGEST)
		return;
	d = edit_distance(near->word, name);
	if (n >= 3 && near->name == NULL && d >= near->distance &&
	    strncmp(near->word, name, n) == 0)
		near->name = name;
	if (d >= near->distance)
		return;
	near->name = name;
	near->distance = d;
}
