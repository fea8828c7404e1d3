#include "text/zone.h"

#include <stdio.h>
#include <stdlib.h>

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "base/span.h"

enum { NAME_MAX_UNITS = 64, MS_MINUTE = 60000 };

struct zone {
	UCalendar *icu; /* NULL: the offset is fixed */
	int offset;     /* minutes */
};

static bool
two_digits(const char *s, int limit, int *out)
{
	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return false;
	*out = (s[0] - '0') * 10 + s[1] - '0';
	return *out < limit;
}

/* "Z", "+09:00", "+0900", "-05". */
static bool
fixed(const char *s, int *offset)
{
	int hours, minutes = 0;
	int west = *s == '-' ? -1 : 1;

	*offset = 0;
	if (strcmp(s, "Z") == 0 || strcmp(s, "UTC") == 0)
		return true;
	if ((*s != '+' && *s != '-') || !two_digits(s + 1, 24, &hours))
		return false;
	s += 3;
	if (*s == ':' && s[1] != '\0')
		s++;
	if (*s != '\0' && (!two_digits(s, 60, &minutes) || s[2] != '\0'))
		return false;
	*offset = west * (hours * 60 + minutes);
	return true;
}

/* ICU opens GMT for a name that it does not know: so it is asked first. */
static UCalendar *
named(const char *name)
{
	UChar id[NAME_MAX_UNITS], canonical[NAME_MAX_UNITS];
	UBool system;
	UErrorCode ec = U_ZERO_ERROR;

	if (strlen(name) >= NAME_MAX_UNITS || *name == '\0')
		return NULL;
	u_uastrcpy(id, name);
	ucal_getCanonicalTimeZoneID(
	    id, -1, canonical, NAME_MAX_UNITS, &system, &ec);
	if (U_FAILURE(ec) || !system)
		return NULL;
	return ucal_open(id, -1, "", UCAL_GREGORIAN, &ec);
}

int
zone_open(struct zone **out, const char *name, struct err *err)
{
	UCalendar *icu = NULL;
	int offset;

	*out = NULL;
	if (!fixed(name, &offset) && (icu = named(name)) == NULL)
		return fail(err,
		    "unknown time zone \"%s\": write an offset "
		    "such as +09:00 or a name such as Asia/Tokyo",
		    name);
	*out = mem_alloc(sizeof(**out));
	**out = (struct zone){icu, offset};
	return 0;
}

int
zone_offset(const struct zone *z, int64_t local_ms)
{
	UErrorCode ec = U_ZERO_ERROR;
	int32_t raw = 0, dst = 0;

	if (z->icu == NULL)
		return z->offset;
	ucal_setMillis(z->icu, (UDate)local_ms, &ec);
	ucal_getTimeZoneOffsetFromLocal(z->icu, UCAL_TZ_LOCAL_FORMER,
	    UCAL_TZ_LOCAL_FORMER, &raw, &dst, &ec);
	return U_FAILURE(ec) ? 0 : (raw + dst) / MS_MINUTE;
}

void
zone_close(struct zone *z)
{
	if (z == NULL)
		return;
	if (z->icu != NULL)
		ucal_close(z->icu);
	free(z);
}
