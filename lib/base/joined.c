#include "base/joined.h"

struct span
joined_next(struct span *list, char separator)
{
	size_t n = span_find(*list, separator);
	struct span item = {list->at, n};

	n += n < list->len;
	*list = (struct span){list->at + n, list->len - n};
	return item;
}

void
joined_item(struct buf *out, struct span item)
{
	while (span_find(item, ';') < item.len) {
		buf_add(out, joined_next(&item, ';'));
		buf_adds(out, "；");
	}
	buf_add(out, item);
}

void
joined_cell(struct buf *out, struct span list, char separator)
{
	while (list.len > 0) {
		joined_item(out, joined_next(&list, separator));
		if (list.len > 0)
			buf_addc(out, ';');
	}
}
