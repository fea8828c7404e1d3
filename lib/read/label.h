/*
 * Who speaks, where a line of text says it in front: "Name: text",
 * "Name：text", "[Name] text", "[Name]: text", "(speaker 0) text", ">> text" (a
 * new speaker).
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
 * "Name: text" or "Name：text"; false: the line is no such. The first colon
 * decides: an ASCII one within "10:30", "https://" or " :smile:" ends no
 * name. A name has at most 40 characters and 4 blanks, holds a letter and
 * none of the marks of a sentence, and does not begin as an item of a list
 * ("- ", "# "). All readers of names in front of text follow this one rule.
 */
bool label_colon(struct span line, struct label *);
/*
 * The same in subtitles, where a name may also stand in brackets, and ">>" or
 * a dash before it. "[音楽]" and its like name sounds, no speaker. Of round
 * brackets "(speaker N)" alone names one; "(speaker ?)" is one without a name.
 */
bool label_split(struct span line, struct label *);
/*
 * What programs put before a message where people have a name: the level of a
 * log, in any case of letters, alone or behind a dot (INFO, local.ERROR), or
 * in capitals before other words (ERROR main, [WARN] app).
 */
bool label_is_level(struct span name);
/* The name of a program as well as a person's: one word of ASCII without
 * capitals ("server", "nginx[7]"). */
bool label_may_be_program(struct span name);
/* Without blanks at either end, the wide ones among them. */
struct span label_trim(struct span);

#endif
