/*
 * What went wrong, where, and what to do about it: one line of text that the
 * caller owns. Functions that can fail return -1 after fail() has filled it.
 * A bug is an assert; an oddity of the input is a note (talk/note.h).
 */
#ifndef OFUKU_BASE_ERR_H
#define OFUKU_BASE_ERR_H

enum err_kind {
	ERR_NONE,
	ERR_TROUBLE, /* exit status 2: input, output, limits, usage */
	ERR_INPUT,   /* the same: a file that cannot be read to its end */
	ERR_RULES,   /* exit status 3: a rule file */
};

struct err {
	enum err_kind kind;
	char text[1000];
};

/* All return -1. A text that is too long is cut at a character. */
int fail(struct err *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
int fail_input(struct err *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
int fail_rules(struct err *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
