/* Who is who: the order of SPEC section 2, "Roles". */
#ifndef OFUKU_TALK_ROLES_H
#define OFUKU_TALK_ROLES_H

#include "talk/conversation.h"

/* --agent and its like: patterns on the plain view of a speaker's name. */
struct role_options {
	const struct regex *agent, *customer, *other; /* NULL: not set */
};

int roles_resolve(struct matcher *, const struct pack *,
    const struct role_options *, struct conversation *, struct arena *,
    struct err *);

#endif
