/*
 * The store puts records together into conversations (SPEC sections 1 and
 * 2, Identity): ids from content are one space over all inputs, ids from file
 * names belong to their file. Conversations come out in the order of their
 * first records.
 */
#ifndef OFUKU_TALK_STORE_H
#define OFUKU_TALK_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "talk/conversation.h"
#include "talk/record.h"

struct store;

struct store *store_open(bool ids_file);
void store_close(struct store *);
/*
 * Where a conversation has wall clocks with and without an offset, those
 * without are read in this zone, which outlives the store. stated: the user
 * named it, so that there is nothing to note.
 */
void store_zone(struct store *, const struct zone *, bool stated);
/*
 * A new input begins: its printable path, its format's name (both outlive
 * the store), and the id for records that name no conversation.
 */
void store_input(
    struct store *, struct span path, const char *format, struct span file_id);
/* The format gave an id: it is one from content. */
void store_identify(struct store *, struct span id);
/*
 * The id of a record's conversation. *scope: the number of the one input
 * that it belongs to; 0: it is one space over all inputs.
 */
struct span store_id(
    const struct store *, const struct record *, uint64_t *scope);
/*
 * Takes a record, copying what it needs. NULL, or why it must be rejected
 * (the other kind of clock): nothing was taken then.
 */
const char *store_add(struct store *, const struct record *);
/*
 * Makes the conversations. note is told of each id that recurs with an
 * earlier relative clock, and of the first whose clocks store_zone's default
 * joined. The array lives as long as the store.
 */
void store_finish(struct store *,
    void (*note)(
	void *, enum note_id, const struct utterance *, struct span id),
    void *ctx, struct conversation **out, size_t *n);

#endif
