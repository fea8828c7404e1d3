/*
 * Who speaks, where a line of text says it in front: "Name: text",
 * "Name：text", "[Name] text", "[Name]: text", ">> text" (a new speaker).
 */
#ifndef OFUKU_READ_LABEL_H
#define OFUKU_READ_LABEL_H

#include <stdbool.h>

#include "base/span.h"

struct label {
	struct span name; /* len 0: not said */
	struct span text; /* behind the label */
};

/*
 * False: the line has no label. A name is short, holds a letter and none of
 * the marks of a sentence; "[音楽]" and its like name sounds, no speaker. Of
 * a colon between ASCII letters or digits ("10:30", "https://…") no name is
 * made.
 */
bool label_split(struct span line, struct label *);

#endif
