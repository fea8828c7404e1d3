#include "list.h"

#include <stdlib.h>
#include <unistd.h>

#include "ofuku.h"

/* Nothing here may ask for memory. */
void
out_of_memory(size_t wanted)
{
	static const char text[] = "ofuku: out of memory\n";

	(void)wanted;
	if (write(STDERR_FILENO, text, sizeof(text) - 1) == -1)
		_exit(OFUKU_TROUBLE);
	_exit(OFUKU_TROUBLE);
}

void
list_add(struct list *list, const char *s)
{
	size_t cap = list->cap * 2 + 8;

	if (list->n == list->cap) {
		list->at = reallocarray(list->at, cap, sizeof(*list->at));
		if (list->at == NULL)
			out_of_memory(cap * sizeof(*list->at));
		list->cap = cap;
	}
	list->at[list->n++] = s;
}

void
list_free(struct list *list)
{
	free(list->at);
	*list = (struct list){0};
}
