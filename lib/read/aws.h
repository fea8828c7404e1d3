/* The turns of a "Transcript" list, as Contact Lens and Call Analytics of
 * Amazon Web Services both write them. */
#ifndef OFUKU_READ_AWS_H
#define OFUKU_READ_AWS_H

#include "read/speech.h"

/* Says one turn, or skips it where it is no message. */
int aws_turn(struct speech *, struct json_value, struct err *);
/* Says each turn of root's "Transcript". */
int aws_turns(struct speech *, struct err *);

#endif
