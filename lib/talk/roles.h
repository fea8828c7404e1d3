/* Who is who: the order of SPEC section 2, "Roles". */
#ifndef OFUKU_TALK_ROLES_H
#define OFUKU_TALK_ROLES_H

#include "talk/conversation.h"

/* --agent and its like: patterns on the plain view of a speaker's name. */
struct role_options {
	const struct regex *agent, *customer, *other; /* NULL: not set */
};
bool role_options_given(const struct role_options *);

/*
 * 1: the option's pattern (NULL matches none) is in the name; 0: it is not;
 * -1: a limit. The subject is scratch.
 */
int role_option_hits(struct matcher *, const char *option, const struct regex *,
    struct span name, struct subject *, struct err *);

/* What the format's own role field says, which goes before all else. */
enum role role_of_field(
    struct matcher *, const struct pack *, struct span field);
int roles_resolve(struct matcher *, const struct pack *,
    const struct role_options *, struct conversation *, struct arena *,
    struct err *);

#endif
