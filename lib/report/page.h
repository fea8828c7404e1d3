/*
 * The page: one HTML file for people, with all it needs in it (its source is
 * in report/page/). A head, the rows of exchanges as JSON arrays, a tail. It
 * loads nothing, and its own content security policy forbids it to.
 */
#ifndef OFUKU_REPORT_PAGE_H
#define OFUKU_REPORT_PAGE_H

#include "report/report.h"

/* What a page says of its run. */
struct page_about {
	enum lang lang;          /* of its words, to begin with */
	const struct rules *set; /* NULL: not known, no limit is drawn */
	struct span engine;
};

/* Where no script runs, all that a page says. */
struct page_counts {
	uint64_t outcomes[OUTCOME_UNKNOWN + 1]; /* exchanges by verdict */
	uint64_t conversations_failed;
};

/* What stands before the rows, and behind them. */
void page_head(struct buf *out, const struct page_about *);
void page_tail(struct buf *out, const struct page_counts *, enum lang);

/* Rows of judgements for the page; not among the reports by name. */
extern const struct report report_page;

/*
 * A line of the page, an array whose first cell is the letter: an exchange
 * (x), and behind it what happened in it (l) and what was found (f); what was
 * found of a conversation as a whole (c). Of that, what is but for information
 * is left out: an audit may not have looked for it (policy_is_of_exchanges).
 */
struct page_line {
	const char *letter;
	const char *const *columns;
	size_t ncolumns;
};
extern const struct page_line page_exchange, page_event, page_finding,
    page_talk;
/* Begins a line: the letter is written, the cells are the caller's. */
struct table page_begin(const struct page_line *, struct buf *out);
/* Ends it; nothing in what was written from there on ends a script. */
void page_end(struct table *, size_t from);

/* Made by page/embed.sh: what stands between the places that are filled. */
enum {
	PAGE_BEFORE_HTML,
	PAGE_BEFORE_ABOUT,
	PAGE_BEFORE_ROWS,
	PAGE_BEFORE_PLAIN,
	PAGE_REST
};
extern const struct span page_parts[];

#endif
