/*
 * Conversation ids of several inputs that go into one output (SPEC section 2,
 * Identity): what audit would keep apart gets names apart, so that it stays
 * apart where the output is read. Not for what the store holds: there a
 * conversation is a struct.
 */
#ifndef OFUKU_IDS_H
#define OFUKU_IDS_H

#include "talk/record.h"

struct ids;

struct ids *ids_open(void);
void ids_close(struct ids *);
/*
 * The name of a record's conversation, which holds as long as ids. scope as
 * store_id has it; input: any number of the input it stands in. *renamed: it
 * has been given another name than id just now.
 */
struct span ids_name(struct ids *, struct span id, uint64_t scope,
    uint64_t input, const struct record *, bool *renamed);

#endif
