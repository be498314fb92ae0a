/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Trying again: what passes leaves no trace, what doesn't costs
 * only its own messages, and neither Retry-After nor the rate limit outlasts the deadline.
 */
#include "canned.h"
#include "cases.h"
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#define THREE MESSAGE("1") MESSAGE("2") MESSAGE("3")

static const char scenario[] = "+33639980001,1,Delivered,1517934416,0,0\n"
                               "+33639980002,2,Not delivered,1517934416,0,0\n"
                               "+33639980003,3,Waiting,,0,0\n";

#define ALL_COUNT "messages=3 delivered=1 undelivered=1 waiting=1 unknown=0 delivered_ratio=50"
#define NONE_DO   "messages=3 delivered=0 undelivered=0 waiting=0 unknown=3 delivered_ratio=U"

struct script_row {
    const char *script;
    const char *options;
    bool answered;
    int requests;
};

static const struct script_row scripts[] = {
    {"reset\ndrop\nok\n", "", true, 3},
    {"cut=250\ncut-json=250\nok\n", "", true, 3},
    {"cut=100\nok\n", "", true, 2},
    {"empty\nok\n", "", true, 2},
    {"status=500\nstatus=502\nstatus=504\nok\n", "--retries 3", true, 4},
    {"partial-status\nok\n", "", true, 2},
    {"gzip,cut=60\ngzip\n", "", true, 2},
    {"429=0\n503=0\nok\n", "", true, 3},
    {"503\n503\n503\nok\n", "", false, 3},
    {"503\n503\nok\n", "--retries 1", false, 2},
    {"503\nok\n", "--retries 0", false, 1},
    {"reset\nok\n", "--retries 0", false, 1},
    {"status=404\nok\n", "", false, 1},
    {"status=501\nok\n", "", false, 1},
    {"html\nok\n", "", false, 1},
    {"trailing\nok\n", "", false, 1},
    {"huge=9000000\nok\n", "", false, 1},
    {"redirect\nok\n", "", false, 1},
    {"503\nstatus=400\nok\n", "", false, 2},
    {"cut=250\nhtml\nok\n", "", false, 2},
};

static const struct result *ask_script(const char *script, const char *options)
{
    write_file("script", script);
    write_file("batch", THREE);
    simulator_start(scenario, "--script script");
    return ask(format("-b batch %s", options));
}

START_TEST(passing_failures)
{
    const struct script_row *row = &scripts[_i];
    const struct result *result = ask_script(row->script, row->options);

    expect_metrics(result, row->answered ? ALL_COUNT : NONE_DO);
    expect_metrics(result, format("requests=%d", row->requests));
    expect(result, contains(result->out, "request failed") != row->answered);
    expect(result, contains(result->first, "unknown") != row->answered);
}
END_TEST

START_TEST(passing_failures_in_json)
{
    const struct script_row *row = &scripts[_i * 4];
    const struct result *result = ask_script(row->script, format("-o json %s", row->options));

    expect_metrics(result, row->answered ? ALL_COUNT : NONE_DO);
    expect_metrics(result, format("requests=%d", row->requests));
    ck_assert_uint_eq(json_length(result->object, "errors"), row->answered ? 0 : 1);
    ck_assert_uint_eq(json_length(result->object, "problems"), row->answered ? 1 : 3);
}
END_TEST

/* The failed try tells of other messages than the good one. */
START_TEST(a_failed_try_leaves_no_trace)
{
    static const char bad[] =
        "{'success':true,'code':200,'StatutResponse_List':["
        "{" GOOD WHO("1") ",'status':'Bizarre','stopSms':'1','isSpam':'1'},"
                          "{" GOOD WHO("2") ",'status':'Curieux','isSpam':'1'},";
    const struct canned_rule rules[] = {
        {.times = 2, .bytes = http_reply(200, "application/json", json_quotes(bad))},
        {.kind = CANNED_DELIVER},
    };
    const struct result *result;

    canned_start(rules, 2);
    write_file("batch", MESSAGE("1") MESSAGE("2"));
    result = ask(format("-b batch %s", _i == 0 ? "-v" : "-o json"));
    expect_exit(result, OK);
    expect_metrics(result, "delivered=2 unknown=0 spam=0 stop=0 requests=3 delivered_ratio=100");
    expect_no_text(result, "Bizarre");
    expect_no_text(result, "Curieux");
}
END_TEST

/* Seconds between two requests of the simulator's log, which tells the time of day. */
static double gap(size_t first, size_t second)
{
    json requests[16];
    size_t count = simulator_log(requests, ROWS(requests));
    double seconds;

    ck_assert_uint_gt(count, second);
    seconds = strtod(json_text(requests[second], "time") + strlen("2026-01-01T00:00:"), NULL) -
              strtod(json_text(requests[first], "time") + strlen("2026-01-01T00:00:"), NULL);
    return seconds < 0 ? seconds + 60 : seconds;
}

struct wait_row {
    const char *script;
    double least;
    double most;
};

static const struct wait_row waits[] = {
    {"429=1\nok\n", 0.95, 2.5},
    {"503=1\nok\n", 0.95, 2.5},
    {"429-date=2\nok\n", 0.95, 3.5},
    {"503\nok\n", 0.05, 1.5},
};

START_TEST(retry_after_is_honoured)
{
    const struct wait_row *row = &waits[_i];
    const struct result *result = ask_script(row->script, "-t 8");
    double seconds = gap(0, 1);

    expect_metrics(result, ALL_COUNT " requests=2");
    ck_assert_msg(seconds >= row->least && seconds <= row->most * harness_patience(),
                  "%.3f s between\n%s", seconds, shown(result));
}
END_TEST

static const char *const past[] = {"429=60", "503=3", "429-date=60", "503=99999", "503=600"};

START_TEST(retry_after_past_the_deadline_ends_at_once)
{
    const struct result *result = ask_script(past[_i], "-t 3:ok --unreachable warning");

    expect_exit(result, WARNING);
    expect_within(result, 1.5);
    expect_metrics(result, NONE_DO " requests=1");
    expect_text(result, "HTTP");
}
END_TEST

/* What no clock can hold must neither wrap around nor be taken for no time at all. */
static const char *const odd_waits[] = {"99999999999999999999", "9223372036854775807", "4294967296",
                                        "Fri, 31 Dec 9999 23:59:59 GMT"};

START_TEST(retry_after_that_is_out_of_all_bounds)
{
    const struct result *result;

    canned_start(&(struct canned_rule){.bytes = format("HTTP/1.1 429 Slow\r\nRetry-After: %s\r\n"
                                                       "Content-Length: 0\r\n\r\n",
                                                       odd_waits[_i])},
                 1);
    result = ask("-m +33639980001:1 -t 3:ok --unreachable warning");
    expect_exit(result, WARNING);
    expect_within(result, 1.5);
    expect_metrics(result, "unknown=1 requests=1");
}
END_TEST

static const char *const no_waits[] = {"-5", "soon", "",
                                       "0",  "0.5",  "Thu, 01 Jan 1970 00:00:00 GMT"};

START_TEST(retry_after_that_says_nothing)
{
    const struct result *result;

    canned_start(&(struct canned_rule){.bytes = format("HTTP/1.1 503 Down\r\nRetry-After: %s\r\n"
                                                       "Content-Length: 0\r\n\r\n",
                                                       no_waits[_i])},
                 1);
    result = ask("-m +33639980001:1 -t 4:ok --unreachable warning --retries 1");
    expect_exit(result, WARNING);
    expect_metrics(result, "unknown=1 requests=2");
}
END_TEST

/* One of three requests fails for good: first, middle or last, and what that costs. */
struct lost_row {
    const char *marker; /* of its messages */
    const char *metrics;
};

static const struct lost_row lost[] = {
    {"639980001", "messages=1203 delivered=703 unknown=500 delivered_ratio=100"},
    {"639980501", "messages=1203 delivered=703 unknown=500 delivered_ratio=100"},
    {"639981001", "messages=1203 delivered=1000 unknown=203 delivered_ratio=100"},
};

static const char *const ends[] = {
    "HTTP/1.1 503 Down\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"success\":true",
    "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
};

START_TEST(one_request_of_three_is_lost)
{
    const struct lost_row *row = &lost[_i % ROWS(lost)];
    const char *bytes = ends[_i / ROWS(lost)];
    const struct canned_rule rules[] = {{.when = row->marker, .bytes = bytes, .close_after = true},
                                        {.kind = CANNED_DELIVER}};
    const struct result *result;

    canned_start(rules, 2);
    write_file("batch", many(1, 1203, ""));
    result = ask("-b batch --retries 1 --unreachable warning -l 2");
    expect_exit(result, bytes == ends[0] ? WARNING : UNKNOWN);
    expect_metrics(result, row->metrics);
    expect_metrics(result, bytes == ends[2] ? "requests=3" : "requests=4");
    expect_first(result, "100.00% delivered");
    expect_text(result, "1 request failed");
}
END_TEST

/* The reason in the first line is that of the state, not the first that came. */
START_TEST(the_worst_of_two_failures_is_told)
{
    static const char *const first[] = {"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n",
                                        "HTTP/1.1 501 No\r\nContent-Length: 0\r\n\r\n"};
    const struct canned_rule rules[] = {
        {.when = "639980001", .bytes = first[_i], .close_after = true},
        {.when = "639980501",
         .bytes = http_reply(200, "application/json",
                             json_quotes("{'success':false,'code':20,'message':'disabled'}"))},
        {.kind = CANNED_DELIVER}};
    const struct result *result;

    canned_start(rules, 3);
    write_file("batch", many(1, 1203, ""));
    result = ask("-b batch --connections 1 -l 0 --unreachable ok");
    expect_exit(result, CRITICAL);
    expect_first(result, "1000 unknown: API code 20: disabled");
    expect_text(result, _i == 0 ? "HTTP 404" : "HTTP 501");
    expect_metrics(result, "messages=1203 delivered=203 unknown=1000 requests=3");
}
END_TEST

START_TEST(a_passing_failure_among_three)
{
    const struct canned_rule rules[] = {{.when = "639980501",
                                         .times = 2,
                                         .bytes = "HTTP/1.1 503 Down\r\n\r\n",
                                         .close_after = true},
                                        {.kind = CANNED_DELIVER}};
    const struct result *result;

    canned_start(rules, 2);
    write_file("batch", many(1, 1203, ""));
    result = ask(_i == 0 ? "-b batch" : "-b batch --connections 1");
    expect_exit(result, OK);
    expect_metrics(result, "messages=1203 delivered=1203 unknown=0 requests=5");
}
END_TEST

/* A bucket of two tokens; the third would come after half a minute. */
START_TEST(the_rate_limit_meets_the_deadline)
{
    static const int exits[] = {OK, WARNING};
    static const char *const states[] = {"ok", "warning"};
    const struct result *result;

    canned_deliver();
    write_file("batch", many(1, 1203, ""));
    result = ask(
        format("-b batch --rate-limit 2 -t 1:%s %s", states[_i], _i == 1 ? "--connections 1" : ""));
    expect_exit(result, exits[_i]);
    expect_within(result, 2);
    expect_metrics(result, "messages=1203 delivered=1000 unknown=203 requests=2");
    expect_text(result, "1000 of 1203");
    expect_text(result, "203 messages not asked about");
    expect_no_text(result, " failed, ");
    ck_assert_uint_eq(canned_count(), 2);
}
END_TEST

START_TEST(retries_cost_tokens)
{
    const struct result *result = ask_script("503\nok\n", "--rate-limit 1 -t 1:warning");

    expect_metrics(result, NONE_DO " requests=1");
    expect(result, result->exit_code == WARNING || result->exit_code == CRITICAL);
    expect_within(result, 2);
}
END_TEST

START_TEST(rate_limits_that_do_not_bind)
{
    static const char *const limits[] = {"0", "3", "2000", "100000"};
    const struct result *result;

    canned_deliver();
    write_file("batch", many(1, 1203, ""));
    result = ask(format("-b batch --rate-limit %s", limits[_i]));
    expect_exit(result, OK);
    expect_metrics(result, "delivered=1203 requests=3");
    expect_within(result, 2);
}
END_TEST

/* Six tokens: a seventh comes after a tenth of a minute, after the deadline. */
START_TEST(one_connection_keeps_the_order)
{
    json requests[16];
    const struct result *result;

    simulator_start(NULL, "--fault latency=30");
    write_file("batch", many(1, 3500, ""));
    result = ask("-b batch --connections 1 --rate-limit 6 -t 1:ok -w 0: -c 0:");
    expect_metrics(result, "messages=3500 requests=6");
    ck_assert_uint_eq(simulator_log(requests, ROWS(requests)), 6);
    for (int i = 0; i < 6; i++) {
        ck_assert_int_eq((int)json_number(requests[i], "first_id"), 500 * i + 1);
        ck_assert_int_eq((int)json_number(requests[i], "last_id"), 500 * i + 500);
    }
}
END_TEST

/* Eight late answers: one after the other or four at a time. */
START_TEST(connections_work_side_by_side)
{
    static const char *const options[] = {"--connections 1", "", "--connections 8"};
    static const double least[] = {3.2, 0.8, 0.4};
    static const double most[] = {15, 3, 3};
    const struct result *result;

    simulator_start(NULL, "--fault latency=400");
    write_file("batch", many(1, 4000, ""));
    result = ask(format("-b batch -w 0: -c 0: -t 15 %s", options[_i]));
    expect_metrics(result, "messages=4000 requests=8 unknown=0");
    expect(result, result->seconds >= least[_i]);
    expect_within(result, most[_i]);
}
END_TEST

Suite *retries_suite(void)
{
    Suite *suite = suite_create("retries");
    TCase *tcase = harness_case(suite, "retries");

    tcase_add_loop_test(tcase, passing_failures, 0, ROWS(scripts));
    tcase_add_loop_test(tcase, passing_failures_in_json, 0, ROWS(scripts) / 4);
    tcase_add_loop_test(tcase, a_failed_try_leaves_no_trace, 0, 2);
    tcase_add_loop_test(tcase, retry_after_is_honoured, 0, ROWS(waits));
    tcase_add_loop_test(tcase, retry_after_past_the_deadline_ends_at_once, 0, ROWS(past));
    tcase_add_loop_test(tcase, retry_after_that_is_out_of_all_bounds, 0, ROWS(odd_waits));
    tcase_add_loop_test(tcase, retry_after_that_says_nothing, 0, ROWS(no_waits));
    tcase_add_loop_test(tcase, one_request_of_three_is_lost, 0, ROWS(lost) * ROWS(ends));
    tcase_add_loop_test(tcase, the_worst_of_two_failures_is_told, 0, 2);
    tcase_add_loop_test(tcase, a_passing_failure_among_three, 0, 2);
    tcase = harness_case(suite, "pace");
    tcase_add_loop_test(tcase, the_rate_limit_meets_the_deadline, 0, 2);
    tcase_add_test(tcase, retries_cost_tokens);
    tcase_add_loop_test(tcase, rate_limits_that_do_not_bind, 0, 4);
    tcase_add_test(tcase, one_connection_keeps_the_order);
    tcase_add_loop_test(tcase, connections_work_side_by_side, 0, 3);
    return suite;
}
