/* What a terminal can do, and the pager before it. */
#ifndef OFUKU_CMD_TERMINAL_H
#define OFUKU_CMD_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* "auto", "always", "never": names of an option's choice. */
const char *when_name(size_t i, const char **help);
/* auto: standard output is a terminal, and NO_COLOR is not set. */
bool terminal_color(enum when);
/* Columns of standard output: $COLUMNS, else the terminal's, else 80. */
size_t terminal_width(void);
/* Would a format's bytes go to a terminal? output: NULL or "-" for standard
 * output. */
bool binary_to_terminal(const char *format, const char *output);
#define BINARY_TO_TERMINAL \
	"an Excel workbook is nothing for a terminal: name its file with -o"
/*
 * Where standard output is a terminal, $PAGER (default: less -R) is put
 * before it; 0: no pager. One that is not there prints as it comes; one that
 * ends early fails nothing: what is written behind that is lost.
 */
pid_t pager_begin(void);
/* Ends the output and waits for the reader. */
void pager_end(pid_t);

#endif
