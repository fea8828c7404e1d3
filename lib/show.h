/* What the files of show share: the page that an exchange is printed on. */
#ifndef OFUKU_SHOW_H
#define OFUKU_SHOW_H

#include "judge/judge.h"
#include "run.h"
#include "text/width.h"

enum paint {
	PAINT_NONE,
	PAINT_HEAD,
	PAINT_DIM,
	PAINT_PRESS,
	PAINT_REPEAT,
	PAINT_NEAR,
	PAINT_FAULT,
	PAINT_CLOSE,
	PAINT_N
};

struct page {
	const struct ofuku_show_options *options;
	struct wrapper *wrapper;
	FILE *out;
	size_t width;
	struct buf line;
};

/* What is to be said below an utterance. */
struct remark {
	const struct utterance *at;
	enum paint paint;
	struct span text;
};

struct remarks {
	struct remark *at;
	size_t n, cap;
};

/* show_page.c */
/* Text wrapped to the page; indent: where its further lines begin, and its
 * first stands already. */
void page_text(struct page *, size_t indent, enum paint, struct span);
/* A line of its own, wrapped: a line break in an id or a name, which are as
 * they were read, is a blank and begins no line. */
void page_line(struct page *, size_t indent, enum paint, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void page_rule(struct page *);
void page_blank(struct page *);
/* Utterances from..to (indexes) with the remarks that belong below them. */
void page_utterances(struct page *, const struct conversation *, size_t from,
    size_t to, const struct remarks *);

/* show_remark.c: what happened in an exchange, utterance by utterance. */
int remarks_add(struct remarks *, const struct run *, const struct judgement *,
    const struct exchange *, bool numbered, enum lang, struct arena *,
    struct err *);
void remarks_add_findings(
    struct remarks *, const struct finding *, size_t n, struct arena *);

#endif
