/*
 * What is masked of a conversation (--redact): each utterance as it stands by
 * itself, and as it goes on with what its speaker said before and after it: a
 * number, or a name, that is cut in two. The only place that knows how one is
 * cut; whatever shows texts of a conversation asks here.
 */
#ifndef OFUKU_TALK_MASKS_H
#define OFUKU_TALK_MASKS_H

#include "talk/turn.h"
#include "text/redact.h"

/*
 * Fills all, which has room for one of each utterance. Roles are resolved and
 * backchannels marked. notices: only what a chat program says of its users.
 */
void masks_find(const struct conversation *, bool notices, struct arena *,
    struct redactions *all);
/* The same in a passage: one that is cut in two is one again. */
void masks_of_passage(const struct redactions *all, const struct passage *,
    struct arena *, struct redactions *out);

#endif
