/* An utterance object of the canonical form (SPEC section 2) as a draft. */
#ifndef OFUKU_READ_UTTERANCE_H
#define OFUKU_READ_UTTERANCE_H

#include "read/draft.h"
#include "read/json.h"

/*
 * Emits the utterance that v is. line and byte say where it begins; excerpt
 * is shown where it is rejected; ids is scratch for a conversation's number.
 */
int utterance_emit(struct emitter *, struct json_value v, uint64_t line,
    uint64_t byte, struct span excerpt, struct buf *ids, struct err *);

#endif
