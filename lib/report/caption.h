/* What subtitles and plain text have in common; not for use elsewhere. */
#ifndef OFUKU_REPORT_CAPTION_H
#define OFUKU_REPORT_CAPTION_H

#include "report/converter.h"

/* Milliseconds from the conversation's first time. */
struct caption_times {
	int64_t start, end;
};
struct caption_times caption_times(struct conversion *, const struct record *);

/* Who speaks: the speaker, else the role; maybe nobody. */
struct span caption_name(struct conversion *, const struct record *);
/* The name with its line breaks made blanks, appended. */
void caption_put_name(struct conversion *, struct span name);
/*
 * Counts a name or a text that "Name: text" cannot keep apart. name may be
 * empty.
 */
void caption_weigh(struct conversion *, struct span name, struct span text);
/*
 * The text's next line that is not blank, without its line break; *joined:
 * it must stand behind the line before, for alone it would read as if
 * somebody else spoke. False: there is none.
 */
bool caption_line(
    struct conversion *, struct span *rest, struct span *line, bool *joined);
/* "Name: text" in lines that read as one utterance; name may be empty. */
void caption_put_spoken(
    struct conversion *, struct span name, struct span text);
/* One more conversation in a file that has no ids. */
void caption_conversation(struct conversion *);

#endif
