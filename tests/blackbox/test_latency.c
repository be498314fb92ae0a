/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Times: the forms in which the service gives a date, those in which a batch gives the time of
 * sending, latency percentiles, the age of what waits, and the grace time.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* 2018-02-06 16:26:40 UTC; Paris is one hour ahead. Its reply is 16 seconds later. */
#define SENDING "1517934400"

struct date_row {
    const char *date;
    const char *latency;
};

static const struct date_row dates[] = {
    {"'1517934416'", "~16"},
    {"1517934416", "~16"},
    {"'2018-02-06 17:26:56'", "~16"},
    {"'2018-02-06T17:26:56'", "~16"},
    {"'2018-02-06T16:26:56Z'", "~16"},
    {"'2018-02-06T17:26:56+01:00'", "~16"},
    {"'2018-02-06T11:26:56-05:00'", "~16"},
    {"'2018-02-06 16:26:56Z'", "~16"},
    {"'1517934400'", "0"},
    {"'1517934399'", "0"},
    {"1517900000", "0"},
    {"null", "U"},
    {"''", "U"},
    {"'soon'", "U"},
    {"'1521021600'", "~3087200"},
};

START_TEST(dates_in_every_form)
{
    const struct date_row *row = &dates[_i];
    const struct result *result;

    canned_items(format("{" GOOD WHO("1") ",'status':'Delivered','date':%s," FLAGS "}", row->date));
    write_file("batch", SENT("1", SENDING));
    result = ask("-b batch");
    expect_metrics(result, format("delivered=1 latency_p50=%s latency_p95=%s latency_max=%s",
                                  row->latency, row->latency, row->latency));
    expect_exit(result, OK);
}
END_TEST

START_TEST(summer_time_in_paris)
{
    const struct result *result;

    canned_items("{" GOOD WHO("1") ",'status':'Delivered','date':'2018-08-18 20:00:06'," FLAGS "}");
    write_file("batch", SENT("1", "2018-08-18T18:00:00Z"));
    result = ask("-b batch");
    expect_metrics(result, "latency_max=~6");
}
END_TEST

START_TEST(no_date_no_latency)
{
    const struct result *result;

    canned_items("{" GOOD WHO("1") ",'status':'Delivered'}");
    write_file("batch", SENT("1", SENDING));
    result = ask("-b batch");
    expect_metrics(result, "delivered=1 latency_p50=U latency_p95=U latency_max=U");
}
END_TEST

struct sent_row {
    const char *sent;
    const char *options;
    const char *zone; /* TZ of the system */
    const char *date; /* what the service says; the latency must come out as 100 */
};

static const struct sent_row sent_forms[] = {
    {"1517934400", "", NULL, "1517934500"},
    {"1517934400000", "", NULL, "1517934500"},
    {"2018-02-06T16:26:40Z", "", NULL, "1517934500"},
    {"2018-02-06 16:26:40Z", "", NULL, "1517934500"},
    {"2018-02-06T17:26:40+01:00", "", NULL, "1517934500"},
    {"2018-02-06T21:56:40+05:30", "", NULL, "1517934500"},
    {"2018-02-06T11:26:40-05:00", "", NULL, "1517934500"},
    {"2018-02-06T16:26:40", "--timezone UTC", "TZ=America/New_York", "1517934500"},
    {"2018-02-06 16:26:40", "--timezone UTC", NULL, "1517934500"},
    {"2018-02-06T17:26:40", "--timezone Europe/Paris", NULL, "1517934500"},
    {"2018-02-06 17:26:40", "--timezone Europe/Paris", NULL, "1517934500"},
    {"2018-08-18T20:00:00", "--timezone Europe/Paris", NULL, "1534615300"},
    {"2018-02-06T17:26:40", "", "TZ=Europe/Paris", "1517934500"},
    {"2018-02-06T16:26:40", "", "TZ=UTC", "1517934500"},
    {"2018-02-06T16:26:40Z", "--timezone Europe/Paris", NULL, "1517934500"},
    {"2018-02-06T11:26:40-05:00", "--timezone Europe/Paris", "TZ=UTC", "1517934500"},
    {"2020-02-29T12:00:00Z", "", NULL, "1582977700"},
    {"1517934400", "--timezone Europe/Paris", NULL, "1517934500"},
};

START_TEST(sent_times_in_every_form)
{
    const struct sent_row *row = &sent_forms[_i];
    const struct how how = {.environment = {row->zone}};
    const struct result *result;

    canned_start(&(struct canned_rule){.kind = CANNED_DELIVER, .date = row->date}, 1);
    write_file("batch", format("+33639980001,1,%s\n", row->sent));
    result = ask_how(format("-b batch %s", row->options), &how);
    expect_metrics(result, "delivered=1 latency_max=~100");
}
END_TEST

static const char *const bad_sent[] = {
    "yesterday",
    "2018-13-06T16:26:40Z",
    "2018-02-30T16:26:40Z",
    "2018-02-06T25:00:00Z",
    "2018-02-06T16:61:00Z",
    "2018-02-06T16:26:40+99:00",
    "2018-02-06T16:26:40X",
    "-5",
    "1517934400s",
    "2019-02-29T12:00:00Z",
    "12/06/2018",
    "99999999999999999999999",
};

START_TEST(bad_sent_times_are_invalid)
{
    const struct result *result;

    canned_deliver();
    write_file("batch", format(MESSAGE("1") "+33639980002,2,%s\n", bad_sent[_i]));
    result = ask("-b batch");
    expect_exit(result, UNKNOWN);
    expect_first(result, "batch:2: ");
    expect(result, canned_count() == 0);
}
END_TEST

/* Latencies in seconds of delivered messages, then what nearest-rank makes of them. */
struct percentile_row {
    const char *latencies;
    const char *metrics;
};

static const struct percentile_row percentiles[] = {
    {"7", "latency_p50=~7 latency_p95=~7 latency_max=~7"},
    {"1 2", "latency_p50=~1 latency_p95=~2 latency_max=~2"},
    {"30 10 20", "latency_p50=~20 latency_p95=~30 latency_max=~30"},
    {"40 10 30 20", "latency_p50=~20 latency_p95=~40 latency_max=~40"},
    {"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
     "latency_p50=~10 latency_p95=~19 latency_max=~20"},
    {"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21",
     "latency_p50=~11 latency_p95=~20 latency_max=~21"},
    {"0 0 0", "latency_p50=0 latency_p95=0 latency_max=0"},
    {"5 5 5 100000", "latency_p50=~5 latency_p95=~100000 latency_max=~100000"},
    {"172800 86400 3600", "latency_p50=~86400 latency_p95=~172800 latency_max=~172800"},
};

START_TEST(percentiles_are_nearest_rank)
{
    const char *rest = percentiles[_i].latencies;
    char *batch = format("%s", "");
    const struct result *result;

    canned_start(&(struct canned_rule){.kind = CANNED_DELIVER, .date = "1800000000"}, 1);
    for (int id = 1; *rest != '\0'; id++) {
        char *end;
        long latency = strtol(rest, &end, 10);

        batch = format("%s+33639980001,%d,%ld\n", batch, id, 1800000000L - latency);
        rest = end;
    }
    write_file("batch", batch);
    result = ask("-b batch");
    expect_metrics(result, percentiles[_i].metrics);
}
END_TEST

START_TEST(only_delivered_messages_with_a_time_have_latency)
{
    const struct result *result;

    canned_items(ITEM("1", "Delivered") "," ITEM("2", "Not delivered") "," ITEM("3", "Delivered"));
    write_file("batch", SENT("1", SENDING) SENT("2", "1517000000") MESSAGE("3"));
    result = ask("-b batch");
    expect_metrics(result, "delivered=2 latency_p50=~16 latency_max=~16");
}
END_TEST

/* A message that waits, sent so many seconds ago. */
struct grace_row {
    long age;
    const char *options;
    const char *outcome;
};

enum { MINUTE = 60, HOUR = 3600, DAY = 86400 };

static const struct grace_row graces[] = {
    {10 * MINUTE, "", "waiting"},
    {47 * HOUR, "", "waiting"},
    {49 * HOUR, "", "overdue"},
    {30 * MINUTE, "-g 1h", "waiting"},
    {90 * MINUTE, "-g 1h", "overdue"},
    {90 * MINUTE, "--grace 1h", "overdue"},
    {90 * MINUTE, "--grace=2h", "waiting"},
    {90 * MINUTE, "-g 91m", "waiting"},
    {90 * MINUTE, "-g 89m", "overdue"},
    {90 * MINUTE, "-g 5600", "waiting"},
    {90 * MINUTE, "-g 5300s", "overdue"},
    {36 * HOUR, "-g 2d", "waiting"},
    {36 * HOUR, "-g 1d", "overdue"},
    {80 * MINUTE, "-g 1.5h", "waiting"},
    {100 * MINUTE, "-g 1.5h", "overdue"},
    {0, "-g 0", "overdue"},
    {-HOUR, "", "waiting"},
    {-HOUR, "-g 0", "overdue"},
    {1000 * DAY, "-g 2000d", "waiting"},
};

START_TEST(grace)
{
    const struct grace_row *row = &graces[_i];
    const struct result *result;
    long age = row->age < 0 ? 0 : row->age;

    canned_items(ITEM("1", "Waiting"));
    write_file("batch", format("+33639980001,1,%ld\n", (long)time(NULL) - row->age));
    result = ask(format("-b batch %s", row->options));
    expect_metrics(result,
                   format("messages=1 %s=1 oldest_waiting=%ld..%ld", row->outcome, age, age + 60));
    expect_exit(result, strcmp(row->outcome, "overdue") == 0 ? CRITICAL : UNKNOWN);
}
END_TEST

#define GRACE_ROW(name, batch, items, options, exit_code, metrics)                                 \
    {                                                                                              \
        name, batch, items, options, exit_code, NULL, metrics, NULL, NULL                          \
    }

static const struct row waiting[] = {
    GRACE_ROW("unknown time is never overdue", MESSAGE("1"), ITEM("1", "Waiting"), "-g 1", UNKNOWN,
              "waiting=1 overdue=0 oldest_waiting=U"),
    GRACE_ROW("unknown time, grace 0", MESSAGE("1"), ITEM("1", "Waiting"), "-g 0", CRITICAL,
              "waiting=0 overdue=1 oldest_waiting=U"),
    GRACE_ROW("nothing waits", SENT("1", SENDING), ITEM("1", "Delivered"), "", OK,
              "oldest_waiting=U"),
    GRACE_ROW("the oldest counts", SENT("1", SENDING) SENT("2", "1517900000"),
              ITEM("1", "Waiting") "," ITEM("2", "PENDING"), "", CRITICAL,
              "overdue=2 oldest_waiting=100000000..9000000000"),
    GRACE_ROW("other words wait too", SENT("1", SENDING), ITEM("1", "ENROUTE"), "", CRITICAL,
              "overdue=1"),
    GRACE_ROW("settled ones have no age", SENT("1", "1517900000") SENT("2", SENDING),
              ITEM("1", "Not delivered") "," ITEM("2", "Delivered"), "", CRITICAL,
              "overdue=0 oldest_waiting=U"),
};

START_TEST(what_waits)
{
    run_row(&waiting[_i]);
}
END_TEST

/* The simulator's own relative dates, end to end. */
START_TEST(relative_dates_of_the_simulator)
{
    const struct result *result;
    long now = (long)time(NULL);

    simulator_start("+33639980001,1,Delivered,now-30,0,0\n+33639980002,2,Waiting,now-60,0,0\n", "");
    write_file("batch", format("+33639980001,1,%ld\n+33639980002,2,%ld\n", now - 1030, now - 500));
    result = ask("-b batch");
    expect_metrics(result, "delivered=1 waiting=1 latency_max=985..1070 oldest_waiting=500..570");
    expect_exit(result, OK);
}
END_TEST

Suite *latency_suite(void)
{
    Suite *suite = suite_create("latency");
    TCase *tcase = harness_case(suite, "latency");

    tcase_add_loop_test(tcase, dates_in_every_form, 0, ROWS(dates));
    tcase_add_test(tcase, summer_time_in_paris);
    tcase_add_test(tcase, no_date_no_latency);
    tcase_add_loop_test(tcase, sent_times_in_every_form, 0, ROWS(sent_forms));
    tcase_add_loop_test(tcase, bad_sent_times_are_invalid, 0, ROWS(bad_sent));
    tcase_add_loop_test(tcase, percentiles_are_nearest_rank, 0, ROWS(percentiles));
    tcase_add_test(tcase, only_delivered_messages_with_a_time_have_latency);
    tcase = harness_case(suite, "grace");
    tcase_add_loop_test(tcase, grace, 0, ROWS(graces));
    tcase_add_loop_test(tcase, what_waits, 0, ROWS(waiting));
    tcase_add_test(tcase, relative_dates_of_the_simulator);
    return suite;
}
