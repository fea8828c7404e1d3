/* Who speaks. */
#ifndef OFUKU_RULE_ROLE_H
#define OFUKU_RULE_ROLE_H

enum role {
	ROLE_UNKNOWN,
	ROLE_AGENT,
	ROLE_CUSTOMER,
	ROLE_OTHER, /* bot, IVR, system, narrator */
};

const char *role_name(enum role); /* "agent", "customer", … */

#endif
