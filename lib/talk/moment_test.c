#include <criterion/criterion.h>

#include "talk/moment.h"

static const char *
printed(struct moment m, bool excel)
{
	static struct buf out;

	buf_reset(&out);
	moment_print(m, excel, &out);
	return buf_cstr(&out);
}

/* What is read on the left prints as on the right; NULL: it is no time. */
struct wall {
	const char *text, *prints;
};

static const struct wall walls[] = {
    {"2026-10-01T10:00:00+09:00", "2026-10-01T10:00:00+09:00"},
    {"2026-10-01t01:00:00z", "2026-10-01T01:00:00Z"},
    {"2026-10-01 10:00:00.25 -0330", "2026-10-01T10:00:00.250-03:30"},
    {"2026-10-01T10:00:00.123456789Z", "2026-10-01T10:00:00.123Z"},
    {"2026-12-31T23:59:59.9996Z", "2027-01-01T00:00:00.000Z"},
    {"2026-10-01T10:00+09:00", "2026-10-01T10:00:00+09:00"},
    {"2026-10-01 10:00 JST", "2026-10-01T10:00:00+09:00"},
    {"2026-10-01 10:00", "2026-10-01T10:00"},
    {" 2026/1/5 9:03 ", "2026-01-05T09:03"},
    {"2026.1.5 9:03:07", "2026-01-05T09:03:07"},
    {"2024/01/05(金) 10:00:05", "2024-01-05T10:00:05"},
    {"2024/01/05（金）10:00:05.5", "2024-01-05T10:00:05.500"},
    {"2024年1月5日 10時00分", "2024-01-05T10:00"},
    {"2024年1月5日10時0分7秒", "2024-01-05T10:00:07"},
    {"令和8年10月1日(木) 10時5分", "2026-10-01T10:05"},
    {"令和元年5月1日 00:00", "2019-05-01T00:00"},
    {"平成31年4月30日 23:59", "2019-04-30T23:59"},
    {"R8.10.1 10:05", "2026-10-01T10:05"},
    {"H31/4/30 9:05:07", "2019-04-30T09:05:07"},
    {"2024年1月5日(金) 午後3時5分", "2024-01-05T15:05"},
    {"2024/1/5 午前12:05", "2024-01-05T00:05"},
    {"2024/1/5 12:05 PM", "2024-01-05T12:05"},
    {"2024-02-29 00:00", "2024-02-29T00:00"},
    {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
    {"20260105093000", "2026-01-05T09:30:00"},
    {"1759280400", "2025-10-01T01:00:00Z"},
    {"1759280400123", "2025-10-01T01:00:00.123Z"},
    {"1759280400.5", "2025-10-01T01:00:00.500Z"},
    {"2023-02-29 00:00", NULL},
    {"2026-13-01 00:00", NULL},
    {"2026-04-31 00:00", NULL},
    {"2026-10-01 24:00", NULL},
    {"2026-10-01 10:60", NULL},
    {"2026-10-01", NULL},
    {"20261001", NULL},
    {"2026-10-01 10", NULL},
    {"2026-10-01 10:00x", NULL},
    {"2026-10-01 午後13:00", NULL},
    {"2026/10-01 10:00", NULL},
    {"10:00", NULL},
    {"99999999999999999999", NULL},
    {"-5", NULL},
    {"", NULL},
    {"きのう", NULL},
};

Test(moment, walls_as_people_write_them)
{
	for (size_t i = 0; i < sizeof(walls) / sizeof(*walls); i++) {
		struct moment m;
		bool ok = moment_parse_wall(span_of(walls[i].text), &m);

		cr_assert_eq(ok, walls[i].prints != NULL, "%s", walls[i].text);
		if (ok)
			cr_assert_str_eq(printed(m, false), walls[i].prints);
	}
}

static const struct wall relatives[] = {
    {"12.34", "0:00:12.340"},
    {"1:02:03.5", "1:02:03.500"},
    {"02:03,5", "0:02:03.500"},
    {"0", "0:00:00.000"},
    {"75:10", "1:15:10.000"},
    {"100:00:00", "100:00:00.000"},
    {"0.0005", "0:00:00.001"},
    {"0.00049", "0:00:00.000"},
    {"1:2", NULL},
    {"1:60", NULL},
    {"1:02:60", NULL},
    {"1:02:03:04", NULL},
    {"-1", NULL},
    {"1.", NULL},
    {".5", NULL},
    {"1e3", NULL},
    {"", NULL},
    {"99999999999999999999", NULL},
    {"12a", NULL},
};

Test(moment, relatives)
{
	size_t n = sizeof(relatives) / sizeof(*relatives);

	for (size_t i = 0; i < n; i++) {
		struct moment m;
		bool ok = moment_parse_relative(span_of(relatives[i].text), &m);

		cr_assert_eq(
		    ok, relatives[i].prints != NULL, "%s", relatives[i].text);
		if (ok)
			cr_assert_str_eq(
			    printed(m, false), relatives[i].prints);
	}
}

Test(moment, durations_of_iso_8601)
{
	static const struct {
		const char *text;
		int64_t ms; /* -1: none */
	} durations[] = {
	    {"PT1M2.5S", 62500},
	    {"PT0S", 0},
	    {"PT0.0004S", 0},
	    {"PT12.3456S", 12346},
	    {"PT1H", 3600000},
	    {"PT1H0.04S", 3600040},
	    {"P1D", 86400000},
	    {"P1DT2H3M4S", 93784000},
	    {"", -1},
	    {"P", -1},
	    {"PT", -1},
	    {"P1DT", -1},
	    {"P1M", -1},
	    {"PT1D", -1},
	    {"PT1.5M", -1},
	    {"PT1S2M", -1},
	    {"PT1M1M", -1},
	    {"PT-1S", -1},
	    {"PT1.S", -1},
	    {"PT1", -1},
	    {"PT1S ", -1},
	    {"1S", -1},
	    {"P99999999999D", -1},
	    {"P31557600000D", -1},
	};

	for (size_t i = 0; i < sizeof(durations) / sizeof(*durations); i++) {
		struct moment m;
		bool ok = moment_parse_duration(span_of(durations[i].text), &m);

		cr_assert_eq(ok, durations[i].ms >= 0, "%s", durations[i].text);
		cr_assert_eq(moment_known(m), ok, "%s", durations[i].text);
		if (ok)
			cr_assert_eq(
			    m.ms, durations[i].ms, "%s", durations[i].text);
	}
}

Test(moment, numbers)
{
	cr_assert_eq(moment_relative(37.0006000995636).ms, 37001);
	cr_assert_eq(moment_relative(0.0004).ms, 0);
	cr_assert_eq(moment_relative(1200).ms, 1200000);
	cr_assert_not(moment_known(moment_relative(1e300)));
	cr_assert_not(moment_known(moment_epoch(1e300)));
	cr_assert_str_eq(
	    printed(moment_epoch(0), false), "1970-01-01T00:00:00Z");
	cr_assert_str_eq(
	    printed(moment_epoch(-1), false), "1969-12-31T23:59:59Z");
	cr_assert_eq(moment_epoch(99999999999.0).ms, 99999999999000);
	cr_assert_eq(moment_epoch(100000000000.0).ms, 100000000000);
}

Test(moment, precision_is_the_source_s)
{
	struct moment m;

	cr_assert(moment_parse_wall(SPAN("2026-10-01 10:00"), &m));
	cr_assert_eq(m.precision, PRECISION_MINUTE);
	cr_assert(moment_parse_wall(SPAN("2026-10-01 10:00:00"), &m));
	cr_assert_eq(m.precision, PRECISION_SECOND);
	cr_assert(moment_parse_wall(SPAN("2026-10-01 10:00:00.000"), &m));
	cr_assert_eq(m.precision, PRECISION_MILLI);
	cr_assert_eq(moment_epoch(1759280400).precision, PRECISION_SECOND);
}

Test(moment, one_instant_whatever_the_zone)
{
	struct moment a, b;

	cr_assert(moment_parse_wall(SPAN("2026-10-01T10:00:00+09:00"), &a));
	cr_assert(moment_parse_wall(SPAN("2026-10-01T01:00:00Z"), &b));
	cr_assert_eq(a.ms, b.ms);
	cr_assert_eq(a.offset, 540);
}

Test(moment, spreadsheets)
{
	struct moment m;

	cr_assert(moment_parse_wall(SPAN("2026-10-01T10:00:00+09:00"), &m));
	cr_assert_str_eq(printed(m, true), "2026-10-01 10:00:00");
	cr_assert(moment_parse_wall(SPAN("2026-10-01 10:00"), &m));
	cr_assert_str_eq(printed(m, true), "2026-10-01 10:00:00");
	cr_assert_str_eq(printed((struct moment){0}, true), "");
}

Test(moment, every_day_of_four_centuries)
{
	int64_t last = 0, ms;
	int days = 0;

	cr_assert(moment_civil(1599, 12, 31, 0, 0, 0, 0, &last));
	for (int y = 1600; y < 2000; y++)
		for (int m = 1; m <= 12; m++)
			for (int d = 1; moment_civil(y, m, d, 0, 0, 0, 0, &ms);
			     d++) {
				cr_assert_eq(ms - last, 86400000);
				last = ms;
				days++;
			}
	cr_assert_eq(days, 146097);
}

Test(moment, durations)
{
	static const struct {
		int64_t ms;
		const char *prints;
	} cases[] = {{0, "0"}, {1200000, "1200"}, {3500, "3.5"}, {7, "0.007"},
	    {1230, "1.23"}, {-1500, "-1.5"}};
	struct buf out = {0};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		buf_reset(&out);
		duration_print(cases[i].ms, &out);
		cr_assert_str_eq(buf_cstr(&out), cases[i].prints);
	}
	buf_free(&out);
}

/* Some thousand moments of two centuries, leap days and year ends among them:
 * what is written is read as the same moment. */
static int64_t
any_ms(unsigned i)
{
	static const int64_t edges[] = {0, 951782400000, 978307199999,
	    1483228800000, 1709164800000, 1767225599999, 4102444800000,
	    4107542399999, 99999999999, 100000000000};
	const unsigned n = sizeof(edges) / sizeof(*edges);

	return i < n ? edges[i] :
		       (int64_t)(i * UINT64_C(0x9e3779b97f4a7c15) %
			   UINT64_C(5000000000000));
}

static struct moment
cut(struct moment m)
{
	const int64_t unit = m.precision == PRECISION_MINUTE ? 60000 :
	    m.precision == PRECISION_SECOND                  ? 1000 :
							       1;

	m.ms -= m.ms % unit;
	return m;
}

static bool
same(struct moment a, struct moment b)
{
	return a.ms == b.ms && a.clock == b.clock && a.offset == b.offset &&
	    a.precision == b.precision;
}

Test(moment, written_walls_are_read_as_they_were)
{
	static const int16_t offsets[] = {0, 540, -300, -210, 345, 840, -720};

	for (unsigned i = 0; i < 6000; i++) {
		struct moment m = {any_ms(i), 0, CLOCK_NAIVE,
		    (uint8_t)(i % (PRECISION_MILLI + 1))};
		struct moment back;
		struct buf text = {0};

		if (i % 2 == 1) {
			m.clock = CLOCK_ZONED;
			m.offset = offsets[i % 7];
			/* RFC 3339 has seconds. */
			if (m.precision == PRECISION_MINUTE)
				m.precision = PRECISION_SECOND;
		}
		m = cut(m);
		moment_write(m, &text);
		cr_assert(moment_parse_wall(buf_span(&text), &back), "%s",
		    buf_cstr(&text));
		cr_expect(same(m, back), "%s", buf_cstr(&text));
		buf_free(&text);
	}
}

Test(moment, relative_times_are_read_as_they_were)
{
	for (unsigned i = 0; i < 6000; i++) {
		int64_t ms = any_ms(i) % 360000000;
		struct moment m = moment_relative((double)ms / 1000), back;
		struct buf text = {0};

		cr_expect_eq(m.ms, ms);
		moment_print(m, false, &text);
		cr_assert(moment_parse_relative(buf_span(&text), &back), "%s",
		    buf_cstr(&text));
		cr_expect_eq(back.ms, ms, "%s", buf_cstr(&text));
		buf_free(&text);
	}
}

/* Seconds below 1e11, milliseconds from there on: the same moment by both. */
Test(moment, epochs_in_seconds_and_milliseconds)
{
	for (unsigned i = 0; i < 6000; i++) {
		int64_t ms = any_ms(i);

		if (ms < INT64_C(100000000000))
			continue;
		cr_expect_eq(moment_epoch((double)ms / 1000).ms, ms);
		cr_expect_eq(moment_epoch((double)ms).ms, ms);
	}
	cr_expect_eq(moment_epoch(99999999999).ms, INT64_C(99999999999000));
	cr_expect_eq(moment_epoch(100000000000).ms, INT64_C(100000000000));
}

/* A leap second is the first of the next minute; no other 60th is there. */
Test(moment, leap_seconds)
{
	struct moment leap, next;

	cr_assert(moment_parse_wall(SPAN("2016-12-31T23:59:60.5Z"), &leap));
	cr_assert(moment_parse_wall(SPAN("2017-01-01T00:00:00.5Z"), &next));
	cr_expect_eq(leap.ms, next.ms);
	cr_assert(moment_parse_wall(SPAN("2017-01-01T08:59:60+09:00"), &leap));
	cr_expect_eq(leap.ms, next.ms - 500);
	cr_expect_not(moment_parse_wall(SPAN("2016-12-31T23:59:61Z"), &leap));
}
