#include "rule/role.h"

#include <assert.h>

const char *
role_name(enum role role)
{
	static const char *const names[] = {
	    [ROLE_UNKNOWN] = "unknown",
	    [ROLE_AGENT] = "agent",
	    [ROLE_CUSTOMER] = "customer",
	    [ROLE_OTHER] = "other",
	};

	assert((unsigned)role < sizeof(names) / sizeof(*names));
	return names[role];
}
