/* Texts of the command line in the order given; they are argv's. */
#ifndef OFUKU_CMD_LIST_H
#define OFUKU_CMD_LIST_H

#include <stddef.h>

struct list {
	const char **at;
	size_t n, cap;
};

void list_add(struct list *, const char *);
void list_free(struct list *);
/* Leaves with status 2; also what the library calls without memory. */
void out_of_memory(size_t wanted) __attribute__((noreturn));

#endif
