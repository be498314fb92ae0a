/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first line, the alerts, the list of problem messages, perfdata's
 * limits, masked numbers, verbosity, and the same as JSON.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <string.h>

/* Without sent times four of the 19 metrics have no value. */
enum { METRICS_KNOWN = 15 };

/* The manual's own sample: 200 messages. */
static void manual_sample(void)
{
    simulator_start(format("%s%s%s%s", many(1, 174, ",Delivered,1517934416,0,0"),
                           many(175, 176, ",Delivered,1517934416,0,1"),
                           many(177, 196, ",Not delivered,1517934416,0,0"),
                           many(197, 199, ",Waiting,,0,0")),
                    NULL);
    write_file("batch", many(1, 200, ""));
}

START_TEST(first_line_of_the_manual)
{
    const struct result *result;

    manual_sample();
    result = ask("-b batch -g 0");
    expect_exit(result, CRITICAL);
    ck_assert_str_eq(result->first, "SMSPARTNER CRITICAL - 88.00% delivered (176 of 200), 20 not "
                                    "delivered, 3 overdue, 1 not found, 2 spam");
    expect_text(result, " | delivered_ratio=88%;95:;90:;0;100 failed_ratio=12%;");
    ck_assert_msg(strncmp(result->rest,
                          "[CRITICAL] delivered_ratio 88% is outside 90:\n"
                          "[WARNING] spam 2 is outside 0\n[",
                          strlen("[CRITICAL] delivered_ratio 88% is outside 90:\n"
                                 "[WARNING] spam 2 is outside 0\n[")) == 0,
                  "%s", shown(result));
    ck_assert_uint_eq(count_problems(result), 10);
    expect_text(result, "\n... and 16 more\n");
}
END_TEST

START_TEST(documentation_files)
{
    const struct result *result;

    simulator_start(NULL, "--scenario {samples}/documentation.scenario");
    result = ask("-b {samples}/documentation.csv");
    expect_exit(result, CRITICAL);
    expect_first(result, "SMSPARTNER CRITICAL - 33.33% delivered (1 of 3), 2 not found");
    expect_metrics(result, "messages=3 delivered=1 not_found=2 requests=1");
    result = ask("-b {samples}/request.json");
    expect_metrics(result, "messages=3 delivered=1 not_found=2 requests=1");
    expect_exit(result, CRITICAL);
}
END_TEST

#define ONE(name, item, options, exit_code, first)                                                 \
    {                                                                                              \
        name, MESSAGE("1"), item, options, exit_code, first, NULL, NULL, NULL                      \
    }

static const struct row first_lines[] = {
    ONE("all well", ITEM("1", "Delivered"), "", OK, "SMSPARTNER OK - 100.00% delivered (1 of 1)"),
    ONE("none", ITEM("1", "ko"), "", CRITICAL,
        "SMSPARTNER CRITICAL - 0.00% delivered (0 of 1), 1 not delivered"),
    ONE("lost", LOST("1"), "", CRITICAL, "0.00% delivered (0 of 1), 1 not found"),
    ONE("waiting", ITEM("1", "Waiting"), "", UNKNOWN,
        "SMSPARTNER UNKNOWN - no message settled yet"),
    ONE("waiting is told", ITEM("1", "Waiting"), "", UNKNOWN, ", 1 waiting"),
    ONE("overdue", ITEM("1", "Waiting"), "-g 0", CRITICAL, "0.00% delivered (0 of 1), 1 overdue"),
    ONE("unknown is told", ITEM("1", "Whatever"), "", UNKNOWN, ", 1 unknown"),
    ONE("stop", "{" GOOD WHO("1") ",'status':'Delivered','stopSms':1}", "", WARNING,
        "SMSPARTNER WARNING - 100.00% delivered (1 of 1), 1 stop"),
    ONE("spam", "{" GOOD WHO("1") ",'status':'Delivered','isSpam':1}", "", WARNING,
        "100.00% delivered (1 of 1), 1 spam"),
    {"two thirds are cut", MESSAGE("1") MESSAGE("2") MESSAGE("3"),
     ITEM("1", "Delivered") "," ITEM("2", "Delivered") "," ITEM("3", "ko"), "", CRITICAL,
     "66.66% delivered (2 of 3)", NULL, "delivered_ratio=66.666667%", "66.67%"},
    {"nothing that is zero", MESSAGE("1"), ITEM("1", "Delivered"), "", OK, NULL, NULL, NULL, " 0 "},
};

START_TEST(first_line)
{
    run_row(&first_lines[_i]);
}
END_TEST

/* 1808 of 2009 is 89.995 %: rounded it would read 90.00 beside a CRITICAL. */
START_TEST(the_ratio_is_cut_not_rounded)
{
    const struct result *result;

    simulator_start(many(1, 1808, ",Delivered,1517934416,0,0"), NULL);
    write_file("batch", many(1, 2009, ""));
    result = ask("-b batch");
    expect_exit(result, CRITICAL);
    expect_first(result, "89.99% delivered (1808 of 2009), 201 not found");
    expect_text(result, "delivered_ratio=89.995022%");
    expect_text(result, "[CRITICAL] delivered_ratio 89.99");
    expect_no_text(result, "90.00%");
    expect_no_text(result, "ratio 90%");
}
END_TEST

struct list_row {
    const char *options;
    size_t lines;
    const char *more; /* NULL: no such line */
};

static const struct list_row lists[] = {
    {"", 10, "\n... and 5 more"},
    {"-l 3", 3, "\n... and 12 more"},
    {"--list=14", 14, "\n... and 1 more"},
    {"-l 15", 15, NULL},
    {"--list 1000", 15, NULL},
    {"-l 0", 0, ""},
    {"-l 9 -l 2", 2, "\n... and 13 more"},
    {"-v", 15, NULL},
    {"-v -l 3", 15, NULL},
    {"-l 3 -vv", 15, NULL},
    {"--verbose -vv", 15, NULL},
};

static void fifteen_failures(void)
{
    simulator_start(many(1, 15, ",Not delivered,1517934416,0,0"), NULL);
    write_file("batch", many(1, 15, ""));
}

START_TEST(problems_are_limited)
{
    const struct list_row *row = &lists[_i];
    const struct result *result;

    fifteen_failures();
    result = ask(format("-b batch %s", row->options));
    expect_exit(result, CRITICAL);
    ck_assert_msg(count_problems(result) == row->lines, "%zu lines expected\n%s", row->lines,
                  shown(result));
    if (row->more != NULL) {
        expect_text(result, row->more);
    } else {
        expect_no_text(result, "\n... and ");
    }
}
END_TEST

START_TEST(problems_are_limited_in_json)
{
    const struct list_row *row = &lists[_i];
    const struct result *result;

    fifteen_failures();
    result = ask(format("-b batch -o json %s", row->options));
    ck_assert_uint_eq(json_length(result->object, "problems"), row->lines);
}
END_TEST

/* One of each kind, against the order of the report. */
static const char mixed_batch[] = MESSAGE("1") MESSAGE("2") MESSAGE("3") MESSAGE("4") MESSAGE("5")
    MESSAGE("6") MESSAGE("7") MESSAGE("8") MESSAGE("9");
static const char mixed_items[] = "{" GOOD WHO("1") ",'status':'Delivered','stopSms':1}," ITEM(
    "7", "UNDELIV") "," LOST("4") "," ITEM("5", "Waiting") ",{" GOOD
    WHO("2") ",'status':'Delivered','isSpam':1}," ITEM("6", "Not delivered") "," ITEM(
        "8", "Delivered") ",{" GOOD WHO("9") ",'status':'Delivered','stopSMS':true}";

static const char *const reported_order[] = {"6", "7", "5", "4", "3", "2", "1", "9"};
static const char *const reported_outcomes[] = {"undelivered", "undelivered", "overdue",
                                                "not_found",   "unknown",     "delivered",
                                                "delivered",   "delivered"};

START_TEST(problems_by_outcome_then_batch_order)
{
    const struct result *result;
    const char *place;

    canned_items(mixed_items);
    write_file("batch", mixed_batch);
    result = ask("-b batch -g 0");
    place = result->rest;
    ck_assert_uint_eq(count_problems(result), 8);
    for (int i = 0; i < ROWS(reported_order); i++) {
        const char *found = strstr(place, format("] message %s to +336", reported_order[i]));

        ck_assert_msg(found != NULL, "message %s is out of order\n%s", reported_order[i],
                      shown(result));
        place = found;
    }
    expect_no_text(result, "message 8 ");
}
END_TEST

START_TEST(problems_in_json)
{
    const struct result *result;

    canned_items(mixed_items);
    write_file("batch", mixed_batch);
    result = ask("-b batch -g 0 --output json");
    ck_assert_uint_eq(json_length(result->object, "problems"), 8);
    for (int i = 0; i < ROWS(reported_order); i++) {
        json problem = json_at(result->object, format("problems.%d", i));

        ck_assert_str_eq(json_text(problem, "message_id"), reported_order[i]);
        ck_assert_str_eq(json_text(problem, "outcome"), reported_outcomes[i]);
        ck_assert_str_eq(json_text(problem, "phone_number"),
                         format("+336*****00%s", reported_order[i]));
        ck_assert_int_eq(json_true(problem, "spam"), i == 5);
        ck_assert_int_eq(json_true(problem, "stop"), i >= 6);
    }
    ck_assert_str_eq(json_text(result->object, "problems.0.status"), "Not delivered");
    ck_assert(json_number(result->object, "problems.3.code") == 4);
}
END_TEST

START_TEST(alerts_worst_first)
{
    const char *critical;
    const char *warning;
    const struct result *result;

    canned_items("{" GOOD WHO("1") ",'status':'ko','isSpam':1}");
    write_file("batch", MESSAGE("1"));
    result = ask("-b batch -c ~: -c undelivered=0 -c stop=1:");
    critical = strstr(result->rest, "[CRITICAL] stop 0 is outside 1:");
    warning = strstr(result->rest, "[WARNING] delivered_ratio 0% is outside 95:");
    expect(result, critical != NULL && warning != NULL && critical < warning);
    critical = strstr(result->rest, "[CRITICAL] undelivered 1 is outside 0");
    warning = strstr(result->rest, "[WARNING] spam 1 is outside 0");
    expect(result, critical != NULL && warning != NULL && critical < warning);
    expect(result, strstr(warning, "[CRITICAL]") == NULL);
}
END_TEST

START_TEST(alerts_in_json)
{
    const struct result *result;

    canned_items("{" GOOD WHO("1") ",'status':'ko','isSpam':1}");
    write_file("batch", MESSAGE("1"));
    result = ask("-b batch -o json");
    ck_assert_uint_eq(json_length(result->object, "alerts"), 2);
    ck_assert_str_eq(json_text(result->object, "alerts.0.metric"), "delivered_ratio");
    ck_assert_str_eq(json_text(result->object, "alerts.0.state"), "CRITICAL");
    ck_assert_str_eq(json_text(result->object, "alerts.0.range"), "90:");
    ck_assert(json_number(result->object, "alerts.0.value") == 0);
    ck_assert_str_eq(json_text(result->object, "alerts.1.metric"), "spam");
    ck_assert_str_eq(json_text(result->object, "alerts.1.state"), "WARNING");
    ck_assert_str_eq(json_text(result->object, "alerts.1.range"), "0");
    ck_assert(json_number(result->object, "alerts.1.value") == 1);
    expect_metrics(result, "messages=1 undelivered=1 spam=1 delivered_ratio=0 failed_ratio=100 "
                           "requests=1 latency_p50=U oldest_waiting=U time=0..60");
}
END_TEST

struct limits_row {
    const char *options;
    const char *label;
    const char *limits;
};

/* Over a sample of 200 messages. */
static const struct limits_row limits[] = {
    {"", "delivered_ratio", "95:;90:;0;100"},
    {"", "failed_ratio", ";;0;100"},
    {"", "spam", "0;;0"},
    {"", "stop", "0;;0"},
    {"", "messages", ";;0"},
    {"", "undelivered", ";;0"},
    {"", "time", ";;0"},
    {"-w 97:", "delivered_ratio", "97:;90:;"},
    {"-c 50", "delivered_ratio", "95:;50;"},
    {"-c 0:50", "delivered_ratio", "95:;50;"},
    {"-c messages=~:500", "messages", ";~:500;"},
    {"-w messages=@10:20 -c messages=1:", "messages", "@10:20;1:;"},
    {"-w messages=@0:10", "messages", "@10;;"},
    {"-w undelivered=1.50:2.500", "undelivered", "1.5:2.5;;"},
    {"-w undelivered=-0:30", "undelivered", "30;;"},
    {"-c undelivered=5%", "undelivered", ";10;"},
    {"-c undelivered=0.5%:12.5%", "undelivered", ";1:25;"},
    {"-c undelivered=@5%:50", "undelivered", ";@10:100;"},
    {"-w overdue=1% -c overdue=4", "overdue", "2;4;"},
    {"-w spam=3 -c spam=50%", "spam", "3;100;"},
    {"-c time=30", "time", ";30;"},
    {"-w failed_ratio=5 -c failed_ratio=10", "failed_ratio", "5;10;0;100"},
};

START_TEST(limits_in_perfdata)
{
    const struct limits_row *row = &limits[_i];

    manual_sample();
    expect_limits(ask(format("-b batch -g 0 %s", row->options)), row->label, row->limits);
}
END_TEST

START_TEST(perfdata_modes)
{
    const struct result *result;

    canned_deliver();
    write_file("batch", MESSAGE("1"));
    expect_metrics(ask("-b batch --perfdata all"),
                   "latency_p50=U latency_p95=U latency_max=U oldest_waiting=U");
    result = ask("-b batch --perfdata known");
    expect(result, result->has_perfdata && result->perfdata.count == METRICS_KNOWN);
    expect_metrics(result, "delivered_ratio=100 messages=1 stop=0");
    result = ask("-b batch --perfdata=none");
    expect(result, !result->has_perfdata);
    expect_first(result, "SMSPARTNER OK - 100.00% delivered (1 of 1)");
    result = ask("-b batch --perfdata none --perfdata all");
    expect(result, result->has_perfdata);
}
END_TEST

struct mask_row {
    const char *number;
    const char *shown;
};

static const struct mask_row masks[] = {
    {"+33699999992", "+336*****992"}, {"+33639980001", "+336*****001"}, {"+12345678", NULL},
    {"+123456789012345", NULL},       {"+441632960961", NULL},
};

START_TEST(numbers_are_masked)
{
    static const char *const levels[] = {"", "-v", "-vv", "-vvv", "-o json", "-vvv -o json"};
    const struct mask_row *row = &masks[_i / ROWS(levels)];
    const struct result *result;

    canned_items(format("{'success':true,'code':200,'phoneNumber':'%s','messageId':5,"
                        "'status':'ko'}",
                        row->number));
    write_file("batch", format("%s,5\n", row->number));
    result = ask(format("-b batch %s", levels[_i % ROWS(levels)]));
    expect_exit(result, CRITICAL);
    expect_no_text(result, row->number + 1);
    expect_no_text(result, row->number + 4);
    expect_text(result, row->shown != NULL ? row->shown : "*");
    result = ask(format("-b batch --show-numbers %s", levels[_i % ROWS(levels)]));
    expect_text(result, row->number);
}
END_TEST

START_TEST(verbosity_adds_lines)
{
    size_t lines[4];

    canned_items(mixed_items);
    write_file("batch", mixed_batch);
    for (size_t level = 0; level < 4; level++) {
        static const char *const levels[] = {"-l 1", "-l 1 -v", "-l 1 -v -v", "-l 1 -vvv"};
        const struct result *result = ask(format("-b batch -g 0 %s", levels[level]));

        expect_exit(result, CRITICAL);
        expect_metrics(result, "messages=9 delivered=4");
        lines[level] = count_lines(result->out);
    }
    ck_assert_uint_lt(lines[0], lines[1]);
    ck_assert_uint_lt(lines[1], lines[2]);
    ck_assert_uint_lt(lines[2], lines[3]);
}
END_TEST

START_TEST(each_request_is_told)
{
    size_t one;
    size_t three;

    canned_deliver();
    write_file("batch", many(1, 3, ""));
    one = count_lines(ask("-b batch -vv")->out) - count_lines(ask("-b batch -v")->out);
    write_file("batch", many(1, 1203, ""));
    three = count_lines(ask("-b batch -vv")->out) - count_lines(ask("-b batch -v")->out);
    ck_assert_uint_gt(one, 0);
    ck_assert_uint_ge(three, one + 2);
}
END_TEST

START_TEST(the_summary_is_the_first_line)
{
    const char *first;

    manual_sample();
    first = ask("-b batch -g 0")->first;
    ck_assert_str_eq(json_text(ask("-b batch -g 0 -o json")->object, "summary"),
                     first + strlen("SMSPARTNER CRITICAL - "));
}
END_TEST

Suite *report_suite(void)
{
    Suite *suite = suite_create("report");
    TCase *tcase = harness_case(suite, "text");

    tcase_add_test(tcase, first_line_of_the_manual);
    tcase_add_test(tcase, documentation_files);
    tcase_add_loop_test(tcase, first_line, 0, ROWS(first_lines));
    tcase_add_test(tcase, the_ratio_is_cut_not_rounded);
    tcase_add_loop_test(tcase, problems_are_limited, 0, ROWS(lists));
    tcase_add_test(tcase, problems_by_outcome_then_batch_order);
    tcase_add_test(tcase, alerts_worst_first);
    tcase_add_loop_test(tcase, limits_in_perfdata, 0, ROWS(limits));
    tcase_add_test(tcase, perfdata_modes);
    tcase_add_loop_test(tcase, numbers_are_masked, 0, 6 * ROWS(masks));
    tcase_add_test(tcase, verbosity_adds_lines);
    tcase_add_test(tcase, each_request_is_told);
    tcase = harness_case(suite, "json");
    tcase_add_loop_test(tcase, problems_are_limited_in_json, 0, ROWS(lists));
    tcase_add_test(tcase, problems_in_json);
    tcase_add_test(tcase, alerts_in_json);
    tcase_add_test(tcase, the_summary_is_the_first_line);
    return suite;
}
