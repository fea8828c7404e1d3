#include "progress.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct progress some = {.who = "audit",
    .found = "findings",
    .at = {.bytes = 30 << 20,
	.total = 60 << 20,
	.records = 10,
	.done = 10,
	.found = 12}};

static const char *
line_of(const struct progress *p, size_t width)
{
	static char line[256];

	cr_expect_leq(progress_line(p, 2000, width, line, sizeof(line)), width);
	cr_expect_leq(strlen(line), width);
	return line;
}

Test(progress, all_fits_on_a_terminal_of_80_columns)
{
	cr_expect_str_eq(line_of(&some, 79),
	    "audit  [####-----]   50%  30.0 of 60.0 MiB  15.0 MiB/s  ETA 0:02"
	    "  12 findings");
}

Test(progress, a_pipe_has_no_end_that_is_known)
{
	struct progress p = some;

	p.at.total = 0;
	cr_expect_str_eq(
	    line_of(&p, 79), "audit  30.0 MiB  15.0 MiB/s  12 findings");
}

Test(progress, what_is_read_is_not_judged_yet)
{
	struct progress p = some;

	p.at.bytes = p.at.total;
	p.at.done = 5;
	cr_expect(strstr(line_of(&p, 79), " 65%  60.0 of 60.0") != NULL);
	p.at.done = 10;
	cr_expect(strstr(line_of(&p, 79), " 100%") != NULL);
}

Test(progress, narrow_terminals_get_what_fits)
{
	for (size_t width = 0; width < 200; width++)
		line_of(&some, width);
	cr_expect_str_eq(
	    line_of(&some, 40), "audit   50%  30.0 of 60.0 MiB  ETA 0:02");
}
