/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points in time: epoch numbers, ISO 8601 with and without an offset, the provider's Paris and the
 * local zone. Expected values were computed with another program (GNU date).
 */
#include "datetime.h"
#include "suites.h"
#include "support.h"

#include <string.h>

static void expect(const char *name, const char *text, enum datetime_zone zone, int64_t expected_ms)
{
    int64_t ms = -77;
    bool fine = datetime_parse(text, strlen(text), zone, &ms);
    ck_assert_msg(fine && ms == expected_ms, "%s ('%s'): expected %jd, got %s %jd", name, text,
                  (intmax_t)expected_ms, fine ? "time" : "nothing", (intmax_t)ms);
}

static const struct {
    const char *name, *text;
    int64_t ms;
} ABSOLUTE[] = {
    {"epoch 0", "0", 0},
    {"epoch seconds", "1534615206", 1534615206000},
    {"epoch seconds with half a second", "1534615206.5", 1534615206500},
    {"epoch seconds with milliseconds", "1534615206.123", 1534615206123},
    {"epoch seconds with one millisecond", "1795421880.001", 1795421880001},
    {"10^11 is still seconds", "100000000000", 100000000000000},
    {"above 10^11 is milliseconds", "100000000001", 100000000001},
    {"epoch milliseconds", "1534615206123", 1534615206123},
    {"Z", "2026-11-23T08:18:00Z", 1795421880000},
    {"small t and z", "2026-11-23t08:18:00z", 1795421880000},
    {"blank for T", "2026-11-23 08:18:00Z", 1795421880000},
    {"offset +hh:mm", "2026-11-23T08:18:00+01:00", 1795418280000},
    {"offset +hhmm", "2026-11-23T08:18:00+0100", 1795418280000},
    {"offset +hh", "2026-11-23T08:18:00+01", 1795418280000},
    {"offset -hh:mm", "2026-11-23T08:18:00-05:30", 1795441680000},
    {"offset behind a blank", "2026-11-23 08:18:00 +0100", 1795418280000},
    {"without seconds", "2026-11-23T08:18Z", 1795421880000},
    {"without seconds, with offset", "2026-11-23 08:18+01:00", 1795418280000},
    {"fraction", "2026-11-23T08:18:00.5Z", 1795421880500},
    {"fraction with three digits", "2026-11-23T08:18:00.123Z", 1795421880123},
    {"fraction with nine digits", "2026-11-23T08:18:00.123456789Z", 1795421880123},
    {"fraction behind a comma", "2026-11-23T08:18:00,250Z", 1795421880250},
    {"fraction with offset", "2026-11-23T08:18:00.001+01:00", 1795418280001},
    {"offset 0", "2026-11-23T08:18:00+00:00", 1795421880000},
    {"leap day", "2024-02-29T00:00:00Z", 1709164800000},
    {"leap day of a century", "2000-02-29T12:00:00Z", 951825600000},
    {"behind February of a century without leap day", "2100-03-01T00:00:00Z", 4107542400000},
    {"first second", "1970-01-01T00:00:00Z", 0},
    {"last second", "9999-12-31T23:59:59Z", 253402300799000},
};

START_TEST(reads_epoch_and_iso)
{
    expect(ABSOLUTE[_i].name, ABSOLUTE[_i].text, DATETIME_LOCAL, ABSOLUTE[_i].ms);
    expect(ABSOLUTE[_i].name, ABSOLUTE[_i].text, DATETIME_PARIS, ABSOLUTE[_i].ms);
}
END_TEST

static const struct {
    const char *name, *text;
    int64_t s;
} PARIS[] = {
    {"the scheduled time of the provider's fixture", "2018-08-18 20:00:00", 1534615200},
    {"winter", "2026-01-15 12:00:00", 1768474800},
    {"summer", "2026-07-15T12:00:00", 1784109600},
    {"last second of winter time", "2026-03-29 01:59:59", 1774745999},
    {"first second of summer time", "2026-03-29 03:00:00", 1774746000},
    {"hour before the doubled one", "2026-10-25 01:59:59", 1792886399},
    {"doubled hour begins: the first is meant", "2026-10-25 02:00:00", 1792886400},
    {"doubled hour: the first is meant", "2026-10-25 02:30:00", 1792888200},
    {"hour behind the doubled one", "2026-10-25 03:00:00", 1792893600},
    {"last day of the year", "2026-12-31 23:59:59", 1798757999},
    {"leap day", "2024-02-29 12:00:00", 1709204400},
};

START_TEST(paris_holds_for_the_provider)
{
    expect(PARIS[_i].name, PARIS[_i].text, DATETIME_PARIS, PARIS[_i].s * 1000);
}
END_TEST

/* 02:30 doesn't exist on that night: half past one in either counting. */
START_TEST(the_hour_that_spring_skips_is_near)
{
    const char *text = "2026-03-29 02:30:00";
    int64_t ms = 0;
    ck_assert(datetime_parse(text, strlen(text), DATETIME_PARIS, &ms));
    ck_assert_msg(ms == 1774744200000 || ms == 1774747800000,
                  "%s: expected 00:30Z or 01:30Z, got %jd", text, (intmax_t)ms);
}
END_TEST

static const struct {
    const char *zone, *text;
    int64_t s;
} LOCAL[] = {
    {"UTC0", "2026-11-23T08:18:00", 1795421880},
    {"CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-15 12:00:00", 1784109600},
    {"CET-1CEST,M3.5.0,M10.5.0/3", "2026-01-15 12:00:00", 1768474800},
    {"CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29 03:00:00", 1774746000},
    {"EST5EDT,M3.2.0,M11.1.0", "2026-11-23 08:18:00", 1795439880},
    {"EST5EDT,M3.2.0,M11.1.0", "2026-07-15 12:00:00", 1784131200},
    {"<+0530>-5:30", "2026-11-23 13:48", 1795421880},
};

START_TEST(the_local_zone_holds_without_an_offset)
{
    zone_set(LOCAL[_i].zone);
    expect(LOCAL[_i].zone, LOCAL[_i].text, DATETIME_LOCAL, LOCAL[_i].s * 1000);
    expect("Z beats the zone", "2026-11-23T08:18:00Z", DATETIME_LOCAL, 1795421880000);
    zone_reset();
}
END_TEST

static const struct {
    const char *name, *text;
} BAD[] = {
    {"empty", ""},
    {"blank", " "},
    {"word", "yesterday"},
    {"negative epoch", "-1"},
    {"exponent", "1e9"},
    {"hexadecimal", "0x5"},
    {"epoch behind the year 9999", "253402300800000"},
    {"29 February of a common year", "2026-02-29T00:00:00Z"},
    {"29 February 2100", "2100-02-29T00:00:00Z"},
    {"month 13", "2026-13-01T00:00:00Z"},
    {"month 0", "2026-00-10T00:00:00Z"},
    {"day 0", "2026-01-00T00:00:00Z"},
    {"day 32", "2026-01-32T00:00:00Z"},
    {"31 April", "2026-04-31T00:00:00Z"},
    {"hour 25", "2026-01-01T25:00:00Z"},
    {"minute 60", "2026-01-01T00:60:00Z"},
    {"second 61", "2026-01-01T00:00:61Z"},
    {"trailing text", "2026-11-23T08:18:00Z."},
    {"trailing blank", "2026-11-23T08:18:00Z "},
    {"trailing word", "2026-11-23T08:18:00 UTC"},
    {"trailing digits", "2026-11-23T08:18:000"},
    {"leading blank", " 2026-11-23T08:18:00Z"},
    {"date alone", "2026-11-23"},
    {"date and T", "2026-11-23T"},
    {"hour alone", "2026-11-23T08"},
    {"open minute", "2026-11-23T08:"},
    {"open second", "2026-11-23T08:18:"},
    {"point without fraction", "2026-11-23T08:18:00.Z"},
    {"offset of 24 hours", "2026-11-23T08:18:00+24:00"},
    {"offset of 60 minutes", "2026-11-23T08:18:00+01:60"},
    {"half an offset", "2026-11-23T08:18:00+1"},
    {"open offset", "2026-11-23T08:18:00+01:"},
    {"sign alone", "2026-11-23T08:18:00+"},
    {"two offsets", "2026-11-23T08:18:00Z+01:00"},
    {"slashes", "2026/11/23 08:18:00"},
    {"French order", "23/11/2026 08:18:00"},
    {"short fields", "2026-1-3T8:18:00Z"},
    {"year of two digits", "26-11-23T08:18:00Z"},
    {"year 1969", "1969-12-31T23:59:59Z"},
    {"year 10000", "10000-01-01T00:00:00Z"},
    {"no separators", "20261123T081800Z"},
    {"underscore for T", "2026-11-23_08:18:00"},
};

START_TEST(refuses_what_is_no_time)
{
    int64_t ms = 77;
    for (int zone = DATETIME_LOCAL; zone <= DATETIME_PARIS; zone++) {
        bool fine =
            datetime_parse(BAD[_i].text, strlen(BAD[_i].text), (enum datetime_zone)zone, &ms);
        ck_assert_msg(!fine, "%s ('%s'): expected nothing, got %jd", BAD[_i].name, BAD[_i].text,
                      (intmax_t)ms);
        ck_assert_msg(ms == 77, "%s: the value was touched", BAD[_i].name);
    }
}
END_TEST

START_TEST(reads_no_further_than_the_length)
{
    int64_t ms = 0;
    ck_assert(datetime_parse("2026-11-23T08:18:00Z9", 20, DATETIME_PARIS, &ms));
    ck_assert_int_eq(ms, 1795421880000);
    ck_assert(datetime_parse("17954218809", 10, DATETIME_PARIS, &ms));
    ck_assert_int_eq(ms, 1795421880000);
}
END_TEST

static const struct {
    const char *text;
    bool is_date, is_time, is_offset;
} PARTS[] = {
    {"2026-11-23", true, false, false},
    {"2026-02-29", false, false, false},
    {"2026-11-23T", false, false, false},
    {"2026-11-23 ", false, false, false},
    {"2026-11", false, false, false},
    {"08:18", false, true, false},
    {"08:18:00", false, true, false},
    {"08:18:00.5", false, true, false},
    {"08:18:00Z", false, true, false},
    {"08:18:00+01:00", false, true, false},
    {"24:18", false, false, false},
    {"08:18:00x", false, false, false},
    {"08:18:00Zx", false, false, false},
    {"08:18:00+01:00x", false, false, false},
    {"Z", false, false, true},
    {"+01", false, false, true},
    {"-0530", false, false, true},
    {"+01:00", false, false, true},
    {"+1", false, false, false},
    {"+01:0", false, false, false},
    {"ZZ", false, false, false},
    {"", false, false, false},
    {"1000", false, false, false},
};

START_TEST(parts_are_known_when_whole)
{
    const char *text = PARTS[_i].text;
    size_t length = strlen(text);
    ck_assert_msg(datetime_is_date(text, length) == PARTS[_i].is_date, "'%s': expected %s date",
                  text, PARTS[_i].is_date ? "a" : "no");
    ck_assert_msg(datetime_is_time(text, length) == PARTS[_i].is_time, "'%s': expected %s time",
                  text, PARTS[_i].is_time ? "a" : "no");
    ck_assert_msg(datetime_is_offset(text, length) == PARTS[_i].is_offset,
                  "'%s': expected %s offset", text, PARTS[_i].is_offset ? "an" : "no");
}
END_TEST

Suite *datetime_suite(void)
{
    Suite *suite = suite_create("datetime");
    TCase *core = add_case(suite, "core"), *limits = add_case(suite, "limits");
    tcase_add_loop_test(core, reads_epoch_and_iso, 0, COUNT_OF(ABSOLUTE));
    tcase_add_loop_test(core, paris_holds_for_the_provider, 0, COUNT_OF(PARIS));
    tcase_add_test(core, the_hour_that_spring_skips_is_near);
    tcase_add_loop_test(core, the_local_zone_holds_without_an_offset, 0, COUNT_OF(LOCAL));
    tcase_add_loop_test(core, parts_are_known_when_whole, 0, COUNT_OF(PARTS));
    tcase_add_loop_test(limits, refuses_what_is_no_time, 0, COUNT_OF(BAD));
    tcase_add_test(limits, reads_no_further_than_the_length);
    return suite;
}
