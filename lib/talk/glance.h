/*
 * A glance at each text as it is read: nearly no utterance of an ordinary
 * conversation can hold a threat, and one without any needs no judging.
 */
#ifndef OFUKU_TALK_GLANCE_H
#define OFUKU_TALK_GLANCE_H

#include "rule/prefilter.h"
#include "talk/conversation.h"

/* Is it sure that no pattern that opens an exchange can match in the text? */
enum quiet glance(struct prefilter_scratch *, struct matcher *,
    const struct rules *, struct span text);
/* Is that sure of all passages that its utterances can make? */
bool conversation_quiet(const struct conversation *, const struct rules *);

#endif
