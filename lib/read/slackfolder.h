/*
 * What a Slack export says beside its channels' folders: the names of users
 * (users.json) and the ids of channels (channels.json and its like).
 */
#ifndef OFUKU_READ_SLACKFOLDER_H
#define OFUKU_READ_SLACKFOLDER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/span.h"

struct slackuser {
	struct span name; /* as Slack shows it */
	bool bot;
};

/* Texts live in the arena; {0} knows nothing. */
struct slackfolder {
	struct map users;    /* by id */
	struct span channel; /* id of the file's channel; len 0: unknown */
};

/*
 * Reads what stands above the folder of a channel's file, each at most max
 * bytes. What is not there, or is no such list, leaves things unknown.
 */
void slackfolder_read(
    struct slackfolder *, struct arena *, struct span path, size_t max);
void slackfolder_free(struct slackfolder *);
/* NULL: not known. */
const struct slackuser *slackfolder_user(
    const struct slackfolder *, struct span id);
/* Is the path's last part the name of such a list? */
bool slackfolder_lists(struct span path);

#endif
