#include <criterion/criterion.h>

#include "text/zone.h"

/* 2026-01-15 12:00 and 2026-07-15 12:00, as if UTC. */
#define WINTER INT64_C(1768478400000)
#define SUMMER INT64_C(1784116800000)

static int
offset(const char *name, int64_t local)
{
	struct err err = {0};
	struct zone *z;
	int minutes;

	cr_assert_eq(zone_open(&z, name, &err), 0, "%s", err.text);
	minutes = zone_offset(z, local);
	zone_close(z);
	return minutes;
}

Test(zone, fixed_offsets_in_each_spelling)
{
	cr_expect_eq(offset("+09:00", WINTER), 540);
	cr_expect_eq(offset("+0900", SUMMER), 540);
	cr_expect_eq(offset("-05", WINTER), -300);
	cr_expect_eq(offset("-03:30", WINTER), -210);
	cr_expect_eq(offset("Z", WINTER), 0);
}

Test(zone, names_know_summer_time)
{
	cr_expect_eq(offset("Asia/Tokyo", SUMMER), 540);
	cr_expect_eq(offset("Europe/Berlin", WINTER), 60);
	cr_expect_eq(offset("Europe/Berlin", SUMMER), 120);
	/* 2026-03-29 02:30 does not exist there, 2026-10-25 02:30 twice. */
	cr_expect_eq(offset("Europe/Berlin", INT64_C(1774751400000)), 60);
	cr_expect_eq(offset("Europe/Berlin", INT64_C(1792895400000)), 120);
}

Test(zone, what_is_none_is_an_error_that_helps)
{
	static const char *const none[] = {"", "Tokyo", "+9", "+24:00",
	    "+09:60", "+09:00x", "+09:", "09:00", "Asia/Tokio",
	    "a-name-of-more-than-sixty-four-characters-that-no-zone-anywhere-has"};

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		struct err err = {0};
		struct zone *z;

		cr_expect_eq(zone_open(&z, none[i], &err), -1, "%s", none[i]);
		cr_expect_not_null(strstr(err.text, "Asia/Tokyo"));
	}
}

/* Minute by minute through the days on which New York's clocks change in
 * 2026: 02:00 to 03:00 is not there on March 8, 01:00 to 02:00 comes twice on
 * November 1. A clock of the gap is taken by the time before it, one of the
 * overlap by its first passing. */
Test(zone, gap_and_overlap_in_new_york)
{
	const int64_t march = INT64_C(1772928000000);
	const int64_t november = INT64_C(1793491200000);

	for (int minute = 0; minute < 1440; minute++) {
		int64_t ms = minute * INT64_C(60000);

		cr_expect_eq(offset("America/New_York", march + ms),
		    minute < 180 ? -300 : -240, "March 8, minute %d", minute);
		cr_expect_eq(offset("America/New_York", november + ms),
		    minute < 120 ? -240 : -300, "November 1, minute %d",
		    minute);
	}
}
