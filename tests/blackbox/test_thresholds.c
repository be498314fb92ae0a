/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ranges good and bad, metrics and their defaults, shares in percent,
 * the smallest sample and the state without data.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <string.h>

/* The guidelines' table and its neighbours, judged on the count of messages. */
struct range_row {
    const char *range;
    int messages;
    bool alerts;
};

static const struct range_row ranges[] = {
    {"10", 1, false},
    {"10", 10, false},
    {"10", 11, true},
    {"10:", 9, true},
    {"10:", 10, false},
    {"10:", 11, false},
    {"~:10", 1, false},
    {"~:10", 10, false},
    {"~:10", 11, true},
    {"10:20", 9, true},
    {"10:20", 10, false},
    {"10:20", 20, false},
    {"10:20", 21, true},
    {"@10:20", 9, false},
    {"@10:20", 10, true},
    {"@10:20", 20, true},
    {"@10:20", 21, false},
    {"0:10", 10, false},
    {"0:10", 11, true},
    {"0", 1, true},
    {"1:", 1, false},
    {"2:", 1, true},
    {"~:", 5, false},
    {"@~:", 5, true},
    {"@0:10", 11, false},
    {"@10", 10, true},
    {"@10", 11, false},
    {"@10:", 10, true},
    {"@10:", 9, false},
    {"@~:10", 10, true},
    {"@~:10", 11, false},
    {"10:10", 10, false},
    {"10:10", 11, true},
    {"10:10", 9, true},
    {"9.5:10.5", 10, false},
    {"9.5:9.9", 10, true},
    {"10.0", 10, false},
    {"9.999999", 10, true},
    {"-5:5", 5, false},
    {"-5:5", 6, true},
    {"~:-1", 1, true},
    {"-10:-1", 1, true},
    {"@-5:5", 5, true},
    {"0.5:", 1, false},
    {"1000000000000:", 5, true},
    {"~:1000000000000", 5, false},
};

START_TEST(good_ranges)
{
    const struct range_row *row = &ranges[_i / 2];
    char level = _i % 2 == 0 ? 'w' : 'c';
    int alert = level == 'w' ? WARNING : CRITICAL;
    const struct result *result;

    canned_deliver();
    write_file("batch", many(1, row->messages, ""));
    result = ask(format("-b batch -%c messages=%s", level, row->range));
    ck_assert_msg(result->exit_code == (row->alerts ? alert : OK), "%s of %d\n%s", row->range,
                  row->messages, shown(result));
    if (row->alerts) {
        expect_text(result,
                    format("\n[%s] messages %d is %s ", level == 'w' ? "WARNING" : "CRITICAL",
                           row->messages, row->range[0] == '@' ? "inside" : "outside"));
    } else {
        expect_no_text(result, "] messages ");
    }
}
END_TEST

/* A bare range is for the ratio: here 50 %. */
static const struct range_row ratios[] = {
    {"50:", 0, false}, {"50.000001:", 0, true}, {"50", 0, false},    {"49.99", 0, true},
    {"@50", 0, true},  {"@50.1:", 0, false},    {"40:60", 0, false}, {"~:49", 0, true},
};

START_TEST(bare_ranges_are_for_the_ratio)
{
    const struct range_row *row = &ratios[_i];
    const struct result *result;

    canned_items(ITEM("1", "Delivered") "," ITEM("2", "ko"));
    write_file("batch", MESSAGE("1") MESSAGE("2"));
    result = ask(format("-b batch -w ~: -c %s", row->range));
    ck_assert_msg(result->exit_code == (row->alerts ? CRITICAL : OK), "%s", shown(result));
    if (row->alerts) {
        expect_text(result, "\n[CRITICAL] delivered_ratio 50% is ");
    }
}
END_TEST

static const char *const bad_thresholds[] = {
    "",
    ":",
    ":10",
    "~",
    "@",
    "@:",
    "@~",
    "20:10",
    "10abc",
    "10:20:30",
    "abc",
    "nan",
    "inf",
    "nan:",
    "~:inf",
    "-inf:",
    "1e400",
    "0x10",
    "10:x",
    "x:10",
    "~~:5",
    "@@1",
    "1..2",
    "--5",
    "-",
    "-:5",
    ".",
    "10;20",
    "5:~",
    "messages=",
    "=5",
    "foo=5",
    "Foo",
    "messages",
    "messages=5=6",
    "messages:5",
    "messages=20:10",
    "messages=@",
    "messages=5,foo=1",
    "messages=5,",
    ",messages=5",
    ",",
    "1,5:",
    "1,5",
    "90:,95:",
    "messages=1,messages=2",
    "delivered_ratio=90:,95:",
    "spam=0,stop=0,spam=1",
    "5%",
    "delivered_ratio=5%",
    "failed_ratio=5%",
    "latency_p50=5%",
    "time=5%",
    "oldest_waiting=1%",
    "messages=%",
    "messages=5%%",
    "messages=%5",
    "5 %",
    "1 2",
    "10 abc",
    "-1",
    "~:-",
    "messages=1_000",
    "messages=99999999999999999999999999999999999999999999999999999999999999999999999999999999999"
    "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999"
    "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999"
    "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
};

START_TEST(bad_thresholds_are_usage_errors)
{
    const char *text = bad_thresholds[_i / 2];
    const char *option = _i % 2 == 0 ? "-w" : "--critical";
    const struct result *result;

    canned_deliver();
    write_file("batch", MESSAGE("1"));
    result = ask(format("-b batch %s '%s'", option, text));
    expect_exit(result, UNKNOWN);
    expect(result, contains(result->first, _i % 2 == 0 ? "-w" : "--critical") ||
                       (_i % 2 == 0 && contains(result->first, "--warning")));
    if (strlen(text) < 60) {
        expect_first(result, text);
    }
    expect(result, !result->has_perfdata);
    ck_assert_uint_eq(canned_count(), 0);
}
END_TEST

/* One delivered, one failed with a spam flag, one lost, one stopped and delivered: 50 %. */
static const char batch[] = MESSAGE("1") MESSAGE("2") MESSAGE("3") MESSAGE("4");
static const char items[] =
    ITEM("1", "Delivered") ",{" GOOD WHO("2") ",'status':'ko','isSpam':1}," LOST("3") ",{" GOOD WHO(
        "4") ",'status':'Delivered','stopSms':1}";

#define JUDGED(options, exit_code, text, no_text)                                                  \
    {                                                                                              \
        options, batch, items, options, exit_code, NULL, "delivered_ratio=50 spam=1 stop=1", text, \
            no_text                                                                                \
    }

static const struct row defaults[] = {
    JUDGED("", CRITICAL, "[CRITICAL] delivered_ratio 50% is outside 90:", "[CRITICAL] spam"),
    JUDGED("-c ~:", WARNING, "[WARNING] delivered_ratio 50% is outside 95:", "[CRITICAL]"),
    JUDGED("-c 50:", WARNING, "[WARNING] delivered_ratio 50% is outside 95:", "[CRITICAL]"),
    JUDGED("-c ~: -w 50:", WARNING, "[WARNING] spam 1 is outside 0", "delivered_ratio 50% is"),
    JUDGED("-c ~: -w ~:", WARNING, "[WARNING] stop 1 is outside 0", "delivered_ratio 50% is"),
    JUDGED("-w ~:", CRITICAL, "[CRITICAL] delivered_ratio 50% is outside 90:", "95:;"),
    JUDGED("-c ~: -w ~: -w spam=1", WARNING, "[WARNING] stop 1", "[WARNING] spam"),
    JUDGED("-c ~: -w ~: -w stop=~:", WARNING, "[WARNING] spam 1", "[WARNING] stop"),
    JUDGED("-c ~: -w ~: -w stop=~: -w spam=~:", OK, "SMSPARTNER OK", "[WARNING]"),
    JUDGED("-c ~: -w ~:,stop=~:,spam=~:", OK, "SMSPARTNER OK", "[WARNING]"),
    JUDGED("-c ~: -w delivered_ratio=~: -w stop=1,spam=1", OK, "SMSPARTNER OK", "[WARNING]"),
    JUDGED("-c ~: -c spam=0", CRITICAL, "[CRITICAL] spam 1 is outside 0", "[CRITICAL] stop"),
    JUDGED("-c 50:,spam=1 -c stop=0", CRITICAL, "[CRITICAL] stop 1", "[CRITICAL] spam"),
    JUDGED("-c ~: -w ~: -w spam=0 -w spam=5 -w stop=5", OK, "SMSPARTNER OK", "[WARNING]"),
    JUDGED("-c ~: -c 90: -c 40: -w 0:", WARNING, "[WARNING] spam", "[CRITICAL]"),
    JUDGED("-c ~: -c undelivered=0", CRITICAL, "[CRITICAL] undelivered 1 is outside 0", NULL),
    JUDGED("-c ~: -c not_found=@1", CRITICAL, "[CRITICAL] not_found 1 is inside @1", NULL),
    JUDGED("-c ~: -c unknown=0,waiting=0,overdue=0,delivered=2:2,messages=4:4", WARNING,
           "[WARNING]", "[CRITICAL]"),
    JUDGED("-c ~: -c requests=0", CRITICAL, "[CRITICAL] requests 1 is outside 0", NULL),
    JUDGED("-c ~: -c duplicates=0,invalid=0,requests=1:1", WARNING, "[WARNING]", "[CRITICAL]"),
    JUDGED("-c ~: -c time=@0:", CRITICAL, "[CRITICAL] time ", NULL),
    JUDGED("-c ~: -w ~: -w failed_ratio=5 -c failed_ratio=10", CRITICAL,
           "[CRITICAL] failed_ratio 50% is outside 10", "delivered_ratio 50% is"),
    JUDGED("-c ~: -w ~: -w failed_ratio=5 -c failed_ratio=50", WARNING,
           "[WARNING] failed_ratio 50% is outside 5", "[CRITICAL]"),
    JUDGED("--warning=~: --critical=~: -wspam=3 -w stop=3", OK, "SMSPARTNER OK", "[WARNING]"),
    JUDGED("-c ~: -c undelivered=24%", CRITICAL, "[CRITICAL] undelivered 1 is outside ", NULL),
    JUDGED("-c ~: -c undelivered=25%", WARNING, "[WARNING]", "[CRITICAL]"),
    JUDGED("-c ~: -c undelivered=@25%:30%", CRITICAL, "[CRITICAL] undelivered 1 is inside ", NULL),
    JUDGED("-c ~: -c undelivered=@25:30%", CRITICAL, "[CRITICAL] undelivered 1 is inside ", NULL),
    JUDGED("-c ~: -c undelivered=@25%:30", CRITICAL, "[CRITICAL] undelivered 1 is inside ", NULL),
    JUDGED("-c ~: -c delivered=51%:", CRITICAL, "[CRITICAL] delivered 2 is outside ", NULL),
    JUDGED("-c ~: -c delivered=50%:", WARNING, "[WARNING]", "[CRITICAL]"),
    JUDGED("-c ~: -c spam=~:10%", CRITICAL, "[CRITICAL] spam 1", NULL),
    JUDGED("-c ~: -c latency_p50=0 -c latency_max=0 -c oldest_waiting=0", WARNING, "[WARNING]",
           "[CRITICAL]"),
};

START_TEST(metrics_and_defaults)
{
    run_row(&defaults[_i]);
}
END_TEST

START_TEST(latencies_are_judged)
{
    const struct result *result;

    canned_items(ITEM("1", "Delivered"));
    write_file("batch", SENT("1", "1517934316"));
    result = ask("-b batch -w latency_p50=50 -c latency_p95=200");
    expect_exit(result, WARNING);
    expect_text(result, "[WARNING] latency_p50 ");
    expect_exit(ask("-b batch -c latency_max=~:110"), OK);
    expect_exit(ask("-b batch -c latency_max=90"), CRITICAL);
}
END_TEST

START_TEST(age_is_judged)
{
    canned_items(ITEM("1", "Waiting") "," ITEM("2", "Delivered"));
    write_file("batch", SENT("1", "1517934316") MESSAGE("2"));
    expect_exit(ask("-b batch -g 20000d -c oldest_waiting=3600"), CRITICAL);
    expect_exit(ask("-b batch -g 20000d -c oldest_waiting=3600:"), OK);
}
END_TEST

/* Two settled (one failed), one waiting. */
static const char sample_batch[] = MESSAGE("1") MESSAGE("2") MESSAGE("3");
static const char sample_items[] =
    ITEM("1", "Delivered") "," ITEM("2", "ko") "," ITEM("3", "Waiting");

#define SAMPLE(options, exit_code, text, no_text)                                                  \
    {                                                                                              \
        options, sample_batch, sample_items, options, exit_code, NULL,                             \
            "delivered_ratio=50 failed_ratio=50 waiting=1", text, no_text                          \
    }

static const struct row samples[] = {
    SAMPLE("--min-sample 1", CRITICAL, "[CRITICAL] delivered_ratio", NULL),
    SAMPLE("--min-sample 2", CRITICAL, "[CRITICAL] delivered_ratio", NULL),
    SAMPLE("--min-sample 3", UNKNOWN, "SMSPARTNER UNKNOWN", "delivered_ratio 50% is"),
    SAMPLE("--min-sample=1000000", UNKNOWN, "SMSPARTNER UNKNOWN", "delivered_ratio 50% is"),
    SAMPLE("--min-sample 3 --no-data ok", OK, "SMSPARTNER OK", "[CRITICAL]"),
    SAMPLE("--min-sample 3 --no-data warning", WARNING, "SMSPARTNER WARNING", "[CRITICAL]"),
    SAMPLE("--min-sample 3 --no-data 2", CRITICAL, "SMSPARTNER CRITICAL", "[CRITICAL]"),
    SAMPLE("--min-sample 3 --no-data ok -c undelivered=0", CRITICAL, "[CRITICAL] undelivered 1",
           "delivered_ratio 50% is"),
    SAMPLE("--min-sample 3 -w undelivered=0", WARNING, "[WARNING] undelivered 1", NULL),
    SAMPLE("--min-sample 3 --no-data ok -c failed_ratio=1", OK, "SMSPARTNER OK", "[CRITICAL]"),
    SAMPLE("--min-sample 2 -c ~: -c failed_ratio=1", CRITICAL, "[CRITICAL] failed_ratio 50%", NULL),
};

START_TEST(smallest_sample)
{
    run_row(&samples[_i]);
}
END_TEST

START_TEST(ratios_below_the_sample_carry_no_limits)
{
    const struct result *result;

    canned_items(sample_items);
    write_file("batch", sample_batch);
    result = ask("-b batch --min-sample 3 -w failed_ratio=5 -c failed_ratio=9");
    expect_limits(result, "delivered_ratio", ";;");
    expect_limits(result, "failed_ratio", ";;");
    result = ask("-b batch --min-sample 2 -w failed_ratio=5 -c failed_ratio=9");
    expect_limits(result, "delivered_ratio", "95:;90:;");
    expect_limits(result, "failed_ratio", "5;9;");
}
END_TEST

#define NO_DATA(options, exit_code)                                                                \
    {                                                                                              \
        options, MESSAGE("1"), ITEM("1", "Waiting"), options, exit_code, "no message settled yet", \
            "messages=1 waiting=1 delivered_ratio=U failed_ratio=U", NULL, "[CRITICAL]"            \
    }

static const struct row no_data[] = {
    NO_DATA("", UNKNOWN),
    NO_DATA("--no-data unknown", UNKNOWN),
    NO_DATA("--no-data ok", OK),
    NO_DATA("--no-data=warning", WARNING),
    NO_DATA("--no-data critical", CRITICAL),
    NO_DATA("--no-data 0", OK),
    NO_DATA("--no-data 1", WARNING),
    NO_DATA("--no-data 2", CRITICAL),
    NO_DATA("--no-data 3", UNKNOWN),
    NO_DATA("--no-data 3 --no-data 0", OK),
    NO_DATA("--no-data ok -w waiting=0", WARNING),
    NO_DATA("-w waiting=0", WARNING),
    NO_DATA("--no-data ok -c delivered_ratio=100: -c failed_ratio=0", OK),
};

START_TEST(state_without_data)
{
    run_row(&no_data[_i]);
}
END_TEST

START_TEST(a_share_of_nothing_is_not_judged)
{
    canned_deliver();
    write_file("batch", "");
    expect_exit(ask("-b batch --no-data ok -c undelivered=@0%:100% -w messages=1%:"), OK);
    expect_exit(ask("-b batch --no-data ok -c messages=1:"), CRITICAL);
}
END_TEST

Suite *thresholds_suite(void)
{
    Suite *suite = suite_create("thresholds");
    TCase *tcase = harness_case(suite, "ranges");

    tcase_add_loop_test(tcase, good_ranges, 0, 2 * ROWS(ranges));
    tcase_add_loop_test(tcase, bare_ranges_are_for_the_ratio, 0, ROWS(ratios));
    tcase_add_loop_test(tcase, bad_thresholds_are_usage_errors, 0, 2 * ROWS(bad_thresholds));
    tcase = harness_case(suite, "metrics");
    tcase_add_loop_test(tcase, metrics_and_defaults, 0, ROWS(defaults));
    tcase_add_test(tcase, latencies_are_judged);
    tcase_add_test(tcase, age_is_judged);
    tcase = harness_case(suite, "sample");
    tcase_add_loop_test(tcase, smallest_sample, 0, ROWS(samples));
    tcase_add_test(tcase, ratios_below_the_sample_carry_no_limits);
    tcase_add_loop_test(tcase, state_without_data, 0, ROWS(no_data));
    tcase_add_test(tcase, a_share_of_nothing_is_not_judged);
    return suite;
}
