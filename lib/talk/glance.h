/*
 * A glance at each text as it is read: nearly no utterance of an ordinary
 * conversation can hold a threat, and one without any needs no judging.
 */
#ifndef OFUKU_TALK_GLANCE_H
#define OFUKU_TALK_GLANCE_H

#include "rule/prefilter.h"
#include "talk/conversation.h"

/* Scratch of one thread; {0} is empty. */
struct glancer {
	struct view plain;
	struct prefilter_scratch scratch;
};
void glancer_free(struct glancer *);

/* Is it sure that no pattern that opens an exchange can match in the text? */
enum quiet glance(
    struct glancer *, struct matcher *, const struct rules *, struct span text);
/* Are utterances joined by nothing, perhaps? What a glance said of each then
 * tells nothing of their turn. */
bool conversation_seamless(const struct conversation *, const struct rules *);
/* Of one that is not: is it sure of all passages that they can make? */
bool conversation_quiet(const struct conversation *);
/* The same where their roles are known, which may keep them apart. */
bool turns_quiet(
    const struct conversation *, struct matcher *, const struct pack *);

#endif
