/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text reports of runs that went wrong or were fed with hostile text, and their size: whatever
 * comes, there is one first line, one bar, and nothing that a monitor or a web view would act on.
 */
#include "fixture_report.h"
#include "suites.h"
#include "support.h"

#include <string.h>

static const struct said DELIVERED = {200, "Delivered", false, false};

START_TEST(an_error_is_the_whole_report)
{
    struct scene scene;
    struct error err;
    scene_init(&scene);
    error_set(&err, ERROR_INPUT, "batch:3: message id 'x' is not a number of 1 to 19 digits");
    scene.report = (struct report){.plugin = "p",
                                   .version = "0",
                                   .error = &err,
                                   .state = STATE_UNKNOWN,
                                   .metrics = &scene.metrics};
    ck_assert_str_eq(
        scene_text(&scene),
        "SMSPARTNER UNKNOWN - batch:3: message id 'x' is not a number of 1 to 19 digits\n");
    scene.report.state = STATE_CRITICAL;
    ck_assert_msg(strncmp(scene_text(&scene), "SMSPARTNER CRITICAL - batch:3: ", 31) == 0,
                  "got '%s'", scene.out.data);
    scene_release(&scene);
}
END_TEST

START_TEST(failed_requests_are_explained)
{
    struct scene scene;
    char line[2000];
    scene_init(&scene);
    scene_add(&scene, OUTCOME_DELIVERED, 98, DELIVERED);
    scene_add_unanswered(&scene, DETAIL_NOT_ANSWERED);
    scene_add_unanswered(&scene, DETAIL_NOT_ANSWERED);
    failure_add(&scene.failures, FAILURE_UNREACHABLE, 1, 1, "api.example: connection refused");
    failure_add(&scene.failures, FAILURE_DEADLINE, 0, 1,
                "deadline reached, 98 of 100 messages answered");
    scene.report.list_max = 0;
    scene_line(&scene, 0, line, sizeof line);
    ck_assert_msg(
        strncmp(line, "SMSPARTNER CRITICAL - 100.00% delivered (98 of 98), 2 unknown", 60) == 0,
        "got '%s'", line);
    ck_assert_msg(strstr(line, "connection refused") &&
                      strstr(line, "connection refused") < strchr(line, '|'),
                  "the first line gives no reason: '%s'", line);
    const char *text = scene_text(&scene);
    ck_assert_msg(contains(text, "\n1 request failed") &&
                      contains(text, ": api.example: connection refused\n"),
                  "got '%s'", text);
    ck_assert_msg(contains(scene.out.data, "98 of 100 messages answered\n"), "got '%s'",
                  scene.out.data);
    scene_release(&scene);
}
END_TEST

START_TEST(skipped_records_are_mentioned)
{
    struct scene scene;
    scene_init(&scene);
    scene_add(&scene, OUTCOME_DELIVERED, 5, DELIVERED);
    scene.batch.invalid = 3;
    error_set(&scene.batch.first_invalid, ERROR_INPUT, "batch:7: no message id");
    ck_assert_msg(contains(scene_text(&scene),
                           "\n3 invalid records skipped, first: batch:7: no message id\n"),
                  "got '%s'", scene.out.data);
    scene_release(&scene);
}
END_TEST

START_TEST(trace_lines_follow_the_report)
{
    struct scene scene;
    scene_init(&scene);
    scene_add(&scene, OUTCOME_DELIVERED, 5, DELIVERED);
    trace_line(&scene.trace, "request 1: answered");
    trace_line(&scene.trace, "last");
    const char *text = scene_text(&scene);
    ck_assert_msg(contains(text, "\nrequest 1: answered\nlast\n"), "got '%s'", text);
    ck_assert_str_eq(text + strlen(text) - 6, "\nlast\n");
    scene_release(&scene);
}
END_TEST

START_TEST(a_trace_that_was_cut_says_so)
{
    char line[1001] = "";
    struct scene scene;
    scene_init(&scene);
    scene_add(&scene, OUTCOME_DELIVERED, 5, DELIVERED);
    memset(line, 'x', sizeof line - 1);
    while (!buf_failed(&scene.trace.lines))
        trace_line(&scene.trace, line);
    buf_release(&scene.out);
    buf_init(&scene.out, 4 * 1024 * 1024);
    const char *text = scene_text(&scene), *last = strstr(text, "x\n... ");
    ck_assert_msg(last && contains(last, "trace") && strlen(last) < 100, "got '%s'",
                  text + strlen(text) - 100);
    scene_release(&scene);
}
END_TEST

static const char *const HOSTILE[] = {
    "x | delivered_ratio=100%",
    "a\nSMSPARTNER OK - fine",
    "a\r\nb",
    "<script>alert(1)</script>",
    "\x1B[2J\x1B[1;1HOK",
    "\xE2\x80\xAEKO",
    "\xE2\x80\xA8"
    "b",
    "Livr\xE9",
    "\xC0\xBC"
    "b>",
    "\xED\xA0\x80",
    "a\x7F\x08\x08",
    "+33612345678 | 0612345678",
};

/* As a status, in a long report with everything on. */
START_TEST(hostile_text_stays_text)
{
    struct scene scene;
    size_t lines = 0, bars = 0;
    scene_init(&scene);
    scene.report.list_max = REPORT_LIST_ALL;
    scene_add(&scene, OUTCOME_UNKNOWN, 1, (struct said){200, HOSTILE[_i], true, true});
    scene_add(&scene, OUTCOME_NOT_FOUND, 1, (struct said){4, HOSTILE[_i], false, false});
    const char *text = scene_text(&scene);
    for (const char *at = text; *at != '\0'; at++) {
        lines += *at == '\n';
        bars += *at == '|';
    }
    ck_assert_msg(is_utf8(text), "no UTF-8: '%s'", text);
    ck_assert_msg(bars == 1 && lines == 1 + scene.verdict.alert_count + 2,
                  "%zu bars, %zu lines: '%s'", bars, lines, text);
    ck_assert_msg(strpbrk(text, "<>\r\x1B\x7F\x08") == NULL && !contains(text, "\xE2\x80\xAE"),
                  "unsafe: '%s'", text);
    ck_assert_msg(!contains(text, "12345678"), "a number shows: '%s'", text);
    scene_release(&scene);
}
END_TEST

START_TEST(a_long_status_is_cut)
{
    char status[DETAIL_STATUS_MAX], line[2000];
    struct scene scene;
    memset(status, 'x', sizeof status - 1);
    status[sizeof status - 1] = '\0';
    scene_init(&scene);
    scene_add(&scene, OUTCOME_UNKNOWN, 1, (struct said){200, status, false, false});
    scene_line(&scene, 1, line, sizeof line);
    ck_assert_msg(strspn(strchr(line, ':') + 2, "x") == TEXT_MAX_CHARACTERS, "got '%s'", line);
    scene_release(&scene);
}
END_TEST

START_TEST(the_key_never_shows)
{
    static const char key[] = "9f3ac1d25b7e4860";
    struct scene scene;
    scene_init(&scene);
    scene.report.rules.secret = key;
    scene_add(&scene, OUTCOME_UNKNOWN, 1,
              (struct said){10, "wrong key 9f3ac1d25b7e4860 given", false, false});
    ck_assert_msg(!contains(scene_text(&scene), "9f3ac1d2"), "got '%s'", scene.out.data);
    ck_assert_msg(!contains(scene_json(&scene), "9f3ac1d2"), "got '%s'", scene.out.data);
    scene_release(&scene);
}
END_TEST

/* NRPE v2 cuts at 1024 bytes: default thresholds, 6-digit counts, every value with its decimals. */
START_TEST(the_first_line_stays_under_900_bytes)
{
    struct scene scene;
    scene_init(&scene);
    for (int id = METRIC_MESSAGES; id <= METRIC_REQUESTS; id++)
        metrics_set(&scene.metrics, (enum metric_id)id, 999999 - id);
    metrics_set(&scene.metrics, METRIC_DELIVERED_RATIO, 88.123457);
    metrics_set(&scene.metrics, METRIC_FAILED_RATIO, 11.876543);
    metrics_set(&scene.metrics, METRIC_TIME, 59.123);
    for (int id = METRIC_LATENCY_P50; id <= METRIC_OLDEST_WAITING; id++)
        metrics_set(&scene.metrics, (enum metric_id)id, 172799.123);
    scene.verdict = judge_run(&scene.metrics, &scene.thresholds, &scene.failures, 1, &scene.policy);
    scene.report.state = STATE_CRITICAL;
    report_text(&scene.out, &scene.report);
    size_t length = strcspn(scene.out.data, "\n");
    ck_assert_msg(length < 900, "%zu bytes: %s", length, scene.out.data);
    ck_assert_msg(contains(scene.out.data, "oldest_waiting=172799.123s"), "got %s", scene.out.data);
    scene_release(&scene);
}
END_TEST

START_TEST(a_report_that_does_not_fit_has_failed)
{
    struct scene scene;
    struct buf small;
    scene_init(&scene);
    scene_add(&scene, OUTCOME_UNDELIVERED, 5, DELIVERED);
    scene_text(&scene);
    for (size_t ceiling = 0; ceiling < scene.out.length; ceiling += 7) {
        buf_init(&small, ceiling);
        report_text(&small, &scene.report);
        ck_assert_msg(buf_failed(&small), "text in %zu bytes", ceiling);
        buf_release(&small);
        buf_init(&small, ceiling);
        report_json(&small, &scene.report);
        ck_assert_msg(buf_failed(&small), "JSON in %zu bytes", ceiling);
        buf_release(&small);
    }
    scene_release(&scene);
}
END_TEST

void report_text_add_failure_cases(Suite *suite)
{
    TCase *failure = add_case(suite, "failure"), *hostile = add_case(suite, "hostile");
    tcase_add_test(failure, an_error_is_the_whole_report);
    tcase_add_test(failure, failed_requests_are_explained);
    tcase_add_test(failure, skipped_records_are_mentioned);
    tcase_add_test(failure, trace_lines_follow_the_report);
    tcase_add_test(failure, a_trace_that_was_cut_says_so);
    tcase_add_test(failure, a_report_that_does_not_fit_has_failed);
    tcase_add_loop_test(hostile, hostile_text_stays_text, 0, COUNT_OF(HOSTILE));
    tcase_add_test(hostile, a_long_status_is_cut);
    tcase_add_test(hostile, the_key_never_shows);
    tcase_add_test(hostile, the_first_line_stays_under_900_bytes);
}
